"""The agent's door: one call per key of the terminal."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from ..errors import NoSuchThing, refuse
from ..extensions import db
from ..models import Branch, Counter, Ticket
from ..operations import calls, counters
from ..queries import snapshots
from ..schemas import bodies
from . import answers
from .door import allow, asks, branch_for, caller, press, tells
from .pages import choose_language, face, person, with_frame

bp = Blueprint("terminal", __name__)


@bp.get("/terminal")
@allow("system.read")
def without_slash() -> Response:
    return redirect("/terminal/")


@bp.get("/terminal/")
@allow("system.read")
def page() -> str | Response:
    """Choose a counter, or work at one."""
    if caller().kind != "user":
        return redirect(f"/login?next={request.full_path.rstrip('?')}")
    wanted = request.args.get("counter", "")
    counter = _reachable(int(wanted)) if wanted.isdecimal() and len(wanted) < 17 else None
    branch = branch_for("terminal.read", counter.branch_id if counter else None)
    choose_language(["en", *branch.languages])
    if counter is None:
        url = f"/api/terminal/counters?branch_id={branch.id}"
        return face("terminal/choose.html", "/terminal", branch, _counters(branch), url, user=person(caller()))
    url = f"/api/terminal/state?counter_id={counter.id}"
    return face("terminal/counter.html", "/terminal", branch, _state(counter), url, user=person(caller()))


@bp.get("/api/terminal/counters")
@allow("terminal.read")
@tells("StaffSnapshot")
def all_counters() -> dict[str, Any]:
    """The branch's counters and who sits there, to choose one."""
    return _counters(branch_for("terminal.read"))


def _counters(branch: Branch) -> dict[str, Any]:
    return with_frame([f"staff-{branch.id}"], lambda: snapshots.hall(branch, "en", staff=True))


@bp.get("/api/terminal/state")
@allow("terminal.read")
@tells("TerminalSnapshot")
@asks(bodies.AtCounter)
def state(wanted: dict[str, Any]) -> dict[str, Any]:
    """Everything a terminal shows."""
    return _state(_reachable(wanted["counter_id"]))


@bp.get("/api/terminal/find")
@allow("terminal.read")
@tells("FoundTickets")
@asks(bodies.Find)
def find(wanted: dict[str, Any]) -> dict[str, Any]:
    """Today's tickets by the start of their number."""
    counter = _reachable(wanted["counter_id"])
    return {"tickets": snapshots.find(db.session.get_one(Branch, counter.branch_id), str(wanted["q"]))}


def _state(counter: Counter) -> dict[str, Any]:
    branch = db.session.get_one(Branch, counter.branch_id)
    return with_frame([f"staff-{branch.id}"], lambda: snapshots.terminal(branch, counter, "en"))


def _reachable(counter_id: int) -> Counter:
    counter = db.session.get(Counter, counter_id)
    if counter is None or counter.retired_at:
        refuse(NoSuchThing, what="counter")
    branch_for("terminal.read", counter.branch_id)
    return counter


Told = tuple[str, Callable[..., dict[str, Any]]]  # the name of what is told, and how


def _key(path: str, schema: type[bodies.Body], operation: Callable[..., Any], told: Told) -> None:
    """One key of the terminal: its address, its body, its operation and what it tells."""
    name, tell = told

    @bp.post(f"/api/terminal/{path}", endpoint=path)
    @allow("terminal.act")
    @tells(name)
    @press(schema)
    def pressed(wanted: dict[str, Any]) -> dict[str, Any]:
        return tell(operation(**wanted, actor=caller()))

    pressed.__doc__ = operation.__doc__


def _completed(tickets: tuple[Ticket, Ticket | None]) -> dict[str, Any]:
    done, following = tickets
    return {**answers.ticket(done), "called": following and answers.ticket(following)}


def _undo(ticket_id: int | None = None, **wanted: Any) -> list[Ticket]:
    """Take the last press at this counter back, whole; `ticket_id` is accepted as every key's and says nothing."""
    return calls.undo(**wanted)


def _undone(tickets: list[Ticket]) -> dict[str, Any]:
    return {"tickets": [answers.ticket(row) for row in tickets]}


COUNTER: Told = ("StaffCounter", answers.counter)
TICKET: Told = ("StaffTicketInLine", answers.ticket)
COMPLETED: Told = ("CompletedTicket", _completed)
UNDONE: Told = ("UndoneTickets", _undone)

_key("open", bodies.AtCounter, counters.open_counter, COUNTER)
_key("pause", bodies.AtCounter, counters.pause, COUNTER)
_key("close", bodies.AtCounter, counters.close, COUNTER)
_key("call-next", bodies.AtCounter, calls.call_next, TICKET)
_key("call", bodies.OnThisTicket, calls.call, TICKET)
_key("recall", bodies.OnTicket, calls.recall, TICKET)
_key("start", bodies.OnTicket, calls.start, TICKET)
_key("complete", bodies.Complete, calls.complete, COMPLETED)
_key("miss", bodies.OnTicket, calls.miss, TICKET)
_key("return", bodies.OnThisTicket, calls.take_back, TICKET)
_key("hold", bodies.Hold, calls.hold, TICKET)
_key("resume", bodies.OnThisTicket, calls.resume, TICKET)
_key("transfer", bodies.Transfer, calls.transfer, TICKET)
_key("cancel", bodies.OnThisTicket, calls.cancel, TICKET)
_key("note", bodies.Note, calls.note, TICKET)
_key("undo", bodies.OnTicket, _undo, UNDONE)
