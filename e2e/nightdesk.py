"""The real server as a child process: started on a free port, waited for, stopped, killed."""
import hashlib
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent
# The address of a PostgreSQL that everything runs on instead of SQLite, a schema for each data folder.
POSTGRES = os.environ.get("NIGHTDESK_TEST_POSTGRES")
BINARY = Path(os.environ.get("NIGHTDESK", ROOT / ".build/debug/nightdesk"))


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


# For loads that are heavier than any person's.
UNLIMITED = ["--rate-arrivals", "0", "--rate-visitor-commands", "0", "--rate-desk-commands", "0"]


class Nightdesk:
    def __init__(self, data, *options, port=None, environment=None, database=None):
        """`database` is an address, or "" for SQLite whatever the other tests run on."""
        self.data, self.options, self.port = Path(data), options, port or free_port()
        self.database = database
        self.environment = {**os.environ, **(environment or {})}
        self.base = f"http://127.0.0.1:{self.port}"
        self.log = self.data.parent / f"{self.data.name}.log"
        self.process = None

    def start(self, patience=60):
        """Returns once it serves; fails with its own words when it ends instead."""
        command = [BINARY, "serve", "--data", self.data, "--port", str(self.port), *self.database_options(), *self.options]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=self.environment)
        deadline = time.monotonic() + patience
        while not self.is_ready():
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}:\n{self.output()[-2000:]}")
            if time.monotonic() > deadline:
                raise RuntimeError(f"the server was not ready after {patience} s:\n{self.output()[-2000:]}")
            time.sleep(0.02)
        return self

    def database_options(self):
        if self.database is None:
            return database_options(self.data)
        return ["--database", self.database] if self.database else []

    def is_ready(self):
        try:
            return requests.get(self.base + "/readyz", timeout=2).ok
        except requests.ConnectionError:
            return False

    def output(self):
        return self.log.read_text(errors="replace")

    def setup_token(self):
        return re.findall(r"#setup=([\w.-]+)", self.output())[-1]

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self, patience=30):
        if self.process is None or self.process.poll() is not None:
            return self.process and self.process.returncode
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(patience)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        try:
            self.stop()
        except subprocess.TimeoutExpired:
            self.kill()
            raise


def run(*arguments, patience=120, **options):
    """One command of the binary, to its end."""
    command = [BINARY, *map(str, arguments)]
    if "--data" in arguments:
        command += database_options(arguments[arguments.index("--data") + 1])
    return subprocess.run(command, capture_output=True, text=True, timeout=patience, **options)


def database_options(data):
    """Where the data folder's conversations are kept."""
    if not POSTGRES:
        return []
    schema = "e2e_" + hashlib.sha256(str(data).encode()).hexdigest()[:16]
    subprocess.run(["psql", "--quiet", "--command", f"CREATE SCHEMA IF NOT EXISTS {schema}", POSTGRES], check=True, capture_output=True)
    return ["--database", f"{POSTGRES}?options=-csearch_path%3D{schema}"]
