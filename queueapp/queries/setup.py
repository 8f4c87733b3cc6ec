"""Lists for the administrator's pages, and whether anybody was set up at all."""

import hashlib
import hmac
from typing import Any

from flask import current_app
from sqlalchemy import or_, select

from ..access import Principal
from ..extensions import db
from ..models import Branch, Counter, Device, Organisation, Service, User


def nobody_yet() -> bool:
    return db.session.scalar(select(User.id).limit(1)) is None


def first_run_token() -> str:
    """The secret of the one-time set-up link; derived, so that every start of an empty hall prints the same link."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, b"first administrator", hashlib.sha256).hexdigest()[:32]


def first_admin_id() -> int | None:
    """The first administrator of a whole organisation: in whose name this machine's own command line looks around."""
    line = select(User.id).where(User.role == "admin", User.is_active, User.branch_id.is_(None))
    return db.session.scalar(line.order_by(User.id).limit(1))


def organisations(principal: Principal) -> list[Organisation]:
    return list(db.session.scalars(select(Organisation).where(Organisation.id == principal.organisation_id)))


def branches(principal: Principal) -> list[Branch]:
    """The branches within someone's reach."""
    line = select(Branch).where(Branch.organisation_id == principal.organisation_id, Branch.retired_at.is_(None))
    if principal.branch_id is not None:
        line = line.where(Branch.id == principal.branch_id)
    return list(db.session.scalars(line.order_by(Branch.id)))


def of_branch(model: Any, branch: Branch) -> list[Any]:
    """Everything of one kind in a branch that was not taken out."""
    gone = model.revoked_at if model is Device else model.retired_at
    return list(
        db.session.scalars(select(model).where(model.branch_id == branch.id, gone.is_(None)).order_by(model.id))
    )


def users(branch: Branch) -> list[User]:
    """A branch's people, and those of the whole organisation."""
    here = or_(User.branch_id == branch.id, User.branch_id.is_(None))
    line = select(User).where(User.organisation_id == branch.organisation_id, here)
    return list(db.session.scalars(line.order_by(User.username)))


MODELS: dict[str, Any] = {"services": Service, "counters": Counter, "devices": Device}
