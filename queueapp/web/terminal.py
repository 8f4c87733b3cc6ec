"""The agent's door: one call per key of the terminal."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from ..errors import NoSuchThing, refuse
from ..extensions import db
from ..models import Branch, Counter
from ..operations import calls, counters
from ..queries import snapshots
from ..schemas import bodies
from . import answers
from .door import allow, branch_for, caller, press, query
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
def all_counters() -> dict[str, Any]:
    """The branch's counters and who sits there, to choose one."""
    return _counters(branch_for("terminal.read"))


def _counters(branch: Branch) -> dict[str, Any]:
    return with_frame([f"staff-{branch.id}"], lambda: snapshots.hall(branch, "en", staff=True))


@bp.get("/api/terminal/state")
@allow("terminal.read")
def state() -> dict[str, Any]:
    """Everything a terminal shows."""
    return _state(_reachable(query(bodies.AtCounter)["counter_id"]))


@bp.get("/api/terminal/find")
@allow("terminal.read")
def find() -> dict[str, Any]:
    """Today's tickets by the start of their number."""
    wanted = query(bodies.Find)
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


def _key(path: str, schema: type[bodies.Body], act: Callable[..., dict[str, Any]]) -> None:
    """One key of the terminal: its address, its body, its operation."""

    @bp.post(f"/api/terminal/{path}", endpoint=path)
    @allow("terminal.act")
    @press(schema)
    def pressed(wanted: dict[str, Any]) -> dict[str, Any]:
        return act(**wanted, actor=caller())


def _ticket(operation: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
    return lambda **wanted: answers.ticket(operation(**wanted))


def _counter(operation: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
    return lambda **wanted: answers.counter(operation(**wanted))


def _complete(**wanted: Any) -> dict[str, Any]:
    done, following = calls.complete(**wanted)
    return {**answers.ticket(done), "called": following and answers.ticket(following)}


def _undo(ticket_id: int | None = None, **wanted: Any) -> dict[str, Any]:
    """`ticket_id` is accepted as every key's; undo takes back the counter's last press whatever it concerned."""
    return {"tickets": [answers.ticket(row) for row in calls.undo(**wanted)]}


_key("open", bodies.AtCounter, _counter(counters.open_counter))
_key("pause", bodies.AtCounter, _counter(counters.pause))
_key("close", bodies.AtCounter, _counter(counters.close))
_key("call-next", bodies.AtCounter, _ticket(calls.call_next))
_key("call", bodies.OnThisTicket, _ticket(calls.call))
_key("recall", bodies.OnTicket, _ticket(calls.recall))
_key("start", bodies.OnTicket, _ticket(calls.start))
_key("complete", bodies.Complete, _complete)
_key("miss", bodies.OnTicket, _ticket(calls.miss))
_key("return", bodies.OnThisTicket, _ticket(calls.take_back))
_key("hold", bodies.Hold, _ticket(calls.hold))
_key("resume", bodies.OnThisTicket, _ticket(calls.resume))
_key("transfer", bodies.Transfer, _ticket(calls.transfer))
_key("cancel", bodies.OnThisTicket, _ticket(calls.cancel))
_key("note", bodies.Note, _ticket(calls.note))
_key("undo", bodies.OnTicket, _undo)
