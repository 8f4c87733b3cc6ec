"""The board's door."""

from typing import Any

from flask import Blueprint, redirect, request
from flask_babel import force_locale, gettext
from werkzeug.wrappers import Response

from ..errors import InvalidInput, refuse
from ..models import Branch
from ..queries import snapshots
from .answers import pairing_page
from .door import allow, branch_for, caller, tells
from .languages import locale_of
from .pages import choose_language, face, screen, with_frame

bp = Blueprint("monitor", __name__)


@bp.get("/monitor")
@allow("system.read")
def without_slash() -> Response:
    return redirect("/monitor/")


@bp.get("/monitor/")
@allow("system.read")
def page() -> str:
    """The board on an enrolled device; the pairing code on any other screen."""
    if caller().role != "board":
        return pairing_page("board")
    branch = branch_for("board.read")
    choose_language(branch.languages)
    services = request.args.get("services", "")
    url = f"/api/monitor/board?branch_id={branch.id}&services={services}"
    labels = {code: _labels(code) for code in branch.languages}
    return face(
        "monitor/board.html",
        "/monitor",
        branch,
        _snapshot(branch),
        url,
        device=screen(caller()),
        labels=labels,
    )


@bp.get("/api/monitor/board")
@allow("board.read")
@tells("BoardSnapshot")
def board() -> dict[str, Any]:
    """Who is called where; `services` (ids with commas) narrows it to a part of the hall."""
    return _snapshot(branch_for("board.read"))


def _snapshot(branch: Branch) -> dict[str, Any]:
    language = choose_language(branch.languages)
    return with_frame([f"public-{branch.id}"], lambda: snapshots.board(branch, language, _services()))


def _services() -> list[int] | None:
    wanted = [part for part in request.args.get("services", "").split(",") if part]
    if not all(part.isdecimal() and len(part) < 17 for part in wanted):
        refuse(InvalidInput, errors={"services": ["Ids with commas between them."]})
    return [int(part) for part in wanted] or None


def _labels(code: str) -> dict[str, str]:
    """The few words a board shows in several languages at once; {time} is filled in by the board."""
    with force_locale(locale_of(code)):
        return {
            "now_calling": gettext("Now calling"),
            "called_again": gettext("Called again"),
            "counter": gettext("Counter"),
            "last_call": gettext("Last call at {time}"),
            "no_calls_yet": gettext("No calls yet"),
            "no_calls_now": gettext("No calls right now"),
            "opens_at": gettext("Opens at {time}"),
            "all_done": gettext("All done for today"),
            "ask_reception": gettext("Please ask at reception"),
            "stopped_at": gettext("No news since {time}"),
        }
