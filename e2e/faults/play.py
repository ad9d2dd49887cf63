"""Plays strokes against an installation while people talk through it, and writes the history down.

    python -m faults.play --database postgres --seed 7 --rounds 40     (from e2e/; the seed chooses strokes, lengths and what people do)
"""
import argparse
import asyncio
import random
import secrets
import sys
import tempfile
import time
from contextlib import suppress

import requests

from crash.checker import check
from crash.history import Recorder, load
from crash.load import QUESTIONS, Visitor
from crash.run import people, source_of, whole_thread
from sample_client import Http, Refused
from world import found

from .place import Place
from .stores import sample, write_stored
from .strokes import choose

CAPACITY = 2


class Outside:
    """The company's own system behind the API channel: hands messages in, at once, late, again and in another order."""

    def __init__(self, name, base, secret, random, record):
        self.name, self.http, self.random, self.record = name, Http(base, secret), random, record
        self.sent, self.conversation, self.stopping = [], None, False

    def begin(self, direct):
        """The first message makes the conversation, before anything is hurt."""
        self.base, self.http.base = self.http.base, direct
        client = secrets.token_hex(8)
        taken = self.http.ask("POST", "/api/inbound/messages", self.message(client, "Is anybody there?"))
        self.conversation, self.http.base = taken["conversation"], self.base
        self.record("send", who=self.name, conversation=self.conversation, client=client, text="Is anybody there?")
        self.record("ack", who=self.name, conversation=self.conversation, client=client, number=taken["number"])
        self.sent.append((client, "Is anybody there?"))

    def message(self, client, text):
        return {"id": client, "from": {"id": self.name, "name": self.name.title()}, "text": text}

    async def live(self):
        while not self.stopping:
            batch = [(secrets.token_hex(8), self.random.choice(QUESTIONS)) for _ in range(self.random.randint(1, 3))]
            again = self.random.sample(self.sent, min(len(self.sent), self.random.randint(0, 2)))
            self.sent += batch
            order = batch + again
            self.random.shuffle(order)
            for client, text in order:
                await self.hand_in(client, text)
            await asyncio.sleep(self.random.uniform(0.1, 0.4))

    async def hand_in(self, client, text):
        """Until it was taken, as docs/protocol.md asks."""
        while True:
            self.record("send", who=self.name, conversation=self.conversation, client=client, text=text)
            try:
                taken = await asyncio.to_thread(self.http.ask, "POST", "/api/inbound/messages", self.message(client, text))
            except (requests.RequestException, Refused) as error:
                if isinstance(error, Refused) and error.status not in (429, 500, 503):
                    raise
                await asyncio.sleep(self.random.uniform(0.1, 0.3))
                continue
            return self.record("ack", who=self.name, conversation=self.conversation, client=client, number=taken["number"])


class Witness:
    """Looks at the database itself, past the servers, twice a second."""

    def __init__(self, store, record):
        self.store, self.record, self.stopping = store, record, False

    async def live(self):
        while not self.stopping:
            # While the database is away there is nothing to look at.
            with suppress(RuntimeError, OSError):
                self.record("sample", **await asyncio.to_thread(sample, self.store))
            await asyncio.sleep(0.5)


def everybody_at(place, world, seed, visitors, record):
    """Staff, visitors and the company's own systems."""
    for agent in world.staff:
        record("capacity", agent=agent["id"], of=CAPACITY)
    yield from people(world, seed, visitors, record, place.base)
    channel = world.owner.ask(
        "POST", "/api/channels", {"kind": "api", "name": "App", "locale": "en", "mode": "both", "offHoursMode": "both"}
    )
    secret = world.owner.ask("POST", f"/api/channels/{channel['id']}/secrets", {"of": "inbound"})["secret"]
    for number in range(2):
        outside = Outside(f"outside-{number}", place.base, secret, source_of(f"outside-{number}", seed), record)
        outside.begin(world.base)
        yield outside


class Play:
    def __init__(self, place, everybody, seed, record, tell):
        self.place, self.everybody, self.record, self.tell = place, everybody, record, tell
        self.chance = random.Random(seed)
        self.longest_silence = 0

    async def run(self, strokes):
        witness = Witness(self.place.store, self.record)
        self.living = [asyncio.create_task(one.live()) for one in [*self.everybody, witness]]
        try:
            await self.progress()
            for number, stroke in enumerate(strokes, 1):
                await self.strike(number, stroke)
            for one in [*self.everybody, witness]:
                one.stopping = True
            async with asyncio.timeout(120):
                await asyncio.gather(*self.living)
        finally:
            for task in self.living:
                task.cancel()
            await asyncio.gather(*self.living, return_exceptions=True)

    async def strike(self, number, stroke):
        since = time.monotonic()
        self.record("fault", number=number, name=stroke.name)
        await stroke.play(self.place, self.chance)
        self.record("healed", number=number)
        healed = time.monotonic()
        await self.progress()
        silence = time.monotonic() - healed
        self.longest_silence = max(self.longest_silence, silence)
        self.tell(f"{number:4} {stroke.name}: {healed - since:.1f} s, served again after {silence:.1f} s")

    async def progress(self):
        """Until the service is back: people were answered again. Nothing but the stroke may have ended a node."""
        wanted = self.record.counts["ack"] + 50
        async with asyncio.timeout(60):
            while self.record.counts["ack"] < wanted:
                for task in self.living:
                    if task.done():
                        await task
                for node in self.place.nodes:
                    assert node.lives, f"node {node.number} ended by itself:\n{node.output()[-2000:]}"
                await asyncio.sleep(0.02)


def write_logs(world, everybody, record):
    for one in everybody:
        if isinstance(one, Visitor):
            own = whole_thread(Http(world.base, one.token), "/api/visit/entries")
            record("log", source="visitor", conversation=one.conversation, entries=own)
        if hasattr(one, "conversation"):
            desk = whole_thread(world.owner, f"/api/conversations/{one.conversation}/entries")
            record("log", source="desk", conversation=one.conversation, entries=desk)


async def play(folder, path, seed, rounds, database, nodes=1, bus=False, names=None, always=(), visitors=12, agents=4, tell=print):
    """A whole run; the history is left in `path`. Returns the numbers of it."""
    record = Recorder(path)
    chance = random.Random(f"{seed}/weather")
    async with Place(folder, chance, database, nodes, bus) as place:
        place.record, place.failed_over = record, 0

        def settle():
            # The link that the last node printed is the one that holds.
            world = found(place.nodes[-1])
            for number in range(agents):
                world.invite(f"Agent{number}", capacity=CAPACITY)
            return world, list(everybody_at(place, world, seed, visitors, record))

        world, everybody = await asyncio.to_thread(settle)
        strokes = choose(place, random.Random(f"{seed}/strokes"), rounds, names, always)
        running = Play(place, everybody, seed, record, tell)
        await running.run(strokes)
        await asyncio.to_thread(write_logs, world, everybody, record)
        talked = [one.conversation for one in everybody if hasattr(one, "conversation")]
        await asyncio.to_thread(write_stored, place.store, talked, record)
    record.close()
    return {**record.counts, "longest silence": running.longest_silence}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="postgres")
    parser.add_argument("--nodes", type=int, default=1)
    parser.add_argument("--bus", action="store_true", help="hints through NATS")
    parser.add_argument("--stroke", action="append", help="only these, by name; may be given several times")
    parser.add_argument("--history", default="history.jsonl")
    options = parser.parse_args()
    print(f"seed {options.seed}")
    with tempfile.TemporaryDirectory() as folder:
        numbers = asyncio.run(play(
            folder, options.history, options.seed, options.rounds, options.database, options.nodes, options.bus, options.stroke
        ))
    broken = check(load(options.history))
    print(numbers)
    print("\n".join(broken[:20]) or "all promises held")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
