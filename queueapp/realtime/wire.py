"""How packets reach a screen and come from it: straight to and from its socket.

The library gives every screen a greenlet that reads, one that writes, one for each ping, and a queue in between: 70 kB
a screen, and half of the work of telling 500 screens something (docs/bench.md). Here an idle screen has none of them. A
packet is framed once for everybody and the system takes the bytes at once; only a screen that does not keep up gets a
greenlet, for as long as it is behind, and one that is too far behind is let go: it comes back and resumes by its
cursor. One greenlet listens to all screens and hands what they say, in order, to a greenlet that lives that long.

Screens that poll, or came by polling, go the library's ordinary way.
"""

import contextlib
import logging
import socket
import time
from typing import Any

import engineio.socket
from engineio.exceptions import EngineIOError, UnknownPacketError
from engineio.packet import MESSAGE, PING, Packet

from .. import runtime
from . import frames

log = logging.getLogger(__name__)

MOST_BEHIND = 1 << 20  # bytes that wait for one screen; an hour's news of a busy hall is less
MOST_UNHEARD = 32  # packets of one screen that wait to be acted on; then it has to wait itself
AT_ONCE = 16 * 1024  # bytes read from one screen before the next one's turn
PING_EVERY_S = 1.0  # how often it is looked who is due
PONG_PACKET = b"3"
NONSENSE = (ValueError, TypeError, LookupError, AttributeError)  # what taking a malformed packet apart ends in

Base: Any = engineio.socket.Socket


def install() -> None:
    """Make the library use `Wire` for every screen: before the first one comes, and only in a serving process."""
    engineio.socket.Socket = Wire  # type: ignore[misc]


class _NoQueue:
    """What a direct line has instead of a queue; the library only wants to wake whoever empties it."""

    def put(self, _: None) -> None:
        """Nobody sleeps here."""


_no_queue = _NoQueue()


class Wire(Base):
    """One screen's transport."""

    connected: bool
    upgraded: bool
    closing: bool
    closed: bool
    last_ping: float | None
    queue: Any

    def __init__(self, server: Any, sid: str) -> None:
        super().__init__(server, sid)
        self.ping_at: float | None = None
        self._line: Any = None  # the socket, once nobody else reads or writes it
        self._behind: list[bytes] = []  # what the socket did not take yet
        self._behind_bytes = 0
        self._unheard: list[str | bytes | None] = []  # what was read and not acted on yet; None is the end
        self._acting = self._waits = False

    # --- the beginning -------------------------------------------------------------------------------------------
    def _upgrade_websocket(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Called by the library when a screen asks for a WebSocket."""
        answer = frames.welcome(environ)
        if self.connected or answer is None:  # by polling: the library knows how to change over, and how to refuse
            return super()._upgrade_websocket(environ, start_response)
        self.connected = self.upgraded = True
        self._line = runtime.take_over(environ)
        self._frames = frames.Frames(self.server.max_http_buffer_size)
        self._write(answer)
        while not self.queue.empty():
            self._write(_framed(self.queue.get()))
        self.queue = _no_queue
        runtime.when_readable(self._line, self._read)
        return []

    # --- out -----------------------------------------------------------------------------------------------------
    def send(self, pkt: Packet) -> None:
        if self._line is None:
            super().send(pkt)
        elif not self.closed and self.check_ping_timeout():
            self._write(_framed(pkt))

    def _write(self, data: bytes) -> None:
        """At once if nothing waits, else behind what does: order is kept."""
        taken = 0 if self._behind else self._try(data)
        if taken < len(data):
            self._fall_behind(data[taken:])

    def _try(self, data: bytes) -> int:
        """As many bytes as the system takes without waiting. A broken line takes all: its reader notices the end."""
        try:
            return int(self._line.fd.send(data))
        except BlockingIOError:
            return 0
        except OSError:
            return len(data)

    def _fall_behind(self, data: bytes) -> None:
        self._behind.append(data)
        self._behind_bytes += len(data)
        if len(self._behind) == 1:
            runtime.spawn(self._catch_up)
        elif self._behind_bytes > MOST_BEHIND and not self.closing:
            log.info("a screen fell too far behind and is let go")
            self._end()

    def _catch_up(self) -> None:
        """Send what waits, waiting as long as it takes."""
        try:
            while self._behind:
                self._line.sendall(self._behind[0])
                self._behind_bytes -= len(self._behind.pop(0))
        except OSError:
            self._behind.clear()
            self._end()
        if self.closed:
            self._line.close()

    # --- in ------------------------------------------------------------------------------------------------------
    def _read(self) -> None:
        """There is something to read. All screens are read in turn here, so this may not wait for anything."""
        try:
            data = self._line.fd.recv(AT_ONCE)
            for kind, payload in self._frames.feed(data):
                self._hear(kind, payload)
        except BlockingIOError:
            return
        except frames.BadFrame as why:
            self._write(frames.closing(why.status))
            data = b""
        except OSError:
            data = b""
        if not data:
            self._end()

    def _hear(self, kind: int, payload: bytes) -> None:
        if kind == frames.PING:
            self._write(frames.frame(frames.PONG, payload))
        elif kind == frames.CLOSE:
            self._write(frames.frame(frames.CLOSE, payload[:2]))
            self._end()
        elif kind == frames.TEXT and payload == PONG_PACKET:
            self.schedule_ping()
        elif kind != frames.PONG:
            self._act_on(_decoded(kind, payload))

    def _end(self) -> None:
        """No more is read; what was heard before is still acted on."""
        runtime.forget_reading(self._line)
        self._act_on(None)

    def _act_on(self, heard: str | bytes | None) -> None:
        self._unheard.append(heard)
        if len(self._unheard) > MOST_UNHEARD and not self._waits:
            self._waits = True
            runtime.forget_reading(self._line)
        if not self._acting:
            self._acting = True
            runtime.spawn(self._act)

    def _act(self) -> None:
        """One packet after the other, until there are no more."""
        while self._unheard and not self.closed:
            heard = self._unheard.pop(0)
            if heard is None or not self._received(heard):
                self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_CLOSE)
        self._acting = False
        if self._waits and not self.closed:
            self._waits = False
            runtime.when_readable(self._line, self._read)

    def _received(self, heard: str | bytes) -> bool:
        """Whether the line is still good after this."""
        try:
            self.receive(Packet(encoded_packet=heard))
        except UnknownPacketError:
            return True
        except (EngineIOError, *NONSENSE) as why:
            log.info("a screen sent what is no packet: %r", why)
            return False
        except Exception:
            log.exception("a packet could not be acted on")
            return False
        return True

    def receive(self, pkt: Packet) -> None:
        """The library's, but nonsense inside a packet is no failure of ours and writes no traceback."""
        if pkt.packet_type != MESSAGE:
            super().receive(pkt)
            return
        try:
            self.server.handlers["message"](self.sid, pkt.data)
        except NONSENSE as why:
            raise EngineIOError(f"not understood: {why!r}") from None

    # --- the end -------------------------------------------------------------------------------------------------
    def close(self, wait: bool = True, abort: bool = False, reason: Any = None) -> None:
        """The library's close, then the socket's. Nobody empties a queue here, so nothing waits for that."""
        first = not self.closing
        super().close(wait=wait and self._line is None, abort=abort, reason=reason)
        if first and self._line is not None:
            if not abort:
                self._write(frames.closing(frames.GOOD_BYE))
            self._hang_up()

    def _hang_up(self) -> None:
        runtime.forget_reading(self._line)
        self.server.sockets.pop(self.sid, None)
        with contextlib.suppress(OSError):
            self._line.fd.shutdown(socket.SHUT_RDWR)
        if not self._behind:  # else who catches up is woken by that, and closes it
            self._line.close()

    # --- pings ---------------------------------------------------------------------------------------------------
    def schedule_ping(self) -> None:
        """Called when a screen has connected and whenever it has answered: note when the next one is due."""
        if self.last_ping:
            self.last_ping = None
            self.ping_at = time.monotonic() + self.server.ping_interval
            _start_pinging(self.server)


_pinged: set[int] = set()  # servers that have their greenlet
_ping_packet = Packet(PING)


def _start_pinging(server: Any) -> None:
    if id(server) not in _pinged:
        _pinged.add(id(server))
        runtime.spawn(_ping_for_ever, server)


def _ping_for_ever(server: Any) -> None:
    """One greenlet for all screens."""
    while True:
        runtime.sleep(PING_EVERY_S)
        moment = time.monotonic()
        for wire in list(server.sockets.values()):
            if wire.ping_at is not None and wire.ping_at <= moment and not wire.closing:
                _ping(wire)


def _ping(wire: Wire) -> None:
    wire.ping_at, wire.last_ping = None, time.time()
    try:
        wire.send(_ping_packet)
    except Exception:
        log.exception("a ping could not be sent")


# --- packets -----------------------------------------------------------------------------------------------------
def _framed(pkt: Packet) -> bytes:
    """The packet as a WebSocket frame, made once however many screens it goes to."""
    framed: bytes | None = getattr(pkt, "framed", None)
    if framed is None:
        encoded = pkt.encode()
        is_text = isinstance(encoded, str)
        framed = frames.frame(frames.TEXT, encoded.encode()) if is_text else frames.frame(frames.BINARY, encoded)
        pkt.framed = framed  # type: ignore[attr-defined]
    return framed


def _decoded(kind: int, payload: bytes) -> str | bytes:
    if kind == frames.BINARY:
        return payload
    try:
        return payload.decode()
    except UnicodeDecodeError:
        raise frames.BadFrame(frames.NOT_TEXT, "a text that is not UTF-8") from None
