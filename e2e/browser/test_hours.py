"""Outside opening hours the chat says so, and when people are back, by the visitor's own clock."""
import json
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from .pages import Chat

PLACES = {
    "zh-CN": ("Asia/Shanghai", "客服明天 09:00 上班", "请先留言"),
    "en": ("Europe/Berlin", "back tomorrow at 09:00", "Leave a message"),
}


def closed_until(page, moment):
    """The server's welcome, as it is when nobody is on duty."""

    def connect(socket):
        server = socket.connect_to_server()

        def hear(text):
            frame = json.loads(text)
            if frame["type"] == "welcome":
                frame |= {"open": False, **({"opensAt": int(moment.timestamp() * 1000)} if moment else {})}
            socket.send(json.dumps(frame))

        server.on_message(hear)

    page.route_web_socket("**/api/socket", connect)


@pytest.mark.parametrize("locale", PLACES)
def test_the_next_opening_is_said_in_the_visitors_time(windows, company, locale):
    zone, when, advice = PLACES[locale]
    tomorrow = (datetime.now(ZoneInfo(zone)) + timedelta(days=1)).replace(hour=9, minute=0)
    page = windows.open(locale=locale, timezone_id=zone)
    closed_until(page, tomorrow)
    Chat(page, locale).visit(company.site)
    strip = page.get_by_role("status").filter(has_text=advice)
    expect(strip).to_contain_text(when)


def test_without_a_next_opening_it_asks_for_a_message(windows, company):
    page = windows.open(locale="en")
    closed_until(page, None)
    Chat(page, "en").visit(company.site)
    expect(page.get_by_text("We are closed right now. Leave a message")).to_be_visible()


@pytest.mark.parametrize("look", [("desktop", "light", "en"), ("iPhone 13", "dark", "zh-CN")])
def test_the_bot_helps_out_where_people_serve_and_none_is_free(windows, company, look):
    size, scheme, locale = look
    account = company.owner.ask("GET", "/api/channels")["rows"][0]
    usual = {"kind": "web", "name": account["name"], "mode": "both", "botWhenBusy": True}
    page = windows.desk("olive@example.com", size=size, scheme=scheme, locale=locale).page
    page.goto(f"/desk#channels/{account['id']}")
    mode, switch = page.get_by_label(re.compile("^(On duty|值班时)$")), page.get_by_label(re.compile("nobody is free|没有空闲客服"))
    expect(switch).to_be_hidden()
    mode.select_option("people")
    expect(switch).to_be_checked()

    def save():
        with page.expect_response(f"**/api/channels/{account['id']}"):
            page.get_by_role("button", name=re.compile("^(Save|保存)$")).click()

    try:
        save()
        windows.picture(page, f"channel-busy-{size}-{scheme}-{locale}")
        helped = windows.chat(company)
        helped.say("How long does shipping take?")
        helped.hears("Parcels arrive within three working days.")
        switch.uncheck()
        save()
        waiting = windows.chat(company)
        waiting.say("How long does shipping take?")
        waiting.is_waiting_for_a_person()
    finally:
        company.owner.ask("PUT", f"/api/channels/{account['id']}", usual)
