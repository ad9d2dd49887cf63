"""A machine that does not play along: full disk, port taken, folder not writable, data from a newer version."""
import socket
import sqlite3
import subprocess

import pytest
import requests
from disks import empty, fill, needs_root
from nightdesk import Nightdesk, free_port, run
from sample_client import Http, Refused
from world import found


@needs_root
def test_a_full_disk_stops_sending_visibly_and_heals_without_a_restart(disk):
    with Nightdesk(disk / "data") as server:
        world = found(server)
        opened = Http(world.base).ask("POST", "/api/visitors", {"site": world.site})
        visitor = Http(world.base, opened["token"])
        kept = [visitor.ask("POST", "/api/visit/entries", {"client": f"early-{n}", "text": "stored"})["number"] for n in range(5)]
        fill(disk)

        with pytest.raises(Refused) as refusal:
            for number in range(200):
                told = visitor.ask("POST", "/api/visit/entries", {"client": f"full-{number}", "text": "x" * 8_000})
                kept.append(told["number"])
        assert (refusal.value.status, bool(refusal.value.code)) == (503, True)
        numbers = {entry["number"] for entry in visitor.ask("GET", "/api/visit/entries", after=0, limit=200)["entries"]}
        assert numbers >= set(kept), "what was acknowledged can still be read"
        assert world.owner.ask("GET", "/api/me")["name"] == "Olive"

        empty(disk)
        healed = visitor.ask("POST", "/api/visit/entries", {"client": "healed", "text": "there is room again"})
        entries = visitor.ask("GET", "/api/visit/entries", after=0, limit=200)["entries"]
        assert {entry["number"] for entry in entries} >= {*kept, healed["number"]}


def refused_start(data, port):
    """What the server says when it cannot start: it must end by itself, say why in a line, and spare us the trace."""
    ended = run("serve", "--data", data, "--port", port)
    said = ended.stderr + ended.stdout
    assert ended.returncode not in (0, -4, -6, -11), f"ended with {ended.returncode}: {said}"
    assert "Fatal error" not in said and "Stack" not in said
    return said


def test_a_port_in_use_is_named(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert str(port) in refused_start(tmp_path / "data", port)


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    assert str(tmp_path / "file") in refused_start(tmp_path / "file" / "data", free_port())


@needs_root
def test_a_data_folder_that_cannot_be_written_is_named(disk):
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    assert str(disk) in refused_start(disk / "data", free_port())


def test_a_database_of_a_newer_version_is_left_alone(tmp_path):
    with Nightdesk(tmp_path / "data") as server:
        found(server)
    [file] = (tmp_path / "data").glob("*.sqlite")
    database = sqlite3.connect(file, isolation_level=None)
    database.execute("INSERT INTO migration (name, checksum) VALUES ('conversations.99', '')")
    before = list(database.iterdump())
    assert "newer" in refused_start(tmp_path / "data", free_port())
    assert list(database.iterdump()) == before


def test_a_second_server_on_the_same_data_is_refused(tmp_path):
    with Nightdesk(tmp_path / "data") as server:
        assert "already serving" in refused_start(server.data, free_port())
        assert requests.get(server.base + "/healthz", timeout=5).ok
