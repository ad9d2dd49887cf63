"""Hints through a NATS: what the server says when it cannot carry them, and that it waits where waiting may help."""
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from disks import needs_root
from nightdesk import BINARY, Nightdesk, free_port, run

LIBRARY = next(Path("/usr/lib").glob("*/libnats.so.3.4"), None)


@contextmanager
def nats(folder, settings="", port=None):
    """A server of the test's own; gives its port."""
    port = port or free_port()
    (folder / "nats.conf").write_text(settings)
    with open(folder / "nats.log", "wb") as log:
        server = subprocess.Popen(
            ["/usr/sbin/nats-server", "-a", "127.0.0.1", "-p", str(port), "-c", folder / "nats.conf"], stdout=log, stderr=log)
    try:
        eventually(lambda: "Server is ready" in (folder / "nats.log").read_text())
        yield port
    finally:
        server.kill()
        server.wait()


def eventually(holds, patience=20):
    deadline = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def refused_start(folder, *options):
    """The one line with which the start ends."""
    ended = run("serve", "--data", folder / "data", "--port", "0", *options, patience=20)
    lines = ended.stderr.strip().splitlines()
    assert ended.returncode == 1 and len(lines) == 1, ended.stderr
    return lines[0].removeprefix("nightdesk: cannot carry hints between nodes: ")


def test_wrong_credentials_end_the_start(tmp_path):
    with nats(tmp_path, "authorization { user: desk, password: s3cret }") as port:
        said = refused_start(tmp_path, "--bus", f"nats://desk:guess@127.0.0.1:{port}")
    assert said == f"NATS at nats://127.0.0.1:{port} refuses the user name, password or credentials"


@pytest.mark.parametrize("rights", ['publish: "ours.>", subscribe: "other"', 'publish: "other", subscribe: "ours.>"'])
def test_missing_rights_end_the_start(tmp_path, rights):
    with nats(tmp_path, "authorization { users = [{ user: desk, password: s3cret, permissions: { %s } }] }" % rights) as port:
        said = refused_start(tmp_path, "--bus", f"nats://desk:s3cret@127.0.0.1:{port}", "--bus-prefix", "ours")
    assert said.startswith(f"NATS at nats://127.0.0.1:{port} does not let us publish and subscribe to ours.>: Permissions Violation")


def test_credentials_that_cannot_be_read_end_the_start(tmp_path):
    said = refused_start(tmp_path, "--bus", "nats://127.0.0.1", "--bus-credentials", tmp_path / "none.creds")
    assert said == f"the file {tmp_path}/none.creds cannot be read"


@needs_root
@pytest.mark.skipif(LIBRARY is None, reason="libnats is not in Debian's place")
def test_a_missing_library_ends_the_start_and_nothing_else_needs_it(tmp_path):
    def without(*arguments):
        hidden = f'mount --bind /dev/null {LIBRARY} && exec "$@"'
        return subprocess.run(
            ["unshare", "-m", "sh", "-c", hidden, "sh", BINARY, *map(str, arguments)], capture_output=True, text=True, timeout=60)

    ended = without("serve", "--data", tmp_path / "data", "--port", "0", "--bus", "nats://127.0.0.1")
    assert (ended.returncode, ended.stderr) == (
        1, "nightdesk: cannot carry hints between nodes: libnats.so.3.4 is missing: install libnats3.4\n")
    Nightdesk(tmp_path / "data").start().stop()
    assert without("check", "--data", tmp_path / "data").returncode == 0


def test_a_server_that_comes_later_is_waited_for_and_missed_while_it_is_gone(tmp_path):
    port = free_port()
    server = Nightdesk(tmp_path / "data", "--bus", f"nats://127.0.0.1:{port}")
    with ThreadPoolExecutor() as pool:
        starting = pool.submit(server.start)
        eventually(lambda: server.log.exists() and f"Waiting for the bus: NATS at nats://127.0.0.1:{port}: " in server.output())
        with nats(tmp_path, port=port):
            starting.result()
            assert connected(server)
    try:
        eventually(lambda: not connected(server))
        assert server.is_ready(), "it serves without"
        with nats(tmp_path, port=port):
            eventually(lambda: connected(server))
    finally:
        server.stop()


def connected(server):
    return "\nbus_connected 1" in requests.get(server.base + "/metrics", timeout=5).text
