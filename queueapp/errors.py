"""Every refusal, one class each: the class name is the `code`, the docstring is the sentence a person reads.

A refusal changes nothing: it leaves the transaction by raising, and what was written is rolled back.
The doors turn it into `application/problem+json` (RFC 9457) or into a socket's `{ok: false, code, detail}`.
"""

import inspect
import re
from typing import Any, NoReturn


class Refusal(Exception):
    """The request was refused."""

    status = 409

    def __init__(self, **facts: Any) -> None:
        """`facts` fill the sentence's {placeholders} and travel with the problem, for pages with words of their own."""
        self.facts = facts
        super().__init__(self.detail)

    @property
    def code(self) -> str:
        return type(self).__name__

    @property
    def title(self) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", " ", self.code).capitalize()

    @property
    def detail(self) -> str:
        sentence = inspect.cleandoc(type(self).__doc__ or "").split("\n\n")[0].replace("\n", " ")
        known = {name: "not known" if fact is None else fact for name, fact in self.facts.items()}
        return re.sub(r"\{(\w+)\}", lambda hole: str(known.get(hole[1], "?")), sentence)

    def problem(self) -> dict[str, Any]:
        """The RFC 9457 body; `errors` names fields, every other fact stands beside it."""
        body = {
            "type": f"/problems/{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        return {**self.facts, **body, "code": self.code}


def refuse(refusal: type[Refusal], **facts: Any) -> NoReturn:
    """Raise `refusal`; reads well behind an `or`."""
    raise refusal(**facts)


def catalogue() -> list[type[Refusal]]:
    """Every refusal there is, by name: documents and tests derive from this list."""
    found, todo = [], [Refusal]
    while todo:
        for kind in todo.pop().__subclasses__():
            found.append(kind)
            todo.append(kind)
    return sorted(found, key=lambda kind: kind.__name__)


# --- 400, 413, 415, 422: what was sent -------------------------------------------------------------------------
class MalformedRequest(Refusal):
    """What was sent could not be read: {reason}."""

    status = 400


class InvalidInput(Refusal):
    """Some fields were not accepted; `errors` names each of them."""

    status = 422


class UnsupportedMediaType(Refusal):
    """Send JSON, with the header Content-Type: application/json."""

    status = 415


class RequestTooLarge(Refusal):
    """That was larger than anything this door needs."""

    status = 413


class UnknownEvent(Refusal):
    """This namespace has no event called {event}."""

    status = 400


# --- 401, 403, 404: who is asking ------------------------------------------------------------------------------
class WhoAreYou(Refusal):
    """Sign in, or send a valid token."""

    status = 401


class WrongNameOrPassword(Refusal):
    """The name or the password is not right."""

    status = 401


class NotYours(Refusal):
    """This is not yours to see or to change."""

    status = 403


class CrossSiteRequest(Refusal):
    """The request came from another site and was not carried out."""

    status = 403


class NoSuchThing(Refusal):
    """There is no such {what}."""

    status = 404


class MethodNotAllowed(Refusal):
    """This address does not take that method."""

    status = 405


# --- 409: the state forbids it ---------------------------------------------------------------------------------
class NobodyIsWaiting(Refusal):
    """Nobody is waiting for what counter {counter} serves."""


class CounterIsClosed(Refusal):
    """Counter {counter} is not open."""


class CounterIsBusy(Refusal):
    """Counter {counter} still has {number}; complete, hold or transfer it first."""


class CounterIsTaken(Refusal):
    """Counter {counter} is in use elsewhere."""


class TicketAlreadyCalled(Refusal):
    """{number} was just called by counter {counter}."""


class TicketCanNotMove(Refusal):
    """{number} is {state}; it can not be {act} now."""


class NoTicketHere(Refusal):
    """Counter {counter} has no ticket for that."""


class NothingToUndo(Refusal):
    """There is nothing here that can still be undone."""


class TicketHasChanged(Refusal):
    """{number} was changed by somebody else just now."""


class GraceIsOver(Refusal):
    """The time to return with {number} is over; take a new ticket."""


class DelaysUsedUp(Refusal):
    """{number} was put back {limit} times already."""


class ServiceIsClosed(Refusal):
    """{service} is closed now; it opens at: {opens_at}."""


class BranchIsClosed(Refusal):
    """{branch} is closed now; it opens at: {opens_at}."""


class QuotaExhausted(Refusal):
    """All tickets of {service} for today are taken."""


class NumbersExhausted(Refusal):
    """{service} has no numbers left for today."""


class LetterIsTaken(Refusal):
    """The letter {letter} already belongs to {service}."""


class NameIsTaken(Refusal):
    """There already is {name}."""


class StaleVersion(Refusal):
    """Somebody changed this while it was being edited; it is at version {version} now."""


class StillInUse(Refusal):
    """{name} is still in use: {why}."""


class KeyUsedForAnother(Refusal):
    """This Idempotency-Key was used for another request."""


class AlreadySetUp(Refusal):
    """The first administrator was made already."""


class PairingIsOver(Refusal):
    """This pairing code is unknown, used or too old; the screen shows a new one."""


class LastAdmin(Refusal):
    """At least one administrator has to stay."""


# --- 410, 429, 503 ---------------------------------------------------------------------------------------------
class CursorTooOld(Refusal):
    """What was missed is no longer kept, or belongs to another history; take a snapshot."""

    status = 410


class TooManyTries(Refusal):
    """Too many tries; try again in {retry_after_s} s."""

    status = 429


class TryAgainSoon(Refusal):
    """The hall's database is busy; nothing was changed. Try again in {retry_after_s} s."""

    status = 503


class BehindMigrations(Refusal):
    """The database is at {found}, this version needs {wanted}: run `queueapp migrate`."""

    status = 503
