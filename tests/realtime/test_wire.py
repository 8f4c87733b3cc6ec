"""A screen that does not keep up: order is kept while it is behind, and it is let go when it is too far behind."""

import select
import socket
import threading
from types import SimpleNamespace

import pytest
from engineio.packet import MESSAGE, Packet

from queueapp.realtime import wire
from queueapp.realtime.wire import Wire


class Line:
    """A socket as the wire holds one: `fd` never waits, `sendall` does."""

    def __init__(self, sock):
        self.fd = sock
        sock.setblocking(False)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)

    def sendall(self, data):
        while data:
            select.select([], [self.fd], [], 5)
            data = data[self.fd.send(data) :]

    def close(self):
        self.fd.close()


@pytest.fixture
def screen():
    """A wire and the other end of its line."""
    ours, theirs = socket.socketpair()
    ended: list[str] = []
    server = SimpleNamespace(
        create_queue=lambda: SimpleNamespace(put=lambda _: None),
        sockets={},
        ping_timeout=10,
        ping_interval=10,
        reason=SimpleNamespace(TRANSPORT_CLOSE="transport close", SERVER_DISCONNECT="server disconnect"),
        _trigger_event=lambda event, sid, reason, run_async: ended.append(reason),
        logger=SimpleNamespace(info=lambda *_: None),
    )
    made = Wire(server, "a-sid")
    made.last_ping, made._line = None, Line(ours)
    yield SimpleNamespace(wire=made, other_end=theirs, ended=ended)
    theirs.close()
    ours.close()


def packets(count, size=1000):
    return [Packet(MESSAGE, f"{number:06}" + "x" * size) for number in range(count)]


def read_all(sock, size):
    sock.settimeout(10)
    data = b""
    while len(data) < size:
        data += sock.recv(1 << 16)
    return data


def test_a_packet_is_written_at_once(screen):
    screen.wire.send(Packet(MESSAGE, "2/monitor"))
    assert screen.other_end.recv(100) == b"\x81\x0a42/monitor"
    assert screen.wire._behind == []


def test_a_packet_is_framed_once_for_everybody():
    packet = Packet(MESSAGE, "news")
    assert wire._framed(packet) is wire._framed(packet)


def test_a_slow_screen_hears_everything_in_order(screen):
    news = packets(300)
    for packet in news[:200]:
        screen.wire.send(packet)
    assert screen.wire._behind  # the socket is full, the rest waits
    told = b"".join(wire._framed(packet) for packet in news)
    got: list[bytes] = []
    reading = threading.Thread(target=lambda: got.append(read_all(screen.other_end, len(told))))
    reading.start()
    for packet in news[200:]:  # while it is catching up
        screen.wire.send(packet)
    reading.join(20)
    assert got == [told]


def test_a_screen_too_far_behind_is_let_go(screen):
    for packet in packets(30, size=100_000):
        screen.wire.send(packet)
    deadline = threading.Event()
    for _ in range(200):
        if screen.ended:
            break
        deadline.wait(0.02)
    assert screen.ended == ["transport close"]
    assert screen.wire.closed


def test_a_broken_line_hurts_nobody(screen):
    screen.other_end.close()
    for packet in packets(5):
        screen.wire.send(packet)


def test_closing_says_good_bye(screen):
    screen.wire.close(wait=True, reason="server disconnect")
    assert read_all(screen.other_end, 7)[-4:] == b"\x88\x02\x03\xe8"
    assert screen.ended == ["server disconnect"]
