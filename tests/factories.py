"""The world that tests live in, and the few ways to act in it.

Two organisations, three branches: `north` and `south` belong to one, `abroad` to another, so that every access test has
its three parties. Each branch has the same people, screens, services and counters, made once per session.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import time_machine
from flask import Flask
from flask.testing import FlaskClient

from queueapp.access import SYSTEM, Principal
from queueapp.clock import now
from queueapp.extensions import db, socketio
from queueapp.models import Organisation, SignIn, Ticket, User
from queueapp.operations import calls, counters, devices, setup, tickets
from queueapp.operations.signing import hash_password
from queueapp.queries.identity import digest
from queueapp.realtime.relay import relay
from queueapp.realtime.transaction import transaction

START = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)  # a Tuesday morning; London is on UTC in November
PASSWORD = "a good long password"
ROLES = ("agent", "supervisor", "admin", "kiosk", "board", "station")
MAY_SIT_AT = "terminal.act"


class Clock:
    """Time stands still until a test moves it."""

    def __init__(self) -> None:
        self._travel = time_machine.travel(START, tick=False)
        self._hands = self._travel.start()

    def forward(self, **length: float) -> None:
        self._hands.shift(timedelta(**length))

    def at(self, moment: str) -> None:
        """`2026-11-18 00:00`, UTC."""
        self._hands.move_to(datetime.fromisoformat(moment).replace(tzinfo=UTC))

    def stop(self) -> None:
        self._travel.stop()


@dataclass(frozen=True)
class Party:
    """Somebody who can stand at a door: a person with a cookie, a screen or a ticket's holder with a secret."""

    principal: Principal
    secret: str = ""
    username: str = ""

    @property
    def id(self) -> int:
        assert self.principal.id is not None
        return self.principal.id

    @property
    def role(self) -> str:
        return self.principal.role


NOBODY = Party(Principal())


@dataclass(frozen=True)
class Place:
    """A branch with everything in it, by its plain names."""

    id: int
    organisation_id: int
    poster: str
    passports: int
    permits: int
    one: int  # serves both
    two: int  # serves passports
    agent: Party
    colleague: Party
    supervisor: Party
    admin: Party
    kiosk: Party
    board: Party
    station: Party

    def party(self, role: str) -> Party:
        return getattr(self, role)


@dataclass(frozen=True)
class World:
    north: Place
    south: Place
    abroad: Place


def build_world() -> World:
    """Made through the operations, so that it is as the product would have made it. Needs an app context."""
    kept = hash_password(PASSWORD)
    council, company = _organisation("Council"), _organisation("Company")
    with transaction(SYSTEM):
        heads = {key: create_person(key, None, "admin", kept) for key in (council, company)}
    return World(
        north=_place("North", council, heads[council], kept),
        south=_place("South", council, heads[council], kept),
        abroad=_place("Abroad", company, heads[company], kept),
    )


def _organisation(name: str) -> int:
    with transaction(SYSTEM):
        row = Organisation(name=name, created_at=now())
        db.session.add(row)
    return row.id


def create_person(organisation_id: int, branch_id: int | None, role: str, password_hash: str, name: str = "") -> Party:
    """A signed-in person; the same password hash for everybody, because hashing takes long by design."""
    name = name or f"{role}-{branch_id or organisation_id}"
    user = User(organisation_id=organisation_id, branch_id=branch_id, username=name, name=name.title(), role=role)
    user.password_hash = password_hash
    db.session.add(user)
    db.session.flush()
    secret = f"secret-of-{name}"
    sign_in = SignIn(user_id=user.id, token_digest=digest(secret), created_at=now())
    sign_in.expires_at = now() + timedelta(days=60)
    db.session.add(sign_in)
    db.session.flush()
    return Party(Principal("user", user.id, role, organisation_id, branch_id, sign_in.id), secret, name)


def _place(name: str, organisation_id: int, head: Party, kept: str) -> Place:
    actor = head.principal
    branch = setup.create_branch({"name": name, "time_zone": "Europe/London", "languages": ["en", "fr"]}, actor=actor)
    passports, permits = (
        setup.create_service({"branch_id": branch.id, "letter": letter, "names": names}, actor=actor).id
        for letter, names in (("A", {"en": "Passports", "fr": "Passeports"}), ("B", {"en": "Permits"}))
    )
    one = create_counter(branch.id, "1", [passports, permits], actor)
    two = create_counter(branch.id, "2", [passports], actor)
    with transaction(SYSTEM):
        people = {
            who: create_person(organisation_id, branch.id, role, kept, f"{who}-{name.lower()}")
            for who, role in (("agent", "agent"), ("colleague", "agent"), ("supervisor", "supervisor"))
        }
    screens = {kind: _screen(branch.id, kind, actor) for kind in ("kiosk", "board", "station")}
    return Place(
        branch.id, organisation_id, branch.poster_token, passports, permits, one, two, admin=head, **people, **screens
    )


def create_counter(branch_id: int, name: str, services: list[int], actor: Principal) -> int:
    served = [{"service_id": key} for key in services]
    return setup.create_counter({"branch_id": branch_id, "name": name, "services": served}, actor=actor).id


def _screen(branch_id: int, kind: str, actor: Principal) -> Party:
    device, token = devices.enrol(branch_id, kind, f"{kind} 1", actor=actor)
    return Party(Principal("device", device.id, kind, device.organisation_id, branch_id), token)


# --- acting ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Paper:
    """What a visitor holds: a number, and the secret of its link."""

    id: int
    number: str
    party: Party

    @property
    def secret(self) -> str:
        return self.party.secret


class Desk:
    """A counter with somebody at it. Every act is a transaction in a context of its own, as behind a door."""

    def __init__(self, app: Flask, counter_id: int, who: Party, seat: str | None = None) -> None:
        self.app, self.counter_id, self.who, self.seat = app, counter_id, who, seat

    def __getattr__(self, act: str) -> Callable[..., Any]:
        operation = getattr(calls, act, None) or getattr(counters, act)
        return lambda *args, **options: self._press(operation, args, options)

    def open(self) -> Any:
        return self._press(counters.open_counter, (), {})

    def _press(self, operation: Callable[..., Any], args: tuple[Any, ...], options: dict[str, Any]) -> Any:
        if "ticket_id" in inspect.signature(operation).parameters:
            ticket, *others = args or (None,)
            args = (getattr(ticket, "id", ticket), *others)
        if operation is calls.transfer and len(args) == 1:
            args = (*args, None)
        with self.app.app_context():
            return operation(self.counter_id, *args, actor=self.who.principal, seat=self.seat, **options)


# How a ticket gets into each status, as acts of one counter.
WAYS = {
    "waiting": (),
    "called": ("call",),
    "serving": ("call", "start"),
    "held": ("call", "hold"),
    "missed": ("call", "miss"),
    "completed": ("call", "start", "complete"),
    "cancelled": ("cancel",),
}


def issue(app: Flask, place: Place, service_id: int, **wanted: Any) -> Paper:
    with app.app_context():
        row, secret = tickets.issue(service_id, actor=wanted.pop("actor", place.kiosk.principal), **wanted)
    holder = Principal("ticket", row.id, "ticket", place.organisation_id, place.id)
    return Paper(row.id, row.number, Party(holder, secret))


def lead(desk: Desk, ticket: Paper, status: str) -> None:
    """Bring a waiting ticket into `status` at this desk."""
    for act in WAYS[status]:
        getattr(desk, act)(ticket)


def open_client(app: Flask, who: Party) -> FlaskClient:
    """A browser or program of this party: people come with a cookie from our own pages, the others with a bearer."""
    client = app.test_client()
    if who.principal.kind == "user":
        client.set_cookie("queueapp_session", who.secret)
        client.environ_base["HTTP_ORIGIN"] = "http://localhost"
    elif who.secret:
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {who.secret}"
    return client


class Screen:
    """A socket in one namespace, and what it was told."""

    def __init__(self, app: Flask, namespace: str, who: Party, auth: Any = None) -> None:
        self.app, self.namespace, self.who = app, namespace, who
        auth = {"token": who.secret} if auth is None and who.secret and who.principal.kind != "user" else auth
        browser = open_client(app, who if who.principal.kind == "user" else NOBODY)
        self.client = socketio.test_client(app, namespace=namespace, auth=auth, flask_test_client=browser)

    @property
    def connected(self) -> bool:
        return bool(self.client.is_connected(self.namespace))

    @property
    def sid(self) -> str:
        return str(socketio.server.manager.sid_from_eio_sid(self.client.eio_sid, self.namespace))

    def say(self, event: str, *payload: Any) -> Any:
        """Send an event; gives what it was answered."""
        return self.client.emit(event, *payload, namespace=self.namespace, callback=True)

    def packets(self, *names: str) -> list[SimpleNamespace]:
        """What arrived since the last look, in order: `.name` and `.data`."""
        queue, self.client.queue = self.client.queue, []
        found = [SimpleNamespace(name=one["name"], data=(one["args"] or [None])[0]) for one in queue]
        return [one for one in found if not names or one.name in names]

    def news(self) -> list[dict[str, Any]]:
        """The durable events among it, whether they came alone or gathered for phones."""
        lines: list[dict[str, Any]] = []
        for packet in self.packets():
            if packet.name == "events":
                lines += packet.data["events"]
            elif isinstance(packet.data, dict) and "eid" in packet.data:
                lines.append(packet.data)
        return lines

    def leave(self) -> None:
        """The line is cut."""
        socketio.server._handle_eio_disconnect(self.client.eio_sid, "gone")
        self.client.clients.pop(self.client.eio_sid, None)


def pump(app: Flask) -> None:
    """One round of the relay, now."""
    with app.app_context():
        relay.deliver()
        relay.sweep()
        relay.flush()


def row_of(app: Flask, model: Any, key: Any) -> Any:
    """A row as it is committed, read in a context of its own."""
    with app.app_context():
        return db.session.get(model, key)


def ticket_row(app: Flask, ticket: Paper | int) -> Ticket:
    return row_of(app, Ticket, getattr(ticket, "id", ticket))
