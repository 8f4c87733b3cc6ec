"""Signing in, tokens, set-up of an empty installation, and the pairing of screens."""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, make_response, redirect, render_template, request

from ..access import Principal
from ..errors import NoSuchThing, refuse
from ..models import User
from ..operations import devices, signing
from ..queries import identity
from ..queries.identity import SESSION_COOKIE, device_cookie
from ..queries.setup import first_run_token, nobody_yet
from ..schemas import bodies
from ..schemas.shapes import UserShape
from .door import allow, caller, press, takes, tells
from .limits import address, count_try

bp = Blueprint("auth", __name__)

FACES = {"kiosk": "/kiosk/", "board": "/monitor/", "station": "/monitor/"}


@bp.get("/login")
@allow("auth.sign-in")
def login_page() -> Any:
    """Name and password; afterwards on to `next`, which only ever leads to our own pages."""
    onward = _our_own(request.args.get("next", ""))
    if caller().kind == "user":
        return redirect(onward or _home(caller().role))
    return render_template("auth/login.html", page={"next": onward})


@bp.post("/api/auth/login")
@allow("auth.sign-in")
@tells("SignedIn")
@takes(bodies.SignIn)
def login(wanted: dict[str, Any]) -> Response:
    """Start a sign-in: a cookie for pages, a short token for sockets and API."""
    count_try("sign-in", f"{wanted['username']} {address()}", 10)
    count_try("sign-in-address", address(), 60)
    user, secret, principal = signing.sign_in(wanted["username"], wanted["password"])
    return _signed_in(user, secret, principal)


@bp.post("/api/auth/logout")
@allow("auth.sign-in")
@tells("SignedOut")
def logout() -> Response:
    """End the sign-in: cookie, tokens and sockets."""
    signing.sign_out(caller())
    response = jsonify({"signed_out": True})
    response.delete_cookie(SESSION_COOKIE)
    return response


@bp.post("/api/auth/token")
@allow("auth.token")
@tells("ShortToken")
def token() -> dict[str, Any]:
    """A short token for whoever is asking: a session, a device token, a ticket's secret."""
    return identity.short_token(caller())


@bp.get("/setup/<setup_token>")
@allow("auth.sign-in")
def setup_page(setup_token: str) -> str:
    """Make the first administrator of an empty installation; the link is printed at the first start."""
    _first_run(setup_token)
    return render_template("auth/setup.html", page={"setup_url": f"/api/auth/setup/{setup_token}"})


@bp.post("/api/auth/setup/<setup_token>")
@allow("auth.sign-in")
@tells("SignedIn")
@takes(bodies.FirstAdministrator)
def setup(wanted: dict[str, Any], setup_token: str) -> Response:
    """The first administrator, who is then signed in."""
    _first_run(setup_token)
    signing.first_administrator(**wanted)
    user, secret, principal = signing.sign_in(wanted["username"], wanted["password"])
    return _signed_in(user, secret, principal)


@bp.post("/api/devices/pair")
@allow("devices.pair")
@tells("PairingBegun", 201)
@tells("PairingState")
@press(bodies.Pair)
def pair(wanted: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Begin with `kind`: a code to show. Ask again with `pairing_secret`: waiting, or approved with the way in."""
    count_try("pair", address(), 120)
    if "kind" in wanted:
        code, secret, seconds = devices.begin_pairing(wanted["kind"])
        return {"code": code, "pairing_secret": secret, "expires_in": seconds}, 201
    approved = devices.finish_pairing(wanted["pairing_secret"])
    if approved is None:
        return {"status": "waiting"}, 200
    return {"status": "approved", "token": approved, "url": f"/devices/enrol/{approved}"}, 200


@bp.get("/devices/enrol/<device_token>")
@allow("devices.pair")
def enrol(device_token: str) -> Any:
    """The enrolment link: this browser becomes that device."""
    device = identity.by_device(device_token)
    if device is None:
        refuse(NoSuchThing, what="device")
    response = redirect(FACES[device.role])
    _keep(response, device_cookie(device.role), device_token, days=400)
    return response


def _signed_in(user: User, secret: str, principal: Principal) -> Response:
    answer = {**identity.short_token(principal), "user": UserShape().dump(user), "next": _home(user.role)}
    response = make_response(jsonify(answer))
    _keep(response, SESSION_COOKIE, secret, days=current_app.config["SESSION_HOURS"] / 24)
    return response


def _keep(response: Any, name: str, value: str, days: float) -> None:
    """A cookie that scripts can not read and other sites can not send."""
    response.set_cookie(
        name, value, max_age=round(days * 86400), httponly=True, samesite="Lax", secure=request.is_secure
    )


def _our_own(path: str) -> str:
    """A path of ours or nothing. Browsers drop tabs and take backslashes for slashes: `/<tab>/evil` is another site."""
    plain = path.isprintable() and "\\" not in path
    return path if plain and path.startswith("/") and not path.startswith("//") else ""


def _home(role: str) -> str:
    return "/terminal/" if role == "agent" else "/admin/"


def _first_run(setup_token: str) -> None:
    count_try("setup", address(), 20)
    if not nobody_yet() or setup_token != first_run_token():
        refuse(NoSuchThing, what="address")
