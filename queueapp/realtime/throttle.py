"""Targeted figures for `join-service` and `join-counter`: at most one packet a second per room, the newest wins."""

import time
from typing import Any

from ..extensions import db, socketio
from ..models import Counter, Service, Ticket
from ..models.ticket import AT_A_COUNTER
from ..queries import lines
from .rooms import NAMESPACES, members

EVERY_S = 1.0


class Throttle:
    """Remembers which rooms have something new; sends at once if the room was quiet for a second."""

    def __init__(self) -> None:
        self._due: set[tuple[str, int]] = set()
        self._last: dict[tuple[str, int], float] = {}
        self._at: dict[int, int] = {}  # ticket -> the counter it was last told to be at
        self._eid = ""

    def note(self, line: dict[str, Any]) -> None:
        """A line touched these services and counters; the same news for another audience says nothing new."""
        if line["eid"] == self._eid:
            return
        self._eid, data = line["eid"], line["data"]
        self._due.update(("service", figure["service_id"]) for figure in line.get("stats", {}).get("services", []))
        self._due.update(("counter", counter_id) for counter_id in self._counters(data) if counter_id)
        self.flush()

    def _counters(self, data: dict[str, Any]) -> list[int | None]:
        """Where the ticket is and where it was a moment ago (after a transfer it is at no counter), or the counter."""
        ticket, counter = data.get("ticket"), data.get("counter")
        if ticket is None:
            return [counter["id"]] if counter else []
        was = self._at.pop(ticket["id"], None)
        if ticket["status"] in AT_A_COUNTER:
            self._at[ticket["id"]] = ticket["counter_id"]
        return [was, ticket["counter_id"]]

    def flush(self) -> None:
        """Send every room whose second is over."""
        moment = time.monotonic()
        for room in [room for room in self._due if moment - self._last.get(room, -EVERY_S) >= EVERY_S]:
            self._due.discard(room)
            self._last[room] = moment
            self._send(*room)

    def _send(self, kind: str, key: int) -> None:
        name, event, figures = f"{kind}-{key}", *_FIGURES[kind]
        listening = [namespace for namespace in NAMESPACES if members(namespace, name)]
        if listening and (packet := figures(key)):
            for namespace in listening:
                socketio.emit(event, packet, namespace=namespace, to=name)


def queue_figures(service_id: int) -> dict[str, Any] | None:
    """`queue-updated`: how one service's line stands."""
    service = db.session.get(Service, service_id)
    if service is None:
        return None
    more = {
        "longest_wait_s": lines.longest_wait_s(service_id),
        "open_counters": lines.open_counters(service_id),
    }
    return {**lines.figures(service), **more}


def counter_figures(counter_id: int) -> dict[str, Any] | None:
    """`counter-activity`: what one counter is doing, in public terms."""
    counter = db.session.get(Counter, counter_id)
    if counter is None:
        return None
    at_it = db.session.query(Ticket).filter(Ticket.counter_id == counter_id, Ticket.status.in_(AT_A_COUNTER)).first()
    ticket = at_it and {"id": at_it.id, "number": at_it.number, "status": at_it.status}
    return {"counter_id": counter_id, "name": counter.name, "status": counter.status, "ticket": ticket}


_FIGURES = {"service": ("queue-updated", queue_figures), "counter": ("counter-activity", counter_figures)}
