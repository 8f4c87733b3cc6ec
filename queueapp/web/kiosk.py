"""The kiosk's door: its page, what it offers, and taking a ticket."""

from typing import Any

from flask import Blueprint, redirect
from flask_babel import force_locale, gettext
from werkzeug.wrappers import Response

from ..access import require
from ..operations import tickets
from ..queries import snapshots
from ..schemas.bodies import IssueTicket
from .answers import issued, pairing_page
from .door import allow, branch_for, caller, press, tells
from .languages import describe, locale_of
from .pages import choose_language, face, screen, with_frame

bp = Blueprint("kiosk", __name__)


@bp.get("/kiosk")
@allow("system.read")
def without_slash() -> Response:
    return redirect("/kiosk/")


@bp.get("/kiosk/")
@allow("system.read")
def page() -> str:
    """The kiosk itself on an enrolled device; the pairing code on any other screen."""
    if caller().role != "kiosk":
        return pairing_page("kiosk")
    branch = branch_for("kiosk.read")
    choose_language(branch.languages)
    device = screen(caller()) or {}
    printer = bool(device.get("settings", {}).get("printer"))
    return face(
        "kiosk/index.html",
        "/kiosk",
        branch,
        _snapshot(),
        "/api/kiosk/services",
        device=device,
        printer=printer,
        questions=[{**describe(code), **_question(code)} for code in branch.languages],
    )


@bp.get("/api/kiosk/services")
@allow("kiosk.read")
@tells("KioskSnapshot")
def services() -> dict[str, Any]:
    """Everything a kiosk shows: services with waits, counters, who was just called."""
    return _snapshot()


def _snapshot() -> dict[str, Any]:
    branch = branch_for("kiosk.read")
    language = choose_language(branch.languages)
    return with_frame([f"public-{branch.id}"], lambda: snapshots.kiosk(branch, language))


@bp.post("/api/kiosk/tickets")
@allow("kiosk.issue")
@tells("IssuedTicket", 201)
@press(IssueTicket)
def issue_ticket(wanted: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Take a ticket; the answer carries the secret link that its QR code shows."""
    require(caller(), "kiosk.issue")
    return issued(*tickets.issue(**wanted, actor=caller())), 201


def _question(code: str) -> dict[str, str]:
    """What a kiosk says while it does not know who is there, and when it can not serve."""
    with force_locale(locale_of(code)):
        return {
            "question": gettext("What do you need today?"),
            "hint": gettext("Touch a service to take a ticket."),
            "away": gettext("Tickets are not available here"),
            "away_hint": gettext("Please go to the reception desk."),
        }
