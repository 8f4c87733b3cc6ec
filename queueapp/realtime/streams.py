"""Streams as readers see them: heads, what came after a cursor, and whether a cursor is still good."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ..errors import CursorTooOld, refuse
from ..extensions import db
from ..models import Fact, StoredEvent, Stream

PAGE = 500  # events one answer carries at most


def epoch() -> str:
    """Names this history. A cursor of another epoch (before a restore, another database) is worth nothing."""
    fact = db.session.get(Fact, "epoch")
    return fact.value if fact else ""


def heads(names: list[str]) -> dict[str, int]:
    """The last number given in each stream; 0 for one that has no news yet."""
    found = dict.fromkeys(names, 0)
    for start in range(0, len(names), 500):
        some = names[start : start + 500]
        rows = db.session.execute(select(Stream.name, Stream.seq).where(Stream.name.in_(some)))
        found.update(dict(rows.all()))
    return found


@dataclass(frozen=True)
class Slice:
    """What one stream says after a cursor; `end` is the cursor after reading it."""

    stream: str
    start: int
    end: int
    head: int
    events: list[dict[str, Any]]


def after(stream: str, seq: int, *, of_epoch: str | None, limit: int = PAGE) -> Slice:
    """The news after `seq`, at most `limit`; refuses a cursor that history can not continue gap-free.

    That is: another epoch, a number never given (a restored backup), or one already forgotten by retention.
    """
    row = db.session.get(Stream, stream)
    head, floor = (row.seq, row.floor) if row else (0, 0)
    if (of_epoch is not None and of_epoch != epoch()) or not floor <= seq <= head:
        refuse(CursorTooOld)
    events = read(stream, seq, min(limit, PAGE))
    return Slice(stream, seq, events[-1]["seq"] if events else seq, head, events)


def read(stream: str, seq: int, limit: int = PAGE) -> list[dict[str, Any]]:
    """Stored envelopes after `seq`, in order."""
    rows = select(StoredEvent.seq, StoredEvent.envelope).where(StoredEvent.stream == stream, StoredEvent.seq > seq)
    this = epoch()
    return [
        envelope(stream, number, this, json.loads(body))
        for number, body in db.session.execute(rows.order_by(StoredEvent.seq).limit(limit))
    ]


def envelope(stream: str, seq: int, of_epoch: str, body: dict[str, Any]) -> dict[str, Any]:
    """The wire form of one line of news."""
    return {"stream": stream, "seq": seq, "epoch": of_epoch, **body}
