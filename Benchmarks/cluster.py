"""PostgreSQL, NATS and nodes: a company in a database of its own, copied for every measurement."""
import contextlib
import pathlib
import shutil
import subprocess
import sys

from filling import PostgresTables
from house import House, company, copy
from process import Missing, Server, Several, free_port, seconds_of_cpu

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "e2e"))
import postgres

AGENTS = 100
AT_HOME = {"shared_buffers": "256MB"}


class Cluster:
    """A PostgreSQL that keeps what it says, with a company in it."""

    def __init__(self, bench, **settings):
        self.bench, self.runs = bench, 0
        with missing_if(FileNotFoundError, "PostgreSQL is not installed"):
            self.server = bench.resources.enter_context(postgres.postgres(**AT_HOME, **settings))
        self.folder = bench.folder / f"cluster-{self.server.port}"
        bench.say("making a company with 100 agents in PostgreSQL")
        self.server.ask("CREATE DATABASE template_company")
        with House(bench.binary, self.folder, "--database", self.address("template_company")) as house:
            self.owner, self.key, pairs = company(house, AGENTS)
        self.lines = pairs
        self.pairs = bench.write(f"pairs-{self.server.port}", pairs)

    def address(self, database):
        return self.server.address.rpartition("/")[0] + "/" + database

    def tables(self, database):
        def tell(sql):
            done = subprocess.run(
                ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--field-separator", "\x1f", "--set", "ON_ERROR_STOP=1",
                 self.address(database)], input=sql, capture_output=True, text=True)
            if done.returncode:
                raise RuntimeError(done.stderr)
            return [line.split("\x1f") for line in done.stdout.splitlines()]
        return PostgresTables(tell)

    def fresh(self):
        """The name of a database with the company as it was."""
        self.runs += 1
        self.server.ask(f"CREATE DATABASE run_{self.runs} TEMPLATE template_company")
        return f"run_{self.runs}"

    @contextlib.contextmanager
    def nodes(self, count, *options, shares=None, database=None):
        """Nodes on a fresh database: the houses."""
        name = database or self.fresh()
        with contextlib.ExitStack() as all_nodes:
            houses = []
            for number in range(count):
                folder = copy(self.folder, self.bench.folder / f"node-{number}")
                within = shares[number].within if shares else ()
                shared = ["--database", self.address(name), "--attachments", self.folder / "attachments"]
                house = House(self.bench.binary, folder, *shared, *options, within=within)
                houses.append(all_nodes.enter_context(house))
            yield houses
        if not database:
            self.server.ask(f"DROP DATABASE {name} WITH (FORCE)")

    def cpu(self):
        """Of all of PostgreSQL's processes, those that have ended too."""
        first = self.server.process.pid
        children = pathlib.Path(f"/proc/{first}/task/{first}/children").read_text().split()
        total = seconds_of_cpu(first, (11, 12, 13, 14))
        for child in children:
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                total += seconds_of_cpu(child)
        return total


def shared(bench):
    """The cluster of all measurements that need an ordinary PostgreSQL."""
    if not getattr(bench, "cluster", None):
        bench.cluster = Cluster(bench)
    return bench.cluster


def nats(bench):
    """The options with which nodes use a NATS of ours, and its process."""
    program = shutil.which("nats-server", path="/usr/sbin:/usr/bin:/usr/local/bin")
    if not program:
        raise Missing("nats-server is not installed")
    if not getattr(bench, "nats", None):
        port = free_port()
        bench.nats = bench.resources.enter_context(Server([program, "-a", "127.0.0.1", "-p", str(port)], port))
    return ["--bus", f"nats://127.0.0.1:{bench.nats.port}"], bench.nats


def joined(houses, across=False):
    """Nodes as the load generator sees them: conversations spread over all, or visitors at the first and agents at the last."""
    ports = [str(house.port) for house in houses]
    return Several([house.server for house in houses], f"{ports[0]}/{ports[-1]}" if across else ",".join(ports))


@contextlib.contextmanager
def missing_if(error, words):
    try:
        yield
    except error:
        raise Missing(words) from None
