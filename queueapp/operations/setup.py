"""Setting up: branches, services and counters. Every change reaches the screens through the streams."""

import secrets
from typing import Any

from sqlalchemy import select

from ..access import Principal, require
from ..clock import now
from ..errors import (
    InvalidInput,
    LetterIsTaken,
    NameIsTaken,
    NoSuchThing,
    NotYours,
    StillInUse,
    refuse,
)
from ..extensions import db
from ..models import Branch, Counter, Device, Organisation, Service, Skill, Ticket
from ..models.hall import ORDERING
from ..models.ticket import AT_A_COUNTER, HELD, WAITING
from ..realtime import events
from ..realtime.transaction import Announce, transaction
from .counters import refuse_if_busy
from .edits import Values, assign, branch_in_reach, check_version


# --- organisations -----------------------------------------------------------------------------------------------
def rename_organisation(organisation_id: int, values: Values, *, actor: Principal) -> Organisation:
    with transaction(actor):
        if organisation_id != actor.organisation_id:
            refuse(NoSuchThing, what="organisation")
        return assign(db.session.get_one(Organisation, organisation_id), values)


# --- branches ----------------------------------------------------------------------------------------------------
def create_branch(values: Values, *, actor: Principal) -> Branch:
    with transaction(actor):
        if actor.branch_id is not None:
            refuse(NotYours)
        branch = Branch(organisation_id=actor.organisation_id, poster_token=secrets.token_urlsafe(16))
        for name, default in (
            ("opening_hours", {}),
            ("languages", ["en"]),
            ("ordering", ORDERING),
            ("settings", {}),
        ):
            setattr(branch, name, values.pop(name, default))
        db.session.add(assign(branch, values))
        db.session.flush()
    return branch


def update_branch(branch_id: int, values: Values, *, actor: Principal) -> Branch:
    with transaction(actor) as announce:
        branch = assign(branch_in_reach(branch_id, actor), values)
        announce(events.SettingsUpdated, branch)
    return branch


def delete_branch(branch_id: int, *, actor: Principal) -> None:
    """Take a branch out, once nobody waits there; its services, counters and screens go with it."""
    with transaction(actor) as announce:
        branch = branch_in_reach(branch_id, actor)
        busy = select(Ticket.id).where(Ticket.branch_id == branch.id, Ticket.status.in_((WAITING, HELD, *AT_A_COUNTER)))
        if db.session.scalar(busy.limit(1)):
            refuse(StillInUse, name=branch.name, why="people are waiting there")
        branch.retired_at = now()
        announce(events.SettingsUpdated, branch)
        _clear_out(announce, branch)


def _clear_out(announce: Announce, branch: Branch) -> None:
    """Otherwise its kiosk would go on issuing tickets that nobody can see."""
    for service in db.session.scalars(select(Service).filter_by(branch_id=branch.id, retired_at=None)):
        service.retired_at = branch.retired_at
    for counter in db.session.scalars(select(Counter).filter_by(branch_id=branch.id, retired_at=None)):
        counter.retired_at, counter.status, counter.agent_id = branch.retired_at, "closed", None
    for device in db.session.scalars(select(Device).filter_by(branch_id=branch.id, revoked_at=None)):
        device.revoked_at = branch.retired_at
        announce(events.AccessRevoked, f"device-{device.id}")


# --- services ----------------------------------------------------------------------------------------------------
def create_service(values: Values, *, actor: Principal) -> Service:
    with transaction(actor) as announce:
        branch = branch_in_reach(values.pop("branch_id"), actor)
        _letter_is_free(branch.id, values["letter"])
        service = assign(Service(branch_id=branch.id, **_service_defaults()), values)
        _range_runs_up(service)
        db.session.add(service)
        db.session.flush()
        announce(events.ServiceCreated, service, services=[service.id])
    return service


def update_service(service_id: int, values: Values, *, actor: Principal) -> Service:
    """Change, open or close a service; opening and closing is a supervisor's too."""
    with transaction(actor) as announce:
        service = _live(Service, service_id, "service")
        action = "admin.services" if set(values) <= {"is_open", "opens_at", "version"} else "admin.write"
        require(actor, action, db.session.get_one(Branch, service.branch_id))
        if values.get("letter", service.letter) != service.letter:
            _letter_is_free(service.branch_id, values["letter"])
        assign(service, values)
        _range_runs_up(service)
        announce(events.ServiceUpdated, service, services=[service.id])
    return service


def delete_service(service_id: int, *, actor: Principal) -> None:
    """Take a service out, once nobody waits for it."""
    with transaction(actor) as announce:
        service = _live(Service, service_id, "service")
        require(actor, "admin.write", db.session.get_one(Branch, service.branch_id))
        busy = select(Ticket.id).where(
            Ticket.service_id == service.id, Ticket.status.in_((WAITING, HELD, *AT_A_COUNTER))
        )
        if db.session.scalar(busy.limit(1)):
            refuse(StillInUse, name=service.name_in("en"), why="people are waiting for it")
        service.retired_at = now()
        announce(events.ServiceDeleted, service)


# --- counters ----------------------------------------------------------------------------------------------------
def create_counter(values: Values, *, actor: Principal) -> Counter:
    with transaction(actor) as announce:
        branch = branch_in_reach(values.pop("branch_id"), actor)
        _counter_name_is_free(branch.id, values["name"])
        skills = values.pop("services", [])
        counter = assign(Counter(branch_id=branch.id, status="closed", kind="desk"), values)
        db.session.add(counter)
        db.session.flush()
        _serve(counter, skills)
        announce(events.CounterUpdated, counter)
    return counter


def update_counter(counter_id: int, values: Values, *, actor: Principal) -> Counter:
    with transaction(actor) as announce:
        counter = _counter(counter_id, actor)
        if values.get("name", counter.name) != counter.name:
            _counter_name_is_free(counter.branch_id, values["name"])
        before = counter.service_ids
        check_version(counter, values)
        if "services" in values:
            _serve(counter, values.pop("services"))
        assign(counter, values)
        counter.version = Counter.version + 1 if not db.session.is_modified(counter) else counter.version
        announce(events.CounterUpdated, counter, services=sorted({*before, *counter.service_ids}))
    return counter


def delete_counter(counter_id: int, *, actor: Principal) -> None:
    with transaction(actor) as announce:
        counter = _counter(counter_id, actor)
        refuse_if_busy(counter)
        if db.session.scalar(select(Ticket.id).filter_by(destination_id=counter.id, status=WAITING).limit(1)):
            refuse(StillInUse, name=f"counter {counter.name}", why="people were sent there and wait")
        counter.retired_at, counter.status, counter.agent_id = now(), "closed", None
        announce(events.CounterClosed, counter, services=counter.service_ids)


def _serve(counter: Counter, skills: list[Values]) -> None:
    """Replace what a counter serves."""
    for skill in skills:
        if _live(Service, skill["service_id"], "service").branch_id != counter.branch_id:
            refuse(NoSuchThing, what="service")
    kept = {skill.service_id: skill for skill in counter.skills}
    weights = {wanted["service_id"]: wanted.get("weight_s", 0) for wanted in skills}
    counter.skills = [kept.get(key) or Skill(counter_id=counter.id, service_id=key) for key in weights]
    for served in counter.skills:
        served.weight_s = weights[served.service_id]
    db.session.flush()


# --- shared ------------------------------------------------------------------------------------------------------
def _counter(counter_id: int, actor: Principal) -> Counter:
    counter: Counter = _live(Counter, counter_id, "counter")
    require(actor, "admin.write", db.session.get_one(Branch, counter.branch_id))
    return counter


def _live(model: Any, key: int, what: str) -> Any:
    row = db.session.get(model, key)
    if row is None or row.retired_at:
        refuse(NoSuchThing, what=what)
    return row


def _letter_is_free(branch_id: int, letter: str) -> None:
    taken = select(Service).where(
        Service.branch_id == branch_id, Service.letter == letter, Service.retired_at.is_(None)
    )
    service = db.session.scalars(taken).first()
    if service:
        refuse(LetterIsTaken, letter=letter, service=service.name_in("en"))


def _range_runs_up(service: Service) -> None:
    """A body may carry one end only: the schema can not see the other."""
    if service.first_number > service.last_number:
        refuse(InvalidInput, errors={"last_number": ["The last number must not lie before the first."]})


def _counter_name_is_free(branch_id: int, name: str) -> None:
    taken = select(Counter.id).where(Counter.branch_id == branch_id, Counter.name == name, Counter.retired_at.is_(None))
    if db.session.scalar(taken):
        refuse(NameIsTaken, name=f"a counter {name}")


def _service_defaults() -> Values:
    return {
        "position": 0, "expected_minutes": 5, "is_open": True, "first_number": 1, "last_number": 9999,
        "number_step": 1, "wraps": True,
    }  # fmt: skip
