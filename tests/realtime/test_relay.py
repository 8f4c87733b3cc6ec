"""The relay: everything once and in order, whatever was handed over, and from the database whatever was not."""

import threading

import pytest

from queueapp.extensions import socketio
from queueapp.operations import setup
from queueapp.realtime import streams
from queueapp.realtime.relay import relay

from ..factories import pump


@pytest.fixture
def board(listen, north):
    return listen("/monitor", north.board)


@pytest.fixture
def seqs(app, board):
    """The numbers of what the board was told since the last look."""

    def seqs():
        pump(app)
        return [line["seq"] for line in board.news()]

    return seqs


@pytest.fixture
def head(act, north):
    return lambda stream="public-1": act(streams.heads, [stream])[stream]


def test_news_is_told_to_its_branch_only(create_ticket, listen, heard, north, south, abroad):
    here, next_door, elsewhere = (listen("/monitor", place.board) for place in (north, south, abroad))
    create_ticket()
    assert (heard(here), heard(next_door), heard(elsewhere)) == (["ticket-created"], [], [])


@pytest.mark.parametrize(
    ("namespace", "role", "stream"),
    [
        ("/kiosk", "kiosk", "public-1"), ("/monitor", "board", "public-1"), ("/terminal", "agent", "staff-1"),
        ("/admin", "supervisor", "staff-1"),
    ],
)  # fmt: skip
def test_each_namespace_hears_its_own_stream(namespace, role, stream, create_ticket, desk, app, listen, north):
    screen = listen(namespace, north.party(role))
    create_ticket()
    desk.call_next()
    pump(app)
    lines = screen.news()
    assert [(line["stream"], line["type"]) for line in lines] == [(stream, "ticket-created"), (stream, "ticket-called")]
    assert lines[0]["seq"] + 1 == lines[1]["seq"]


def test_the_name_of_a_packet_is_its_type(create_ticket, app, board):
    create_ticket()
    pump(app)
    assert [(one.name, one.data["type"]) for one in board.packets("ticket-created")] == [("ticket-created",) * 2]


def test_nothing_is_sent_before_the_relays_turn(create_ticket, board):
    create_ticket()
    assert board.news() == []


def test_what_is_handed_over_twice_is_sent_once(create_ticket, seqs, head):
    create_ticket()
    relay._handed.extend(list(relay._handed))
    assert seqs() == [head()]
    assert seqs() == []


def test_what_is_handed_over_late_is_not_sent_again(create_ticket, seqs, head):
    create_ticket()
    late = list(relay._handed)
    create_ticket()
    assert len(seqs()) == 2
    relay.hand_over(late)
    assert seqs() == []


def test_a_lost_hand_over_is_read_from_the_database(create_ticket, seqs, head):
    create_ticket()
    relay._handed.clear()
    create_ticket()
    create_ticket()
    assert seqs() == [head() - 2, head() - 1, head()]


def test_what_is_handed_over_out_of_order_is_sent_in_order(create_ticket, seqs, head):
    for _ in range(3):
        create_ticket()
    relay._handed.reverse()
    assert seqs() == [head() - 2, head() - 1, head()]


def test_the_sweep_finds_what_another_process_wrote(create_ticket, seqs, head):
    seqs()
    create_ticket()
    create_ticket()
    relay._handed.clear()
    assert seqs() == [head() - 1, head()]
    assert seqs() == []


def test_the_sweep_finds_more_than_one_page(app, act, north, seqs, head, monkeypatch):
    monkeypatch.setattr(streams, "PAGE", 3)
    monkeypatch.setattr(streams.read, "__defaults__", (3,))
    seqs()
    before = head()
    for position in range(8):
        act(setup.update_service, north.passports, {"position": position}, actor=north.admin.principal)
    relay._handed.clear()
    assert seqs() == list(range(before + 1, before + 9))


def test_the_sweep_asks_for_heads_only_when_something_was_committed(app, board, monkeypatch, create_ticket):
    pump(app)
    asked = []
    heads = streams.heads
    monkeypatch.setattr(streams, "heads", lambda names: asked.append(names) or heads(names))
    pump(app)
    assert asked == []
    create_ticket()
    pump(app)
    assert len(asked) == 1


def test_a_failure_while_sending_loses_nothing(create_ticket, app, seqs, head, monkeypatch):
    """The line that could not be sent is sent by the next round."""
    create_ticket()
    emit = socketio.emit

    def fail(*args, **options):
        raise ConnectionError("nobody there")

    monkeypatch.setattr(socketio, "emit", fail)
    with pytest.raises(ConnectionError):
        pump(app)
    monkeypatch.setattr(socketio, "emit", emit)
    create_ticket()
    assert seqs() == [head() - 1, head()]


def test_a_screen_that_came_later_is_not_told_the_past(create_ticket, listen, heard, north):
    create_ticket()
    late = listen("/monitor", north.board)
    assert heard(late) == []
    create_ticket()
    assert heard(late) == ["ticket-created"]


def test_everybody_in_a_hall_is_told_the_same(create_ticket, desk, app, listen, north):
    boards = [listen("/monitor", north.board) for _ in range(3)]
    create_ticket()
    desk.call_next()
    pump(app)
    told = [board.news() for board in boards]
    assert told[0] == told[1] == told[2]
    assert len(told[0]) == 2


def test_what_is_sent_is_what_is_stored(create_ticket, desk, app, board, act):
    create_ticket()
    desk.call_next()
    pump(app)
    told = board.news()
    assert told == act(streams.read, "public-1", told[0]["seq"] - 1)


def test_handing_over_never_hurts_who_committed(create_ticket, board, monkeypatch, see):
    monkeypatch.setattr(relay, "_send", None)
    assert see(create_ticket()).status == "waiting"


def test_nobody_listening_costs_nothing(create_ticket, app, act):
    create_ticket()
    pump(app)
    assert set(relay._sent) == {"system"}


def test_a_stream_is_forgotten_when_the_last_screen_leaves(listen, create_ticket, app, north):
    phone, board = listen("/customer", create_ticket().party), listen("/monitor", north.board)
    assert set(relay._sent) == {"system", "public-1", "ticket-1"}
    phone.leave()
    assert set(relay._sent) == {"system", "public-1"}
    board.leave()
    assert set(relay._sent) == {"system"}


# --- phones ------------------------------------------------------------------------------------------------------
@pytest.fixture
def phone(listen, create_ticket):
    paper = create_ticket()
    screen = listen("/customer", paper.party)
    screen.paper = paper
    screen.packets()
    return screen


def test_other_peoples_news_reaches_a_phone_in_one_packet(phone, create_ticket, app, head, act):
    for _ in range(3):
        create_ticket()
    with app.app_context():
        relay.deliver()
        assert phone.packets() == []
        relay.flush()
    (packet,) = phone.packets()
    assert packet.name == "events"
    assert (packet.data["stream"], packet.data["epoch"]) == ("public-1", act(streams.epoch))
    assert (packet.data["from"], packet.data["to"]) == (head() - 3, head())
    assert [line["seq"] for line in packet.data["events"]] == [head() - 2, head() - 1, head()]


def test_a_packet_is_sent_once(phone, create_ticket, app):
    create_ticket()
    pump(app)
    assert len(phone.packets("events")) == 1
    pump(app)
    assert phone.packets("events") == []


def test_ones_own_news_is_told_at_once(phone, desk, app):
    desk.call(phone.paper)
    with app.app_context():
        relay.deliver()
    (packet,) = [packet for packet in phone.packets() if packet.name != "events"]
    assert (packet.name, packet.data["stream"]) == ("ticket-called", f"ticket-{phone.paper.id}")
    assert packet.data["data"]["ticket"]["counter"] == "1"


def test_nobody_hears_another_visitors_own_stream(phone, listen, create_ticket, desk, app):
    stranger = listen("/customer", create_ticket().party)
    desk.call(phone.paper)
    pump(app)
    assert {line["stream"] for line in stranger.news()} == {"public-1"}


def test_a_board_is_not_kept_waiting_by_phones(phone, board, create_ticket, app):
    create_ticket()
    with app.app_context():
        relay.deliver()
    assert [line["type"] for line in board.news()] == ["ticket-created"]


# --- tick --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("namespace", "role", "stream"), [("/monitor", "board", "public-1"), ("/terminal", "agent", "staff-1")]
)
def test_a_tick_says_how_far_the_streams_are(namespace, role, stream, listen, app, act, north, head):
    screen = listen(namespace, north.party(role))
    screen.packets()
    with app.app_context():
        relay.tick()
    (tick,) = screen.packets()
    assert tick.name == "tick"
    assert tick.data == {
        "epoch": act(streams.epoch),
        "time": "2026-11-17T09:00:00.000Z",
        "heads": {stream: head(stream)},
    }


def test_a_tick_shows_a_last_line_that_was_lost(board, create_ticket, app, head):
    """Nothing newer will come to show the gap: only the head can."""
    create_ticket()
    relay._handed.clear()
    with app.app_context():
        relay.tick()
    assert board.packets("tick")[0].data["heads"] == {"public-1": head()}


def test_a_phone_hears_the_heads_of_both_its_streams(phone, app):
    with app.app_context():
        relay.tick()
    heads = {}
    for packet in phone.packets("tick"):
        heads.update(packet.data["heads"])
    assert set(heads) == {"public-1", f"ticket-{phone.paper.id}"}


# --- the loop ----------------------------------------------------------------------------------------------------
def test_the_running_relay_tells_without_being_asked(app, board, create_ticket, monkeypatch):
    told = threading.Event()
    send = relay._send
    monkeypatch.setattr(relay, "_send", lambda line: (send(line), told.set()))
    loop = threading.Thread(target=relay.run, args=(app,))
    loop.start()
    try:
        create_ticket()
        assert told.wait(10)
    finally:
        relay.stop()
        loop.join(10)
    assert not loop.is_alive()
    assert [line["type"] for line in board.news()] == ["ticket-created"]


def test_the_running_relay_survives_a_failure(app, board, create_ticket, monkeypatch):
    failed, told = threading.Event(), threading.Event()
    send = relay._send

    def fail_once(line):
        if not failed.is_set():
            failed.set()
            raise ConnectionError("once")
        send(line)
        told.set()

    monkeypatch.setattr(relay, "_send", fail_once)
    loop = threading.Thread(target=relay.run, args=(app,))
    loop.start()
    try:
        create_ticket()
        assert failed.wait(10)
        create_ticket()
        assert told.wait(10)
    finally:
        relay.stop()
        loop.join(10)
    pump(app)
    lines = board.news()
    assert [line["seq"] for line in lines] == sorted({line["seq"] for line in lines})
    assert len(lines) == 2
