"""Where a fault run's installation keeps its conversations, and how they are read past the server: SQLite, or PostgreSQL with a
standby, each behind a proxy of its own."""
import asyncio
import json
import sqlite3
from contextlib import AsyncExitStack, asynccontextmanager

from chaos import Proxy
from crash.history import TRUTH
from postgres import Pair, own_folder

SAMPLE = """
    SELECT 'queue' AS what, conversation_id AS whose, 0 AS many FROM queue_entry
    UNION ALL SELECT 'load', owner_id, count(*) FROM conversation WHERE owner_kind = 'agent' GROUP BY owner_id
"""
ENTRIES = """
    SELECT conversation_id, number, kind, author, client, text, author_id, extra FROM entry ORDER BY conversation_id, number
"""
STRETCHES = """
    SELECT s.conversation_id, a.session_id, a.kind, a.agent_id, a.started_at, a.ended_at
    FROM assignment a JOIN session s ON s.id = a.session_id ORDER BY s.conversation_id, a.id
"""


class Files:
    """SQLite in the data folder, perhaps on a small disk."""

    kind, links, pair = "sqlite", (), None
    options = {"database": ""}

    def __init__(self, data):
        self.data = data

    def rows(self, sql):
        [file] = self.data.glob("*.sqlite")
        database = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10)
        try:
            return [list(row) for row in database.execute(sql)]
        finally:
            database.close()


class Servers:
    """PostgreSQL: the nodes reach the primary and the standby through a proxy each and ask for the one that takes writes."""

    kind = "postgres"

    def __init__(self, pair, proxies):
        self.pair, self.links = pair, proxies
        hosts = ",".join(f"127.0.0.1:{proxy.port}" for proxy in proxies)
        self.options = {"database": f"postgres://postgres@{hosts}/postgres?target_session_attrs=read-write&connect_timeout=3"}

    def rows(self, sql):
        """As JSON, in which texts with line breaks stay whole."""
        told = self.pair.primary.ask(f"SELECT json_agg(to_json(told)) FROM (SELECT row_to_json(x) told FROM ({sql}) x) y")
        return [list(row.values()) for row in json.loads("\n".join(part for [part] in told) or "null") or []]


@asynccontextmanager
async def postgres_servers(chance):
    with own_folder() as folder:
        pair = Pair(folder)
        try:
            await asyncio.to_thread(pair.start)
            async with AsyncExitStack() as stack:
                proxies = [await stack.enter_async_context(Proxy([("127.0.0.1", server.port)], chance)) for server in pair.servers]
                yield Servers(pair, proxies)
        finally:
            await asyncio.to_thread(pair.stop)


def sample(store):
    queue, load = [], {}
    for kind, whose, count in store.rows(SAMPLE):
        if kind == "queue":
            queue.append(str(whose))
        else:
            load[str(whose)] = count
    return {"queue": queue, "load": load}


def write_stored(store, conversations, record):
    """What is stored, read without any of the server's code."""
    logs, steps, stretches = ({conversation: [] for conversation in conversations} for _ in range(3))
    for conversation, number, kind, author, client, text, by, extra in store.rows(ENTRIES):
        if (conversation := str(conversation)) in logs:
            logs[conversation].append({"number": number, "kind": kind, "author": author, "client": client, "text": text})
            if step := step_of(kind, author, by, json.loads(extra or "{}")):
                steps[conversation].append({"number": number, "kind": kind, **step})
    for conversation, session, kind, agent, begin, end in store.rows(STRETCHES):
        if (conversation := str(conversation)) in stretches:
            stretches[conversation].append(
                {"session": str(session), "kind": kind, "agent": agent and str(agent), "from": begin, "to": end}
            )
    for conversation in conversations:
        record("log", source=TRUTH, conversation=conversation, entries=logs[conversation])
        record("steps", conversation=conversation, steps=steps[conversation])
        record("stretches", conversation=conversation, stretches=stretches[conversation])


def step_of(kind, author, by, extra):
    """Who had the word after this entry (`to`), and the agent who did it (`by`); nothing where it does not matter."""
    by = str(by) if author == "agent" else None
    if kind in ("assigned", "transferred", "taken-over"):
        return {"by": by, "to": (extra["detail"].get("agent") or {}).get("id")}
    if kind in ("opened", "handed-off", "closed"):
        return {"by": by, "to": None}
    if kind == "message" and by:
        return {"by": by, "to": None}
