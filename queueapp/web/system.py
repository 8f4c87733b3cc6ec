"""The start page, and what machines ask: alive, ready, figures."""

from typing import Any

from flask import Blueprint, Response, render_template, request

from .. import demo
from ..extensions import db
from ..models import Branch, Organisation
from ..queries.setup import nobody_yet
from ..realtime.presence import presence
from ..realtime.relay import relay
from ..schema_version import found_version, wanted_version
from .door import allow, tells

bp = Blueprint("system", __name__)


@bp.get("/")
@allow("system.read")
def start() -> str:
    """Where a newcomer starts: every face of the demo hall, or just the way to sign in."""
    halls = [_hall(branch) for branch in _demo_branches()] if demo.exists() else []
    return render_template("system/start.html", page={"halls": halls, "demo": bool(halls), "empty": nobody_yet()})


def _demo_branches() -> list[Branch]:
    """The demo's own: another organisation on the same server is nobody's business."""
    line = db.session.query(Branch).filter_by(organisation_id=demo.organisation_id(), retired_at=None)
    return list(line.order_by(Branch.id))


def _hall(branch: Branch) -> dict[str, Any]:
    join = f"/customer/join/{branch.poster_token}"
    links = {
        "kiosk": "/kiosk/",
        "board": "/monitor/",
        "terminal": "/terminal/",
        "join": join,
        "admin": f"/admin/?branch_id={branch.id}",
    }
    return {
        "branch": {"id": branch.id, "name": branch.name},
        "organisation": db.session.get_one(Organisation, branch.organisation_id).name,
        "links": links,
        "poster_qr_svg_url": f"{join}/qr.svg",
        "people": [],
        **_secrets(branch, links),
    }


def _secrets(branch: Branch, links: dict[str, str]) -> dict[str, Any]:
    """On the machine itself, and only there, the demo's start page also opens its devices and names its passwords."""
    if not _at_the_machine():
        return {}
    for known in demo.kept()["organisations"][0]["branches"]:
        if known["id"] == branch.id:
            doors = {device["kind"]: f"/devices/enrol/{device['token']}" for device in known["devices"]}
            return {"links": {**links, **doors}, "people": known["users"]}
    return {}


def _at_the_machine() -> bool:
    forwarded = any(name.lower().startswith(("x-forwarded", "forwarded")) for name in dict(request.headers))
    return request.remote_addr in ("127.0.0.1", "::1") and not forwarded


@bp.get("/healthz")
@allow("system.read")
@tells("Health")
def healthz() -> dict[str, Any]:
    """This process is alive."""
    return {"ok": True}


@bp.get("/readyz")
@allow("system.read")
@tells("Readiness")
@tells("Readiness", 503)
def readyz() -> tuple[dict[str, Any], int]:
    """This process can work: database there, migrated, relay running."""
    checks = {
        "database": "ok",
        "migrations": "ok" if found_version(db.engine) == wanted_version() else "behind",
        "relay": "ok" if relay.running else "stopped",
    }
    ready = all(state == "ok" for state in checks.values())
    return {"ok": ready, "checks": checks}, 200 if ready else 503


@bp.get("/metrics")
@allow("system.read")
@tells("text/plain")
def metrics() -> Response:
    """Figures for Prometheus; counts only."""
    from prometheus_client import CollectorRegistry, Gauge, generate_latest

    registry = CollectorRegistry()
    gauge = Gauge("queueapp_connections", "Connected screens.", ["namespace"], registry=registry)
    for namespace, count in presence.counts().items():
        gauge.labels(namespace).set(count)
    Gauge("queueapp_news_sent", "Lines of news sent since the start.", registry=registry).set(relay.sent_total)
    return Response(generate_latest(registry), mimetype="text/plain; version=0.0.4")
