"""The demo's three scenes with the clock set to them: two at night, six in the morning, a public holiday. A customer is answered
within seconds, needs a person, because of a wish or of a question that nobody knows, is told by when one answers, and is the first
whom the next shift serves."""
import json
import re
import time
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from nightdesk import ROOT
from playwright.sync_api import expect
from sample_client import Http
from wrong_clock import WrongClock

from .test_shop import FOLDERS, FramedChat, launcher
from .test_takeover import cases

CHINA = ZoneInfo("Asia/Shanghai")
PATIENCE = 5
# The desk folds what went on with the bot.
EXPAND = {"zh-CN": "展开", "en": "Show"}
FLAG = {"zh-CN": "留给下一班", "en": "For the next shift"}
NONE = {"zh-CN": "都不是，转人工", "en": "None of these: talk to a person"}


@dataclass(frozen=True)
class Scene:
    pack: str
    folder: str
    asked_at: datetime
    # A minute after the next shift has begun.
    shift: datetime
    title: dict
    question: dict
    person: dict
    # What no entry of the company's answers.
    unknown: dict
    # When people are back, and by when they promise to answer: an hour later.
    back: str
    due: str


SCENES = {
    "rush-at-two": Scene(
        "shop", "demo", datetime(2026, 11, 25, 2, 0, tzinfo=CHINA), datetime(2026, 11, 25, 10, 1, tzinfo=CHINA),
        {"zh-CN": "凌晨加急发货", "en": "Rush shipping in the middle of the night"},
        {"zh-CN": "现在凌晨两点下单，能加急发货吗？", "en": "It’s two in the morning, can you rush my order out tonight?"},
        {"zh-CN": "我要找真人客服", "en": "I want to talk to a real person"},
        {"zh-CN": "我要给公司订三百盏灯，能派人到现场测光吗？", "en": "Could you send someone to measure the light in our office?"},
        "10:00", "11:00",
    ),
    "renewal-at-six": Scene(
        "bank", "bank", datetime(2026, 11, 25, 6, 0, tzinfo=CHINA), datetime(2026, 11, 25, 8, 31, tzinfo=CHINA),
        {"zh-CN": "产品到期怎么续期、转存", "en": "Renewing a product that has matured"},
        {"zh-CN": "我有个理财产品今天到期了，怎么续期？", "en": "My product matures today, how do I renew it?"},
        {"zh-CN": "转人工", "en": "Talk to a person"},
        {"zh-CN": "我父亲去世了，他的存款怎么继承？", "en": "My father has died. How do I claim his savings?"},
        "08:30", "09:30",
    ),
    "transfer-on-a-holiday": Scene(
        "government", "government", datetime(2026, 10, 1, 10, 0, tzinfo=CHINA), datetime(2026, 10, 8, 9, 1, tzinfo=CHINA),
        {"zh-CN": "社保（养老保险）关系跨市、跨省转移", "en": "Transferring social security from another city"},
        {"zh-CN": "国庆放假了，社保怎么从外省转过来？", "en": "How do I transfer my social security here from another province?"},
        {"zh-CN": "请帮我转人工", "en": "Please get me a human"},
        {"zh-CN": "我在两个省都交过社保，还当过兵，怎么合并？", "en": "How do I adopt a child from abroad?"},
        "09:00", "10:00",
    ),
}


WISHES = [(scene, locale, "person") for scene in SCENES for locale in ("zh-CN", "en")]
RIDDLES = [("rush-at-two", "zh-CN", "unknown"), ("renewal-at-six", "en", "unknown"), ("transfer-on-a-holiday", "zh-CN", "unknown")]


@pytest.fixture(params=WISHES + RIDDLES, ids="-".join)
def play(request):
    return request.param


@pytest.fixture
def company(play, tmp_path):
    scene, locale = SCENES[play[0]], play[1]
    options = ["--demo", "--demo-pack", scene.pack, "--demo-language", locale]
    with WrongClock(tmp_path, scene.asked_at, *options) as server:
        yield SimpleNamespace(base=server.base, server=server, scene=scene, locale=locale)


@pytest.fixture
def signed_in(company):
    """One of the demo's agents, by the password that the terminal shows."""
    email, password = re.findall(r"^  (\S+@\S+\.example)  (\S+)  agent", company.server.output(), re.M)[0]
    http = Http(company.base)
    http.session.headers["Origin"] = company.base
    http.ask("POST", "/api/sign-ins", {"email": email, "password": password})
    return {email: http}


def answer(scene, locale):
    entries = json.loads((ROOT / f"Packs/{scene.folder}/knowledge.{locale}.json").read_text())["entries"]
    return next(entry["answer"] for entry in entries if entry["title"] == scene.title[locale])


def keep_time(page, server):
    """The browser's clock goes as the server's."""
    page.clock.set_system_time(datetime.fromtimestamp(time.time() + server.ahead, CHINA))


def customer(windows, company, size="desktop"):
    """A browser at the company's page, with the chat open."""
    page = windows.open(size=size, locale=company.locale, timezone_id="Asia/Shanghai")
    keep_time(page, company.server)
    page.goto(f"/{company.scene.pack}/{FOLDERS[company.locale]}/")
    launcher(page, company.locale).click()
    chat = FramedChat(page, company.locale)
    expect(chat.field("your message")).to_be_visible()
    return chat


def need_a_person(chat, scene, locale, need):
    """By a wish, or by what nobody knows: then whoever is asked back finds nothing of it right. Returns what was said."""
    said = getattr(scene, need)[locale]
    chat.say(said)
    if need == "unknown":
        none = chat.page.get_by_role("button", name=NONE[locale])
        expect(none.or_(closed_until(chat, scene))).to_be_visible()
        if none.is_visible():
            none.click()
    return said


def closed_until(chat, scene):
    return chat.page.get_by_role("status").filter(has_text=scene.back)


def test_a_scene_from_the_question_to_the_next_shift(windows, company, signed_in, play):
    scene, locale, need = company.scene, company.locale, play[2]
    chat = customer(windows, company)

    since = time.monotonic()
    chat.say(scene.question[locale])
    chat.hears(answer(scene, locale)[:24])
    assert time.monotonic() - since < PATIENCE
    windows.picture(chat.window, f"scene-{'-'.join(play)}-1-answer")

    since = time.monotonic()
    said = need_a_person(chat, scene, locale, need)
    chat.is_waiting_for_a_person()
    chat.hears(re.compile(rf"{scene.due} (前回复您|at the latest)"))
    assert time.monotonic() - since < PATIENCE
    expect(closed_until(chat, scene)).to_be_visible()
    windows.picture(chat.window, f"scene-{'-'.join(play)}-2-waiting")

    company.server.set_clock(scene.shift)
    later = customer(windows, company)
    later.say(scene.person[locale])
    later.is_waiting_for_a_person()

    desk = windows.desk(next(iter(signed_in)), locale=locale, timezone_id="Asia/Shanghai")
    keep_time(desk.page, company.server)
    desk.enter()
    expect(cases(desk).get_by_role("listitem").filter(has_text=FLAG[locale]).first).to_contain_text(scene.due)
    desk.list("queue")
    expect(desk.rows()).to_have_count(2)
    expect(desk.rows().first).to_contain_text(FLAG[locale])
    windows.picture(desk.page, f"scene-{'-'.join(play)}-3-queue")
    desk.rows().first.click()
    desk.thread().get_by_role("button", name=re.compile(EXPAND[locale])).first.click()
    desk.reads(scene.question[locale])
    desk.reads(answer(scene, locale)[:24])
    desk.reads(said)
    desk.button("serve").first.click()
    desk.say("☀")
    chat.hears("☀")
    windows.picture(chat.window, f"scene-{'-'.join(play)}-4-served")
