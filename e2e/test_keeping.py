"""Backup, restore, check and audit verify: what is kept is whole, and looking at it changes nothing."""
import sqlite3
import threading

import pytest
from nightdesk import Nightdesk, run
from sample_client import Http
from world import found


@pytest.fixture
def backup(tmp_path):
    """A backup made while visitors write and send files."""
    with Nightdesk(tmp_path / "data") as server:
        world = found(server)
        visitor = Http(world.base, Http(world.base).ask("POST", "/api/visitors", {"site": world.site})["token"])
        visitor.ask("POST", "/api/visit/entries", {"client": "before", "text": "said before the backup"})
        stopping, sent = threading.Event(), []

        def send_files():
            while not stopping.is_set():
                stored = visitor.ask("POST", "/api/visit/attachments", raw=b"a text " * 2000, name="a.txt")
                visitor.ask("POST", "/api/visit/entries", {"client": stored["id"], "attachment": stored["id"]})
                sent.append(stored["id"])

        sender = threading.Thread(target=send_files)
        sender.start()
        try:
            for number in range(3):
                made = run("backup", "--data", server.data, tmp_path / f"backup-{number}")
                assert made.returncode == 0, made.stderr
        finally:
            stopping.set()
            sender.join()
        assert sent, "nothing was sent meanwhile, so nothing was tried"
    return tmp_path / "backup-2"


def test_a_backup_restores_into_a_desk_that_serves_and_has_every_file_it_names(backup, tmp_path):
    restored = run("restore", "--data", tmp_path / "new", backup)
    assert restored.returncode == 0, restored.stderr
    checked = run("check", "--data", tmp_path / "new")
    assert checked.returncode == 0 and "without a gap" in checked.stdout, checked.stdout + checked.stderr
    with Nightdesk(tmp_path / "new") as server:
        owner = Http(server.base, Http(server.base).ask(
            "POST", "/api/sign-ins", {"email": "olive@example.com", "password": "a long enough passphrase", "bearer": True})["token"])
        rows = owner.ask("GET", "/api/conversations", list="all")["rows"]
        assert len(rows) == 1
    with sqlite3.connect(tmp_path / "new/nightdesk.sqlite") as database:
        named = database.execute("SELECT id FROM attachment WHERE conversation_id IS NOT NULL").fetchall()
    missing = [id for (id,) in named if not (tmp_path / "new/attachments" / id[:2] / id[2:]).exists()]
    assert named and not missing


def test_a_backup_goes_to_a_new_folder_only(backup):
    again = run("backup", "--data", backup.parent / "data", backup)
    assert again.returncode == 1 and "exists already" in again.stderr


@pytest.mark.parametrize("leftover", ["secret.key", "nightdesk.sqlite", "nightdesk.sqlite-wal", "attachments/ab/cd"])
def test_a_folder_with_leftovers_is_not_restored_into_and_stays_as_it_is(backup, tmp_path, leftover):
    old = tmp_path / "old" / leftover
    old.parent.mkdir(parents=True)
    old.write_text("another installation's")
    refused = run("restore", "--data", tmp_path / "old", backup)
    assert refused.returncode == 1 and "not empty" in refused.stderr, refused.stderr
    files = [path for path in (tmp_path / "old").rglob("*") if path.is_file() and path.name != "lock"]
    assert files == [old] and old.read_text() == "another installation's"


def test_a_folder_that_is_served_is_not_restored_into(backup, tmp_path):
    with Nightdesk(tmp_path / "served") as server:
        refused = run("restore", "--data", server.data, backup)
        assert refused.returncode == 1 and "already serving" in refused.stderr, refused.stderr
        assert server.is_ready()


@pytest.mark.parametrize("command", [["check"], ["audit", "verify"]])
def test_looking_at_a_folder_without_a_desk_makes_nothing(tmp_path, command):
    looked = run(*command, "--data", tmp_path / "typo")
    assert looked.returncode == 1 and "no nightdesk database" in looked.stderr, looked.stderr
    assert not (tmp_path / "typo").exists()


def test_check_finds_a_gap_in_the_numbering(backup, tmp_path):
    assert run("restore", "--data", tmp_path / "new", backup).returncode == 0
    with sqlite3.connect(tmp_path / "new/nightdesk.sqlite") as database:
        database.execute("DELETE FROM entry WHERE number = 2")
    checked = run("check", "--data", tmp_path / "new")
    assert checked.returncode == 1 and "gaps in their numbering" in checked.stderr, checked.stderr


def test_audit_verify_finds_a_changed_line(backup, tmp_path):
    assert run("restore", "--data", tmp_path / "new", backup).returncode == 0
    assert run("audit", "verify", "--data", tmp_path / "new").returncode == 0
    with sqlite3.connect(tmp_path / "new/nightdesk.sqlite") as database:
        database.execute("DROP TRIGGER audit_entry_unchanged")
        database.execute("UPDATE audit_entry SET actor_name = 'somebody else' WHERE number = 2")
    verified = run("audit", "verify", "--data", tmp_path / "new")
    assert verified.returncode == 1 and "broken at entry 2" in verified.stderr, verified.stderr
