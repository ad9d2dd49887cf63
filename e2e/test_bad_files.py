"""Files that are not what they claim, and imports with broken rows."""
import struct
import zlib

import pytest
import requests
from conftest import error_code
from sample_client import Refused


def png(width=2, height=2):
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
    rows = b"".join(b"\0" + b"\x20\x80\xc0" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def upload(visitor):
    def upload(name, content):
        return visitor.ask("POST", "/api/visit/attachments", raw=content, name=name)
    return upload


def fetch(world, stored):
    answer = requests.get(world.base + stored["url"], timeout=10)
    assert answer.status_code == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    return answer


LIES = {
    "a page called photo.png": ("photo.png", b"<!doctype html><script>alert(1)</script>"),
    "an SVG called photo.png": ("photo.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "an SVG": ("logo.svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    "a page": ("page.html", b"<html><body onload=alert(1)>"),
    "a program called report.pdf": ("report.pdf", b"\x7fELF\x02\x01\x01" + b"\0" * 100),
    "a picture's first bytes and then a page": ("photo.gif", b"GIF8<script>alert(1)</script>"),
    "JavaScript called song.mp3": ("song.mp3", b"alert(document.cookie)"),
}


@pytest.mark.parametrize("name, content", LIES.values(), ids=LIES.keys())
def test_a_lying_file_is_never_shown_in_place(world, upload, name, content):
    try:
        answer = fetch(world, upload(name, content))
    except Refused as refused:
        assert refused.status == 415
        return
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"].split(";")[0] not in ("text/html", "image/svg+xml", "text/javascript")
    assert answer.content == content


def test_a_picture_under_a_false_name_is_known_by_its_content(world, upload):
    stored = upload("invoice.html", png())
    assert stored["type"] == "image/png"
    answer = fetch(world, stored)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"].startswith("inline")


@pytest.mark.parametrize("name", [
    "../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "a\0b.png", ".htaccess", "a\r\nSet-Cookie: x=y.png", "x" * 500 + ".png",
    "照片 \"1\".png", "‮gnp.exe", "", ".", "..",
])
def test_a_dangerous_file_name_is_refused_or_made_harmless(world, visitor, name):
    answer = requests.post(
        f"{world.base}/api/visit/attachments", params={"name": name}, data=png(),
        headers={"Authorization": f"Bearer {visitor.token}"}, timeout=10,
    )
    if answer.status_code != 200:
        assert 400 <= answer.status_code < 500 and error_code(answer)
        return
    stored = answer.json()
    assert "/" not in stored["name"] and "\\" not in stored["name"] and stored["name"] not in ("", ".", "..")
    assert not any(ord(letter) < 32 for letter in stored["name"]) and len(stored["name"]) <= 255
    assert "Set-Cookie" not in fetch(world, stored).headers


def test_an_empty_file_is_refused(world, visitor):
    answer = requests.post(
        f"{world.base}/api/visit/attachments?name=empty.txt", data=b"",
        headers={"Authorization": f"Bearer {visitor.token}"}, timeout=10,
    )
    assert 400 <= answer.status_code < 500 and error_code(answer)


def test_a_file_is_only_found_by_its_whole_address(world, upload):
    stored = upload("photo.png", png())
    wrong = stored["url"].replace(stored["id"], "0" * len(stored["id"]))
    assert requests.get(world.base + wrong, timeout=10).status_code == 404


CSV = """language,category,title,phrasings,answer
en,Care,How do I clean a teapot?,clean a teapot|wash the pot,Rinse it with warm water.
en,Care,,no title|really,This row has no title.
fr,Care,Comment?,comment,Une langue inconnue.
en,Care,"An unclosed quote,phrase,answer
"""
BROKEN = {
    "csv": CSV.encode(),
    "tsv": CSV.replace(",", "\t").encode(),
    "json": b'{"entries":[{"language":"en","category":"Care","title":"How do I store tea?","phrasings":["store tea"],'
            b'"answer":"Dry and dark."},{"language":"en","title":"","phrasings":[],"answer":""},{"title":7},"row"]}',
}


@pytest.mark.parametrize("format", BROKEN)
def test_an_import_shows_good_and_broken_rows_and_writes_nothing_before_it_is_confirmed(world, format):
    before = count(world)
    content = BROKEN[format].replace(b"How do I", f"({format}) How do I".encode())
    preview = world.owner.ask("POST", "/api/knowledge/imports", raw=content, format=format)
    assert [row["title"] for row in preview["good"]] and all(row["line"] > 0 and row["reason"] for row in preview["bad"])
    assert len(preview["bad"]) >= 2
    assert count(world) == before
    confirmed = world.owner.ask("POST", f"/api/knowledge/imports/{preview['import']}/confirmation", {})
    assert confirmed["created"] + confirmed["updated"] == len(preview["good"])
    assert count(world) == before + confirmed["created"]


@pytest.mark.parametrize("format, body", [
    ("csv", b"\xff\xfe\x00broken"), ("csv", b""), ("json", b"{"), ("json", b"[1,2]"), ("excel", b"x"), ("csv", b"a,b\n1,2\n"),
])
def test_an_import_that_cannot_be_read_at_all_says_so(world, format, body):
    answer = requests.post(
        f"{world.base}/api/knowledge/imports?format={format}", data=body,
        headers={"Authorization": f"Bearer {world.owner.token}"}, timeout=10,
    )
    if answer.status_code == 200:
        assert answer.json()["good"] == [] and answer.json()["bad"]
    else:
        assert 400 <= answer.status_code < 500 and error_code(answer)


def count(world):
    rows, cursor = 0, None
    while True:
        page = world.owner.ask("GET", "/api/knowledge", limit=200, **({"cursor": cursor} if cursor else {}))
        rows += len(page["rows"])
        cursor = page.get("next")
        if not cursor:
            return rows
