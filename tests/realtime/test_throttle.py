"""Targeted figures: for who joined a service or counter, at most once a second, the newest wins."""

from types import SimpleNamespace

import pytest

from queueapp.realtime import throttle
from queueapp.realtime.relay import relay

from ..factories import pump


@pytest.fixture
def second(monkeypatch):
    """A monotonic clock that goes on only when told."""
    at = SimpleNamespace(now=100.0)
    monkeypatch.setattr(throttle, "time", SimpleNamespace(monotonic=lambda: at.now))

    def forward(seconds):
        at.now += seconds

    return forward


@pytest.fixture
def told(app):
    """Figures that a screen was sent since the last look."""

    def told(screen, name="queue-updated"):
        pump(app)
        return [packet.data for packet in screen.packets(name)]

    return told


@pytest.fixture
def kiosk(listen, north):
    """A kiosk that shows the line for passports."""
    screen = listen("/kiosk", north.kiosk)
    assert screen.say("join-service", {"service_id": north.passports}) == {
        "ok": True,
        "room": f"service-{north.passports}",
    }
    return screen


def test_who_joined_a_service_is_told_how_its_line_stands(kiosk, create_ticket, desk, told, second, north, clock):
    pump(kiosk.app)
    second(1)
    kiosk.packets()
    create_ticket()
    clock.forward(seconds=59)
    assert told(kiosk) == [
        {
            "service_id": north.passports, "waiting": 1, "wait": {"low_s": 180, "high_s": 480}, "quota_left": None,
            "longest_wait_s": 60,
            "open_counters": 1,
        }
    ]  # fmt: skip


def test_figures_are_sent_even_where_no_terminal_listens(kiosk, create_ticket, told, second):
    create_ticket()
    assert len(told(kiosk)) == 1


def test_many_changes_in_a_second_are_one_packet_with_the_last_figures(kiosk, create_ticket, told, second):
    create_ticket()
    assert [figures["waiting"] for figures in told(kiosk)] == [1]
    for _ in range(4):
        create_ticket()
        assert told(kiosk) == []
    second(1)
    assert [figures["waiting"] for figures in told(kiosk)] == [5]


def test_a_quiet_second_says_nothing(kiosk, create_ticket, told, second):
    create_ticket()
    told(kiosk)
    second(1)
    assert told(kiosk) == []


def test_the_same_news_for_two_audiences_is_one_change(kiosk, listen, create_ticket, told, second, north):
    listen("/terminal", north.agent)
    create_ticket()
    assert len(told(kiosk)) == 1
    second(1)
    assert told(kiosk) == []


def test_each_service_has_its_own_second(listen, create_ticket, told, second, north):
    screen = listen("/kiosk", north.kiosk)
    for service_id in (north.passports, north.permits):
        screen.say("join-service", {"service_id": service_id})
        create_ticket(service_id=service_id)
    assert [figures["service_id"] for figures in told(screen)] == [north.passports, north.permits]


def test_who_did_not_join_is_not_told(listen, create_ticket, told, second, north):
    screen = listen("/kiosk", north.kiosk)
    create_ticket()
    assert told(screen) == []


def test_who_left_is_not_told(kiosk, create_ticket, told, second, north):
    kiosk.say("leave-room", {"room": f"service-{north.passports}"})
    create_ticket()
    assert told(kiosk) == []


def test_who_joined_a_counter_is_told_what_it_does(listen, create_ticket, desk, told, second, north):
    screen = listen("/monitor", north.board)
    assert screen.say("join-counter", {"counter_id": north.one})["ok"]
    ticket = create_ticket()
    desk.call_next()
    at_it = {"id": ticket.id, "number": "A1", "status": "called"}
    assert told(screen, "counter-activity") == [
        {"counter_id": north.one, "name": "1", "status": "open", "ticket": at_it}
    ]
    desk.start()
    second(1)
    assert told(screen, "counter-activity")[0]["ticket"]["status"] == "serving"


@pytest.mark.parametrize("way", ["complete", "hold", "transfer", "undo", "close"])
def test_a_counter_that_became_free_is_told(way, listen, create_ticket, desk, told, second, north):
    screen = listen("/monitor", north.board)
    screen.say("join-counter", {"counter_id": north.one})
    ticket = create_ticket()
    desk.call(ticket)
    if way != "undo":
        desk.start()
    told(screen, "counter-activity")
    second(1)
    more = {"transfer": (ticket, north.permits), "complete": (ticket,), "hold": (ticket,)}
    if way == "close":
        desk.complete()
    getattr(desk, way)(*more.get(way, ()))
    assert [figures["ticket"] for figures in told(screen, "counter-activity")] == [None]


def test_figures_of_a_counter_carry_nothing_of_a_person(listen, create_ticket, desk, told, second, north):
    screen = listen("/monitor", north.board)
    screen.say("join-counter", {"counter_id": north.one})
    desk.call(create_ticket())
    (figures,) = told(screen, "counter-activity")
    assert set(figures) == {"counter_id", "name", "status", "ticket"}
    assert set(figures["ticket"]) == {"id", "number", "status"}


def test_nothing_is_computed_for_empty_rooms(create_ticket, listen, north, second, monkeypatch, app):
    listen("/monitor", north.board)
    monkeypatch.setitem(throttle._FIGURES, "service", ("queue-updated", None))  # calling it would fail
    create_ticket()
    pump(app)
    assert relay.targeted._due == set()
