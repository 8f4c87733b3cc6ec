"""TypeScript: every schema of both documents as a type, and per namespace what is heard and said."""

import json

from flask import Flask

from ..realtime.namespaces import SAYS
from ..realtime.rooms import NAMESPACES
from ..schemas.packets import ANSWERS, EPHEMERAL
from . import asyncapi, news, openapi
from .components import Json

PLAIN = {"integer": "number", "number": "number", "string": "string", "boolean": "boolean", "null": "null"}
HEAD = """// Derived from the code by `queueapp derive`: what is written here by hand is lost.
// With socket.io-client: const socket: Socket<HeardAtMonitor, Said> = io("/monitor", { auth: { token } });
"""


def declarations(app: Flask) -> str:
    """The whole file."""
    schemas = {**openapi.document(app)["components"]["schemas"], **asyncapi.document()["components"]["schemas"]}
    types = [_declare(name, schema) for name, schema in sorted(schemas.items())]
    return "\n".join([HEAD, *types, *(_heard(namespace) for namespace in NAMESPACES), _said()])


def _declare(name: str, schema: Json) -> str:
    said = _comment(schema, "")
    if "properties" in schema:
        return f"{said}export interface {name} {_object(schema, '')}\n"
    return f"{said}export type {name} = {written(schema)};\n"


# --- a schema as a type ------------------------------------------------------------------------------------------
def written(schema: Json) -> str:
    """The type as it is written in a line."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[1]
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(json.dumps(choice) for choice in schema["enum"])
    for key, sign in (("anyOf", " | "), ("oneOf", " | "), ("allOf", " & ")):
        if key in schema:
            return sign.join(written(part) for part in schema[key])
    return _typed(schema)


def _typed(schema: Json) -> str:
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    return " | ".join(_kind(kind, schema) for kind in kinds) or "unknown"


def _kind(kind: str, schema: Json) -> str:
    if kind == "array":
        return f"Array<{written(schema.get('items', {}))}>"
    if kind == "object":
        return _inline(schema) if "properties" in schema else _record(schema)
    return PLAIN[kind]


def _inline(schema: Json) -> str:
    parts = (f"{_key(name, schema)}: {written(one)}" for name, one in schema["properties"].items())
    return f"{{ {'; '.join(parts)} }}"


def _record(schema: Json) -> str:
    values = written(schema.get("additionalProperties") or {})
    keys = schema.get("propertyNames")
    return f"Partial<Record<{written(keys)}, {values}>>" if keys else f"Record<string, {values}>"


def _object(schema: Json, indent: str) -> str:
    lines = [
        f"{_comment(one, indent + '  ')}{indent}  {_key(name, schema)}: {written(one)};\n"
        for name, one in schema["properties"].items()
    ]
    return f"{{\n{''.join(lines)}{indent}}}"


def _key(name: str, schema: Json) -> str:
    plain = name if name.isidentifier() else json.dumps(name)
    return plain if name in schema.get("required", ()) else f"{plain}?"


def _comment(schema: Json, indent: str) -> str:
    said = schema.get("description")
    return f"{indent}/** {said} */\n" if said else ""


# --- namespaces --------------------------------------------------------------------------------------------------
def _heard(namespace: str) -> str:
    durable = [(event.wire_name(), news.name(audience, event)) for audience, event in news.told_at(namespace)]
    ephemeral = [
        (name, shape.__name__) for name, (shape, where) in EPHEMERAL.items() if where is None or namespace in where
    ]
    lines = [f'  "{name}": (told: {kind}) => void;\n' for name, kind in durable + ephemeral]
    head = f"/** What is heard at {namespace}. */\nexport interface HeardAt{namespace[1:].title()}"
    return f"{head} {{\n{''.join(lines)}}}\n"


def _said() -> str:
    lines = [f'  "{name}": {_acknowledged(type(schema), ANSWERS[name])};\n' for name, (schema, _) in SAYS.items()]
    return f"/** What a screen may say, at every namespace. */\nexport interface Said {{\n{''.join(lines)}}}\n"


def _acknowledged(said: type, answer: type) -> str:
    return f"(said: {said.__name__}, answer: (told: {answer.__name__} | Refused) => void) => void"
