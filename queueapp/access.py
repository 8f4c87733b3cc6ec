"""Who may do what: ONE table, used by REST, sockets and replay alike.

An action that has no row here can not be named at a door (the door's decorator refuses to start), so the table is
complete by construction. What belongs to another organisation does not exist (404); what belongs to another branch or
needs another role is not yours (403); nobody is asked who they are (401).
"""

from dataclasses import dataclass
from typing import Protocol

from .errors import NoSuchThing, NotYours, WhoAreYou, refuse

STAFF = frozenset({"agent", "supervisor", "admin"})
DEVICES = frozenset({"kiosk", "board", "station"})
EVERYBODY = STAFF | DEVICES | {"ticket", "anonymous"}

POLICY: dict[str, frozenset[str]] = {
    # doors
    "kiosk.issue": STAFF | {"kiosk"},
    "kiosk.read": STAFF | {"kiosk"},
    "terminal.act": STAFF,
    "terminal.read": STAFF,
    "board.read": STAFF | {"board", "kiosk", "station"},
    "customer.join": EVERYBODY,
    "customer.own": EVERYBODY,  # the secret in the address is the permission
    "auth.sign-in": EVERYBODY,
    "auth.token": STAFF | DEVICES | {"ticket"},
    "devices.pair": EVERYBODY,
    "admin.read": frozenset({"supervisor", "admin"}),
    "admin.write": frozenset({"admin"}),
    "admin.services": frozenset({"supervisor", "admin"}),
    "system.read": EVERYBODY,
    # namespaces
    "/kiosk": STAFF | {"kiosk"},
    "/terminal": STAFF,
    "/monitor": STAFF | {"board", "kiosk", "station"},
    "/customer": STAFF | {"ticket"},
    "/admin": frozenset({"supervisor", "admin"}),
    # streams
    "public-": STAFF | DEVICES | {"ticket"},
    "staff-": STAFF,
    "ticket-": frozenset({"ticket"}),
}


@dataclass(frozen=True)
class Principal:
    """Whoever is asking: a plain value, so that it outlives sessions and transactions."""

    kind: str = "anonymous"  # user, device, ticket, system, anonymous
    id: int | None = None
    role: str = "anonymous"
    organisation_id: int | None = None
    branch_id: int | None = None  # None for people: the whole organisation
    sign_in_id: int | None = None

    @property
    def subject(self) -> str:
        """`user-7`: the `sub` of tokens, the scope of idempotency keys, the room of revocation."""
        return f"{self.kind}-{self.id}" if self.id else self.kind

    @property
    def public(self) -> dict[str, str | int | None]:
        """As staff see it in an envelope."""
        return {"kind": self.kind, "id": self.id}


ANONYMOUS = Principal()
SYSTEM = Principal(kind="system", role="system")


class InBranch(Protocol):
    """A branch, as far as access cares."""

    id: int
    organisation_id: int


def may(principal: Principal, action: str, branch: InBranch | None = None) -> bool:
    """Whether the table allows it; never raises."""
    allowed = principal.kind == "system" or principal.role in POLICY[action]
    return allowed and (branch is None or _reaches(principal, branch))


def require(principal: Principal, action: str, branch: InBranch | None = None) -> None:
    """Let pass or refuse with the right one of 401, 403 and 404."""
    if may(principal, action, branch):
        return
    if principal.kind == "anonymous":
        refuse(WhoAreYou)
    if branch is not None and principal.organisation_id != branch.organisation_id:
        refuse(NoSuchThing, what="branch")
    refuse(NotYours)


def _reaches(principal: Principal, branch: InBranch) -> bool:
    if principal.kind in ("system", "anonymous"):
        return True
    same_organisation = principal.organisation_id == branch.organisation_id
    return same_organisation and principal.branch_id in (None, branch.id)
