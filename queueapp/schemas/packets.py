"""What sockets carry: the envelope of durable news, the ephemeral events, and what a screen is answered.

Nothing is dumped through these: they say the form of what `realtime` sends, documents and types derive from them, and
tests hold real packets to them.
"""

from marshmallow import fields

from ..models.hall import COUNTER_STATUSES
from ..models.ticket import STATUSES
from .shapes import Choice, Moment, QueueFigures, Shape, sometimes


class Actor(Shape):
    """Who did it. The public hears what kind of actor it was, never who."""

    kind = Choice(("user", "device", "ticket", "system", "anonymous"))
    id = fields.Integer(allow_none=True)


class QueuePlace(Shape):
    """A place in a service's line, which is ordered by (rank, id)."""

    service_id = fields.Integer()
    rank = fields.Integer()
    id = fields.Integer()


class Stats(Shape):
    """The queue figures that changed."""

    services = fields.List(fields.Nested(QueueFigures))


class Envelope(Shape):
    """One line of news: `seq` is gap-free in its stream, `eid` is the same in every stream that tells it."""

    stream = fields.String()
    seq = fields.Integer()
    epoch = fields.String()
    eid = fields.String()
    branch_id = fields.Integer()
    type = fields.String()
    at = Moment()
    actor = fields.Nested(Actor)
    data = fields.Dict()
    stats = fields.Nested(Stats, metadata=sometimes("queue figures changed"))


def Heads() -> fields.Dict:
    """The last number of each stream."""
    return fields.Dict(keys=fields.String(), values=fields.Integer())


# --- ephemeral: never stored, the latest wins --------------------------------------------------------------------
class Welcome(Shape):
    """You are connected; these streams are yours."""

    epoch = fields.String()
    time = Moment()
    sid = fields.String()
    streams = fields.List(fields.String())
    heads = Heads()


class Tick(Shape):
    """How far a stream is, every few seconds: a screen that is behind asks, one that hears nothing says so."""

    epoch = fields.String()
    time = Moment()
    heads = Heads()


class Gathered(Shape):
    """A second's news of the hall in one packet, for phones."""

    stream = fields.String()
    epoch = fields.String()
    start = fields.Integer(data_key="from")
    end = fields.Integer(data_key="to")
    events = fields.List(fields.Nested(Envelope))


class QueueUpdated(QueueFigures):
    """How one service's line stands; once a second at most, to those who joined the service."""

    longest_wait_s = fields.Integer()
    open_counters = fields.Integer()


class TicketInBrief(Shape):
    """A ticket as a counter shows it."""

    id = fields.Integer()
    number = fields.String()
    status = Choice(STATUSES)


class CounterActivity(Shape):
    """What one counter is doing, in public terms; once a second at most, to those who joined the counter."""

    counter_id = fields.Integer()
    name = fields.String()
    status = Choice(COUNTER_STATUSES)
    ticket = fields.Nested(TicketInBrief, allow_none=True)


class ConnectionsUpdated(Shape):
    """How many screens are connected, per namespace."""

    branch_id = fields.Integer()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())


class ServerStopping(Shape):
    """The server is about to stop; come back after this while, which differs from screen to screen."""

    retry_in_ms = fields.Integer()
    time = Moment()


class Failure(Shape):
    """Something that a screen said was refused; `code` is a refusal's."""

    event = fields.String()
    code = fields.String()
    detail = fields.String()


# Name on the wire: its form, and where it is heard (None: everywhere).
EPHEMERAL: dict[str, tuple[type[Shape], tuple[str, ...] | None]] = {
    "welcome": (Welcome, None),
    "tick": (Tick, None),
    "events": (Gathered, ("/customer",)),
    "queue-updated": (QueueUpdated, None),
    "counter-activity": (CounterActivity, None),
    "connections-updated": (ConnectionsUpdated, ("/admin",)),
    "server-stopping": (ServerStopping, None),
    "error": (Failure, None),
}


# --- what a screen is answered -----------------------------------------------------------------------------------
class Done(Shape):
    """It was carried out."""

    ok = fields.Boolean(metadata={"enum": [True]})


class Joined(Done):
    """From now on the room is heard; a stream's head says where it stands."""

    room = fields.String()
    stream = fields.String(metadata=sometimes("the room is a stream"))
    heads = fields.Dict(keys=fields.String(), values=fields.Integer(), metadata=sometimes("the room is a stream"))


class Left(Done):
    """The room is heard no more."""

    room = fields.String()


class Missed(Shape):
    """What one stream said in between."""

    start = fields.Integer(data_key="from")
    end = fields.Integer(data_key="to")
    events = fields.List(fields.Nested(Envelope))


class Resumed(Done):
    """What was missed, per stream; with `reset` it can not be told gap-free: take a snapshot."""

    epoch = fields.String()
    streams = fields.Dict(keys=fields.String(), values=fields.Nested(Missed), metadata=sometimes("nothing is lost"))
    reset = fields.Boolean(metadata=sometimes("something is lost"))


class Alive(Done):
    """The heads there are."""

    heads = Heads()
    epoch = fields.String()
    time = Moment()


class Refused(Shape):
    """It was not carried out; `code` is a refusal's."""

    ok = fields.Boolean(metadata={"enum": [False]})
    code = fields.String()
    detail = fields.String()


ANSWERS: dict[str, type[Shape]] = {
    "join-service": Joined,
    "join-counter": Joined,
    "join-room": Joined,
    "leave-room": Left,
    "resume": Resumed,
    "heartbeat": Alive,
    "page-navigate": Done,
    "refresh-token": Done,
}
