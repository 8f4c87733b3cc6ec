"""A ticket from its holder's side: take one, leave, return, ask for more time, come, rate."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Date, bindparam, select, text

from ..access import Principal, require
from ..clock import now, today
from ..errors import (
    BranchIsClosed,
    DelaysUsedUp,
    GraceIsOver,
    NoSuchThing,
    NothingToUndo,
    NumbersExhausted,
    QuotaExhausted,
    ServiceIsClosed,
    refuse,
)
from ..extensions import db
from ..models import Branch, History, NumberSeries, Service, Ticket, Visit
from ..models.ticket import CALLED, NEEDS
from ..queries import lines
from ..queries.identity import digest
from ..realtime import events
from ..realtime.transaction import Announce, transaction
from .acts import act, record, tell

UNDO_WITHIN_S = {"cancel": 30, "delay": 10}

# The counter row that numbers come from: one statement begins the day or counts up, on SQLite and PostgreSQL alike.
_COUNT_UP = text(
    "INSERT INTO number_series (service_id, business_day, issued) VALUES (:service, :day, 1)"
    " ON CONFLICT (service_id, business_day) DO UPDATE SET issued = number_series.issued + 1 RETURNING issued"
).bindparams(bindparam("day", type_=Date()))


def issue(
    service_id: int,
    *,
    actor: Principal,
    language: str | None = None,
    priority: str = "normal",
    source: str = "kiosk",
    needs: Sequence[str] = (),
    action: str = "kiosk.issue",
) -> tuple[Ticket, str]:
    """Take a ticket; gives it with the secret of its link, which is stored nowhere. `needs` become the staff's note."""
    with transaction(actor) as announce:
        service = live_service(service_id)
        branch = db.session.get_one(Branch, service.branch_id)
        require(actor, action, branch)
        check_open(service, branch)
        ticket, token = _new(service, branch, language or branch.languages[0], priority, source)
        ticket.note = f"Needs {', '.join(NEEDS[need] for need in needs)}." if needs else None
        db.session.flush()
        record(announce, "issue", ticket, None, before={}, from_status=None)
        tell(announce, "issue", ticket, None)
        if service.daily_quota is not None and _issued(service, branch) >= service.daily_quota:
            announce(events.QuotaExhausted, service)
    return ticket, token


def live_service(service_id: int) -> Service:
    service = db.session.get(Service, service_id)
    if service is None or service.retired_at:
        refuse(NoSuchThing, what="service")
    return service


def check_open(service: Service, branch: Branch) -> None:
    """Refuse while the branch or the service is closed, saying when it opens."""
    moment = now()
    if not branch.is_open(moment):
        refuse(BranchIsClosed, branch=branch.name, opens_at=branch.opens_at(moment))
    if not service.is_open:
        refuse(ServiceIsClosed, service=service.name_in("en"), opens_at=service.opens_at)


def _new(service: Service, branch: Branch, language: str, priority: str, source: str) -> tuple[Ticket, str]:
    moment, day = now(), today(branch.time_zone)
    lap, serial = _take_number(service, day)
    token = secrets.token_urlsafe(16)
    visit = Visit(branch_id=branch.id, opened_at=moment)
    db.session.add(visit)
    db.session.flush()
    ticket = Ticket(
        branch_id=branch.id,
        visit_id=visit.id,
        service_id=service.id,
        series_id=service.id,
        business_day=day,
        lap=lap,
        serial=serial,
        number=f"{service.letter}{serial}",
        token_digest=digest(token),
        language=language,
        priority=priority,
        source=source,
        arrived_at=moment,
        created_at=moment,
        status="waiting",
        recalls=0,
        delays=0,
    )
    ticket.rank = ticket.rank_for(branch.head_start_s(priority))
    db.session.add(ticket)
    db.session.flush()
    return ticket, token


def _take_number(service: Service, day: object) -> tuple[int, int]:
    """The next (lap, number) of the service's day, from its counter row; a number taken twice breaks on UNIQUE.

    Numbers already given out (the range was edited during the day) are stepped over.
    """
    in_a_lap = (service.last_number - service.first_number) // service.number_step + 1
    for _ in range(in_a_lap + 1):
        index = _count_up(service, day) - 1
        lap, serial = index // in_a_lap, service.first_number + index % in_a_lap * service.number_step
        if lap and not service.wraps:
            refuse(NumbersExhausted, service=service.name_in("en"))
        if not _is_taken(service, day, lap, serial):
            return lap, serial
    refuse(NumbersExhausted, service=service.name_in("en"))


def _count_up(service: Service, day: object) -> int:
    """One more ticket of this service today; refuses beyond the quota."""
    issued = int(db.session.connection().execute(_COUNT_UP, {"service": service.id, "day": day}).scalar_one())
    if service.daily_quota is not None and issued > service.daily_quota:
        refuse(QuotaExhausted, service=service.name_in("en"))
    return issued


def _is_taken(service: Service, day: object, lap: int, serial: int) -> bool:
    same = select(Ticket.id).filter_by(series_id=service.id, business_day=day, lap=lap, serial=serial)
    return db.session.scalar(same) is not None


def _issued(service: Service, branch: Branch) -> int:
    line = select(NumberSeries.issued).filter_by(service_id=service.id, business_day=today(branch.time_zone))
    return int(db.session.scalar(line) or 0)


# --- what its holder may do --------------------------------------------------------------------------------------
def leave(ticket_id: int, *, actor: Principal) -> Ticket:
    """Give the place up."""
    with transaction(actor) as announce:
        ticket = _own(ticket_id)
        _decline(announce, ticket)
        with act(announce, "cancel", ticket):
            ticket.finished_at = now()
    return ticket


def rejoin(ticket_id: int, *, actor: Principal) -> Ticket:
    """Come back after being missed, within the branch's grace."""
    with transaction(actor) as announce:
        ticket = _own(ticket_id)
        branch = db.session.get_one(Branch, ticket.branch_id)
        grace = timedelta(minutes=branch.setting("grace_minutes"))
        if ticket.missed_at and now() > ticket.missed_at + grace:
            refuse(GraceIsOver, number=ticket.number)
        with act(announce, "return", ticket):
            put_back(ticket, branch)
    return ticket


def put_back(ticket: Ticket, branch: Branch, behind: str = "return_behind") -> None:
    """A returned ticket goes behind the next few people, and is at nobody's counter."""
    ticket.priority = "returned" if ticket.priority == "normal" else ticket.priority
    ticket.rank = lines.rank_behind(ticket, branch.setting(behind))
    ticket.counter_id = ticket.agent_id = ticket.called_at = ticket.on_my_way_at = None
    ticket.recalls = 0


def delay(ticket_id: int, *, actor: Principal) -> Ticket:
    """Let a few people pass, at most as often as the branch allows."""
    with transaction(actor) as announce:
        ticket = _own(ticket_id)
        branch = db.session.get_one(Branch, ticket.branch_id)
        if ticket.delays >= branch.setting("delay_limit"):
            refuse(DelaysUsedUp, number=ticket.number, limit=branch.setting("delay_limit"))
        declined = _decline(announce, ticket)
        with act(announce, "return" if declined else "delay", ticket):
            if declined:
                put_back(ticket, branch, "delay_people")
            else:
                ticket.rank = lines.rank_behind(ticket, branch.setting("delay_people"), counted_from=ticket.rank)
            ticket.delays += 1
    return ticket


def _decline(announce: Announce, ticket: Ticket) -> bool:
    """ "I can't come now": who was called is missed by their own word, and the counter is free at once."""
    if ticket.status != CALLED:
        return False
    with act(announce, "miss", ticket):
        ticket.missed_at = now()
    return True


def come(ticket_id: int, *, actor: Principal) -> Ticket:
    """Tell the counter "I'm on my way"."""
    with transaction(actor) as announce:
        ticket = _own(ticket_id)
        with act(announce, "come", ticket):
            ticket.on_my_way_at = now()
    return ticket


def rate(ticket_id: int, stars: int, comment: str | None, *, actor: Principal) -> Ticket:
    """One to five stars for the service, and words that only staff see."""
    with transaction(actor) as announce:
        ticket = _own(ticket_id)
        with act(announce, "rate", ticket):
            ticket.stars, ticket.comment = stars, comment
    return ticket


def undo_own(ticket_id: int, *, actor: Principal) -> Ticket:
    """Take back having left (30 s) or having asked for more time (10 s)."""
    with transaction(actor) as announce:
        ticket = _own(ticket_id)
        last = db.session.scalars(
            select(History).where(History.ticket_id == ticket.id).order_by(History.id.desc()).limit(1)
        ).one()
        theirs = (last.actor_kind, last.actor_id) == (actor.kind, actor.id)
        if not theirs or last.act not in UNDO_WITHIN_S or now() > last.at + timedelta(seconds=UNDO_WITHIN_S[last.act]):
            refuse(NothingToUndo)
        place, status = ticket.queue_place(), ticket.status
        ticket.restore(last.before)
        last.undone_at = now()
        db.session.flush()
        record(announce, "undo", ticket, None, before={}, from_status=status)
        tell(announce, "undo", ticket, place)
    return ticket


def _own(ticket_id: int) -> Ticket:
    return db.session.get(Ticket, ticket_id) or refuse(NoSuchThing, what="ticket")
