"""Namespaces, rooms and streams: who ends up hearing what. A client names a room; the server decides after `access`.

Rooms are `kind-id`. `branch-1` is the branch's stream as the namespace may hear it, `staff-1` and `ticket-5` are
streams, `service-3` and `counter-2` are the targeted, throttled figures.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from .. import access
from ..access import Principal
from ..errors import NoSuchThing, NotYours, refuse
from ..extensions import db, socketio
from ..models import Branch, Counter, Service

STAFF_NAMESPACES = ("/terminal", "/admin")
NAMESPACES = ("/kiosk", "/terminal", "/monitor", "/customer", "/admin")


def members(namespace: str, room: str) -> bool:
    """Whether anybody of this process is in the room."""
    manager = socketio.server.manager if socketio.server else None
    rooms = manager.rooms.get(namespace) if manager else None
    return bool(rooms and rooms.get(room))


@dataclass(frozen=True)
class Target:
    """Where a room leads: a numbered stream, or a room of figures only."""

    room: str
    is_stream: bool


def branches_of(principal: Principal) -> list[int]:
    """The branches a connection is about: its own, or all of its organisation."""
    if principal.branch_id:
        return [principal.branch_id]
    line = select(Branch.id).where(Branch.organisation_id == principal.organisation_id, Branch.retired_at.is_(None))
    return list(db.session.scalars(line.order_by(Branch.id)))


def streams_at_connect(principal: Principal, namespace: str) -> list[str]:
    """What connecting subscribes to."""
    kind = "staff" if namespace in STAFF_NAMESPACES else "public"
    streams = [f"{kind}-{branch_id}" for branch_id in branches_of(principal)]
    return streams + ([f"ticket-{principal.id}"] if principal.kind == "ticket" else [])


def resolve(principal: Principal, namespace: str, room: str) -> Target:
    """Where `room` leads for this principal, or the refusal."""
    kind, _, key = room.partition("-")
    if not _is_id(key):
        refuse(NoSuchThing, what="room")
    if kind in ("branch", "public", "staff"):
        return _branch_room(principal, namespace, kind, int(key))
    if kind == "ticket":
        return _ticket_room(principal, room)
    if kind in ("service", "counter"):
        _check_in_reach(principal, Service if kind == "service" else Counter, kind, int(key))
        return Target(room, is_stream=False)
    refuse(NoSuchThing, what="room")


def may_read(principal: Principal, stream: str) -> None:
    """Let pass or refuse: the same question for joining, resuming and the REST catch-up."""
    kind, _, key = stream.partition("-")
    if not _is_id(key) or kind not in ("public", "staff", "ticket"):
        refuse(NoSuchThing, what="stream")
    if kind == "ticket":
        _ticket_room(principal, stream)
    else:
        access.require(principal, f"{kind}-", _branch(int(key)))


def _branch_room(principal: Principal, namespace: str, kind: str, branch_id: int) -> Target:
    if kind == "branch":
        kind = "staff" if namespace in STAFF_NAMESPACES else "public"
    stream = f"{kind}-{branch_id}"
    may_read(principal, stream)
    return Target(stream, is_stream=True)


def _ticket_room(principal: Principal, stream: str) -> Target:
    access.require(principal, "ticket-")
    if stream != f"ticket-{principal.id}":
        refuse(NotYours)
    return Target(stream, is_stream=True)


def _check_in_reach(principal: Principal, model: Any, what: str, key: int) -> None:
    row = db.session.get(model, key)
    if row is None or row.retired_at:
        refuse(NoSuchThing, what=what)
    access.require(principal, "public-", _branch(row.branch_id))


def _branch(branch_id: int) -> Branch:
    return db.session.get(Branch, branch_id) or refuse(NoSuchThing, what="branch")


def _is_id(key: str) -> bool:
    """Plain digits only: `²` is a digit to Python, and no number."""
    return key.isascii() and key.isdigit() and len(key) <= 18
