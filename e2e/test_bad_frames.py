"""Bad frames on a live connection: refused or closed with the promised code, and nothing is lost."""
import json
import os
import socket
import struct

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

pytestmark = pytest.mark.usefixtures("unharmed")


@pytest.fixture
def socket_url(world):
    return world.base.replace("http", "ws") + "/api/socket"


@pytest.fixture
def entered(socket_url, visitor):
    """A connection that has been let in."""
    with connect(socket_url, max_size=None) as link:
        link.send(json.dumps({"type": "hello", "as": "visitor", "token": visitor.token}))
        assert json.loads(link.recv(timeout=10))["type"] == "welcome"
        yield link


def answer_to(link, frame, ref=None):
    link.send(frame)
    while True:
        answer = json.loads(link.recv(timeout=10))
        if answer["type"] in ("done", "refused", "pong"):
            return answer


def close_code(link):
    try:
        while True:
            link.recv(timeout=15)
    except ConnectionClosed as closed:
        return closed.rcvd and closed.rcvd.code


def test_an_oversized_frame_closes_with_1009(entered):
    entered.send(json.dumps({"type": "say", "ref": "1", "client": "1", "text": "x" * 70_000}))
    assert close_code(entered) == 1009


def test_a_message_in_endless_fragments_closes_with_1009(entered):
    try:
        entered.send("x" * 10_000 for _ in range(20))
    except ConnectionClosed:
        pass
    assert close_code(entered) == 1009


def test_a_binary_frame_closes_with_1003(entered):
    entered.send(b"\0\1\2")
    assert close_code(entered) == 1003


def test_a_frame_in_fragments_is_put_together(entered):
    text = json.dumps({"type": "say", "ref": "f", "client": "fragments", "text": "多字节 in pieces"}, ensure_ascii=False)
    assert answer_to(entered, [text[:10], text[10:45], text[45:]])["type"] == "done"


@pytest.mark.parametrize("text", ["", "hello", "{", "[]", "1", '"x"', '{"type":', '{"type":"say"}{}'])
def test_text_that_is_no_json_object_is_refused(entered, text):
    answer = answer_to(entered, text)
    assert (answer["type"], answer["code"], "ref" in answer) == ("refused", "frame.malformed", False)


@pytest.mark.parametrize("frame, code", [
    ({"type": "dance", "ref": "9"}, "command.unknown"),
    ({"ref": "9"}, None),
    ({"type": 1, "ref": "9"}, None),
    ({"type": "say", "ref": "9", "client": "1", "text": "a", "colour": "red"}, "field.unknown"),
    ({"type": "say", "ref": "9", "text": "a"}, "field.missing"),
    ({"type": "say", "ref": "9", "client": 1, "text": "a"}, "field.type"),
    ({"type": "read", "ref": "9", "number": "three"}, "field.type"),
    ({"type": "list", "ref": "9", "list": "all"}, "permission.missing"),
])
def test_a_bad_command_is_refused_and_the_connection_lives(entered, frame, code):
    answer = answer_to(entered, json.dumps(frame))
    assert answer["type"] == "refused" and answer["code"] and code in (None, answer["code"])
    assert answer_to(entered, json.dumps({"type": "ping"}))["type"] == "pong"


def test_a_second_hello_changes_nothing(entered, visitor):
    answer = answer_to(entered, json.dumps({"type": "hello", "ref": "2", "as": "desk", "token": visitor.token}))
    assert answer["type"] == "refused"


@pytest.mark.parametrize("hello", [
    {"type": "hello", "as": "visitor"},
    {"type": "hello", "as": "visitor", "token": "forged"},
    {"type": "hello", "as": "desk", "token": "forged"},
    {"type": "hello", "as": "desk"},
    {"type": "say", "ref": "1", "client": "1", "text": "let me in"},
])
def test_who_is_not_known_is_not_let_in(socket_url, hello):
    with connect(socket_url) as link:
        link.send(json.dumps(hello))
        assert close_code(link) == 4001


@pytest.mark.parametrize("hello", ["no json", "[]", '{"type":"hello","as":"ghost"}', '{"type":"hello","as":"visitor","token":7}'])
def test_a_hello_without_sense_ends_the_connection(socket_url, hello):
    with connect(socket_url) as link:
        link.send(hello)
        assert close_code(link) in (4001, 4002)


def test_a_visitors_token_is_no_desks_token(socket_url, visitor):
    with connect(socket_url) as link:
        link.send(json.dumps({"type": "hello", "as": "desk", "token": visitor.token}))
        assert close_code(link) == 4001


def test_silence_instead_of_a_hello_ends_the_connection(socket_url):
    with connect(socket_url) as link:
        assert close_code(link) == 4002


def test_a_cookie_from_a_foreign_page_does_not_connect(socket_url, world):
    headers = {"Cookie": f"nightdesk={world.owner.token}"}
    try:
        with connect(socket_url, origin="https://evil.example", additional_headers=headers) as link:
            link.send(json.dumps({"type": "hello", "as": "desk"}))
            assert close_code(link) == 4001
    except InvalidStatus as refused:
        assert refused.response.status_code == 403


def frame(opcode, payload=b"", *, final=True, masked=True, reserved=0, length=None):
    """One frame as raw bytes, lies included."""
    head = bytes([(0x80 if final else 0) | reserved << 4 | opcode])
    told = len(payload) if length is None else length
    mark = 0x80 if masked else 0
    if told < 126:
        head += bytes([mark | told])
    elif told < 65536:
        head += bytes([mark | 126]) + struct.pack(">H", told)
    else:
        head += bytes([mark | 127]) + struct.pack(">Q", told)
    if not masked:
        return head + payload
    mask = os.urandom(4)
    return head + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))


RAW = {
    "text that is not UTF-8": (frame(1, b'{"type":"\xff\xfe"}'), {1007}),
    "a frame that is not masked": (frame(1, b"{}", masked=False), {1002}),
    "a reserved bit": (frame(1, b"{}", reserved=4), {1002}),
    "a reserved opcode": (frame(3, b"{}"), {1002}),
    "a ping in fragments": (frame(9, b"x", final=False), {1002}),
    "a ping that is too long": (frame(9, b"x" * 126), {1002}),
    "a continuation of nothing": (frame(0, b"{}"), {1002}),
    "a length of 2^62": (frame(1, b"x", length=2**62), {1002, 1009}),
    "a length with the highest bit": (frame(1, b"x", length=2**64 - 1), {1002, 1009}),
    "a close code that is none": (frame(8, struct.pack(">H", 1005)), {1002, 1000, 1005}),
}


@pytest.mark.parametrize("sent, codes", RAW.values(), ids=RAW.keys())
def test_a_frame_against_the_rules_ends_only_this_connection(world, visitor, sent, codes):
    port = int(world.base.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=15) as raw:
        raw.sendall(
            b"GET /api/socket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        reader = raw.makefile("rb")
        assert b" 101 " in reader.readline()
        while reader.readline().strip():
            pass
        raw.sendall(frame(1, json.dumps({"type": "hello", "as": "visitor", "token": visitor.token}).encode()))
        assert read_frame(reader)[0] == 1
        raw.sendall(sent)
        code = None
        try:
            while (received := read_frame(reader)) is not None:
                if received[0] == 8:
                    code = struct.unpack(">H", received[1][:2])[0] if received[1] else 1005
                    break
        except ConnectionError:
            pass
        # A bare hang-up is allowed by RFC 6455 §7.1.7; a close code, where there is one, must be right.
        assert code is None or code in codes


def read_frame(reader):
    head = reader.read(2)
    if len(head) < 2:
        return None
    length = head[1] & 127
    if length == 126:
        length = struct.unpack(">H", reader.read(2))[0]
    elif length == 127:
        length = struct.unpack(">Q", reader.read(8))[0]
    return head[0] & 15, reader.read(length)


@pytest.mark.parametrize("headers", [
    {"Sec-WebSocket-Version": "8"}, {"Sec-WebSocket-Key": "short"}, {"Upgrade": "h2c"},
])
def test_a_broken_upgrade_is_refused(world, headers):
    port = int(world.base.rsplit(":", 1)[1])
    usual = {
        "Host": "127.0.0.1", "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", **headers,
    }
    with socket.create_connection(("127.0.0.1", port), timeout=15) as raw:
        lines = "".join(f"{name}: {value}\r\n" for name, value in usual.items())
        raw.sendall(f"GET /api/socket HTTP/1.1\r\n{lines}\r\n".encode())
        assert raw.recv(64).split(b" ")[1][:1] == b"4"
