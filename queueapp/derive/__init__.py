"""What derives from the code: API documents, types and tables. Say it once; `queueapp derive` writes the rest.

The two documents are served (`/api/openapi.json`, `/api/asyncapi.json`) and not kept as files; types and pages are. A
hall that nobody asks for its documents never loads this package.
"""

import json
from collections.abc import Callable
from functools import cache

from flask import Flask, current_app

from ..config import ROOT
from . import asyncapi, life, openapi, pages, typescript

DOCUMENTS: dict[str, Callable[[Flask], object]] = {
    "openapi": openapi.document,
    "asyncapi": lambda _: asyncapi.document(),
}


@cache
def document(app: Flask, name: str) -> str:
    """One of the two documents as JSON text."""
    return json.dumps(DOCUMENTS[name](app), ensure_ascii=False)


FILES: dict[str, Callable[[Flask], str]] = {
    "docs/derived/life-of-a-ticket.md": lambda _: life.life_of_a_ticket(),
    "docs/derived/refusals.md": lambda _: pages.refusals(),
    "docs/derived/events.md": lambda _: pages.events(),
    "docs/derived/settings.md": lambda _: pages.settings(),
    "docs/derived/policy.md": pages.policy,
    "static/js/events.d.ts": typescript.declarations,
}


def write(check: bool = False) -> list[str]:
    """Write every file that is not fresh, or with `check` only find them; gives their names."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    fresh = {name: build(app) for name, build in FILES.items()}
    stale = [name for name, text in fresh.items() if _kept(name) != text]
    for name in [] if check else stale:
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(fresh[name])
    return stale


def _kept(name: str) -> str | None:
    path = ROOT / name
    return path.read_text() if path.exists() else None
