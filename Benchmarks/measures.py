"""What is measured, each as a function of the bench that returns the value and the yardsticks it was held against."""
import contextlib
import os
import pathlib
import sqlite3
import statistics
import sys
import time
import urllib.request

import live
import load
from house import House, company, copy
from process import Server, free_port

CONVERSATIONS = 100
IDLE = 2_000
CROWD = 10_000
ROUNDS = 5


class Bench:
    """Folders, tools and the company that all measurements share."""

    def __init__(self, tools, binary, folder, say, quick):
        self.tools, self.binary, self.folder, self.say = tools, binary, pathlib.Path(folder), say
        self.rounds, self.seconds = (3, 2) if quick else (ROUNDS, 4)
        self.crowd, self.quick, self.notes = 2_000 if quick else CROWD, quick, {}
        self.resources = contextlib.ExitStack()

    def prepare(self):
        """A company whose hundred agents serve a conversation each, and a crowd of visitors who only look."""
        self.say("making a company with 100 agents and a crowd of visitors")
        with House(self.binary, self.folder / "template") as house:
            owner, key, pairs = company(house, CONVERSATIONS)
            bot_key, crowd = house.site(owner, "both"), []
            for _ in range(self.crowd):
                visitor, conversation = house.visitor(key)
                crowd.append(f"{visitor} - {conversation}")
            live.teach(house, owner)
            self.owner, self.bot_key = owner, bot_key
        self.lines = {"pairs": pairs, "crowd": crowd}
        self.pairs, self.people, self.idlers = self.folder / "pairs", self.folder / "crowd", self.folder / "idlers"
        self.pairs.write_text("\n".join(pairs) + "\n")
        self.people.write_text("\n".join(crowd) + "\n")
        self.idlers.write_text("\n".join(crowd[:IDLE]) + "\n")
        self.names = self.folder / "names"
        self.names.write_text("- x -\n" * CONVERSATIONS)

    def house(self, *options, **surroundings):
        return House(self.binary, copy(self.folder / "template", self.folder / "run"), *options, **surroundings)

    def note(self, key, *lines):
        """What is printed below the table."""
        self.notes.setdefault(key, []).extend(lines)

    def write(self, name, lines):
        """A file of people for the load generator."""
        (self.folder / name).write_text("\n".join(lines) + "\n")
        return self.folder / name

    def limit(self):
        port = free_port()
        return Server([self.tools / "limit", str(port), self.folder / "limit.log"], port)

    def floor(self):
        port = free_port()
        (self.folder / "floor.sqlite").unlink(missing_ok=True)
        return Server([sys.executable, pathlib.Path(__file__).parent / "yardsticks/floor.py", str(port), self.folder / "floor.sqlite"], port)

    def talk(self, name, mode, seconds=None):
        """One round of load against one of the three servers."""
        protocol, people = {"nightdesk": ("nightdesk", self.pairs), "limit": ("line", self.names), "floor": ("socket", self.names)}[name]
        place = {"nightdesk": self.house, "limit": self.limit, "floor": self.floor}[name]()
        with place:
            figures = load.run(self.tools, getattr(place, "server", place), protocol, people, mode, seconds or self.seconds)
        if figures["failed"] or figures["refused"]:
            raise RuntimeError(f"{name}: {figures}")
        return figures


def median_of(rounds, value):
    return statistics.median(value(figures) for figures in rounds)


def steady(bench, rounds, yardsticks, value):
    """The rounds in which no yardstick moved by more than a quarter: in the others the machine did something else, too."""
    def held(name, number):
        return abs(value(rounds[name][number]) / median_of(rounds[name], value) - 1) <= 0.25
    kept = [number for number in range(bench.rounds) if all(held(name, number) for name in yardsticks)]
    if len(kept) < bench.rounds:
        bench.say(f"{bench.rounds - len(kept)} of {bench.rounds} rounds dropped: a yardstick moved by more than 25 %")
    return {name: [seen[number] for number in kept or range(bench.rounds)] for name, seen in rounds.items()}


def throughput(bench):
    """P1 and P2 from the same closed loop, the three servers taking turns."""
    rounds = {"nightdesk": [], "limit": [], "floor": []}
    for number in range(bench.rounds):
        bench.say(f"closed loop, round {number + 1} of {bench.rounds}")
        for name, seen in rounds.items():
            seen.append(bench.talk(name, "closed"))
    rounds = steady(bench, rounds, ("limit", "floor"), lambda f: f["messages"] / f["seconds"])
    cost = {name: median_of(seen, lambda f: f["runCPU"] * 1e6 / f["messages"]) for name, seen in rounds.items()}
    rate = {name: median_of(seen, lambda f: f["messages"] / f["seconds"]) for name, seen in rounds.items()}
    return {
        "P1": (cost["nightdesk"], {name: cost[name] for name in ("limit", "floor")}),
        "P2": (rate["nightdesk"], {name: rate[name] for name in ("limit", "floor")}),
    }


def latency(bench, capacity):
    """P3 at a quarter of the capacity found before; P4 at twenty messages a second against a bare fdatasync."""
    rate = max(capacity / 2 * 0.25, 10)
    rounds = {"nightdesk": [], "limit": []}
    for number in range(bench.rounds):
        bench.say(f"open loop at {rate:.0f}/s, round {number + 1} of {bench.rounds}")
        for name, seen in rounds.items():
            seen.append(bench.talk(name, f"open:{rate:.1f}"))
    rounds = steady(bench, rounds, ("limit",), lambda f: f["roundTrip"]["p50"])
    tail = {name: median_of(seen, lambda f: f["roundTrip"]["p99"] / 1e3) for name, seen in rounds.items()}
    bench.say("acknowledgements at light load")
    syncs, light = [], []
    for _ in range(bench.rounds):
        syncs.append(fdatasync(bench.folder))
        light.append(bench.talk("nightdesk", "open:20"))
    acknowledged = median_of(light, lambda f: f["acknowledgement"]["p50"] / 1e3)
    return {
        "P3": (tail["nightdesk"], {"limit": tail["limit"]}),
        "P4": (acknowledged, {"fdatasync": statistics.median(syncs)}),
    }


def fdatasync(folder):
    """The median of a hundred appended and synced pages, in milliseconds."""
    file = os.open(folder / "sync", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    times = []
    for _ in range(100):
        begin = time.perf_counter()
        os.write(file, bytes(4096))
        os.fdatasync(file)
        times.append((time.perf_counter() - begin) * 1e3)
    os.close(file)
    return statistics.median(times)


def connections(bench):
    """P5 and P6 with two thousand visitors, P7 with the crowd."""
    memory, cost = [], []
    for number in range(bench.rounds):
        bench.say(f"idle connections, round {number + 1} of {bench.rounds}")
        with bench.house() as house:
            figures = load.run(bench.tools, house.server, "nightdesk", bench.idlers, "connect", 1)
        memory.append(figures["idlePSS"] / figures["connected"])
        cost.append(figures["connectCPU"] * 1e6 / figures["connected"])
    bench.say(f"{bench.crowd} connections for 30 seconds")
    with bench.house() as house:
        figures = load.run(bench.tools, house.server, "nightdesk", bench.people, "idle", 30)
    idle = figures["runCPU"] * 100 / figures["seconds"]
    note = {"connections": figures["connected"], "heartbeats": figures["heartbeats"], "failed": figures["failed"]}
    return {"P5": (statistics.median(memory), {}), "P6": (statistics.median(cost), {}), "P7": (idle, note)}


def cold_start(bench):
    """P11 on a database with a million messages in ten thousand conversations."""
    bench.say("writing a million messages")
    full = copy(bench.folder / "template", bench.folder / "full")
    fill(full / "nightdesk.sqlite", 1_000_000)
    times, memory = [], []
    for _ in range(bench.rounds):
        begin = time.monotonic()
        with House(bench.binary, full) as house:
            urllib.request.urlopen(house.address + "/readyz").read()
            times.append((time.monotonic() - begin) * 1e3)
            memory.append(house.server.pss() / 1024)
    return {"P11": (statistics.median(times), {}), "P11m": (statistics.median(memory), {})}


def fill(path, messages):
    """Entries straight into the table: the same rows that the server would write, without waiting for it."""
    database = sqlite3.connect(path)
    database.execute("PRAGMA synchronous=OFF")
    conversations = database.execute("SELECT id, last_number FROM conversation").fetchall()
    each = messages // len(conversations) + 1
    for conversation, last in conversations:
        database.executemany(
            "INSERT INTO entry (conversation_id, number, session_id, at, kind, author, client, text) VALUES (?, ?, 1, 1, 'message', ?, ?, ?)",
            ((conversation, last + n, "visitor" if n % 2 else "bot", f"fill-{n}", f"Message number {n} of a long conversation about a lamp.")
             for n in range(1, each + 1)))
        database.execute("UPDATE conversation SET last_number = last_number + ? WHERE id = ?", (each, conversation))
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def answers(bench):
    """P12: how soon the bot has answered, and how soon an agent's desk shows who was handed over."""
    bench.say("the bot's answers and hand-offs")
    with bench.house() as house:
        spoken, shown = live.measure(house, bench.owner, bench.bot_key, 100)
    return {"P12": (live.p99(spoken), {}), "P12h": (live.p99(shown), {})}


def weights(bench):
    """P13: what a browser that takes Brotli loads."""
    with bench.house() as house:
        key = bench.bot_key
        return {
            "P13": (weigh(house, ["/widget.js"]), {}),
            "P13c": (weigh(house, live.loaded_by(house, f"/chat/{key}")), {}),
            "P13d": (weigh(house, live.loaded_by(house, "/desk")), {}),
        }


def weigh(house, paths):
    total = 0
    for path in paths:
        request = urllib.request.Request(house.address + path, headers={"accept-encoding": "br"})
        total += len(urllib.request.urlopen(request).read())
    return total / 1000
