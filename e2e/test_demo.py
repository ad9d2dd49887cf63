"""The demo: a shop to look at, a desk to sign in to, knowledge in two languages, and customers who really talk."""
import re
import subprocess
import time

import pytest
import requests

from nightdesk import BINARY, Nightdesk, run
from sample_client import Http

PAGES = ["", "lamp", "night-light", "curtain", "flask", "order", "returns", "about"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with Nightdesk(tmp_path_factory.mktemp("demo") / "data", "--demo") as server:
        yield server


@pytest.fixture(scope="module")
def accounts(demo):
    """E-mail, password and role as the terminal shows them."""
    return re.findall(r"^  (\S+@latelight\.example)  (\S+)  (\w+)", demo.output(), re.M)


@pytest.fixture(scope="module")
def owner(demo, accounts):
    return signed_in(demo, *accounts[0][:2])


def signed_in(demo, email, password):
    signed = Http(demo.base).ask("POST", "/api/sign-ins", {"email": email, "password": password, "bearer": True})
    return Http(demo.base, signed["token"])


def test_all_four_of_the_staff_can_sign_in(demo, accounts):
    assert [role for *_, role in accounts] == ["owner", "supervisor", "agent", "agent"]
    for email, password, role in accounts:
        assert signed_in(demo, email, password).ask("GET", "/api/me")["role"] == role


def test_every_page_shows_the_chat_in_both_languages(demo):
    for language in ("zh", "en"):
        for page in PAGES:
            answer = requests.get(f"{demo.base}/shop/{language}/{page}", timeout=5)
            assert answer.status_code == 200 and 'src="/widget.js" data-key="' in answer.text
            assert "{{" not in answer.text
            for file in re.findall(r'(?:src|href)="(/s/[^"]+)"', answer.text):
                assert requests.get(demo.base + file, timeout=5).ok, file


def test_a_page_that_does_not_exist_is_not_found(demo):
    for path in ("/shop/fr/", "/shop/en/sofa", "/shop/en/..%2fzh%2flamp"):
        assert requests.get(demo.base + path, timeout=5).status_code == 404


def test_the_address_alone_leads_to_the_shop_in_the_browsers_language(demo):
    for language, page in (("zh-CN", "晚灯铺"), ("en-GB", "Latelight")):
        answer = requests.get(demo.base, headers={"Accept-Language": language}, timeout=5)
        assert page in answer.content.decode()


def test_thirty_entries_in_each_language_are_published(owner):
    for language in ("zh-CN", "en"):
        found = owner.ask("GET", "/api/knowledge", state="published", language=language, limit=200)["rows"]
        rows = [row for row in found if row["category"] not in ("Flows", "流程")]
        assert len(rows) == 30 and len(found) == 32
        assert all(len(row["phrasings"]) >= 10 for row in rows)


def test_the_second_start_keeps_everything_and_shows_no_password(tmp_path):
    with Nightdesk(tmp_path / "data", "--demo") as first:
        email, password = re.findall(r"^  (\S+@latelight\.example)  (\S+)", first.output(), re.M)[0]
        port = first.port
    with Nightdesk(tmp_path / "data", "--demo", port=port) as second:
        assert second.output().count(password) == 1
        assert signed_in(second, email, password).ask("GET", "/api/me")["role"] == "owner"


def test_whoever_asks_at_once_is_answered(tmp_path):
    with Nightdesk(tmp_path / "data", "--demo") as server:
        site = re.search(r'data-key="([^"]+)"', requests.get(f"{server.base}/shop/en/", timeout=5).text)[1]
        visitor = Http(server.base, Http(server.base).ask("POST", "/api/visitors", {"site": site, "locale": "en"})["token"])
        visitor.ask("POST", "/api/visit/entries", {"client": "first", "text": "Do you ship abroad?"})
        deadline = time.monotonic() + 15
        said = []
        while not said and time.monotonic() < deadline:
            entries = visitor.ask("GET", "/api/visit/entries", after=0, limit=10)["entries"]
            said = [entry for entry in entries if entry["author"]["kind"] == "bot"]
        assert "Hong Kong" in said[0]["text"]


def test_sample_customers_talk_and_are_answered(demo, owner):
    command = [BINARY, "demo", "--traffic", "4", "--address", demo.base, "--pace", "40"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as traffic:
        try:
            said = [line for _, line in zip(range(3), traffic.stdout)]
        finally:
            traffic.terminate()
    visits, messages, answers = map(int, re.match(r"(\d+) visits, (\d+) messages, (\d+) answered by the bot", said[-1]).groups())
    assert visits >= 4 and messages >= 4 and answers >= 1
    assert owner.ask("GET", "/api/conversations", list="all")["rows"]


@pytest.mark.parametrize("wish, words", [("en-GB,en;q=0.9", "en"), ("fr, zh-TW;q=0.8", "zh-CN"), ("fr", "zh-CN")])
def test_the_chat_comes_with_the_words_of_the_browsers_language(demo, wish, words):
    key = re.search(r'data-key="([^"]+)"', requests.get(f"{demo.base}/shop/zh/", timeout=5).text)[1]
    page = requests.get(f"{demo.base}/chat/{key}", headers={"Accept-Language": wish}, timeout=5).text
    assert re.findall(r"/widget/words/([\w-]+)\.js", page) == [words]


@pytest.fixture(scope="module", params=["bank", "government"])
def other(request, tmp_path_factory):
    with Nightdesk(tmp_path_factory.mktemp(request.param) / "data", "--demo", "--demo-pack", request.param) as server:
        yield request.param, server


NAMES = {"bank": ("长明银行", "Evenlight Bank"), "government": ("云汀市政务服务", "Yunting City Services")}


def test_other_companies_have_a_page_with_the_chat_in_both_languages(other):
    name, server = other
    for language, title in zip(("zh", "en"), NAMES[name]):
        answer = requests.get(f"{server.base}/{name}/{language}/", timeout=5)
        assert answer.status_code == 200 and f"<title>{title}</title>" in answer.content.decode()
        assert 'src="/widget.js" data-key="' in answer.text and "{{" not in answer.text
        for file in re.findall(r'(?:src|href)="(/s/[^"]+)"', answer.text):
            assert requests.get(server.base + file, timeout=5).ok, file
    home = requests.get(server.base, headers={"Accept-Language": "en-GB"}, timeout=5)
    assert home.url.endswith(f"/{name}/en/")
    for path in ("/shop/en/", f"/{name}/fr/", f"/{name}/en/lamp"):
        assert requests.get(server.base + path, timeout=5).status_code == 404


def test_other_companies_are_whole(other):
    name, server = other
    accounts = re.findall(r"^  (\S+@\S+\.example)  (\S+)  (\w+)", server.output(), re.M)
    assert [role for *_, role in accounts] == ["owner", "supervisor", "agent", "agent"]
    owner = signed_in(server, *accounts[0][:2])
    for language in ("zh-CN", "en"):
        rows = owner.ask("GET", "/api/knowledge", state="published", language=language, limit=200)["rows"]
        assert 14 <= len(rows) <= 20
    assert len(owner.ask("GET", "/api/teams")["rows"]) == 2
    assert any(day["from"] == "2026-10-01" for day in owner.ask("GET", "/api/calendars")["rows"][0]["holidays"])


def test_sample_customers_find_the_company_by_themselves(other):
    name, server = other
    command = [BINARY, "demo", "--traffic", "4", "--address", server.base, "--pace", "40"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as traffic:
        try:
            said = [line for _, line in zip(range(3), traffic.stdout)]
        finally:
            traffic.terminate()
    assert int(re.match(r"\d+ visits, \d+ messages, (\d+) answered by the bot", said[-1])[1]) >= 1


def test_a_company_that_there_is_not_is_refused(tmp_path):
    told = run("serve", "--data", tmp_path / "data", "--demo", "--demo-pack", "circus")
    assert told.returncode != 0 and "demo.pack" in told.stderr
