"""The statements that the server runs for a request, how much they read, and by which plan: as the database itself tells it."""
import collections
import json
import sqlite3


class Statement:
    """`work` is counted in the database's own unit: steps of SQLite's program, rows that PostgreSQL's plan looked at."""

    def __init__(self, text, work, plan):
        self.text, self.work, self.plan = " ".join(text.split()), work, plan


class SQLiteStatements:
    """Through plans/trace.c, which the server is started with."""
    # A page of fifty rows with what is joined to each takes about as many.
    few = 20_000

    def __init__(self, tools, log, database):
        self.log, self.database = log, database
        self.environment = {"LD_PRELOAD": str(tools / "trace.so"), "STATEMENTS": str(log)}
        log.unlink(missing_ok=True)

    def end(self):
        """After the last whole line: another thread's may be half written."""
        return self.log.read_bytes().rfind(b"\n") + 1

    def since(self, place):
        lines = [line.split("\t") for line in self.log.read_bytes()[place:self.end()].decode().split("\n") if line]
        return [Statement(asked, int(steps), lambda values=values: self.plan(values)) for steps, asked, values in lines]

    def plan(self, statement):
        database = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
        lines = [row[3] for row in database.execute("EXPLAIN QUERY PLAN " + statement)]
        database.close()
        return lines


class PostgresStatements:
    """Through auto_explain, in the server's log."""
    few = 1_000
    SETTINGS = {"session_preload_libraries": "auto_explain", "auto_explain.log_min_duration": 0, "auto_explain.log_analyze": "on",
                "auto_explain.log_timing": "off", "auto_explain.log_format": "json"}

    def __init__(self, server, database):
        self.log, self.environment = server.log, None
        for name, value in self.SETTINGS.items():
            server.ask(f"ALTER DATABASE {database} SET {name} = '{value}'")

    def end(self):
        return self.log.stat().st_size

    def since(self, place):
        with open(self.log) as log:
            log.seek(place)
            lines = log.read().split("\n")
        found, text = [], None
        for line in lines:
            if text is not None and line.startswith("\t"):
                text.append(line)
                continue
            if text:
                found.append(self.read(json.loads("\n".join(text))))
            text = [] if line.endswith("plan:") else None
        return found

    def read(self, explained):
        nodes = list(walk(explained["Plan"]))
        return Statement(explained["Query Text"], sum(rows_read(node) for node in nodes), lambda: [describe(node) for node in nodes])


def walk(node):
    yield node
    for child in node.get("Plans", []):
        yield from walk(child)


def rows_read(node):
    if "Scan" not in node["Node Type"] or node["Node Type"] in ("Bitmap Index Scan", "Subquery Scan", "CTE Scan"):
        return 0
    removed = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return (node["Actual Rows"] + removed) * node["Actual Loops"]


def describe(node):
    on = " ".join(node[name] for name in ("Relation Name", "Index Name") if name in node)
    condition = node.get("Index Cond") or node.get("Filter") or ""
    return f"{node['Node Type']} {on} {condition}: {rows_read(node)} rows".replace("  ", " ")


def run_for(request, statements, always):
    """By text: what one request made the database do; not what it does anyway."""
    place = statements.end()
    request()
    found = collections.defaultdict(list)
    for statement in statements.since(place):
        if statement.text not in always:
            found[statement.text].append(statement)
    return {text: Statement(text, sum(run.work for run in runs), max(runs, key=lambda run: run.work).plan)
            for text, runs in found.items()}
