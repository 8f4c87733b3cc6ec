"""Pressing twice at a door: the first answer again, nothing done twice, a key bound to its request and its presser."""

import pytest
from sqlalchemy import func, select

from queueapp.extensions import db
from queueapp.models import Press, Ticket
from queueapp.operations import housekeeping

KEY = {"Idempotency-Key": "press-1"}


@pytest.fixture
def count(act):
    return lambda model: act(lambda: db.session.scalar(select(func.count()).select_from(model)))


@pytest.fixture
def press(door, north):
    """Take a ticket at the kiosk with a key."""
    return lambda who=north.kiosk, key="press-1", **body: door(who).post(
        "/api/kiosk/tickets", json={"service_id": north.passports, **body}, headers={"Idempotency-Key": key}
    )


def test_a_second_press_gets_the_first_answer_and_no_second_ticket(press, count):
    first, second = press(), press()
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.data == second.data
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert count(Ticket) == 1


def test_the_first_answer_is_given_even_if_the_world_moved_on(press, desk, door, north):
    first = press()
    desk.call_next()
    desk.start()
    desk.complete()
    assert press().json == first.json


def test_the_same_key_for_something_else_is_refused(press, count):
    press()
    answer = press(language="fr")
    assert (answer.status_code, answer.json["code"]) == (409, "KeyUsedForAnother")
    assert count(Ticket) == 1


def test_the_order_of_fields_is_the_same_request(door, north, count):
    for body in ('{"service_id": 1, "language": "fr"}', '{ "language":"fr","service_id":1 }'):
        answer = door(north.kiosk).post("/api/kiosk/tickets", data=body, content_type="application/json", headers=KEY)
        assert answer.status_code == 201
    assert count(Ticket) == 1


def test_the_same_key_at_another_address_is_refused(door, desk, create_ticket, north):
    create_ticket(status="called", at=desk)
    client, body = door(north.agent), {"counter_id": north.one}
    assert client.post("/api/terminal/recall", json=body, headers=KEY).status_code == 200
    answer = client.post("/api/terminal/start", json=body, headers=KEY)
    assert answer.json["code"] == "KeyUsedForAnother"


def test_a_key_belongs_to_its_presser(press, north, south, count):
    assert press().json["id"] != press(who=north.agent).json["id"]
    assert press(who=south.kiosk).status_code == 403  # its own key, so its own refusal
    assert count(Ticket) == 2


def test_a_refusal_is_tried_again_for_real(door, create_ticket, desk, north):
    client = door(north.agent)

    def call():
        return client.post("/api/terminal/call-next", json={"counter_id": north.one}, headers=KEY)

    assert call().json["code"] == "NobodyIsWaiting"
    ticket = create_ticket()
    assert call().json["id"] == ticket.id
    assert call().json["id"] == ticket.id


def test_completing_and_calling_twice_calls_one(door, create_ticket, desk, north, see):
    create_ticket(status="serving", at=desk)
    second, third = create_ticket(), create_ticket()
    client = door(north.agent)
    for _ in range(3):
        client.post("/api/terminal/complete", json={"counter_id": north.one, "call_next": True}, headers=KEY)
    assert (see(second).status, see(third).status) == ("called", "waiting")


@pytest.mark.parametrize(("key", "status"), [("", 400), ("x" * 201, 400), ("x" * 200, 201), ("ключ", 201)])
def test_a_key_has_a_sane_length(key, status, press):
    assert press(key=key.encode().decode("latin-1")).status_code == status


def test_a_press_without_a_key_is_done_each_time(door, north, count):
    for _ in range(2):
        door(north.kiosk).post("/api/kiosk/tickets", json={"service_id": north.passports})
    assert count(Ticket) == 2
    assert count(Press) == 0


def test_after_a_day_a_key_may_be_used_again(press, act, clock, count):
    press()
    clock.forward(hours=24, seconds=1)
    act(housekeeping.forget_old)
    press()
    assert count(Ticket) == 2


def test_two_visitors_with_one_key_are_two_visitors(door, create_ticket, see):
    """Nobody is signed in at a phone: the secret in the address says whose press it is."""
    first, second = create_ticket(), create_ticket()
    for ticket in (first, second):
        answer = door().post(f"/api/customer/tickets/{ticket.secret}/leave", json={}, headers=KEY)
        assert answer.status_code == 200
        assert see(ticket).status == "cancelled"


def test_a_visitor_takes_back_what_was_pressed_with_a_key(door, create_ticket, see):
    ticket = create_ticket()
    url = f"/api/customer/tickets/{ticket.secret}"
    door().post(f"{url}/leave", json={}, headers=KEY)
    answer = door().post(f"{url}/undo", json={}, headers={"Idempotency-Key": "press-2"})
    assert answer.status_code == 200
    assert see(ticket).status == "waiting"


def test_every_changing_door_for_pages_takes_a_key(app, door, north, create_ticket, desk):
    """Each answers a replay with the mark that it is one."""
    ticket = create_ticket()
    body = {"counter_id": north.one, "ticket_id": ticket.id}
    for act in ("call", "recall", "start", "hold", "resume", "complete"):
        for again in (False, True):
            headers = {"Idempotency-Key": f"key-{act}"}
            answer = door(north.agent).post(f"/api/terminal/{act}", json=body, headers=headers)
            assert answer.status_code == 200, act
            assert ("Idempotency-Replayed" in answer.headers) is again, act


def test_creating_with_a_key_creates_once(door, north):
    body = {"branch_id": north.id, "letter": "Z", "names": {"en": "Z"}}
    answers = [door(north.admin).post("/api/admin/services", json=body, headers=KEY) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json == answers[1].json
