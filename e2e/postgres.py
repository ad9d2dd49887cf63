"""PostgreSQL servers of the tests' own: in a temporary folder, on a free port of the loopback, ended by their own process ids.

    python3 e2e/postgres.py run -- COMMAND…      COMMAND finds a fresh server's address in NIGHTDESK_TEST_POSTGRES

Debian's own cluster "main", which comes with the package, is neither used nor touched.
"""
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

# PostgreSQL refuses to run as root.
USER = "postgres" if os.geteuid() == 0 else None
# What is gained by not syncing is lost in a power cut, which tests that only want a database do not play.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def programs():
    """Where the newest installed PostgreSQL keeps its programs, 15 before any other."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: (path.parts[-3] == "15", path.parts[-3]))
    if not found:
        raise FileNotFoundError("PostgreSQL is not installed: apt-get install postgresql-15")
    return found[-1].parent


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def as_postgres(program, *arguments, **options):
    """One of PostgreSQL's programs to its end, as the user who may."""
    command = [programs() / program, *map(str, arguments)]
    done = subprocess.run(command, user=USER, group=USER, cwd="/", capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{program}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


class Postgres:
    """A server over one data folder; it can be stopped, killed and started again on the same port."""

    def __init__(self, folder, port=None, **settings):
        self.data, self.port = Path(folder) / "data", port or free_port()
        self.settings = {
            "listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": "", "max_connections": 300,
            "wal_retrieve_retry_interval": "100ms", **settings,
        }
        self.log = Path(folder) / "log"
        self.process = None

    @property
    def address(self):
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def create(self):
        as_postgres(
            "initdb", "--pgdata", self.data, "--username", "postgres", "--auth", "trust", "--encoding", "UTF8",
            "--locale", "C.UTF-8", "--no-sync",
        )
        return self

    def copy(self, leader):
        """Becomes a standby: a copy of the leader that follows it."""
        as_postgres(
            "pg_basebackup", "--pgdata", self.data, "--dbname", f"host=127.0.0.1 port={leader.port} user=postgres application_name=standby",
            "--wal-method", "stream", "--checkpoint", "fast", "--write-recovery-conf", "--no-sync",
        )
        return self

    def start(self, patience=60):
        """Returns once it takes connections; fails with its own words when it ends instead."""
        options = [word for name, value in self.settings.items() for word in ("-c", f"{name}={value}")]
        with open(self.log, "ab") as log:
            # A session of its own: Ctrl-C is for the tests, which then stop it in order.
            self.process = subprocess.Popen(
                [programs() / "postgres", "-D", self.data, *options], user=USER, group=USER, cwd="/", stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )
        deadline = time.monotonic() + patience
        while not self.is_ready():
            if self.process.poll() is not None:
                raise RuntimeError(f"PostgreSQL ended with {self.process.returncode}:\n{self.output()[-2000:]}")
            if time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"PostgreSQL was not ready after {patience} s:\n{self.output()[-2000:]}")
            time.sleep(0.02)
        return self

    def is_ready(self):
        asked = [programs() / "pg_isready", "--quiet", "--host", "127.0.0.1", "--port", str(self.port)]
        return subprocess.run(asked).returncode == 0

    def output(self):
        return self.log.read_text(errors="replace")

    def ask(self, sql):
        """The rows as lists of texts."""
        told = as_postgres("psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--field-separator", "\x1f",
                           "--set", "ON_ERROR_STOP=1", "--command", sql, self.address)
        return [line.split("\x1f") for line in told.split("\n")[:-1]]

    def stop(self, how=signal.SIGINT, patience=60):
        """In order, though without waiting for those who are connected."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(patience)

    def kill(self):
        """All of its processes at once, as when the machine dies."""
        if self.process and self.process.poll() is None:
            theirs = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
            self.process.kill()
            for process in map(int, theirs):
                try:
                    os.kill(process, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            self.process.wait()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        try:
            self.stop()
        except subprocess.TimeoutExpired:
            self.kill()
            raise


class Pair:
    """A primary and a standby that has everything the primary ever confirmed (`synchronous_standby_names`): when the primary dies,
    the standby takes over and nothing that was acknowledged is missing."""

    def __init__(self, folder, **settings):
        self.servers = [Postgres(own_room(folder, name), **settings) for name in ("first", "second")]

    @property
    def primary(self):
        return self.servers[0]

    @property
    def standby(self):
        return self.servers[1]

    def start(self):
        self.primary.create().start()
        self.mend()
        return self

    def fail_over(self):
        """The primary's machine dies; the standby is promoted."""
        self.primary.kill()
        # The setting came over with the copy, and the new primary has no standby yet.
        self.standby.ask("ALTER SYSTEM RESET synchronous_standby_names")
        self.standby.ask("SELECT pg_reload_conf()")
        self.standby.ask("SELECT pg_promote()")
        self.servers.reverse()

    def mend(self):
        """Makes a new standby."""
        shutil.rmtree(self.standby.data, ignore_errors=True)
        self.standby.copy(self.primary).start()
        self.primary.ask("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
        self.primary.ask("SELECT pg_reload_conf()")
        self.wait_for_standby()

    def wait_for_standby(self):
        """Until it follows again and has everything the primary has, confirmed or not."""
        deadline = time.monotonic() + 60
        behind = "SELECT sync_state = 'sync' AND flush_lsn >= pg_current_wal_insert_lsn() FROM pg_stat_replication"
        while self.primary.ask(behind) != [["t"]]:
            if time.monotonic() > deadline:
                raise RuntimeError(f"the standby did not catch up:\n{self.standby.output()[-2000:]}")
            time.sleep(0.05)

    def stop(self):
        # The standby last: a primary that stops in order waits until its standby has everything.
        for server in self.servers:
            server.stop()


def own_room(folder, name):
    room = Path(folder) / name
    room.mkdir()
    if USER:
        shutil.chown(room, USER)
    return room


@contextmanager
def own_folder():
    """Under /tmp, because PostgreSQL's user must get there and may not enter the folders of root's tests."""
    folder = tempfile.mkdtemp(prefix="nightdesk-postgres-")
    if USER:
        shutil.chown(folder, USER)
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder)


@contextmanager
def postgres(**settings):
    """A fresh server, gone with everything in it afterwards. Durable unless told otherwise: `postgres(**FAST)`."""
    with own_folder() as folder, Postgres(folder, **settings).create() as server:
        yield server


@contextmanager
def pair(**settings):
    with own_folder() as folder:
        servers = Pair(folder, **settings)
        try:
            yield servers.start()
        finally:
            servers.stop()


def main(words):
    if words[:2] != ["run", "--"] or len(words) < 3:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with postgres(**FAST) as server:
        return subprocess.run(words[2:], env={**os.environ, "NIGHTDESK_TEST_POSTGRES": server.address}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
