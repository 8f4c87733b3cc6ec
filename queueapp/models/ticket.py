"""A ticket and its life. MOVES is the one table of what may happen; diagram, documents and tests derive from it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ..clock import microseconds
from ..errors import TicketCanNotMove, refuse
from ..extensions import Base, db
from .columns import Digest, Id, Json, Moment, Word
from .hall import Counter

WAITING, CALLED, SERVING, HELD = "waiting", "called", "serving", "held"
MISSED, COMPLETED, CANCELLED = "missed", "completed", "cancelled"
STATUSES = (WAITING, CALLED, SERVING, HELD, MISSED, COMPLETED, CANCELLED)
AT_A_COUNTER = (CALLED, SERVING)
OVER = (COMPLETED, CANCELLED)
PRIORITIES = ("normal", "priority", "appointment", "returned")

# What a visitor may ask for at the kiosk, as staff read it in the note: what is needed, never why.
NEEDS = {"seat": "a seat", "sign-language": "sign language", "more-time": "more time"}
SOURCES = ("kiosk", "reception", "phone", "poster")

# act: (from which statuses, to which). None keeps the status; a held ticket resumes to what it was held from.
MOVES: dict[str, tuple[tuple[str, ...], str | None]] = {
    "call": ((WAITING,), CALLED),
    "recall": ((CALLED,), None),
    "start": ((CALLED,), SERVING),
    "complete": ((SERVING,), COMPLETED),
    "miss": ((CALLED,), MISSED),
    "return": ((MISSED,), WAITING),
    "hold": ((CALLED, SERVING), HELD),
    "resume": ((HELD,), None),
    "transfer": ((CALLED, SERVING, HELD, WAITING), WAITING),
    "cancel": ((WAITING, MISSED, HELD), CANCELLED),
    "delay": ((WAITING,), None),
    "come": ((CALLED,), None),
    "note": (STATUSES, None),
    "rate": ((COMPLETED,), None),
}

# What undo puts back: everything an act may change, and nothing that identifies the ticket.
RESTORABLE = (
    "status", "service_id", "rank", "arrived_at", "priority", "counter_id", "agent_id", "called_at", "started_at",
    "finished_at", "held_at", "held_from", "missed_at", "on_my_way_at", "hold_reason", "note", "recalls", "recalled_at",
    "delays", "destination_id",
)  # fmt: skip


def _one(column: str, name: str, statuses: Iterable[str]) -> Index:
    listed = text(f"status IN ({', '.join(repr(status) for status in statuses)})")
    return Index(name, column, unique=True, sqlite_where=listed, postgresql_where=listed)


def _queue(name: str, *columns: str) -> Index:
    waiting = text("status = 'waiting'")
    return Index(name, *columns, sqlite_where=waiting, postgresql_where=waiting)


class Visit(Base):
    """A person's way through the branch: one number, one or more services."""

    __tablename__ = "visit"
    id: Mapped[Id]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    opened_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]


class Ticket(Base):
    """A place in a queue: a number that is shown, and a secret that only its holder has."""

    __tablename__ = "ticket"
    id: Mapped[Id]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), index=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    series_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    business_day: Mapped[date]
    lap: Mapped[int] = mapped_column(default=0)
    serial: Mapped[int]
    number: Mapped[str] = mapped_column(String(12))
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    status: Mapped[Word] = mapped_column(default=WAITING)
    priority: Mapped[Word] = mapped_column(default="normal")
    rank: Mapped[int] = mapped_column(BigInteger)
    arrived_at: Mapped[Moment]
    language: Mapped[str] = mapped_column(String(12), default="en")
    source: Mapped[Word] = mapped_column(default="kiosk")
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    destination_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[Moment]
    called_at: Mapped[Moment | None]
    recalled_at: Mapped[Moment | None]
    started_at: Mapped[Moment | None]
    finished_at: Mapped[Moment | None]
    held_at: Mapped[Moment | None]
    held_from: Mapped[Word | None]
    missed_at: Mapped[Moment | None]
    on_my_way_at: Mapped[Moment | None]
    recalls: Mapped[int] = mapped_column(default=0)
    delays: Mapped[int] = mapped_column(default=0)
    hold_reason: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(String(500))
    stars: Mapped[int | None]
    comment: Mapped[str | None] = mapped_column(String(500))
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("series_id", "business_day", "lap", "serial", name="uq_ticket_number"),
        _one("counter_id", "uq_ticket_one_at_a_counter", AT_A_COUNTER),
        _queue("ix_ticket_queue", "service_id", "rank", "id"),
        Index("ix_ticket_branch_status", "branch_id", "status", "called_at"),
        Index("ix_ticket_branch_day_number", "branch_id", "business_day", "number"),
        Index("ix_ticket_service_finished", "service_id", "finished_at"),
        CheckConstraint(f"status IN {STATUSES}", name="status"),
        CheckConstraint("status NOT IN ('called', 'serving') OR counter_id IS NOT NULL", name="called_to_a_counter"),
    )

    def move(self, act: str, to: str | None = None) -> None:
        """Go through one of MOVES, or refuse; the row's version makes the change compare-and-set."""
        allowed, target = MOVES[act]
        if self.status not in allowed:
            refuse(TicketCanNotMove, number=self.number, state=self.status, act=ACT_WORDS[act])
        self.status = to or target or self.status

    @property
    def counter_name(self) -> str | None:
        """What the board says: "counter 3". Asked each time: a relationship would stay at the counter it loaded."""
        counter = db.session.get(Counter, self.counter_id) if self.counter_id else None
        return counter.name if counter else None

    def queue_place(self) -> dict[str, int] | None:
        """Where the ticket stands in a queue, as told in `left` and `entered`; None while it waits nowhere."""
        if self.status != WAITING:
            return None
        return {"service_id": self.service_id, "rank": self.rank, "id": self.id}

    def rank_for(self, head_start_s: int) -> int:
        """Arrival less the head start of its class: old tickets win in the end, whatever the class."""
        return microseconds(self.arrived_at) - head_start_s * 1_000_000

    def remember(self) -> dict[str, Any]:
        """What undo would put back, as JSON."""
        return {name: _plain(getattr(self, name)) for name in RESTORABLE}

    def restore(self, before: dict[str, Any]) -> None:
        for name, value in before.items():
            setattr(self, name, _moment(value) if name.endswith("_at") else value)


# How a refusal says the act: "A47 is held; it can not be started now."
ACT_WORDS = {
    "call": "called", "recall": "called again", "start": "started", "complete": "completed", "miss": "missed",
    "return": "returned", "hold": "held", "resume": "resumed", "transfer": "transferred", "cancel": "cancelled",
    "delay": "put back", "come": "announced", "note": "noted", "rate": "rated",
}  # fmt: skip


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _moment(value: Any) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


class NumberSeries(Base):
    """The counter row that numbers of one service and business day are taken from."""

    __tablename__ = "number_series"
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)
    business_day: Mapped[date] = mapped_column(primary_key=True)
    issued: Mapped[int] = mapped_column(default=0)


class History(Base):
    """One act: who, when, where, from, to. Appended, never edited, but for the mark that it was undone."""

    __tablename__ = "history"
    id: Mapped[Id]
    press_id: Mapped[str] = mapped_column(String(16))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    act: Mapped[Word]
    at: Mapped[Moment]
    actor_kind: Mapped[Word]
    actor_id: Mapped[int | None]
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    from_status: Mapped[Word | None]
    to_status: Mapped[Word]
    before: Mapped[Json]
    ticket_version: Mapped[int]
    undone_at: Mapped[Moment | None]
    __table_args__ = (
        Index("ix_history_counter", "counter_id", "id"),
        Index("ix_history_branch_at", "branch_id", "at"),
    )
