"""What the doors reply where it is more than one shape: tickets with their place, signing in, pairing.

A door names its reply with `tells`; documents and types derive from that, and tests hold every real answer to it.
Nothing is dumped through these, so a serving process never loads them.
"""

from marshmallow import fields

from .packets import Envelope
from .shapes import (
    Choice,
    DeviceShape,
    Moment,
    OwnTicket,
    Shape,
    StaffTicket,
    UserShape,
    Wait,
    sometimes,
)

WAITS = sometimes("the ticket waits")


# --- a changed ticket, whole -------------------------------------------------------------------------------------
class OwnWait(Wait):
    """The holder's own range, and when to be back in the hall."""

    be_back_by = Moment()


class Place(Shape):
    """Where a ticket stands in its line."""

    ahead = fields.Integer(metadata=WAITS)
    wait = fields.Nested(OwnWait, allow_none=True, metadata=WAITS)


class OwnTicketInLine(OwnTicket, Place):
    """A ticket as its holder sees it, with its place."""


class StaffTicketInLine(StaffTicket, Place):
    """A ticket as the branch's staff see it, with its place."""


class IssuedTicket(OwnTicketInLine):
    """A new ticket with its secret addresses; staff are told a StaffTicket's fields as well."""

    tracking_url = fields.String()
    qr_svg_url = fields.String()


class CompletedTicket(StaffTicketInLine):
    """A completed ticket, and whom the same press called."""

    called = fields.Nested(StaffTicketInLine, allow_none=True)


class UndoneTickets(Shape):
    """What undo put back."""

    tickets = fields.List(fields.Nested(StaffTicketInLine))


class FoundTickets(Shape):
    """Tickets of today, newest first."""

    tickets = fields.List(fields.Nested(StaffTicket))


# --- catching up -------------------------------------------------------------------------------------------------
class CaughtUp(Shape):
    """The news of one stream after a cursor; `to` is the cursor after reading it."""

    epoch = fields.String()
    stream = fields.String()
    start = fields.Integer(data_key="from")
    end = fields.Integer(data_key="to")
    head = fields.Integer()
    events = fields.List(fields.Nested(Envelope))


# --- who is there ------------------------------------------------------------------------------------------------
class ShortToken(Shape):
    """A short JWT for sockets and API."""

    access_token = fields.String()
    expires_in = fields.Integer()


class SignedIn(ShortToken):
    """A person who signed in, and where their work begins."""

    user = fields.Nested(UserShape)
    next = fields.String()


class SignedOut(Shape):
    """The sign-in has ended."""

    signed_out = fields.Boolean()


class PairingBegun(Shape):
    """A code to show, and the secret to ask again with."""

    code = fields.String()
    pairing_secret = fields.String()
    expires_in = fields.Integer()


class PairingState(Shape):
    """Whether an administrator has approved the screen."""

    status = Choice(("waiting", "approved"))
    token = fields.String(metadata=sometimes("approved"))
    url = fields.String(metadata=sometimes("approved"))


# --- what administrators keep ------------------------------------------------------------------------------------
class MadeUser(UserShape):
    """A new person; the one-time password is told now and kept nowhere."""

    password = fields.String(metadata=sometimes("none was chosen"))


class MadeDevice(DeviceShape):
    """A device with its token and enrolment link, which are told now and kept nowhere."""

    token = fields.String()
    url = fields.String()


class Deleted(Shape):
    """It is out."""

    deleted = fields.Integer()


# --- for machines ------------------------------------------------------------------------------------------------
class Health(Shape):
    """This process is alive."""

    ok = fields.Boolean()


class Readiness(Health):
    """Whether this process can work."""

    checks = fields.Dict(keys=fields.String(), values=fields.String())
