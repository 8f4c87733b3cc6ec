"""The administrator's door: pages, and one table of what can be listed, made, changed and taken out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request
from marshmallow import Schema
from werkzeug.wrappers import Response

from ..access import may, require
from ..errors import NoSuchThing, refuse
from ..extensions import db
from ..models import Branch, Counter, Device, Organisation, Service, User
from ..operations import devices, people, setup
from ..queries import setup as lists
from ..queries import snapshots
from ..realtime.presence import presence
from ..schemas import bodies, shapes
from . import answers
from .door import allow, branch_for, caller, press, tells
from .pages import choose_language, face, person, public_base, with_frame

bp = Blueprint("admin", __name__)

PAGES = ("live", "branches", "services", "counters", "people", "devices", "connections")


@dataclass(frozen=True)
class Kind:
    """One kind of thing that administrators keep."""

    model: Any
    body: type[Schema]
    shape: Schema
    list: Callable[[], list[Any]]
    create: Callable[..., Any] | None
    update: Callable[..., Any]
    delete: Callable[..., Any] | None


def _of_branch(model: Any) -> Callable[[], list[Any]]:
    return lambda: lists.of_branch(model, branch_for("admin.read"))


def _create_device(values: dict[str, Any], *, actor: Any) -> Any:
    return devices.enrol(values["branch_id"], values["kind"], values["name"], actor=actor)


def _rename_device(device_id: int, values: dict[str, Any], *, actor: Any) -> Device:
    return devices.rename(device_id, values, actor=actor)


KINDS = {
    "organisations": Kind(
        Organisation, bodies.EditOrganisation, shapes.OrganisationShape(),
        lambda: lists.organisations(caller()), None, setup.rename_organisation, None,
    ),
    "branches": Kind(
        Branch, bodies.EditBranch, shapes.FullBranch(),
        lambda: lists.branches(caller()), setup.create_branch, setup.update_branch, setup.delete_branch,
    ),
    "services": Kind(
        Service, bodies.EditService, shapes.FullService(),
        _of_branch(Service), setup.create_service, setup.update_service, setup.delete_service,
    ),
    "counters": Kind(
        Counter, bodies.EditCounter, shapes.StaffCounter(),
        _of_branch(Counter), setup.create_counter, setup.update_counter, setup.delete_counter,
    ),
    "users": Kind(
        User, bodies.EditUser, shapes.UserShape(),
        lambda: lists.users(branch_for("admin.read")), people.create, people.update, people.delete,
    ),
    "devices": Kind(
        Device, bodies.EditDevice, shapes.DeviceShape(),
        _of_branch(Device), _create_device, _rename_device, devices.revoke,
    ),
}  # fmt: skip

SHAPES = {name: type(kind.shape).__name__ for name, kind in KINDS.items()}
MADE = {**SHAPES, "users": "MadeUser", "devices": "MadeDevice"}  # with what is shown once


# --- pages -------------------------------------------------------------------------------------------------------
@bp.get("/admin")
@allow("system.read")
def without_slash() -> Response:
    return redirect("/admin/")


@bp.get("/admin/", defaults={"name": "live"})
@bp.get("/admin/<name>")
@allow("system.read")
def page(name: str) -> Any:
    """One page per kind, and the live overview."""
    if name not in PAGES:
        refuse(NoSuchThing, what="page")
    if caller().kind != "user":
        return redirect(f"/login?next={request.path}")
    if may(caller(), "admin.write") and not lists.branches(caller()):
        return render_template("admin/first_branch.html")
    branch = branch_for("admin.read")
    choose_language(["en", *branch.languages])
    url = f"/api/admin/overview?branch_id={branch.id}"
    reach = [{"id": row.id, "name": row.name} for row in lists.branches(caller())]
    extras = {"user": person(caller()), "branches": reach, "name": name, "branch_id": branch.id}
    return face(f"admin/{name}.html", "/admin", branch, _overview(branch), url, **extras)


@bp.get("/api/admin/overview")
@allow("admin.read")
@tells("AdminSnapshot")
def overview() -> dict[str, Any]:
    """How one branch stands, with its devices and connected screens."""
    return _overview(branch_for("admin.read"))


def _overview(branch: Branch) -> dict[str, Any]:
    def content() -> dict[str, Any]:
        found = snapshots.overview(branch, "en")
        kept = shapes.DeviceShape().dump(lists.of_branch(Device, branch), many=True)
        connected = [connection.report() for connection in presence.all(branch.id)]
        return {**found, "devices": kept, "connections": connected}

    return with_frame([f"staff-{branch.id}"], content)


@bp.get("/api/admin/connections")
@allow("admin.read")
@tells("Connections")
def connections() -> dict[str, Any]:
    """Who is connected, and how many per namespace."""
    found = presence.all(branch_for("admin.read").id)
    return {"items": [connection.report() for connection in found], "counts": presence.counts(found)}


# --- what is kept ------------------------------------------------------------------------------------------------
@bp.get("/api/admin/<any(organisations,branches,services,counters,users,devices):kind>")
@allow("admin.read")
@tells(SHAPES, many=True)
def listed(kind: str) -> dict[str, Any]:
    """Everything of a kind within reach."""
    return {"items": KINDS[kind].shape.dump(KINDS[kind].list(), many=True)}


@bp.get("/api/admin/<any(organisations,branches,services,counters,users,devices):kind>/<id:key>")
@allow("admin.read")
@tells(SHAPES)
def one(kind: str, key: int) -> dict[str, Any]:
    """One of them."""
    row = db.session.get(KINDS[kind].model, key)
    if row is None or getattr(row, "retired_at", None) or getattr(row, "revoked_at", None):
        refuse(NoSuchThing, what=kind)
    _in_reach(row)
    return dict(KINDS[kind].shape.dump(row))


def _in_reach(row: Any) -> None:
    branch = row if isinstance(row, Branch) else db.session.get(Branch, getattr(row, "branch_id", None) or 0)
    if branch is not None:
        require(caller(), "admin.read", branch)
    elif (row.id if isinstance(row, Organisation) else row.organisation_id) != caller().organisation_id:
        refuse(NoSuchThing, what="thing")


def _writers(name: str, kind: Kind) -> None:
    """The three addresses that change things of one kind."""

    def changed(row: Any) -> dict[str, Any]:
        return dict(kind.shape.dump(row))

    if kind.create:
        create = kind.create

        @bp.post(f"/api/admin/{name}", endpoint=f"create_{name}")
        @allow("admin.write")
        @tells(MADE[name], 201)
        @press(kind.body)
        def created(wanted: dict[str, Any]) -> tuple[dict[str, Any], int]:
            """Make a new one; what only it may know (a password, a token) is told now and never again."""
            made = create(wanted, actor=caller())
            row, secret = made if isinstance(made, tuple) else (made, None)
            return {**changed(row), **_shown_once(row, secret)}, 201

    @bp.patch(f"/api/admin/{name}/<id:key>", endpoint=f"update_{name}")
    @allow("admin.services" if name == "services" else "admin.write")
    @tells(SHAPES[name])
    @press(kind.body, partial=True)
    def updated(wanted: dict[str, Any], key: int) -> dict[str, Any]:
        """Change one; what is not sent stays. With `version`, only if nobody changed it in between."""
        wanted.pop("branch_id", None) if name != "users" else None
        return changed(kind.update(key, wanted, actor=caller()))

    if kind.delete:
        delete = kind.delete

        @bp.delete(f"/api/admin/{name}/<id:key>", endpoint=f"delete_{name}")
        @allow("admin.write")
        @tells("Deleted")
        @press(bodies.Nothing)
        def deleted(_: dict[str, Any], key: int) -> dict[str, Any]:
            """Take one out; what happened with it stays in history."""
            delete(key, actor=caller())
            return {"deleted": key}


for _name, _kind in KINDS.items():
    _writers(_name, _kind)


@bp.post("/api/admin/devices/approve")
@allow("admin.write")
@tells("DeviceShape", 201)
@press(bodies.Approve)
def approve(wanted: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """The screen that shows this code becomes a device of the branch."""
    return dict(shapes.DeviceShape().dump(devices.approve(**wanted, actor=caller()))), 201


@bp.post("/api/admin/devices/<id:key>/link")
@allow("admin.write")
@tells("MadeDevice")
@press(bodies.Nothing)
def new_link(_: dict[str, Any], key: int) -> dict[str, Any]:
    """A fresh enrolment link; the old one ends."""
    device, token = devices.renew(key, actor=caller())
    return {**shapes.DeviceShape().dump(device), **_shown_once(device, token)}


@bp.get("/api/admin/qr.svg")
@allow("admin.read")
@tells("image/svg+xml")
def link_qr() -> Any:
    """A QR code of one of our own addresses, to open a link on the screen it is for."""
    path = request.args.get("path", "/")
    if not path.startswith("/") or path.startswith("//") or len(path) > 200:
        refuse(NoSuchThing, what="address")
    return answers.qr_svg(public_base() + path)


def _shown_once(row: Any, secret: str | None) -> dict[str, Any]:
    """A password or a device's token: given now, kept nowhere."""
    if secret is None:
        return {}
    if isinstance(row, User):
        return {"password": secret}
    return {"token": secret, "url": f"{public_base()}/devices/enrol/{secret}"}
