"""One act on a ticket, whoever does it: the move, its row of history and its news, together.

    with act(announce, "start", ticket, counter):
        ticket.started_at = now()

The block may set columns; entering it makes the move (or refuses), leaving it writes what changed.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from ..clock import now
from ..extensions import db
from ..models import Counter, History, Ticket
from ..realtime import events
from ..realtime.events import TicketNews
from ..realtime.transaction import Announce

NEWS: dict[str, type[TicketNews]] = {
    "issue": events.TicketCreated,
    "call": events.TicketCalled,
    "recall": events.TicketRecalled,
    "start": events.TicketStarted,
    "complete": events.TicketCompleted,
    "miss": events.TicketMissed,
    "return": events.TicketReturned,
    "hold": events.TicketHeld,
    "resume": events.TicketResumed,
    "transfer": events.TicketTransferred,
    "cancel": events.TicketCancelled,
    "delay": events.TicketCorrected,
    "come": events.TicketCorrected,
    "note": events.TicketCorrected,
    "rate": events.TicketCorrected,
    "undo": events.TicketCorrected,
}


@contextmanager
def act(
    announce: Announce, name: str, ticket: Ticket, counter: Counter | None = None, to: str | None = None
) -> Iterator[None]:
    """Make one of MOVES with `ticket` (at `counter`), then record and announce it."""
    before, place, status = ticket.remember(), ticket.queue_place(), ticket.status
    ticket.move(name, to)
    yield
    db.session.flush()
    record(announce, name, ticket, counter, before=before, from_status=status)
    tell(announce, name, ticket, place)


def tell(announce: Announce, name: str, ticket: Ticket, place: dict[str, int] | None) -> None:
    """Announce what `name` did; a changed place in a line is told as left and entered."""
    now_at = ticket.queue_place()
    moved = place != now_at
    announce(NEWS[name], ticket, left=place if moved else None, entered=now_at if moved else None)


def record(
    announce: Announce,
    name: str,
    ticket: Ticket,
    counter: Counter | None,
    *,
    before: dict[str, object],
    from_status: str | None,
) -> History:
    """Append the act to history."""
    row = History(
        press_id=announce.press_id,
        ticket_id=ticket.id,
        branch_id=ticket.branch_id,
        act=name,
        at=now(),
        actor_kind=announce.actor.kind,
        actor_id=announce.actor.id,
        counter_id=counter.id if counter else None,
        service_id=ticket.service_id,
        from_status=from_status,
        to_status=ticket.status,
        before=before,
        ticket_version=ticket.version,
    )
    db.session.add(row)
    return row
