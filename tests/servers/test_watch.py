"""`queueapp watch` beside a served hall."""

import signal
import subprocess
import sys
import time

import pytest

from tests.hall import ROOT

pytestmark = pytest.mark.server
NAMESPACES = ("kiosk", "terminal", "monitor", "customer", "admin")


@pytest.fixture
def watching(hall):
    """`queueapp watch` at the hall's own machine, and a way to wait for words of it."""
    command = [sys.executable, "-m", "queueapp", "watch"]
    with (hall.folder / "watch.log").open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=hall.environment, stdout=out, stderr=out)

    def said(words, times=1):
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            text = (hall.folder / "watch.log").read_text()
            if text.count(words) >= times:
                return text
            time.sleep(0.05)
        raise AssertionError(f"never said: {words}\n{text}")

    yield said, process
    process.kill()
    process.wait(10)


def test_it_sits_in_every_namespace_and_prints_each_event_there(hall, watching):
    said, process = watching
    for name in NAMESPACES:
        said(f"Connected to /{name}")
    number = hall.issue()["number"]
    text = said(f"{number} was taken")
    assert "connections at Northgate Civic Centre: " in text
    for name in NAMESPACES:
        said(f"/{name:<9} ticket-created")
    process.send_signal(signal.SIGINT)
    assert process.wait(15) == 0
    assert "Traceback" not in said("Stopped watching.")


def test_it_prints_what_was_said_while_the_line_was_down(hall, watching):
    said, _ = watching
    said("Connected to /admin")
    first = hall.issue()["number"]
    said(f"{first} was taken")
    hall.kill()
    said("Disconnected from /monitor")
    hall.start()
    second = hall.issue()["number"]
    said(f"{second} was taken", times=5)
