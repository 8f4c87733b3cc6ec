"""What comes in. Unknown fields are refused, numbers are numbers, texts have an end."""

import json
from typing import Any
from zoneinfo import available_timezones

from marshmallow import (
    RAISE,
    Schema,
    ValidationError,
    fields,
    post_load,
    pre_load,
    validate,
    validates,
    validates_schema,
)

from ..models.hall import BRANCH_SETTINGS, POLICIES, spans_are_sane
from ..models.people import DEVICE_KINDS, ROLES
from ..models.ticket import NEEDS, PRIORITIES, SOURCES

ID_LIMIT = 2**53 - 1  # ids stay exact in JavaScript


def is_writable(sent: Any) -> bool:
    """Whether it can be stored and answered: JSON can carry half a character, or nest deeper than we can walk."""
    try:
        json.dumps(sent, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):
        return False
    return True


def Id(**options: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(1, ID_LIMIT), **options)


def Text(most: int, least: int = 1, **options: Any) -> fields.String:
    """So long a text; where there has to be one, spaces are none."""
    rules: list[Any] = [validate.Length(least, most)]
    return fields.String(validate=[*rules, _says_something] if least else rules, **options)


def _says_something(text: str) -> None:
    if not text.strip():
        raise ValidationError("Shorter than it looks: only spaces.")


def Whole(low: int, high: int, **options: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(low, high), **options)


Language = validate.Regexp(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")
Clock = validate.Regexp(r"^([01]\d|2[0-3]):[0-5]\d$")


class Body(Schema):
    """A JSON object; anything not named is refused."""

    class Meta:
        unknown = RAISE


# --- kiosk and customer ------------------------------------------------------------------------------------------
class IssueTicket(Body):
    service_id = Id(required=True)
    language = fields.String(validate=Language, allow_none=True)
    priority = fields.String(validate=validate.OneOf(PRIORITIES), load_default="normal")
    source = fields.String(validate=validate.OneOf(SOURCES), load_default="kiosk")
    needs = fields.List(fields.String(validate=validate.OneOf(NEEDS)), validate=validate.Length(0, len(NEEDS)))

    @pre_load
    def plain_classes(self, data: Any, **_: Any) -> Any:
        """`true` and `1` say the same as "priority", for clients that know one class only."""
        if isinstance(data, dict) and data.get("priority") in (True, 1, False, 0, None) and "priority" in data:
            return {**data, "priority": "priority" if data["priority"] else "normal"}
        return data


class JoinQueue(Body):
    branch_id = Id()
    poster_token = Text(64)
    service_id = Id(required=True)
    language = fields.String(validate=Language, allow_none=True)

    @validates_schema
    def one_way_in(self, data: dict[str, Any], **_: Any) -> None:
        if ("branch_id" in data) == ("poster_token" in data):
            raise ValidationError("Send either poster_token or branch_id.", "poster_token")


class Rate(Body):
    stars = Whole(1, 5, required=True)
    comment = Text(500, 0, allow_none=True, load_default=None)


class Nothing(Body):
    """An empty object."""


# --- terminal ----------------------------------------------------------------------------------------------------
class AtCounter(Body):
    counter_id = Id(required=True)
    seat = Text(64, allow_none=True, load_default=None)


class OnTicket(AtCounter):
    ticket_id = Id(allow_none=True, load_default=None)


class OnThisTicket(AtCounter):
    ticket_id = Id(required=True)


class Complete(OnTicket):
    and_call_next = fields.Boolean(load_default=False, data_key="call_next")


class Hold(OnTicket):
    reason = Text(200, 0, allow_none=True, load_default=None)


class Transfer(OnTicket):
    service_id = Id(allow_none=True, load_default=None)
    counter_id_to = Id(allow_none=True, load_default=None)
    keep_arrival = fields.Boolean(load_default=True)

    @validates_schema
    def somewhere(self, data: dict[str, Any], **_: Any) -> None:
        if not data["service_id"] and not data["counter_id_to"]:
            raise ValidationError("Name a service, a counter, or both.", "service_id")


class Note(OnTicket):
    text = Text(500, 0, required=True)


class Find(Body):
    counter_id = Id(required=True)
    q = Text(12, required=True)


# --- signing in, devices -----------------------------------------------------------------------------------------
class SignIn(Body):
    username = Text(80, required=True)
    password = Text(200, required=True)


class FirstAdministrator(SignIn):
    password = Text(200, 10, required=True)
    name = Text(80, load_default="Administrator")
    organisation = Text(80, load_default="My organisation")


class Pair(Body):
    kind = fields.String(validate=validate.OneOf(DEVICE_KINDS))
    pairing_secret = Text(64)

    @validates_schema
    def begin_or_ask(self, data: dict[str, Any], **_: Any) -> None:
        if ("kind" in data) == ("pairing_secret" in data):
            raise ValidationError("Send kind to begin, or pairing_secret to ask again.", "kind")


class Approve(Body):
    code = Text(20, required=True)
    branch_id = Id(required=True)
    name = Text(80, required=True)


# --- admin -------------------------------------------------------------------------------------------------------
class Edit(Body):
    """A change may carry the version it was made from; a newer one in between is then refused, not overwritten."""

    version = Whole(1, ID_LIMIT)


class EditOrganisation(Edit):
    name = Text(80, required=True)


class EditBranch(Edit):
    name = Text(80, required=True)
    time_zone = fields.String()
    opening_hours = fields.Dict(keys=fields.String())
    languages = fields.List(fields.String(validate=Language), validate=validate.Length(1, 12))
    ordering = fields.Dict()
    settings = fields.Dict(keys=fields.String(validate=validate.OneOf(BRANCH_SETTINGS)), values=Whole(0, 86400))

    @validates("time_zone")
    def known_zone(self, value: str, **_: Any) -> None:
        if value not in available_timezones():
            raise ValidationError("Not a time zone that this machine knows, such as Europe/London.")

    @validates("opening_hours")
    def readable_hours(self, value: dict[str, Any], **_: Any) -> None:
        if not spans_are_sane(value):
            raise ValidationError('Write {"mon": [["08:30", "17:00"]], ...}; each span ends after it starts.')

    @validates("ordering")
    def known_policy(self, value: dict[str, Any], **_: Any) -> None:
        starts = value.get("head_starts_s", {})
        known = set(value) <= {"policy", "head_starts_s"} and value.get("policy") in POLICIES
        sane = isinstance(starts, dict) and all(
            name in PRIORITIES and isinstance(seconds, int) and 0 <= seconds <= 86400
            for name, seconds in starts.items()
        )
        if not (known and sane):
            raise ValidationError("policy is arrival or head-starts; head_starts_s maps classes to whole seconds.")


class EditService(Edit):
    branch_id = Id(required=True)
    letter = fields.String(required=True, validate=validate.Regexp(r"^[A-Z]{1,2}$", error="One or two capitals."))
    names = fields.Dict(
        required=True, keys=fields.String(validate=Language), values=Text(80), validate=validate.Length(1, 40)
    )
    position = Whole(0, 10_000)
    expected_minutes = Whole(1, 600)
    daily_quota = Whole(0, 100_000, allow_none=True)
    is_open = fields.Boolean()
    opens_at = fields.String(validate=Clock, allow_none=True)
    first_number = Whole(0, 99_999)
    last_number = Whole(0, 99_999)
    number_step = Whole(1, 1000)
    wraps = fields.Boolean()

    @validates_schema
    def range_runs_up(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("first_number", 0) > data.get("last_number", 99_999):
            raise ValidationError("The last number must not lie before the first.", "last_number")


class ServedHere(Body):
    service_id = Id(required=True)
    weight_s = Whole(-86_400, 86_400, load_default=0)


class EditCounter(Edit):
    branch_id = Id(required=True)
    name = Text(80, required=True)
    kind = Text(16)
    place = Text(120, 0, allow_none=True)
    services = fields.List(fields.Nested(ServedHere), validate=validate.Length(0, 200))
    service_ids = fields.List(Id(), validate=validate.Length(0, 200), load_only=True)

    @post_load
    def short_form(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """`service_ids` is `services` without weights."""
        plain = data.pop("service_ids", None)
        if plain is not None and "services" not in data:
            data["services"] = [{"service_id": key, "weight_s": 0} for key in plain]
        return data


class EditUser(Edit):
    username = fields.String(
        required=True,
        validate=validate.Regexp(r"^[\w.@+-]{1,80}$", error="Letters, digits and . @ + - _ only."),
    )
    name = Text(80, required=True)
    role = fields.String(required=True, validate=validate.OneOf(ROLES))
    branch_id = Id(allow_none=True)
    password = Text(200, 10)
    is_active = fields.Boolean()


class EditDevice(Edit):
    branch_id = Id(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(DEVICE_KINDS))
    name = Text(80, required=True)


# --- catching up -------------------------------------------------------------------------------------------------
class CatchUp(Body):
    stream = Text(40)
    epoch = Text(64, allow_none=True, load_default=None)
    after = fields.Integer(load_default=0, validate=validate.Range(0, ID_LIMIT))
    limit = fields.Integer(load_default=500, validate=validate.Range(1, 500))


# --- sockets -----------------------------------------------------------------------------------------------------
class JoinService(Body):
    service_id = Id(required=True)


class JoinCounter(Body):
    counter_id = Id(required=True)


class Room(Body):
    room = Text(64, required=True)


class Resume(Body):
    epoch = Text(64, 0, required=True)
    after = fields.Dict(required=True, keys=Text(40), values=Whole(0, ID_LIMIT), validate=validate.Length(0, 100))


class Heartbeat(Body):
    heads = fields.Dict(keys=Text(40), values=Whole(0, ID_LIMIT), validate=validate.Length(0, 100), load_default=dict)
    page = Text(200, 0, allow_none=True)
    audio = fields.String(validate=validate.OneOf(("ok", "blocked", "no-voice", "muted")), allow_none=True)
    rtt_ms = fields.Float(validate=validate.Range(0, 3_600_000), allow_none=True)


class PageNavigate(Body):
    path = Text(200, required=True)


class RefreshToken(Body):
    token = Text(4096, required=True)
