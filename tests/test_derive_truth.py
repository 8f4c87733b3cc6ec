"""What the documents promise is what the hall tells: real news, packets and answers, judged by them, nothing left over.

Every answer that any test gets at a door is judged as well: see the fixture `door`.
"""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from queueapp import server
from queueapp.errors import catalogue
from queueapp.extensions import db
from queueapp.models import StoredEvent
from queueapp.operations import setup, tickets
from queueapp.realtime import events, streams
from queueapp.realtime.relay import relay
from queueapp.schemas.packets import ANSWERS, EPHEMERAL

from .factories import pump

NEWS = {"public": "PublicNews", "staff": "StaffNews", "ticket": "OwnNews"}


@pytest.fixture
def day(app, north, act, create_ticket, open_desk):
    """Nearly everything that can happen in a hall has happened once; somebody is still called, held and missed."""
    admin = north.admin.principal
    act(setup.update_service, north.passports, {"daily_quota": 5, "position": 2}, actor=admin)
    act(setup.update_branch, north.id, {"settings": {"delay_limit": 1}}, actor=admin)
    desk, papers = open_desk(seat="tab"), [create_ticket() for _ in range(4)]
    first, second, third, fourth = papers
    desk.call_next()
    act(tickets.come, first.id, actor=first.party.principal)
    desk.recall()
    desk.start()
    desk.note(first, "a note")
    desk.complete(and_call_next=True)
    act(tickets.rate, first.id, 5, "fine", actor=first.party.principal)
    desk.miss()
    desk.take_back(second)
    act(tickets.delay, third.id, actor=third.party.principal)
    desk.call(fourth)
    desk.hold(fourth, reason="a form")
    desk.resume(fourth)
    desk.transfer(fourth, north.permits)
    desk.undo()
    desk.hold(fourth, reason="a form")
    act(tickets.leave, third.id, actor=third.party.principal)
    desk.pause()
    desk.open()
    create_ticket()  # the last of today
    desk.call(second)
    other = open_desk(north.two, north.colleague)
    other.close()
    act(setup.update_counter, north.two, {"place": "upstairs"}, actor=admin)
    extra = act(setup.create_service, {"branch_id": north.id, "letter": "Z", "names": {"en": "Z"}}, actor=admin)
    act(setup.delete_service, extra.id, actor=admin)
    return SimpleNamespace(papers=papers, desk=desk)


def test_the_judge_sees_what_is_missing_added_or_wrong(contract):
    fine = {"low_s": 60, "high_s": 120}
    contract.check_shape("Wait", fine)
    for wrong in ({"low_s": 60}, {**fine, "more": 1}, {**fine, "low_s": "60"}, {**fine, "low_s": None}):
        with pytest.raises(AssertionError):
            contract.check_shape("Wait", wrong)


def test_every_line_of_news_is_as_declared(day, act, contract):
    names = act(lambda: list(db.session.scalars(select(StoredEvent.stream).distinct())))
    lines = [line for name in names for line in act(streams.read, name, 0)]
    for line in lines:
        contract.check_shape(NEWS[line["stream"].split("-")[0]], line)
    told = {line["type"] for line in lines}
    silent = {event.wire_name() for event in events.catalogue()} - told
    assert silent == {"access-revoked"}, "every event is judged"


def test_what_the_public_hears_would_not_pass_as_what_staff_hear(day, act, contract, north):
    called = [line for line in act(streams.read, f"staff-{north.id}", 0) if line["type"] == "ticket-called"]
    assert called
    with pytest.raises(AssertionError):
        contract.check_shape("PublicNews", called[0])


@pytest.fixture
def packets(day, app, act, listen, north):
    """What a screen of a namespace is sent while a little more happens."""

    def packets(namespace):
        second = day.papers[1].party
        who = {"/kiosk": north.kiosk, "/monitor": north.board, "/customer": second, "/admin": north.admin}
        screen = listen(namespace, who.get(namespace, north.agent))
        screen.say("join-service", {"service_id": north.passports})
        screen.say("join-counter", {"counter_id": north.one})
        screen.say("join-counter", {"counter_id": "x"})
        act(tickets.come, second.id, actor=second.principal)
        day.desk.miss()
        day.desk.take_back(second)
        pump(app)
        act(relay.tick)
        act(server._tell_connections, {})
        return screen.packets()

    return packets


@pytest.mark.parametrize("namespace", ["/kiosk", "/terminal", "/monitor", "/customer", "/admin"])
def test_every_packet_is_as_declared(namespace, packets, contract):
    here = {name: shape for name, (shape, where) in EPHEMERAL.items() if where is None or namespace in where}
    heard = packets(namespace)
    for packet in heard:
        name = here[packet.name].__name__ if packet.name in here else NEWS[packet.data["stream"].split("-")[0]]
        contract.check_shape(name, packet.data)
    assert set(here) - {packet.name for packet in heard} == {"server-stopping"}


def test_every_acknowledgement_is_as_declared(day, act, listen, north, contract):
    screen = listen("/monitor", north.board)
    welcome = screen.packets("welcome")[0].data
    token = {"token": north.board.secret}
    said = {
        "join-service": {"service_id": north.passports}, "join-counter": {"counter_id": north.one},
        "join-room": {"room": f"branch-{north.id}"}, "leave-room": {"room": f"counter-{north.one}"},
        "resume": {"epoch": welcome["epoch"], "after": dict.fromkeys(welcome["heads"], 0)},
        "heartbeat": {"heads": welcome["heads"], "rtt_ms": 2}, "page-navigate": {"path": "/"}, "refresh-token": token,
    }  # fmt: skip
    assert set(said) == set(ANSWERS)
    for name, payload in said.items():
        contract.check_shape(ANSWERS[name].__name__, screen.say(name, payload))
    contract.check_shape("Resumed", screen.say("resume", {"epoch": "other", "after": welcome["heads"]}))
    contract.check_shape("Refused", screen.say("join-room", {"room": "staff-1"}))
    contract.check_shape("Refused", screen.say("sing", {}))


@pytest.mark.parametrize(
    ("role", "url"),
    [
        ("kiosk", "/api/kiosk/services"), ("board", "/api/monitor/board"), ("agent", "/api/terminal/counters"),
        ("agent", "/api/terminal/state?counter_id={one}"), ("agent", "/api/terminal/find?counter_id={one}&q=A"),
        ("admin", "/api/admin/overview?branch_id={id}"), ("board", "/api/branches/{id}/events"),
    ],
)  # fmt: skip
def test_a_busy_hall_is_told_as_declared(role, url, day, door, north, listen):
    """The judging itself is done by the fixture `door`."""
    listen("/monitor", north.board)
    assert door(north.party(role)).get(url.format(**vars(north))).status_code == 200


def test_a_phone_is_told_as_declared_in_every_state(day, door):
    for paper in day.papers:
        assert door(paper.party).get(f"/api/customer/tickets/{paper.secret}").status_code == 200


def test_each_refusal_is_a_problem_as_declared(contract):
    for refusal in catalogue():
        if refusal.__name__ in contract.schemas:
            contract.check_shape(
                refusal.__name__, refusal(**({"errors": {}} if "Input" in refusal.__name__ else {})).problem()
            )
    assert "TicketCanNotMove" in contract.schemas
