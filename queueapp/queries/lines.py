"""A queue as a line: who is first, how many are ahead, how long it is likely to take.

Every question is one look-up in a partial index that holds waiting tickets only, so a million finished tickets cost
nothing. A service's line is ordered by (rank, id); a counter adds the head start (`weight_s`) that it gives a service.
"""

import math
from datetime import datetime, timedelta
from statistics import mean, quantiles
from typing import Any

from sqlalchemy import TextClause, and_, bindparam, func, or_, select, text

from ..clock import now, rfc3339, today
from ..extensions import db
from ..models import Branch, Counter, NumberSeries, Service, Skill, Ticket
from ..models.columns import Utc
from ..models.ticket import WAITING

RECENT = 20  # completions that a wait is estimated from
SPREAD = (0.7, 1.4)  # of the plain estimate; a first, wide range until accuracy is measured


# Asked with every act, so written out: the ORM's way costs five times as much per question (docs/bench.md).
_AHEAD = text(
    "SELECT count(*) FROM ticket WHERE service_id = :service AND status = 'waiting'"
    " AND (rank < :rank OR (rank = :rank AND id < :id))"
)
_WAITING = text("SELECT count(*) FROM ticket WHERE service_id = :service AND status = 'waiting'")
_OPEN_COUNTERS = text(
    "SELECT count(*) FROM skill JOIN counter ON counter.id = skill.counter_id"
    " WHERE skill.service_id = :service AND counter.status = 'open'"
)
_RECENT = (
    text(
        "SELECT started_at, finished_at FROM ticket WHERE service_id = :service AND finished_at > :since"
        " AND started_at IS NOT NULL ORDER BY finished_at DESC LIMIT :most"
    )
    .bindparams(bindparam("since", type_=Utc()))
    .columns(started_at=Utc(), finished_at=Utc())
)


def _number(question: TextClause, **facts: int) -> int:
    return int(db.session.connection().execute(question, facts).scalar() or 0)


def first_for(counter: Counter) -> Ticket | None:
    """Whoever is next at this counter, or None."""
    found = [ticket for skill in counter.skills if (ticket := _first_of(skill, counter.id))]
    found += _sent_to(counter)
    weights = {skill.service_id: skill.weight_s for skill in counter.skills}
    return min(found, key=lambda ticket: place_at(ticket, weights), default=None)


def place_at(ticket: Ticket, weights: dict[int, int]) -> tuple[int, int]:
    """How a counter with these weights orders a ticket; lower is sooner."""
    return ticket.rank - weights.get(ticket.service_id, 0) * 1_000_000, ticket.id


def _first_of(skill: Skill, counter_id: int) -> Ticket | None:
    mine = or_(Ticket.destination_id.is_(None), Ticket.destination_id == counter_id)
    line = select(Ticket).where(Ticket.service_id == skill.service_id, Ticket.status == WAITING, mine)
    return db.session.scalars(line.order_by(Ticket.rank, Ticket.id).limit(1)).first()


def _sent_to(counter: Counter) -> list[Ticket]:
    """Tickets transferred to this very counter, whatever their service."""
    sent = select(Ticket).where(Ticket.destination_id == counter.id, Ticket.status == WAITING)
    return list(db.session.scalars(sent.order_by(Ticket.rank, Ticket.id).limit(1)))


def waiting_for(counter: Counter, limit: int) -> list[Ticket]:
    """The head of this counter's line, in the order it would be called."""
    weights = {skill.service_id: skill.weight_s for skill in counter.skills}
    served = or_(
        and_(Ticket.service_id.in_(weights), Ticket.destination_id.is_(None)),
        Ticket.destination_id == counter.id,
    )
    line = select(Ticket).where(Ticket.status == WAITING, Ticket.branch_id == counter.branch_id, served)
    tickets = db.session.scalars(line.order_by(Ticket.rank, Ticket.id).limit(limit))
    return sorted(tickets, key=lambda ticket: place_at(ticket, weights))


def reason_for(ticket: Ticket, counter: Counter) -> str:
    """Why this ticket is the next one here, as a code the terminal says in words."""
    if ticket.destination_id == counter.id:
        return "sent-here"
    if ticket.priority != "normal":
        return ticket.priority
    weights = {skill.service_id: skill.weight_s for skill in counter.skills}
    return "weight" if weights.get(ticket.service_id) else "longest-wait"


def ahead_of(ticket: Ticket) -> int:
    """How many are called before this ticket in its service's line."""
    return _number(_AHEAD, service=ticket.service_id, rank=ticket.rank, id=ticket.id)


def rank_behind(ticket: Ticket, people: int, *, counted_from: int = 0) -> int:
    """The rank that puts a ticket behind `people` of its service's line (behind all, if there are fewer).

    They are counted from the head of the line, or from a rank: who asks for more time lets those behind them pass.
    """
    line = (
        select(Ticket.rank)
        .where(Ticket.service_id == ticket.service_id, Ticket.status == WAITING, Ticket.id != ticket.id)
        .where(Ticket.rank >= counted_from)
        .order_by(Ticket.rank, Ticket.id)
        .limit(people)
    )
    ranks = list(db.session.scalars(line))
    return ranks[-1] + 1 if ranks else ticket.rank


def waiting(service_id: int) -> int:
    """How many wait for a service."""
    return _number(_WAITING, service=service_id)


def longest_wait_s(service_id: int) -> int:
    """Seconds that the longest waiting person has waited; 0 if nobody waits."""
    first = db.session.scalar(
        select(func.min(Ticket.arrived_at)).where(Ticket.service_id == service_id, Ticket.status == WAITING)
    )
    return max(0, int((now() - first).total_seconds())) if first else 0


def open_counters(service_id: int) -> int:
    """How many open counters serve it."""
    return _number(_OPEN_COUNTERS, service=service_id)


def recent_minutes(service_id: int) -> list[float]:
    """How long the last services took, newest first, within the last 14 days."""
    since = now() - timedelta(days=14)
    spans = db.session.connection().execute(_RECENT, {"service": service_id, "since": since, "most": RECENT})
    return [(finished - started).total_seconds() / 60 for started, finished in spans]


def likely_wait(service: Service, ahead: int) -> dict[str, Any] | None:
    """An estimate, as a range in seconds; None while no counter is open, because then nobody can know.

    People ahead and oneself, each for the mean of the last 20 services (the expected minutes until there are five),
    shared by the open counters; then spread and rounded outward to 1 min below 10 and 5 min above 15.
    """
    counters = open_counters(service.id)
    if not counters:
        return None
    recent = recent_minutes(service.id)
    each = mean(recent) if len(recent) >= 5 else float(service.expected_minutes)
    middle = ahead * each / counters
    return {"low_s": 60 * _down(middle * SPREAD[0]), "high_s": 60 * _up(middle * SPREAD[1] + 1)}


def usual(service_id: int) -> dict[str, int] | None:
    """Median and 8-in-10 of the recent services in seconds, against which the terminal's clock is set."""
    recent = recent_minutes(service_id)
    if len(recent) < 5:
        return None
    tenths = quantiles(recent, n=10, method="inclusive")
    return {"median_s": round(tenths[4] * 60), "p80_s": round(tenths[7] * 60)}


def figures(service: Service) -> dict[str, Any]:
    """How a service's line stands, as told in an envelope's `stats`."""
    people = waiting(service.id)
    wait = likely_wait(service, people)
    return {"service_id": service.id, "waiting": people, "wait": wait, "quota_left": quota_left(service)}


def quota_left(service: Service) -> int | None:
    """How many tickets may still be taken today; None without a quota."""
    if service.daily_quota is None:
        return None
    branch = db.session.get_one(Branch, service.branch_id)
    series = db.session.get(NumberSeries, (service.id, today(branch.time_zone)), populate_existing=True)
    return max(0, service.daily_quota - (series.issued if series else 0))


def wait_of(ticket: Ticket, branch: Branch, ahead: int) -> dict[str, Any] | None:
    """The holder's own range, with the time to be back by: the low end less the walk, never in the past."""
    service = db.session.get(Service, ticket.service_id)
    wait = likely_wait(service, ahead) if service and ticket.status == WAITING else None
    return wait and {**wait, "be_back_by": rfc3339(_be_back(wait["low_s"] - branch.setting("walk_s")))}


def _be_back(seconds: int) -> datetime:
    return now() + timedelta(seconds=max(0, seconds))


def _step(minutes: float) -> int:
    return 1 if minutes <= 15 else 5


def _down(minutes: float) -> int:
    step = _step(minutes)
    return math.floor(minutes / step) * step


def _up(minutes: float) -> int:
    step = _step(minutes)
    return math.ceil(minutes / step) * step
