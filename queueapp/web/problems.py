"""Every failure becomes one shape: problem+json for programs, a clear page for people. Nothing ends the process."""

import logging
from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from marshmallow import ValidationError
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from ..errors import (
    InvalidInput,
    MalformedRequest,
    MethodNotAllowed,
    NoSuchThing,
    Refusal,
    RequestTooLarge,
    TicketHasChanged,
    TryAgainSoon,
    UnsupportedMediaType,
)
from ..extensions import db

log = logging.getLogger(__name__)

HTTP: dict[int, Refusal] = {
    404: NoSuchThing(what="address"),
    405: MethodNotAllowed(),
    413: RequestTooLarge(),
    415: UnsupportedMediaType(),
}


def register(app: Flask) -> None:
    app.register_error_handler(Refusal, answer)
    app.register_error_handler(ValidationError, lambda why: answer(InvalidInput(errors=why.normalized_messages())))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(IntegrityError, _lost_a_race)
    app.register_error_handler(OperationalError, _database_is_busy)
    app.register_error_handler(Exception, _unexpected)


def answer(refusal: Refusal) -> Response:
    """The refusal as the caller can read it."""
    problem = refusal.problem()
    if _for_people():
        response = make_response(render_template("system/problem.html", problem=problem, page={}), refusal.status)
    else:
        response = jsonify(problem)
        response.status_code = refusal.status
        response.mimetype = "application/problem+json"
    if "retry_after_s" in refusal.facts:
        response.headers["Retry-After"] = str(refusal.facts["retry_after_s"])
    return response


def _for_people() -> bool:
    return not request.path.startswith("/api/") and request.accept_mimetypes.accept_html


def _http(why: HTTPException) -> Response:
    known = HTTP.get(why.code or 0) or MalformedRequest(reason=why.description or "it could not be understood")
    response = answer(known)
    response.status_code = why.code or 400
    if why.code == 405 and why.get_headers():
        response.headers["Allow"] = dict(why.get_headers()).get("Allow", "")
    return response


def _lost_a_race(why: IntegrityError) -> Response:
    """A constraint held where a rule did not: nothing was changed, and somebody else was first."""
    db.session.rollback()
    log.warning("a constraint refused a change: %s", why.orig)
    return answer(TicketHasChanged(number="This"))


def _database_is_busy(why: OperationalError) -> Response:
    db.session.rollback()
    log.error("the database did not answer: %s", why.orig)
    return answer(TryAgainSoon(retry_after_s=2))


def _unexpected(why: Exception) -> Any:
    db.session.rollback()
    log.exception("unexpected: %s %s", request.method, request.path)
    problem = {"type": "/problems/Unexpected", "title": "Unexpected", "status": 500, "code": "Unexpected"}
    problem["detail"] = "Something went wrong here; nothing was changed. It was written to the log."
    response = jsonify(problem)
    response.status_code, response.mimetype = 500, "application/problem+json"
    return response
