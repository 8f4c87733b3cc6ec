"""Enrolled screens: made by an administrator with a link, or paired by a code that the screen shows."""

import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from ..access import SYSTEM, Principal, require
from ..clock import now
from ..errors import NoSuchThing, PairingIsOver, StaleVersion, refuse
from ..extensions import db
from ..models import Branch, Device, Pairing
from ..queries.identity import digest
from ..realtime.events import AccessRevoked
from ..realtime.transaction import transaction
from .edits import branch_in_reach

PAIRING_MINUTES = 5
_CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # 32 without I, O, 0, 1: 8 of them are 40 bits


def enrol(branch_id: int, kind: str, name: str, *, actor: Principal) -> tuple[Device, str]:
    """A new device of a branch; gives it with its token, which is stored nowhere."""
    token = secrets.token_urlsafe(24)
    with transaction(actor):
        branch = branch_in_reach(branch_id, actor)
        device = _new(branch, kind, name, token)
    return device, token


def renew(device_id: int, *, actor: Principal) -> tuple[Device, str]:
    """A new link for a device; the old one stops working."""
    token = secrets.token_urlsafe(24)
    with transaction(actor) as announce:
        device = _reachable(device_id, actor)
        device.token_digest = digest(token)
        announce(AccessRevoked, f"device-{device.id}")
    return device, token


def revoke(device_id: int, *, actor: Principal) -> Device:
    """The device is out: its token ends and its sockets close."""
    with transaction(actor) as announce:
        device = _reachable(device_id, actor)
        device.revoked_at = now()
        announce(AccessRevoked, f"device-{device.id}")
    return device


def begin_pairing(kind: str) -> tuple[str, str, int]:
    """For a screen without a token: (code to show, secret to keep, seconds they are good for)."""
    letters = [secrets.choice(_CODE_LETTERS) for _ in range(8)]
    code, secret = "".join(letters[:4]) + "-" + "".join(letters[4:]), secrets.token_urlsafe(24)
    with transaction(SYSTEM):
        db.session.execute(delete(Pairing).where(Pairing.expires_at < now()))
        expires = now() + timedelta(minutes=PAIRING_MINUTES)
        db.session.add(Pairing(kind=kind, code=code, secret_digest=digest(secret), expires_at=expires))
    return code, secret, PAIRING_MINUTES * 60


def approve(code: str, branch_id: int, name: str, *, actor: Principal) -> Device:
    """An administrator says: the screen that shows this code is ours."""
    with transaction(actor):
        branch = branch_in_reach(branch_id, actor)
        pairing = db.session.scalars(select(Pairing).where(Pairing.code == _tidy(code))).first()
        if pairing is None or pairing.device_id or pairing.expires_at < now():
            refuse(PairingIsOver)
        device = _new(branch, pairing.kind, name, secrets.token_urlsafe(24))
        pairing.device_id = device.id
    return device


def finish_pairing(secret: str) -> str | None:
    """The screen asks again: its token once it was approved, None while it waits."""
    token = secrets.token_urlsafe(24)
    with transaction(SYSTEM):
        pairing = db.session.scalars(select(Pairing).where(Pairing.secret_digest == digest(secret))).first()
        if pairing is None or pairing.expires_at < now():
            refuse(PairingIsOver)
        if pairing.device_id is None:
            return None
        db.session.get_one(Device, pairing.device_id).token_digest = digest(token)
        db.session.delete(pairing)
    return token


def _new(branch: Branch, kind: str, name: str, token: str) -> Device:
    device = Device(organisation_id=branch.organisation_id, branch_id=branch.id, kind=kind, name=name)
    device.token_digest, device.created_at, device.settings = digest(token), now(), {}
    db.session.add(device)
    db.session.flush()
    return device


def _reachable(device_id: int, actor: Principal) -> Device:
    device = db.session.get(Device, device_id)
    if device is None or device.revoked_at:
        refuse(NoSuchThing, what="device")
    require(actor, "admin.write", db.session.get_one(Branch, device.branch_id))
    return device


def _tidy(code: str) -> str:
    """As people type it: small letters, spaces, no dash."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return f"{plain[:4]}-{plain[4:]}"


def rename(device_id: int, values: dict[str, Any], *, actor: Principal) -> Device:
    """A new name, kind or settings for a device."""
    with transaction(actor):
        device = _reachable(device_id, actor)
        if values.pop("version", device.version) != device.version:
            refuse(StaleVersion, version=device.version)
        for name, value in values.items():
            setattr(device, name, value)
        db.session.flush()
    return device
