"""What every door does before a view speaks: who is asking, may they, what did they send, was it pressed before.

@bp.post("/api/kiosk/tickets")
@allow("kiosk.issue")
@press(IssueTicket)
def issue_ticket(wanted): ...
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, g, jsonify, request
from marshmallow import Schema, fields

from .. import access
from ..access import Principal
from ..errors import (
    CrossSiteRequest,
    InvalidInput,
    MalformedRequest,
    NoSuchThing,
    UnsupportedMediaType,
    refuse,
)
from ..extensions import db
from ..models import Branch
from ..queries import identity
from ..realtime.transaction import once
from ..schemas.bodies import is_writable

SAFE = ("GET", "HEAD", "OPTIONS")


def caller() -> Principal:
    """Who is asking, looked up once per request."""
    if "caller" not in g:
        g.caller = _caller()
    principal: Principal = g.caller
    return principal


def _caller() -> Principal:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return identity.by_bearer(token.strip())
    return identity.by_cookies(request.cookies, request.blueprint or "")


def refuse_cross_site() -> None:
    """A change that rides on cookies must come from our own pages; a bearer token can not be ridden."""
    if request.method in SAFE or request.headers.get("Authorization"):
        return
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site")
    own = origin is not None and (
        urlsplit(origin).netloc == request.host or origin in current_app.config["ALLOWED_ORIGINS"]
    )
    rides_on_cookies = any(name.startswith("queueapp_") for name in request.cookies)
    foreign = (origin is not None and not own) or site in ("cross-site", "same-site")
    unsaid = rides_on_cookies and origin is None and site not in ("same-origin", "none")
    if foreign or unsaid:
        refuse(CrossSiteRequest)


def allow(action: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Only for those whom the policy table lets in; which branch is asked where the branch is known."""
    if action not in access.POLICY:
        raise LookupError(f"no row for {action} in access.POLICY")

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            access.require(caller(), action)
            return view(*args, **kwargs)

        guarded.action = action  # type: ignore[attr-defined]
        return guarded

    return decorate


@dataclass(frozen=True)
class Reply:
    """What a view answers: the name of a shape (by kind, where a view serves several) or a media type."""

    shape: str | dict[str, str]
    many: bool = False


def tells(
    shape: str | dict[str, str], status: int = 200, *, many: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Say what the view answers, once per status; the documents derive from it, and tests hold the view to it."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        replies = {**getattr(view, "replies", {}), status: Reply(shape, many)}
        view.replies = replies  # type: ignore[attr-defined]
        return view

    return decorate


def asks(schema: type[Schema]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Load the query string; the view gets what was wanted."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def asked(*args: Any, **kwargs: Any) -> Any:
            return view(query(schema), *args, **kwargs)

        asked.query = schema()  # type: ignore[attr-defined]
        return asked

    return decorate


def takes(schema: type[Schema]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Load the body, for what can not be a `press`: its answer is a cookie, which is given once only."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def taken(*args: Any, **kwargs: Any) -> Any:
            return view(schema().load(body()), *args, **kwargs)

        taken.body = schema()  # type: ignore[attr-defined]
        return taken

    return decorate


def press(schema: type[Schema], **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Load the body and carry the view out at most once per Idempotency-Key. The view gives (body, status)."""
    loader = schema(**options)

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def pressed(*args: Any, **kwargs: Any) -> Response:
            sent = body()
            wanted = loader.load(sent)
            act = lambda: _answer(view(wanted, *args, **kwargs))  # noqa: E731
            told, status, again = once(caller(), _key(), _fingerprint(sent), act)
            response = jsonify(told)
            response.status_code = status
            if again:
                response.headers["Idempotency-Replayed"] = "true"
            return response

        pressed.body, pressed.takes_keys = loader, True  # type: ignore[attr-defined]
        return pressed

    return decorate


def body() -> dict[str, Any]:
    """The JSON object that was sent; nothing at all counts as an empty one."""
    if not request.content_length and not request.data:
        return {}
    if not request.is_json:
        refuse(UnsupportedMediaType)
    sent = _json()
    if not isinstance(sent, dict) or not is_writable(sent):
        refuse(MalformedRequest, reason="the body is not a JSON object")
    return sent


def _json() -> Any:
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def query(schema: type[Schema]) -> dict[str, Any]:
    """The query string, validated like a body; where the schema wants a number, digits become one."""
    loader = schema()
    numbers = {name for name, field in loader.fields.items() if isinstance(field, fields.Integer)}
    sent = {name: _counted(value) if name in numbers else value for name, value in request.args.items()}
    loaded: dict[str, Any] = loader.load(sent)
    return loaded


def _counted(value: str) -> int | str:
    return int(value) if value.isdecimal() and len(value) < 17 else value


def branch_for(action: str, branch_id: int | None = None) -> Branch:
    """The branch that a request is about (the caller's own, if none is named), if the caller may do that there."""
    wanted = branch_id or _number(request.args.get("branch_id")) or caller().branch_id or _first_branch()
    branch = db.session.get(Branch, wanted) if wanted else None
    if branch is None or branch.retired_at:
        refuse(NoSuchThing, what="branch")
    access.require(caller(), action, branch)
    return branch


def _first_branch() -> int | None:
    """People of the whole organisation start at its first branch."""
    line = db.session.query(Branch.id).filter_by(organisation_id=caller().organisation_id, retired_at=None)
    first = line.order_by(Branch.id).limit(1).scalar()
    return int(first) if first else None


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdecimal() or len(text) > 16:
        refuse(InvalidInput, errors={"branch_id": ["Not a valid integer."]})
    return int(text)


def _answer(told: Any) -> tuple[dict[str, Any], int]:
    return told if isinstance(told, tuple) else (told, 200)


def _key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not 1 <= len(key) <= 200:
        refuse(MalformedRequest, reason="an Idempotency-Key has 1 to 200 characters")
    return key


def _fingerprint(sent: dict[str, Any]) -> str:
    """Binds a key to its request: address and body."""
    whole = f"{request.method} {request.path} {json.dumps(sent, sort_keys=True)}"
    return hashlib.sha256(whole.encode()).hexdigest()
