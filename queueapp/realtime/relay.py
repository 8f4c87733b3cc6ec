"""The only emitter: it tails the numbered streams and sends each line, in order, to the screens of this process.

A committed transaction hands its news over (`hand_over`, never raises, never waits); the relay sends what continues a
stream exactly and reads everything else from the database, which stays the truth: a line that was handed over twice,
late, or not at all is still sent once and in order. Clients carry their own cursors, so nothing here needs saving.
"""

import logging
import time
from collections import deque
from typing import Any

from flask import Flask
from sqlalchemy import text

from .. import runtime
from ..clock import now, rfc3339
from ..extensions import db, socketio
from . import streams
from .rooms import NAMESPACES, members
from .throttle import Throttle

log = logging.getLogger(__name__)

SWEEP_S = 0.25  # the longest that news written by another process stays unseen
GATHER_S = 1.0  # how long /customer gathers other people's news into one packet
CUSTOMER = "/customer"


class Relay:
    """One per process."""

    def __init__(self) -> None:
        self._handed: deque[dict[str, Any]] = deque()
        self._bell = runtime.event()
        self._sent: dict[str, int] = {}  # stream -> last number sent; only streams that somebody here listens to
        self._gathered: dict[str, list[dict[str, Any]]] = {}
        self._seen_version: int | None = None
        self._watcher: Any = None
        self.targeted = Throttle()
        self.listeners: list[Any] = []  # called with each line of `system`, for revocations
        self.running = False
        self.sent_total = 0

    # --- from transactions -------------------------------------------------------------------------------------
    def hand_over(self, news: list[dict[str, Any]]) -> None:
        """Take the news of a commit; sending happens elsewhere and can not hurt the one who committed."""
        self._handed.extend(news)
        self._bell.set()

    # --- from namespaces ---------------------------------------------------------------------------------------
    def listen(self, stream: str) -> None:
        """Somebody joined: from now on every line of `stream` is sent. Call after joining the room."""
        if stream not in self._sent:
            self._sent[stream] = streams.heads([stream])[stream]

    def forget(self, stream: str) -> None:
        """Nobody here listens any more."""
        if not any(members(namespace, stream) for namespace in NAMESPACES):
            self._sent.pop(stream, None)
            self._gathered.pop(stream, None)

    # --- the loop ----------------------------------------------------------------------------------------------
    def run(self, app: Flask) -> None:
        """Until the process ends: send, look for what others wrote, tick."""
        self.running = True
        self.listen_to_system(app)
        next_tick = next_flush = 0.0
        while self.running:
            self._bell.wait(SWEEP_S)
            self._bell.clear()
            try:
                with app.app_context():
                    self.deliver()
                    self.sweep()
                    moment = time.monotonic()
                    if moment >= next_flush:
                        next_flush = moment + GATHER_S
                        self.flush()
                    if moment >= next_tick:
                        next_tick = moment + app.config["TICK_SECONDS"]
                        self.tick()
            except Exception:
                log.exception("the relay goes on after a failure; screens catch up by their cursors")
                runtime.sleep(0.2)

    def stop(self) -> None:
        self.running = False
        self._bell.set()

    def listen_to_system(self, app: Flask) -> None:
        """Servers always hear revocations, whoever else does."""
        with app.app_context():
            self.listen("system")

    def deliver(self) -> None:
        """Send what was handed over."""
        while self._handed:
            line = self._handed.popleft()
            last = self._sent.get(line["stream"])
            if last is None or line["seq"] <= last:
                continue
            if line["seq"] == last + 1:
                self._send(line)
            else:
                self._catch_up(line["stream"])

    def sweep(self) -> None:
        """Send what another process wrote, or what was lost on the way here."""
        if self._sent and self._database_changed():
            for stream, head in streams.heads(list(self._sent)).items():
                if head > self._sent.get(stream, head):
                    self._catch_up(stream)

    def tick(self) -> None:
        """Tell every screen how far its streams have come, so that a lost last line is noticed."""
        known = streams.heads(list(self._sent))
        frame = {"epoch": streams.epoch(), "time": rfc3339(now())}
        for stream, head in known.items():
            for namespace in NAMESPACES:
                if members(namespace, stream):
                    socketio.emit("tick", {**frame, "heads": {stream: head}}, namespace=namespace, to=stream)

    def flush(self) -> None:
        """Send what was gathered for phones, and the targeted figures that were held back."""
        for stream in [name for name, lines in self._gathered.items() if lines]:
            events, self._gathered[stream] = self._gathered[stream], []
            packet = {
                "stream": stream,
                "epoch": events[-1]["epoch"],
                "from": events[0]["seq"] - 1,
                "to": events[-1]["seq"],
                "events": events,
            }
            socketio.emit("events", packet, namespace=CUSTOMER, to=stream)
        self.targeted.flush()

    # --- inside ------------------------------------------------------------------------------------------------
    def _catch_up(self, stream: str) -> None:
        """Page by page until nothing is left: after a quiet page nobody might look again."""
        while stream in self._sent and (lines := streams.read(stream, self._sent[stream])):
            for line in lines:
                self._send(line)

    def _send(self, line: dict[str, Any]) -> None:
        stream = line["stream"]
        for namespace in NAMESPACES:
            if not members(namespace, stream):
                continue
            if namespace == CUSTOMER and stream.startswith("public-"):
                self._gathered.setdefault(stream, []).append(line)
            else:
                socketio.emit(line["type"], line, namespace=namespace, to=stream)
        self._sent[stream] = line["seq"]
        self.sent_total += 1
        if stream.startswith(("staff-", "public-")):
            self.targeted.note(line)
        for listener in self.listeners if stream == "system" else ():
            listener(line)

    def _database_changed(self) -> bool:
        """SQLite counts commits of other connections for 3 microseconds a look; other databases are asked for heads."""
        if db.engine.dialect.name != "sqlite":
            return True
        if self._watcher is None:
            self._watcher = db.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        version = self._watcher.execute(text("PRAGMA data_version")).scalar_one()
        changed, self._seen_version = version != self._seen_version, version
        return changed


relay = Relay()
