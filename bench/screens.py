"""Many screens in one process, lean enough not to be what is measured: raw sockets, our own few bytes of WebSocket,
Engine.IO and Socket.IO, one epoll.

    python -m bench.screens PORT COUNT TOKEN

says `{"ready": COUNT, ...}` when all are connected, answers each line of its input with what was heard since the last
one ({ticket id: [how many screens heard its call, when the last one did]}), and ends with its input.
"""

import base64
import json
import os
import resource
import selectors
import socket
import struct
import sys
import time
from typing import Any

NAMESPACE = b"/monitor"
HEARTBEAT_S = 30
CALLED, TICKET = b'"ticket-called"', b'"ticket":{"id":'


class Screen:
    """One board."""

    def __init__(self, port: int, token: str) -> None:
        self.sock = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray()
        key = base64.b64encode(os.urandom(16)).decode()
        self.sock.sendall(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        self._read_until_upgraded()
        self._wait_for(b"0")
        self.send(b"40" + NAMESPACE + b"," + json.dumps({"token": token}).encode())
        self._wait_for(b"40" + NAMESPACE)
        self.sock.setblocking(False)

    def send(self, payload: bytes) -> None:
        """Clients have to mask; a mask of zeros leaves the payload as it is."""
        size = len(payload)
        head = struct.pack("!BB", 0x81, 0x80 | size) if size < 126 else struct.pack("!BBH", 0x81, 0xFE, size)
        self.sock.sendall(head + b"\0\0\0\0" + payload)

    def receive(self) -> bool:
        """Take what the socket has; False when it was closed."""
        try:
            data = self.sock.recv(65536)
        except BlockingIOError:
            return True
        self.buffer += data
        return bool(data)

    def frames(self) -> list[bytes]:
        """Whole payloads so far."""
        found, buffer = [], self.buffer
        while len(buffer) >= 2:
            size, start = buffer[1] & 0x7F, 2
            if size >= 126:
                start = 4 if size == 126 else 10
                if len(buffer) < start:
                    break
                size = int.from_bytes(buffer[2:start], "big")
            if len(buffer) < start + size:
                break
            found.append(bytes(buffer[start : start + size]))
            del buffer[: start + size]
        return found

    def _read_until_upgraded(self) -> None:
        while b"\r\n\r\n" not in self.buffer:
            if not self.receive():
                raise ConnectionError("closed during the handshake")
        head, _, rest = bytes(self.buffer).partition(b"\r\n\r\n")
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise ConnectionError(head.decode(errors="replace"))
        self.buffer[:] = rest

    def _wait_for(self, start: bytes) -> None:
        while True:
            for payload in self.frames():
                if payload.startswith(b"44"):
                    raise ConnectionError(payload.decode())
                if payload.startswith(start):
                    return
            if not self.receive():
                raise ConnectionError("closed before the screen was let in")


class Hall:
    """All screens of this process and what they heard."""

    def __init__(self, port: int, count: int, token: str) -> None:
        self.selector = selectors.DefaultSelector()
        self.screens = [Screen(port, token) for _ in range(count)]
        for screen in self.screens:
            self.selector.register(screen.sock, selectors.EVENT_READ, screen)
            screen.sock.setblocking(False)
        self.heard: dict[int, list[float]] = {}
        self.packets = self.closed = 0

    def listen(self) -> None:
        """Until the input ends."""
        self.selector.register(sys.stdin, selectors.EVENT_READ, None)
        beat_at = time.monotonic() + HEARTBEAT_S
        while True:
            for key, _ in self.selector.select(1.0):
                if key.data is None:
                    if not sys.stdin.readline():
                        return
                    self.report()
                else:
                    self._hear(key.data)
            if time.monotonic() > beat_at:
                beat_at += HEARTBEAT_S
                for screen in self.screens:
                    screen.send(b"42" + NAMESPACE + b',["heartbeat",{}]')

    def _hear(self, screen: Screen) -> None:
        if not screen.receive():
            self.selector.unregister(screen.sock)
            self.screens.remove(screen)
            self.closed += 1
            return
        moment = time.time()
        for payload in screen.frames():
            self.packets += 1
            if payload == b"2":
                screen.send(b"3")
            elif CALLED in payload[:40]:
                self._note(payload, moment)

    def _note(self, payload: bytes, moment: float) -> None:
        start = payload.index(TICKET) + len(TICKET)
        ticket_id = int(payload[start : payload.index(b",", start)])
        entry = self.heard.setdefault(ticket_id, [0, 0.0])
        entry[0] += 1
        entry[1] = moment

    def report(self) -> None:
        _say({"heard": self.heard, "packets": self.packets, "closed": self.closed})
        self.heard, self.packets = {}, 0


def _say(told: dict[str, Any]) -> None:
    print(json.dumps(told), flush=True)


def main() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    port, count, token = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    began = time.monotonic()
    hall = Hall(port, count, token)
    _say({"ready": count, "connected_in_s": time.monotonic() - began})
    hall.listen()


if __name__ == "__main__":
    main()
