"""Proofs that have run out: the store is aged by a year while the server is down, and nothing opens any more."""
import json
import sqlite3

import pytest
from nightdesk import Nightdesk
from sample_client import Http, Refused
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from world import PASSWORD, found


@pytest.fixture(scope="module")
def aged(tmp_path_factory):
    """A company whose sign-ins and invitations are all of last year."""
    server = Nightdesk(tmp_path_factory.mktemp("aged") / "data").start()
    world = found(server)
    invitation = world.owner.ask("POST", "/api/invitations", {"email": "late@example.com", "role": "agent"})
    world.late = invitation["link"].split("#invitation=")[1]
    server.stop()
    [file] = server.data.glob("*.sqlite")
    with sqlite3.connect(file) as database:
        for table in ("sign_in", "invitation"):
            assert database.execute(f"UPDATE {table} SET expires_at = expires_at - 31536000000").rowcount > 0
    with server:
        yield world


def test_an_expired_sign_in_asks_nothing(aged):
    with pytest.raises(Refused) as refusal:
        aged.owner.ask("GET", "/api/me")
    assert refusal.value.status == 401


def test_an_expired_sign_in_opens_no_live_connection(aged):
    with connect(aged.base.replace("http", "ws") + "/api/socket") as link:
        link.send(json.dumps({"type": "hello", "as": "desk", "token": aged.owner.token}))
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                link.recv(timeout=10)
    assert closed.value.rcvd.code == 4001


def test_an_expired_invitation_lets_nobody_in(aged):
    with pytest.raises(Refused) as refusal:
        Http(aged.base).ask(
            "POST", "/api/invitations/acceptance", {"token": aged.late, "name": "Late", "password": PASSWORD, "locale": "en"}
        )
    assert 400 <= refusal.value.status < 500


def test_signing_in_again_works(aged):
    signed = Http(aged.base).ask("POST", "/api/sign-ins", {"email": "olive@example.com", "password": PASSWORD, "bearer": True})
    assert Http(aged.base, signed["token"]).ask("GET", "/api/me")["email"] == "olive@example.com"


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(aged):
    answers = []
    for email in ("olive@example.com", "nobody@example.com"):
        with pytest.raises(Refused) as refusal:
            Http(aged.base).ask("POST", "/api/sign-ins", {"email": email, "password": "wrong password", "bearer": True})
        answers.append((refusal.value.status, refusal.value.code, str(refusal.value)))
    assert answers[0] == answers[1] and answers[0][0] == 401
