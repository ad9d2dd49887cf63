"""PostgreSQL's backups, taken while customers write, as the page on clusters says: restored, counted, and served from."""
import re
import secrets
import shutil
import subprocess
import threading
import time

import pytest
from nightdesk import Nightdesk, run
from postgres import FAST, Postgres, as_postgres, own_folder, postgres
from sample_client import Http
from test_bad_files import png
from world import found


class Writer(threading.Thread):
    """A customer who writes one message after the other until told to stop."""

    def __init__(self, world):
        super().__init__()
        opened = Http(world.base).ask("POST", "/api/visitors", {"site": world.site})
        self.http, self.conversation = Http(world.base, opened["token"]), opened["conversation"]
        self.acknowledged, self.is_told = [], threading.Event()

    def run(self):
        while not self.is_told.is_set():
            body = {"client": secrets.token_hex(8), "text": f"message {len(self.acknowledged)}"}
            self.acknowledged.append(self.http.ask("POST", "/api/visit/entries", body)["number"])

    def has_written(self, count, patience=30):
        deadline = time.monotonic() + patience
        while len(self.acknowledged) < count:
            assert self.is_alive() and time.monotonic() < deadline, "the customer cannot write"
            time.sleep(0.01)

    def stop(self):
        self.is_told.set()
        self.join(30)


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    """Both backups of a desk at work, and what had been acknowledged when they began."""
    with postgres(**FAST) as server, own_folder() as folder:
        first = tmp_path_factory.mktemp("backup") / "data"
        with Nightdesk(first, "--database", server.address, "--rate-visitor-commands", "0") as node:
            world = found(node)
            writers = [Writer(world) for _ in range(4)]
            stored = writers[0].http.ask("POST", "/api/visit/attachments", raw=png(), name="teapot.png")
            writers[0].http.ask("POST", "/api/visit/entries", {"client": "teapot", "attachment": stored["id"]})
            for writer in writers:
                writer.start()
            for writer in writers:
                writer.has_written(10)
            before = {writer.conversation: list(writer.acknowledged) for writer in writers}
            subprocess.run(["pg_dump", "--format=custom", f"--file={folder}/nightdesk.dump", server.address], check=True)
            as_postgres("pg_basebackup", f"--dbname={server.address}", "--pgdata", folder / "data", "--wal-method=stream", "--checkpoint=fast")
            shutil.copytree(first / "attachments", folder / "attachments")
            shutil.copy(first / "secret.key", folder)
            for writer in writers:
                writer.has_written(len(before[writer.conversation]) + 1)
                writer.stop()
        visitor = Http(None, writers[0].http.token)
        yield server, folder, before, visitor, stored


def test_a_dump_is_restored_counted_and_served_from(copies, tmp_path):
    server, folder, before, visitor, stored = copies
    as_postgres("createdb", f"--maintenance-db={server.address}", "--encoding=UTF8", "--locale=C.UTF-8", "--template=template0", "restored")
    address = server.address.removesuffix("postgres") + "restored"
    subprocess.run(["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={address}", folder / "nightdesk.dump"], check=True)
    is_whole(address, before, folder, tmp_path)
    goes_on(address, folder, visitor, stored, tmp_path)


def test_a_base_backup_is_started_and_counted(copies, tmp_path):
    _, folder, before, _, _ = copies
    with Postgres(folder, **FAST) as restored:
        is_whole(restored.address, before, folder, tmp_path)


def test_a_restore_with_a_hole_is_found(copies, tmp_path):
    """That counting finds something at all."""
    server, folder, _, _, _ = copies
    as_postgres("createdb", f"--maintenance-db={server.address}", "--template=template0", "--encoding=UTF8", "--locale=C.UTF-8", "holed")
    address = server.address.removesuffix("postgres") + "holed"
    subprocess.run(["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={address}", folder / "nightdesk.dump"], check=True)
    ask(address, "DELETE FROM entry WHERE (conversation_id, number) = (SELECT conversation_id, number FROM entry LIMIT 1)")
    told = check(address, folder, tmp_path)
    assert told.returncode == 1 and "1 conversations have gaps" in told.stderr


def check(address, folder, tmp_path):
    """With the key and the attachments that were saved, in a data folder where nothing has been yet."""
    shared = [f"--secret-key={folder}/secret.key", f"--attachments={folder}/attachments"]
    return run("check", f"--database={address}", f"--data={tmp_path}/data", *shared)


def is_whole(address, before, folder, tmp_path):
    told = check(address, folder, tmp_path)
    assert told.returncode == 0, told.stderr
    [conversations] = re.findall(r"^numbering   good, (\d+) conversations without a gap$", told.stdout, re.M)
    assert int(conversations) == len(before) and re.search(r"^audit log   good, [1-9]\d* entries$", told.stdout, re.M)
    kept = set(ask(address, "SELECT conversation_id || ':' || number FROM entry").split())
    acknowledged = {f"{conversation}:{number}" for conversation, numbers in before.items() for number in numbers}
    assert acknowledged and acknowledged <= kept, "what was acknowledged before the backup began is in it"


def goes_on(address, folder, visitor, stored, tmp_path):
    """The same customer finds everything, the file too, and writes on."""
    shared = ["--secret-key", folder / "secret.key", "--attachments", folder / "attachments"]
    with Nightdesk(tmp_path / "second", "--database", address, *shared) as node:
        visitor.base = node.base
        page = visitor.ask("GET", "/api/visit/entries", after=0, limit=200)
        assert "teapot.png" in [entry.get("attachment", {}).get("name") for entry in page["entries"]]
        assert visitor.session.get(node.base + stored["url"], timeout=10).content == png()
        visitor.ask("POST", "/api/visit/entries", {"client": "later", "text": "still here"})
    assert check(address, folder, tmp_path).returncode == 0


def ask(address, sql):
    return subprocess.run(
        ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--command", sql, address],
        capture_output=True, text=True, check=True,
    ).stdout
