"""Settings that make no sense stop the start with a sentence that names them; readiness is found out by writing."""
import time

import pytest
import requests
from disks import empty, fill, needs_root
from nightdesk import Nightdesk, run
from sample_client import Http, Refused
from world import found


@pytest.mark.parametrize("flag, value, name", [
    ("--log-level", "loud", "log.level"),
    ("--port", "99999", "port"),
    ("--port", "-1", "port"),
    ("--port", "eight", "port"),
    ("--conversations-idle-minutes", "0", "conversations.idle-minutes"),
    ("--demo-language", "fr", "demo.language"),
])
def test_a_value_without_sense_stops_the_start(tmp_path, flag, value, name):
    started = run("serve", "--data", tmp_path / "data", flag, value, patience=20)
    assert started.returncode == 1 and f"'{name}' cannot be '{value}'" in started.stderr, started.stderr
    assert not (tmp_path / "data").exists()


def test_the_same_holds_for_the_environment_and_the_file(tmp_path):
    (tmp_path / "settings.json").write_text('{"log.level": "loud"}')
    by_file = run("check", "--data", tmp_path / "data", "--config", tmp_path / "settings.json")
    by_environment = run("check", "--data", tmp_path / "data", env={"NIGHTDESK_LOG_LEVEL": "loud"})
    assert all("'log.level' cannot be 'loud'" in told.stderr for told in (by_file, by_environment))


def test_an_installation_says_how_often_one_may_ask(tmp_path):
    rates = ["--rate-arrivals", "2", "--rate-visitor-commands", "3", "--rate-desk-commands", "4"]
    with Nightdesk(tmp_path / "data", *rates) as server:
        world = found(server)
        stranger = Http(server.base)
        visitor = Http(server.base, stranger.ask("POST", "/api/visitors", {"site": world.site})["token"])
        assert until_refused(lambda: stranger.ask("POST", "/api/visitors", {"site": world.site})) == 1
        assert until_refused(lambda: visitor.ask("GET", "/api/visit/entries", after=0)) == 3
        assert until_refused(lambda: world.owner.ask("GET", "/api/conversations/counts")) == 4


def until_refused(ask):
    """How often it is answered before it is asked too often."""
    for count in range(10):
        try:
            ask()
        except Refused as refused:
            assert (refused.status, refused.code) == (429, "rate.limited")
            return count
    pytest.fail("nobody is refused")


@pytest.mark.parametrize("way", ["flag", "environment", "file"])
def test_metrics_are_read_with_the_secret_only_where_one_is_set(tmp_path, way):
    options, environment = [], {}
    if way == "flag":
        options = ["--metrics-token", "s3cret of ours"]
    elif way == "environment":
        environment = {"NIGHTDESK_METRICS_TOKEN": "s3cret of ours"}
    else:
        (tmp_path / "settings.json").write_text('{"metrics.token": "s3cret of ours"}')
        options = ["--config", tmp_path / "settings.json"]
    with Nightdesk(tmp_path / "data", *options, environment=environment) as server:
        for shown in [{}, {"Authorization": "Bearer s3cret of theirs"}, {"Authorization": "s3cret of ours"}]:
            refused = requests.get(server.base + "/metrics", headers=shown, timeout=5)
            assert (refused.status_code, refused.json()) == (401, {"error": {"code": "metrics.token"}})
            assert refused.headers["www-authenticate"] == "Bearer"
        read = requests.get(server.base + "/metrics", headers={"Authorization": "Bearer s3cret of ours"}, timeout=5)
        assert read.status_code == 200 and "live_connections" in read.text
        assert requests.get(server.base + "/healthz", timeout=5).ok


def test_metrics_are_open_where_no_secret_is_set(nightdesk):
    assert requests.get(nightdesk.base + "/metrics", timeout=5).status_code == 200


@needs_root
def test_a_full_disk_is_not_ready_and_is_ready_again_once_there_is_room(disk):
    with Nightdesk(disk / "data") as server:
        visit = requests.post(server.base + "/api/visitors", json={"site": "none"})
        assert visit.status_code == 404
        fill(disk)
        assert eventually(server, 503) == {"error": {"code": "database.unavailable"}}
        assert requests.get(server.base + "/healthz").ok, "the process lives all the same"
        empty(disk)
        assert eventually(server, 200)["status"] == "ok"


def eventually(server, status, patience=15):
    """What /readyz says once it has this status; it looks once a second, and the log may hold some pages yet."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        answer = requests.get(server.base + "/readyz", timeout=5)
        if answer.status_code == status:
            return answer.json()
    pytest.fail(f"/readyz never said {status}")
