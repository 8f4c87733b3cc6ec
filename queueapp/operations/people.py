"""People of the staff: who they are, where they work, and the end of their access."""

import secrets

from sqlalchemy import func, select

from ..access import Principal
from ..clock import now
from ..errors import LastAdmin, NameIsTaken, NoSuchThing, NotYours, refuse
from ..extensions import db
from ..models import SignIn, User
from ..realtime import events
from ..realtime.transaction import Announce, transaction
from . import signing
from .edits import Values, assign, branch_in_reach


def create(values: Values, *, actor: Principal) -> tuple[User, str | None]:
    """A new person; gives a one-time password where none was chosen."""
    chosen = values.pop("password", None)
    password = chosen or secrets.token_urlsafe(12)
    values["password_hash"] = signing.hash_password(password)
    with transaction(actor):
        _may_place(actor, values.get("branch_id"))
        if db.session.scalar(select(User.id).where(User.username == values["username"])):
            refuse(NameIsTaken, name=values["username"])
        user = assign(User(organisation_id=actor.organisation_id, is_active=True), values)
        db.session.add(user)
        db.session.flush()
    return user, None if chosen else password


def update(user_id: int, values: Values, *, actor: Principal) -> User:
    """Change a person; a new password, role, branch or an end of access closes what they have open."""
    if values.get("password"):
        values["password_hash"] = signing.hash_password(values.pop("password"))
    with transaction(actor) as announce:
        user = _user(user_id, actor)
        if "branch_id" in values:
            _may_place(actor, values["branch_id"])
        if values.get("username", user.username) != user.username and db.session.scalar(
            select(User.id).where(User.username == values["username"])
        ):
            refuse(NameIsTaken, name=values["username"])
        assign(user, values)
        _keep_an_admin(user)
        if "password_hash" in values:
            _end_sign_ins(user, but=actor.sign_in_id)
        if {"role", "branch_id", "is_active", "password_hash"} & set(values):
            _revoke(announce, user)
    return user


def delete(user_id: int, *, actor: Principal) -> None:
    """End a person's access; what they did stays in history under their name."""
    update(user_id, {"is_active": False}, actor=actor)


def _end_sign_ins(user: User, but: int | None) -> None:
    """Whoever knew the old password is out; who changed their own stays where they are."""
    line = select(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None), SignIn.id != (but or 0))
    for sign_in in db.session.scalars(line):
        sign_in.ended_at = now()


def _revoke(announce: Announce, user: User) -> None:
    announce(events.AccessRevoked, f"user-{user.id}")


def _keep_an_admin(user: User) -> None:
    db.session.flush()
    admins = select(func.count()).where(
        User.organisation_id == user.organisation_id,
        User.role == "admin",
        User.is_active,
        User.branch_id.is_(None),
    )
    if not db.session.scalar(admins):
        refuse(LastAdmin)


def _user(user_id: int, actor: Principal) -> User:
    user = db.session.get(User, user_id)
    if user is None or user.organisation_id != actor.organisation_id:
        refuse(NoSuchThing, what="person")
    if actor.branch_id is not None and user.branch_id != actor.branch_id:
        refuse(NotYours)
    return user


def _may_place(actor: Principal, branch_id: int | None) -> None:
    """People are put into branches of one's own reach only."""
    if branch_id is not None:
        branch_in_reach(branch_id, actor)
    elif actor.branch_id is not None:
        refuse(NotYours)
