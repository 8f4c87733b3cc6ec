"""What every page gets: its language, its snapshot, the nonce of its scripts, and headers that keep strangers out."""

import hashlib
import secrets
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, render_template, request

from ..access import Principal
from ..clock import local
from ..extensions import db
from ..models import Branch, Device, User
from ..queries import snapshots
from ..realtime import streams
from .languages import describe, direction

VERSION = version("queueapp")


def register(app: Flask) -> None:
    app.before_request(_nonce)
    app.after_request(_headers)
    app.context_processor(_common)
    app.jinja_env.globals["static_url"] = static_url  # a global, so that imported macros see it too
    app.add_template_filter(clock_time)


def choose_language(offered: list[str], preferred: str | None = None) -> str:
    """`?language=` if it is offered, else what the ticket or branch prefers, else the first offered."""
    wanted = (request.args.get("language"), preferred, *offered, "en")
    g.language = next(code for code in wanted if code and (code in offered or not offered))
    return str(g.language)


def current_language() -> str:
    return str(g.get("language", "en"))


def face(template: str, namespace: str, branch: Branch, snapshot: dict[str, Any], url: str, **extras: Any) -> str:
    """Render a face: shell, first snapshot, and what its script needs to follow from there."""
    page = {
        "namespace": namespace,
        "language": current_language(),
        "languages": [describe(code) for code in branch.languages],
        "snapshot": snapshot,
        "snapshot_url": url,
        "version": VERSION,
        "user": None,
        "device": None,
        **extras,
    }
    return render_template(template, page=page, brand={"name": branch.name, "initial": branch.name[:1].upper()})


def with_frame(names: list[str], content: Any) -> dict[str, Any]:
    """A snapshot: heads first, then the content (a function), in the same database transaction."""
    frame = snapshots.frame(streams.heads(names), streams.epoch())
    return {**frame, **content()}


def person(principal: Principal) -> dict[str, Any] | None:
    """The signed-in person, as their page shows them."""
    user = db.session.get(User, principal.id) if principal.kind == "user" else None
    return {"id": user.id, "name": user.name, "role": user.role, "branch_id": user.branch_id} if user else None


def screen(principal: Principal) -> dict[str, Any] | None:
    """The enrolled device that the page runs on."""
    device = db.session.get(Device, principal.id) if principal.kind == "device" else None
    if device is None:
        return None
    return {"id": device.id, "name": device.name, "kind": device.kind, "settings": device.settings}


def clock_time(iso: str, time_zone: str) -> str:
    """The branch's wall clock for a page that runs no script; page.js says the same under the same name."""
    return f"{local(datetime.fromisoformat(iso), time_zone):%H:%M}"


def public_base() -> str:
    """The address that phones reach, without a slash at its end."""
    return str(current_app.config["PUBLIC_URL"] or request.host_url).rstrip("/")


_versions: dict[str, tuple[float, str]] = {}


def static_url(path: str) -> str:
    """The address of a static file with a version in it, so that a browser never mixes two releases."""
    file = Path(current_app.static_folder or "") / path
    changed = file.stat().st_mtime if file.exists() else 0.0
    if _versions.get(path, (None,))[0] != changed:
        content = file.read_bytes() if changed else b""
        _versions[path] = (changed, hashlib.sha256(content).hexdigest()[:10])
    return f"/static/{path}?v={_versions[path][1]}"


def _common() -> dict[str, Any]:
    language = current_language()
    return {
        "nonce": g.get("nonce", ""),
        "language": language,
        "direction": direction(language),
        "brand": {"name": "queueapp", "initial": "Q"},
        "page": {},
    }


def _never_changes() -> bool:
    """A versioned address, or a font: style sheets name fonts without a version, and a font file is never edited."""
    return "v" in request.args or request.path.startswith("/static/fonts/")


def _nonce() -> None:
    g.nonce = secrets.token_urlsafe(16)


def _headers(response: Response) -> Response:
    csp = {
        "default-src": "'none'",
        "script-src": f"'self' 'nonce-{g.get('nonce', '')}'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "media-src": "'self'",
        "connect-src": f"'self' ws://{request.host} wss://{request.host}",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    headers = response.headers
    headers["Content-Security-Policy"] = "; ".join(f"{name} {value}" for name, value in csp.items())
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.path.startswith("/static/"):
        headers["Cache-Control"] = "public, max-age=31536000, immutable" if _never_changes() else "no-cache"
    else:
        headers["Cache-Control"] = "no-store"
    return response
