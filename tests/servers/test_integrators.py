"""What an integrator sees who uses the official client from npm with its default options."""

import json
import queue
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hall import ROOT, Hall

pytestmark = pytest.mark.server
LIFE = ["ticket-created", "ticket-called", "ticket-started", "ticket-completed"]


class Integrator:
    """A Node process; `seen` grows as its lines come in."""

    def __init__(self, hall: Hall, namespace: str, token: str) -> None:
        program = str(Path(__file__).with_name("integrator.mjs"))
        command = ["node", program, hall.url, namespace, token]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self._lines: queue.Queue[dict[str, Any]] = queue.Queue()
        self.seen: list[dict[str, Any]] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stdout
        self.process.stdout.close()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(json.loads(line))

    def until(self, wanted: Any, seconds: float = 15) -> dict[str, Any]:
        """The first line that `wanted` accepts."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                line = self._lines.get(timeout=0.1)
            except queue.Empty:
                continue
            self.seen.append(line)
            if wanted(line):
                return line
        raise AssertionError(f"never seen, only {[one.get('event') or one for one in self.seen]}")

    def events(self) -> list[str]:
        return [line["event"] for line in self.seen if line.get("event") in LIFE]


@pytest.fixture
def integrators(hall) -> Iterator[Any]:
    started: list[Integrator] = []

    def start(namespace: str, token: str) -> Integrator:
        started.append(Integrator(hall, namespace, token))
        return started[-1]

    yield start
    for integrator in started:
        integrator.close()


def test_the_official_client_hears_a_tickets_life_in_order_on_every_namespace(hall, integrators):
    mine = hall.issue("D")
    secret = mine["tracking_url"].rsplit("/", 1)[1]
    who = {"/kiosk": "kiosk", "/monitor": "board", "/terminal": "agent", "/admin": "supervisor"}
    listening = {namespace: integrators(namespace, hall.token(role)) for namespace, role in who.items()}
    phone = integrators("/customer", secret)
    for client in [*listening.values(), phone]:
        client.until(lambda line: line.get("event") == "welcome")

    hall.at(3, "open")
    other = hall.issue("A")
    called = hall.at(3, "call-next")
    assert called["id"] == other["id"]
    hall.at(3, "start")
    hall.at(3, "complete")

    for namespace, client in listening.items():
        client.until(lambda line: line.get("event") == "ticket-completed")
        assert client.events() == LIFE, namespace
        seqs = [line["data"]["seq"] for line in client.seen if line.get("event") in LIFE]
        assert seqs == list(range(seqs[0], seqs[0] + 4)), namespace
        assert {line["data"]["data"]["ticket"]["number"] for line in client.seen if line.get("event") in LIFE} == {"A1"}

    gathered = _gathered(phone, LIFE)
    assert gathered == LIFE


def test_the_holders_phone_hears_its_own_call_at_once_and_once(hall, integrators):
    ticket = hall.issue("A")
    phone = integrators("/customer", ticket["tracking_url"].rsplit("/", 1)[1])
    phone.until(lambda line: line.get("event") == "welcome")
    hall.at(3, "open")
    hall.at(3, "call-next")
    hall.at(3, "start")
    hall.at(3, "complete")
    phone.until(lambda line: line.get("event") == "ticket-completed")
    assert phone.events() == LIFE[1:]
    assert [line["data"]["stream"] for line in phone.seen if line.get("event") in LIFE] == [
        f"ticket-{ticket['id']}"
    ] * 3


def test_an_unknown_token_is_refused_with_a_reason_code(hall, integrators):
    line = integrators("/terminal", "not-a-token").until(lambda line: "refused" in line)
    assert line["data"]["code"] == "WhoAreYou"
    line = integrators("/terminal", hall.token("kiosk")).until(lambda line: "refused" in line)
    assert line["data"]["code"] == "NotYours"


def _gathered(phone: Integrator, wanted: list[str]) -> list[str]:
    """The ticket news in the packets that phones get once a second, until the last one wanted."""
    found: list[str] = []
    while wanted[-1] not in found:
        packet = phone.until(lambda line: line.get("event") == "events")["data"]
        found += [event["type"] for event in packet["events"] if event["type"].startswith("ticket-")]
    return found
