"""The lines between a served hall and its screens: WebSockets of every manner, and screens that poll."""

import base64
import json
import os
import socket
import time

import pytest
import socketio

from tests.hall import Hall

pytestmark = pytest.mark.server
OPENED, PING, PONG, CLOSE, TEXT = b"0", 0x9, 0xA, 0x8, 0x1


_opened: list[socket.socket] = []


@pytest.fixture(autouse=True)
def _closed():
    yield
    while _opened:
        _opened.pop().close()


class Line:
    """A WebSocket with nothing between the test and its bytes."""

    def __init__(self, hall: Hall) -> None:
        self.sock = socket.create_connection(("127.0.0.1", hall.port), timeout=20)
        key = base64.b64encode(os.urandom(16)).decode()
        self.sock.sendall(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{hall.port}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n".encode()
        )
        self.head = b""
        _opened.append(self.sock)
        while not self.head.endswith(b"\r\n\r\n"):
            self.head += self.sock.recv(1)

    def send(self, payload: bytes, kind: int = TEXT, *, final: bool = True) -> None:
        """In a mask of zeros, which leaves the payload readable here."""
        assert len(payload) < 126
        self.sock.sendall(bytes([(0x80 if final else 0) | kind, 0x80 | len(payload)]) + b"\0\0\0\0" + payload)

    def frame(self) -> tuple[int, bytes]:
        """The next frame; kind 0 is the end of the line."""
        head = self._take(2)
        if not head:
            return 0, b""
        size = head[1]
        if size >= 126:
            size = int.from_bytes(self._take(2 if size == 126 else 8), "big")
        return head[0] & 0x0F, self._take(size)

    def until(self, start: bytes) -> bytes:
        """The next text that begins like this."""
        while True:
            kind, payload = self.frame()
            assert kind, f"the line ended before {start!r}"
            if payload.startswith(start):
                return payload

    def _take(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            more = self.sock.recv(size - len(data))
            if not more:
                return b""
            data += more
        return data


@pytest.fixture
def line(hall):
    return Line(hall)


def enter(line: Line, hall: Hall, namespace: str = "/monitor", who: str = "board") -> None:
    line.until(OPENED)
    wish = f"40{namespace},{json.dumps({'token': hall.token(who)})}".encode()
    for start in range(0, len(wish), 100):  # a token is longer than the short frames of this test
        line.send(wish[start : start + 100], 0 if start else TEXT, final=start + 100 >= len(wish))
    line.until(b"42" + namespace.encode() + b',["welcome"')  # said while it is being let in, so before the answer
    line.until(b"40" + namespace.encode())


def test_a_message_in_parts_is_understood_and_news_arrives(hall, line):
    enter(line, hall)
    number = hall.issue()["number"]
    assert number.encode() in line.until(b'42/monitor,["ticket-created"')


def test_compression_is_not_agreed_upon(line):
    assert b"101" in line.head
    assert b"deflate" not in line.head


def test_a_ping_of_the_line_itself_is_answered(hall, line):
    enter(line, hall)
    line.send(b"are you there", PING)
    while (found := line.frame())[0] == TEXT:
        pass
    assert found == (PONG, b"are you there")


def test_packets_are_acted_on_in_order_though_many_come_at_once(hall, line):
    enter(line, hall)
    for number in range(120):  # more than wait for one screen
        line.send(f'42/monitor,{number}["heartbeat",{{}}]'.encode())
    for number in range(120):
        assert line.until(b"43/monitor,").startswith(f"43/monitor,{number}[".encode())


@pytest.mark.parametrize(
    ("nonsense", "status"),
    [
        (b"\x81\x05hello", 1002),
        (b"\x81\xff\x00\x00\x00\x00\x7f\xff\xff\xff\0\0\0\0", 1009),
        (b"\x81\x82\0\0\0\0\xff\xfe", 1007),
    ],
)
def test_nonsense_closes_its_own_line_only(hall, line, nonsense, status):
    enter(line, hall)
    other = Line(hall)
    enter(other, hall)
    line.sock.sendall(nonsense)
    while (found := line.frame())[0] == TEXT:
        pass
    assert found == (CLOSE, status.to_bytes(2, "big"))
    assert line.frame() == (0, b"")
    number = hall.issue()["number"]
    assert number.encode() in other.until(b'42/monitor,["ticket-created"')


@pytest.mark.parametrize("packet", [b"", b"9", b"x", b"4", b"4nonsense", b"42", b"451-[", b"b!!"])
def test_what_is_no_packet_hurts_nobody(hall, line, packet):
    enter(line, hall)
    line.send(packet)
    number = hall.issue()["number"]
    other = Line(hall)
    enter(other, hall)
    assert number


def test_the_other_sides_good_bye_is_answered_and_the_screen_forgotten(hall, line):
    enter(line, hall)
    line.send(b"\x03\xe8", CLOSE)
    while (found := line.frame())[0] == TEXT:
        pass
    assert found == (CLOSE, b"\x03\xe8")
    assert gone(hall)


def test_a_line_that_is_cut_is_forgotten(hall, line):
    enter(line, hall)
    line.sock.close()
    assert gone(hall)


def test_signing_out_closes_the_line_at_once(hall, line):
    enter(line, hall, "/terminal", "agent")
    hall.post("/api/auth/logout", {})
    began = time.monotonic()
    line.until(b"41/terminal")
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("transports", [["polling"], ["polling", "websocket"], ["websocket"]])
def test_every_transport_hears_the_news(hall, transports):
    with socketio.SimpleClient(reconnection=False) as screen:
        token = {"token": hall.token("board")}
        screen.connect(hall.url, namespace="/monitor", auth=token, transports=transports)
        number = hall.issue()["number"]
        while (heard := screen.receive(timeout=20))[0] != "ticket-created":
            pass
        assert heard[1]["data"]["ticket"]["number"] == number


@pytest.mark.timeout(90)
def test_a_screen_that_stays_silent_is_let_go_and_one_that_answers_stays(hall):
    silent, awake = Line(hall), Line(hall)
    enter(silent, hall)
    enter(awake, hall)
    awake.until(b"2")
    awake.send(b"3")
    silent.until(b"2")
    began = time.monotonic()
    while silent.frame()[0]:
        pass
    assert 5 < time.monotonic() - began < 25  # ping_timeout, and how often it is looked
    awake.until(b"2")


def gone(hall: Hall) -> bool:
    """Whether the hall knows of no board any more."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if hall.get("/api/admin/connections", "admin")["counts"]["/monitor"] == 0:
            return True
        time.sleep(0.05)
    return False
