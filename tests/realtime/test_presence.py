"""Presence: who is connected, on which page, how well; and that silence ends it."""

from types import SimpleNamespace

import pytest

from queueapp import server
from queueapp.realtime import namespaces, streams
from queueapp.realtime import presence as presence_module
from queueapp.realtime.presence import presence


@pytest.fixture
def seconds(monkeypatch):
    """The monotonic clock of heartbeats, moved by hand."""
    import time

    ahead = SimpleNamespace(by=0.0)
    moved = SimpleNamespace(monotonic=lambda: time.monotonic() + ahead.by)
    for module in (presence_module, namespaces):
        monkeypatch.setattr(module, "time", moved)

    def forward(by):
        ahead.by += by

    return forward


@pytest.fixture
def board(listen, north):
    return listen("/monitor", north.board)


def test_a_connection_is_known_by_name_and_namespace(board, north):
    (found,) = presence.all()
    report = found.report()
    assert (report["namespace"], report["who"], report["kind"], report["id"]) == (
        "/monitor", "board 1", "device", north.board.id,
    )  # fmt: skip
    assert report["since"] == "2026-11-17T09:00:00.000Z"
    assert report["sid"] == board.sid


def test_a_visitor_is_known_by_number_and_not_by_secret(listen, create_ticket):
    paper = create_ticket()
    listen("/customer", paper.party)
    report = str(presence.all()[0].report())
    assert "A1" in report
    assert paper.secret not in report


def test_who_leaves_is_forgotten(board):
    board.leave()
    assert presence.all() == []


def test_a_heartbeat_says_how_a_screen_is(board, act):
    heads = act(streams.heads, ["public-1"])
    answer = board.say("heartbeat", {"heads": heads, "page": "/monitor/", "audio": "blocked", "rtt_ms": 12.6})
    assert answer == {"ok": True, "heads": heads, "epoch": act(streams.epoch), "time": "2026-11-17T09:00:00.000Z"}
    report = presence.all()[0].report()
    assert (report["page"], report["audio"], report["rtt_ms"], report["heads"]) == ("/monitor/", "blocked", 13, heads)


def test_what_a_heartbeat_leaves_out_stays(board):
    board.say("heartbeat", {"page": "/monitor/", "audio": "ok", "rtt_ms": 5})
    board.say("heartbeat", {})
    report = presence.all()[0].report()
    assert (report["page"], report["audio"], report["rtt_ms"]) == ("/monitor/", "ok", 5)


def test_turning_a_page_is_known(board):
    assert board.say("page-navigate", {"path": "/monitor/?services=1"})["ok"]
    assert presence.all()[0].page == "/monitor/?services=1"


def test_connections_are_counted_by_namespace_and_branch(listen, north, south):
    listen("/monitor", north.board)
    listen("/monitor", south.board)
    listen("/admin", north.admin)
    assert presence.counts() == {"/kiosk": 0, "/terminal": 0, "/monitor": 2, "/customer": 0, "/admin": 1}
    assert presence.counts(presence.all(north.id))["/monitor"] == 1
    assert presence.counts(presence.all(south.id)) == {**presence.counts(), "/monitor": 1}


def test_two_missed_heartbeats_and_a_screen_is_removed(board, seconds):
    seconds(74)
    server._let_silent_go(30)
    assert board.connected
    seconds(2)
    server._let_silent_go(30)
    assert not board.connected
    assert presence.all() == []


def test_anything_a_screen_says_is_a_sign_of_life(board, listen, north, seconds):
    silent = listen("/kiosk", north.kiosk)
    seconds(60)
    board.say("join-service", {"service_id": north.passports})
    seconds(20)
    server._let_silent_go(30)
    assert (board.connected, silent.connected) == (True, False)


def test_a_removed_screen_hears_nothing_more(board, seconds, create_ticket, app):
    from ..factories import pump

    seconds(100)
    server._let_silent_go(30)
    board.packets()
    create_ticket()
    pump(app)
    assert board.packets() == []


def test_administrators_are_told_who_is_connected(listen, north, south, abroad):
    admin = listen("/admin", north.supervisor)
    foreign = listen("/admin", abroad.supervisor)
    told = server._tell_connections({})
    listen("/monitor", north.board)
    admin.packets()
    foreign.packets()
    server._tell_connections(told)
    (packet,) = admin.packets("connections-updated")
    assert packet.data["branch_id"] == north.id
    assert packet.data["counts"] == {"/kiosk": 0, "/terminal": 0, "/monitor": 1, "/customer": 0, "/admin": 1}
    assert [one.data["branch_id"] for one in foreign.packets("connections-updated")] == [abroad.id]


def test_nothing_is_told_while_nothing_changes(listen, north):
    admin = listen("/admin", north.supervisor)
    told = server._tell_connections({})
    admin.packets()
    assert server._tell_connections(told) == told
    assert admin.packets() == []


def test_a_new_token_keeps_a_person_connected(listen, act, north):
    from queueapp.queries import identity

    screen = listen("/terminal", north.agent)
    mine = act(identity.short_token, north.agent.principal)["access_token"]
    theirs = act(identity.short_token, north.colleague.principal)["access_token"]
    assert screen.say("refresh-token", {"token": mine}) == {"ok": True}
    assert screen.say("refresh-token", {"token": theirs})["code"] == "NotYours"
    assert screen.say("refresh-token", {"token": "rubbish"})["code"] == "WhoAreYou"


def test_going_down_tells_screens_to_come_back_at_different_times(app, listen, north, monkeypatch):
    monkeypatch.setattr(server.runtime, "sleep", lambda _: None)
    screens = [listen("/monitor", north.board) for _ in range(5)]
    server._farewell(app)
    times = [screen.packets("server-stopping")[0].data["retry_in_ms"] for screen in screens]
    assert all(0 <= time < 3000 for time in times)
    assert len(set(times)) > 1
