"""Refusals as schemas: the problem that each is, with its own code and the facts that its sentence names."""

import re

from ..errors import InvalidInput, Refusal
from .components import Components, Json, sentence

PROBLEM: Json = {
    "description": "A refusal (RFC 9457): `code` is its name, `detail` a sentence for people. It changed nothing.",
    "type": "object",
    "required": ["code", "detail", "status", "title", "type"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
    },
}


def refer(refusal: type[Refusal], components: Components) -> Json:
    """A reference to the refusal's schema."""
    problem = components.write("Problem", PROBLEM)
    own: Json = {"code": {"const": refusal.__name__}, "status": {"const": refusal.status}}
    schema = {"allOf": [problem, {"type": "object", "required": [*own], "properties": {**own, **_named(refusal)}}]}
    return components.write(refusal.__name__, {"description": sentence(refusal), **schema})


def facts(refusal: type[Refusal]) -> list[str]:
    """The holes of its sentence; what fills them travels beside it."""
    return re.findall(r"\{(\w+)\}", sentence(refusal))


def _named(refusal: type[Refusal]) -> Json:
    named: Json = {fact: {"type": ["string", "integer", "null"]} for fact in facts(refusal)}
    if refusal is InvalidInput:
        named["errors"] = {"type": "object", "description": "What is wrong, by field."}
    return named
