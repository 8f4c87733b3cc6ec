"""The hall as it is set up: organisations, branches, services, counters. Rules of one row only."""

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..clock import local
from ..extensions import Base, db
from .columns import BranchId, Id, Json, JsonList, Moment, Name, OrganisationId, Word
from .people import User

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
COUNTER_STATUSES = ("open", "paused", "closed")
POLICIES = ("arrival", "head-starts")

# What a branch may set, with its default and meaning. Units are in the names.
BRANCH_SETTINGS: dict[str, tuple[int, str]] = {
    "recall_limit": (3, "Calls of a ticket before no-show is suggested."),
    "recall_cooldown_s": (15, "Seconds between two calls of the same ticket."),
    "come_within_s": (180, "Seconds a called visitor's place is held."),
    "grace_minutes": (15, "Minutes in which a missed ticket may return."),
    "return_behind": (2, "How many waiting people a returned ticket goes behind."),
    "hold_warning_minutes": (20, "Minutes after which a ticket on hold is pointed out."),
    "target_minutes": (15, "Minutes within which people should be called."),
    "walk_s": (120, "Seconds to walk back to the hall; the phone's 'be back by' allows for them."),
    "delay_limit": (2, "How often a visitor may ask for more time."),
    "delay_people": (3, "How many people a visitor who asks for more time lets pass."),
}

ORDERING = {"policy": "head-starts", "head_starts_s": {"priority": 1200, "appointment": 900, "returned": 600}}


class Organisation(Base):
    """A tenant: nothing of one is ever seen by another."""

    __tablename__ = "organisation"
    id: Mapped[Id]
    name: Mapped[Name] = mapped_column(unique=True)
    created_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class Branch(Base):
    """One hall with its own clock, opening hours, languages and order."""

    __tablename__ = "branch"
    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    name: Mapped[Name]
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")
    opening_hours: Mapped[Json] = mapped_column(default=dict)
    languages: Mapped[JsonList] = mapped_column(default=lambda: ["en"])
    ordering: Mapped[Json] = mapped_column(default=lambda: dict(ORDERING))
    settings: Mapped[Json] = mapped_column(default=dict)
    poster_token: Mapped[str] = mapped_column(String(43), unique=True)
    retired_at: Mapped[Moment | None]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}

    def setting(self, name: str) -> int:
        """One of BRANCH_SETTINGS, the branch's own or the default."""
        return int(self.settings.get(name, BRANCH_SETTINGS[name][0]))

    @property
    def effective_settings(self) -> dict[str, int]:
        return {name: self.setting(name) for name in BRANCH_SETTINGS}

    def is_open(self, instant: datetime) -> bool:
        """Whether the doors are open; no opening hours at all means always."""
        if not self.opening_hours:
            return True
        here = local(instant, self.time_zone)
        return any(start <= here.time() < end for start, end in self._spans(here.weekday()))

    def opens_at(self, instant: datetime) -> str | None:
        """When the doors open next within a week, as `HH:MM`; None while they are open or if they never do."""
        if self.is_open(instant):
            return None
        here = local(instant, self.time_zone)
        for days in range(8):
            for start, _ in self._spans((here + timedelta(days=days)).weekday()):
                if days or start > here.time():
                    return f"{start:%H:%M}"
        return None

    def head_start_s(self, priority: str) -> int:
        """Seconds that a class is counted as having arrived earlier."""
        if self.ordering.get("policy") == "arrival":
            return 0
        return int(self.ordering.get("head_starts_s", {}).get(priority, 0))

    def _spans(self, weekday: int) -> list[tuple[time, time]]:
        spans: list[list[str]] = self.opening_hours.get(WEEKDAYS[weekday], [])
        return sorted((time.fromisoformat(start), _closing(end)) for start, end in spans)


def _closing(end: str) -> time:
    """24:00 is a fair thing to write for the end of a day; a clock has no such time."""
    return time.max if end == "24:00" else time.fromisoformat(end)


class Service(Base):
    """What people come for; its letter starts the ticket's number."""

    __tablename__ = "service"
    id: Mapped[Id]
    branch_id: Mapped[BranchId]
    letter: Mapped[str] = mapped_column(String(2))
    names: Mapped[Json]
    position: Mapped[int] = mapped_column(default=0)
    expected_minutes: Mapped[int] = mapped_column(default=5)
    daily_quota: Mapped[int | None]
    is_open: Mapped[bool] = mapped_column(default=True)
    opens_at: Mapped[str | None] = mapped_column(String(5))
    first_number: Mapped[int] = mapped_column(default=1)
    last_number: Mapped[int] = mapped_column(default=9999)
    number_step: Mapped[int] = mapped_column(default=1)
    wraps: Mapped[bool] = mapped_column(default=True)
    retired_at: Mapped[Moment | None]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        # Two live services with one letter would print the same number twice in one hall.
        Index("uq_service_letter", "branch_id", "letter", unique=True, sqlite_where=text("retired_at IS NULL"),
              postgresql_where=text("retired_at IS NULL")),
        CheckConstraint("number_step > 0 AND first_number <= last_number", name="number_range"),
    )  # fmt: skip

    def name_in(self, language: str) -> str:
        """The name in a language, else in English, else in whatever there is."""
        return str(self.names.get(language) or self.names.get("en") or next(iter(self.names.values()), self.letter))


class Counter(Base):
    """A desk where one agent serves one ticket at a time."""

    __tablename__ = "counter"
    id: Mapped[Id]
    branch_id: Mapped[BranchId]
    name: Mapped[Name]
    kind: Mapped[Word] = mapped_column(default="desk")
    place: Mapped[str | None] = mapped_column(String(120))
    status: Mapped[Word] = mapped_column(default="closed")
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    seat: Mapped[str | None] = mapped_column(String(64))
    opened_at: Mapped[Moment | None]
    retired_at: Mapped[Moment | None]
    version: Mapped[int] = mapped_column(default=1)
    skills: Mapped[list["Skill"]] = relationship(cascade="all, delete-orphan", order_by="Skill.service_id")
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("uq_counter_name", "branch_id", "name", unique=True, sqlite_where=text("retired_at IS NULL"),
              postgresql_where=text("retired_at IS NULL")),
        CheckConstraint(f"status IN {COUNTER_STATUSES}", name="status"),
        CheckConstraint("status = 'closed' OR agent_id IS NOT NULL", name="somebody_sits_there"),
    )  # fmt: skip

    @property
    def agent(self) -> User | None:
        """Who sits there."""
        return db.session.get(User, self.agent_id) if self.agent_id else None

    @property
    def service_ids(self) -> list[int]:
        return [skill.service_id for skill in self.skills]


class Skill(Base):
    """A service that a counter serves; `weight_s` is a head start that this counter gives to it."""

    __tablename__ = "skill"
    counter_id: Mapped[int] = mapped_column(ForeignKey("counter.id"), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True, index=True)
    weight_s: Mapped[int] = mapped_column(default=0)


def spans_are_sane(opening_hours: dict[str, Any]) -> bool:
    """Known weekdays, readable times, each span ending after it starts."""
    try:
        return all(
            day in WEEKDAYS and all(time.fromisoformat(start) < _closing(end) for start, end in spans)
            for day, spans in opening_hours.items()
        )
    except (TypeError, ValueError):
        return False
