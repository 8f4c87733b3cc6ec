"""The one way to change anything: a transaction in which news is announced, numbered and stored with the change.

    with transaction(actor) as announce:
        ...change rows...
        announce(TicketCalled, ticket)

Leaving the block commits the change and its news together, then hands the news to the relay; a refusal or any other
exception rolls both back and nothing is ever sent. Inside another transaction the block joins it, so two operations
in one press succeed or fail as one. This is the only file that commits.
"""

import json
import random
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError

from .. import runtime
from ..access import Principal
from ..clock import now, rfc3339
from ..errors import KeyUsedForAnother, TicketHasChanged, TryAgainSoon, refuse
from ..extensions import db
from ..models import Press, Service
from ..models.columns import Utc
from ..queries import lines
from . import streams
from .events import PUBLIC, Event
from .relay import relay

# SQLite has one writer. Waiting for it inside the library would freeze a cooperative process (the holder could never
# finish), so writers queue here, first come first served, and no code inside a transaction may wait for anything.
_writer = runtime.lock()
_BUSY_FOR_S = 5.0  # how long to stand behind another process (a backup, the command line) before refusing


class Announce:
    """Collects the news of one transaction; calling it announces."""

    def __init__(self, actor: Principal) -> None:
        self.actor = actor
        self.press_id = secrets.token_hex(8)
        self.news: list[dict[str, Any]] = []

    def __call__(
        self,
        event: type[Event],
        row: Any,
        *,
        left: dict[str, int] | None = None,
        entered: dict[str, int] | None = None,
        services: list[int] | None = None,
    ) -> None:
        """Freeze what `event` says about `row` now, for each audience, numbered in that audience's stream."""
        db.session.flush()
        eid, at = secrets.token_urlsafe(12), now()
        stats = self._stats(left, entered, services)
        moved = {name: place for name, place in (("left", left), ("entered", entered)) if place}
        for audience, stream in event.streams(row).items():
            body: dict[str, Any] = {
                "eid": eid,
                "branch_id": event.branch_of(row),
                "type": event.wire_name(),
                "at": rfc3339(at),
                "actor": self._actor(audience),
                "data": {**event.data(audience, row), **moved},
                **({"stats": stats} if stats else {}),
            }
            self._store(stream, body, at)

    def _actor(self, audience: str) -> dict[str, Any]:
        """The public hears what kind of actor it was, never who."""
        return {"kind": self.actor.kind, "id": None} if audience == PUBLIC else self.actor.public

    def _stats(self, left: Any, entered: Any, services: list[int] | None) -> dict[str, Any] | None:
        touched = dict.fromkeys([place["service_id"] for place in (left, entered) if place] + (services or []))
        found = [db.session.get(Service, service_id) for service_id in touched]
        return {"services": [lines.figures(service) for service in found if service]} if found else None

    def _store(self, stream: str, body: dict[str, Any], at: Any) -> None:
        """Give the next number and write the line. The counter row makes numbers gap-free and in commit order."""
        connection = db.session.connection()
        seq = connection.execute(_COUNT_UP, {"stream": stream}).scalar_one()
        row = {"stream": stream, "seq": seq, "eid": body["eid"], "type": body["type"], "at": at}
        connection.execute(_WRITE, {**row, "envelope": json.dumps(body, separators=(",", ":"), ensure_ascii=False)})
        self.news.append(streams.envelope(stream, seq, self.epoch, body))

    @cached_property
    def epoch(self) -> str:
        return streams.epoch()


# Written out because every act runs them up to three times (docs/bench.md). One statement counts up or begins.
_COUNT_UP = text(
    "INSERT INTO stream (name, seq, floor) VALUES (:stream, 1, 0)"
    " ON CONFLICT (name) DO UPDATE SET seq = stream.seq + 1 RETURNING seq"
)
_WRITE = text(
    "INSERT INTO event (stream, seq, eid, type, at, envelope) VALUES (:stream, :seq, :eid, :type, :at, :envelope)"
).bindparams(bindparam("at", type_=Utc()))


_current: ContextVar[Announce | None] = ContextVar("transaction", default=None)


@contextmanager
def transaction(actor: Principal) -> Iterator[Announce]:
    """Change things and announce them, or do neither."""
    joined = _current.get()
    if joined is not None:
        yield joined
        return
    _end_reading()
    with _writer:
        announce = Announce(actor)
        mark = _current.set(announce)
        try:
            _begin()
            yield announce
            db.session.commit()
        except StaleDataError:
            db.session.rollback()
            raise TicketHasChanged(number="This") from None
        except BaseException:
            db.session.rollback()
            raise
        finally:
            _current.reset(mark)
        relay.hand_over(announce.news)  # while we hold the lock: news is handed over in commit order


def once(
    actor: Principal, key: str | None, fingerprint: str, act: Callable[[], tuple[dict[str, Any], int]]
) -> tuple[dict[str, Any], int, bool]:
    """Carry out `act` at most once per `key`; gives (body, status, whether this is the first answer given again).

    The key is stored in the same transaction as the effect, with a fingerprint of the request, so a retry after a lost
    answer finds either both or neither. A refusal is not stored: the same press may succeed later.
    """
    if not key:
        return (*act(), False)
    with transaction(actor):
        known = db.session.get(Press, (actor.subject, key))
        if known is not None:
            if known.fingerprint != fingerprint:
                refuse(KeyUsedForAnother)
            return json.loads(known.body), known.status, True
        body, status = act()
        text = json.dumps(body, ensure_ascii=False)
        db.session.add(Press(scope=actor.subject, key=key, fingerprint=fingerprint, status=status, body=text, at=now()))
    return body, status, False


def _end_reading() -> None:
    """A transaction that has read can not become a writing one (SQLite would refuse at once): start afresh."""
    if db.session.new or db.session.dirty or db.session.deleted:
        raise RuntimeError("something was changed outside a transaction")
    db.session.rollback()


def _begin() -> None:
    """Take the write lock of the database now, waiting cooperatively while another process holds it."""
    deadline = time.monotonic() + _BUSY_FOR_S
    while True:
        try:
            db.session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
            return
        except OperationalError as why:
            db.session.rollback()
            if "locked" not in str(why) and "busy" not in str(why):
                raise
            if time.monotonic() > deadline:
                raise TryAgainSoon(retry_after_s=1 + random.randrange(3)) from None
            runtime.sleep(0.001 + random.random() / 100)
