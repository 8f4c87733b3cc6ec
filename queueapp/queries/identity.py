"""Who is behind a credential: a short token (JWT), a sign-in cookie, a device token, a ticket's secret.

Secrets are compared by their SHA-256 digest; the database never holds one. A JWT is only a shortcut to a principal: the
sign-in, person or device behind it is looked up each time, so ending it takes effect at once, not when it expires.
"""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import jwt
from flask import current_app
from sqlalchemy import ColumnElement, select

from ..access import ANONYMOUS, Principal
from ..clock import now, today
from ..extensions import db
from ..models import Branch, Device, SignIn, Ticket, User
from ..models.people import DEVICE_KINDS


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def by_bearer(token: str) -> Principal:
    """Whoever a bearer token belongs to; anonymous if to nobody (any more)."""
    if token.count(".") == 2:
        return _by_jwt(token)
    return by_device(token) or by_ticket(token) or ANONYMOUS


SESSION_COOKIE = "queueapp_session"
DEVICE_AT = {"kiosk": "kiosk", "monitor": "board"}  # doors that are a device's own, and which one's


def device_cookie(kind: str) -> str:
    """One cookie per kind, so that a kiosk and a board can be tried in the same browser."""
    return f"queueapp_{kind}"


def by_cookies(cookies: Mapping[str, str], door: str) -> Principal:
    """Whoever a browser's cookies belong to at a door. A kiosk stays a kiosk even where somebody is signed in too."""
    secret = cookies.get(SESSION_COOKIE)
    person = by_sign_in(secret) if secret else None
    kinds = (DEVICE_AT[door],) if door in DEVICE_AT else DEVICE_KINDS
    tokens = [cookies[device_cookie(kind)] for kind in kinds if device_cookie(kind) in cookies]
    screen = next((found for token in tokens if (found := by_device(token))), None)
    found = (screen or person) if door in DEVICE_AT else (person or screen)
    return found or ANONYMOUS


def by_sign_in(secret: str) -> Principal | None:
    """The person behind a session cookie."""
    return _person(SignIn.token_digest == digest(secret))


def by_device(token: str) -> Principal | None:
    device = db.session.scalars(select(Device).where(Device.token_digest == digest(token))).first()
    return _device(device)


def by_ticket(token: str) -> Principal | None:
    ticket = ticket_by(token)
    return _holder(ticket) if ticket else None


def ticket_by(token: str) -> Ticket | None:
    """The ticket behind a secret link, until the day after its business day."""
    ticket = db.session.scalars(select(Ticket).where(Ticket.token_digest == digest(token))).first()
    if ticket is None:
        return None
    branch = db.session.get_one(Branch, ticket.branch_id)
    return ticket if ticket.business_day >= today(branch.time_zone) - timedelta(days=1) else None


def short_token(principal: Principal) -> dict[str, Any]:
    """A JWT for sockets and API: `sub, role, org, branch, exp` and, for people, the sign-in it stands on."""
    seconds = current_app.config["TOKEN_MINUTES"] * 60
    claims = {
        "sub": principal.subject,
        "role": principal.role,
        "org": principal.organisation_id,
        "branch": principal.branch_id,
        "sign_in": principal.sign_in_id,
        "exp": now() + timedelta(seconds=seconds),
    }
    token = jwt.encode(claims, current_app.config["SECRET_KEY"], algorithm="HS256")
    return {"access_token": token, "expires_in": seconds}


def _by_jwt(token: str) -> Principal:
    try:
        claims = jwt.decode(token, current_app.config["SECRET_KEY"], algorithms=["HS256"], options={"require": ["exp"]})
    except jwt.InvalidTokenError:
        return ANONYMOUS
    kind, _, key = claims["sub"].partition("-")
    found = {"user": _signed_in, "device": _device_id, "ticket": _ticket_id}.get(kind)
    return (found and found(int(key), claims)) or ANONYMOUS


def _signed_in(_: int, claims: dict[str, Any]) -> Principal | None:
    return _person(SignIn.id == claims["sign_in"])


def _device_id(key: int, _: dict[str, Any]) -> Principal | None:
    return _device(db.session.get(Device, key))


def _ticket_id(key: int, _: dict[str, Any]) -> Principal | None:
    ticket = db.session.get(Ticket, key)
    return _holder(ticket) if ticket else None


def _person(which: ColumnElement[bool]) -> Principal | None:
    """Whose sign-in that is, if it still holds; one question, because every press of every agent asks it."""
    columns = (User.id, User.role, User.organisation_id, User.branch_id, SignIn.id)
    holds = (which, SignIn.ended_at.is_(None), SignIn.expires_at >= now(), User.is_active)
    row = db.session.execute(select(*columns).join(SignIn, SignIn.user_id == User.id).where(*holds)).first()
    return Principal("user", *row) if row else None


def _device(device: Device | None) -> Principal | None:
    if device is None or device.revoked_at:
        return None
    return Principal("device", device.id, device.kind, device.organisation_id, device.branch_id)


def _holder(ticket: Ticket) -> Principal:
    branch = db.session.get_one(Branch, ticket.branch_id)
    return Principal("ticket", ticket.id, "ticket", branch.organisation_id, branch.id)
