"""Every screen, light and dark, in both languages: axe finds nothing, and a picture is kept to be looked at."""
import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from nightdesk import Nightdesk
from playwright.sync_api import expect
from test_bad_files import png

from .pages import Chat
from .test_journey import SAYINGS
from .test_reconnect import Line

axe = Axe()
LOCALES = pytest.mark.parametrize("locale", ["zh-CN", "en"])
SIZES = pytest.mark.parametrize("size", ["desktop", "iPhone 13"])


class Inspection:
    """Looks at a page in both colour schemes and gathers what axe has to say."""

    def __init__(self, windows, page, suffix):
        self.windows, self.page, self.suffix, self.found = windows, page, suffix, []

    def look(self, name):
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            self.windows.picture(self.page, f"{name}-{scheme}-{self.suffix}")
            for violation in axe.run(self.page).response["violations"]:
                for node in violation["nodes"]:
                    why = node["failureSummary"].split("\n")[1:2]
                    self.found.append(f"{name} {scheme}: {violation['id']}: {node['html'][:160]} {why}")
        self.page.emulate_media(color_scheme="light")

    def assert_clean(self):
        assert not self.found, "\n".join(self.found)


@SIZES
@LOCALES
def test_the_chat(windows, company, locale, size):
    said = SAYINGS[locale]
    chat = windows.chat(company, locale=locale, size=size, lenient=True)
    line = Line(chat.page)
    chat.page.reload()
    inspection = Inspection(windows, chat.page, f"{size.replace(' ', '')}-{locale}")
    inspection.look("chat-1-greeting")
    chat.say(said["question"])
    chat.hears(said["answer"])
    inspection.look("chat-2-answer")
    chat.say(said["vague"])
    expect(chat.page.get_by_role("group", name=chat.words["choices"])).to_be_visible()
    inspection.look("chat-3-choices")
    chat.attach("teapot.png", png(64, 64), "image/png")
    chat.shows_picture("teapot.png")
    chat.ask_person()
    expect(chat.button("person").first).to_be_hidden()
    inspection.look("chat-4-queue")
    line.cut()
    expect(chat.page.get_by_text(chat.words["offline"])).to_be_visible()
    inspection.look("chat-5-offline")
    line.mend()
    expect(chat.page.get_by_text(chat.words["offline"])).to_be_hidden(timeout=40_000)
    chat.button("end").click()
    chat.button("end", chat.dialog()).click()
    expect(chat.page.get_by_role("radiogroup", name=chat.words["rate"])).to_be_visible()
    chat.page.get_by_role("radio", name=chat.words["stars"]).check(force=True)
    inspection.look("chat-6-rating")
    inspection.assert_clean()


@SIZES
@LOCALES
def test_the_desk(windows, company, locale, size):
    owner = windows.desk("olive@example.com", locale=locale, size=size, lenient=True)
    inspection = Inspection(windows, owner.page, f"{size.replace(' ', '')}-{locale}")
    inspection.look("desk-1-empty")
    chat = windows.chat(company, locale=locale)
    chat.say(SAYINGS[locale]["question"])
    chat.hears(SAYINGS[locale]["answer"])
    owner.list("bot")
    owner.rows().first.click()
    owner.reads(SAYINGS[locale]["answer"])
    inspection.look("desk-2-bot")
    owner.take()
    expect(owner.composer()).to_be_visible()
    owner.say(SAYINGS[locale]["reply"])
    chat.hears(SAYINGS[locale]["reply"])
    inspection.look("desk-3-serving")
    for name in ("transfer", "close"):
        owner.button(name).first.click()
        expect(owner.dialog()).to_be_visible()
        inspection.look(f"desk-4-{name}")
        owner.page.keyboard.press("Escape")
        expect(owner.dialog()).to_be_hidden()
    inspection.assert_clean()


@SIZES
@LOCALES
@pytest.mark.parametrize("screen", ["knowledge", "team", "channels", "model", "calendars", "takeover", "audit"])
def test_the_administration(windows, company, locale, size, screen):
    owner = windows.desk("olive@example.com", locale=locale, size=size, lenient=True)
    owner.page.goto(f"/desk#{screen}")
    # Otherwise the desk fell back to the conversations, and this test would look at those.
    expect(owner.page.locator(f"nav a[href='#{screen}']")).to_have_attribute("aria-current", "page")
    expect(owner.page.get_by_role("main").get_by_role("heading").first).to_be_visible()
    owner.page.wait_for_load_state("networkidle")
    inspection = Inspection(windows, owner.page, f"{size.replace(' ', '')}-{locale}")
    inspection.look(f"desk-5-{screen}")
    inspection.assert_clean()


@SIZES
@LOCALES
def test_the_door(windows, company, locale, size, tmp_path):
    page = windows.open(locale=locale, size=size, lenient=True)
    inspection = Inspection(windows, page, f"{size.replace(' ', '')}-{locale}")
    page.goto("/desk")
    expect(page.get_by_role("heading").first).to_be_visible()
    inspection.look("door-1-sign-in")
    page.goto("/desk#invitation=abc")
    page.reload()
    expect(page.get_by_role("heading").first).to_be_visible()
    inspection.look("door-2-invitation")
    page.goto("/desk#owner=abc")
    page.reload()
    expect(page.get_by_role("heading").first).to_be_visible()
    inspection.look("door-3-owner")
    with Nightdesk(tmp_path / "data") as fresh:
        page.goto(f"{fresh.base}/desk#setup={fresh.setup_token()}")
        expect(page.get_by_role("heading").first).to_be_visible()
        inspection.look("door-4-setup")
    inspection.assert_clean()
