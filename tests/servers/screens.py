"""Many screens, plain clients: each keeps its cursor, resumes after a loss, and applies each line once."""

import threading
import time
from typing import Any

import socketio


class Screen:
    """A board as CONTRACT.md describes one, in its simplest form; `tickets` is what it would paint."""

    def __init__(self, url: str, token: str, stream: str, cursor: int, epoch: str) -> None:
        self.url, self.token, self.stream, self.epoch = url, token, stream, epoch
        self.cursor, self.heard, self.twice, self.gaps = cursor, [], 0, 0
        self.tickets: dict[int, dict[str, Any]] = {}
        self.resumes = 0
        self._lock = threading.RLock()
        self.client = socketio.Client(reconnection_delay=0.2, reconnection_delay_max=1, logger=False)
        self.client.on("*", self._news, namespace="/monitor")
        self.client.on("connect", self._connected, namespace="/monitor")

    def open(self) -> None:
        self.client.connect(self.url, namespaces=["/monitor"], auth={"token": self.token}, transports=["websocket"])

    def close(self) -> None:
        self.client.disconnect()

    def _connected(self) -> None:
        ask = {"epoch": self.epoch, "after": {self.stream: self.cursor}}
        self.client.emit("resume", ask, namespace="/monitor", callback=self._resumed)

    def _resumed(self, answer: dict[str, Any]) -> None:
        assert answer["ok"], answer
        assert not answer.get("reset"), answer
        self.resumes += 1
        for line in answer["streams"][self.stream]["events"]:
            self._apply(line)

    def _news(self, event: str, line: Any = None) -> None:
        if event.startswith("ticket-"):
            self._apply(line)
        elif event == "tick" and line["heads"].get(self.stream, 0) > self.cursor:
            self._connected()

    def _apply(self, line: dict[str, Any]) -> None:
        with self._lock:
            if line["seq"] <= self.cursor:
                return
            if line["seq"] != self.cursor + 1:
                self.gaps += 1
                self._connected()
                return
            self.cursor = line["seq"]
            self.heard.append(line["eid"])
            ticket = line["data"].get("ticket")
            if ticket:
                self.tickets[ticket["id"]] = ticket


def wait_until(condition: Any, seconds: float) -> bool:
    """Whether it came true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return bool(condition())
