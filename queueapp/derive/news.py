"""Durable news as schemas: for each audience of an event the envelope with its own type and data."""

from ..access import POLICY
from ..realtime.events import PUBLIC, STAFF, TICKET, Event, catalogue
from ..realtime.relay import CUSTOMER
from ..realtime.rooms import STAFF_NAMESPACES
from .components import REFER, Components, Json, sentence

HEARD = {PUBLIC: "Public", STAFF: "Staff", TICKET: "Own"}  # by screens; `system` stays between servers
LEFT = "The place in a line that it had; only if that changed."
ENTERED = "The place in a line that it has now; only if that changed."


def audiences(namespace: str) -> list[str]:
    """Whose streams a namespace hears."""
    hall = STAFF if namespace in STAFF_NAMESPACES else PUBLIC
    return [hall, TICKET] if "ticket" in POLICY[namespace] else [hall]


def is_gathered(audience: str, namespace: str) -> bool:
    """Whether this news comes there once a second in one packet."""
    return audience == PUBLIC and namespace == CUSTOMER


def told_at(namespace: str) -> list[tuple[str, type[Event]]]:
    """What comes there under its own name."""
    alone = [audience for audience in audiences(namespace) if not is_gathered(audience, namespace)]
    return [(audience, event) for event in catalogue() for audience in alone if audience in event.audiences]


def audible() -> list[tuple[str, type[Event]]]:
    """Every event for each audience of screens."""
    return [(audience, event) for event in catalogue() for audience in HEARD if audience in event.audiences]


def message(audience: str, event: type[Event]) -> str:
    return f"{audience}.{event.wire_name()}"


def name(audience: str, event: type[Event]) -> str:
    return f"{HEARD[audience]}{event.__name__}"


def union(audience: str) -> str:
    """`PublicNews`: any news of an audience."""
    return f"{HEARD[audience]}News"


def refer(audience: str, event: type[Event], components: Components) -> Json:
    """A reference to the envelope of this event as this audience hears it."""
    own = {"type": {"const": event.wire_name()}, "data": _data(audience, event, components)}
    envelope = components.shape("Envelope")
    whole = {"allOf": [envelope, {"type": "object", "required": [*own], "properties": own}]}
    return components.write(name(audience, event), {"description": sentence(event), **whole})


def _data(audience: str, event: type[Event], components: Components) -> Json:
    """The subject whole; where it is a ticket, also how a line changed."""
    properties = {event.subject: components.refer(event.audiences[audience])}
    if event.subject == "ticket":
        place = components.shape("QueuePlace")
        properties |= {"left": {**place, "description": LEFT}, "entered": {**place, "description": ENTERED}}
    schema = {"type": "object", "required": [event.subject], "properties": properties}
    return components.write(f"{HEARD[audience]}{event.subject.title()}Data", schema)


def with_unions(components: Components) -> Json:
    """All schemas, with `PublicNews` and its like; what phones get gathered is public news."""
    unions = {union(audience): {"oneOf": _all(audience)} for audience in HEARD}
    schemas = {**components.all(), **unions}
    gathered = schemas["Gathered"]["properties"]
    gathered["events"] = {"type": "array", "items": {"$ref": f"{REFER}{union(PUBLIC)}"}}
    return dict(sorted(schemas.items()))


def _all(audience: str) -> list[Json]:
    return [{"$ref": f"{REFER}{name(one, event)}"} for one, event in audible() if one == audience]
