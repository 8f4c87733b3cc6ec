"""Refusals, events, settings and policy as tables for people."""

from typing import Any

from flask import Flask

from ..access import POLICY
from ..config import ROOT, SETTINGS, Setting
from ..errors import catalogue as refusal_catalogue
from ..models.hall import BRANCH_SETTINGS
from ..models.people import DEVICE_KINDS, ROLES
from ..realtime.events import SYSTEM, catalogue
from ..realtime.namespaces import SAYS
from ..realtime.rooms import NAMESPACES
from ..schemas.packets import ANSWERS, EPHEMERAL, Envelope
from . import news
from .components import sentence
from .doors import every
from .markdown import code, page, table
from .problems import facts

WHO = (*ROLES, *DEVICE_KINDS, "ticket", "anonymous")


# --- refusals ----------------------------------------------------------------------------------------------------
def refusals() -> str:
    found = sorted(refusal_catalogue(), key=lambda kind: (kind.status, kind.__name__))
    rows = [(kind.status, f"`{kind.__name__}`", sentence(kind), code(facts(kind))) for kind in found]
    return page(
        "# Refusals\n",
        "A refusal changed nothing. Over REST it is `application/problem+json` (RFC 9457) with `type`, `title`,",
        "`status`, `detail` and `code`; over a socket the answer is `{ok: false, code, detail}`.",
        "The facts that its sentence names travel beside it.\n",
        table(("status", "code", "detail", "facts"), rows),
    )


# --- events ------------------------------------------------------------------------------------------------------
def events() -> str:
    return page(
        "# Events\n",
        "## Durable\n",
        "Numbered without a gap in each stream that tells them, stored with the change itself, and told again to",
        "whoever asks (`resume`, or `GET /api/branches/<id>/events`).",
        f"The envelope is {code(_fields(Envelope()))}.",
        "`data` has the subject whole; where a ticket's place changed, also `left` and `entered`.\n",
        _durable(),
        "## Who hears what\n",
        _audience(),
        "## Ephemeral\n",
        "Never stored; the latest wins.\n",
        _ephemeral(),
        "## What a screen may say\n",
        "Each is acknowledged with `ok`. Nothing of it changes business data.\n",
        _sayable(),
    )


def _durable() -> str:
    rows = [
        (code([one.wire_name()]), sentence(one), code([one.subject or "subject"]), _told(one)) for one in catalogue()
    ]
    return table(("type", "what happened", "data", "told as"), rows)


def _audience() -> str:
    rows = [(code([one]), ", ".join(sorted(POLICY[one])), _heard(one)) for one in NAMESPACES]
    return table(("namespace", "for", "streams"), rows)


def _ephemeral() -> str:
    rows = [
        (code([name]), sentence(shape), code(_fields(shape())), code(where or ()) or "everywhere")
        for name, (shape, where) in EPHEMERAL.items()
    ]
    return table(("type", "meaning", "fields", "where"), rows)


def _sayable() -> str:
    rows = [
        (code([name]), sentence(act), code(_fields(schema)), code(_fields(ANSWERS[name]())))
        for name, (schema, act) in SAYS.items()
    ]
    return table(("event", "meaning", "fields", "answer"), rows)


def _told(event: Any) -> str:
    """The shape that each audience gets."""
    told = [f"{name}: `{type(shape).__name__}`" for name, shape in event.audiences.items() if name != SYSTEM]
    return ", ".join(told) or "servers only"


def _fields(schema: Any) -> list[str]:
    return [field.data_key or name for name, field in schema.fields.items()]


def _heard(namespace: str) -> str:
    return ", ".join(_stream(audience, namespace) for audience in news.audiences(namespace))


def _stream(audience: str, namespace: str) -> str:
    return f"{audience} (once a second, as `events`)" if news.is_gathered(audience, namespace) else audience


# --- settings ----------------------------------------------------------------------------------------------------
def settings() -> str:
    own = [(f"`QUEUEAPP_{one.name}`", _default(one), _form(one), one.meaning) for one in SETTINGS]
    branch = [(f"`{name}`", default, meaning) for name, (default, meaning) in BRANCH_SETTINGS.items()]
    return page(
        "# Settings\n",
        "## Of an installation\n",
        "From the environment, else from `config.toml` in the instance folder (without the prefix).",
        "Nonsense is refused at the start; `queueapp settings` prints what is in force and where it came from.\n",
        table(("name", "default", "form", "meaning"), own),
        "## Of a branch\n",
        "Whole numbers, set by administrators (`settings` of a branch).\n",
        table(("name", "default", "meaning"), branch),
    )


def _default(setting: Setting) -> str:
    """Without this machine's own folders."""
    shown = str(setting.default).removeprefix(f"{ROOT}/") if setting.default not in ("", []) else ""
    return f"`{shown}`" if shown else ""


def _form(setting: Setting) -> str:
    """The parser's name; of a whole number also its limits, which the parser closed over."""
    limits = [str(cell.cell_contents) for cell in getattr(setting.parse, "__closure__", None) or ()]
    return f"{min(limits, key=int)} to {max(limits, key=int)}" if limits else setting.parse.__name__


# --- policy ------------------------------------------------------------------------------------------------------
def policy(app: Flask) -> str:
    rows = [(code([action]), *("yes" if who in may else "" for who in WHO)) for action, may in POLICY.items()]
    return page(
        "# Who may do what\n",
        "One table for REST, sockets and replay. What belongs to another organisation does not exist (404);",
        "what belongs to another branch or needs another role is not yours (403);",
        "strangers are asked who they are (401).\n",
        table(("action", *WHO), rows),
        "## Where each is asked first\n",
        _doors(app),
    )


def _doors(app: Flask) -> str:
    doors: dict[str, list[str]] = {}
    for door in every(app):
        doors.setdefault(door.action, []).append(f"{door.method} {door.path}")
    return table(("action", "doors"), [(code([action]), code(found)) for action, found in sorted(doors.items())])
