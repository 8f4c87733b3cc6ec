"""The REST doors, one by one, as the address map and the decorators of their views say them."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from marshmallow import Schema
from werkzeug.routing import Rule

from ..access import POLICY
from ..errors import CrossSiteRequest, InvalidInput, Refusal, RequestTooLarge
from ..web.door import SAFE, Reply
from . import reach

HOLE = re.compile(r"<(?:(?P<kind>\w+)(?:\((?P<words>[\w,]+)\))?:)?(?P<name>\w+)>")


@dataclass(frozen=True)
class Door:
    """One method at one address."""

    method: str
    path: str
    holes: dict[str, str]  # name in the address -> kind of converter
    endpoint: str
    view: Any
    word: str | None  # which one, where a view serves several addresses: `services`

    @property
    def action(self) -> str:
        return str(self.view.action)

    @property
    def roles(self) -> frozenset[str]:
        return POLICY[self.action]

    @property
    def body(self) -> Schema | None:
        return getattr(self.view, "body", None)

    @property
    def query(self) -> Schema | None:
        return getattr(self.view, "query", None)

    @property
    def takes_keys(self) -> bool:
        return bool(getattr(self.view, "takes_keys", False))

    @property
    def query_names(self) -> list[str]:
        """Looked up one by one, where no schema says what may stand in the query string."""
        return [] if self.query or self.method not in SAFE else sorted(reach.query_names(self.view))

    @property
    def replies(self) -> dict[int, Reply]:
        return getattr(self.view, "replies", {})

    @property
    def refusals(self) -> list[type[Refusal]]:
        """What the code can come to, and what is refused before a view or by a schema."""
        found = reach.refusals(self.view)
        found |= {InvalidInput} if self.body or self.query else set()
        found |= set() if self.method in SAFE else {CrossSiteRequest, RequestTooLarge}
        return sorted(found, key=lambda kind: (kind.status, kind.__name__))

    @property
    def words(self) -> list[str]:
        """What it does, by paragraph."""
        return [part.replace("\n", " ") for part in inspect.cleandoc(self.view.__doc__ or "").split("\n\n")]


def documented(app: Flask) -> list[Door]:
    """Everything under /api, and whatever else says its reply."""
    return [door for door in every(app) if door.path.startswith("/api/") or door.replies]


def every(app: Flask) -> list[Door]:
    """Every door but the static files, by address."""
    found = [door for rule in app.url_map.iter_rules() if rule.endpoint != "static" for door in _of(rule, app)]
    return sorted(found, key=lambda door: (door.path, door.method))


def _of(rule: Rule, app: Flask) -> Iterator[Door]:
    """A rule with a choice of words (`<any(branches,services):kind>`) is as many doors."""
    view = app.view_functions[rule.endpoint]
    for address, word in _addresses(rule.rule):
        holes = {hole["name"]: hole["kind"] or "string" for hole in HOLE.finditer(address)}
        path = HOLE.sub(lambda hole: f"{{{hole['name']}}}", address)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Door(method, path, holes, rule.endpoint, view, word)


def _addresses(rule: str) -> list[tuple[str, str | None]]:
    choice = next((hole for hole in HOLE.finditer(rule) if hole["words"]), None)
    if choice is None:
        return [(rule, None)]
    return [(rule.replace(choice[0], word), word) for word in choice["words"].split(",")]
