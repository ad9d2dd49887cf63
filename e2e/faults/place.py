"""An installation that can be hurt everywhere: clients come through a proxy that spreads them over the nodes, nodes reach PostgreSQL
and NATS through proxies, and each node has a wall clock and a disk of its own to be spoiled."""
import asyncio
import os
import signal
import struct
import subprocess
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path

from chaos import Proxy
from disks import small_disk
from nats import Nats
from nightdesk import UNLIMITED, Nightdesk, free_port, run
from shims import compiled

from .stores import Files, postgres_servers

HERE = Path(__file__).parent


def binary_knows(option):
    return option in run("help").stdout


class Node(Nightdesk):
    """A node whose wall clock can be set and whose disk can be broken."""

    def __init__(self, number, folder, shims, *options, **more):
        self.number, self.clock, self.sign = number, folder / f"clock-{number}", folder / f"broken-{number}"
        self.set_clock(0)
        environment = {
            "LD_PRELOAD": ":".join(map(str, shims)), "CLOCK_OFFSET": str(self.clock),
            "BROKEN_SIGN": str(self.sign), "BROKEN_NAME": ".sqlite-wal",
        }
        super().__init__(*options, environment=environment, **more)

    def set_clock(self, hours):
        with open(self.clock, "r+b" if self.clock.exists() else "wb") as file:
            file.write(struct.pack("q", int(hours * 3600 * 10**9)))

    @property
    def lives(self):
        return self.process is not None and self.process.poll() is None

    @contextmanager
    def frozen(self):
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def memory(self):
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Place:
    def __init__(self, folder, chance, database="sqlite", nodes=1, bus=False, options=UNLIMITED):
        self.folder, self.chance, self.database, self.bus, self.options = Path(folder), chance, database, bus, options
        self.count = nodes
        self.nats, self.bus_links, self.disk = None, [], None

    async def __aenter__(self):
        async with AsyncExitStack() as stack:
            self.store = await self.open_store(stack)
            if self.bus:
                self.nats = stack.enter_context(Nats(self.folder))
                self.bus_links = [await stack.enter_async_context(Proxy([("127.0.0.1", self.nats.port)], self.chance))]
            shims = [compiled(source, self.folder) for source in (HERE / "wrong_clock.c", HERE.parent / "broken_disk.c")]
            self.nodes = [self.node(number, shims) for number in range(self.count)]
            for node in self.nodes:
                stack.push_async_callback(self.end, node)
                await asyncio.to_thread(node.start)
            self.front = await stack.enter_async_context(
                Proxy([("127.0.0.1", node.port) for node in self.nodes], self.chance)
            )
            self.base = f"http://127.0.0.1:{self.front.port}"
            self.stack = stack.pop_all()
        return self

    async def __aexit__(self, *reason):
        await self.stack.__aexit__(*reason)

    async def open_store(self, stack):
        if self.database == "postgres":
            return await stack.enter_async_context(postgres_servers(self.chance))
        room = self.folder / "disk"
        if os.geteuid() == 0:
            self.disk = stack.enter_context(small_disk(room, "256m"))
        return Files(room / "node-0")

    def node(self, number, shims):
        data = (self.folder / "disk" if self.database == "sqlite" else self.folder) / f"node-{number}"
        bus = ["--bus", f"nats://127.0.0.1:{self.bus_links[0].port}"] if self.bus else []
        shared = ["--secret-key", self.folder / "secret.key", "--attachments", self.folder / "attachments"]
        shared = shared if self.database == "postgres" else []
        return Node(number, self.folder, shims, data, *bus, *shared, *self.options, port=free_port(), **self.store.options)

    async def end(self, node):
        if node.lives:
            try:
                await asyncio.to_thread(node.stop)
            except subprocess.TimeoutExpired:
                node.kill()
                raise RuntimeError(f"node {node.number} does not stop:\n{node.output()[-2000:]}") from None

    @property
    def links(self):
        """All proxies, by what they lie in front of."""
        return {"client": [self.front], "database": self.store.links, "bus": self.bus_links}

    def heal(self):
        for proxies in self.links.values():
            for proxy in proxies:
                proxy.heal()
