"""Servers under measurement: start, count their CPU time and memory, stop."""
import os
import pathlib
import socket
import subprocess
import time


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """A process of ours that listens on a port."""

    def __init__(self, command, port, log=subprocess.DEVNULL):
        self.port, self.started = port, time.monotonic()
        self.process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        self._wait()

    def _wait(self):
        while True:
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.process.args[0]} ended with status {self.process.returncode}")
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.005)

    def cpu(self):
        """Seconds of CPU so far, of threads that have ended too (proc(5): utime and stime, in ticks)."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def pss(self):
        """Proportional set size in KiB."""
        text = pathlib.Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))

    def stop(self):
        self.process.terminate()
        self.process.wait(20)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
