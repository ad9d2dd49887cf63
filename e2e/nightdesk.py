"""The real server as a child process: started on a free port, waited for, stopped, killed."""
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent
BINARY = Path(os.environ.get("NIGHTDESK", ROOT / ".build/debug/nightdesk"))


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


# For loads that are heavier than any person's.
UNLIMITED = ["--rate-arrivals", "0", "--rate-visitor-commands", "0", "--rate-desk-commands", "0"]


class Nightdesk:
    def __init__(self, data, *options, port=None, environment=None):
        self.data, self.options, self.port = Path(data), options, port or free_port()
        self.environment = {**os.environ, **(environment or {})}
        self.base = f"http://127.0.0.1:{self.port}"
        self.log = self.data.parent / f"{self.data.name}.log"
        self.process = None

    def start(self, patience=60):
        """Returns once it serves; fails with its own words when it ends instead."""
        command = [BINARY, "serve", "--data", self.data, "--port", str(self.port), *self.options]
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
    return subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True, timeout=patience, **options)
