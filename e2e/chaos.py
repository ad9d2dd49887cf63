"""A TCP proxy with bad weather, which a test switches while connections are open.

    async with Proxy([("127.0.0.1", 5432)]) as proxy:      connect to 127.0.0.1:proxy.port
        proxy.delay, proxy.jitter = 0.2, 0.1               every byte is late by so many seconds; the order is kept
        proxy.hold(UP, DOWN)                               stall: connections live, no byte passes
        proxy.hold(DOWN)                                   one-way cut: the server hears, nobody hears the server
        proxy.half_close(UP)                               each client seems to have finished sending
        proxy.reset()                                      every connection ends with RST
        proxy.refuses = True                               and new ones, too
        proxy.duplicates = True                            see below
        proxy.heal()

What is held is kept, as TCP keeps it, and passes when the weather is fair again. Several upstreams make it a load balancer: a new
connection goes to one of them at random, to another where that one does not answer.

TCP cannot duplicate bytes of a stream, but clients that repeat themselves are real: with `duplicates`, what a client of a new
connection sends is sent on a second connection as well (to any of the upstreams), and the answers there are thrown away. That is fair
to servers that promise to recognise a repetition, and breaks those that do not, such as a database, on purpose.
"""
import asyncio
import random
import socket
import struct
from contextlib import suppress

UP, DOWN = "up", "down"
CHUNK = 1 << 16


class Proxy:
    def __init__(self, upstreams, chance=None):
        self.upstreams, self.chance = list(upstreams), chance or random.Random()
        self.flowing = {UP: asyncio.Event(), DOWN: asyncio.Event()}
        self.links = set()
        self.accepted = 0
        self.heal()

    def heal(self):
        self.delay = self.jitter = 0
        self.refuses = self.duplicates = False
        for flowing in self.flowing.values():
            flowing.set()

    def hold(self, *directions):
        for direction in directions:
            self.flowing[direction].clear()

    def half_close(self, direction):
        for link in list(self.links):
            link.finish(direction)

    def reset(self):
        for link in list(self.links):
            link.reset()

    async def __aenter__(self):
        self.server = await asyncio.start_server(self.accept, "127.0.0.1", 0, backlog=1024)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self.server.close()
        self.reset()
        await asyncio.gather(*(link.ended.wait() for link in self.links))

    async def accept(self, reader, writer):
        self.accepted += 1
        if self.refuses or not (server := await self.dial()):
            return break_off(writer.transport)
        ghost = await self.dial() if self.duplicates else None
        link = Link(self, (reader, writer), server, ghost)
        self.links.add(link)
        try:
            await link.carry()
        finally:
            self.links.discard(link)

    async def dial(self):
        for host, port in self.chance.sample(self.upstreams, len(self.upstreams)):
            try:
                return await asyncio.open_connection(host, port)
            except OSError:
                continue

    def due(self, after):
        now = asyncio.get_running_loop().time()
        return max(after, now + self.delay + self.chance.uniform(0, self.jitter))


class Link:
    """One client's connection and the one made for it."""

    def __init__(self, proxy, client, server, ghost):
        self.proxy, self.client, self.server, self.ghost = proxy, client, server, ghost
        self.writers = {UP: [server[1]] + ([ghost[1]] if ghost else []), DOWN: [client[1]]}
        self.ended = asyncio.Event()
        self.tasks = []

    async def carry(self):
        works = [self.direct(UP, self.client[0]), self.direct(DOWN, self.server[0])]
        if self.ghost:
            works.append(drop(self.ghost[0]))
        self.tasks = [asyncio.create_task(work) for work in works]
        try:
            # Each direction ends by itself; an error in one ends both.
            await asyncio.wait(self.tasks[:2])
        finally:
            for task in self.tasks:
                task.cancel()
            for writer in self.all_writers():
                writer.close()
            self.ended.set()

    async def direct(self, direction, reader):
        """Reads ahead of what is written, so that a delay holds nothing up but the bytes; a full queue stops the sender."""
        queue = asyncio.Queue(16)
        reading = asyncio.create_task(self.read(reader, queue))
        try:
            while (item := await queue.get()) is not None:
                due, data = item
                await asyncio.sleep(due - asyncio.get_running_loop().time())
                await self.proxy.flowing[direction].wait()
                for writer in self.writers[direction]:
                    writer.write(data)
                for writer in self.writers[direction]:
                    await writer.drain()
            await self.proxy.flowing[direction].wait()
            self.finish(direction)
        except OSError:
            self.reset()
        finally:
            reading.cancel()

    async def read(self, reader, queue):
        due = 0
        with suppress(OSError):
            while data := await reader.read(CHUNK):
                due = self.proxy.due(due)
                await queue.put((due, data))
            return await queue.put(None)
        # The one on the other side is to see an end of the same kind.
        self.reset()

    def finish(self, direction):
        for writer in self.writers[direction]:
            if not writer.is_closing() and writer.can_write_eof():
                writer.write_eof()

    def reset(self):
        for writer in self.all_writers():
            break_off(writer.transport)
        for task in self.tasks:
            task.cancel()

    def all_writers(self):
        return [*self.writers[UP], *self.writers[DOWN]]


def break_off(transport):
    """Ends a connection with RST instead of FIN, if it has not ended yet."""
    with suppress(OSError):
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


async def drop(reader):
    with suppress(OSError):
        while await reader.read(CHUNK):
            pass
