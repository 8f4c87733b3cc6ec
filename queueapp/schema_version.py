"""The database's shape and manners: which migration it is at, and how each connection behaves."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, inspect, text

from .config import ROOT
from .errors import BehindMigrations, refuse

VERSIONS = ROOT / "migrations" / "versions"


def wanted_version() -> str:
    """The newest migration of this release. File names start with their revision, so alembic (8 MB) stays unloaded."""
    return max(path.name.split("_")[0] for path in VERSIONS.glob("[0-9]*_*.py"))


def found_version(engine: Engine) -> str | None:
    """The migration that the database is at; None for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def refuse_if_behind(engine: Engine) -> None:
    """Never serve on a database of another shape; say the command that mends it."""
    found, wanted = found_version(engine), wanted_version()
    if found != wanted:
        refuse(BehindMigrations, found=found or "nothing", wanted=wanted)


def migrate(database_url: str) -> None:
    """Bring the database to the newest shape; nothing happens if it is there already."""
    from alembic import command
    from alembic.config import Config

    options = Config()
    options.set_main_option("script_location", str(ROOT / "migrations"))
    options.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    if database_url.startswith("sqlite:///"):
        Path(database_url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(options, "head")


def prepare_engine(database_url: str) -> dict[str, Any]:
    """Engine options. SQLite: WAL with full durability, our own BEGIN, and never a long wait inside the library."""
    if not database_url.startswith("sqlite"):
        return {"pool_pre_ping": True}
    return {"pool_size": 5, "max_overflow": 20, "connect_args": {"timeout": 0.1, "check_same_thread": False}}


@event.listens_for(Engine, "connect")
def _manners(connection: Any, _: Any) -> None:
    """FULL, because an acknowledged ticket has to survive a power cut; WAL, so that boards read while agents press."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # Python's own implicit BEGIN is deferred and would deadlock; see below
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=100"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Any) -> None:
    """Readers begin deferred; a writer takes the lock at once, because a reader can not become a writer later."""
    options = connection.get_execution_options()
    if connection.dialect.name == "sqlite" and options.get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql(f"BEGIN {options.get('sqlite_begin', 'DEFERRED')}")
