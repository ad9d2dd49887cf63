"""A flow is written in the desk, tried out beside its outline, published, and then talks with a customer."""
import pytest
from playwright.sync_api import expect

from .test_screens import Inspection

WORDS = {
    "zh-CN": {
        "outline": "流程内容", "publish": "发布", "start": "从头开始", "says": "客户说", "send": "发送", "over": "流程结束", "fine": "可以读懂",
        "wrong": "第 6 行", "published": "已发布，客户马上能用", "trace": "经过",
    },
    "en": {
        "outline": "Outline", "publish": "Publish", "start": "Start over", "says": "The customer says", "send": "Send",
        "over": "The flow is over", "fine": "Reads well", "wrong": "Line 6", "published": "Published: customers get it from now on",
        "trace": "What happened",
    },
}
OUTLINES = {
    "zh-CN": """流程：预约安装
问法：
  我想预约安装窗帘
  帮我约个师傅上门装窗帘
问 day（日期）：哪天方便？
{step} slot（文字，可选）：上午还是下午？
  选项：上午
  选项：下午
确认：{{day}} {{slot}} 上门，可以吗？
  拒绝：
    说：好的，先不约。
说：约好了，{{day}} 见。
""",
    "en": """flow: Book an installation
phrasings:
  I want to book a curtain installation
  can somebody come and put up my curtains
ask day (date): Which day suits you?
{step} slot (text, optional): Morning or afternoon?
  choice: Morning
  choice: Afternoon
confirm: We come on {{day}}, {{slot}}. All right?
  declined:
    say: All right, nothing is booked.
say: Booked. See you on {{day}}.
""",
}
TALK = {
    "zh-CN": ["我想预约安装窗帘", "哪天方便？", "2027年1月8日", "上午", "2027-01-08 上午 上门，可以吗？", "确认", "约好了，2027-01-08 见。"],
    "en": ["I want to book a curtain installation", "Which day suits you?", "on January 8, 2027", "Morning", "We come on 2027-01-08, Morning. All right?",
           "Yes, please", "Booked. See you on 2027-01-08."],
}


@pytest.mark.parametrize("size", ["desktop", "iPhone 13"])
@pytest.mark.parametrize("locale", WORDS)
def test_from_the_outline_to_the_customer(windows, company, locale, size):
    words, talk = WORDS[locale], TALK[locale]
    desk = windows.desk("olive@example.com", locale=locale, size=size, lenient=True)
    page, inspection = desk.page, Inspection(windows, desk.page, f"{size.replace(' ', '')}-{locale}")
    page.goto("/desk#flows/new")
    outline = page.get_by_label(words["outline"], exact=True)
    outline.fill(OUTLINES[locale].format(step="sing"))
    expect(page.get_by_role("button", name=words["wrong"], exact=True)).to_be_visible()
    inspection.look("flows-1-mistake")
    outline.fill(OUTLINES[locale].format(step="问" if locale == "zh-CN" else "ask"))
    expect(page.get_by_text(words["fine"], exact=True)).to_be_visible()

    page.get_by_role("button", name=words["start"]).click()
    trial = page.get_by_role("log")
    expect(trial.get_by_text(talk[1])).to_be_visible()
    page.get_by_label(words["says"], exact=True).fill(talk[2])
    page.get_by_role("button", name=words["send"], exact=True).click()
    trial.get_by_role("button", name=talk[3], exact=True).click()
    expect(trial.get_by_text(talk[4])).to_be_visible()
    trial.get_by_role("button", name=talk[5], exact=True).click()
    expect(trial.get_by_text(talk[6])).to_be_visible()
    expect(page.get_by_text(words["over"], exact=True)).to_be_visible()
    trial.get_by_text(words["trace"]).first.click()
    inspection.look("flows-2-trial")
    page.get_by_role("button", name=words["publish"], exact=True).click()
    expect(page.get_by_text(words["published"])).to_be_visible()
    page.goto("/desk#flows")
    expect(page.get_by_role("link", name=OUTLINES[locale].splitlines()[0].split("：" if locale == "zh-CN" else ": ")[1]).first).to_be_visible()
    inspection.look("flows-3-list")

    chat = windows.chat(company, locale=locale, size=size, lenient=True)
    seen = Inspection(windows, chat.page, f"{size.replace(' ', '')}-{locale}")
    chat.say(talk[0])
    chat.hears(talk[1])
    chat.say(talk[2])
    seen.look("flows-4-buttons")
    chat.log().get_by_role("button", name=talk[3], exact=True).click()
    chat.hears(talk[4])
    chat.log().get_by_role("button", name=talk[5], exact=True).click()
    chat.hears(talk[6])
    inspection.assert_clean()
    seen.assert_clean()


@pytest.fixture(autouse=True)
def no_flow_is_left(company):
    """Two flows of one name are as probable as each other."""
    yield
    for flow in company.owner.ask("GET", "/api/flows")["rows"]:
        company.owner.ask("DELETE", f"/api/flows/{flow['id']}")
