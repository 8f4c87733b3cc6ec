"""No name, note, reason or comment is ever public: canaries are put into every text and looked for everywhere."""

import json

import pytest
from sqlalchemy import select

from queueapp.extensions import db
from queueapp.models import StoredEvent
from queueapp.operations import people, tickets

from ..factories import pump

NOTE, REASON, COMMENT, AGENT = "canary-note", "canary-reason", "canary-comment", "canary-agent"
SEAT, DEVICE, PERSON = "canary-seat", "canary-device", "canary-username"
CANARIES = (NOTE, REASON, COMMENT, AGENT, SEAT, DEVICE, PERSON)


@pytest.fixture
def busy_hall(north, act, create_ticket, open_desk):
    """Every act was done once, with a canary wherever a text can be put."""
    admin = north.admin.principal
    act(people.update, north.agent.id, {"name": AGENT, "username": PERSON}, actor=admin)
    desk = open_desk(seat=SEAT)
    ticket, other = create_ticket(), create_ticket()
    desk.call(ticket)
    act(tickets.come, ticket.id, actor=ticket.party.principal)
    desk.recall()
    desk.note(ticket, NOTE)
    desk.hold(ticket, reason=REASON)
    desk.resume(ticket)
    desk.hold(ticket, reason=REASON)
    desk.undo()
    desk.start()
    desk.complete()
    act(tickets.rate, ticket.id, 1, COMMENT, actor=ticket.party.principal)
    desk.note(other, NOTE)
    act(tickets.delay, other.id, actor=other.party.principal)
    desk.call(other)
    desk.miss()
    desk.take_back(other)
    desk.transfer(other, north.permits)
    desk.call(other)
    desk.hold(other, reason=REASON)
    desk.pause()
    desk.open()
    return ticket, other


def caught(text):
    return [canary for canary in CANARIES if canary in text]


def stored(act, prefix):
    line = select(StoredEvent.envelope).where(StoredEvent.stream.startswith(prefix))
    return act(lambda: "\n".join(db.session.scalars(line)))


def test_the_canaries_sing_where_they_may(busy_hall, act):
    """Otherwise this file would prove nothing."""
    assert set(caught(stored(act, "staff-"))) >= {NOTE, REASON, AGENT, SEAT}


def test_public_news_contains_no_canary(busy_hall, act):
    assert caught(stored(act, "public-")) == []


def test_a_holders_news_contains_no_canary(busy_hall, act):
    assert caught(stored(act, "ticket-")) == []


@pytest.mark.parametrize(
    ("role", "url"), [("kiosk", "/api/kiosk/services"), ("board", "/api/monitor/board"), ("kiosk", "/kiosk/")]
)
def test_public_snapshots_contain_no_canary(role, url, busy_hall, door, north):
    client = door(north.party(role))
    if url == "/kiosk/":
        client.environ_base.pop("HTTP_AUTHORIZATION")
        client.set_cookie("queueapp_kiosk", north.kiosk.secret)
    answer = client.get(url)
    assert answer.status_code == 200
    assert caught(answer.text) == []


def test_a_phones_answers_contain_no_canary(busy_hall, door):
    for ticket in busy_hall:
        for url in (f"/api/customer/tickets/{ticket.secret}", f"/customer/{ticket.secret}"):
            answer = door(ticket.party).get(url)
            assert answer.status_code == 200
            assert caught(answer.text) == []


def test_public_sockets_carry_no_canary(busy_hall, app, listen, north, door):
    screens = [listen("/kiosk", north.kiosk), listen("/monitor", north.board), listen("/customer", busy_hall[1].party)]
    for screen in screens:
        screen.say("join-service", {"service_id": north.permits})
        screen.say("join-counter", {"counter_id": north.one})
        screen.say("resume", {"epoch": "x", "after": {}})
    terminal = door(north.agent)
    for path, body in (("resume", {"ticket_id": busy_hall[1].id}), ("note", {"text": NOTE}), ("start", {})):
        answer = terminal.post(f"/api/terminal/{path}", json={"counter_id": north.one, "seat": SEAT, **body})
        assert answer.status_code == 200
    pump(app)
    texts = [json.dumps(screen.client.queue) for screen in screens]
    assert all("ticket-resumed" in text and "counter-activity" in text for text in texts)
    assert [caught(text) for text in texts] == [[], [], []]


def test_catching_up_over_rest_carries_no_canary(busy_hall, door, north):
    answer = door(north.board).get(f"/api/branches/{north.id}/events")
    assert answer.status_code == 200
    assert len(answer.json["events"]) > 20
    assert caught(answer.text) == []


def test_a_visitor_gets_their_own_ticket_back_without_what_staff_wrote(busy_hall, door):
    """Also after a press of their own, where the answer is the changed ticket."""
    other = busy_hall[1]
    answer = door(other.party).post(f"/api/customer/tickets/{other.secret}/leave", json={})
    assert answer.status_code == 200
    assert caught(answer.text) == []
