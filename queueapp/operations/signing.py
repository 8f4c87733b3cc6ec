"""Signing in and out, and the first administrator."""

import secrets
from datetime import timedelta

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from sqlalchemy import select

from .. import runtime
from ..access import SYSTEM, Principal
from ..clock import now
from ..errors import AlreadySetUp, NameIsTaken, WrongNameOrPassword, refuse
from ..extensions import db
from ..models import Organisation, SignIn, User
from ..queries.identity import digest
from ..realtime.events import AccessRevoked
from ..realtime.transaction import transaction

# argon2id at the OWASP minimum (19 MiB, two passes): the library's default of 64 MiB is too much for a Raspberry Pi.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1, type=Type.ID)
_nobody = _hasher.hash("nobody has this password")  # so that an unknown name takes as long as a wrong password


def hash_password(password: str) -> str:
    """The hash to keep, computed in a native thread while the hall goes on. Call it outside a transaction."""
    return str(runtime.in_thread(_hasher.hash, password))


def sign_in(username: str, password: str) -> tuple[User, str, Principal]:
    """Check name and password; gives the person, the secret for their cookie, and who they are."""
    user = db.session.scalars(select(User).where(User.username == username, User.is_active)).first()
    kept = user.password_hash if user else _nobody
    db.session.rollback()  # no open reading while another thread computes
    if not runtime.in_thread(_matches, kept, password) or user is None:
        refuse(WrongNameOrPassword)
    secret = secrets.token_urlsafe(32)
    with transaction(SYSTEM):
        person = db.session.get_one(User, user.id)
        principal = _begin(person, secret)
    return person, secret, principal


def sign_in_locally(user_id: int) -> Principal:
    """For the command line: whoever can read the database and the secret key needs no password. It has no cookie."""
    with transaction(SYSTEM):
        return _begin(db.session.get_one(User, user_id), secrets.token_urlsafe(32))


def _begin(person: User, secret: str) -> Principal:
    row = SignIn(user_id=person.id, token_digest=digest(secret), created_at=now())
    row.expires_at = row.created_at + timedelta(hours=current_app.config["SESSION_HOURS"])
    db.session.add(row)
    db.session.flush()
    return Principal("user", person.id, person.role, person.organisation_id, person.branch_id, row.id)


def sign_out(actor: Principal) -> None:
    """End this sign-in everywhere: its cookie, its tokens, its sockets."""
    if actor.sign_in_id is None:
        return
    with transaction(actor) as announce:
        db.session.get_one(SignIn, actor.sign_in_id).ended_at = now()
        announce(AccessRevoked, f"sign-in-{actor.sign_in_id}")


def first_administrator(username: str, password: str, name: str, organisation: str) -> User:
    """Set an empty installation up; refused as soon as anybody exists."""
    password_hash = hash_password(password)
    with transaction(SYSTEM):
        if db.session.scalar(select(User.id).limit(1)):
            refuse(AlreadySetUp)
        tenant = Organisation(name=organisation, created_at=now())
        db.session.add(tenant)
        db.session.flush()
        user = User(organisation_id=tenant.id, username=username, name=name, role="admin", password_hash=password_hash)
        db.session.add(user)
        db.session.flush()
    return user


def create_admin(username: str, organisation_id: int) -> str:
    """Another administrator from the command line; gives a one-time password."""
    password = secrets.token_urlsafe(12)
    password_hash = hash_password(password)
    with transaction(SYSTEM):
        if db.session.scalar(select(User.id).where(User.username == username)):
            refuse(NameIsTaken, name=username)
        user = User(organisation_id=organisation_id, username=username, name=username, role="admin")
        user.password_hash = password_hash
        db.session.add(user)
    return password


def _matches(kept: str, password: str) -> bool:
    try:
        return bool(_hasher.verify(kept, password))
    except (VerificationError, InvalidHashError):
        return False
