"""Who is connected to this process: per namespace, since when, on which page, how well. Kept in memory only."""

import time
from dataclasses import dataclass, field
from typing import Any

from ..access import Principal
from ..clock import now, rfc3339
from ..extensions import socketio
from .rooms import NAMESPACES

MISSED_HEARTBEATS = 2


@dataclass
class Connection:
    """One screen's socket in one namespace."""

    sid: str
    namespace: str
    principal: Principal
    who: str
    branch_ids: list[int]
    streams: set[str] = field(default_factory=set)
    rooms: set[str] = field(default_factory=set)
    page: str = ""
    audio: str | None = None
    rtt_ms: int | None = None
    heads: dict[str, int] = field(default_factory=dict)
    connected_at: str = field(default_factory=lambda: rfc3339(now()) or "")
    seen: float = field(default_factory=time.monotonic)

    def report(self) -> dict[str, Any]:
        """As the admin page and `queueapp watch` show it."""
        return {
            "sid": self.sid,
            "namespace": self.namespace,
            "who": self.who,
            "kind": self.principal.kind,
            "id": self.principal.id,
            "page": self.page,
            "since": self.connected_at,
            "last_seen_s": round(time.monotonic() - self.seen, 1),
            "rtt_ms": self.rtt_ms,
            "audio": self.audio,
            "heads": self.heads,
        }


class Presence:
    """The register. A socket id is unique over all namespaces, so it alone is the key."""

    def __init__(self) -> None:
        self._by_sid: dict[str, Connection] = {}

    def add(self, connection: Connection) -> None:
        self._by_sid[connection.sid] = connection

    def get(self, sid: str) -> Connection | None:
        return self._by_sid.get(sid)

    def remove(self, sid: str) -> Connection | None:
        return self._by_sid.pop(sid, None)

    def all(self, branch_id: int | None = None) -> list[Connection]:
        """Everybody, or who concerns one branch."""
        return [one for one in self._by_sid.values() if branch_id is None or branch_id in one.branch_ids]

    def counts(self, connections: list[Connection] | None = None) -> dict[str, int]:
        """How many are connected per namespace."""
        found = dict.fromkeys(NAMESPACES, 0)
        for connection in self._by_sid.values() if connections is None else connections:
            found[connection.namespace] += 1
        return found

    def stale(self, heartbeat_s: float) -> list[Connection]:
        """Who missed two heartbeats (with half a beat of patience)."""
        silent_since = time.monotonic() - (MISSED_HEARTBEATS + 0.5) * heartbeat_s
        return [connection for connection in self._by_sid.values() if connection.seen < silent_since]

    def of(self, subject: str) -> list[Connection]:
        """Every socket of `user-7`, `device-3`, `ticket-5` or `sign-in-9`."""
        return [one for one in self._by_sid.values() if subject in _subjects(one.principal)]


def _subjects(principal: Principal) -> tuple[str, str]:
    return principal.subject, f"sign-in-{principal.sign_in_id}"


presence = Presence()


def cut(connection: Connection) -> None:
    """Close a socket from our side and forget it, whether or not it still answers."""
    if socketio.server:
        socketio.server.disconnect(connection.sid, connection.namespace)
    presence.remove(connection.sid)
