"""Rows straight into the tables of a company at rest: the same that the server would write, in one text for both databases."""
import sqlite3
import time

SERIES = "WITH RECURSIVE series(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM series WHERE n < {last})"
SESSION = "session (id, workspace_id, conversation_id, opened_at, closed_at, served_by, bot_misses, bot_seen)"
ENTRY = "entry (conversation_id, number, session_id, at, kind, author, client, text)"
CONVERSATION = """conversation (id, workspace_id, account_id, identity_id, contact_id, locale, last_number, last_at, session_id, owner_kind,
    owner_id, epoch, waiting_since, visitor_delivered, visitor_read, staff_delivered, staff_read)"""


class SQLiteTables:
    def __init__(self, folder):
        self.path = folder / "nightdesk.sqlite"

    def run(self, *statements):
        with sqlite3.connect(self.path) as database:
            database.execute("PRAGMA synchronous=OFF")
            for statement in statements:
                database.execute(statement)
        database.close()

    def ask(self, question):
        database = sqlite3.connect(self.path)
        rows = database.execute(question).fetchall()
        database.close()
        return rows

    def settle(self):
        database = sqlite3.connect(self.path)
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()


class PostgresTables:
    """`tell` runs SQL in one database of a server and gives the rows as texts."""

    def __init__(self, tell):
        self.tell = tell

    def run(self, *statements):
        self.tell(";\n".join(statements))

    def ask(self, question):
        return [[int(value) if value.lstrip("-").isdigit() else value for value in row] for row in self.tell(question)]

    def settle(self):
        self.tell("VACUUM ANALYZE")


def served(tables, idle):
    """Everybody who has not said anything yet is in the middle of a talk with an agent, all agents taking turns."""
    now = int(time.time() * 1000)
    agents = [row[0] for row in tables.ask("SELECT id FROM agent WHERE role = 'agent' ORDER BY id")]
    spread = " ".join(f"WHEN {number} THEN {agent}" for number, agent in enumerate(agents))
    ranked = "SELECT id, workspace_id, (ROW_NUMBER() OVER (ORDER BY id) - 1) % {} AS turn FROM conversation WHERE last_number = 0"
    ranked = ranked.format(len(agents)) + f" ORDER BY id LIMIT {idle}"
    tables.run(
        f"INSERT INTO {SESSION} SELECT id, workspace_id, id, {now}, NULL, CASE turn {spread} END, 0, 0 FROM ({ranked}) AS idle",
        f"INSERT INTO {ENTRY} SELECT id, 1, id, {now}, 'opened', 'system', NULL, NULL FROM ({ranked}) AS idle",
        f"INSERT INTO {ENTRY} SELECT id, 2, id, {now}, 'message', 'visitor', 'first', 'Hello' FROM ({ranked}) AS idle",
        f"""UPDATE conversation SET last_number = 2, session_id = id, owner_kind = 'agent', epoch = 1,
            owner_id = (SELECT served_by FROM session s WHERE s.id = conversation.id)
            WHERE last_number = 0 AND id IN (SELECT id FROM session)""")


def inbox(tables, first, last):
    """Open conversations number `first` to `last`, a quarter each with the bot, in the queue, with the first agent and with the
    others; and as many that were closed before. Each says two things."""
    now = int(time.time() * 1000)
    workspace, account = tables.ask("SELECT workspace_id, id FROM channel_account ORDER BY id LIMIT 1")[0]
    agents = [row[0] for row in tables.ask("SELECT id FROM agent WHERE role = 'agent' ORDER BY id")]
    series = SERIES.format(first=first, last=last)
    closed, live = 1_000_000, 2_000_000
    owner = f"CASE n % 4 WHEN 2 THEN {agents[0]} WHEN 3 THEN {agents[1]} END"
    kind = "CASE n % 4 WHEN 0 THEN 'bot' WHEN 1 THEN 'queue' ELSE 'agent' END"
    tables.run(
        f"INSERT INTO contact (id, workspace_id, name, created_at) {series} SELECT {live} + n, {workspace}, 'Guest', {now} FROM series",
        f"""INSERT INTO identity (id, workspace_id, contact_id, account_id, key, is_verified, created_at)
            {series} SELECT {live} + n, {workspace}, {live} + n, {account}, 'filled-' || n, 0, {now} FROM series""",
        f"""INSERT INTO {CONVERSATION} {series} SELECT {live} + n, {workspace}, {account}, {live} + n, {live} + n, 'en', 4, {now} + n,
            {live} + n, {kind}, {owner}, 1, CASE n % 4 WHEN 1 THEN {now} + n END, 4, 4, 2, 2 FROM series""",
        f"""INSERT INTO {SESSION} {series} SELECT {closed} + n, {workspace}, {live} + n, {now} - 9000000 + n, {now} - 8000000 + n,
            CASE n % 2 WHEN 0 THEN {agents[0]} ELSE {agents[1]} END, 0, 0 FROM series""",
        f"""INSERT INTO {SESSION} {series} SELECT {live} + n, {workspace}, {live} + n, {now} + n, NULL, {owner}, 0, 0 FROM series""",
        f"""INSERT INTO queue_entry (session_id, workspace_id, conversation_id, since)
            {series} SELECT {live} + n, {workspace}, {live} + n, {now} + n FROM series WHERE n % 4 = 1""",
        *(f"""INSERT INTO {ENTRY} {series} SELECT {live} + n, {number}, {session} + n, {now} + n, '{kind}', '{author}', NULL,
            'Where is my lamp, please?' FROM series""" for number, session, kind, author in (
                (1, closed, "opened", "system"), (2, closed, "message", "visitor"), (3, live, "opened", "system"),
                (4, live, "message", "visitor"))))


def thread(tables, conversation, last):
    """One conversation gets messages up to a number."""
    now = int(time.time() * 1000)
    had = tables.ask(f"SELECT last_number FROM conversation WHERE id = {conversation}")[0][0]
    series = SERIES.format(first=had + 1, last=last)
    tables.run(
        f"""INSERT INTO {ENTRY} {series} SELECT id, n, session_id, {now} + n, 'message', CASE n % 2 WHEN 0 THEN 'visitor' ELSE 'bot' END,
            NULL, 'Message of a long talk about a lamp.' FROM series, conversation WHERE id = {conversation}""",
        f"UPDATE conversation SET last_number = {last}, staff_read = {last - 3} WHERE id = {conversation}")
