"""Resuming: exactly what was missed, or a clear "start over"; and the same over REST."""

import threading

import pytest
from sqlalchemy import text

from queueapp.access import SYSTEM
from queueapp.extensions import db
from queueapp.models import Service
from queueapp.operations import housekeeping
from queueapp.realtime import streams
from queueapp.realtime.events import ServiceUpdated
from queueapp.realtime.transaction import transaction

from ..factories import pump


@pytest.fixture
def epoch(act):
    return act(streams.epoch)


@pytest.fixture
def head(act):
    return lambda stream="public-1": act(streams.heads, [stream])[stream]


@pytest.fixture
def board(listen, north):
    return listen("/monitor", north.board)


@pytest.fixture
def resume(board, epoch):
    """The board asks for what came after a number."""
    return lambda after, of=epoch, stream="public-1": board.say("resume", {"epoch": of, "after": {stream: after}})


@pytest.fixture
def catch_up(door, north):
    """The same over REST, as the north's board."""

    def catch_up(who=north.board, branch=north.id, **query):
        return door(who).get(f"/api/branches/{branch}/events", query_string=query)

    return catch_up


def test_exactly_what_was_missed_is_given_in_order(resume, create_ticket, head, act):
    before = head()
    for _ in range(3):
        create_ticket()
    answer = resume(before)
    part = answer["streams"]["public-1"]
    assert (answer["ok"], part["from"], part["to"]) == (True, before, before + 3)
    assert part["events"] == act(streams.read, "public-1", before)
    assert [line["seq"] for line in part["events"]] == [before + 1, before + 2, before + 3]


def test_who_missed_nothing_gets_nothing(resume, head, epoch):
    assert resume(head()) == {
        "ok": True, "epoch": epoch, "streams": {"public-1": {"from": head(), "to": head(), "events": []}},
    }  # fmt: skip


@pytest.mark.parametrize("of", ["", "another", "0" * 16])
def test_a_cursor_of_another_history_starts_over(of, resume, head, epoch):
    assert resume(head(), of) == {"ok": True, "reset": True, "epoch": epoch}


def test_a_number_that_was_never_given_starts_over(resume, head):
    """The database was restored from a backup that is older than the screen."""
    assert resume(head() + 1)["reset"] is True


def test_what_is_no_longer_kept_starts_over(resume, create_ticket, act, clock, head):
    old = head()
    clock.forward(days=7, seconds=1)
    create_ticket()
    act(housekeeping.forget_old)
    assert resume(old - 1)["reset"] is True
    assert [line["seq"] for line in resume(old)["streams"]["public-1"]["events"]] == [old + 1]


@pytest.fixture
def long_ago(act, north, head):
    """Exactly 500 lines came since."""
    before = head()

    def edit():
        with transaction(SYSTEM) as announce:
            service = db.session.get_one(Service, north.passports)
            for _ in range(500):
                announce(ServiceUpdated, service)

    act(edit)
    return before


def test_five_hundred_lines_are_given_and_one_more_starts_over(long_ago, resume, head):
    assert len(resume(long_ago)["streams"]["public-1"]["events"]) == 500
    assert resume(long_ago - 1)["reset"] is True


def test_several_streams_are_resumed_at_once(listen, create_ticket, desk, epoch, head):
    paper = create_ticket()
    phone = listen("/customer", paper.party)
    before = {"public-1": head(), f"ticket-{paper.id}": head(f"ticket-{paper.id}")}
    desk.call(paper)
    parts = phone.say("resume", {"epoch": epoch, "after": before})["streams"]
    assert {name: [line["type"] for line in part["events"]] for name, part in parts.items()} == {
        "public-1": ["ticket-called"], f"ticket-{paper.id}": ["ticket-called"],
    }  # fmt: skip


def test_one_stream_that_can_not_go_on_resets_all(listen, create_ticket, epoch, head):
    paper = create_ticket()
    phone = listen("/customer", paper.party)
    answer = phone.say("resume", {"epoch": epoch, "after": {"public-1": head(), f"ticket-{paper.id}": 99}})
    assert answer == {"ok": True, "reset": True, "epoch": epoch}


def test_nothing_falls_between_reading_and_listening(listen, north, epoch, create_ticket, head, app, monkeypatch):
    """Somebody commits right after the answer was read: joined first, so it comes by itself."""
    terminal, before = listen("/terminal", north.agent), head()
    read = streams.read

    def read_and_lose_the_race(*args):
        found = read(*args)
        monkeypatch.setattr(streams, "read", read)
        race = threading.Thread(target=create_ticket)
        race.start()
        race.join(10)
        return found

    create_ticket()
    monkeypatch.setattr(streams, "read", read_and_lose_the_race)
    answered = terminal.say("resume", {"epoch": epoch, "after": {"public-1": before}})["streams"]["public-1"]
    pump(app)
    later = [line["seq"] for line in terminal.news() if line["stream"] == "public-1"]
    assert ([line["seq"] for line in answered["events"]], later) == ([before + 1], [before + 2])


@pytest.mark.parametrize(
    ("stream", "code"),
    [
        ("staff-1", "NotYours"), ("public-2", "NotYours"), ("staff-2", "NotYours"), ("public-3", "NoSuchThing"),
        ("staff-3", "NoSuchThing"), ("ticket-1", "NotYours"), ("system", "NoSuchThing"), ("public-99", "NoSuchThing"),
        ("public-", "NoSuchThing"), ("", "InvalidInput"), ("public-1; --", "NoSuchThing"), ("public-²", "NoSuchThing"),
        ("public--1", "NoSuchThing"), ("public-1.0", "NoSuchThing"), ("service-1", "NoSuchThing"),
        ("x" * 41, "InvalidInput"),
    ],
)  # fmt: skip
def test_nobody_resumes_a_stream_that_is_not_theirs(stream, code, board, epoch, create_ticket, catch_up):
    create_ticket()
    answer = board.say("resume", {"epoch": epoch, "after": {stream: 0}})
    assert (answer["ok"], answer["code"]) == (False, code)
    assert "events" not in answer
    if stream:
        over_rest = catch_up(stream=stream, after=0)
        assert over_rest.json["code"] == code
        assert over_rest.status_code == {"NotYours": 403, "NoSuchThing": 404, "InvalidInput": 422}[code]


def test_a_foreign_stream_among_ones_own_refuses_the_whole(board, epoch, create_ticket, heard):
    answer = board.say("resume", {"epoch": epoch, "after": {"public-1": 0, "staff-1": 0}})
    assert answer["code"] == "NotYours"
    create_ticket()
    assert heard(board) == ["ticket-created"]


def test_a_visitor_resumes_their_own_ticket_and_no_other(listen, create_ticket, epoch):
    mine, other = create_ticket(), create_ticket()
    phone = listen("/customer", mine.party)
    assert phone.say("resume", {"epoch": epoch, "after": {f"ticket-{mine.id}": 0}})["ok"]
    answer = phone.say("resume", {"epoch": epoch, "after": {f"ticket-{other.id}": 0}})
    assert answer["code"] == "NotYours"


# --- over REST ---------------------------------------------------------------------------------------------------
def test_catching_up_over_rest_gives_the_same_lines(catch_up, resume, create_ticket, head, epoch):
    before = head()
    create_ticket()
    create_ticket()
    answer = catch_up(stream="public-1", epoch=epoch, after=before)
    part = resume(before)["streams"]["public-1"]
    assert answer.status_code == 200
    assert answer.json == {"epoch": epoch, "stream": "public-1", "head": head(), **part}


def test_the_branchs_public_stream_is_what_is_meant(catch_up, head):
    assert catch_up().json["stream"] == "public-1"
    assert catch_up().json["to"] == head()


def test_a_limit_gives_a_page_that_can_be_turned(catch_up, create_ticket, head, epoch):
    before = head()
    for _ in range(5):
        create_ticket()
    seen, after = [], before
    while after < head():
        page = catch_up(after=after, epoch=epoch, limit=2).json
        seen += [line["seq"] for line in page["events"]]
        assert len(page["events"]) <= 2
        after = page["to"]
    assert seen == list(range(before + 1, head() + 1))


@pytest.mark.parametrize("query", [{"epoch": "another"}, {"after": 10_000}])
def test_a_cursor_that_can_not_go_on_is_gone(query, catch_up):
    answer = catch_up(**query)
    assert (answer.status_code, answer.json["code"]) == (410, "CursorTooOld")


def test_an_epoch_of_digits_is_an_epoch(catch_up, act, app):
    """A random hexadecimal word has no letter once in two thousand times."""
    with app.app_context():
        db.session.execute(text("UPDATE fact SET value = '1234567890123456' WHERE name = 'epoch'"))
        db.session.commit()
    answer = catch_up(epoch="1234567890123456")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "query",
    [{"after": "x"}, {"after": -1}, {"limit": 0}, {"limit": 501}, {"after": "²"}, {"unknown": 1}, {"after": "9" * 30}],
)
def test_nonsense_in_the_query_is_named(query, catch_up):
    answer = catch_up(**query)
    assert (answer.status_code, answer.json["code"]) == (422, "InvalidInput")
    assert set(answer.json["errors"]) == set(query)


def test_the_address_and_the_stream_have_to_agree(catch_up, north, create_ticket):
    assert catch_up(who=north.admin, branch=2, stream="public-1").status_code == 404
    paper = create_ticket()
    assert catch_up(who=paper.party, stream=f"ticket-{paper.id}").status_code == 200
    assert catch_up(who=paper.party, branch=2, stream=f"ticket-{paper.id}").status_code == 403


@pytest.mark.parametrize(
    ("place", "role", "stream", "status"),
    [
        ("north", "agent", "staff-1", 200), ("north", "supervisor", "staff-1", 200), ("north", "admin", "staff-1", 200),
        ("north", "kiosk", "staff-1", 403), ("north", "kiosk", "public-1", 200), ("north", "station", "public-1", 200),
        ("south", "agent", "public-1", 403), ("south", "admin", "staff-1", 200), ("south", "board", "public-1", 403),
        ("abroad", "agent", "public-1", 404), ("abroad", "admin", "staff-1", 404), ("abroad", "board", "public-1", 404),
    ],
)  # fmt: skip
def test_who_may_catch_up_on_what(place, role, stream, status, catch_up, world):
    assert catch_up(who=getattr(world, place).party(role), stream=stream).status_code == status


def test_nobody_anonymous_catches_up(door, north):
    assert door().get(f"/api/branches/{north.id}/events").status_code == 401
