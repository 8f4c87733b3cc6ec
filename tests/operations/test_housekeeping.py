"""What nobody presses: yesterday ends, old keys and old news are forgotten, streams say from where they are kept."""

import pytest
from sqlalchemy import func, select

from queueapp.errors import CursorTooOld
from queueapp.extensions import db
from queueapp.models import Press, SignIn, StoredEvent, Stream
from queueapp.operations import housekeeping, setup
from queueapp.realtime import streams
from queueapp.realtime.transaction import once


@pytest.fixture
def count(act):
    """How many rows of a kind there are."""
    return lambda model: act(lambda: db.session.scalar(select(func.count()).select_from(model)))


def test_who_was_left_over_is_cancelled_after_midnight(create_ticket, desk, see, act, clock):
    left = [create_ticket(status=status, at=desk) for status in ("waiting", "held", "missed")]
    clock.at("2026-11-17 23:59")
    assert act(housekeeping.end_yesterday) == 0
    clock.at("2026-11-18 00:00")
    assert act(housekeeping.end_yesterday) == 3
    assert {see(ticket).status for ticket in left} == {"cancelled"}
    assert act(housekeeping.end_yesterday) == 0


def test_who_is_at_a_counter_after_midnight_is_served_on(create_ticket, desk, see, act, clock):
    ticket = create_ticket(status="serving", at=desk)
    clock.at("2026-11-18 00:10")
    act(housekeeping.end_yesterday)
    assert see(ticket).status == "serving"
    desk.complete()
    assert see(ticket).status == "completed"


def test_each_branchs_day_ends_at_its_own_midnight(create_ticket, see, act, north, south, clock):
    act(setup.update_branch, south.id, {"time_zone": "America/New_York"}, actor=south.admin.principal)
    here, there = create_ticket(), create_ticket(south)
    clock.at("2026-11-18 00:10")
    assert act(housekeeping.end_yesterday) == 1
    assert (see(here).status, see(there).status) == ("cancelled", "waiting")
    clock.at("2026-11-18 05:00")
    assert act(housekeeping.end_yesterday) == 1


def test_a_long_line_is_ended_in_small_steps(create_ticket, act, clock, monkeypatch):
    monkeypatch.setattr(housekeeping, "BATCH", 2)
    for _ in range(5):
        create_ticket()
    clock.forward(days=1)
    assert act(housekeeping.end_yesterday) == 5


def test_the_end_of_the_day_is_told(create_ticket, act, clock, written):
    create_ticket()
    written()
    clock.forward(days=1)
    act(housekeeping.end_yesterday)
    assert {kind for _, kind in written()} == {"ticket-cancelled"}


def test_keys_are_kept_a_day(act, count, clock, north):
    act(once, north.agent.principal, "a key", "a fingerprint", lambda: ({}, 200))
    clock.forward(hours=24)
    act(housekeeping.forget_old)
    assert count(Press) == 1
    clock.forward(seconds=1)
    act(housekeeping.forget_old)
    assert count(Press) == 0


def test_a_sign_in_is_forgotten_a_day_after_it_ended(act, count, clock):
    before = count(SignIn)
    clock.forward(days=61)
    act(housekeeping.forget_old)
    assert count(SignIn) == before
    clock.forward(seconds=1)
    act(housekeeping.forget_old)
    assert count(SignIn) == 0


@pytest.mark.parametrize("batch", [1, 3, 200])
def test_old_news_is_forgotten_and_its_streams_say_so(batch, create_ticket, act, row, clock, north, monkeypatch):
    monkeypatch.setattr(housekeeping, "BATCH", batch)
    create_ticket()
    old = row(Stream, f"public-{north.id}").seq
    clock.forward(days=7)
    create_ticket()
    act(housekeeping.forget_old)
    stream = row(Stream, f"public-{north.id}")
    assert (stream.floor, stream.seq) == (old, old + 1)
    kept = act(lambda: list(db.session.scalars(select(StoredEvent.seq).where(StoredEvent.stream == stream.name))))
    assert kept == [old + 1]


def test_a_cursor_before_the_floor_needs_a_snapshot(create_ticket, act, row, clock, north):
    create_ticket()
    name = f"public-{north.id}"
    old = row(Stream, name).seq
    clock.forward(days=7)
    create_ticket()
    act(housekeeping.forget_old)
    with pytest.raises(CursorTooOld):
        act(streams.after, name, old - 1, of_epoch=None)
    assert [line["seq"] for line in act(streams.after, name, old, of_epoch=None).events] == [old + 1]


def test_numbers_go_on_after_everything_was_forgotten(create_ticket, act, row, clock, north):
    create_ticket()
    seq = row(Stream, f"public-{north.id}").seq
    clock.forward(days=30)
    act(housekeeping.forget_old)
    create_ticket()
    assert row(Stream, f"public-{north.id}").seq == seq + 1


def test_young_news_is_kept(create_ticket, act, count, clock):
    create_ticket()
    before = count(StoredEvent)
    clock.forward(days=6, hours=23)
    act(housekeeping.forget_old)
    assert count(StoredEvent) == before
