"""AsyncAPI 3.0: the namespaces as channels, what is heard there, and what a screen may say."""

from ..access import POLICY
from ..config import SETTINGS
from ..errors import InvalidInput, MalformedRequest, Refusal
from ..queries.identity import SESSION_COOKIE
from ..realtime import namespaces
from ..realtime.events import TICKET
from ..realtime.rooms import NAMESPACES
from ..schemas.packets import ANSWERS, EPHEMERAL
from . import news, reach
from .components import Components, Json, sentence
from .openapi import info

MESSAGES = "#/components/messages/"
HERE = {setting.name: setting.default for setting in SETTINGS}


def document() -> Json:
    """The whole document; needs nothing but the code."""
    components = Components()
    messages = {**_durable(components), **_ephemeral(components), **_said(components), **_answers(components)}
    return {
        "asyncapi": "3.0.0",
        "info": info(
            "Socket.IO, protocol 5. REST changes (`/api/openapi.json`), sockets tell: nothing said here writes."
        ),
        "defaultContentType": "application/json",
        "servers": {"hall": _server()},
        "channels": {_id(namespace): _channel(namespace) for namespace in NAMESPACES},
        "operations": {name: one for namespace in NAMESPACES for name, one in _operations(namespace).items()},
        "components": {
            "messages": messages,
            "schemas": news.with_unions(components),
            "securitySchemes": _credentials(),
        },
    }


def _server() -> Json:
    address = {"default": f"{HERE['HOST']}:{HERE['PORT']}", "description": "Where the hall is served."}
    return {
        "host": "{address}",
        "pathname": "/socket.io/",
        "protocol": "ws",
        "variables": {"address": address},
        "security": [{"$ref": f"#/components/securitySchemes/{name}"} for name in _credentials()],
    }


def _credentials() -> Json:
    said = "As `auth: {token}` of the handshake: a short token, a device's token, or a ticket's secret."
    return {
        "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": said},
        "session": {"type": "httpApiKey", "in": "cookie", "name": SESSION_COOKIE},
    }


# --- channels ----------------------------------------------------------------------------------------------------
def _channel(namespace: str) -> Json:
    names = {**_heard(namespace), **_sayable()}
    return {
        "address": namespace,
        "description": f"For {', '.join(sorted(POLICY[namespace]))}. {_streams(namespace)} {_refused_at_the_door()}",
        "messages": {name: {"$ref": f"{MESSAGES}{message}"} for name, message in names.items()},
    }


def _streams(namespace: str) -> str:
    """In words, which numbered streams are heard here."""
    return f"Streams: {', '.join(_stream(audience, namespace) for audience in news.audiences(namespace))}."


def _stream(audience: str, namespace: str) -> str:
    gathered = " (as `events`, once a second)" if news.is_gathered(audience, namespace) else ""
    return f"`{audience}-<{'ticket' if audience == TICKET else 'branch'}>`{gathered}"


def _refused_at_the_door() -> str:
    return f"Connecting may be refused with {_codes(reach.refusals(namespaces.connect))}."


def _heard(namespace: str) -> dict[str, str]:
    """Name on the wire -> message: durable news of the audiences that hear it here, and what is ephemeral."""
    durable = {event.wire_name(): news.message(audience, event) for audience, event in news.told_at(namespace)}
    ephemeral = {name: name for name, (_, where) in EPHEMERAL.items() if where is None or namespace in where}
    return {**durable, **ephemeral}


def _sayable() -> dict[str, str]:
    said = {name: f"say.{name}" for name in namespaces.SAYS}
    answers = {kind.__name__: f"answer.{kind.__name__}" for kind in ANSWERS.values()}
    return {**said, **answers, "Refused": "answer.Refused"}


# --- operations --------------------------------------------------------------------------------------------------
def _operations(namespace: str) -> Json:
    channel = _id(namespace)
    hear = {
        "action": "send",
        "channel": {"$ref": f"#/channels/{channel}"},
        "summary": f"What is heard at {namespace}.",
        "messages": [_at(channel, name) for name in _heard(namespace)],
    }
    said = {f"{channel}.{name}": _operation(channel, name) for name in namespaces.SAYS}
    return {f"{channel}.hear": hear, **said}


def _operation(channel: str, name: str) -> Json:
    codes = reach.refusals(namespaces.SAYS[name][1]) | {InvalidInput, MalformedRequest}
    there = {"$ref": f"#/channels/{channel}"}
    answers = [_at(channel, ANSWERS[name].__name__), _at(channel, "Refused")]
    return {
        "action": "receive",
        "channel": there,
        "summary": _meaning(name),
        "description": f"Acknowledged. May be refused with {_codes(codes)}.",
        "messages": [_at(channel, name)],
        "reply": {"channel": there, "messages": answers},
    }


def _meaning(name: str) -> str:
    """What a screen says by it: the sentence of whoever carries it out."""
    return sentence(namespaces.SAYS[name][1])


def _at(channel: str, name: str) -> Json:
    return {"$ref": f"#/channels/{channel}/messages/{name}"}


def _codes(refusals: set[type[Refusal]]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(refusal.__name__ for refusal in refusals))


# --- messages ----------------------------------------------------------------------------------------------------
def _durable(components: Components) -> Json:
    return {
        news.message(audience, event): _message(
            event.wire_name(), sentence(event), news.refer(audience, event, components)
        )
        for audience, event in news.audible()
    }


def _ephemeral(components: Components) -> Json:
    shapes = {name: shape for name, (shape, _) in EPHEMERAL.items()}
    return {name: _message(name, sentence(shape), components.refer(shape())) for name, shape in shapes.items()}


def _said(components: Components) -> Json:
    return {
        f"say.{name}": _message(name, _meaning(name), components.refer(schema))
        for name, (schema, _) in namespaces.SAYS.items()
    }


def _answers(components: Components) -> Json:
    names = sorted({kind.__name__ for kind in ANSWERS.values()} | {"Refused"})
    return {f"answer.{name}": _message(name, sentence(components.kind(name)), components.shape(name)) for name in names}


def _message(name: str, summary: str, payload: Json) -> Json:
    return {"name": name, "summary": summary, "payload": payload}


def _id(namespace: str) -> str:
    return namespace.strip("/")
