"""Attachments in a folder and in an S3-compatible store: the same to those who send and fetch them, alone or with several nodes."""
import datetime
import itertools
import os
import sqlite3
import stat
import threading
import time

import pytest
import requests
from nightdesk import Nightdesk, run
from postgres import FAST, postgres
from s3 import KEY_ID, SECRET, store
from sample_client import Http, Refused
from world import found

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
# More than the pieces in which a store is read.
LARGE = b"ID3" + bytes(itertools.islice(itertools.cycle(range(251)), 3_500_000))


@pytest.fixture
def bucket():
    with store() as running:
        yield running


@pytest.fixture(params=["folder", "s3"])
def kept(request, tmp_path):
    """A server for each kind of place, and how many files are in the place."""
    if request.param == "folder":
        with Nightdesk(tmp_path / "data", "--attachments", tmp_path / "elsewhere") as server:
            yield server, lambda: len([path for path in (tmp_path / "elsewhere").glob("*/*") if path.is_file()])
    else:
        with store() as bucket, Nightdesk(tmp_path / "data", *bucket.options()) as server:
            yield server, lambda: len([key for key in bucket.keys if key.startswith("desk/") and key.count("/") == 2])


def visitor_of(world):
    return Http(world.base, Http(world.base).ask("POST", "/api/visitors", {"site": world.site})["token"])


def upload(http, content, name="a.png"):
    return http.ask("POST", "/api/visit/attachments", raw=content, name=name)


def fetch(server, stored, **headers):
    return requests.get(server.base + stored["url"], headers=headers, timeout=60)


def test_what_is_sent_is_fetched_alike_whole_and_in_parts(kept, tmp_path):
    server, count = kept
    visitor = visitor_of(found(server))
    for content, name in [(PNG, "a.png"), (LARGE, "long.mp3")]:
        stored = upload(visitor, content, name)
        visitor.ask("POST", "/api/visit/entries", {"client": stored["id"], "attachment": stored["id"]})
        whole = fetch(server, stored)
        assert whole.status_code == 200 and whole.content == content
        assert whole.headers["content-length"] == str(len(content))
        assert whole.headers["content-security-policy"].startswith("sandbox") and whole.headers["x-content-type-options"] == "nosniff"
        assert fetch(server, stored, Range="bytes=-7").content == content[-7:]
        middle = fetch(server, stored, Range="bytes=1000-")
        assert middle.status_code == 206 and middle.content == content[1000:]
        assert requests.head(server.base + stored["url"], timeout=5).headers["content-length"] == str(len(content))
    assert count() == 2 and not (tmp_path / "data/attachments").exists()
    assert requests.get(server.base + "/api/attachments/" + "0" * 32 + "/a.png", timeout=5).status_code == 404


@pytest.mark.parametrize("change, place, said", [
    ({"secret": "wrong"}, "s3://files/desk", "the secret is not the one of this key id (SignatureDoesNotMatch)"),
    ({"key-id": "UNKNOWN"}, "s3://files/desk", "the key id is not known there (InvalidAccessKeyId)"),
    ({}, "s3://missing/desk", "there is no such bucket"),
    ({"endpoint": "http://127.0.0.1:1"}, "s3://files/desk", "it cannot be reached (Couldn't connect to server)"),
    ({"secret": ""}, "s3://files/desk", "needs '--s3-key-id' and '--s3-secret'"),
    ({}, "s3://files/../desk", "the setting 'attachments' cannot be 's3://files/../desk'"),
    ({"endpoint": "minio:9000"}, "s3://files/desk", "the setting 's3.endpoint' cannot be 'minio:9000'"),
])
def test_a_store_that_cannot_be_used_is_one_line_at_the_start(bucket, tmp_path, change, place, said):
    options = bucket.options(place, **change)
    started = run("serve", "--data", tmp_path / "data", "--port", 0, *options, patience=60)
    lines = [line for line in started.stderr.splitlines() if line.startswith("nightdesk:")]
    assert started.returncode == 1 and len(lines) == 1 and said in lines[0], started.stderr
    assert SECRET not in started.stdout + started.stderr
    assert list(bucket.keys) == []


def test_check_says_where_they_are_and_what_is_wrong(bucket, tmp_path):
    with Nightdesk(tmp_path / "data", *bucket.options()):
        pass
    good = run("check", "--data", tmp_path / "data", *bucket.options())
    assert f"attachments good, in s3://files/desk at {bucket.endpoint}" in good.stdout and "key         good" in good.stdout, good.stderr
    before = len(bucket.keys)
    for place, said in [("s3://files/other", "is not where the attachments of this database are"), ("s3://none", "no such bucket")]:
        bad = run("check", "--data", tmp_path / "data", *bucket.options(place))
        assert bad.returncode == 1 and said in bad.stderr, bad.stderr
    assert len(bucket.keys) == before


def test_a_store_that_is_away_for_a_moment_is_waited_for(bucket, tmp_path):
    with Nightdesk(tmp_path / "data", *bucket.options()) as server:
        visitor = visitor_of(found(server))
        first = upload(visitor, PNG)
        bucket.stop()
        back = threading.Timer(1, bucket.start)
        back.start()
        stored = upload(visitor, LARGE)
        back.join()
        assert fetch(server, stored).content == LARGE and fetch(server, first).content == PNG
        bucket.failing = 2
        assert fetch(server, stored).content == LARGE
        bucket.failing = 2
        assert fetch(server, upload(visitor, PNG)).content == PNG


@pytest.mark.parametrize("trouble", ["away", "failing"])
def test_a_store_in_trouble_refuses_and_nothing_is_lost(bucket, tmp_path, trouble):
    with Nightdesk(tmp_path / "data", *bucket.options()) as server:
        world = found(server)
        visitor = visitor_of(world)
        before = upload(visitor, PNG)
        if trouble == "away":
            bucket.stop()
        else:
            bucket.failing = "always"
        for ask in (lambda: upload(visitor, PNG), lambda: visitor.ask("GET", before["url"])):
            with pytest.raises(Refused) as refused:
                ask()
            assert (refused.value.status, refused.value.code) == (503, "storage.unreachable")
        assert visitor.ask("POST", "/api/visit/entries", {"client": "text", "text": "words go through"})["number"]
        assert server.is_ready(), "words need no store"
        if trouble == "away":
            bucket.start()
        bucket.failing = 0
        sent = visitor.ask("POST", "/api/visit/entries", {"client": "file", "attachment": before["id"]})
        assert sent["number"] and fetch(server, before).content == PNG and fetch(server, upload(visitor, LARGE)).content == LARGE
        assert "storage.unreachable" not in server.output() or SECRET not in server.output()
        assert SECRET not in server.output() and server.output().count("reach" if trouble == "away" else "InternalError") > 0


def test_orphans_leave_the_store_and_nothing_else_does(bucket, tmp_path):
    with Nightdesk(tmp_path / "data", *bucket.options()) as server:
        stored = upload(visitor_of(found(server)), PNG)
    known = f"desk/{stored['id'][:2]}/{stored['id'][2:]}"
    orphans = [f"desk/{number % 256:02x}/{number:030x}" for number in range(600)]
    young, foreign = "desk/ff/" + "f" * 30, ["desk/readme.txt", "another/aa/" + "a" * 30]
    for key in [*orphans, young, *foreign]:
        bucket.backend.put_object("files", key, b"x")
    old = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None) - datetime.timedelta(hours=25)
    for key in [*orphans, *foreign, known]:
        bucket.keys[key].last_modified = old
    with Nightdesk(tmp_path / "data", *bucket.options()) as server:
        deadline = time.monotonic() + 60
        while any(key in bucket.keys for key in orphans) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert set(bucket.keys) == {known, young, *foreign, "desk/nightdesk-attachments"}
        assert fetch(server, stored).content == PNG


def test_a_bucket_of_another_installation_is_left_alone(bucket, tmp_path):
    with Nightdesk(tmp_path / "one", *bucket.options()):
        pass
    other = run("serve", "--data", tmp_path / "two", "--port", 0, *bucket.options())
    assert other.returncode == 1 and "holds the attachments of another installation" in other.stderr, other.stderr
    with Nightdesk(tmp_path / "two", *bucket.options("s3://files/two")):
        assert "two/nightdesk-attachments" in bucket.keys
    with Nightdesk(tmp_path / "one", *bucket.options()) as again:
        assert again.is_ready()


def test_a_backup_says_what_it_leaves_out(bucket, tmp_path):
    key = tmp_path / "keys"
    key.mkdir()
    options = [*bucket.options(), "--secret-key", key / "desk.key"]
    with Nightdesk(tmp_path / "data", *options):
        pass
    assert stat.S_IMODE(os.stat(key / "desk.key").st_mode) == 0o600 and not (tmp_path / "data/secret.key").exists()
    made = run("backup", "--data", tmp_path / "data", tmp_path / "backup", *options)
    assert made.returncode == 0 and str(key / "desk.key") in made.stdout and "s3://files/desk" in made.stdout, made.stdout
    assert sqlite3.connect(tmp_path / "backup/nightdesk.sqlite").execute("SELECT COUNT(*) FROM attachment").fetchone()
    plain = run("backup", "--data", tmp_path / "data", tmp_path / "plain")
    assert plain.returncode == 0 and "not in it" not in plain.stdout


# MARK: Several nodes

@pytest.fixture(scope="module")
def database():
    with postgres(**FAST) as server:
        yield server


@pytest.fixture
def cluster(database):
    """Options that lead to a fresh database."""
    name = "t" + os.urandom(6).hex()
    database.ask(f"CREATE DATABASE {name}")
    return ["--database", database.address.rsplit("/", 1)[0] + "/" + name]


@pytest.mark.parametrize("kind", ["folder", "s3"])
def test_a_file_uploaded_at_one_node_is_read_at_the_other(bucket, cluster, tmp_path, kind):
    place = bucket.options() if kind == "s3" else ["--attachments", tmp_path / "shared"]
    options = [*cluster, *place, "--secret-key", tmp_path / "secret.key"]
    with Nightdesk(tmp_path / "one", *options) as one, Nightdesk(tmp_path / "two", *options) as two:
        visitor = visitor_of(found(one))
        stored = upload(visitor, LARGE)
        assert fetch(two, stored).content == LARGE
        # The token that the first node signed is good at the second, where the file is sent.
        there = Http(two.base, visitor.token)
        assert there.ask("POST", "/api/visit/entries", {"client": "file", "attachment": stored["id"]})["number"]
        assert fetch(one, upload(there, PNG)).content == PNG


def test_files_are_carried_from_a_folder_to_a_store(bucket, cluster, tmp_path):
    folder, key = tmp_path / "folder", ["--secret-key", tmp_path / "secret.key"]
    with Nightdesk(tmp_path / "one", *cluster, *key, "--attachments", folder) as one:
        stored = upload(visitor_of(found(one)), PNG)
    for path in folder.rglob("*"):
        if path.is_file():
            bucket.backend.put_object("files", f"desk/{path.relative_to(folder)}", path.read_bytes())
    with Nightdesk(tmp_path / "one", *cluster, *key, *bucket.options()) as one:
        assert fetch(one, stored).content == PNG


def test_a_node_with_another_key_or_none_does_not_start(cluster, tmp_path):
    shared = ["--attachments", tmp_path / "shared"]
    with Nightdesk(tmp_path / "one", *cluster, *shared) as one:
        for command in (["serve", "--port", 0], ["check"]):
            ended = run(*command, "--data", tmp_path / "two", *cluster, *shared)
            assert ended.returncode == 1 and f"there is no key at {tmp_path}/two/secret.key" in ended.stderr, ended.stderr
            assert not (tmp_path / "two/secret.key").exists(), "a key made for nothing must not stay"
        with Nightdesk(tmp_path / "three"):
            pass
        for command in (["serve", "--port", 0], ["check"]):
            ended = run(*command, "--data", tmp_path / "three", *cluster, *shared)
            assert ended.returncode == 1 and f"the key at {tmp_path}/three/secret.key is not the one" in ended.stderr, ended.stderr
        assert (tmp_path / "three/secret.key").exists()
        good = run("check", "--data", one.data, *cluster, *shared)
        assert "key         good, the same as the other nodes'" in good.stdout, good.stdout + good.stderr


def test_nodes_whose_folders_are_not_one_are_told(cluster, tmp_path):
    key = ["--secret-key", tmp_path / "secret.key"]
    with Nightdesk(tmp_path / "one", *cluster, *key):
        for command in (["serve", "--port", 0], ["check"]):
            ended = run(*command, "--data", tmp_path / "two", *cluster, *key)
            assert ended.returncode == 1 and "is not where the attachments of this database are" in ended.stderr, ended.stderr
        assert not list((tmp_path / "two").glob("attachments/*"))
    # Whoever moved the files by hand says so, with the word that the line gives.
    mark = (tmp_path / "one/attachments/nightdesk-attachments").read_text()
    assert mark.strip() in ended.stderr
    (tmp_path / "two/attachments").mkdir(exist_ok=True)
    (tmp_path / "two/attachments/nightdesk-attachments").write_text(mark)
    with Nightdesk(tmp_path / "two", *cluster, *key) as moved:
        assert moved.is_ready()
