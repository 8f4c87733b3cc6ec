"""Catching up over REST: the same streams, cursors and refusals as `resume`, for screens without a socket."""

from typing import Any

from flask import Blueprint

from ..access import require
from ..errors import NoSuchThing, refuse
from ..extensions import db
from ..models import Branch, Ticket
from ..realtime import rooms, streams
from ..schemas.bodies import CatchUp
from .door import allow, asks, caller, tells

bp = Blueprint("branches", __name__)


@bp.get("/api/branches/<id:branch_id>/events")
@allow("system.read")
@tells("CaughtUp")
@asks(CatchUp)
def events(wanted: dict[str, Any], branch_id: int) -> dict[str, Any]:
    """The news of one stream after a cursor, or 410 `CursorTooOld`: then take a snapshot."""
    stream = str(wanted.get("stream") or f"public-{branch_id}")
    _of_this_branch(stream, branch_id)
    found = streams.after(
        stream, wanted["after"], of_epoch=wanted["epoch"] and str(wanted["epoch"]), limit=wanted["limit"]
    )
    return {
        "epoch": streams.epoch(),
        "stream": stream,
        "from": found.start,
        "to": found.end,
        "head": found.head,
        "events": found.events,
    }


def _of_this_branch(stream: str, branch_id: int) -> None:
    """The address names a branch and the query a stream: they have to agree, and both have to be the caller's."""
    branch = db.session.get(Branch, branch_id)
    if branch is None:
        refuse(NoSuchThing, what="branch")
    require(caller(), "public-", branch)
    rooms.may_read(caller(), stream)
    kind, _, key = stream.partition("-")
    ticket = db.session.get(Ticket, int(key)) if kind == "ticket" else None
    if (ticket.branch_id if ticket else int(key)) != branch_id:
        refuse(NoSuchThing, what="stream")
