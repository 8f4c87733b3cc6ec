"""What goes out. A public shape is an allow-list: a column that is not named here never leaves, whoever adds it."""

from datetime import datetime
from typing import Any

from marshmallow import Schema, fields

from ..clock import rfc3339


class Moment(fields.Field[datetime]):
    """RFC 3339, UTC, milliseconds."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return rfc3339(value)


class Shape(Schema):
    """Only for dumping; fields are always present, null where there is nothing."""


class PublicTicket(Shape):
    """A ticket as halls, kiosks and other people's phones may see it: numbers and places, nothing about a person."""

    id = fields.Integer()
    number = fields.String()
    service_id = fields.Integer()
    branch_id = fields.Integer()
    status = fields.String()
    rank = fields.Integer()
    priority = fields.String()
    counter_id = fields.Integer()
    counter = fields.String(attribute="counter_name")
    language = fields.String()
    created_at = Moment()
    called_at = Moment()
    recalled_at = Moment()
    started_at = Moment()
    finished_at = Moment()
    missed_at = Moment()
    recalls = fields.Integer()
    version = fields.Integer()


class OwnTicket(PublicTicket):
    """A ticket as its holder sees it."""

    agent_id = fields.Integer()
    arrived_at = Moment()
    held_at = Moment()
    on_my_way_at = Moment()
    delays = fields.Integer()
    stars = fields.Integer()


class StaffTicket(OwnTicket):
    """A ticket as the branch's staff see it."""

    destination_id = fields.Integer()
    source = fields.String()
    note = fields.String()
    hold_reason = fields.String()
    held_from = fields.String()


class PublicCounter(Shape):
    id = fields.Integer()
    branch_id = fields.Integer()
    name = fields.String()
    kind = fields.String()
    place = fields.String()
    status = fields.String()
    service_ids = fields.List(fields.Integer())
    version = fields.Integer()


class Agent(Shape):
    id = fields.Integer()
    name = fields.String()


class WeightedService(Shape):
    service_id = fields.Integer()
    weight_s = fields.Integer()


class StaffCounter(PublicCounter):
    agent = fields.Nested(Agent)
    seat = fields.String()
    opened_at = Moment()
    services = fields.List(fields.Nested(WeightedService), attribute="skills")


class PublicService(Shape):
    id = fields.Integer()
    branch_id = fields.Integer()
    letter = fields.String()
    names = fields.Dict()
    position = fields.Integer()
    expected_minutes = fields.Integer()
    is_open = fields.Boolean()
    opens_at = fields.String()
    version = fields.Integer()


class FullService(PublicService):
    """A service as administrators edit it."""

    daily_quota = fields.Integer()
    first_number = fields.Integer()
    last_number = fields.Integer()
    number_step = fields.Integer()
    wraps = fields.Boolean()


class PublicBranch(Shape):
    id = fields.Integer()
    organisation_id = fields.Integer()
    name = fields.String()
    time_zone = fields.String()
    languages = fields.List(fields.String())
    settings = fields.Dict(attribute="effective_settings")
    version = fields.Integer()


class FullBranch(PublicBranch):
    opening_hours = fields.Dict()
    ordering = fields.Dict()
    poster_token = fields.String()


class OrganisationShape(Shape):
    id = fields.Integer()
    name = fields.String()
    created_at = Moment()
    version = fields.Integer()


class UserShape(Shape):
    id = fields.Integer()
    organisation_id = fields.Integer()
    branch_id = fields.Integer()
    username = fields.String()
    name = fields.String()
    role = fields.String()
    is_active = fields.Boolean()
    version = fields.Integer()


class DeviceShape(Shape):
    id = fields.Integer()
    organisation_id = fields.Integer()
    branch_id = fields.Integer()
    kind = fields.String()
    name = fields.String()
    created_at = Moment()
    version = fields.Integer()


class QueueFigures(Shape):
    """How a service's queue stands."""

    service_id = fields.Integer()
    waiting = fields.Integer()
    wait = fields.Dict()
