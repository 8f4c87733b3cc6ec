"""The contract as documents, derived from the code that serves it: built when somebody first asks, then kept."""

from flask import Blueprint, Response, current_app

from .door import allow, tells

bp = Blueprint("documents", __name__)


@bp.get("/api/openapi.json")
@allow("system.read")
@tells("application/json")
def openapi() -> Response:
    """This document: every address, what it takes, replies and refuses (OpenAPI 3.1)."""
    return _document("openapi")


@bp.get("/api/asyncapi.json")
@allow("system.read")
@tells("application/json")
def asyncapi() -> Response:
    """The live half: namespaces, events, and what screens may say (AsyncAPI 3.0)."""
    return _document("asyncapi")


def _document(name: str) -> Response:
    from ..derive import document  # loads what only documents need; most halls never ask

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    return Response(document(app, name), mimetype="application/json")
