"""Sent, delivered, read: what each side is told about its own messages."""
import re

import pytest
from playwright.sync_api import expect

from .company_site import CompanySite
from .pages import Chat


class FramedChat(Chat):
    """The chat inside the launcher on a company's own site."""

    def __init__(self, page, address):
        super().__init__(page, "en")
        page.goto(address)
        self.host, self.page = page, page.frame_locator("nightdesk-chat iframe")

    def bubble(self):
        return self.host.get_by_role("button", name=re.compile("Chat with us"))


@pytest.fixture
def shop(company):
    with CompanySite(f'<script async src="{company.base}/widget.js" data-key="{company.site}"></script>') as site:
        yield site.address


@pytest.fixture
def desk(windows, company):
    desk = windows.desk(company.staff[0]["email"])
    desk.go_online()
    yield desk
    desk.list("mine")
    desk.rows().first.click()
    desk.end()


def test_a_reply_is_delivered_while_the_launcher_is_closed_and_read_when_it_opens(windows, shop, desk):
    chat = FramedChat(windows.open(), shop)
    chat.bubble().click()
    chat.ask_person()
    chat.is_waiting_for_a_person()
    desk.list("mine")
    desk.rows().first.click()
    desk.say("first")
    chat.hears("first")
    chat.host.get_by_role("button", name="Close chat").first.click()
    desk.say("are you still there?")
    mark = desk.thread().locator(".message").filter(has_text="are you still there?")
    expect(mark.get_by_text("Delivered")).to_be_attached()
    expect(chat.bubble()).to_have_accessible_name(re.compile(r"\(\d\)"))
    chat.bubble().click()
    expect(mark.get_by_text("Read", exact=True)).to_be_attached()


def test_what_a_customer_writes_is_delivered_to_a_desk_that_shows_another_screen(windows, company, desk):
    chat = windows.chat(company)
    chat.ask_person()
    chat.is_waiting_for_a_person()
    chat.say("my lamp flickers")
    mine = chat.log().locator(".message.mine").filter(has_text="my lamp flickers")
    expect(mine.get_by_text("Delivered")).to_be_attached()
    desk.list("mine")
    desk.open("my lamp flickers")
    expect(mine.get_by_text("Read", exact=True)).to_be_attached()
