"""The line of code that the desk offers, on a page of another company."""
import re

from playwright.sync_api import expect

from .company_site import CompanySite


def look_of(page):
    bubble = page.get_by_role("button", name=re.compile("Chat with us|Close chat"))
    expect(bubble).to_be_visible()
    colour = bubble.evaluate("(button) => getComputedStyle(button).backgroundColor")
    return colour, "left" if bubble.bounding_box()["x"] < 300 else "right"


def set_look(company, **look):
    account = company.owner.ask("GET", f"/api/channels/{company.account}")
    fields = {name: value for name, value in account.items() if name not in ("id", "kind", "key")}
    company.owner.ask("PUT", f"/api/channels/{company.account}", {**fields, **look})


def test_the_launcher_looks_as_the_channel_says_from_the_first_sight_on(windows, company):
    set_look(company, colour="#7a1f5c", position="left")
    desk = windows.desk("olive@example.com")
    desk.page.goto(f"/desk#channels/{company.account}")
    code = desk.page.get_by_role("group", name="Code to embed").inner_text()
    with CompanySite(code) as site:
        page = windows.open()
        page.goto(site.address)
        assert look_of(page) == ("rgb(122, 31, 92)", "left")
        assert page.locator("nightdesk-chat iframe").count() == 0, "nothing else was loaded for it"

        set_look(company, colour="#0b6e4f", position="right")
        page.get_by_role("button", name="Chat with us").click()
        expect(page.frame_locator("nightdesk-chat iframe").get_by_label("Your message")).to_be_visible()
        page.reload()
        assert look_of(page) == ("rgb(11, 110, 79)", "right"), "the channel's setting counts once it is known"
