"""The power goes at any moment: whatever part of the unsynced bytes reached the disk, the database opens whole, with everything that
was acknowledged, once, in order, and nothing that nobody wrote.

    bin/test faults --long --seed 7 -k power_loss       ten thousand losses instead of sixty
"""
import random
import secrets
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from nightdesk import UNLIMITED, Nightdesk, run
from sample_client import Http
from shims import compiled
from world import found

from crash.checker import authors_order, none_lost, none_twice, one_order
from crash.history import TRUTH, History

from .power import DATABASE, LOG, NAMES, losses

WRITERS = 6
RULES = (none_lost, none_twice, one_order, authors_order)


class Recording:
    """A server under load, and everything that it asked of the disk meanwhile."""

    def __init__(self, folder, seed):
        self.data, self.log, self.events = folder / "data", folder / "power.log", []
        self.lock = threading.Lock()
        with Nightdesk(self.data, *UNLIMITED, database="") as server:
            world = found(server)
            self.visitors = [Http(server.base).ask("POST", "/api/visitors", {"site": world.site}) for _ in range(WRITERS)]
        self.begin = {file: (self.data / name).read_bytes() for file, name in NAMES.items() if (self.data / name).exists()}
        shim = compiled(Path(__file__).with_name("power.c"), folder)
        environment = {"LD_PRELOAD": str(shim), "POWER_LOG": str(self.log), "POWER_FILE": NAMES[DATABASE]}
        server = Nightdesk(self.data, *UNLIMITED, database="", environment=environment).start()
        writing = [threading.Thread(target=self.write, args=(server, number, seed)) for number in range(WRITERS)]
        for thread in writing:
            thread.start()
        for thread in writing:
            thread.join()
        server.kill()

    def write(self, server, number, seed):
        """Messages long enough that the write-ahead log is copied back and begun anew while they come."""
        chance, http = random.Random(f"{seed}/{number}"), Http(server.base, self.visitors[number]["token"])
        conversation = self.visitors[number]["conversation"]
        for _ in range(160):
            client, size = secrets.token_hex(8), chance.choice((1, 500, 8_000, 8_000))
            text = (client + "有人在吗" * 2_000)[:size]
            self.note("send", who=f"visitor-{number}", conversation=conversation, client=client, text=text)
            told = http.ask("POST", "/api/visit/entries", {"client": client, "text": text})
            self.note("ack", who=f"visitor-{number}", conversation=conversation, client=client, number=told["number"])

    def note(self, do, **fields):
        """With how long the disk's log was: what was acknowledged by then must outlive every later loss of power."""
        with self.lock:
            self.events.append({"do": do, "moment": self.log.stat().st_size, **fields})

    def history(self, moment, stored):
        """What people knew when the power went, and what is there afterwards."""
        events = [dict(event) for event in self.events if event["do"] == "send" or event["moment"] <= moment]
        logs = {visitor["conversation"]: [] for visitor in self.visitors}
        for conversation, *fields in stored:
            logs.setdefault(str(conversation), []).append(dict(zip(("number", "kind", "author", "client", "text"), fields)))
        return History(events + [
            {"do": "log", "source": TRUTH, "conversation": conversation, "entries": entries} for conversation, entries in logs.items()
        ])


@pytest.fixture(scope="module")
def recording(tmp_path_factory, seed):
    print(f"\nseed {seed}", flush=True)
    return Recording(tmp_path_factory.mktemp("power"), seed)


@pytest.fixture
def room(tmp_path):
    folder = tmp_path / "after"

    def fresh():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder
    return fresh


def judge(recording, moment, contents, folder, chance):
    """What is wrong with the database after the loss, as SQLite opens it."""
    contents.write(folder)
    # What is left of the shared index is no better than noise.
    (folder / "nightdesk.sqlite-shm").write_bytes(chance.randbytes(32768) if chance.random() < 0.5 else b"")
    database = sqlite3.connect(folder / NAMES[DATABASE])
    try:
        [whole], *_ = database.execute("PRAGMA integrity_check").fetchall()
        if whole != "ok":
            return [f"damaged: {whole}"]
        stored = database.execute("SELECT conversation_id, number, kind, author, client, text FROM entry ORDER BY 1, 2").fetchall()
    except sqlite3.DatabaseError as error:
        return [f"damaged: {error}"]
    finally:
        database.close()
    history = recording.history(moment, stored)
    sent = {(event["conversation"], event["client"]): event["text"] for event in history.all("send")}
    invented = [
        f"I1: {conversation} has {client}, which nobody wrote so"
        for conversation, _, kind, author, client, text in stored
        if author == "visitor" and kind == "message" and sent.get((str(conversation), client)) != text
    ]
    return invented + [line for rule in RULES for line in rule(history)]


def test_every_loss_leaves_everything_that_was_acknowledged(recording, room, seed, request):
    count = request.config.getoption("--rounds") or (10_000 if request.config.getoption("--long") else 60)
    chance = random.Random(seed)
    for number, (moment, contents) in enumerate(losses(recording.log, recording.begin, count, chance), 1):
        wrong = judge(recording, moment, contents, room(), chance)
        if number % 1000 == 0:
            print(f"{number} losses of power", flush=True)
        assert not wrong, f"seed {seed}, loss {number} at {moment}: " + "\n".join(wrong[:10])
    acknowledged = sum(event["do"] == "ack" for event in recording.events)
    print(f"{acknowledged} messages acknowledged, {count} losses of power, 0 violations", flush=True)


def test_the_server_starts_on_what_is_left(recording, room, seed, request):
    count = 30 if request.config.getoption("--long") else 3
    chance = random.Random(seed + 1)
    for moment, contents in losses(recording.log, recording.begin, count, chance):
        folder = room()
        shutil.copytree(recording.data, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.sqlite*"))
        contents.write(folder)
        checked = run("check", "--data", folder)
        assert checked.returncode == 0, checked.stdout + checked.stderr
        with Nightdesk(folder, *UNLIMITED, database="") as server:
            acknowledged = [event for event in recording.events if event["do"] == "ack" and event["moment"] <= moment]
            for visitor in recording.visitors:
                http, kept, after = Http(server.base, visitor["token"]), {}, 0
                while entries := http.ask("GET", "/api/visit/entries", after=after, limit=200)["entries"]:
                    kept |= {entry.get("client"): entry["number"] for entry in entries}
                    after = entries[-1]["number"]
                for event in acknowledged:
                    if event["conversation"] == visitor["conversation"]:
                        assert kept.get(event["client"]) == event["number"]
                assert http.ask("POST", "/api/visit/entries", {"client": "afterwards", "text": "on again"})["number"] > after


@pytest.mark.parametrize("file", [LOG, DATABASE], ids=["log", "database"])
def test_a_server_that_does_not_wait_for_its_syncs_is_found_out(recording, room, seed, file):
    """The planted fault: the same load, of which the syncs of one file never happened."""
    chance = random.Random(seed)
    wrong = (
        judge(recording, moment, contents, room(), chance)
        for moment, contents in losses(recording.log, recording.begin, 200, chance, ignores=[file])
    )
    assert any(wrong), "nothing was lost, although nothing was synced"
