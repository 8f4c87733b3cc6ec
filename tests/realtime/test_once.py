"""A key and its first answer: pressing again gives that answer and does nothing."""

import threading

import pytest

from queueapp.access import ANONYMOUS
from queueapp.errors import KeyUsedForAnother, NobodyIsWaiting
from queueapp.models import Press
from queueapp.operations import calls
from queueapp.realtime.transaction import once


class Crash(Exception):
    """Something nobody expected."""


@pytest.fixture
def counted():
    """An act that counts how often it was carried out."""
    done = []

    def act():
        done.append(1)
        return {"done": len(done)}, 201

    act.done = done
    return act


@pytest.fixture
def press(act, north):
    """Press with a key, as the north's agent unless said otherwise."""
    return lambda key, what, body="body", who=north.agent.principal: act(once, who, key, body, what)


def test_the_same_press_is_answered_the_same_and_done_once(press, counted):
    assert [press("k", counted), press("k", counted), press("k", counted)] == [
        ({"done": 1}, 201, False), ({"done": 1}, 201, True), ({"done": 1}, 201, True),
    ]  # fmt: skip
    assert len(counted.done) == 1


def test_another_key_is_another_press(press, counted):
    assert [press(key, counted)[0]["done"] for key in ("k", "l")] == [1, 2]


def test_no_key_is_always_another_press(press, counted):
    assert [press(None, counted)[2] for _ in range(2)] == [False, False]
    assert len(counted.done) == 2


def test_a_key_is_bound_to_its_request(press, counted):
    press("k", counted, "one body")
    with pytest.raises(KeyUsedForAnother):
        press("k", counted, "another body")
    assert len(counted.done) == 1


def test_a_key_belongs_to_who_pressed(press, counted, north, south):
    for who in (north.agent, north.colleague, south.agent, north.kiosk):
        assert press("k", counted, who=who.principal)[2] is False
    assert press("k", counted, who=ANONYMOUS)[2] is False
    assert len(counted.done) == 5


def test_a_refusal_is_not_kept(press, create_ticket, desk, north, row):
    def call():
        return {"id": calls.call_next(north.one, actor=north.agent.principal).id}, 200

    with pytest.raises(NobodyIsWaiting):
        press("k", call)
    assert row(Press, ("user-3", "k")) is None
    ticket = create_ticket()
    assert press("k", call) == ({"id": ticket.id}, 200, False)
    assert press("k", call) == ({"id": ticket.id}, 200, True)


def test_key_and_effect_are_committed_together(press, create_ticket, desk, north, see, row):
    ticket = create_ticket()

    def call_and_crash():
        calls.call_next(north.one, actor=north.agent.principal)
        raise Crash

    with pytest.raises(Crash):
        press("k", call_and_crash)
    assert (see(ticket).status, row(Press, (north.agent.principal.subject, "k"))) == ("waiting", None)


def test_a_press_is_kept_with_its_answer_as_it_was(press, north, row):
    press("k", lambda: ({"name": "Žofie", "nothing": None, "list": [1, 2]}, 201))
    kept = row(Press, (north.agent.principal.subject, "k"))
    assert kept.status == 201
    assert press("k", None)[0] == {"name": "Žofie", "nothing": None, "list": [1, 2]}


def test_two_of_the_same_press_at_once_are_one(app, press, counted):
    barrier, said = threading.Barrier(4), []

    def hurry():
        barrier.wait(10)
        said.append(press("k", counted))

    threads = [threading.Thread(target=hurry) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(again for _, _, again in said) == [False, True, True, True]
    assert len(counted.done) == 1


def test_everything_of_one_press_is_undone_together(press, create_ticket, desk, north, see):
    """Two operations in one press have one press_id, so undo takes both back."""
    first, second = create_ticket(status="serving", at=desk), create_ticket()

    def both():
        calls.complete(north.one, first.id, actor=north.agent.principal)
        calls.call_next(north.one, actor=north.agent.principal)
        return {}, 200

    press("k", both)
    desk.undo()
    assert (see(first).status, see(second).status) == ("serving", "waiting")
