"""The catalogue of durable events: what happened, who may hear it, and what each audience is told.

An event names its audiences here and nowhere else; the caller only says what happened. The wire name is the class
name (`TicketCalled` is `ticket-called`), the docstring is its documentation. What the public hears is built from an
allow-list (`schemas.shapes`) at the moment of writing: no name, no note, no reason can reach it later.
"""

import re
from typing import Any, ClassVar

from ..schemas.shapes import (
    FullBranch,
    FullService,
    OwnTicket,
    PublicBranch,
    PublicCounter,
    PublicService,
    PublicTicket,
    Shape,
    StaffCounter,
    StaffTicket,
)

PUBLIC, STAFF, TICKET, SYSTEM = "public", "staff", "ticket", "system"


class Event:
    """Something that happened and is told in order, once, for as long as it is kept."""

    subject: ClassVar[str] = ""
    audiences: ClassVar[dict[str, Shape]] = {}

    @classmethod
    def wire_name(cls) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @classmethod
    def streams(cls, row: Any) -> dict[str, str]:
        """Which numbered streams this is written to: audience -> stream."""
        names = {
            PUBLIC: f"public-{cls.branch_of(row)}",
            STAFF: f"staff-{cls.branch_of(row)}",
            SYSTEM: "system",
        }
        names[TICKET] = f"ticket-{row.id}"
        return {audience: names[audience] for audience in cls.audiences}

    @classmethod
    def branch_of(cls, row: Any) -> int | None:
        return getattr(row, "branch_id", None)

    @classmethod
    def data(cls, audience: str, row: Any) -> dict[str, Any]:
        """The whole subject as this audience may see it."""
        return {cls.subject: cls.audiences[audience].dump(row)}


def catalogue() -> list[type[Event]]:
    """Every event there is, by wire name."""
    found: list[type[Event]] = []
    todo: list[type[Event]] = [Event]
    while todo:
        for kind in todo.pop().__subclasses__():
            todo.append(kind)
            if kind.audiences and not kind.__name__.endswith("News"):
                found.append(kind)
    return sorted(found, key=lambda kind: kind.wire_name())


class TicketNews(Event):
    """News of a ticket: `data.ticket` whole, `left`/`entered` where a line changed, `stats` of those lines."""

    subject = "ticket"
    audiences = {PUBLIC: PublicTicket(), STAFF: StaffTicket(), TICKET: OwnTicket()}


class TicketCreated(TicketNews):
    """A visitor took a ticket; it waits in its service's line."""


class TicketCalled(TicketNews):
    """A counter called a ticket; boards show it, the holder's phone turns yellow."""


class TicketRecalled(TicketNews):
    """A counter called a ticket again; boards show "called again" and sound once more."""


class TicketStarted(TicketNews):
    """The visitor is at the counter; service has begun."""


class TicketHeld(TicketNews):
    """The ticket was set aside at its counter and stays that counter's."""


class TicketResumed(TicketNews):
    """A held ticket goes on where it was set aside, at the same or another counter."""


class TicketTransferred(TicketNews):
    """The ticket waits in another line, by default with its old time of arrival."""


class TicketMissed(TicketNews):
    """Nobody came; the holder may return within the branch's grace."""


class TicketReturned(TicketNews):
    """A missed ticket waits again, a few places behind the head of the line."""


class TicketCancelled(TicketNews):
    """The visitor left, staff took the ticket out, or its day ended."""


class TicketCompleted(TicketNews):
    """Served."""


class TicketCorrected(TicketNews):
    """The ticket was set right without a step in its life: an undo, a note, more time, "on my way", a rating."""


class CounterNews(Event):
    """News of a counter: `data.counter` whole."""

    subject = "counter"
    audiences = {PUBLIC: PublicCounter(), STAFF: StaffCounter()}


class CounterOpened(CounterNews):
    """An agent sat down, or took the counter over from another seat."""


class CounterPaused(CounterNews):
    """A break: nobody is called until it opens again."""


class CounterClosed(CounterNews):
    """The counter has no agent."""


class CounterUpdated(CounterNews):
    """Name, place or services of a counter changed, or it was taken out."""


class ServiceNews(Event):
    """News of a service: `data.service` whole."""

    subject = "service"
    audiences = {PUBLIC: PublicService(), STAFF: FullService()}


class ServiceCreated(ServiceNews):
    """The branch offers a new service."""


class ServiceUpdated(ServiceNews):
    """A service was changed, opened or closed."""


class ServiceDeleted(ServiceNews):
    """The branch no longer offers a service."""


class QuotaExhausted(ServiceNews):
    """The last ticket of a service for today was taken."""


class SettingsUpdated(Event):
    """The branch itself changed: name, hours, languages, order or settings."""

    subject = "branch"
    audiences = {PUBLIC: PublicBranch(), STAFF: FullBranch()}

    @classmethod
    def branch_of(cls, row: Any) -> int | None:
        return int(row.id)


class AccessRevoked(Event):
    """Somebody's sign-in, device or role ended; servers close the sockets concerned. No client hears this stream."""

    audiences = {SYSTEM: Shape()}

    @classmethod
    def streams(cls, row: Any) -> dict[str, str]:
        return {SYSTEM: "system"}

    @classmethod
    def data(cls, audience: str, row: Any) -> dict[str, Any]:
        return {"subject": row}
