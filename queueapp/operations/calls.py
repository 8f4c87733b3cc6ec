"""An agent's day with tickets: call, recall, start, complete, miss, return, hold, resume, transfer, cancel, note, undo.

Each is one transaction: the writer's turn is taken first, so two agents are never looking at the same first ticket, and
the row's version makes every change compare-and-set on top of that.
"""

from datetime import datetime

from ..access import Principal
from ..clock import now
from ..errors import (
    CounterIsClosed,
    NobodyIsWaiting,
    NoSuchThing,
    NothingToUndo,
    NoTicketHere,
    TicketAlreadyCalled,
    refuse,
)
from ..extensions import db
from ..models import Branch, Counter, Ticket
from ..models.ticket import AT_A_COUNTER
from ..queries import lines, snapshots
from ..realtime.transaction import Announce, transaction
from .acts import act, record, tell
from .counters import at_seat, refuse_if_busy, ticket_at
from .tickets import live_service, put_back


def call_next(counter_id: int, *, actor: Principal, seat: str | None = None) -> Ticket:
    """Call whoever is first for what this counter serves."""
    with transaction(actor) as announce:
        counter = _free(counter_id, actor, seat)
        ticket = lines.first_for(counter) or refuse(NobodyIsWaiting, counter=counter.name)
        _call(announce, ticket, counter, actor)
    return ticket


def call(counter_id: int, ticket_id: int, *, actor: Principal, seat: str | None = None) -> Ticket:
    """Call one ticket out of order."""
    with transaction(actor) as announce:
        counter = _free(counter_id, actor, seat)
        ticket = _ticket(ticket_id, counter)
        if ticket.status in AT_A_COUNTER:
            refuse(TicketAlreadyCalled, number=ticket.number, counter=ticket.counter_name)
        _call(announce, ticket, counter, actor)
    return ticket


def recall(counter_id: int, ticket_id: int | None, *, actor: Principal, seat: str | None = None) -> Ticket:
    """Call the same ticket once more; counted."""
    with transaction(actor) as announce:
        counter, ticket = _at(counter_id, ticket_id, actor, seat)
        with act(announce, "recall", ticket, counter):
            ticket.recalls += 1
            ticket.recalled_at = now()
    return ticket


def start(counter_id: int, ticket_id: int | None, *, actor: Principal, seat: str | None = None) -> Ticket:
    """The visitor is here; service begins."""
    with transaction(actor) as announce:
        counter, ticket = _at(counter_id, ticket_id, actor, seat)
        with act(announce, "start", ticket, counter):
            ticket.started_at = now()
    return ticket


def complete(
    counter_id: int,
    ticket_id: int | None,
    *,
    actor: Principal,
    seat: str | None = None,
    and_call_next: bool = False,
) -> tuple[Ticket, Ticket | None]:
    """Service is done; with `and_call_next` the next ticket is called in the same act, if anybody waits."""
    with transaction(actor) as announce:
        counter, ticket = _at(counter_id, ticket_id, actor, seat)
        with act(announce, "complete", ticket, counter):
            ticket.finished_at = now()
        following = lines.first_for(counter) if and_call_next and counter.status == "open" else None
        if following:
            _call(announce, following, counter, actor)
    return ticket, following


def miss(counter_id: int, ticket_id: int | None, *, actor: Principal, seat: str | None = None) -> Ticket:
    """Nobody came; the ticket may return within the branch's grace."""
    with transaction(actor) as announce:
        counter, ticket = _at(counter_id, ticket_id, actor, seat)
        with act(announce, "miss", ticket, counter):
            ticket.missed_at = now()
    return ticket


def take_back(counter_id: int, ticket_id: int, *, actor: Principal, seat: str | None = None) -> Ticket:
    """A missed visitor stands here after all: the ticket waits again, behind the next few people."""
    with transaction(actor) as announce:
        counter = at_seat(counter_id, actor, seat)
        ticket = _ticket(ticket_id, counter)
        with act(announce, "return", ticket, counter):
            put_back(ticket, _branch(counter))
    return ticket


def hold(
    counter_id: int,
    ticket_id: int | None,
    *,
    actor: Principal,
    seat: str | None = None,
    reason: str | None = None,
) -> Ticket:
    """Set the ticket aside; it stays with this counter until somebody resumes it."""
    with transaction(actor) as announce:
        counter, ticket = _at(counter_id, ticket_id, actor, seat)
        held_from = ticket.status
        with act(announce, "hold", ticket, counter):
            ticket.held_at, ticket.held_from, ticket.hold_reason = now(), held_from, reason
    return ticket


def resume(counter_id: int, ticket_id: int, *, actor: Principal, seat: str | None = None) -> Ticket:
    """Go on with a held ticket, here."""
    with transaction(actor) as announce:
        counter = _free(counter_id, actor, seat)
        ticket = _ticket(ticket_id, counter)
        with act(announce, "resume", ticket, counter, to=ticket.held_from):
            ticket.counter_id, ticket.agent_id = counter.id, actor.id
            ticket.held_at = ticket.held_from = ticket.hold_reason = None
    return ticket


def transfer(
    counter_id: int,
    ticket_id: int | None,
    service_id: int | None,
    *,
    actor: Principal,
    seat: str | None = None,
    counter_id_to: int | None = None,
    keep_arrival: bool = True,
) -> Ticket:
    """Let the ticket wait for another service or a certain counter, by default with its old time of arrival."""
    with transaction(actor) as announce:
        counter, ticket = _at(counter_id, ticket_id, actor, seat)
        branch = _branch(counter)
        service = live_service(service_id or ticket.service_id)
        _same_branch(service.branch_id, branch.id, "service")
        if counter_id_to is not None:
            _same_branch(_counter(counter_id_to).branch_id, branch.id, "counter")
        with act(announce, "transfer", ticket, counter):
            ticket.service_id, ticket.destination_id = service.id, counter_id_to
            ticket.arrived_at = ticket.arrived_at if keep_arrival else now()
            ticket.rank = ticket.rank_for(branch.head_start_s(ticket.priority))
            _forget_the_call(ticket)
    return ticket


def cancel(counter_id: int, ticket_id: int, *, actor: Principal, seat: str | None = None) -> Ticket:
    """Take a ticket out of the hall."""
    with transaction(actor) as announce:
        counter = at_seat(counter_id, actor, seat)
        ticket = _ticket(ticket_id, counter)
        with act(announce, "cancel", ticket, counter):
            ticket.finished_at = now()
    return ticket


def note(counter_id: int, ticket_id: int | None, text: str, *, actor: Principal, seat: str | None = None) -> Ticket:
    """Write down something for colleagues; visitors and boards never see it."""
    with transaction(actor) as announce:
        counter = at_seat(counter_id, actor, seat)
        ticket = _ticket(ticket_id, counter) if ticket_id else _here(counter)
        with act(announce, "note", ticket, counter):
            ticket.note = text or None
    return ticket


def undo(counter_id: int, *, actor: Principal, seat: str | None = None) -> list[Ticket]:
    """Take the last press at this counter back, whole, unless something newer depends on it."""
    with transaction(actor) as announce:
        counter = at_seat(counter_id, actor, seat)
        acts = snapshots.undoable(counter) or refuse(NothingToUndo)
        moment = now()
        tickets = [_restore(announce, row.ticket_id, row.before, counter) for row in acts if row.before]
        for row in acts:
            row.undone_at = moment
    return tickets


def _restore(announce: Announce, ticket_id: int, before: dict[str, object], counter: Counter) -> Ticket:
    ticket = db.session.get_one(Ticket, ticket_id)
    place, status = ticket.queue_place(), ticket.status
    ticket.restore(before)
    db.session.flush()  # one by one, newest first: a counter is free again before its old ticket comes back
    record(announce, "undo", ticket, counter, before={}, from_status=status)
    tell(announce, "undo", ticket, place)
    return ticket


# --- what the acts share -----------------------------------------------------------------------------------------
def _call(announce: Announce, ticket: Ticket, counter: Counter, actor: Principal) -> None:
    with act(announce, "call", ticket, counter):
        ticket.counter_id, ticket.agent_id, ticket.called_at = counter.id, actor.id, now()
        ticket.recalls, ticket.destination_id, ticket.recalled_at = 0, None, None


def _free(counter_id: int, actor: Principal, seat: str | None) -> Counter:
    """An open counter without a ticket."""
    counter = at_seat(counter_id, actor, seat)
    if counter.status != "open":
        refuse(CounterIsClosed, counter=counter.name)
    refuse_if_busy(counter)
    return counter


def _at(counter_id: int, ticket_id: int | None, actor: Principal, seat: str | None) -> tuple[Counter, Ticket]:
    """The counter and its open ticket; naming a ticket that is not there is refused, not guessed."""
    counter = at_seat(counter_id, actor, seat)
    ticket = _here(counter) if ticket_id is None else _ticket(ticket_id, counter)
    if ticket.status in AT_A_COUNTER and ticket.counter_id != counter.id:
        refuse(TicketAlreadyCalled, number=ticket.number, counter=ticket.counter_name)
    return counter, ticket


def _here(counter: Counter) -> Ticket:
    return ticket_at(counter) or refuse(NoTicketHere, counter=counter.name)


def _ticket(ticket_id: int, counter: Counter) -> Ticket:
    """A ticket of the counter's own branch; another branch's does not exist here."""
    ticket = db.session.get(Ticket, ticket_id)
    if ticket is None or ticket.branch_id != counter.branch_id:
        refuse(NoSuchThing, what="ticket")
    return ticket


def _counter(counter_id: int) -> Counter:
    counter = db.session.get(Counter, counter_id)
    if counter is None or counter.retired_at:
        refuse(NoSuchThing, what="counter")
    return counter


def _same_branch(theirs: int, ours: int, what: str) -> None:
    if theirs != ours:
        refuse(NoSuchThing, what=what)


def _branch(counter: Counter) -> Branch:
    return db.session.get_one(Branch, counter.branch_id)


def _forget_the_call(ticket: Ticket) -> None:
    """Back in a line nobody has called it; its counter, clocks and hold belong to history now."""
    nothing: datetime | None = None
    ticket.counter_id = ticket.agent_id = None
    ticket.called_at = ticket.started_at = ticket.held_at = ticket.recalled_at = ticket.on_my_way_at = nothing
    ticket.held_from = ticket.hold_reason = None
    ticket.recalls = 0
