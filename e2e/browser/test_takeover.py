"""What the bot does not handle alone, in windows: hand-off, takeover, approval, the next shift, the person on call."""
import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


@pytest.fixture
def rules(company):
    """Puts rules into force for one test; afterwards the usual ones hold again."""
    usual = company.owner.ask("GET", "/api/takeover-rules")
    yield lambda **changes: company.owner.ask("PUT", "/api/takeover-rules", {**usual, **changes})
    company.owner.ask("PUT", "/api/takeover-rules", usual)


@pytest.fixture
def closed(company):
    """Nobody is on duty at the shop: the calendar opens in some weeks only."""
    account = company.owner.ask("GET", "/api/channels")["rows"][0]
    day = date.today() + timedelta(days=9)
    week = {name: [] for name in DAYS}
    calendar = company.owner.ask("POST", "/api/calendars", {
        "name": "Shut", "timeZone": "Asia/Shanghai", "week": week,
        "makeUps": [{"date": day.isoformat(), "intervals": [["09:00", "18:00"]], "name": "Open day"}],
    })
    policy = {"kind": "web", "name": account["name"], "mode": "both", "offHoursMode": "both"}
    company.owner.ask("PUT", f"/api/channels/{account['id']}", {**policy, "calendar": calendar["id"]})
    yield day
    company.owner.ask("PUT", f"/api/channels/{account['id']}", policy)
    company.owner.ask("DELETE", f"/api/calendars/{calendar['id']}")


def cases(desk):
    return desk.page.get_by_role("list", name=re.compile("Needs attention first|需要先处理"))


def test_an_angry_customer_is_handed_over_at_once(windows, company):
    desk = windows.desk(company.staff[0]["email"])
    desk.go_online()
    chat = windows.chat(company)
    chat.say("How long does shipping take?")
    chat.hears("Parcels arrive within three working days.")
    chat.say("this is the worst service ever, I am furious")
    chat.hears(re.compile("sorry"))
    chat.hears(re.compile("Chen"))
    desk.list("mine")
    desk.open(re.compile("sorry"))
    desk.reads("Handed over: the customer is upset")
    desk.thread().get_by_text("Summary", exact=True).click()
    summary = desk.thread().locator(".summary")
    expect(summary).to_contain_text("this is the worst service ever")
    expect(summary).to_contain_text("How long does shipping take?")
    windows.picture(desk.page, "takeover-summary")
    desk.end()


def test_taking_over_from_the_bot_silences_it(windows, company):
    desk = windows.desk(company.staff[0]["email"])
    desk.go_online()
    chat = windows.chat(company)
    chat.say("How long does shipping take?")
    chat.hears("Parcels arrive within three working days.")
    desk.list("bot")
    desk.open("Parcels arrive")
    desk.take()
    desk.say("Chen here, may I help?")
    chat.hears("Chen here, may I help?")
    chat.say("How do I return an item?")
    desk.reads("How do I return an item?")
    expect(chat.log().get_by_text("You can return anything within 30 days.")).to_have_count(0)
    desk.end()


SAID = {
    "en": ("How do I return an item?", "You can return anything within 30 days.", "Check"),
    "zh-CN": ("怎么退货?", "签收后 30 天内可以申请退货。", "审核"),
}


@pytest.fixture(params=SAID)
def held_back(windows, company, rules, request):
    """A customer's chat, a desk with the dialog about the answer that waits, and its line there."""
    rules(topics=[{"name": "退货 · Returns", "kind": "approval", "words": ["return", "退货"], "exceptions": []}])
    asked, answer, check = SAID[request.param]
    desk = windows.desk(company.staff[0]["email"], locale=request.param)
    chat = windows.chat(company, locale=request.param)
    chat.say(asked)
    chat.hears(re.compile("colleague checks|同事核对"))
    expect(chat.log().get_by_text(answer)).to_have_count(0)
    line = cases(desk).get_by_role("listitem").filter(has_text=asked)
    line.get_by_role("button", name=check, exact=True).click()
    expect(desk.dialog().get_by_role("textbox")).to_have_value(answer)
    expect(desk.dialog()).to_contain_text({"en": "“Returns”", "zh-CN": "“退货”"}[request.param])
    windows.picture(desk.page, f"takeover-approval-{request.param}")
    return chat, desk, line, answer


def approve(desk):
    desk.dialog().get_by_role("button", name=re.compile("Approve and send|通过并发送")).click()


def test_an_approved_answer_leaves_as_it_is(held_back):
    chat, desk, line, answer = held_back
    approve(desk)
    chat.hears(answer)
    expect(line).to_have_count(0)
    expect(chat.button("person").first).to_be_visible()


def test_an_edited_answer_leaves_in_the_colleagues_words(held_back):
    chat, desk, line, answer = held_back
    desk.dialog().get_by_role("textbox").fill(answer + " 👌")
    approve(desk)
    chat.hears(answer + " 👌")
    expect(chat.log().get_by_text(answer, exact=True)).to_have_count(0)
    expect(line).to_have_count(0)


def test_a_rejected_answer_never_leaves_and_a_person_takes_over(held_back):
    chat, desk, line, answer = held_back
    desk.dialog().get_by_role("button", name=re.compile("Reject|不通过")).click()
    chat.is_waiting_for_a_person()
    expect(line).to_have_count(0)
    expect(chat.log().get_by_text(answer)).to_have_count(0)


@pytest.mark.parametrize("size", ["desktop", "iPhone 13"])
def test_what_nobody_can_take_is_promised_and_kept_for_the_next_shift(windows, company, closed, size):
    desk = windows.desk(company.staff[1]["email"], size=size, timezone_id="Asia/Shanghai")
    chat = windows.chat(company)
    chat.ask_person()
    chat.hears(re.compile(rf"answer by \w+ {closed.day} \w+, 10:00"))
    line = cases(desk).get_by_role("listitem").filter(has_text="For the next shift").first
    expect(line).to_contain_text("10:00")
    expect(line).to_contain_text("wants a person")
    desk.list("queue")
    expect(desk.rows().first).to_contain_text("For the next shift")
    windows.picture(desk.page, f"takeover-next-shift-{size}")
    line.get_by_role("button").first.click()
    desk.reads(re.compile("next shift"))


@pytest.mark.parametrize("size", ["desktop", "iPhone 13"])
def test_the_person_on_call_is_paged_and_answers(windows, company, rules, size):
    chen, dora = company.staff
    shift = {"name": "Night", "agents": [dora["id"], chen["id"]]}
    rules(rota=[shift])
    desk = windows.desk(dora["email"], size=size)
    chat = windows.chat(company)
    chat.say("help, my account was hacked")
    chat.hears(re.compile("calling the colleague on duty"))
    notice = desk.page.locator(".toast").filter(has_text="Urgent")
    expect(notice).to_be_visible()
    line = cases(desk).get_by_role("listitem").filter(has_text="Calling you")
    windows.picture(desk.page, f"takeover-page-{size}")
    # Neither the tabs nor the line are covered by the notice.
    desk.list("queue")
    line.get_by_role("button", name="Answer", exact=True).click()
    chat.hears(re.compile("Dora"))
    expect(notice).to_have_count(0)
    desk.reads("Urgent: the person on call was paged")
    if size == "desktop":
        expect(line).to_have_count(0)
    desk.say("Dora here. I have locked it.")
    chat.hears("Dora here. I have locked it.")
    desk.end()


@pytest.mark.parametrize("look", [("desktop", "light", "en"), ("desktop", "dark", "zh-CN"), ("iPhone 13", "light", "zh-CN")])
def test_administrators_edit_topics_and_try_them(windows, company, rules, look):
    size, scheme, locale = look
    desk = windows.desk("olive@example.com", size=size, scheme=scheme, locale=locale)
    page = desk.page
    page.goto("/desk#takeover")
    expect(page.get_by_role("heading", level=1, name=re.compile("Takeover|接管规则"))).to_be_visible()
    windows.picture(page, f"takeover-rules-{size}-{scheme}-{locale}")
    page.get_by_role("button", name=re.compile("Add topic|添加话题")).click()
    topic = page.locator("details[open]")
    topic.get_by_label(re.compile("^(Name|名称)$")).fill("Teapots")
    topic.get_by_label(re.compile("^(What happens|处理方式)$")).select_option("forbidden")
    topic.get_by_label(re.compile("^(Words|词语)$")).fill("exploding teapot\n会爆炸的茶壶")
    windows.picture(page, f"takeover-topic-{size}-{scheme}-{locale}")
    page.get_by_role("button", name=re.compile("^(Save|保存)$")).click()
    expect(page.locator(".toast")).to_be_visible()
    page.get_by_label(re.compile("What the customer says|客户的话")).fill("do you have an exploding teapot?")
    page.get_by_role("button", name=re.compile("^(Try|试一下)$")).click()
    expect(page.get_by_role("status").filter(has_text="Teapots")).to_be_visible()
    kept = company.owner.ask("GET", "/api/takeover-rules")["topics"][-1]
    assert (kept["name"], kept["kind"], kept["words"]) == ("Teapots", "forbidden", ["exploding teapot", "会爆炸的茶壶"])


def test_who_waits_in_anger_is_marked_in_the_list(windows, company, closed):
    desk = windows.desk(company.staff[1]["email"])
    chat = windows.chat(company)
    chat.say("this is the worst service ever, I am furious")
    chat.hears(re.compile(f"answer by .*{closed.day}"))
    expect(cases(desk).get_by_role("listitem").filter(has_text="upset").first).to_be_visible()
    desk.list("queue")
    expect(desk.rows().filter(has_text="upset")).to_have_count(1)


@pytest.mark.parametrize("width", [640, 1024, 1280, 1440])
@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_nothing_covers_the_way_to_any_screen(windows, company, width, locale):
    desk = windows.desk("olive@example.com", locale=locale)
    desk.page.set_viewport_size({"width": width, "height": 800})
    links = desk.page.get_by_role("navigation").get_by_role("link")
    expect(links.last).to_be_attached()
    # Without scrolling, and not under what stands beside them.
    tools = desk.page.locator(".tools").bounding_box()
    for link in links.all():
        box = link.bounding_box()
        assert 0 <= box["x"] and box["x"] + box["width"] <= tools["x"], link.get_attribute("href")
        link.click(trial=True)
