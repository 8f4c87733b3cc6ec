"""Fixtures are nouns. The database is migrated and furnished once per session; each test gets a fresh copy of it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from argon2 import PasswordHasher, Type
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, select

from queueapp import create_app
from queueapp.extensions import db
from queueapp.models import StoredEvent, Ticket
from queueapp.operations import signing
from queueapp.realtime.presence import presence
from queueapp.realtime.relay import relay
from queueapp.realtime.throttle import Throttle
from queueapp.schema_version import migrate
from queueapp.web import limits

from . import factories
from .contract import Contract, checked
from .factories import START, Clock, Desk, Paper, Party, Place, Screen, World


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Overrides pytest-flask's: it shares one session between a test and its requests, which hides missing commits."""


@event.listens_for(Engine, "connect")
def _hurry(connection: Any, _: Any) -> None:
    """A test that loses power starts again; test_migrations.py asserts what the product does."""
    if hasattr(connection, "execute") and os.environ.get("PYTEST_CURRENT_TEST"):
        connection.execute("PRAGMA synchronous=OFF")


# --- made once ---------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """The application, an empty migrated database and a furnished one."""
    for name in [name for name in os.environ if name.startswith("QUEUEAPP_")]:
        del os.environ[name]
    folder: Path = tmp_path_factory.mktemp("hall")
    signing._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, type=Type.ID)
    with time_machine.travel(START, tick=False):
        app = create_app({"INSTANCE_PATH": str(folder), "SECRET_KEY": "s" * 32, "RATE_LIMIT_FACTOR": 100})
        app.testing = True
        file = folder / "queueapp.sqlite"
        migrate(app.config["DATABASE_URL"])
        empty = _keep(app, file, folder / "empty.sqlite")
        with app.app_context():
            world = factories.build_world()
        furnished = _keep(app, file, folder / "furnished.sqlite")
    return SimpleNamespace(app=app, file=file, empty=empty, furnished=furnished, world=world)


def _keep(app: Flask, file: Path, kept: Path) -> Path:
    with app.app_context():
        db.engine.dispose()  # the last connection to close empties the write-ahead log into the file
    shutil.copyfile(file, kept)
    return kept


# --- made afresh -------------------------------------------------------------------------------------------------
@pytest.fixture
def clock() -> Iterator[Clock]:
    """Tuesday 17 November 2026, 09:00 UTC, standing still."""
    moved = Clock()
    yield moved
    moved.stop()


@pytest.fixture
def app(_built: SimpleNamespace, clock: Clock) -> Iterator[Flask]:
    """The application on a furnished database of its own."""
    _begin(_built, _built.furnished)
    relay.listen_to_system(_built.app)
    yield _built.app
    _still(_built.app)


@pytest.fixture
def empty_app(_built: SimpleNamespace, app: Flask) -> Flask:
    """The application on a database that was migrated and nothing else."""
    _still(app)
    _begin(_built, _built.empty)
    relay.listen_to_system(app)
    return app


def _begin(built: SimpleNamespace, source: Path) -> None:
    for suffix in ("-wal", "-shm"):
        built.file.with_name(built.file.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(source, built.file)


def _still(app: Flask) -> None:
    """Nothing of this test is left in memory: connections, relay, presence, limits."""
    if relay._watcher is not None:
        relay._watcher.close()
    relay._watcher = relay._seen_version = None
    for held in (relay._handed, relay._sent, relay._gathered, presence._by_sid):
        held.clear()
    relay.targeted, relay.sent_total, relay.running = Throttle(), 0, False
    limits._window.storage.reset()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def north(_built: SimpleNamespace, app: Flask) -> Place:
    """Our own branch."""
    return _built.world.north


@pytest.fixture
def south(_built: SimpleNamespace, app: Flask) -> Place:
    """Another branch of the same organisation."""
    return _built.world.south


@pytest.fixture
def abroad(_built: SimpleNamespace, app: Flask) -> Place:
    """A branch of another organisation."""
    return _built.world.abroad


@pytest.fixture
def world(_built: SimpleNamespace, app: Flask) -> World:
    return _built.world


# --- acting ------------------------------------------------------------------------------------------------------
@pytest.fixture
def open_desk(app: Flask, north: Place) -> Callable[..., Desk]:
    """A counter that somebody sits at."""

    def open_desk(counter_id: int | None = None, who: Party | None = None, seat: str | None = None) -> Desk:
        desk = Desk(app, counter_id or north.one, who or north.agent, seat)
        desk.open()
        return desk

    return open_desk


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    """Counter 1 of the north, which serves passports and permits."""
    return open_desk()


@pytest.fixture
def second_desk(open_desk: Callable[..., Desk], north: Place) -> Desk:
    """Counter 2 of the north, which serves passports."""
    return open_desk(north.two, north.colleague)


@pytest.fixture
def create_ticket(app: Flask, north: Place, clock: Clock, open_desk: Callable[..., Desk]) -> Callable[..., Paper]:
    """A ticket for passports in the north; each is taken a second after the one before."""

    def create_ticket(place: Place = north, status: str = "waiting", at: Desk | None = None, **wanted: Any) -> Paper:
        ticket = factories.issue(app, place, wanted.pop("service_id", place.passports), **wanted)
        if status != "waiting":
            factories.lead(at or open_desk(place.one, place.agent), ticket, status)
        clock.forward(seconds=1)
        return ticket

    return create_ticket


@pytest.fixture
def act(app: Flask) -> Callable[..., Any]:
    """Carry an operation or query out in a context of its own."""

    def act(operation: Callable[..., Any], *args: Any, **options: Any) -> Any:
        with app.app_context():
            return operation(*args, **options)

    return act


@pytest.fixture
def see(app: Flask) -> Callable[[Paper | int], Ticket]:
    """A ticket as it is committed."""
    return lambda ticket: factories.ticket_row(app, ticket)


@pytest.fixture
def row(app: Flask) -> Callable[..., Any]:
    """Any row as it is committed."""
    return lambda model, key: factories.row_of(app, model, key)


@pytest.fixture(scope="session")
def contract(_built: SimpleNamespace) -> Contract:
    """The API documents, as a judge."""
    return Contract(_built.app)


@pytest.fixture
def door(app: Flask, contract: Contract) -> Callable[..., FlaskClient]:
    """A party's own browser or program; whatever it is answered has to be what the documents say."""
    return lambda who=factories.NOBODY: checked(factories.open_client(app, who), contract)


@pytest.fixture
def listen(app: Flask) -> Iterator[Callable[..., Screen]]:
    """A screen of a party in a namespace."""
    screens: list[Screen] = []

    def listen(namespace: str, who: Party, auth: Any = None) -> Screen:
        screens.append(Screen(app, namespace, who, auth))
        return screens[-1]

    yield listen
    for screen in screens:
        screen.leave()


@pytest.fixture
def heard(app: Flask) -> Callable[[Screen], list[str]]:
    """What durable news a screen was told since the last look, by name, after a round of the relay."""

    def heard(screen: Screen) -> list[str]:
        factories.pump(app)
        return [line["type"] for line in screen.news()]

    return heard


@pytest.fixture
def written(app: Flask) -> Callable[[], list[tuple[str, str]]]:
    """(stream, type) of every line of news stored since the last look."""
    seen: set[str] = set()

    def written() -> list[tuple[str, str]]:
        with app.app_context():
            rows = db.session.scalars(select(StoredEvent).order_by(StoredEvent.at, StoredEvent.stream, StoredEvent.seq))
            fresh = [row for row in rows if f"{row.stream} {row.seq}" not in seen]
        seen.update(f"{row.stream} {row.seq}" for row in fresh)
        return [(row.stream, row.type) for row in fresh]

    written()
    return written
