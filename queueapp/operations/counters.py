"""Counters as agents use them: sit down, take a break, get up. One agent and one seat at a time."""

from ..access import Principal, require
from ..clock import now
from ..errors import CounterIsBusy, CounterIsClosed, CounterIsTaken, NoSuchThing, refuse
from ..extensions import db
from ..models import Branch, Counter, Ticket
from ..models.ticket import AT_A_COUNTER
from ..realtime import events
from ..realtime.transaction import transaction


def open_counter(counter_id: int, *, actor: Principal, seat: str | None = None) -> Counter:
    """Sit down at a counter, or come back from a break; whoever sat there sees that it is in use elsewhere."""
    with transaction(actor) as announce:
        counter = reachable(counter_id, actor)
        counter.status, counter.agent_id, counter.seat = "open", actor.id, seat
        counter.opened_at = counter.opened_at or now()
        announce(events.CounterOpened, counter, services=counter.service_ids)
    return counter


def pause(counter_id: int, *, actor: Principal, seat: str | None = None) -> Counter:
    """Take a break, with no ticket open."""
    with transaction(actor) as announce:
        counter = at_seat(counter_id, actor, seat)
        refuse_if_busy(counter)
        counter.status = "paused"
        announce(events.CounterPaused, counter, services=counter.service_ids)
    return counter


def close(counter_id: int, *, actor: Principal, seat: str | None = None) -> Counter:
    """Get up, with no ticket open."""
    with transaction(actor) as announce:
        counter = at_seat(counter_id, actor, seat, closed_is_fine=True)
        refuse_if_busy(counter)
        counter.status, counter.agent_id, counter.seat, counter.opened_at = "closed", None, None, None
        announce(events.CounterClosed, counter, services=counter.service_ids)
    return counter


def reachable(counter_id: int, actor: Principal) -> Counter:
    """A counter of a branch that this person works in."""
    counter = db.session.get(Counter, counter_id)
    if counter is None or counter.retired_at:
        refuse(NoSuchThing, what="counter")
    require(actor, "terminal.act", db.session.get_one(Branch, counter.branch_id))
    return counter


def at_seat(counter_id: int, actor: Principal, seat: str | None, *, closed_is_fine: bool = False) -> Counter:
    """The counter, if this person (and, where a page says which, this very tab) sits there."""
    counter = reachable(counter_id, actor)
    if counter.status == "closed" and not closed_is_fine:
        refuse(CounterIsClosed, counter=counter.name)
    another_person = counter.agent_id is not None and counter.agent_id != actor.id
    another_tab = seat is not None and counter.seat is not None and counter.seat != seat
    if another_person or another_tab:
        refuse(CounterIsTaken, counter=counter.name)
    return counter


def ticket_at(counter: Counter) -> Ticket | None:
    """The one open ticket of a counter (an index sees to it that there is one at most)."""
    return db.session.query(Ticket).filter(Ticket.counter_id == counter.id, Ticket.status.in_(AT_A_COUNTER)).first()


def refuse_if_busy(counter: Counter) -> None:
    ticket = ticket_at(counter)
    if ticket:
        refuse(CounterIsBusy, counter=counter.name, number=ticket.number)
