"""Bad requests over HTTP: each gets a clear error, and nothing is lost."""
import json
import socket

import pytest
import requests
from conftest import error_code

pytestmark = pytest.mark.usefixtures("unharmed")
SAY = "/api/visit/entries"


@pytest.fixture
def post(world, visitor):
    def post(path, data, token=visitor.token, **headers):
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return requests.post(world.base + path, data=data, headers=headers, timeout=20)
    return post


def raw(world, request):
    """Bytes as they are; gives whatever comes back before the server hangs up."""
    with socket.create_connection(("127.0.0.1", int(world.base.rsplit(":", 1)[1])), timeout=20) as connection:
        connection.sendall(request)
        answer = b""
        try:
            while piece := connection.recv(65536):
                answer += piece
                head, ended, body = answer.partition(b"\r\n\r\n")
                length = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
                if ended and length and len(body) >= int(length[0].split(b":")[1]):
                    break
        except ConnectionError:
            pass
        return answer


def test_an_oversized_body_is_refused(post):
    answer = post(SAY, json.dumps({"client": "big", "text": "x" * 300_000}))
    assert (answer.status_code, error_code(answer)) == (413, "body.too-large")


def test_an_oversized_body_without_a_length_is_refused(post):
    answer = post(SAY, (b"x" * 10_000 for _ in range(60)))
    assert (answer.status_code, error_code(answer)) == (413, "body.too-large")


def test_an_oversized_file_is_refused(post):
    answer = post("/api/visit/attachments?name=big.bin", b"\0" * (20 * 1024 * 1024 + 1))
    assert answer.status_code == 413 and error_code(answer)


def test_an_overlong_text_is_refused(post):
    answer = post(SAY, json.dumps({"client": "long", "text": "长" * 8_001}))
    assert answer.status_code in (413, 422) and error_code(answer)


MALFORMED = {
    "not JSON": b"client=1",
    "cut off": b'{"client":"1","text":"hal',
    "two values": b'{"client":"1","text":"a"}{}',
    "invalid UTF-8": b'{"client":"1","text":"\xff\xfe"}',
    "overlong UTF-8": b'{"client":"1","text":"\xc0\xaf"}',
    "surrogate in UTF-8": b'{"client":"1","text":"\xed\xa0\x80"}',
    "lone escaped surrogate": b'{"client":"1","text":"\\ud800"}',
    "control character": b'{"client":"1","text":"a\x01"}',
    "nested without end": b"[" * 100_000,
    "byte order mark of another encoding": '{"client":"1"}'.encode("utf-16"),
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_malformed_body_is_refused(post, body):
    answer = post(SAY, body)
    assert answer.status_code == 400 and error_code(answer)


INVALID = {
    "unknown field": ({"client": "1", "text": "a", "colour": "red"}, "field.unknown"),
    "missing field": ({"text": "a"}, "field.missing"),
    "wrong type": ({"client": 1, "text": "a"}, "field.type"),
    "nothing": ({}, "field.missing"),
    "not an object": ([], "field.type"),
}


@pytest.mark.parametrize("body, code", INVALID.values(), ids=INVALID.keys())
def test_an_invalid_body_names_the_fault(post, body, code):
    answer = post(SAY, json.dumps(body))
    assert (answer.status_code, error_code(answer)) == (422, code)


@pytest.mark.parametrize("body", [
    {"client": "1"}, {"client": "1", "text": ""}, {"client": "1", "text": "  \n"}, {"client": "x" * 65, "text": "a"},
    {"client": "1", "attachment": "no-such"}, {"client": "1", "choice": {"entry": "404"}},
])
def test_a_message_without_sense_is_refused(post, body):
    answer = post(SAY, json.dumps(body))
    assert answer.status_code in (404, 422) and error_code(answer)


@pytest.mark.parametrize("token", [None, "", "x", "v1.1.1", "ümlaut".encode().decode("latin-1"), "A" * 5000])
def test_a_wrong_token_opens_nothing(post, token):
    answer = post(SAY, json.dumps({"client": "1", "text": "a"}), token=token)
    assert answer.status_code == 401 and error_code(answer)


def test_a_token_changed_in_any_place_is_refused(post, visitor):
    for place in range(0, len(visitor.token), 3):
        other = "A" if visitor.token[place] != "A" else "B"
        forged = visitor.token[:place] + other + visitor.token[place + 1:]
        answer = post(SAY, json.dumps({"client": "1", "text": "a"}), token=forged)
        assert answer.status_code == 401, f"a change at {place} was not noticed"


def test_a_visitor_has_no_key_to_the_desk(post):
    for path in ("/api/conversations/1/entries", "/api/invitations", "/api/knowledge"):
        assert post(path, "{}").status_code in (401, 403)


def test_unknown_paths_and_methods_are_told_apart(world):
    assert requests.get(world.base + "/api/nowhere", timeout=5).status_code == 404
    answer = requests.patch(world.base + "/api/visitors", timeout=5)
    assert answer.status_code == 405 and "POST" in answer.headers["allow"]


def test_query_values_that_are_no_numbers_are_refused(world, visitor):
    for query in ("after=x", "limit=-", "before=99999999999999999999999", "after=1&before=2"):
        answer = requests.get(
            f"{world.base}{SAY}?{query}", headers={"Authorization": f"Bearer {visitor.token}"}, timeout=5
        )
        assert answer.status_code == 422 and error_code(answer), query


RAW = {
    "no HTTP at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "header without end": b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * 200_000 + b"\r\n\r\n",
    "many headers": b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + b"X-A: b\r\n" * 20_000 + b"\r\n",
    "two lengths": b"POST /api/visitors HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
    "length and chunks": b"POST /api/visitors HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "negative length": b"POST /api/visitors HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "broken chunk": b"POST /api/visitors HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
}


@pytest.mark.parametrize("request_bytes", RAW.values(), ids=RAW.keys())
def test_what_is_no_proper_http_does_no_harm(world, request_bytes):
    answer = raw(world, request_bytes)
    assert not answer or answer.split(b" ", 2)[1][:1] == b"4", answer[:200]
