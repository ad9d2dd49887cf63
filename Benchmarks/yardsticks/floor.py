"""The floor, as a yardstick: a chat relay in an afternoon's Python. A product that is slower has no excuse.

    floor.py PORT FILE.sqlite

WebSocket at /v/N and /a/N. Every message is written to SQLite with synchronous=FULL in one commit for all that came
meanwhile, then relayed to the other end.
"""
import asyncio
import sqlite3
import sys

import uvloop
from websockets.asyncio.server import serve

ends, waiting, arrival = {}, [], asyncio.Event()


async def hear(socket):
    side, conversation = socket.request.path.split("/")[1:3]
    ends[side, conversation] = socket
    async for text in socket:
        waiting.append((conversation, side, text))
        arrival.set()
    ends.pop((side, conversation), None)


async def keep(path):
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE IF NOT EXISTS message (id INTEGER PRIMARY KEY, conversation TEXT, side TEXT, text TEXT)")
    loop = asyncio.get_running_loop()

    def commit(batch):
        database.execute("BEGIN")
        database.executemany("INSERT INTO message (conversation, side, text) VALUES (?, ?, ?)", batch)
        database.execute("COMMIT")

    while True:
        await arrival.wait()
        arrival.clear()
        batch = waiting[:]
        waiting.clear()
        await loop.run_in_executor(None, commit, batch)
        for conversation, side, text in batch:
            other = ends.get(("a" if side == "v" else "v", conversation))
            if other:
                await other.send(text)


async def main():
    async with serve(hear, "127.0.0.1", int(sys.argv[1]), compression=None, ping_interval=None):
        await keep(sys.argv[2])


uvloop.run(main())
