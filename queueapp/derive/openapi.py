"""OpenAPI 3.1: every address, what it takes, what it replies, and every refusal its code can come to."""

import re
import sys
from typing import Any

from flask import Flask

from ..access import DEVICES, STAFF
from ..config import SETTINGS
from ..errors import Refusal
from ..queries.identity import SESSION_COOKIE, device_cookie
from ..web.door import Reply
from ..web.pages import VERSION
from . import problems
from .components import REFER, Components, Json, sentence
from .doors import Door, documented

KEY = "#/components/parameters/IdempotencyKey"
REPLAYED = "#/components/headers/IdempotencyReplayed"
ANSWERS = "#/components/responses/"
HOURS = next(setting.default for setting in SETTINGS if setting.name == "IDEMPOTENCY_HOURS")

# What views look up by name in the query string; tests say that this is all of it.
QUERY: dict[str, tuple[str, str]] = {
    "branch_id": ("integer", "The branch that is meant; the caller's own if left out."),
    "language": ("string", "One of the branch's languages, for names in the answer."),
    "services": ("string", "Ids of services with commas between them; all if left out."),
    "path": ("string", "One of our own addresses."),
}
HOLES = {"id": {"type": "integer", "minimum": 0}, "int": {"type": "integer", "minimum": 0}}


def document(app: Flask) -> Json:
    """The whole document; needs nothing but the code."""
    components, doors = Components(), documented(app)
    paths: dict[str, Json] = {}
    for door in doors:
        paths.setdefault(door.path, {})[door.method.lower()] = _operation(door, components)
    return {
        "openapi": "3.1.0",
        "info": info("REST changes, Socket.IO tells (`/api/asyncapi.json`). Refusals are `application/problem+json`."),
        "servers": [{"url": "/", "description": "The hall that this document came from."}],
        "tags": _tags(doors),
        "paths": paths,
        "components": {
            "responses": _problems(doors, components),
            "schemas": components.all(),
            "parameters": {"IdempotencyKey": _key()},
            "headers": {"IdempotencyReplayed": _header("`true` if this is the first answer given again.")},
            "securitySchemes": _credentials(),
        },
    }


def info(description: str) -> Json:
    return {"title": "queueapp", "version": VERSION, "description": description, "license": {"name": "MIT"}}


def _operation(door: Door, components: Components) -> Json:
    said = {"summary": door.words[0], "description": "\n\n".join([*door.words[1:], _for_whom(door)])}
    operation: Json = {
        "operationId": "_".join(re.findall(r"\w+", f"{door.endpoint} {door.word or ''}")),
        "tags": [_tag(door)],
        **said,
        "security": _security(door),
        "parameters": _parameters(door, components),
        "responses": {**_replies(door, components), **_refusals(door, components)},
    }
    if door.body:
        content = {"application/json": {"schema": components.refer(door.body)}}
        required = any(field.required for field in door.body.fields.values())
        operation["requestBody"] = {"required": required and not door.body.partial, "content": content}
    return operation


def _for_whom(door: Door) -> str:
    return f"For {', '.join(sorted(door.roles))} (`{door.action}`)."


# --- what it takes -----------------------------------------------------------------------------------------------
def _parameters(door: Door, components: Components) -> list[Json]:
    where = [_hole(name, kind) for name, kind in door.holes.items()]
    asked = components.parameters(door.query) if door.query else [_looked_up(name) for name in door.query_names]
    return where + asked + ([{"$ref": KEY}] if door.takes_keys else [])


def _hole(name: str, kind: str) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": HOLES.get(kind, {"type": "string"})}


def _looked_up(name: str) -> Json:
    kind, meaning = QUERY[name]
    return {"name": name, "in": "query", "required": False, "description": meaning, "schema": {"type": kind}}


def _key() -> Json:
    said = (
        f"The name of one press. The same key with the same body gives the first answer again ({HOURS} h by default);"
        " with another body it is refused. Send the same key when you try again."
    )
    form = {"type": "string", "minLength": 1, "maxLength": 200}
    return {"name": "Idempotency-Key", "in": "header", "required": False, "description": said, "schema": form}


# --- what it replies ---------------------------------------------------------------------------------------------
def _replies(door: Door, components: Components) -> Json:
    return {str(status): _reply(door, reply, components) for status, reply in sorted(door.replies.items())}


def _reply(door: Door, reply: Reply, components: Components) -> Json:
    name = reply.shape if isinstance(reply.shape, str) else reply.shape[door.word or ""]
    if "/" in name:
        form = {"type": "object" if name == "application/json" else "string"}
        return {"description": door.words[0], "content": {name: {"schema": form}}}
    schema = components.shape(name)
    content = {"application/json": {"schema": _items(schema) if reply.many else schema}}
    told: Json = {"description": sentence(components.kind(name)), "content": content}
    if door.takes_keys:
        told["headers"] = {"Idempotency-Replayed": {"$ref": REPLAYED}}
    return told


def _items(schema: Json) -> Json:
    return {"type": "object", "required": ["items"], "properties": {"items": {"type": "array", "items": schema}}}


def _header(meaning: str) -> Json:
    return {"description": meaning, "schema": {"type": "string"}}


# --- what it refuses ---------------------------------------------------------------------------------------------
def _refusals(door: Door, components: Components) -> Json:
    by_status: dict[int, list[type[Refusal]]] = {}
    for refusal in door.refusals:
        by_status.setdefault(refusal.status, []).append(refusal)
    told = {str(status): _refused(found, components) for status, found in by_status.items()}
    return {**told, "default": {"$ref": f"{ANSWERS}Problem"}}


def _refused(refusals: list[type[Refusal]], components: Components) -> Json:
    """One refusal is an answer of its own; several of a status are a choice."""
    schemas = [problems.refer(refusal, components) for refusal in refusals]
    if len(refusals) == 1:
        return {"$ref": f"{ANSWERS}{refusals[0].__name__}"}
    return _problem(", ".join(f"`{refusal.__name__}`" for refusal in refusals), {"oneOf": schemas})


def _problems(doors: list[Door], components: Components) -> Json:
    """Every refusal that comes alone somewhere."""
    told = {"Problem": _problem("Anything else.", {"$ref": f"{REFER}Problem"})}
    for refusal in sorted({one for door in doors for one in door.refusals}, key=lambda one: one.__name__):
        told[refusal.__name__] = _problem(sentence(refusal), problems.refer(refusal, components))
        if "retry_after_s" in problems.facts(refusal):
            told[refusal.__name__]["headers"] = {"Retry-After": _header("Seconds to wait before the next try.")}
    return told


def _problem(said: str, schema: Json) -> Json:
    return {"description": said, "content": {"application/problem+json": {"schema": schema}}}


# --- who may -----------------------------------------------------------------------------------------------------
def _credentials() -> Json:
    return {
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "description": "A short token (`POST /api/auth/token`), a device's token, or a ticket's secret.",
        },
        **{name: {"type": "apiKey", "in": "cookie", "name": cookie} for name, cookie in _cookies().items()},
    }


def _cookies() -> dict[str, str]:
    return {"session": SESSION_COOKIE, **{kind: device_cookie(kind) for kind in sorted(DEVICES)}}


def _security(door: Door) -> list[Json]:
    """Any one of these; an empty one where nobody is asked."""
    kinds = (["session"] if door.roles & STAFF else []) + sorted(door.roles & DEVICES)
    anybody: list[Json] = [{}] if "anonymous" in door.roles else []
    return [*anybody, {"bearer": []}, *({kind: []} for kind in kinds)]


# --- tags --------------------------------------------------------------------------------------------------------
def _tag(door: Door) -> str:
    return door.endpoint.split(".")[0]


def _tags(doors: list[Door]) -> list[Json]:
    """A tag per blueprint, described by what its file says first."""
    modules: dict[str, Any] = {_tag(door): sys.modules[door.view.__module__] for door in doors}
    return [{"name": name, "description": sentence(module)} for name, module in sorted(modules.items())]
