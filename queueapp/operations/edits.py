"""What every edit has in common: the row is in reach, and was edited from how it stands now."""

from typing import Any

from ..access import Principal, require
from ..errors import NoSuchThing, StaleVersion, refuse
from ..extensions import db
from ..models import Branch

Values = dict[str, Any]


def assign(row: Any, values: Values) -> Any:
    """Set what was sent, if it was edited from how the row stands now."""
    check_version(row, values)
    for name, value in values.items():
        setattr(row, name, value)
    return row


def check_version(row: Any, values: Values) -> None:
    seen = values.pop("version", None)
    if seen is not None and seen != row.version:
        refuse(StaleVersion, version=row.version)


def branch_in_reach(branch_id: int, actor: Principal) -> Branch:
    branch = db.session.get(Branch, branch_id)
    if branch is None or branch.retired_at:
        refuse(NoSuchThing, what="branch")
    require(actor, "admin.write", branch)
    return branch
