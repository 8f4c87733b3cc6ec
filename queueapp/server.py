"""One server process from start to stop: refuse what is not fit, start the live layer, serve, say good-bye."""

import gc
import logging
import random
import sys

import click
from flask import Flask

from . import create_app, runtime
from .clock import now, rfc3339
from .config import BadSetting
from .errors import Refusal
from .extensions import db, socketio
from .operations import housekeeping
from .queries.setup import first_run_token, nobody_yet
from .realtime.presence import cut, presence
from .realtime.relay import relay
from .realtime.rooms import NAMESPACES
from .schema_version import refuse_if_behind

log = logging.getLogger(__name__)
SWEEP_EVERY_S = 5
TIDY_EVERY_S = 60


def run(host: str | None, port: int | None) -> None:
    """Serve until SIGTERM."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    app = _fit()
    address = host or app.config["HOST"]
    _settle()
    runtime.spawn(relay.run, app)
    runtime.spawn(_keep, app)
    runtime.serve(
        app,
        address,
        app.config["PORT"] if port is None else port,
        on_ready=lambda taken: _welcome(app, address, taken),
        on_stop=lambda: _farewell(app),
    )


def _settle() -> None:
    """What is loaded now stays: the collector need not walk it again, nor run every few requests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    runtime.give_memory_back()


def _fit() -> Flask:
    """The application, if settings and database are fit to serve; else one sentence and exit 1."""
    try:
        app = create_app()
        with app.app_context():
            refuse_if_behind(db.engine)
            db.engine.dispose()
        return app
    except BadSetting as why:
        raise click.ClickException(str(why)) from None
    except Refusal as refusal:
        raise click.ClickException(refusal.detail) from None


def _welcome(app: Flask, host: str, port: int) -> None:
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    print(f"\n  queueapp is open:  http://{shown}:{port}/\n", flush=True)
    with app.app_context():
        if nobody_yet():
            print(
                f"  Make the first administrator:  http://{shown}:{port}/setup/{first_run_token()}\n",
                flush=True,
            )


def _keep(app: Flask) -> None:
    """Beside the doors: let silent screens go, tell administrators who is connected, end yesterday, forget old keys."""
    tidy_in = 0
    told: dict[str, int] = {}
    while True:
        try:
            with app.app_context():
                _let_silent_go(app.config["HEARTBEAT_SECONDS"])
                told = _tell_connections(told)
                if tidy_in <= 0:
                    tidy_in = TIDY_EVERY_S
                    housekeeping.end_yesterday()
                    housekeeping.forget_old()
        except Exception:
            log.exception("housekeeping failed and is tried again")
        tidy_in -= SWEEP_EVERY_S
        runtime.sleep(SWEEP_EVERY_S)


def _let_silent_go(heartbeat_s: float) -> None:
    for connection in presence.stale(heartbeat_s):
        log.info("no heartbeat from %s in %s: removed", connection.who, connection.namespace)
        cut(connection)


def _tell_connections(told: dict[str, int]) -> dict[str, int]:
    """`connections-updated`, per branch, when counts changed."""
    branches = {branch_id for one in presence.all() if one.namespace == "/admin" for branch_id in one.branch_ids}
    current = presence.counts()
    if current != told:
        for branch_id in branches:
            counts = presence.counts(presence.all(branch_id))
            socketio.emit(
                "connections-updated",
                {"branch_id": branch_id, "counts": counts},
                namespace="/admin",
                to=f"staff-{branch_id}",
            )
    return current


def _farewell(app: Flask) -> None:
    """Tell screens to come back at different moments, then let go."""
    relay.stop()
    for namespace in NAMESPACES:
        for connection in [one for one in presence.all() if one.namespace == namespace]:
            told = {"retry_in_ms": random.randrange(3000), "time": rfc3339(now())}
            socketio.emit("server-stopping", told, namespace=namespace, to=connection.sid)
    runtime.sleep(0.2)
    sys.stdout.flush()
