"""The likely wait: a range from what really happened lately, and nothing said where nobody can know."""

import pytest

from queueapp.extensions import db
from queueapp.models import Service
from queueapp.operations import setup
from queueapp.queries import lines, snapshots


@pytest.fixture
def likely(act, north):
    """The range for so many people ahead, in minutes."""

    def likely(ahead, service_id=north.passports):
        wait = act(lambda: lines.likely_wait(db.session.get_one(Service, service_id), ahead))
        return wait and (wait["low_s"] / 60, wait["high_s"] / 60)

    return likely


@pytest.fixture
def serve(create_ticket, desk, clock):
    """Somebody is served for so many minutes."""

    def serve(minutes):
        create_ticket(status="serving", at=desk)
        clock.forward(minutes=minutes, seconds=-1)
        desk.complete()

    return serve


def test_nobody_knows_a_wait_while_no_counter_is_open(likely):
    assert likely(3) is None


def test_without_experience_the_expected_minutes_count(likely, desk):
    assert likely(10) == (35, 75)  # 10 people, 5 min each, from 0.7 to 1.4 of it, rounded outward to 5


def test_two_counters_halve_the_wait(likely, desk, second_desk):
    assert likely(2) == (3, 8)


def test_a_paused_counter_serves_nobody(likely, desk):
    desk.pause()
    assert likely(2) is None


def test_experience_replaces_the_expectation_after_five_services(likely, serve):
    for _ in range(4):
        serve(10)
    assert likely(1) == (3, 8)
    serve(10)
    assert likely(1) == (7, 15)


def test_only_the_last_twenty_services_count(likely, serve):
    for minutes in [60] * 3 + [2] * 20:
        serve(minutes)
    assert likely(5) == (7, 15)


def test_what_is_two_weeks_old_is_no_experience(likely, serve, clock):
    for _ in range(5):
        serve(10)
    clock.forward(days=14)
    assert likely(1) == (3, 8)


def test_nobody_ahead_means_any_moment(likely, desk):
    assert likely(0) == (0, 1)


def test_be_back_by_leaves_time_to_walk(create_ticket, desk, act, see, clock, north):
    for _ in range(4):
        create_ticket()
    ticket = create_ticket()
    place = act(lambda: snapshots.place(see(ticket)))
    assert place["ahead"] == 4
    assert place["wait"] == {"low_s": 14 * 60, "high_s": 30 * 60, "be_back_by": "2026-11-17T09:12:05.000Z"}


def test_be_back_by_is_never_in_the_past(create_ticket, desk, act, see):
    ticket = create_ticket()
    assert act(lambda: snapshots.place(see(ticket)))["wait"]["be_back_by"] == "2026-11-17T09:00:01.000Z"


def test_a_called_ticket_has_no_place(create_ticket, desk, act, see):
    ticket = create_ticket(status="called", at=desk)
    assert act(lambda: snapshots.place(see(ticket))) == {}


def test_the_usual_time_is_said_after_five_services(serve, act, north):
    for minutes in (2, 4, 6, 8):
        serve(minutes)
    assert act(lines.usual, north.passports) is None
    serve(10)
    assert act(lines.usual, north.passports) == {"median_s": 360, "p80_s": 504}


def test_the_longest_wait_is_the_first_arrivals(create_ticket, act, north, clock):
    assert act(lines.longest_wait_s, north.passports) == 0
    create_ticket()
    create_ticket(priority="priority")
    clock.forward(minutes=2)
    assert act(lines.longest_wait_s, north.passports) == 122


def test_open_counters_are_those_that_serve_it_now(act, desk, second_desk, north):
    assert (act(lines.open_counters, north.passports), act(lines.open_counters, north.permits)) == (2, 1)
    act(setup.update_counter, north.one, {"services": []}, actor=north.admin.principal)
    assert act(lines.open_counters, north.permits) == 0
