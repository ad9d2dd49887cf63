"""The way back for an owner who forgot the password: a link made at the command line, good once, for a day."""
import sqlite3

import pytest
from nightdesk import Nightdesk, run
from sample_client import Http, Refused
from world import PASSWORD, found

NEW = "quite another passphrase"


@pytest.fixture
def house(tmp_path):
    with Nightdesk(tmp_path / "data") as server:
        world = found(server)
        world.server = server
        yield world


def made(world, *options):
    """A link's token, made while the server runs."""
    told = run("owner-link", "--data", world.server.data, *options)
    assert told.returncode == 0, told.stderr
    assert "olive@example.com" in told.stdout
    return told.stdout.split("/desk#owner=")[1].split()[0]


def use(world, token, password=NEW):
    return Http(world.base).ask("POST", "/api/owner-links/acceptance", {"token": token, "password": password})


def sign_in(world, password, email="olive@example.com"):
    return Http(world.base).ask("POST", "/api/sign-ins", {"email": email, "password": password, "bearer": True})["token"]


def refusal(action, *arguments):
    with pytest.raises(Refused) as refused:
        action(*arguments)
    return refused.value.status, refused.value.code


def test_the_owner_sets_a_new_password_and_every_earlier_sign_in_ends(house):
    assert use(house, made(house))["email"] == "olive@example.com"
    assert refusal(house.owner.ask, "GET", "/api/me")[0] == 401
    assert refusal(sign_in, house, PASSWORD) == (401, "sign-in.wrong")
    assert Http(house.base, sign_in(house, NEW)).ask("GET", "/api/me")["role"] == "owner"


def test_it_is_good_once_and_a_later_one_replaces_it(house):
    first, second = made(house), made(house)
    assert refusal(use, house, first) == (404, "owner-link.unknown")
    use(house, second)
    assert refusal(use, house, second) == (404, "owner-link.unknown")


def test_a_password_too_short_does_not_use_it_up(house):
    token = made(house)
    assert refusal(use, house, token, "short")[0] == 422
    use(house, token)


def test_it_is_good_for_a_day(house):
    token = made(house)

    def age(by):
        with sqlite3.connect(house.server.data / "nightdesk.sqlite") as database:
            assert database.execute("UPDATE owner_link SET expires_at = expires_at - ?", (by,)).rowcount == 1

    age(24 * 3_600_000)
    assert refusal(use, house, token) == (404, "owner-link.unknown")
    age(-60_000)
    use(house, token)


def test_it_is_written_down_when_it_is_made_and_when_it_is_used_and_kept_as_a_hash_only(house):
    token = made(house)
    secret = token.encode()
    assert all(secret not in file.read_bytes() for file in house.server.data.glob("nightdesk.sqlite*"))
    use(house, token)
    owner = Http(house.base, sign_in(house, NEW))
    lines = [line for line in owner.ask("GET", "/api/audit")["rows"] if line["action"].startswith("owner-link.")]
    assert [(line["action"], line["actor"]["name"]) for line in lines] == [("owner-link.used", "Olive"), ("owner-link.made", "system")]
    assert lines[0]["detail"] == {"address": "127.0.0.1"}
    assert owner.ask("GET", "/api/audit/verification")["valid"]


def test_where_there_are_several_owners_one_says_which(house):
    house.invite("Anna")
    house.invite("Otto", role="owner")
    vague = run("owner-link", "--data", house.server.data)
    assert vague.returncode == 1 and "olive@example.com, otto@example.com" in vague.stderr
    stranger = run("owner-link", "--data", house.server.data, "--owner", "anna@example.com")
    assert stranger.returncode == 1 and "no active owner" in stranger.stderr
    use(house, made(house, "--owner", "Olive@example.com"))
    assert sign_in(house, PASSWORD, "otto@example.com")


def test_an_owner_who_is_none_any_more_gets_nothing_by_an_old_link(house):
    house.invite("Otto", role="owner")
    token = made(house, "--owner", "olive@example.com")
    otto = Http(house.base, sign_in(house, PASSWORD, "otto@example.com"))
    olive = next(agent for agent in otto.ask("GET", "/api/agents")["rows"] if agent["email"] == "olive@example.com")
    otto.ask("PUT", f"/api/agents/{olive['id']}", {"name": "Olive", "role": "agent", "capacity": 5, "isActive": True})
    assert refusal(use, house, token) == (404, "owner-link.unknown")


def test_before_the_first_start_there_is_nothing_to_get_back_into(tmp_path):
    nothing = run("owner-link", "--data", tmp_path / "typo")
    assert nothing.returncode == 1 and "there is no nightdesk database" in nothing.stderr
    assert not (tmp_path / "typo").exists()
    with Nightdesk(tmp_path / "data") as server:
        fresh = run("owner-link", "--data", server.data)
    assert fresh.returncode == 1 and "there is no owner yet" in fresh.stderr
