"""The visitor's door: joining by the poster's QR, and a ticket's own page, whose secret address is the permission."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, Response, g, redirect, render_template
from sqlalchemy import select

from ..access import Principal
from ..errors import NoSuchThing, refuse
from ..extensions import db
from ..models import Branch, Ticket
from ..operations import tickets
from ..queries import identity, snapshots
from ..schemas import bodies
from . import answers
from .door import allow, caller, press, tells
from .languages import describe
from .pages import choose_language, face, public_base, with_frame

bp = Blueprint("customer", __name__)


def by_its_holder(view: Callable[..., Any]) -> Callable[..., Any]:
    """Who presses is known by the secret before the press is looked up: its key and its history are the holder's own,
    whoever else this browser belongs to."""

    @wraps(view)
    def held(*args: Any, token: str, **kwargs: Any) -> Any:
        return view(*args, ticket_id=_own(token).id, **kwargs)

    return held


@bp.get("/customer/<token>")
@allow("customer.own")
def page(token: str) -> Any:
    """The phone's page of one ticket."""
    ticket = identity.ticket_by(token)
    if ticket is None:
        return render_template("customer/unknown.html", page={}), 404
    branch = db.session.get_one(Branch, ticket.branch_id)
    choose_language(branch.languages, ticket.language)
    url = f"/api/customer/tickets/{token}"
    return face("customer/ticket.html", "/customer", branch, _snapshot(ticket), url, token=token)


@bp.get("/customer/join/<poster_token>")
@allow("customer.join")
def join(poster_token: str) -> Any:
    """The page behind a poster's QR: choose a service, get a ticket."""
    branch = _by_poster(poster_token)
    if branch is None:
        return render_template("customer/unknown.html", page={}), 404
    language = choose_language(branch.languages)
    page = {
        "language": language,
        "languages": [describe(code) for code in branch.languages],
        "poster_token": poster_token,
        "snapshot": with_frame([f"public-{branch.id}"], lambda: snapshots.hall(branch, language)),
    }
    return render_template("customer/join.html", page=page, brand={"name": branch.name, "initial": branch.name[:1]})


@bp.get("/customer/join/<poster_token>/qr.svg")
@allow("customer.join")
@tells("image/svg+xml")
def poster_qr(poster_token: str) -> Response:
    """The code to print on the poster."""
    if _by_poster(poster_token) is None:
        refuse(NoSuchThing, what="poster")
    return answers.qr_svg(f"{public_base()}/customer/join/{poster_token}")


@bp.get("/t/<token>")
@allow("customer.own")
def short(token: str) -> Any:
    """A short address that people can type."""
    return redirect(f"/customer/{token}")


@bp.post("/api/customer/tickets")
@allow("customer.join")
@tells("IssuedTicket", 201)
@press(bodies.JoinQueue)
def join_queue(wanted: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Take a ticket without a kiosk, with the poster's token (or, signed in at the branch, its id)."""
    branch = _branch_to_join(wanted)
    service = tickets.live_service(wanted["service_id"])
    if service.branch_id != branch.id:
        refuse(NoSuchThing, what="service")
    row, token = tickets.issue(
        service.id, actor=caller(), language=wanted.get("language"), source="poster", action="customer.join"
    )
    return answers.issued(row, token), 201


@bp.get("/api/customer/tickets/<token>")
@allow("customer.own")
@tells("TicketSnapshot")
def own(token: str) -> dict[str, Any]:
    """How the ticket stands: a snapshot for its page."""
    return _snapshot(_own(token))


@bp.get("/api/customer/tickets/<token>/qr.svg")
@allow("customer.own")
@tells("image/svg+xml")
def qr(token: str) -> Response:
    """The ticket's link as a QR code."""
    _own(token)
    return answers.qr_svg(f"{public_base()}/customer/{token}")


@bp.post("/api/customer/tickets/<token>/leave")
@allow("customer.own")
@tells("OwnTicketInLine")
@by_its_holder
@press(bodies.Nothing)
def leave(_: dict[str, Any], ticket_id: int) -> dict[str, Any]:
    """Give the place up."""
    return _changed(tickets.leave(ticket_id, actor=caller()))


@bp.post("/api/customer/tickets/<token>/rejoin")
@allow("customer.own")
@tells("OwnTicketInLine")
@by_its_holder
@press(bodies.Nothing)
def rejoin(_: dict[str, Any], ticket_id: int) -> dict[str, Any]:
    """Come back after being missed."""
    return _changed(tickets.rejoin(ticket_id, actor=caller()))


@bp.post("/api/customer/tickets/<token>/delay")
@allow("customer.own")
@tells("OwnTicketInLine")
@by_its_holder
@press(bodies.Nothing)
def delay(_: dict[str, Any], ticket_id: int) -> dict[str, Any]:
    """Let a few people pass."""
    return _changed(tickets.delay(ticket_id, actor=caller()))


@bp.post("/api/customer/tickets/<token>/on-my-way")
@allow("customer.own")
@tells("OwnTicketInLine")
@by_its_holder
@press(bodies.Nothing)
def on_my_way(_: dict[str, Any], ticket_id: int) -> dict[str, Any]:
    """Tell the counter."""
    return _changed(tickets.come(ticket_id, actor=caller()))


@bp.post("/api/customer/tickets/<token>/rate")
@allow("customer.own")
@tells("OwnTicketInLine")
@by_its_holder
@press(bodies.Rate)
def rate(wanted: dict[str, Any], ticket_id: int) -> dict[str, Any]:
    """Stars and words for the service."""
    return _changed(tickets.rate(ticket_id, **wanted, actor=caller()))


@bp.post("/api/customer/tickets/<token>/undo")
@allow("customer.own")
@tells("OwnTicketInLine")
@by_its_holder
@press(bodies.Nothing)
def undo(_: dict[str, Any], ticket_id: int) -> dict[str, Any]:
    """Take back having left or having asked for more time."""
    return _changed(tickets.undo_own(ticket_id, actor=caller()))


def _snapshot(ticket: Ticket) -> dict[str, Any]:
    branch = db.session.get_one(Branch, ticket.branch_id)
    language = choose_language(branch.languages, ticket.language)
    streams = [f"public-{branch.id}", f"ticket-{ticket.id}"]
    return with_frame(streams, lambda: snapshots.own_ticket(ticket, language))


def _own(token: str) -> Ticket:
    """The ticket of this secret; from here on its holder is who acts."""
    ticket = identity.ticket_by(token)
    if ticket is None:
        refuse(NoSuchThing, what="ticket")
    branch = db.session.get_one(Branch, ticket.branch_id)
    g.caller = Principal("ticket", ticket.id, "ticket", branch.organisation_id, branch.id)
    return ticket


def _changed(row: Ticket) -> dict[str, Any]:
    return answers.ticket(row)


def _by_poster(poster_token: str) -> Branch | None:
    found = select(Branch).where(Branch.poster_token == poster_token, Branch.retired_at.is_(None))
    return db.session.scalars(found).first()


def _branch_to_join(wanted: dict[str, Any]) -> Branch:
    branch = _by_poster(wanted["poster_token"]) if "poster_token" in wanted else _open_to_all(wanted["branch_id"])
    if branch is None or branch.retired_at:
        refuse(NoSuchThing, what="branch")
    return branch


def _open_to_all(branch_id: int) -> Branch | None:
    """Joining by branch id is as public as its poster is."""
    return db.session.get(Branch, branch_id)
