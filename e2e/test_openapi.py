"""/openapi.json is valid, and what the server does is what it says: no server error, no undocumented answer."""
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from conftest import ARTIFACTS
from nightdesk import UNLIMITED, Nightdesk
from openapi_spec_validator import validate
from sample_client import Http
from world import PASSWORD, found

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance"
# The owner may do everything, so that is where every corner is tried; the others are mostly refused.
PHASES = {"nobody": "examples,fuzzing", "visitor": "examples,fuzzing", "agent": "examples,fuzzing", "owner": "examples,coverage,fuzzing"}
# Asking these would end the sign-in that the questions are asked with, wait on purpose, or answer 101.
LEFT_OUT = ["/api/sign-ins/current", "/api/polls/{poll}", "/api/socket"]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A company that the questions may turn upside down."""
    with Nightdesk(tmp_path_factory.mktemp("openapi") / "data", *UNLIMITED) as server:
        yield found(server, agents=["Chen"])


@pytest.fixture(scope="module")
def description(house):
    return requests.get(house.base + "/openapi.json", timeout=10).json()


def test_the_description_is_valid(description):
    assert description["openapi"].startswith("3.1")
    validate(description)


def test_every_command_of_the_protocol_page_is_described(description):
    page = (Path(__file__).parent.parent / "docs/protocol.md").read_text()
    for row in page.splitlines():
        if not row.startswith("| `") or "` | `" not in row or "/" not in row:
            continue
        method, path = row.split("|")[2].strip().strip("`").split(" ")
        path = path.split("?")[0]
        if not path.startswith("/api"):
            path = ("/api/conversations" + path).rstrip("/")
        assert method.lower() in description["paths"].get(path, {}), f"{method} {path} is on the page only"


def tokens(house):
    yield "nobody", None
    yield "visitor", Http(house.base).ask("POST", "/api/visitors", {"site": house.site})["token"]
    agent = {"email": house.staff[0]["email"], "password": PASSWORD, "bearer": True}
    yield "agent", Http(house.base).ask("POST", "/api/sign-ins", agent)["token"]
    yield "owner", house.owner.token


@pytest.mark.parametrize("who", ["nobody", "visitor", "agent", "owner"])
def test_the_server_does_what_it_says(house, who):
    token = dict(tokens(house))[who]
    command = [
        Path(sys.executable).with_name("schemathesis"), "run", house.base + "/openapi.json",
        "--checks", CHECKS, "--phases", PHASES[who], "--max-examples", "8", "--seed", "1", "--no-shrink",
        "--continue-on-failure", "--generation-database", "none", "--request-timeout", "40", "--suppress-health-check", "all",
        *(argument for path in LEFT_OUT for argument in ("--exclude-path", path)),
        *(["--header", f"Authorization: Bearer {token}"] if token else []),
    ]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=600, cwd=house_folder())
    (ARTIFACTS / f"schemathesis-{who}.txt").write_text(ended.stdout + ended.stderr)
    assert ended.returncode == 0, ended.stdout[-6000:]
    assert requests.get(house.base + "/healthz", timeout=5).ok


def house_folder():
    ARTIFACTS.mkdir(exist_ok=True)
    return ARTIFACTS
