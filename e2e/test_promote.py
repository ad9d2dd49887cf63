"""The command that moves everything to PostgreSQL and back: while people talk, with everything that is said kept, and what it says
when it cannot."""
import asyncio
import fcntl
import random
import re
import sqlite3
import subprocess
import time
import uuid

import pytest
from crash.checker import TRUTH, check
from crash.history import Recorder, load
from crash.load import Visitor
from crash.run import people, write_logs, write_stored
from nightdesk import BINARY, UNLIMITED, Nightdesk, run
from postgres import FAST, postgres
from sample_client import Http
from world import found

pytestmark = pytest.mark.xdist_group("promote")


@pytest.fixture(scope="module")
def server():
    """Where the tests promote to; alice may enter with a password only."""
    with postgres(**FAST) as server:
        server.ask("CREATE ROLE alice LOGIN PASSWORD 'right'")
        rules = server.data / "pg_hba.conf"
        rules.write_text("host all alice all scram-sha-256\n" + rules.read_text())
        server.ask("SELECT pg_reload_conf()")
        yield server


class Target:
    """A schema of its own, which is as good as a database."""

    def __init__(self, server):
        self.server, self.schema = server, f"p{uuid.uuid4().hex[:12]}"
        server.ask(f"CREATE SCHEMA {self.schema}")
        self.address = f"{server.address}?options=-csearch_path%3D{self.schema}"

    def ask(self, sql):
        return self.server.ask(f"SET search_path TO {self.schema}; {sql}")


@pytest.fixture
def target(server):
    return Target(server)


@pytest.fixture
def desk(tmp_path):
    with Nightdesk(tmp_path / "data", *UNLIMITED, database="") as desk:
        yield desk


@pytest.fixture
def data(tmp_path):
    """A folder whose server is stopped, with one conversation that holds what is hard to keep."""
    with Nightdesk(tmp_path / "data", database="") as desk:
        world = found(desk)
        visitor = Http(desk.base, Http(desk.base).ask("POST", "/api/visitors", {"site": world.site})["token"])
        visitor.ask("POST", "/api/visit/entries", {"client": "odd", "text": "to be replaced"})
    with sqlite3.connect(tmp_path / "data/nightdesk.sqlite") as database:
        # Nobody can send U+0000 today; whoever could in the past may have.
        database.execute("UPDATE entry SET text = ? WHERE client = 'odd'", ["zero \0, 龙 🐉"])
    return tmp_path / "data"


def promote(data, to):
    return run("promote", "--data", data, "--to", to)


def done(data, to):
    told = promote(data, to)
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout


def pause(told):
    return int(re.search(r"writes waited (\d+) ms", told)[1])


def truth(data, target):
    """Which of the two is the truth, read without any of the server's code."""
    with sqlite3.connect(data / "nightdesk.sqlite") as database:
        try:
            own = database.execute("SELECT phase FROM promotion").fetchone()
        except sqlite3.OperationalError:
            own = None
    if own == ("target",) and target.ask("SELECT phase FROM promotion") == [["moved"]]:
        return "sqlite"
    return "postgres" if own in [("moved",), ("target",)] else "sqlite"


# While people talk


class Steady(Visitor):
    """Never hangs up, writes all the time, and remembers the longest wait for an answer."""

    longest = 0

    async def act(self):
        begun = time.monotonic()
        await self.say(self.conversation, "do you hear me?")
        while self.outbox:
            await asyncio.sleep(0.005)
        self.longest = max(self.longest, time.monotonic() - begun)
        await asyncio.sleep(0.02)


def steady(world, record, seed):
    opened = Http(world.base).ask("POST", "/api/visitors", {"site": world.site})
    return Steady(opened["conversation"], "visitor-steady", world.base, opened["token"], random.Random(seed), record)


async def settle(living, everybody):
    for person in everybody:
        person.stopping = True
    async with asyncio.timeout(90):
        await asyncio.gather(*living)


def judge(world, data, everybody, record, path):
    """Everything is in SQLite again and the server is stopped."""
    talkers = [person for person in everybody if isinstance(person, Visitor)]
    write_stored(data, talkers, record)
    record.close()
    broken = list(check(load(path)))
    assert not broken, f"{len(broken)} broken promises:\n" + "\n".join(broken[:20])


def test_there_and_back_while_people_talk(desk, target, tmp_path):
    path = tmp_path / "history.jsonl"
    record = Recorder(path)
    world = found(desk, agents=["Anna", "Boris"])
    everybody = [*people(world, 7, 6, record), steady(world, record, 7)]

    async def move():
        living = [asyncio.create_task(person.live()) for person in everybody]
        await asyncio.sleep(2)
        there = await asyncio.to_thread(done, desk.data, target.address)
        await asyncio.sleep(2)
        counted = target.ask("SELECT count(*) FROM entry")[0][0]
        await asyncio.sleep(1)
        assert int(target.ask("SELECT count(*) FROM entry")[0][0]) > int(counted), "nobody talks through PostgreSQL"
        back = await asyncio.to_thread(done, desk.data, "sqlite")
        await asyncio.sleep(2)
        await settle(living, everybody)
        return there, back

    there, back = asyncio.run(move())
    print(there, back, f"the longest wait of one who wrote without a pause: {everybody[-1].longest:.3f} s", sep="\n")
    assert "counts and checksums agree" in there and "counts and checksums agree" in back
    assert pause(there) < 1000 and pause(back) < 1000
    assert everybody[-1].link == 1, "the socket did not live through it"
    write_logs(world, [person for person in everybody if isinstance(person, Visitor)], record)
    desk.stop()
    assert truth(desk.data, target) == "sqlite"
    judge(world, desk.data, everybody, record, path)
    checked = run("check", "--data", desk.data)
    assert checked.returncode == 0, checked.stdout + checked.stderr


# Killed

STAGES = ["from", "prepared", "server", "copied", "verified", "switching", "switching", "switching", "switched"]


def killed(desk, to, chance):
    """A promotion during which, at a moment of chance, either it or the server is killed; gives what it said."""
    stage, late, victim = chance.choice(STAGES), chance.uniform(0, 0.12), chance.choice(["promoter", "server"])
    with subprocess.Popen([BINARY, "promote", "--data", desk.data, "--to", to], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as promoter:
        told = []
        for line in promoter.stdout:
            told.append(line)
            if line.startswith(stage):
                break
        time.sleep(late)
        if victim == "promoter":
            promoter.kill()
        else:
            desk.kill()
            desk.start()
        told += promoter.stdout.readlines()
    return f"{victim} killed {late:.3f} s after '{stage}'", "".join(told)


def test_whoever_is_killed_nothing_is_lost(desk, target, tmp_path):
    seed = random.randrange(10**6)
    path, chance = tmp_path / "history.jsonl", random.Random(seed)
    print(f"seed {seed}")
    record = Recorder(path)
    world = found(desk, agents=["Anna"])
    everybody = list(people(world, seed, 5, record))

    async def torment():
        living = [asyncio.create_task(person.live()) for person in everybody]
        await asyncio.sleep(1)
        seen = set()
        for round in range(10):
            before = truth(desk.data, target)
            seen.add(before)
            moment, told = await asyncio.to_thread(killed, desk, target.address if before == "sqlite" else "sqlite", chance)
            await asyncio.sleep(chance.uniform(0, 1.5))
            after = truth(desk.data, target)
            print(f"{round + 1}. from {before}: {moment}; the truth is {after}")
            assert ("switched" in told) <= (after != before), told
            for fallen in [task for task in living if task.done()]:
                await fallen
            # From time to time all the way, so that both directions are met.
            if round % 3 == 2 and after == before:
                await asyncio.to_thread(done, desk.data, target.address if after == "sqlite" else "sqlite")
        if truth(desk.data, target) == "postgres":
            await asyncio.to_thread(done, desk.data, "sqlite")
        await settle(living, everybody)
        return seen

    assert asyncio.run(torment()) == {"sqlite", "postgres"}
    write_logs(world, [person for person in everybody if isinstance(person, Visitor)], record)
    desk.stop()
    judge(world, desk.data, everybody, record, path)


# Without a server


def text_of_the_odd(base):
    owner = Http(base, Http(base).ask("POST", "/api/sign-ins", {"email": "olive@example.com", "password": "a long enough passphrase", "bearer": True})["token"])
    [row] = owner.ask("GET", "/api/conversations", list="all")["rows"]
    entries = owner.ask("GET", f"/api/conversations/{row['conversation']}/entries", after=0, limit=200)["entries"]
    return next(entry["text"] for entry in entries if entry.get("client") == "odd")


def test_a_stopped_server_finds_its_data_by_itself(data, target):
    told = done(data, target.address)
    assert "does not run" in told and "serve' finds PostgreSQL by itself" in told
    assert (data / "promotion.json").stat().st_mode & 0o777 == 0o600
    with Nightdesk(data, database="") as desk:
        assert text_of_the_odd(desk.base) == "zero \0, 龙 🐉"
        assert target.ask("SELECT phase, alone FROM promotion") == [["truth", "0"]]
    for words, expected in [
        (["check"], "without a gap"), (["audit", "verify"], "audit log   good"), (["owner-link"], "#owner="),
    ]:
        told = run(*words, "--data", data)
        assert told.returncode == 0 and expected in told.stdout, told.stdout + told.stderr
    refused = run("backup", "--data", data, data.parent / "backup")
    assert refused.returncode == 1 and "PostgreSQL is backed up with its own tools" in refused.stderr
    done(data, "sqlite")
    assert not (data / "promotion.json").exists()
    with Nightdesk(data, database="") as desk:
        assert text_of_the_odd(desk.base) == "zero \0, 龙 🐉"
    checked = run("check", "--data", data)
    assert checked.returncode == 0, checked.stderr


def test_every_table_is_the_same_in_both(data, target):
    done(data, target.address)
    with sqlite3.connect(data / "nightdesk.sqlite") as database:
        names = [name for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'promotion%' AND name NOT LIKE 'sqlite%'")]
        for name in names:
            assert [[str(database.execute(f"SELECT count(*) FROM {name}").fetchone()[0])]] == target.ask(f"SELECT count(*) FROM {name}")
        [audit] = database.execute("SELECT max(number) FROM audit_entry").fetchone(),
        assert audit[0] > 1
    unchecked = f"SELECT count(*) FROM pg_constraint WHERE NOT convalidated AND connamespace = '{target.schema}'::regnamespace"
    assert target.ask(unchecked) == [["0"]]
    with pytest.raises(RuntimeError, match="append-only"):
        target.ask("DELETE FROM audit_entry")


# When it cannot


def refused(told, sentence):
    assert told.returncode == 1, told.stdout
    assert re.search(sentence, told.stderr), told.stderr
    assert len(told.stderr.splitlines()) == 1, told.stderr


def test_it_says_why_it_cannot(data, target, server, tmp_path):
    port = server.port
    refused(run("promote", "--data", data), "say where")
    refused(promote(data, "mysql://somewhere"), "--to takes postgres://")
    refused(promote(data, "sqlite"), "in SQLite already")
    refused(promote(tmp_path / "nothing", target.address), "no nightdesk database")
    refused(promote(data, "postgres://postgres@127.0.0.1:1/postgres"), "cannot use PostgreSQL: .*refused")
    refused(promote(data, f"postgres://postgres@127.0.0.1:{port}/missing"), 'database "missing" does not exist')
    wrong = promote(data, f"postgres://alice:wrong@127.0.0.1:{port}/postgres")
    refused(wrong, "password authentication failed")
    assert "wrong" not in wrong.stdout + wrong.stderr.replace("wrong password", "")
    target.ask("CREATE TABLE somebodys (id INT)")
    refused(promote(data, target.address), "the target is not empty")
    assert target.ask("SELECT count(*) FROM somebodys") == [["0"]]
    with Nightdesk(data, database=""):
        pass


def test_a_source_of_a_newer_version_is_left_alone(data, target):
    with sqlite3.connect(data / "nightdesk.sqlite") as database:
        database.execute("INSERT INTO migration (name, checksum) VALUES ('future.1', 'x')")
    refused(promote(data, target.address), "newer version")


def test_one_at_a_time(data, target):
    with open(data / "promotion.lock", "w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        refused(promote(data, target.address), "under way already")
    done(data, target.address)
    refused(promote(data, target.address), "in PostgreSQL already")


def test_database_must_be_the_one_that_was_promoted_to(data, target, server):
    other = Target(server)
    done(data, target.address)
    with pytest.raises(RuntimeError, match="another database than the one to which"):
        Nightdesk(data, database=other.address).start()
    with pytest.raises(RuntimeError, match="start the promoted node anew"):
        Nightdesk(data.parent / "second", database=target.address).start()
    with Nightdesk(data, database=target.address):
        # From the first start on others may join.
        shared = ["--secret-key", data / "secret.key", "--attachments", data / "attachments"]
        with Nightdesk(data.parent / "second", *shared, database=target.address):
            refused(promote(data, "sqlite"), "several nodes")
    done(data, "sqlite")
    with pytest.raises(RuntimeError, match="moved back to SQLite"):
        Nightdesk(data, database=target.address).start()
    with Nightdesk(data, database=""):
        pass
