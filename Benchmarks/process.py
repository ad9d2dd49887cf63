"""Servers under measurement: start, count their CPU time and memory, stop."""
import os
import pathlib
import socket
import subprocess
import time


class Missing(Exception):
    """What a measurement needs and this machine has not; the measurement is skipped, with this word."""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def seconds_of_cpu(pid, fields=(11, 12)):
    """So far, of threads that have ended too (proc(5): utime and stime, in ticks; 13 and 14 are those of children that ended)."""
    values = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(values[field]) for field in fields) / os.sysconf("SC_CLK_TCK")


class Server:
    """A process of ours that listens on a port."""

    def __init__(self, command, port, log=subprocess.DEVNULL, environment=None):
        self.port, self.started = port, time.monotonic()
        self.process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})})
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
        return seconds_of_cpu(self.process.pid)

    def pss(self):
        """Proportional set size in KiB."""
        text = pathlib.Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))

    def peak(self):
        """The largest resident set so far, in KiB."""
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("VmHWM:"))

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Several:
    """Servers counted as one. Ports as the load generator takes them."""

    def __init__(self, servers, port):
        self.servers, self.port = servers, port

    def cpu(self):
        return sum(server.cpu() for server in self.servers)

    def pss(self):
        return sum(server.pss() for server in self.servers)
