"""Whatever a screen says, it is answered, and this screen, the process and every other screen go on."""

import pytest

from queueapp.operations import signing
from queueapp.realtime.namespaces import SAYS
from queueapp.realtime.presence import presence
from queueapp.realtime.rooms import NAMESPACES

from ..factories import pump

NONSENSE = [
    None, True, 0, -1, 1.5, 10**30, "", "text", "\x00", "\ud83d\ude00" * 100, [], [[]], [1, 2], {}, {"": ""},
    {"room": None}, {"room": []}, {"room": {"a": 1}}, {"room": 5}, {"room": "x" * 100_000}, {"room": "\x00"},
    {"service_id": "1"}, {"service_id": 1.0}, {"service_id": True}, {"service_id": -1}, {"service_id": 10**30},
    {"counter_id": [1]}, {"epoch": 5, "after": {}}, {"epoch": "x", "after": []},
    {"epoch": "x", "after": {"public-1": "0"}},
    {"epoch": "x", "after": {"public-1": -1}}, {"epoch": "x", "after": {"public-1": None}},
    {"epoch": "x", "after": {f"public-{n}": 0 for n in range(101)}}, {"heads": [1]}, {"heads": {"a": "b"}},
    {"heads": {}, "rtt_ms": "fast"}, {"heads": {}, "rtt_ms": -1}, {"heads": {}, "audio": "loud"}, {"path": 7},
    {"path": "x" * 201}, {"token": 5}, {"token": ""}, {"token": "a.b.c"}, {"unknown": 1}, {"__class__": "x"},
    {"path": "half \ud800"}, {"heads": {}, "page": "\udfff"}, {"room": "\ud800"}, {"\ud800": 1},
]  # fmt: skip


@pytest.fixture
def screen(listen, north):
    return listen("/terminal", north.agent)


@pytest.fixture
def works(create_ticket, heard, listen, north):
    """This screen, and one beside it, still hear and are still answered."""
    beside = listen("/monitor", north.board)

    def works(screen):
        create_ticket()
        assert heard(screen)[-1] == heard(beside)[-1] == "ticket-created"
        assert screen.say("heartbeat", {})["ok"] is True

    return works


@pytest.mark.parametrize("event", SAYS)
def test_nonsense_is_answered_and_life_goes_on(event, screen, works):
    for payload in NONSENSE:
        answer = screen.say(event, payload)
        assert isinstance(answer["ok"], bool), payload
        assert answer["ok"] or (answer["code"] and answer["detail"]), payload
    works(screen)


def test_half_a_character_reaches_nobody_elses_screen(screen, door, north):
    """Stored as a page's name it would have broken the administrator's list of connections."""
    assert screen.say("page-navigate", {"path": "half \ud800"})["code"] == "MalformedRequest"
    assert door(north.supervisor).get("/api/admin/connections").status_code == 200


@pytest.mark.parametrize("event", SAYS)
def test_no_payload_and_too_many_payloads_are_answered(event, screen, works):
    assert screen.say(event)["ok"] is (event == "heartbeat")
    for payloads in ([{}, {}], [{}, 1, "x"], [[]] * 5):
        assert screen.say(event, *payloads)["code"] == "MalformedRequest"
    works(screen)


@pytest.mark.parametrize("namespace", NAMESPACES)
@pytest.mark.parametrize("event", ["call-next", "ticket-called", "join", "message", "json", "", "x" * 1000, "__init__"])
def test_an_unknown_event_is_answered_as_unknown(namespace, event, listen, north, create_ticket):
    who = create_ticket().party if namespace == "/customer" else north.admin
    answer = listen(namespace, who).say(event, {"counter_id": 1})
    assert (answer["ok"], answer["code"]) == (False, "UnknownEvent")


@pytest.mark.parametrize("event", ["connect", "disconnect"])
def test_the_librarys_own_events_can_not_be_played(event, screen, works, listen, act, app, north):
    """Otherwise a screen could drop out of presence and go on listening after its access ended."""
    screen.say(event, {"token": north.admin.secret})
    assert [one.principal for one in presence.all() if one.namespace == "/terminal"] == [north.agent.principal]
    works(screen)
    act(signing.sign_out, north.agent.principal)
    pump(app)
    assert not screen.connected


def test_a_screen_that_wants_no_answer_hears_of_its_mistake(screen):
    screen.packets()
    screen.client.emit("join-room", {"room": 5}, namespace="/terminal")
    (told,) = screen.packets()
    assert told.name == "error"
    assert (told.data["event"], told.data["code"]) == ("join-room", "InvalidInput")
    assert set(told.data["errors"]) == {"room"}


def test_a_shape_mistake_names_its_fields(screen):
    answer = screen.say("resume", {"after": {"public-1": "x"}, "more": 1})
    assert (answer["code"], set(answer["errors"])) == ("InvalidInput", {"epoch", "after", "more"})


def test_a_fault_of_ours_is_answered_without_its_inside(screen, monkeypatch, works):
    from queueapp.realtime import namespaces

    schema, _ = SAYS["page-navigate"]
    monkeypatch.setitem(namespaces.SAYS, "page-navigate", (schema, lambda *_, **__: 1 / 0))
    answer = screen.say("page-navigate", {"path": "/terminal/"})
    assert (answer["ok"], answer["code"]) == (False, "MalformedRequest")
    assert "division" not in str(answer)
    works(screen)


def test_no_socket_event_changes_business_data(screen, written, create_ticket):
    create_ticket()
    written()
    for event in (*SAYS, "call-next", "call", "complete", "open"):
        screen.say(event, {"counter_id": 1, "ticket_id": 1})
    assert written() == []
