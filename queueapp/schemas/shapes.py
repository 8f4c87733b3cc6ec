"""What goes out. A public shape is an allow-list: a column that is not named here never leaves, whoever adds it.

Choices and `allow_none` check nothing when dumping; they are what documents and TypeScript types derive from.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from marshmallow import Schema, fields, validate

from ..clock import rfc3339
from ..models.hall import BRANCH_SETTINGS, COUNTER_STATUSES, POLICIES, WEEKDAYS
from ..models.people import DEVICE_KINDS, ROLES
from ..models.ticket import AT_A_COUNTER, PRIORITIES, SOURCES, STATUSES


class Moment(fields.Field[datetime]):
    """RFC 3339, UTC, milliseconds."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return rfc3339(value)


def Choice(choices: Iterable[str], **options: Any) -> fields.String:
    return fields.String(validate=validate.OneOf(list(choices)), **options)


class Shape(Schema):
    """Only for dumping; fields are always present (but for `sometimes`), null where there is nothing."""


def sometimes(when: str) -> dict[str, str]:
    """Metadata of a field that is there only if `when`."""
    return {"x-when": when}


class PublicTicket(Shape):
    """A ticket as halls, kiosks and other people's phones may see it: numbers and places, nothing about a person."""

    id = fields.Integer()
    number = fields.String()
    service_id = fields.Integer()
    branch_id = fields.Integer()
    status = Choice(STATUSES)
    rank = fields.Integer()
    priority = Choice(PRIORITIES)
    counter_id = fields.Integer(allow_none=True)
    counter = fields.String(attribute="counter_name", allow_none=True)
    language = fields.String()
    created_at = Moment()
    called_at = Moment(allow_none=True)
    recalled_at = Moment(allow_none=True)
    started_at = Moment(allow_none=True)
    finished_at = Moment(allow_none=True)
    missed_at = Moment(allow_none=True)
    recalls = fields.Integer()
    version = fields.Integer()


class OwnTicket(PublicTicket):
    """A ticket as its holder sees it."""

    agent_id = fields.Integer(allow_none=True)
    arrived_at = Moment()
    held_at = Moment(allow_none=True)
    on_my_way_at = Moment(allow_none=True)
    delays = fields.Integer()
    stars = fields.Integer(allow_none=True)


class StaffTicket(OwnTicket):
    """A ticket as the branch's staff see it."""

    destination_id = fields.Integer(allow_none=True)
    source = Choice(SOURCES)
    note = fields.String(allow_none=True)
    hold_reason = fields.String(allow_none=True)
    held_from = Choice(AT_A_COUNTER, allow_none=True)


class PublicCounter(Shape):
    """A counter as everybody may see it."""

    id = fields.Integer()
    branch_id = fields.Integer()
    name = fields.String()
    kind = fields.String()
    place = fields.String(allow_none=True)
    status = Choice(COUNTER_STATUSES)
    service_ids = fields.List(fields.Integer())
    version = fields.Integer()


class Agent(Shape):
    """Who sits at a counter."""

    id = fields.Integer()
    name = fields.String()


class WeightedService(Shape):
    """A service that a counter serves, with the head start it has there."""

    service_id = fields.Integer()
    weight_s = fields.Integer()


class StaffCounter(PublicCounter):
    """A counter as the branch's staff see it."""

    agent = fields.Nested(Agent, allow_none=True)
    seat = fields.String(allow_none=True)
    opened_at = Moment(allow_none=True)
    services = fields.List(fields.Nested(WeightedService), attribute="skills")


class PublicService(Shape):
    """What people come for, as everybody may see it."""

    id = fields.Integer()
    branch_id = fields.Integer()
    letter = fields.String()
    names = fields.Dict(keys=fields.String(), values=fields.String())
    position = fields.Integer()
    expected_minutes = fields.Integer()
    is_open = fields.Boolean()
    opens_at = fields.String(allow_none=True)
    version = fields.Integer()


class FullService(PublicService):
    """A service as administrators edit it."""

    daily_quota = fields.Integer(allow_none=True)
    first_number = fields.Integer()
    last_number = fields.Integer()
    number_step = fields.Integer()
    wraps = fields.Boolean()


BranchSettings = Shape.from_dict(
    {name: fields.Integer(metadata={"description": meaning}) for name, (_, meaning) in BRANCH_SETTINGS.items()},
    name="BranchSettings",
)


class PublicBranch(Shape):
    """A hall as everybody may see it."""

    id = fields.Integer()
    organisation_id = fields.Integer()
    name = fields.String()
    time_zone = fields.String()
    languages = fields.List(fields.String())
    settings = fields.Nested(BranchSettings, attribute="effective_settings")
    version = fields.Integer()


class Ordering(Shape):
    """How a branch orders its lines."""

    policy = Choice(POLICIES)
    head_starts_s = fields.Dict(
        keys=Choice(PRIORITIES), values=fields.Integer(), metadata=sometimes("head starts were chosen")
    )


class FullBranch(PublicBranch):
    """A hall as its administrators edit it."""

    opening_hours = fields.Dict(keys=Choice(WEEKDAYS), values=fields.List(fields.List(fields.String())))
    ordering = fields.Nested(Ordering)
    poster_token = fields.String()


class OrganisationShape(Shape):
    """A tenant."""

    id = fields.Integer()
    name = fields.String()
    created_at = Moment()
    version = fields.Integer()


class UserShape(Shape):
    """A person of the staff."""

    id = fields.Integer()
    organisation_id = fields.Integer()
    branch_id = fields.Integer(allow_none=True)
    username = fields.String()
    name = fields.String()
    role = Choice(ROLES)
    is_active = fields.Boolean()
    version = fields.Integer()


class DeviceShape(Shape):
    """An enrolled screen."""

    id = fields.Integer()
    organisation_id = fields.Integer()
    branch_id = fields.Integer()
    kind = Choice(DEVICE_KINDS)
    name = fields.String()
    created_at = Moment()
    version = fields.Integer()


class Wait(Shape):
    """A likely wait, as a range."""

    low_s = fields.Integer()
    high_s = fields.Integer()


class QueueFigures(Shape):
    """How a service's queue stands."""

    service_id = fields.Integer()
    waiting = fields.Integer()
    wait = fields.Nested(Wait, allow_none=True)
    quota_left = fields.Integer(allow_none=True)
