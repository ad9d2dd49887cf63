"""What the tests share: one real server per worker, with a small company on it."""
import random
from pathlib import Path

import pytest
import requests

from disks import small_disk
from nightdesk import Nightdesk
from sample_client import Http
from world import found

ARTIFACTS = Path(__file__).parent / ".artifacts"


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="play the faults as long as it takes to be sure")
    parser.addoption("--seed", type=int, default=random.randrange(10**6), help="what the faults and the people do")
    parser.addoption("--rounds", type=int, help="how many faults, or losses of power, are played in a run")


@pytest.fixture(scope="session")
def seed(request):
    return request.config.getoption("--seed")


@pytest.fixture(scope="session")
def nightdesk(tmp_path_factory):
    with Nightdesk(tmp_path_factory.mktemp("server") / "data") as server:
        yield server


@pytest.fixture(scope="session")
def world(nightdesk):
    return found(nightdesk, agents=["Anna", "Boris"])


@pytest.fixture
def visitor(world):
    """A visitor's plain HTTP side, with a conversation of its own."""
    opened = Http(world.base).ask("POST", "/api/visitors", {"site": world.site})
    http = Http(world.base, opened["token"])
    http.conversation = opened["conversation"]
    return http


@pytest.fixture
def disk(tmp_path):
    """A small disk that the test may fill."""
    with small_disk(tmp_path / "disk") as folder:
        yield folder


@pytest.fixture
def unharmed(world, visitor):
    """Whatever a test throws at the server: what was acknowledged before stays, and the next message is taken."""
    before = visitor.ask("POST", "/api/visit/entries", {"client": "before", "text": "before the trouble"})
    yield
    after = visitor.ask("POST", "/api/visit/entries", {"client": "after", "text": "after the trouble"})
    entries = visitor.ask("GET", "/api/visit/entries", after=0, limit=200)["entries"]
    kept = {entry["client"]: entry["number"] for entry in entries if "client" in entry}
    assert kept["before"] == before["number"] and kept["after"] == after["number"]
    assert requests.get(world.base + "/healthz", timeout=5).ok


def error_code(answer):
    """The stable code of an error answer, which must have the promised shape."""
    assert answer.headers["content-type"].startswith("application/json"), answer.text
    body = answer.json()
    assert set(body) == {"error"} and set(body["error"]) <= {"code", "detail"}
    return body["error"]["code"]
