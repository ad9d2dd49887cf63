"""Kills the server again and again while people talk through it, and writes the history down.

    python -m crash.run --seed 7 --rounds 50 --history history.jsonl     (from e2e/; check with crash.checker)
"""
import argparse
import asyncio
import random
import sqlite3
import sys
import tempfile
from pathlib import Path

from nightdesk import UNLIMITED, Nightdesk
from sample_client import Http
from world import PASSWORD, found

from .checker import check
from .history import TRUTH, Recorder, load, shown
from .load import Agent, Supervisor, Visitor


def source_of(name, seed):
    """A random source of one's own: what people do does not depend on who is scheduled first."""
    return random.Random(f"{seed}/{name}")


def people(world, seed, visitors, record, base=None):
    """Staff and visitors, who come in by `base`."""
    base = base or world.base

    def token(email):
        return Http(world.base).ask("POST", "/api/sign-ins", {"email": email, "password": PASSWORD, "bearer": True})["token"]

    ids = [agent["id"] for agent in world.staff]
    for agent in world.staff:
        colleagues = [other for other in ids if other != agent["id"]]
        name = agent["name"].lower()
        yield Agent(agent["id"], colleagues, name, base, token(agent["email"]), source_of(name, seed), record)
    yield Supervisor(None, [], "olive", base, token("olive@example.com"), source_of("olive", seed), record)
    for number in range(visitors):
        name = f"visitor-{number}"
        opened = Http(world.base).ask("POST", "/api/visitors", {"site": world.site})
        yield Visitor(opened["conversation"], name, base, opened["token"], source_of(name, seed), record)


async def torment(nightdesk, everybody, rounds, chance, record, progress):
    """Rounds of talk, each ended by a kill; then peace, until everybody has said what they had to say."""
    living = [asyncio.create_task(person.live()) for person in everybody]
    for round in range(1, rounds + 1):
        await asyncio.sleep(chance.uniform(0.4, 1.6))
        fallen = [task for task in living if task.done()]
        if fallen:
            await asyncio.gather(*fallen)
        record("kill", round=round)
        nightdesk.kill()
        await asyncio.to_thread(nightdesk.start)
        record("ready", round=round)
        progress(round)
    for person in everybody:
        person.stopping = True
    async with asyncio.timeout(90):
        await asyncio.gather(*living)


def whole_thread(http, path):
    entries, more = [], True
    while more:
        page = http.ask("GET", path, after=entries[-1]["number"] if entries else 0, limit=200)
        entries += page["entries"]
        more = page["more"]
    return [shown(entry) for entry in entries]


def write_logs(world, visitors, record):
    for visitor in visitors:
        conversation = visitor.conversation
        own = whole_thread(Http(world.base, visitor.token), "/api/visit/entries")
        record("log", source="visitor", conversation=conversation, entries=own)
        desk = whole_thread(world.owner, f"/api/conversations/{conversation}/entries")
        record("log", source="desk", conversation=conversation, entries=desk)


def write_stored(data, visitors, record):
    """What is on the disk, read without any of the server's code."""
    [file] = data.glob("*.sqlite")
    with sqlite3.connect(file) as database:
        for visitor in visitors:
            rows = database.execute(
                "SELECT number, kind, author, client, text FROM entry WHERE conversation_id = ? ORDER BY number",
                (int(visitor.conversation),),
            )
            entries = [dict(zip(("number", "kind", "author", "client", "text"), row)) for row in rows]
            record("log", source=TRUTH, conversation=visitor.conversation, entries=entries)


def play(folder, path, seed, rounds, visitors, agents, progress=lambda round: None):
    """A whole crash test; the history is left in `path`."""
    record = Recorder(path)
    with Nightdesk(Path(folder) / "data", *UNLIMITED) as nightdesk:
        world = found(nightdesk, agents=[f"Agent{number}" for number in range(agents)])
        everybody = list(people(world, seed, visitors, record))
        asyncio.run(torment(nightdesk, everybody, rounds, random.Random(seed), record, progress))
        talkers = [person for person in everybody if isinstance(person, Visitor)]
        write_logs(world, talkers, record)
        nightdesk.stop()
        write_stored(nightdesk.data, talkers, record)
    record.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--visitors", type=int, default=16)
    parser.add_argument("--agents", type=int, default=4)
    parser.add_argument("--history", default="history.jsonl")
    options = parser.parse_args()
    print(f"seed {options.seed}")
    with tempfile.TemporaryDirectory() as folder:
        def progress(round):
            print(f"\rround {round} of {options.rounds}", end="", flush=True)
        play(folder, options.history, options.seed, options.rounds, options.visitors, options.agents, progress)
    faults = check(load(options.history))
    print("\n" + ("\n".join(faults[:20]) or "all promises held"))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
