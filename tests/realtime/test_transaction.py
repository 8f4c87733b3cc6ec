"""The one way to change anything: change and news together or neither, numbered without gaps, in commit order."""

import sqlite3
import threading

import pytest
from sqlalchemy import select, text

from queueapp.access import SYSTEM
from queueapp.errors import NobodyIsWaiting, NothingToUndo, TicketHasChanged, TryAgainSoon, refuse
from queueapp.extensions import db
from queueapp.models import Service, StoredEvent, Stream, Ticket
from queueapp.operations import calls
from queueapp.realtime import streams, transaction
from queueapp.realtime.events import ServiceUpdated
from queueapp.realtime.relay import relay
from queueapp.realtime.transaction import transaction as begin

from ..factories import issue


class Crash(Exception):
    """Something nobody expected."""


@pytest.fixture
def rename(app, north):
    """Give a service a new position and announce it; what happens then is the caller's."""

    def rename(position, then=lambda: None):
        with app.app_context(), begin(SYSTEM) as announce:
            service = db.session.get_one(Service, north.passports)
            service.position = position
            announce(ServiceUpdated, service)
            then()

    return rename


@pytest.fixture
def position(row, north):
    return lambda: row(Service, north.passports).position


@pytest.fixture
def public(act, north):
    """Numbers of the public stream, and its counter."""

    def public():
        stream = f"public-{north.id}"
        stored = select(StoredEvent.seq).where(StoredEvent.stream == stream).order_by(StoredEvent.seq)
        return list(db.session.scalars(stored)), db.session.get_one(Stream, stream).seq

    return lambda: act(public)


def test_change_and_news_are_committed_together(rename, position, written):
    rename(5)
    assert position() == 5
    assert written() == [("public-1", "service-updated"), ("staff-1", "service-updated")]


@pytest.mark.parametrize("why", [Crash, NothingToUndo, KeyboardInterrupt])
def test_a_failure_takes_back_change_and_news(why, rename, position, written, listen, heard, north):
    board = listen("/monitor", north.board)

    def fail():
        raise why

    with pytest.raises(why):
        rename(5, fail)
    assert (position(), written(), heard(board)) == (0, [], [])


def test_numbers_have_no_gaps_however_much_is_taken_back(rename, public):
    def fail():
        raise Crash

    numbers, _ = public()
    for position in range(6):
        if position % 2:
            rename(position)
        else:
            with pytest.raises(Crash):
                rename(position, fail)
    last = numbers[-1]
    assert public() == ([*numbers, last + 1, last + 2, last + 3], last + 3)


def test_nothing_is_handed_over_before_the_commit(rename, north):
    seen = []
    rename(5, lambda: seen.append(len(relay._handed)))
    assert seen == [0]
    assert len(relay._handed) == 2


def test_what_is_announced_is_frozen_at_that_moment(app, north, act):
    with app.app_context(), begin(SYSTEM) as announce:
        service = db.session.get_one(Service, north.passports)
        for position in (1, 2):
            service.position = position
            announce(ServiceUpdated, service)
    lines = act(streams.read, "public-1", 0)[-2:]
    assert [line["data"]["service"]["position"] for line in lines] == [1, 2]


def test_an_operation_inside_another_fails_with_it(act, north, create_ticket, desk, see, written):
    ticket = create_ticket()
    written()

    def call_and_crash():
        with begin(north.agent.principal):
            calls.call_next(north.one, actor=north.agent.principal)
            raise Crash

    with pytest.raises(Crash):
        act(call_and_crash)
    assert (see(ticket).status, written()) == ("waiting", [])


def test_a_change_outside_a_transaction_is_a_mistake_that_shows(act, north):
    def change_then_begin():
        db.session.get_one(Service, north.passports).position = 9
        with begin(SYSTEM):
            pass

    with pytest.raises(RuntimeError):
        act(change_then_begin)


def test_a_change_without_a_transaction_is_never_kept(app, north, position):
    with app.app_context():
        db.session.get_one(Service, north.passports).position = 9
    assert position() == 0


def test_a_row_changed_behind_our_back_is_not_overwritten(act, create_ticket, see):
    """Compare-and-set on the version: the other change is kept, this one is refused."""
    ticket = create_ticket()

    def overwrite():
        with begin(SYSTEM):
            row = db.session.get_one(Ticket, ticket.id)
            db.session.execute(text("UPDATE ticket SET version = version + 1"))
            row.note = "ours"

    with pytest.raises(TicketHasChanged):
        act(overwrite)
    assert see(ticket).note is None


def test_after_a_failure_the_next_transaction_begins(rename, position):
    def fail():
        raise Crash

    for _ in range(3):
        with pytest.raises(Crash):
            rename(1, fail)
    rename(7)
    assert position() == 7


def test_a_writer_stands_behind_another_process_and_then_refuses(app, rename, position, monkeypatch):
    monkeypatch.setattr(transaction, "_BUSY_FOR_S", 0.05)
    other = sqlite3.connect(app.config["DATABASE_URL"].removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(TryAgainSoon):
        rename(5)
    other.execute("ROLLBACK")
    other.close()
    rename(6)
    assert position() == 6


def test_a_writer_goes_on_as_soon_as_the_other_process_is_done(app, rename, position):
    other = sqlite3.connect(app.config["DATABASE_URL"].removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    asked = threading.Event()
    waiting = threading.Thread(target=lambda: (asked.set(), rename(5)))
    waiting.start()
    asked.wait(5)
    other.execute("ROLLBACK")
    waiting.join(10)
    other.close()
    assert position() == 5


def test_a_reader_reads_while_somebody_writes(app, rename, north):
    seen = []

    def look():
        with app.app_context():
            seen.append(db.session.get_one(Service, north.passports).position)

    def look_beside():
        reader = threading.Thread(target=look)
        reader.start()
        reader.join(10)

    rename(5, look_beside)
    assert seen == [0]


def _at_once(*jobs):
    """All of them, released at the same moment; gives what each said or raised."""
    barrier, said = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(index, job):
        barrier.wait(10)
        try:
            said[index] = job()
        except Exception as why:
            said[index] = why

    threads = [threading.Thread(target=run, args=one) for one in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return said


def test_two_agents_never_get_the_same_ticket(create_ticket, desk, second_desk):
    for _ in range(10):
        waiting = [create_ticket().id, create_ticket().id]
        called = _at_once(desk.call_next, second_desk.call_next)
        assert sorted(ticket.id for ticket in called) == waiting
        for at in (desk, second_desk):
            at.start()
            at.complete()


def test_the_last_ticket_is_called_once(create_ticket, desk, second_desk):
    for _ in range(5):
        ticket = create_ticket()
        called = _at_once(desk.call_next, second_desk.call_next)
        assert sorted(type(one).__name__ for one in called) == ["NobodyIsWaiting", "Ticket"]
        at = desk if isinstance(called[1], NobodyIsWaiting) else second_desk
        at.cancel(at.miss() and ticket)


def test_tickets_taken_at_once_have_numbers_and_news_of_their_own(app, north, public):
    papers = _at_once(*[lambda: issue(app, north, north.passports)] * 6)
    assert sorted(paper.number for paper in papers) == [f"A{number}" for number in range(1, 7)]
    numbers, head = public()
    assert numbers == list(range(1, head + 1))


def test_a_refusal_inside_leaves_the_hall_usable(app, desk, create_ticket):
    with app.app_context(), pytest.raises(NothingToUndo), begin(SYSTEM):
        refuse(NothingToUndo)
    create_ticket()
    assert desk.call_next().status == "called"
