"""Snapshots as screens get them: how everything stands, with the epoch and the head of each stream to follow.

`queries.snapshots` builds them; here is their form, for documents and types.
"""

from marshmallow import fields

from ..models.ticket import MOVES
from .packets import Heads
from .replies import OwnTicketInLine
from .shapes import (
    Choice,
    DeviceShape,
    FullBranch,
    FullService,
    Moment,
    PublicBranch,
    PublicCounter,
    PublicService,
    PublicTicket,
    Shape,
    StaffCounter,
    StaffTicket,
    Wait,
)

ACTS = (*MOVES, "issue", "undo")


class Snapshot(Shape):
    """What every snapshot carries: where its streams stand, and when."""

    epoch = fields.String()
    heads = Heads()
    time = Moment()


class Opening(Shape):
    """Whether the doors are open, and when they open next."""

    is_open = fields.Boolean()
    opens_at = fields.String(allow_none=True)


class BranchNow(PublicBranch, Opening):
    """The hall at this moment."""


class StaffBranchNow(FullBranch, Opening):
    """The hall at this moment, as its staff see it."""


class Standing(Shape):
    """How a service's line stands; `name` is in the page's language."""

    name = fields.String()
    waiting = fields.Integer()
    wait = fields.Nested(Wait, allow_none=True)
    quota_left = fields.Integer(allow_none=True)


class ServiceNow(PublicService, Standing):
    """A service at this moment."""


class StaffServiceNow(FullService, Standing):
    """A service at this moment, as its staff see it."""


class HallSnapshot(Snapshot):
    """The hall as everybody may see it."""

    branch = fields.Nested(BranchNow)
    services = fields.List(fields.Nested(ServiceNow))
    counters = fields.List(fields.Nested(PublicCounter))


class KioskSnapshot(HallSnapshot):
    """Everything a kiosk shows."""

    tickets = fields.List(fields.Nested(PublicTicket))


class BoardSnapshot(KioskSnapshot):
    """Everything a board shows."""

    notices = fields.List(fields.Dict())


class LastCalled(Shape):
    """Who was called last for a service."""

    number = fields.String()
    called_at = Moment()


class TicketSnapshot(HallSnapshot):
    """Everything a phone shows of its ticket."""

    ticket = fields.Nested(OwnTicketInLine)
    service = fields.Nested(ServiceNow)
    last_called = fields.Nested(LastCalled, allow_none=True)
    delays_left = fields.Integer()


class StaffSnapshot(Snapshot):
    """The hall as its staff see it."""

    branch = fields.Nested(StaffBranchNow)
    services = fields.List(fields.Nested(StaffServiceNow))
    counters = fields.List(fields.Nested(StaffCounter))


class OpenCounter(StaffCounter):
    """A terminal's own counter, with the ticket that is there."""

    ticket_id = fields.Integer(allow_none=True)


class Reason(Shape):
    """Why a ticket is the next one, as a code."""

    code = fields.String()


class NextTicket(Shape):
    """Who would be called next here, and why."""

    ticket_id = fields.Integer()
    reason = fields.Nested(Reason)


class UndoableAct(Shape):
    """An act that undo would take back."""

    act = Choice(ACTS)
    ticket_id = fields.Integer()
    number = fields.String()


class UndoOffer(Shape):
    """What the last press at a counter did."""

    acts = fields.List(fields.Nested(UndoableAct))


class UsualTime(Shape):
    """How long a service takes: the median, and eight in ten."""

    median_s = fields.Integer()
    p80_s = fields.Integer()


class HistoryLine(Shape):
    """One act in a ticket's life."""

    at = Moment()
    act = Choice(ACTS)
    counter = fields.String(allow_none=True)
    who = fields.String(allow_none=True)


class CounterToday(Shape):
    """A counter's day so far."""

    served = fields.Integer()
    average_s = fields.Integer()


class TerminalSnapshot(StaffSnapshot):
    """Everything a terminal shows."""

    counter = fields.Nested(OpenCounter)
    tickets = fields.List(fields.Nested(StaffTicket))
    next = fields.Nested(NextTicket, allow_none=True)
    undo = fields.Nested(UndoOffer, allow_none=True)
    usual = fields.Dict(keys=fields.String(), values=fields.Nested(UsualTime, allow_none=True))
    history = fields.List(fields.Nested(HistoryLine))
    today = fields.Nested(CounterToday)


class ConnectedScreen(Shape):
    """One screen's socket in one namespace."""

    sid = fields.String()
    namespace = fields.String()
    who = fields.String()
    kind = fields.String()
    id = fields.Integer(allow_none=True)
    page = fields.String()
    since = Moment()
    last_seen_s = fields.Float()
    rtt_ms = fields.Integer(allow_none=True)
    audio = fields.String(allow_none=True)
    heads = Heads()


class Connections(Shape):
    """Who is connected, and how many per namespace."""

    items = fields.List(fields.Nested(ConnectedScreen))
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())


class BranchToday(Shape):
    """A branch's day so far."""

    served = fields.Integer()


class AdminSnapshot(StaffSnapshot):
    """How one branch stands, with its devices and connected screens."""

    tickets = fields.List(fields.Nested(StaffTicket))
    today = fields.Nested(BranchToday)
    longest_wait_s = fields.Integer()
    devices = fields.List(fields.Nested(DeviceShape))
    connections = fields.List(fields.Nested(ConnectedScreen))
