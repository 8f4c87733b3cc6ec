"""WebSocket frames (RFC 6455), both ways, and nothing else: no sockets, no waiting, no compression."""

import base64
import hashlib
import struct
from collections.abc import Iterator
from typing import Any

CONTINUED, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
GOOD_BYE, BROKEN, NOT_TEXT, TOO_LONG = 1000, 1002, 1007, 1009  # why a line is closed

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class BadFrame(Exception):
    """The other side does not speak WebSocket as it should; `status` says how to close."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


def welcome(environ: dict[str, Any]) -> bytes | None:
    """The answer to a request for a WebSocket; None if it is not one that we can take."""
    key = environ.get("HTTP_SEC_WEBSOCKET_KEY", "").encode()
    if environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13" or not key:
        return None
    proof = base64.b64encode(hashlib.sha1(key + _GUID).digest())
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + proof + b"\r\n\r\n"
    )


def frame(kind: int, payload: bytes) -> bytes:
    """One whole message as a server sends it."""
    size = len(payload)
    if size < 126:
        head = struct.pack("!BB", 0x80 | kind, size)
    elif size < 65536:
        head = struct.pack("!BBH", 0x80 | kind, 126, size)
    else:
        head = struct.pack("!BBQ", 0x80 | kind, 127, size)
    return head + payload


def closing(status: int) -> bytes:
    return frame(CLOSE, struct.pack("!H", status))


class Frames:
    """What a client sends, in whatever pieces it arrives."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._buffer = bytearray()
        self._kind = 0  # of a message that came in parts and is not whole yet
        self._parts = b""

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Whole messages and control frames, as (kind, payload)."""
        self._buffer += data
        while (found := self._next()) is not None:
            final, kind, payload = found
            if kind >= CLOSE:
                yield kind, payload
            elif (whole := self._collect(final, kind, payload)) is not None:
                yield whole

    def _next(self) -> tuple[bool, int, bytes] | None:
        """Take one frame from the buffer, if it is all there."""
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        final, kind, size = bool(buffer[0] & 0x80), buffer[0] & 0x0F, buffer[1] & 0x7F
        _refuse_nonsense(buffer[0], buffer[1], final, kind, size)
        start = 2 + {126: 2, 127: 8}.get(size, 0)
        if len(buffer) < start + 4:
            return None
        size = int.from_bytes(buffer[2:start], "big") if start > 2 else size
        if size + len(self._parts) > self._most:
            raise BadFrame(TOO_LONG, f"a message of more than {self._most} bytes")
        end = start + 4 + size
        if len(buffer) < end:
            return None
        payload = _unmask(buffer[start + 4 : end], bytes(buffer[start : start + 4]))
        del buffer[:end]
        return final, kind, payload

    def _collect(self, final: bool, kind: int, payload: bytes) -> tuple[int, bytes] | None:
        """Put parts together."""
        if (kind == CONTINUED) != bool(self._kind):
            raise BadFrame(BROKEN, "a part without a beginning, or a beginning inside another message")
        self._kind = self._kind or kind
        self._parts += payload
        if not final:
            return None
        whole, self._kind, self._parts = (self._kind, self._parts), 0, b""
        return whole


def _refuse_nonsense(first: int, second: int, final: bool, kind: int, size: int) -> None:
    if first & 0x70:
        raise BadFrame(BROKEN, "an extension that was not agreed upon")
    if not second & 0x80:
        raise BadFrame(BROKEN, "a client's frame without a mask")
    if kind not in (CONTINUED, TEXT, BINARY, CLOSE, PING, PONG):
        raise BadFrame(BROKEN, "an unknown kind of frame")
    if kind >= CLOSE and (not final or size > 125):
        raise BadFrame(BROKEN, "a control frame in parts, or too long")


def _unmask(payload: bytes | bytearray, mask: bytes) -> bytes:
    """All bytes at once, as two large numbers."""
    size = len(payload)
    pattern = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(pattern, "big")).to_bytes(size, "big")
