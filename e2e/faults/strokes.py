"""What can be done to an installation while people talk through it. A stroke does its harm, lasts as long as the seed says, and is
over when it returns; what it needs (a standby, a small disk …) stands beside it.

The seed chooses the strokes and their lengths, so that a run can be played again: `python -m faults.play --seed 7`.
"""
import asyncio
import subprocess
from contextlib import suppress
from dataclasses import dataclass

from chaos import DOWN, UP
from disks import empty, fill


@dataclass(frozen=True)
class Stroke:
    name: str
    play: object
    needs: object


STROKES = []


def stroke(needs=lambda place: True):
    def register(play):
        STROKES.append(Stroke(play.__name__.replace("_", " "), play, needs))
        return play
    return register


def choose(place, chance, rounds, names=None, always=()):
    """Each stroke once, in any order, then all of them again: a long run has many of each, a short one has those of `always`."""
    possible = [one for one in STROKES if one.needs(place) and (not names or one.name in names)]
    chosen = []
    while len(chosen) < rounds:
        some = chance.sample(possible, len(possible))
        chosen += some if chosen else sorted(some, key=lambda one: one.name not in always)
    chosen = chosen[:rounds]
    chance.shuffle(chosen)
    return chosen


# MARK: Nodes


@stroke()
async def node_killed(place, chance):
    """With all its sockets, in the middle of whatever it does."""
    node = chance.choice(place.nodes)
    node.kill()
    await asyncio.to_thread(node.start)


@stroke()
async def node_replaced(place, chance):
    """Told to stop and started again, as in an upgrade."""
    node = chance.choice(place.nodes)
    await asyncio.to_thread(node.stop)
    await asyncio.to_thread(node.start)


@stroke()
async def node_frozen(place, chance):
    """As a virtual machine is while it moves."""
    node = chance.choice(place.nodes)
    seconds = chance.uniform(0.5, 4) if chance.random() < 0.8 or place.count == 1 else chance.uniform(16, 20)
    with node.frozen():
        await asyncio.sleep(seconds)
    if seconds > 10:
        # Meanwhile its place may have been taken: it says so within a heartbeat and ends.
        with suppress(subprocess.TimeoutExpired):
            await asyncio.to_thread(node.process.wait, 8)
            await asyncio.to_thread(node.start)


@stroke()
async def clock_set(place, chance):
    """One node's wall clock jumps by hours, stays wrong for a while, and jumps back; in between the node may start anew."""
    node, hours = chance.choice(place.nodes), chance.choice((-5, -0.1, 0.1, 3))
    place.record("clock", node=node.number, offset=hours * 3600)
    node.set_clock(hours)
    await asyncio.sleep(chance.uniform(1, 3))
    if chance.random() < 0.5:
        node.kill()
        await asyncio.to_thread(node.start)
        await asyncio.sleep(chance.uniform(0.5, 1))
    node.set_clock(0)


# MARK: Links


def weather(link):
    """All the kinds of bad weather on one link."""
    def needs(place):
        return bool(place.links[link])

    def on(name):
        def register(play):
            async def whole(place, chance):
                proxy = chance.choice(place.links[link])
                await play(proxy, chance)
                proxy.heal()
                # Some connections outlive the weather and go on; others are gone for good.
                if chance.random() < 0.3:
                    proxy.reset()
            STROKES.append(Stroke(f"{link} link {name}", whole, needs))
        return register

    @on("late")
    async def _(proxy, chance):
        proxy.delay, proxy.jitter = chance.uniform(0.01, 0.2), chance.uniform(0, 0.2)
        await asyncio.sleep(chance.uniform(1, 3))

    @on("stalled")
    async def _(proxy, chance):
        proxy.hold(UP, DOWN)
        await asyncio.sleep(chance.uniform(0.5, 4))

    @on("deaf")
    async def _(proxy, chance):
        proxy.hold(UP)
        await asyncio.sleep(chance.uniform(0.5, 4))

    @on("mute")
    async def _(proxy, chance):
        proxy.hold(DOWN)
        await asyncio.sleep(chance.uniform(0.5, 4))
        # What was done and never answered: the answers are lost, or late.
        if chance.random() < 0.5:
            proxy.reset()

    @on("half-closed")
    async def _(proxy, chance):
        proxy.half_close(chance.choice((UP, DOWN)))

    @on("reset")
    async def _(proxy, chance):
        for _ in range(chance.randint(1, 4)):
            proxy.reset()
            await asyncio.sleep(chance.uniform(0.05, 0.3))

    @on("cut")
    async def _(proxy, chance):
        proxy.refuses = True
        proxy.reset()
        await asyncio.sleep(chance.uniform(0.5, 4))

    if link != "database":
        @on("doubled")
        async def _(proxy, chance):
            proxy.duplicates = True
            proxy.reset()
            await asyncio.sleep(chance.uniform(1, 3))
            proxy.duplicates = False
            proxy.reset()


for link in ("client", "database", "bus"):
    weather(link)


# MARK: PostgreSQL, NATS


def has_postgres(place):
    return place.store.pair is not None


@stroke(has_postgres)
async def database_restarted(place, chance):
    await asyncio.to_thread(place.store.pair.primary.stop)
    await come_back(place.store.pair)


@stroke(has_postgres)
async def database_killed(place, chance):
    place.store.pair.primary.kill()
    await asyncio.sleep(chance.uniform(0, 2))
    await come_back(place.store.pair)


async def come_back(pair):
    """What the primary wrote and never confirmed can be read now, so the standby must have it before the next failover."""
    await asyncio.to_thread(pair.primary.start)
    await asyncio.to_thread(pair.wait_for_standby)


@stroke(has_postgres)
async def database_failed_over(place, chance):
    """The primary's machine dies for good, the standby takes over, and gets a standby of its own."""
    await asyncio.to_thread(place.store.pair.fail_over)
    place.failed_over += 1
    await asyncio.to_thread(place.store.pair.mend)


@stroke(lambda place: place.nats)
async def bus_restarted(place, chance):
    await asyncio.to_thread(place.nats.kill)
    await asyncio.sleep(chance.uniform(0, 3))
    await asyncio.to_thread(place.nats.start)


# MARK: The disk


def is_sqlite(place):
    return place.store.kind == "sqlite"


@stroke(is_sqlite)
async def sync_fails(place, chance):
    """The server must end by itself, and is started again on a disk that works."""
    [node] = place.nodes
    node.sign.touch()
    ended = await asyncio.to_thread(node.process.wait, 60)
    node.sign.unlink()
    assert ended == 1, f"ended with {ended}"
    await asyncio.to_thread(node.start)


@stroke(lambda place: place.disk)
async def disk_full(place, chance):
    """Until some were refused; it must heal without a restart."""
    [node] = place.nodes
    refused = place.record.counts["held-up"]
    fill(place.disk)
    async with asyncio.timeout(60):
        while place.record.counts["held-up"] < refused + 5:
            await asyncio.sleep(0.05)
    empty(place.disk)
