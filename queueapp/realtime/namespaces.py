"""Five namespaces, one behaviour: who may come in, what they hear, what they may say.

Sockets never change business data. Every event is validated by a schema and answered `{ok: true, ...}` or
`{ok: false, code, detail}`; whatever is sent, the process and every other screen go on.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from flask import request
from flask_socketio import emit, join_room, leave_room
from marshmallow import Schema, ValidationError
from socketio.exceptions import ConnectionRefusedError

from .. import access
from ..access import Principal
from ..clock import now, rfc3339
from ..errors import (
    CursorTooOld,
    InvalidInput,
    MalformedRequest,
    NotYours,
    Refusal,
    UnknownEvent,
    WhoAreYou,
    refuse,
)
from ..extensions import db, socketio
from ..models import Device, Ticket, User
from ..queries import identity
from ..schemas import bodies
from . import rooms, streams
from .presence import Connection, cut, presence
from .relay import relay

log = logging.getLogger(__name__)
Answer = dict[str, Any]


def connect(auth: Any = None) -> None:
    """Let a screen in, or refuse it with a reason code; subscribe it to what its token and namespace allow."""
    namespace = request.namespace  # type: ignore[attr-defined]
    if presence.get(request.sid):  # type: ignore[attr-defined]
        return  # an event that a client called "connect": it is connected, and stays who it is
    try:
        principal = _who(auth)
        access.require(principal, namespace)
    except Refusal as refusal:
        raise ConnectionRefusedError(refusal.detail, {"code": refusal.code}) from None
    connection = Connection(
        request.sid,  # type: ignore[attr-defined]
        namespace,
        principal,
        _name(principal),
        rooms.branches_of(principal),
    )
    presence.add(connection)
    for stream in rooms.streams_at_connect(principal, namespace):
        _subscribe(connection, stream)
    told = {"epoch": streams.epoch(), "time": rfc3339(now()), "sid": connection.sid}
    names = sorted(connection.streams)
    emit("welcome", {**told, "streams": names, "heads": streams.heads(names)})


def disconnect(reason: Any = None) -> None:
    """Forget the screen. Its rooms hold it until this returns: it leaves them first, or its streams never end."""
    sid, namespace = request.sid, request.namespace  # type: ignore[attr-defined]
    if socketio.server.manager.is_connected(sid, namespace):  # type: ignore[union-attr]
        return  # an event that a client called "disconnect": it would be deaf to revocations, and still here
    connection = presence.remove(sid)
    if connection:
        for stream in connection.streams:
            leave_room(stream, connection.sid, connection.namespace)
            relay.forget(stream)


def _who(auth: Any) -> Principal:
    token = auth.get("token") if isinstance(auth, dict) else None
    if token is not None:
        return identity.by_bearer(str(token))
    return identity.by_cookies(request.cookies, request.namespace.strip("/"))  # type: ignore[attr-defined]


def _name(principal: Principal) -> str:
    """For staff who look at connected screens: a person's or device's name, a ticket's number."""
    models: dict[str, Any] = {"user": User, "device": Device, "ticket": Ticket}
    row = db.session.get(models[principal.kind], principal.id) if principal.kind in models else None
    return str(getattr(row, "name", None) or getattr(row, "number", None) or principal.kind)


def _subscribe(connection: Connection, stream: str) -> None:
    """Join first, then let the relay note the head: news in between is repeated, never missed."""
    join_room(stream, connection.sid, connection.namespace)
    connection.streams.add(stream)
    relay.listen(stream)


# --- what screens say --------------------------------------------------------------------------------------------
def join_service(connection: Connection, service_id: int) -> Answer:
    """Hear how a service's line stands as well."""
    return join(connection, f"service-{service_id}")


def join_counter(connection: Connection, counter_id: int) -> Answer:
    """Hear what a counter is doing as well."""
    return join(connection, f"counter-{counter_id}")


def join(connection: Connection, room: str) -> Answer:
    """Hear a room as well; several at once, refused across tenants, branches and roles."""
    target = rooms.resolve(connection.principal, connection.namespace, room)
    if target.is_stream:
        _subscribe(connection, target.room)
        return {"room": room, "stream": target.room, "heads": streams.heads([target.room])}
    join_room(target.room, connection.sid, connection.namespace)
    connection.rooms.add(target.room)
    return {"room": room}


def leave(connection: Connection, room: str) -> Answer:
    """Hear a room no more."""
    target = rooms.resolve(connection.principal, connection.namespace, room)
    leave_room(target.room, connection.sid, connection.namespace)
    connection.rooms.discard(target.room)
    if target.is_stream:
        connection.streams.discard(target.room)
        relay.forget(target.room)
    return {"room": room}


def resume(connection: Connection, epoch: str, after: dict[str, int]) -> Answer:
    """Replay what was missed, stream by stream; `reset` if any can not be continued gap-free. Joins before it reads."""
    for stream in after:
        rooms.may_read(connection.principal, stream)
        _subscribe(connection, stream)
    try:
        found = [streams.after(stream, seq, of_epoch=epoch) for stream, seq in after.items()]
    except CursorTooOld:
        return {"reset": True, "epoch": streams.epoch()}
    if sum(part.head - part.start for part in found) > streams.PAGE:
        return {"reset": True, "epoch": streams.epoch()}
    told = {part.stream: {"from": part.start, "to": part.end, "events": part.events} for part in found}
    return {"epoch": streams.epoch(), "streams": told}


def heartbeat(
    connection: Connection,
    heads: dict[str, int],
    page: str | None = None,
    audio: str | None = None,
    rtt_ms: float | None = None,
) -> Answer:
    """Alive, this far, on this page; answered with the heads there are."""
    connection.heads = heads
    connection.page = page if page is not None else connection.page
    connection.audio = audio if audio is not None else connection.audio
    connection.rtt_ms = round(rtt_ms) if rtt_ms is not None else connection.rtt_ms
    return {
        "heads": streams.heads(sorted(connection.streams)),
        "epoch": streams.epoch(),
        "time": rfc3339(now()),
    }


def page_navigate(connection: Connection, path: str) -> Answer:
    """Tell supervisors which page this screen shows."""
    connection.page = path
    return {}


def refresh_token(connection: Connection, token: str) -> Answer:
    """A new short token for the same person or device while connected."""
    principal = identity.by_bearer(token)
    if principal.kind == "anonymous":
        refuse(WhoAreYou)
    if principal.subject != connection.principal.subject:
        refuse(NotYours)
    connection.principal = principal
    return {}


SAYS: dict[str, tuple[Schema, Callable[..., Answer]]] = {
    "join-service": (bodies.JoinService(), join_service),
    "join-counter": (bodies.JoinCounter(), join_counter),
    "join-room": (bodies.Room(), join),
    "leave-room": (bodies.Room(), leave),
    "resume": (bodies.Resume(), resume),
    "heartbeat": (bodies.Heartbeat(), heartbeat),
    "page-navigate": (bodies.PageNavigate(), page_navigate),
    "refresh-token": (bodies.RefreshToken(), refresh_token),
}


def answer(event: str, payload: tuple[Any, ...]) -> Answer:
    """Carry one event out; every failure becomes an answer, and an `error` event for those who asked for none."""
    try:
        return {"ok": True, **_carry_out(event, payload)}
    except Refusal as refusal:
        return _failed(event, refusal)
    except Exception:
        log.exception("a socket event failed: %s", event)
        return _failed(event, MalformedRequest(reason="it could not be carried out"))


def _carry_out(event: str, payload: tuple[Any, ...]) -> Answer:
    connection = presence.get(request.sid)  # type: ignore[attr-defined]
    if connection is None:
        refuse(WhoAreYou)
    connection.seen = time.monotonic()
    if event not in SAYS:
        refuse(UnknownEvent, event=event[:40])
    schema, act = SAYS[event]
    if len(payload) > 1 or (payload and not isinstance(payload[0], dict)) or not bodies.is_writable(payload):
        refuse(MalformedRequest, reason="send one object")
    try:
        wanted = schema.load(payload[0] if payload else {})
    except ValidationError as why:
        refuse(InvalidInput, errors=why.normalized_messages())
    return act(connection, **wanted)


def _failed(event: str, refusal: Refusal) -> Answer:
    told = {"code": refusal.code, "detail": refusal.detail, **refusal.facts}
    emit("error", {"event": event[:40], **told})
    return {"ok": False, **told}


def register() -> None:
    """Bind the behaviour to the five namespaces; anything not in SAYS is answered as unknown."""
    for namespace in rooms.NAMESPACES:
        socketio.on_event("connect", connect, namespace)
        socketio.on_event("disconnect", disconnect, namespace)
        for event in SAYS:
            socketio.on_event(event, _handler(event), namespace)
        socketio.on_event("*", lambda event, *payload: answer(str(event), payload), namespace)
    if _revoked not in relay.listeners:
        relay.listeners.append(_revoked)


def _handler(event: str) -> Callable[..., Answer]:
    return lambda *payload: answer(event, payload)


def _revoked(line: dict[str, Any]) -> None:
    """Somebody's access ended: their sockets close now, on every server that reads the stream."""
    for connection in presence.of(str(line["data"].get("subject"))):
        cut(connection)
