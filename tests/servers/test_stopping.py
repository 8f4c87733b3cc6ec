"""SIGTERM: what is being answered is answered, screens are told good-bye, and the process is gone within seconds."""

import signal
import threading
import time

import pytest
import requests
import socketio

pytestmark = pytest.mark.server


def test_a_request_that_is_being_answered_is_answered(hall):
    person, answers = hall.person("agent"), []
    sent = {"username": person["username"], "password": person["password"]}

    def sign_in():  # long enough to be caught: a password hash is computed
        with requests.Session() as session:
            answers.append(session.post(f"{hall.url}/api/auth/login", json=sent, timeout=20).status_code)

    asking = threading.Thread(target=sign_in)
    asking.start()
    time.sleep(0.03)
    hall.process.send_signal(signal.SIGTERM)
    asking.join(20)
    assert answers == [200]


def test_screens_are_told_when_to_come_back(hall):
    told = []
    with socketio.SimpleClient(reconnection=False) as screen:
        screen.connect(hall.url, namespace="/monitor", auth={"token": hall.token("board")}, transports=["websocket"])
        screen.receive(timeout=10)  # welcome
        hall.process.send_signal(signal.SIGTERM)
        while not told or told[-1][0] != "server-stopping":
            told.append(screen.receive(timeout=10))
    assert 0 <= told[-1][1]["retry_in_ms"] < 3000
    assert hall.stop() == 0


def test_connected_screens_do_not_keep_it_from_stopping(hall):
    with socketio.SimpleClient(reconnection=False) as screen:
        screen.connect(hall.url, namespace="/monitor", auth={"token": hall.token("board")}, transports=["websocket"])
        began = time.monotonic()
        assert hall.stop() == 0
        assert time.monotonic() - began < 10
