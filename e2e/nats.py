"""A nats-server of the tests' own, on a free port of the loopback."""
import socket
import subprocess
import time
from pathlib import Path

from postgres import free_port


class Nats:
    def __init__(self, folder, *options):
        self.port, self.log, self.options = free_port(), Path(folder) / "nats.log", options
        self.process = None

    @property
    def address(self):
        return f"nats://127.0.0.1:{self.port}"

    def start(self, patience=30):
        command = ["nats-server", "--addr", "127.0.0.1", "--port", str(self.port), *self.options]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
        deadline = time.monotonic() + patience
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"nats-server did not start:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.02)
        return self

    def is_ready(self):
        """A client is greeted by INFO."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as client:
                return client.recv(4) == b"INFO"
        except OSError:
            return False

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    stop = kill

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()
