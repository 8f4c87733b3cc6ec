"""Namespaces: who comes in, what they hear by coming in, which rooms they may join, and when they are put out."""

from itertools import product

import pytest

from queueapp.access import POLICY
from queueapp.operations import devices, people, setup, signing
from queueapp.queries import identity
from queueapp.realtime.presence import presence
from queueapp.realtime.rooms import NAMESPACES

from ..factories import NOBODY, Party, pump

PARTIES = ("agent", "supervisor", "admin", "kiosk", "board", "station", "ticket", "anonymous")


@pytest.fixture
def party(north, create_ticket):
    """Somebody of the north, by role."""

    def party(role):
        if role == "anonymous":
            return NOBODY
        return create_ticket().party if role == "ticket" else north.party(role)

    return party


@pytest.fixture
def token(act):
    """A short token of a party."""
    return lambda who: {"token": act(identity.short_token, who.principal)["access_token"]}


@pytest.mark.parametrize(("namespace", "role"), list(product(NAMESPACES, PARTIES)))
def test_the_policy_table_decides_who_comes_in(namespace, role, listen, party):
    screen = listen(namespace, party(role))
    assert screen.connected is (role in POLICY[namespace])
    assert len(presence.all()) == screen.connected


@pytest.mark.parametrize(("namespace", "role"), list(product(NAMESPACES, PARTIES[:-1])))
def test_a_short_token_opens_the_same_doors(namespace, role, listen, party, token):
    who = party(role)
    assert listen(namespace, NOBODY, auth=token(who)).connected is (role in POLICY[namespace])


# The same by hand, so that a row of the table is not changed by accident.
@pytest.mark.parametrize(
    ("namespace", "roles"),
    [
        ("/kiosk", "agent supervisor admin kiosk"),
        ("/terminal", "agent supervisor admin"),
        ("/monitor", "agent supervisor admin kiosk board station"),
        ("/customer", "agent supervisor admin ticket"),
        ("/admin", "supervisor admin"),
    ],
)
def test_the_policy_of_namespaces_is_the_promised_one(namespace, roles):
    assert POLICY[namespace] == set(roles.split())


def test_there_is_no_other_namespace(listen, north):
    for namespace in ("/", "/public", "/terminal/1", "/ADMIN"):
        assert not listen(namespace, north.admin).connected


@pytest.mark.parametrize("auth", [{"token": "wrong"}, {"token": ""}, {"token": 7}, {"token": None}, {}, [], "token", 3])
def test_a_bad_credential_comes_in_nowhere(auth, listen):
    assert not listen("/monitor", NOBODY, auth=auth).connected


def test_a_forged_or_expired_token_comes_in_nowhere(listen, north, token, clock):
    import jwt

    forged = jwt.encode({"sub": "device-1", "exp": 4_000_000_000}, "x" * 32, algorithm="HS256")
    unsigned = jwt.encode({"sub": "device-1", "exp": 4_000_000_000}, None, algorithm="none")
    for text in (forged, unsigned):
        assert not listen("/monitor", NOBODY, auth={"token": text}).connected
    good = token(north.board)
    clock.forward(minutes=15, seconds=1)
    assert not listen("/monitor", NOBODY, auth=good).connected


def test_a_refused_screen_is_told_why(app, north):
    from socketio import packet

    from queueapp.extensions import socketio

    from ..factories import open_client

    told = []
    client = socketio.test_client(app, namespace="/terminal", flask_test_client=open_client(app, NOBODY))
    socketio.server._send_packet = lambda _, sent: told.append(sent)
    client.connect(namespace="/admin", auth={"token": north.board.secret})
    refusals = [sent.data for sent in told if sent.packet_type == packet.CONNECT_ERROR]
    assert [refusal["data"] for refusal in refusals] == [{"code": "NotYours"}]


@pytest.mark.parametrize(
    ("namespace", "role", "expected"),
    [
        ("/kiosk", "kiosk", ["public-1"]), ("/monitor", "board", ["public-1"]), ("/monitor", "agent", ["public-1"]),
        ("/terminal", "agent", ["staff-1"]), ("/admin", "supervisor", ["staff-1"]),
        ("/admin", "admin", ["staff-1", "staff-2"]), ("/monitor", "admin", ["public-1", "public-2"]),
        ("/customer", "ticket", ["public-1", "ticket-1"]),
    ],
)  # fmt: skip
def test_coming_in_subscribes_to_what_is_allowed_and_no_more(namespace, role, expected, listen, party, act):
    from queueapp.realtime import streams

    screen = listen(namespace, party(role))
    (welcome,) = screen.packets("welcome")
    assert welcome.data["streams"] == expected
    assert welcome.data["heads"] == act(streams.heads, expected)
    assert (welcome.data["epoch"], welcome.data["sid"]) == (act(streams.epoch), screen.sid)


# --- rooms -------------------------------------------------------------------------------------------------------
REFUSED = [
    # namespace, role, room, code: another organisation does not exist, another branch is not yours
    ("/kiosk", "kiosk", "service-{south.passports}", "NotYours"),
    ("/kiosk", "kiosk", "service-{abroad.passports}", "NoSuchThing"),
    ("/terminal", "agent", "counter-{south.one}", "NotYours"),
    ("/terminal", "agent", "counter-{abroad.one}", "NoSuchThing"),
    ("/terminal", "agent", "branch-{south.id}", "NotYours"),
    ("/terminal", "agent", "branch-{abroad.id}", "NoSuchThing"),
    ("/admin", "admin", "staff-{abroad.id}", "NoSuchThing"),
    ("/monitor", "board", "public-{abroad.id}", "NoSuchThing"),
    ("/monitor", "board", "staff-{north.id}", "NotYours"),
    ("/kiosk", "kiosk", "staff-{north.id}", "NotYours"),
    ("/customer", "ticket", "staff-{north.id}", "NotYours"),
    ("/customer", "ticket", "branch-{south.id}", "NotYours"),
    ("/customer", "ticket", "ticket-999", "NotYours"),
    ("/terminal", "agent", "ticket-1", "NotYours"),
    ("/terminal", "agent", "system", "NoSuchThing"),
    ("/terminal", "agent", "system-1", "NoSuchThing"),
    ("/terminal", "agent", "user-1", "NoSuchThing"),
    ("/terminal", "agent", "service-0", "NoSuchThing"),
    ("/terminal", "agent", "service-99999", "NoSuchThing"),
    ("/terminal", "agent", "service-²", "NoSuchThing"),
    ("/terminal", "agent", "service-" + "9" * 30, "NoSuchThing"),
    ("/terminal", "agent", "service-1-2", "NoSuchThing"),
    ("/terminal", "agent", "-", "NoSuchThing"),
]


@pytest.mark.parametrize(("namespace", "role", "room", "code"), REFUSED)
def test_a_room_that_is_not_yours_is_refused(namespace, role, room, code, listen, party, world):
    screen = listen(namespace, party(role))
    answer = screen.say("join-room", {"room": room.format(**vars(world))})
    assert (answer["ok"], answer["code"]) == (False, code)
    assert screen.say("leave-room", {"room": room.format(**vars(world))})["code"] == code


def test_another_screens_id_is_not_a_room(listen, north):
    """A socket id is a room to the library: joining it would be listening to somebody else's private answers."""
    victim, spy = listen("/monitor", north.board), listen("/monitor", north.board)
    assert spy.say("join-room", {"room": victim.sid})["code"] == "NoSuchThing"


@pytest.mark.parametrize("event", ["join-service", "join-counter"])
def test_the_short_forms_refuse_alike(event, listen, world, north):
    screen = listen("/terminal", north.agent)
    field = {"join-service": ("service_id", "passports"), "join-counter": ("counter_id", "one")}[event]
    codes = [
        screen.say(event, {field[0]: getattr(place, field[1])}).get("code")
        for place in (world.north, world.south, world.abroad)
    ]
    assert codes == [None, "NotYours", "NoSuchThing"]


def test_what_was_taken_out_has_no_room(listen, act, north):
    act(setup.delete_service, north.permits, actor=north.admin.principal)
    screen = listen("/terminal", north.agent)
    assert screen.say("join-service", {"service_id": north.permits})["code"] == "NoSuchThing"


def test_a_branch_room_is_the_stream_that_the_namespace_may_hear(listen, north):
    assert listen("/terminal", north.agent).say("join-room", {"room": "branch-1"})["stream"] == "staff-1"
    assert listen("/monitor", north.agent).say("join-room", {"room": "branch-1"})["stream"] == "public-1"


def test_a_person_of_the_organisation_can_listen_to_one_branch_less(listen, create_ticket, heard, north, south):
    screen = listen("/admin", north.admin)
    assert screen.say("leave-room", {"room": "staff-2"})["ok"]
    create_ticket(south)
    assert heard(screen) == []
    screen.say("join-room", {"room": "staff-2"})
    create_ticket(south)
    assert heard(screen) == ["ticket-created"]


# --- being put out -----------------------------------------------------------------------------------------------
def test_a_revoked_device_is_put_out_at_once(listen, act, app, north):
    board, kiosk = listen("/monitor", north.board), listen("/kiosk", north.kiosk)
    act(devices.revoke, north.board.id, actor=north.admin.principal)
    pump(app)
    assert (board.connected, kiosk.connected) == (False, True)
    assert [one.principal for one in presence.all()] == [north.kiosk.principal]


def test_who_signs_out_is_put_out_everywhere_and_nobody_else(listen, act, app, north):
    terminal, admin = listen("/terminal", north.supervisor), listen("/admin", north.supervisor)
    colleague = listen("/terminal", north.agent)
    act(signing.sign_out, north.supervisor.principal)
    pump(app)
    assert [screen.connected for screen in (terminal, admin, colleague)] == [False, False, True]


def test_signing_out_here_leaves_the_other_sign_in_open(listen, act, app, north):
    _, secret, principal = act(signing.sign_in, north.agent.username, "a good long password")
    here, there = listen("/terminal", north.agent), listen("/terminal", Party(principal, secret))
    act(signing.sign_out, principal)
    pump(app)
    assert (here.connected, there.connected) == (True, False)


@pytest.mark.parametrize("values", [{"is_active": False}, {"role": "supervisor"}, {"password": "quite another one"}])
def test_who_loses_access_is_put_out(values, listen, act, app, north):
    screen = listen("/terminal", north.agent)
    act(people.update, north.agent.id, dict(values), actor=north.admin.principal)
    pump(app)
    assert not screen.connected


def test_who_was_put_out_hears_nothing_more(listen, act, app, north, create_ticket):
    board = listen("/monitor", north.board)
    act(devices.revoke, north.board.id, actor=north.admin.principal)
    pump(app)
    board.packets()
    create_ticket()
    pump(app)
    assert board.packets() == []


def test_a_revocation_by_another_server_closes_sockets_here(listen, act, app, north):
    """It comes through the stream, so a lost hand-over does not matter."""
    from queueapp.realtime.relay import relay

    board = listen("/monitor", north.board)
    pump(app)
    act(devices.revoke, north.board.id, actor=north.admin.principal)
    relay._handed.clear()
    pump(app)
    assert not board.connected


def test_nobody_can_listen_to_revocations(listen, north, act, app):
    screen = listen("/admin", north.admin)
    assert screen.say("resume", {"epoch": "x", "after": {"system": 0}})["code"] == "NoSuchThing"
    act(devices.revoke, north.board.id, actor=north.admin.principal)
    pump(app)
    assert screen.news() == []
