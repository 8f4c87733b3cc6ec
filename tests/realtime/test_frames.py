"""WebSocket frames: whatever pieces they come in, and whatever nonsense."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queueapp.realtime import frames
from queueapp.realtime.frames import BadFrame, Frames

MASK = b"\x37\xfa\x21\x3d"
MOST = 16 * 1024


def sent(payload: bytes, kind: int = frames.TEXT, *, final: bool = True, mask: bytes = MASK) -> bytes:
    """A frame as a client sends it."""
    size = len(payload)
    head = struct.pack("!B", (0x80 if final else 0) | kind)
    if size < 126:
        head += struct.pack("!B", 0x80 | size)
    elif size < 65536:
        head += struct.pack("!BH", 0x80 | 126, size)
    else:
        head += struct.pack("!BQ", 0x80 | 127, size)
    return head + mask + bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))


def heard(*pieces: bytes, most: int = MOST) -> list[tuple[int, bytes]]:
    reader = Frames(most)
    return [one for piece in pieces for one in reader.feed(piece)]


def test_the_handshake_proves_that_we_read_the_key():
    """The example of RFC 6455, section 1.3."""
    asked = {"HTTP_SEC_WEBSOCKET_VERSION": "13", "HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZSBub25jZQ=="}
    assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in (frames.welcome(asked) or b"")


@pytest.mark.parametrize(("version", "key"), [("8", "x"), ("13", ""), ("", "")])
def test_another_kind_of_request_is_not_taken(version, key):
    assert frames.welcome({"HTTP_SEC_WEBSOCKET_VERSION": version, "HTTP_SEC_WEBSOCKET_KEY": key}) is None


@pytest.mark.parametrize(
    ("size", "head"),
    [(0, b"\x81\x00"), (125, b"\x81\x7d"), (126, b"\x81\x7e\x00\x7e"), (65535, b"\x81\x7e\xff\xff"),
     (65536, b"\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00")],
)  # fmt: skip
def test_what_we_send_carries_its_length(size, head):
    assert frames.frame(frames.TEXT, b"x" * size) == head + b"x" * size


@given(messages=st.lists(st.binary(max_size=700), max_size=5), cuts=st.lists(st.integers(1, 400), max_size=40))
def test_messages_are_found_in_whatever_pieces_they_come(messages, cuts):
    stream, pieces = b"".join(sent(message) for message in messages), []
    for cut in cuts:
        pieces.append(stream[:cut])
        stream = stream[cut:]
    assert heard(*pieces, stream) == [(frames.TEXT, message) for message in messages]


def test_a_message_may_come_in_parts_with_a_ping_between():
    parts = [
        sent(b"one ", final=False),
        sent(b"", frames.PING),
        sent(b"two ", frames.CONTINUED, final=False),
        sent(b"three", frames.CONTINUED),
        sent(b"next"),
    ]
    assert heard(*parts) == [(frames.PING, b""), (frames.TEXT, b"one two three"), (frames.TEXT, b"next")]


@pytest.mark.parametrize(
    ("nonsense", "status"),
    [
        (b"\x81\x05hello", frames.BROKEN),  # no mask
        (b"\xc1\x80" + MASK, frames.BROKEN),  # an extension
        (sent(b"", 0x3), frames.BROKEN),  # an unknown kind
        (sent(b"", frames.PING, final=False), frames.BROKEN),
        (sent(b"x" * 126, frames.PING), frames.BROKEN),
        (sent(b"x", frames.CONTINUED), frames.BROKEN),  # a part of nothing
        (sent(b"a", final=False) + sent(b"b"), frames.BROKEN),  # a beginning inside another message
        (sent(b"x" * (MOST + 1)), frames.TOO_LONG),
        (struct.pack("!BBQ", 0x81, 0xFF, 1 << 62) + MASK, frames.TOO_LONG),
        (sent(b"x" * 9000, final=False) + sent(b"x" * 9000, frames.CONTINUED), frames.TOO_LONG),
    ],
)
def test_nonsense_is_refused_with_its_status(nonsense, status):
    with pytest.raises(BadFrame) as why:
        heard(nonsense)
    assert why.value.status == status


def test_a_length_is_refused_before_its_bytes_are_kept():
    with pytest.raises(BadFrame):
        heard(struct.pack("!BBQ", 0x82, 0xFF, MOST + 1) + MASK)
