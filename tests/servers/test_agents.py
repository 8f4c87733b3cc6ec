"""Fifty agents at once: nobody is called twice, nobody is lost, no number is given twice."""

import sqlite3
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.hall import Hall
from tests.servers.rest import Rest

pytestmark = pytest.mark.server
AGENTS = 50


@pytest.mark.parametrize("tickets", [2000, pytest.param(10_000, marks=pytest.mark.prove)])
@pytest.mark.timeout(900)
def test_fifty_agents_drain_a_hall(hall, tickets):
    counters = _counters(hall)
    start = threading.Barrier(AGENTS + 8)
    answers: Counter[int] = Counter()
    with ThreadPoolExecutor(AGENTS + 8) as pool:
        kiosks = [pool.submit(_kiosk, hall, tickets // 8, start, answers) for _ in range(8)]
        agents = [pool.submit(_agent, hall, counter, start, answers, kiosks) for counter in counters]
        numbers = [number for kiosk in kiosks for number in kiosk.result()]
        called = [ticket for agent in agents for ticket in agent.result()]

    assert not [status for status in answers if status >= 500], answers
    assert len(numbers) == len(set(numbers)) == tickets
    assert len(called) == len(set(called)) == tickets
    assert _in_the_database(hall) == {"completed": tickets}
    assert _calls(hall) == tickets


def test_one_press_sent_many_times_at_once_is_one_press(hall):
    hall.at(1, "open")
    for _ in range(5):
        hall.issue("A")
    body = {"counter_id": hall.branch["counters"][0]["id"]}
    hall.token("agent")
    press = lambda _: hall.post("/api/terminal/call-next", body, **{"Idempotency-Key": "one"})  # noqa: E731
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(press, range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert _calls(hall) == 1


def _counters(hall: Hall) -> list[int]:
    """Fifty counters that serve service A."""
    service = hall.branch["services"][0]["id"]
    found = []
    for index in range(AGENTS):
        body = {"branch_id": hall.branch["id"], "name": f"agent {index}", "service_ids": [service]}
        made = hall.post("/api/admin/counters", body, "admin")
        assert made.status_code == 201, made.text
        found.append(made.json()["id"])
    hall.token("agent")
    return found


def _kiosk(hall: Hall, tickets: int, start: threading.Barrier, answers: Counter[int]) -> list[str]:
    rest = Rest(hall.port, hall.token("kiosk"))
    service = hall.branch["services"][0]["id"]
    start.wait()
    numbers = []
    for _ in range(tickets):
        status, ticket = rest.post("/api/kiosk/tickets", {"service_id": service})
        answers[status] += 1
        numbers.append(ticket["number"])
    rest.close()
    return numbers


def _agent(hall: Hall, counter: int, start: threading.Barrier, answers: Counter[int], kiosks: Any) -> list[int]:
    """Call, start and complete until the kiosks have ended and nobody waits."""
    rest = Rest(hall.port, hall.token("agent"))
    called: list[int] = []

    def act(path: str) -> tuple[int, dict[str, Any]]:
        status, body = rest.post(f"/api/terminal/{path}", {"counter_id": counter})
        answers[status] += 1
        return status, body

    act("open")
    start.wait()
    while True:
        ended = all(kiosk.done() for kiosk in kiosks)
        status, body = act("call-next")
        if body.get("code") == "NobodyIsWaiting":
            if ended:
                rest.close()
                return called
            threading.Event().wait(0.3)
            continue
        assert status == 200, body
        called.append(body["id"])
        assert [act("start")[0], act("complete")[0]] == [200, 200]


def _in_the_database(hall: Hall) -> dict[str, int]:
    with sqlite3.connect(hall.folder / "queueapp.sqlite") as database:
        return dict(database.execute("SELECT status, count(*) FROM ticket GROUP BY status"))


def _calls(hall: Hall) -> int:
    with sqlite3.connect(hall.folder / "queueapp.sqlite") as database:
        return database.execute("SELECT count(*) FROM history WHERE act = 'call'").fetchone()[0]
