"""Pressing keys over REST as fast as the server answers: keep-alive connections, one epoll, all made beforehand."""

import itertools
import json
import selectors
import socket
import time
from collections.abc import Iterable, Iterator
from typing import Any

_numbers = itertools.count(1)


class Line:
    """One kept-alive connection with one request on its way."""

    def __init__(self, port: int) -> None:
        self.sock = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.sent_at = 0.0

    def send(self, request: bytes) -> None:
        self.sent_at = time.time()
        self.sock.sendall(request)

    def receive(self) -> tuple[int, bytes] | None:
        """Status and body, once the whole answer is here."""
        data = self.sock.recv(262_144)
        if not data:
            raise ConnectionError("the server closed a kept-alive connection")
        self.buffer += data
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return None
        self.buffer = b""
        return int(head[9:12]), body

    def ask(self, request: bytes) -> tuple[int, dict[str, Any]]:
        """One request and its answer."""
        self.send(request)
        while (answer := self.receive()) is None:
            pass
        return answer[0], json.loads(answer[1])


def press(path: str, body: dict[str, Any], token: str) -> bytes:
    """A POST as our own pages send it, with an Idempotency-Key."""
    text = json.dumps(body).encode()
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nIdempotency-Key: bench-{next(_numbers)}\r\n"
        f"Content-Length: {len(text)}\r\n\r\n"
    ).encode() + text


def drive(lines: list[Line], requests: Iterable[bytes]) -> tuple[float, list[float]]:
    """Send all requests, one at a time on each line; gives the seconds it took and each answer's own."""
    waiting: Iterator[bytes] = iter(requests)
    took: list[float] = []
    with selectors.DefaultSelector() as selector:
        began = time.time()
        for line, request in zip(lines, waiting, strict=False):
            selector.register(line.sock, selectors.EVENT_READ, line)
            line.send(request)
        while selector.get_map():
            for key, _ in selector.select():
                _go_on(selector, key.data, waiting, took)
        return time.time() - began, took


def _go_on(selector: selectors.BaseSelector, line: Line, waiting: Iterator[bytes], took: list[float]) -> None:
    answer = line.receive()
    if answer is None:
        return
    took.append(time.time() - line.sent_at)
    if answer[0] >= 300:
        raise SystemExit(f"refused while measuring: {answer[0]} {answer[1][:300]!r}")
    request = next(waiting, None)
    if request is None:
        selector.unregister(line.sock)
    else:
        line.send(request)


def _length(head: bytes) -> int:
    for row in head.split(b"\r\n"):
        if row[:15].lower() == b"content-length:":
            return int(row[15:])
    raise SystemExit(f"an answer without Content-Length: {head!r}")
