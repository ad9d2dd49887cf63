"""Nobody answers an urgent call: an administrator said who is on call, each of them is called in turn, and then it is the next shift's."""
import re
from datetime import datetime, timedelta, timezone

import pytest
from playwright.sync_api import expect
from world import found
from wrong_clock import WrongClock

from .test_takeover import cases


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """A server whose clock the test sets."""
    with WrongClock(tmp_path_factory.mktemp("paging"), datetime.now(timezone.utc)) as server:
        world = found(server, agents=["Chen", "Dora"])
        world.server = server
        yield world


def put_on_call(windows, names):
    """As an administrator does it: a shift at any time, these people one after the other, five minutes each."""
    page = windows.desk("olive@example.com").page
    page.goto("/desk#takeover")
    page.get_by_role("button", name="Add shift").click()
    shift = page.get_by_role("group", name=re.compile("Shift"))
    shift.get_by_label("Name", exact=True).fill("Night")
    for place, name in enumerate(names, 1):
        shift.get_by_label(f"Person {place}", exact=True).select_option(label=name)
    page.get_by_label("Minutes until a page goes on to the next person").fill("5")
    windows.picture(page, "paging-rota")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".toast")).to_be_visible()


def line(desk, words):
    return cases(desk).get_by_role("listitem").filter(has_text=words)


def test_a_call_goes_from_one_to_the_next_and_at_last_to_the_next_shift(windows, company):
    chen, dora = company.staff
    put_on_call(windows, ["Dora", "Chen"])
    desks = {person["name"]: windows.desk(person["email"]) for person in (chen, dora)}
    chat = windows.chat(company)
    chat.say("help, my account was hacked")
    chat.hears(re.compile("calling the colleague on duty"))
    expect(line(desks["Dora"], "Calling you")).to_be_visible()
    expect(line(desks["Chen"], "Calling Dora")).to_be_visible()
    expect(desks["Chen"].page.locator(".toast")).to_have_count(0)

    company.server.set_clock(datetime.now(timezone.utc) + timedelta(minutes=6))
    expect(line(desks["Chen"], "Calling you")).to_be_visible(timeout=30_000)
    expect(desks["Chen"].page.locator(".toast").filter(has_text="Urgent")).to_be_visible()
    expect(line(desks["Dora"], "Calling Chen")).to_be_visible()

    company.server.set_clock(datetime.now(timezone.utc) + timedelta(minutes=12))
    for desk in desks.values():
        expect(line(desk, "For the next shift")).to_be_visible(timeout=30_000)
        expect(line(desk, "Calling")).to_have_count(0)
    chat.hears("somebody will answer within 60 minutes")
    expect(desks["Chen"].page.locator(".toast").filter(has_text="Urgent")).to_have_count(0)
    windows.picture(desks["Chen"].page, "paging-nobody-answered")
