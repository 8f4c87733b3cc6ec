"""The database's shape and manners: migrations lead to what the code means, and every connection behaves."""

import sqlite3

import pytest
from sqlalchemy import create_engine, inspect, text

import queueapp.models  # noqa: F401  (tables register themselves)
from queueapp import schema_version
from queueapp.errors import BehindMigrations
from queueapp.extensions import Base, db


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """An engine on a database that only migrations made."""
    url = f"sqlite:///{tmp_path_factory.mktemp('migrated')}/queueapp.sqlite"
    schema_version.migrate(url)
    engine = create_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def meant(tmp_path_factory):
    """An engine on a database as the tables in the code mean it."""
    engine = create_engine(f"sqlite:///{tmp_path_factory.mktemp('meant')}/queueapp.sqlite")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


def shape(engine, table):
    """Everything that the database knows about a table, in no order."""
    look = inspect(engine)
    columns = {one["name"]: (str(one["type"]), one["nullable"], one["default"]) for one in look.get_columns(table)}
    keys = {(tuple(one["constrained_columns"]), one["referred_table"]) for one in look.get_foreign_keys(table)}
    unique = {(one["name"], tuple(one["column_names"])) for one in look.get_unique_constraints(table)}
    checks = {(one["name"], " ".join(one["sqltext"].split())) for one in look.get_check_constraints(table)}
    indexes = {
        (one["name"], tuple(one["column_names"]), bool(one["unique"]), str(one["dialect_options"].get("sqlite_where")))
        for one in look.get_indexes(table)
    }
    return columns, look.get_pk_constraint(table)["constrained_columns"], keys, unique, checks, indexes


def test_migrations_make_exactly_the_tables_that_are_meant(migrated, meant):
    assert set(inspect(migrated).get_table_names()) == {*inspect(meant).get_table_names(), "alembic_version"}


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_migrations_make_each_table_as_it_is_meant(table, migrated, meant):
    assert shape(migrated, table) == shape(meant, table)


def test_migrating_again_changes_nothing(migrated):
    schema_version.migrate(str(migrated.url))
    assert schema_version.found_version(migrated) == schema_version.wanted_version()


def test_every_database_has_a_history_of_its_own(tmp_path, migrated):
    """Two halls, or a hall made anew, never share an epoch: cursors of one are worth nothing in the other."""
    url = f"sqlite:///{tmp_path}/another/queueapp.sqlite"
    schema_version.migrate(url)
    another = create_engine(url)
    found = []
    for engine in (migrated, another):
        with engine.connect() as connection:
            found.append(connection.execute(text("SELECT value FROM fact WHERE name = 'epoch'")).scalar())
    another.dispose()
    assert len(set(found)) == 2
    assert all(len(epoch) >= 16 for epoch in found)


def test_a_database_that_is_behind_is_not_served(tmp_path, migrated):
    schema_version.refuse_if_behind(migrated)
    empty = create_engine(f"sqlite:///{tmp_path}/empty.sqlite")
    assert schema_version.found_version(empty) is None
    with pytest.raises(BehindMigrations):
        schema_version.refuse_if_behind(empty)
    empty.dispose()


def test_versions_are_numbered_in_their_file_names():
    names = sorted(path.name for path in schema_version.VERSIONS.glob("*.py"))
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]
    for path in schema_version.VERSIONS.glob("*.py"):
        assert f"revision = '{path.name[:4]}'" in path.read_text()


def test_an_acknowledged_ticket_survives_a_power_cut(tmp_path):
    """FULL writes through at each commit; NORMAL would lose the last tickets, OFF the whole file."""
    connection = sqlite3.connect(tmp_path / "any.sqlite")
    schema_version._manners(connection, None)
    told = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("synchronous", "journal_mode", "foreign_keys")
    }
    assert told == {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1}
    assert connection.execute("PRAGMA busy_timeout").fetchone()[0] <= 100
    assert connection.isolation_level is None
    connection.close()


def test_a_writer_takes_the_lock_when_it_begins(app):
    """A reader that becomes a writer later is refused by SQLite at once, whatever it was ready to wait."""
    with app.app_context():
        db.session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
        other = sqlite3.connect(app.config["DATABASE_URL"].removeprefix("sqlite:///"), timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError):
            other.execute("BEGIN IMMEDIATE")
        db.session.rollback()
        other.execute("BEGIN IMMEDIATE")
        other.close()


def test_a_connection_that_only_watches_holds_no_transaction(app):
    with app.app_context():
        watcher = db.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        watcher.execute(text("PRAGMA data_version"))
        assert watcher.connection.dbapi_connection.in_transaction is False
        watcher.close()
