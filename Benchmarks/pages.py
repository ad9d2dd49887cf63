"""P9: first pages of what has grown large, how soon they come and whether the databases look at the page only."""
import time

import cluster
import filling
import live
from house import House, copy
from statements import PostgresStatements, SQLiteStatements, run_for

OPEN, MESSAGES = 20_000, 5_000
LISTS = ("mine", "queue", "bot", "closed", "all")
# PostgreSQL settles on a plan for a prepared statement after five runs.
SETTLED = 8
# Other work of the server's is known by being done while nobody asks.
QUIET = 3


class OnSQLite:
    keys, few = ("P9", "P9i", "P9s"), SQLiteStatements.few

    def __init__(self, bench):
        self.bench, self.lines, self.owner = bench, bench.lines["pairs"], bench.owner
        self.folder = copy(bench.folder / "template", bench.folder / "pages")
        self.tables = filling.SQLiteTables(self.folder)

    def statements(self):
        return SQLiteStatements(self.bench.tools, self.bench.folder / "statements", self.folder / "nightdesk.sqlite")

    def house(self, environment=None):
        return House(self.bench.binary, self.folder, environment=environment)


class OnPostgres:
    keys, few = ("P9p", "P9pi", "P9ps"), PostgresStatements.few

    def __init__(self, bench):
        self.bench, self.cluster = bench, cluster.shared(bench)
        self.lines, self.owner, self.database = self.cluster.lines, self.cluster.owner, self.cluster.fresh()
        self.tables = self.cluster.tables(self.database)

    def statements(self):
        return PostgresStatements(self.cluster.server, self.database)

    def house(self, environment=None):
        folder = copy(self.cluster.folder, self.bench.folder / "pages")
        return House(self.bench.binary, folder, "--database", self.cluster.address(self.database), environment=environment)


def on_sqlite(bench):
    return measure(bench, OnSQLite(bench))


def on_postgres(bench):
    return measure(bench, OnPostgres(bench))


def measure(bench, place):
    """The work for each page is counted at a quarter of the size and at the whole: what grows with it looks at more than the page."""
    visitor, agent, conversation = place.lines[0].split()
    bench.say(f"{OPEN} open conversations, one of {MESSAGES} messages: {type(place).__name__}")
    grow(place.tables, conversation, 1, OPEN // 4, MESSAGES // 4)
    quarter = counted(place, visitor, agent, conversation)
    grow(place.tables, conversation, OPEN // 4 + 1, OPEN, MESSAGES)
    with place.house() as house:
        times = {name: timed(bench, ask) for name, ask in pages(house, place.owner, visitor, agent, conversation).items()}
    whole = counted(place, visitor, agent, conversation)
    thread, inbox, growing = place.keys
    found = grown(quarter, whole, place.few)
    for text, (statement, before, names) in found.items():
        bench.note(growing, f"{', '.join(names)}: work {before} → {statement.work} for: {brief(text)}",
                   *(f"    {line}" for line in statement.plan()))
    of_thread = {name: time for name, time in times.items() if not name.startswith("list")}
    of_inbox = {name.removeprefix("list "): time for name, time in times.items() if name.startswith("list")}
    most = max(len(statements) for name, statements in whole.items() if name.startswith("list"))
    return {thread: (max(of_thread.values()), of_thread), inbox: (max(of_inbox.values()), of_inbox),
            growing: (len(found), {"most statements for a list": most})}


def brief(text):
    """Which columns are read says less than from where."""
    return text if len(text) <= 400 else f"{text[:60]} … {text[-330:]}"


def grow(tables, conversation, first, last, messages):
    filling.inbox(tables, first, last)
    filling.thread(tables, conversation, messages)
    tables.settle()


def pages(house, owner, visitor, agent, conversation):
    """What is asked, by name."""
    def page(path, token):
        return lambda: house.ask("GET", path, token=token)
    wanted = {
        "visitor": page("/api/visit/entries?limit=50", visitor),
        "desk": page(f"/api/conversations/{conversation}/entries?limit=50", agent),
        "opened": page(f"/api/conversations/{conversation}", agent),
    }
    for who, token in (("agent", agent), ("owner", owner)):
        wanted |= {f"list {name} of {who}": page(f"/api/conversations?list={name}&limit=50", token) for name in LISTS}
    return wanted


def timed(bench, ask):
    """The p99 in milliseconds; of fewer where a page is so slow that it will not matter."""
    times, end = [], time.perf_counter() + 10
    while len(times) < SETTLED + 20 or len(times) < SETTLED + (100 if bench.quick else 300) and time.perf_counter() < end:
        begin = time.perf_counter()
        ask()
        times.append(time.perf_counter() - begin)
    return live.p99(times[SETTLED:])


def counted(place, visitor, agent, conversation):
    statements = place.statements()
    with place.house(statements.environment) as house:
        wanted = pages(house, place.owner, visitor, agent, conversation)
        for ask in wanted.values():
            for _ in range(SETTLED):
                ask()
        quiet = statements.end()
        time.sleep(QUIET)
        always = {statement.text for statement in statements.since(quiet)}
        return {name: run_for(ask, statements, always) for name, ask in wanted.items()}


def grown(quarter, whole, few):
    """By text: the statement, its work at a quarter of the size, and the pages it is run for."""
    found = {}
    for name, statements in whole.items():
        for text, statement in statements.items():
            before = quarter[name][text].work if text in quarter[name] else 0
            if statement.work > few and statement.work > 2 * before:
                found.setdefault(text, (statement, before, []))[2].append(name)
    return found
