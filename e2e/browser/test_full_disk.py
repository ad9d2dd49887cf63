"""The disk is full for a while: what people write meanwhile is sent by itself once there is room, in order and once."""
import pytest
from disks import empty, fill, needs_database_file, needs_root, small_disk
from nightdesk import UNLIMITED, Nightdesk
from playwright.sync_api import expect
from sample_client import Http, Refused
from world import found

pytestmark = [needs_root, needs_database_file]


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    with small_disk(tmp_path_factory.mktemp("full") / "disk") as folder:
        yield folder


@pytest.fixture(scope="module")
def company(disk):
    with Nightdesk(disk / "data", *UNLIMITED) as server:
        world = found(server, agents=["Chen"])
        world.server = server
        yield world


def fill_until_refused(disk, world):
    """No byte is left, and none in what the database had reserved: nobody's words are taken any more."""
    fill(disk)
    somebody = Http(world.base, world.visitor_token)
    refused = 0
    for number in range(4_000):
        try:
            somebody.ask("POST", "/api/visit/entries", {"client": f"full-{number}", "text": "x" * (1 if refused else 8_000)})
            refused = min(refused, 1)
        except Refused as refusal:
            assert (refusal.status, refusal.code) == (503, "storage.full")
            refused += 1
        if refused == 5:
            return
    raise AssertionError("the disk was never full")


@pytest.mark.parametrize(
    ("size", "locale", "scheme"),
    [("desktop", "en", "light"), ("desktop", "zh-CN", "dark"), ("Pixel 7", "en", "dark"), ("Pixel 7", "zh-CN", "light")],
)
def test_words_written_on_a_full_disk_arrive_by_themselves(windows, company, disk, size, locale, scheme):
    company.visitor_token = Http(company.base).ask("POST", "/api/visitors", {"site": company.site})["token"]
    desk = windows.desk(company.staff[0]["email"], size=size, locale=locale, scheme=scheme)
    desk.go_online()
    chat = windows.chat(company, size=size, locale=locale, scheme=scheme)
    chat.say("something the bot knows nothing of")
    chat.is_waiting_for_a_person()
    chat.say(f"before, {size} {locale}")
    desk.list("mine")
    desk.open(f"before, {size} {locale}")
    desk.say("all well so far")
    chat.hears("all well so far")

    fill_until_refused(disk, company)
    for number in (1, 2):
        chat.say(f"customer on a full disk {number}")
        desk.say(f"agent on a full disk {number}")
    expect(chat.log().get_by_text(chat.words["sent later"]).last).to_be_visible()
    expect(desk.thread().get_by_text(desk.words["sent later"]).last).to_be_visible()
    expect(chat.page.get_by_role("button", name=chat.words["retry"])).to_have_count(0)
    expect(desk.page.get_by_role("button", name=desk.words["retry"])).to_have_count(0)
    name = f"{size.replace(' ', '')}-{locale}-{scheme}"
    windows.picture(chat.page, f"chat-held-up-{name}")
    windows.picture(desk.page, f"desk-held-up-{name}")

    empty(disk)
    for here, there, who in ((desk.thread(), chat.log(), "customer"), (chat.log(), desk.thread(), "agent")):
        for place in (here, there):
            texts = place.get_by_text(f"{who} on a full disk")
            expect(texts).to_have_text([f"{who} on a full disk 1", f"{who} on a full disk 2"], timeout=45_000)
    expect(chat.log().get_by_text(chat.words["sent later"])).to_have_count(0)
    expect(desk.thread().get_by_text(desk.words["sent later"])).to_have_count(0)
