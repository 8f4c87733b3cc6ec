"""What the hall says, a line each: `queueapp watch` sits in all five namespaces and prints who is there and each event.

It is a client like any other: it resumes after an interruption, sends heartbeats, and is refused with a reason.
"""

import importlib.util
import json
import queue
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple

from flask import Flask, current_app

from .access import Principal
from .operations import signing
from .queries import identity
from .queries.setup import first_admin_id
from .realtime.rooms import NAMESPACES

HEARTBEAT_S = 25
LONGEST_PAUSE_S = 10
GATHER_S = 0.05  # the client library hands each packet to a thread of its own: a moment's gathering restores the order


def watch(url: str, token: str | None) -> None:
    """Follow the hall until Ctrl-C."""
    if not all(importlib.util.find_spec(name) for name in ("websocket", "requests")):
        raise SystemExit(
            "watch needs the Socket.IO client library, best in an environment that does not also serve:"
            " pip install -e '.[watch]'"
        )
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with _tokens(app, token) as tokens:
        try:
            Watch(url, tokens).run()
        except KeyboardInterrupt:
            print("\nStopped watching.", flush=True)


@contextmanager
def _tokens(app: Flask, given: str | None) -> Iterator[Callable[[], str]]:
    """Where each connection's token comes from. Ours stand on a sign-in that is ended when it is no longer used."""
    if given is not None:
        yield lambda: given
        return
    signed_in: list[Principal] = []

    def end() -> None:
        while signed_in:
            signing.sign_out(signed_in.pop())

    def fresh() -> str:
        with app.app_context():
            end()
            signed_in.append(signing.sign_in_locally(_administrator()))
            return str(identity.short_token(signed_in[0])["access_token"])

    try:
        yield fresh
    finally:
        with app.app_context():
            end()


def _administrator() -> int:
    found = first_admin_id()
    if found is None:
        raise SystemExit("Nobody administers this installation yet; set it up first, or name a token with --token.")
    return found


class Heard(NamedTuple):
    """Something to print; sorts as it happened."""

    at: str
    namespace: str
    stream: str
    seq: int
    event: str
    data: dict[str, Any]


class Watch:
    """One Socket.IO connection with five namespaces, printed by the thread that waits."""

    def __init__(self, url: str, tokens: Callable[[], str]) -> None:
        self.url, self._tokens = url.rstrip("/"), tokens
        self._heard: queue.Queue[Heard] = queue.Queue()
        self._cursors: dict[tuple[str, str], tuple[int, str]] = {}  # (namespace, stream): last number, epoch
        self._refused: set[str] = set()
        self._lost = False

    def run(self) -> None:
        pause = 1.0
        while True:
            if self._follow():
                pause = 1.0
            if len(self._refused) == len(NAMESPACES):
                raise SystemExit(1)
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_S)

    def _follow(self) -> bool:
        """One connection from start to end; False if there was none."""
        from socketio.exceptions import ConnectionError as NoConnection

        client, token = self._client(), self._tokens()
        self._refused.clear()
        self._lost = False
        try:
            client.connect(self.url, auth={"token": token}, namespaces=list(NAMESPACES),
                           transports=["websocket"], wait=False)  # fmt: skip
        except NoConnection:
            _say("", f"Nobody answers at {self.url}; trying again.")
            return False
        try:
            self._tell_connections(token)
            self._listen(client)
        finally:
            client.disconnect()
        return True

    def _listen(self, client: Any) -> None:
        """Print until a namespace is lost or all are refused, and say every half minute that this screen lives."""
        beat_at = time.monotonic() + HEARTBEAT_S
        while not self._lost and len(self._refused) < len(NAMESPACES):
            self._print_heard(client)
            if time.monotonic() >= beat_at:
                beat_at += HEARTBEAT_S
                for namespace in list(client.namespaces):
                    client.emit("heartbeat", {"page": "queueapp watch"}, namespace=namespace)

    # --- hearing -------------------------------------------------------------------------------------------------
    def _client(self) -> Any:
        import socketio

        client = socketio.Client(reconnection=False, handle_sigint=False)
        for namespace in NAMESPACES:
            for event in ("connect", "disconnect", "connect_error", "*"):
                client.on(event, self._ear(event, namespace), namespace=namespace)
        return client

    def _ear(self, kind: str, namespace: str) -> Callable[..., None]:
        def hear(*said: Any) -> None:
            event, *payload = said if kind == "*" else (kind, *said)
            if event == "connect_error" and not (payload and isinstance(payload[0], dict)):
                return  # nobody answered at all: `_follow` says so, once
            data = payload[0] if payload and isinstance(payload[0], dict) else {"said": payload}
            lines: list[dict[str, Any]] = data["events"] if event == "events" else [data]
            for line in lines:
                at = line.get("at") or datetime.now(UTC).isoformat(timespec="milliseconds")
                self._heard.put(
                    Heard(at, namespace, line.get("stream", ""), line.get("seq", 0), line.get("type", event), line)
                )

        return hear

    # --- printing ------------------------------------------------------------------------------------------------
    def _print_heard(self, client: Any) -> None:
        for heard in sorted(self._gather(), key=lambda one: one[:4]):
            if heard.event == "connect":
                print(f"Connected to {heard.namespace}", flush=True)
                self._resume(client, heard.namespace)
            elif heard.event == "disconnect":
                print(f"Disconnected from {heard.namespace}: {summary(heard.event, heard.data)}", flush=True)
                self._lost = True
            elif heard.event == "welcome":
                for stream, head in heard.data["heads"].items():
                    self._cursors.setdefault((heard.namespace, stream), (head, heard.data["epoch"]))
            elif heard.event != "tick":
                self._print(heard)

    def _gather(self) -> list[Heard]:
        found: list[Heard] = []
        try:
            found.append(self._heard.get(timeout=0.5))
            time.sleep(GATHER_S)
            while True:
                found.append(self._heard.get_nowait())
        except queue.Empty:
            return found

    def _print(self, heard: Heard) -> None:
        if heard.seq:
            key = (heard.namespace, heard.stream)
            if heard.seq <= self._cursors.get(key, (0, ""))[0] and self._cursors[key][1] == heard.data["epoch"]:
                return
            self._cursors[key] = (heard.seq, heard.data["epoch"])
        if heard.event == "connect_error":
            self._refused.add(heard.namespace)
        where = f"{heard.stream}#{heard.seq}" if heard.seq else ""
        _say(heard.namespace, f"{heard.event:<19}  {where:<13}  {summary(heard.event, heard.data)}")

    def _resume(self, client: Any, namespace: str) -> None:
        """Ask for what was said while the line was down."""
        known = {stream: cursor for (place, stream), cursor in self._cursors.items() if place == namespace}
        for stream, (seq, epoch) in known.items():
            wanted = {"epoch": epoch, "after": {stream: seq}}
            told = client.call("resume", wanted, namespace=namespace, timeout=10)
            for line in told.get("streams", {}).get(stream, {}).get("events", []):
                self._print(Heard(line["at"], namespace, stream, line["seq"], line["type"], line))
            if told.get("reset"):
                _say(namespace, "history begins anew (another epoch, or too much was missed)")

    def _tell_connections(self, token: str) -> None:
        """Who is connected, branch by branch, for those who may know."""
        try:
            for branch in _get(f"{self.url}/api/admin/branches", token)["items"]:
                counts = _get(f"{self.url}/api/admin/connections?branch_id={branch['id']}", token)["counts"]
                _say("", f"connections at {branch['name']}: {_counts(counts)}")
        except urllib.error.HTTPError as no:
            _say("", f"connection counts: refused ({json.loads(no.read() or b'{}').get('code', no.code)})")
        except OSError:
            return


def _get(url: str, token: str) -> Any:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())


def _say(namespace: str, text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {namespace:<10} {text}".rstrip(), flush=True)


# --- in words ----------------------------------------------------------------------------------------------------
WORDS = {
    "ticket-created": "{number} was taken",
    "ticket-called": "{number} called to counter {counter}",
    "ticket-recalled": "{number} called again to counter {counter} (repeat {recalls})",
    "ticket-started": "{number} started at counter {counter}",
    "ticket-held": "{number} on hold at counter {counter}",
    "ticket-resumed": "{number} resumed at counter {counter}",
    "ticket-transferred": "{number} waits for service {service_id} now",
    "ticket-missed": "{number} did not come to counter {counter}",
    "ticket-returned": "{number} is back and waits again",
    "ticket-cancelled": "{number} is out",
    "ticket-completed": "{number} served at counter {counter}",
    "ticket-corrected": "{number} set right, now {status}",
}


def summary(event: str, data: dict[str, Any]) -> str:
    """A few words about an event."""
    if event == "connections-updated":
        return f"branch {data.get('branch_id')}: {_counts(data.get('counts', {}))}"
    if event == "connect_error":
        reason = data.get("data")
        code = reason.get("code") if isinstance(reason, dict) else None
        return f"refused: {code or 'no code'}, {data.get('message', '')}"
    subject = data.get("data", {})
    if "ticket" in subject:
        return WORDS.get(event, "{number}").format_map(subject["ticket"]) + _waiting(data.get("stats"))
    if "counter" in subject:
        return f"counter {subject['counter']['name']} is {subject['counter']['status']}"
    if "service" in subject:
        return f"service {subject['service']['letter']} ({next(iter(subject['service']['names'].values()), '')})"
    if "branch" in subject:
        return str(subject["branch"]["name"])
    if "said" in data:
        return ", ".join(map(str, data["said"]))
    return json.dumps(data, ensure_ascii=False)[:100]


def _waiting(stats: dict[str, Any] | None) -> str:
    figures = (stats or {}).get("services", [])
    return "".join(f"; {one['waiting']} waiting for service {one['service_id']}" for one in figures)


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name.strip('/')} {count}" for name, count in counts.items())
