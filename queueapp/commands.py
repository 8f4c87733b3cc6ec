"""The command line. Everything a hall needs to be run, in words; `queueapp --help` is the manual."""

import json
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import FlaskGroup, with_appcontext


def _create() -> Flask:
    from . import create_app

    return create_app()


cli = FlaskGroup(name="queueapp", create_app=_create, add_default_commands=False, help="A walk-in queue, served.")


@cli.command(with_appcontext=False)
@click.option("--host", help="Address to listen on (setting HOST).")
@click.option("--port", type=int, help="Port to listen on, 0 for a free one (setting PORT).")
def serve(host: str | None, port: int | None) -> None:
    """Serve the hall until SIGTERM."""
    from .server import run

    try:
        run(host, port)
    except OSError as why:
        raise click.ClickException(f"can not listen there: {why}") from None


@cli.command()
@with_appcontext
def migrate() -> None:
    """Bring the database to the shape this version needs."""
    from .extensions import db
    from .schema_version import found_version
    from .schema_version import migrate as upgrade

    upgrade(current_app.config["DATABASE_URL"])
    click.echo(f"The database is at {found_version(db.engine)}.")


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object for programs.")
@with_appcontext
def demo(as_json: bool) -> None:
    """Make the demo organisation once, and say how to enter it."""
    from . import demo as hall

    halls = hall.make()
    click.echo(json.dumps(halls) if as_json else hall.describe(halls))


@cli.command("create-admin")
@click.argument("username")
@click.option("--organisation", "organisation_id", type=int, default=1, show_default=True)
@with_appcontext
def create_admin(username: str, organisation_id: int) -> None:
    """Another administrator, with a one-time password."""
    from .operations.signing import create_admin as create

    _plainly(lambda: click.echo(f"{username} can sign in with: {create(username, organisation_id)}"))


@cli.command()
@with_appcontext
def settings() -> None:
    """Every setting: value, where it came from, meaning."""
    from .config import SETTINGS, with_origin

    found = with_origin()
    for setting in SETTINGS:
        value, origin = found[setting.name]
        shown = "(secret)" if "SECRET" in setting.name else value
        click.echo(f"QUEUEAPP_{setting.name}={shown}  [{origin}]\n    {setting.meaning}")


@cli.command()
@click.option("--url", help="The hall's address; this machine's own by default.")
@click.option("--token", help="A short token; by default one is made for this machine's first administrator.")
@with_appcontext
def watch(url: str | None, token: str | None) -> None:
    """Connect to every namespace and print who is there and each event, a line each."""
    from .watch import watch as follow

    follow(url or f"http://127.0.0.1:{current_app.config['PORT']}", token)


@cli.command()
@click.option("--url", help="The hall's address; this machine's own by default.")
@click.option("--speed", type=float, default=60.0, show_default=True, help="How many times faster than life.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed is the same day.")
@click.option("--minutes", type=float, default=0.0, help="Stop after so many simulated minutes; 0: the whole day.")
@with_appcontext
def simulate(url: str | None, speed: float, seed: int, minutes: float) -> None:
    """Fill the demo hall with a believable day of visitors and agents, through the public REST."""
    from .simulate import Day

    _plainly(lambda: Day(url or f"http://127.0.0.1:{current_app.config['PORT']}", speed, seed).run(minutes))


@cli.command()
@click.option("--check", is_flag=True, help="Only say whether what is committed is fresh.")
@with_appcontext
def derive(check: bool) -> None:
    """Write what derives from the code: API documents, types, the ticket's life."""
    from .derive import write

    stale = write(check)
    if stale and check:
        raise click.ClickException(f"not fresh: {', '.join(stale)}; run `queueapp derive`")
    click.echo(f"written: {', '.join(stale)}" if stale else "all fresh")


@cli.command()
@with_appcontext
def check() -> None:
    """Look at this installation: settings, database, migrations."""
    from .extensions import db
    from .schema_version import refuse_if_behind

    _plainly(lambda: refuse_if_behind(db.engine))
    click.echo("The settings are sane and the database is at the newest migration.")


def _plainly(act: Any) -> None:
    """A refusal is a sentence here, not a traceback."""
    from .errors import Refusal

    try:
        act()
    except Refusal as refusal:
        raise click.ClickException(refusal.detail) from None


def register(app: Flask) -> None:
    """`flask run` would serve without sockets: it is not one of our commands."""
    app.cli.commands.pop("run", None)
