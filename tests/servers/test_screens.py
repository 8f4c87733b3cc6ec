"""Fifty screens on one hall: each hears everything, in order, once, and finds back after the server was killed."""

import threading
from typing import Any

import pytest

from tests.hall import Hall
from tests.servers.screens import Screen, wait_until

pytestmark = pytest.mark.server
SCREENS = 50


@pytest.fixture
def screens(hall):
    """Fifty boards, connected, each with the snapshot's cursor."""
    stream = f"public-{hall.branch['id']}"
    snapshot = hall.get("/api/monitor/board", "board")
    token, cursor, epoch = hall.token("board"), snapshot["heads"][stream], snapshot["epoch"]
    found = [Screen(hall.url, token, stream, cursor, epoch) for _ in range(SCREENS)]
    for screen in found:
        screen.open()
    yield found
    for screen in found:
        screen.close()


def test_every_screen_hears_every_event_in_order_and_none_twice(hall, screens):
    stream, first = screens[0].stream, screens[0].cursor
    hall.at(3, "open")
    for _ in range(20):
        hall.issue("A")
    for _ in range(20):
        hall.at(3, "call-next")
        hall.at(3, "start")
        hall.at(3, "complete")

    head = _head(hall, stream)
    assert head >= first + 80
    assert wait_until(lambda: all(screen.cursor == head for screen in screens), 20)
    told = [line["eid"] for line in _news(hall, stream, first)]
    # counter-opened is news too, but no ticket's: screens that resumed hear it, the others are told by the tick
    assert [screen.heard for screen in screens] == [told] * SCREENS


def test_a_killed_server_comes_back_and_every_screen_shows_the_databases_state(hall, screens):
    hall.at(3, "open")
    done: list[Any] = []
    pressing = threading.Thread(target=_press_on, args=(hall, done))
    pressing.start()
    assert wait_until(lambda: len(done) > 20, 30)
    hall.kill()
    hall.start()
    pressing.join(60)
    assert len(done) >= 60

    stream = screens[0].stream
    head = _head(hall, stream)
    assert wait_until(lambda: all(screen.cursor == head for screen in screens), 40)
    truth = _truth(hall, stream)
    for screen in screens:
        shown = {key: (ticket["status"], ticket["version"]) for key, ticket in screen.tickets.items()}
        assert shown == truth
        assert len(set(screen.heard)) == len(screen.heard)
    assert all(screen.resumes >= 2 for screen in screens)


def _press_on(hall: Hall, done: list[Any]) -> None:
    """Issue tickets through the kill, repeating each press with its key until it is answered."""
    import time

    import requests

    service = hall.branch["services"][0]["id"]
    for press in range(60):
        for _ in range(200):
            try:
                answer = hall.post(
                    "/api/kiosk/tickets", {"service_id": service}, "kiosk", **{"Idempotency-Key": f"press-{press}"}
                )
                assert answer.status_code == 201, answer.text
                done.append(answer.json()["id"])
                break
            except requests.RequestException:
                time.sleep(0.1)


def _head(hall: Hall, stream: str) -> int:
    return hall.get(f"/api/branches/{hall.branch['id']}/events?stream={stream}&limit=1", "board")["head"]


def _news(hall: Hall, stream: str, after: int) -> list[dict[str, Any]]:
    return hall.get(f"/api/branches/{hall.branch['id']}/events?stream={stream}&after={after}", "board")["events"]


def _truth(hall: Hall, stream: str) -> dict[int, tuple[str, int]]:
    """The database's own account of every ticket, read beside the server."""
    import sqlite3

    with sqlite3.connect(hall.folder / "queueapp.sqlite") as database:
        rows = database.execute("SELECT id, status, version FROM ticket").fetchall()
        issued = database.execute("SELECT count(*) FROM press").fetchone()[0]
    assert len(rows) == issued == 60
    return {key: (status, version) for key, status, version in rows}
