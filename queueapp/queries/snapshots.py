"""What a screen starts from: how everything stands, with the epoch and the head of each stream it will follow.

Heads are read first and everything is read in one database transaction, so news after the heads can only repeat what
the snapshot already shows (absolute values make that harmless), never miss it.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from ..clock import now, rfc3339, today
from ..extensions import db
from ..models import Branch, Counter, History, Service, Ticket, User
from ..models.ticket import AT_A_COUNTER, CALLED, COMPLETED, HELD, MISSED, WAITING
from ..schemas.shapes import (
    FullBranch,
    FullService,
    OwnTicket,
    PublicBranch,
    PublicCounter,
    PublicService,
    PublicTicket,
    StaffCounter,
    StaffTicket,
)
from . import lines

SHOWN_WAITING = 500  # people the overview draws a dot for, longest wait first
LINE = 100  # waiting tickets a terminal starts from; it asks again when it runs short


def frame(heads: dict[str, int], epoch: str) -> dict[str, Any]:
    """What every snapshot carries."""
    return {"epoch": epoch, "heads": heads, "time": rfc3339(now())}


def hall(branch: Branch, language: str, *, staff: bool = False) -> dict[str, Any]:
    """The branch with its services and counters, as everybody may see them, or as its staff may."""
    counter_shape = StaffCounter() if staff else PublicCounter()
    return {
        "branch": branch_view(branch, staff=staff),
        "services": [service_view(service, branch, language, staff=staff) for service in services_of(branch.id)],
        "counters": [counter_shape.dump(counter) for counter in counters_of(branch.id)],
    }


def branch_view(branch: Branch, *, staff: bool = False) -> dict[str, Any]:
    shape = FullBranch() if staff else PublicBranch()
    moment = now()
    return {**shape.dump(branch), "is_open": branch.is_open(moment), "opens_at": branch.opens_at(moment)}


def service_view(service: Service, branch: Branch, language: str, *, staff: bool = False) -> dict[str, Any]:
    shape = FullService() if staff else PublicService()
    figures = lines.figures(service)
    return {
        **shape.dump(service),
        "name": service.name_in(language),
        "waiting": figures["waiting"],
        "wait": figures["wait"],
        "quota_left": figures["quota_left"],
    }


def services_of(branch_id: int) -> list[Service]:
    line = select(Service).where(Service.branch_id == branch_id, Service.retired_at.is_(None))
    return list(db.session.scalars(line.order_by(Service.position, Service.letter)))


def counters_of(branch_id: int) -> list[Counter]:
    found = db.session.scalars(select(Counter).where(Counter.branch_id == branch_id, Counter.retired_at.is_(None)))
    return sorted(found, key=lambda counter: (len(counter.name), counter.name))


def kiosk(branch: Branch, language: str) -> dict[str, Any]:
    called = _with_status(branch, (CALLED,), services=None).order_by(Ticket.called_at.desc()).limit(6)
    return {**hall(branch, language), "tickets": _dump(PublicTicket(), called)}


def board(branch: Branch, language: str, services: list[int] | None = None) -> dict[str, Any]:
    """Who is called where, who was served a moment ago, who was missed lately."""
    called = _with_status(branch, AT_A_COUNTER, services).order_by(Ticket.called_at.desc()).limit(60)
    lately = now() - timedelta(minutes=branch.setting("grace_minutes"))
    missed = _with_status(branch, (MISSED,), services).where(Ticket.missed_at > lately).limit(30)
    shape = PublicTicket()
    return {**hall(branch, language), "tickets": _dump(shape, called) + _dump(shape, missed), "notices": []}


def terminal(branch: Branch, counter: Counter, language: str) -> dict[str, Any]:
    """Everything an agent's screen needs to work from, and why the next ticket is the next."""
    mine = select(Ticket).where(Ticket.counter_id == counter.id, Ticket.status.in_(AT_A_COUNTER))
    lately = now() - timedelta(minutes=branch.setting("grace_minutes"))
    held = _with_status(branch, (HELD,), None)
    missed = _with_status(branch, (MISSED,), None).where(Ticket.missed_at > lately)
    shape = StaffTicket()
    waiting = shape.dump(lines.waiting_for(counter, LINE), many=True)
    at_it = _dump(shape, mine)
    return {
        **hall(branch, language, staff=True),
        "counter": {**StaffCounter().dump(counter), "ticket_id": at_it[0]["id"] if at_it else None},
        "tickets": at_it + waiting + _dump(shape, held) + _dump(shape, missed),
        "next": _next(counter),
        "undo": undo_of(counter),
        "usual": {service_id: lines.usual(service_id) for service_id in counter.service_ids},
        "history": history_of(at_it[0]["id"]) if at_it else [],
        "today": _today(branch, counter),
    }


def find(branch: Branch, wanted: str) -> list[dict[str, Any]]:
    """Today's tickets with this in their number (agents type digits only), newest first."""
    line = select(Ticket).where(Ticket.branch_id == branch.id, Ticket.business_day == today(branch.time_zone))
    line = line.where(Ticket.number.contains(wanted.upper(), autoescape=True))
    return _dump(StaffTicket(), line.order_by(Ticket.id.desc()).limit(20))


def own_ticket(ticket: Ticket, language: str) -> dict[str, Any]:
    """What the holder's phone starts from."""
    branch = db.session.get_one(Branch, ticket.branch_id)
    service = db.session.get_one(Service, ticket.service_id)
    last = _with_status(branch, AT_A_COUNTER, [ticket.service_id]).order_by(Ticket.called_at.desc()).limit(1)
    called = db.session.scalars(last).first()
    return {
        **hall(branch, language),
        "ticket": {**OwnTicket().dump(ticket), **place(ticket)},
        "service": service_view(service, branch, language),
        "last_called": called and {"number": called.number, "called_at": rfc3339(called.called_at)},
        "delays_left": max(0, branch.setting("delay_limit") - ticket.delays),
    }


def place(ticket: Ticket) -> dict[str, Any]:
    """`ahead` and `wait` of a waiting ticket; nothing for any other."""
    if ticket.status != WAITING:
        return {}
    ahead = lines.ahead_of(ticket)
    return {
        "ahead": ahead,
        "wait": lines.wait_of(ticket, db.session.get_one(Branch, ticket.branch_id), ahead),
    }


def overview(branch: Branch, language: str) -> dict[str, Any]:
    """The administrator's first page."""
    tickets = _with_status(branch, (*AT_A_COUNTER, HELD), None)
    waiting = _with_status(branch, (WAITING,), None).order_by(Ticket.arrived_at).limit(SHOWN_WAITING)
    served = select(Ticket.id).where(Ticket.branch_id == branch.id, Ticket.business_day == today(branch.time_zone))
    done = list(db.session.scalars(served.where(Ticket.status == COMPLETED)))
    services = services_of(branch.id)
    return {
        **hall(branch, language, staff=True),
        "tickets": _dump(StaffTicket(), tickets) + _dump(StaffTicket(), waiting),
        "today": {"served": len(done)},
        "longest_wait_s": max((lines.longest_wait_s(service.id) for service in services), default=0),
    }


def undo_of(counter: Counter) -> dict[str, Any] | None:
    """What undo would take back at this counter, or None."""
    acts = undoable(counter)
    tickets = {act.ticket_id: db.session.get_one(Ticket, act.ticket_id).number for act in acts}
    told = [{"act": act.act, "ticket_id": act.ticket_id, "number": tickets[act.ticket_id]} for act in acts]
    return {"acts": told} if told else None


# Acts that nothing later depends on: a call that was repeated or answered can still be taken back.
REPEATS = ("recall", "come")


def undoable(counter: Counter) -> list[History]:
    """The acts of the last press at this counter, newest first, unless something newer depends on them."""
    presses = select(History).where(History.counter_id == counter.id, History.act.not_in(REPEATS))
    last = db.session.scalars(presses.order_by(History.id.desc()).limit(1)).first()
    if last is None or last.act == "undo" or last.at < now() - timedelta(hours=12):
        return []
    same = select(History).where(History.press_id == last.press_id).order_by(History.id.desc())
    acts = list(db.session.scalars(same))
    return [] if any(_has_gone_on(act) for act in acts) else acts


def _has_gone_on(act: History) -> bool:
    """Whether the ticket went through anything newer, in another press."""
    newer = select(History.id).where(History.ticket_id == act.ticket_id, History.id > act.id)
    newer = newer.where(History.press_id != act.press_id, History.act.not_in(REPEATS))
    return db.session.scalar(newer.limit(1)) is not None


def history_of(ticket_id: int) -> list[dict[str, Any]]:
    """A ticket's way so far, oldest first."""
    acts = db.session.scalars(select(History).where(History.ticket_id == ticket_id).order_by(History.id))
    return [
        {"at": rfc3339(act.at), "act": act.act, "counter": _counter_name(act.counter_id), "who": _who(act)}
        for act in acts
        if act.undone_at is None
    ]


def _who(act: History) -> str | None:
    user = db.session.get(User, act.actor_id) if act.actor_kind == "user" and act.actor_id else None
    return user.name if user else act.actor_kind


def _counter_name(counter_id: int | None) -> str | None:
    counter = db.session.get(Counter, counter_id) if counter_id else None
    return counter.name if counter else None


def _next(counter: Counter) -> dict[str, Any] | None:
    ticket = lines.first_for(counter)
    return {"ticket_id": ticket.id, "reason": {"code": lines.reason_for(ticket, counter)}} if ticket else None


def _today(branch: Branch, counter: Counter) -> dict[str, int]:
    done = select(Ticket).where(Ticket.branch_id == branch.id, Ticket.business_day == today(branch.time_zone))
    tickets = list(db.session.scalars(done.where(Ticket.counter_id == counter.id, Ticket.status == COMPLETED)))
    spans = [(t.finished_at - t.started_at).total_seconds() for t in tickets if t.finished_at and t.started_at]
    return {"served": len(tickets), "average_s": round(sum(spans) / len(spans)) if spans else 0}


def _with_status(branch: Branch, statuses: tuple[str, ...], services: list[int] | None) -> Any:
    line = select(Ticket).where(Ticket.branch_id == branch.id, Ticket.status.in_(statuses))
    return line.where(Ticket.service_id.in_(services)) if services else line


def _dump(shape: Any, line: Any) -> list[dict[str, Any]]:
    return list(shape.dump(db.session.scalars(line), many=True))
