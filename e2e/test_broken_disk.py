"""A disk that reports an error while it is given a message: the server stops acknowledging, says so and ends."""
import json
from pathlib import Path

import pytest
import requests
from nightdesk import UNLIMITED, Nightdesk
from sample_client import Http, Refused
from shims import compiled
from world import found


@pytest.fixture(scope="module")
def shim(tmp_path_factory):
    return compiled(Path(__file__).with_name("broken_disk.c"), tmp_path_factory.mktemp("shim"))


@pytest.mark.parametrize("broken", ["nightdesk.sqlite-wal", "nightdesk.sqlite"])
def test_a_disk_that_fails_ends_the_server_and_keeps_what_was_acknowledged(broken, shim, tmp_path):
    """The log is synced at every commit, the database itself when the log is copied back to it."""
    sign = tmp_path / "sign"
    environment = {"LD_PRELOAD": str(shim), "BROKEN_SIGN": str(sign), "BROKEN_NAME": broken}
    server = Nightdesk(tmp_path / "data", *UNLIMITED, environment=environment)
    with server:
        world = found(server)
        visitor = Http(world.base, Http(world.base).ask("POST", "/api/visitors", {"site": world.site})["token"])
        kept = {"early": visitor.ask("POST", "/api/visit/entries", {"client": "early", "text": "stored"})["number"]}
        sign.touch()
        with pytest.raises((Refused, requests.ConnectionError)) as refusal:
            for number in range(4_000):
                told = visitor.ask("POST", "/api/visit/entries", {"client": f"late-{number}", "text": "x" * 8_000})
                kept[f"late-{number}"] = told["number"]
        # Nobody waits for the log to be copied back: that server may be gone by the next message.
        if broken.endswith("-wal"):
            assert (refusal.value.status, refusal.value.code) == (503, "storage.disk")
        assert server.process.wait(20) == 1
    lines = [json.loads(line) for line in server.output().splitlines() if line.startswith("{")]
    assert [line["message"] for line in lines if line["level"] == "critical"] == [
        "the disk failed; nothing is acknowledged from now on"
    ]
    assert "nightdesk: the disk failed" in server.output()

    with Nightdesk(tmp_path / "data", *UNLIMITED) as again:
        visitor.base = again.base
        stored, after = {}, 0
        while entries := visitor.ask("GET", "/api/visit/entries", after=after, limit=200)["entries"]:
            stored |= {entry["client"]: entry["number"] for entry in entries if "client" in entry}
            after = entries[-1]["number"]
        assert stored.items() >= kept.items()


def test_a_used_up_quota_is_refused_and_heals_without_a_restart(shim, tmp_path):
    sign = tmp_path / "sign"
    environment = {"LD_PRELOAD": str(shim), "BROKEN_SIGN": str(sign), "BROKEN_NAME": "nightdesk.sqlite-wal", "BROKEN_QUOTA": "1"}
    with Nightdesk(tmp_path / "data", *UNLIMITED, environment=environment) as server:
        world = found(server)
        visitor = Http(world.base, Http(world.base).ask("POST", "/api/visitors", {"site": world.site})["token"])
        visitor.ask("POST", "/api/visit/entries", {"client": "early", "text": "stored"})
        sign.touch()
        for _ in range(3):
            with pytest.raises(Refused) as refusal:
                visitor.ask("POST", "/api/visit/entries", {"client": "late", "text": "no room"})
            assert (refusal.value.status, refusal.value.code) == (503, "storage.disk")
        sign.unlink()
        visitor.ask("POST", "/api/visit/entries", {"client": "late", "text": "room again"})
        said = [entry["client"] for entry in visitor.ask("GET", "/api/visit/entries", after=0, limit=200)["entries"] if "client" in entry]
        assert [client for client in said if client in ("early", "late")] == ["early", "late"]
