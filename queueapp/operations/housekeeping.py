"""What nobody presses: ending yesterday's tickets, forgetting old keys and old news; in small steps, each its own
transaction, so that nobody waits for it."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import delete, select, update

from ..access import SYSTEM
from ..clock import now, today
from ..extensions import db
from ..models import Branch, Press, SignIn, StoredEvent, Stream, Ticket
from ..models.ticket import HELD, MISSED, WAITING
from ..realtime.transaction import transaction
from .acts import act

BATCH = 200


def end_yesterday() -> int:
    """Cancel what was left waiting, held or missed on earlier business days; gives how many tickets that were."""
    ended = 0
    for branch_id, time_zone in db.session.execute(select(Branch.id, Branch.time_zone)).all():
        left_over = select(Ticket.id).where(
            Ticket.branch_id == branch_id,
            Ticket.business_day < today(time_zone),
            Ticket.status.in_((WAITING, MISSED, HELD)),
        )
        while ticket_ids := list(db.session.scalars(left_over.limit(BATCH))):
            ended += len(ticket_ids)
            _end(ticket_ids)
    return ended


def _end(ticket_ids: list[int]) -> None:
    with transaction(SYSTEM) as announce:
        for ticket_id in ticket_ids:
            ticket = db.session.get_one(Ticket, ticket_id)
            with act(announce, "cancel", ticket):
                ticket.finished_at = now()


def forget_old() -> None:
    """Idempotency keys and sign-ins beyond their time, and news older than EVENT_DAYS (its streams' floor rises)."""
    with transaction(SYSTEM):
        keys_until = now() - timedelta(hours=current_app.config["IDEMPOTENCY_HOURS"])
        db.session.execute(delete(Press).where(Press.at < keys_until))
        db.session.execute(delete(SignIn).where(SignIn.expires_at < now() - timedelta(days=1)))
    while _forget_news():
        pass


def _forget_news() -> bool:
    """One batch of old lines; True if there may be more."""
    until = now() - timedelta(days=current_app.config["EVENT_DAYS"])
    with transaction(SYSTEM):
        old = select(StoredEvent.stream, StoredEvent.seq).where(StoredEvent.at < until)
        lines = db.session.execute(old.order_by(StoredEvent.at).limit(BATCH)).all()
        for stream, seq in lines:
            db.session.execute(delete(StoredEvent).where(StoredEvent.stream == stream, StoredEvent.seq <= seq))
            raised = update(Stream).where(Stream.name == stream, Stream.floor < seq).values(floor=seq)
            db.session.execute(raised, execution_options={"synchronize_session": False})
    return len(lines) == BATCH
