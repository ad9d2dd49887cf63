"""The demo shop with the launcher: what a newcomer sees first."""
import re
from types import SimpleNamespace

import pytest
from nightdesk import Nightdesk
from playwright.sync_api import expect

from .pages import Chat
from .test_screens import Inspection

LABELS = {"zh-CN": "在线客服", "en": "Chat with us"}
FOLDERS = {"zh-CN": "zh", "en": "en"}
PAGES = ["", "lamp", "returns", "about", "order"]
ASKED = {"zh-CN": "现在凌晨两点，能马上发吗？", "en": "Can you ship right now, at two in the morning?"}


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    with Nightdesk(tmp_path_factory.mktemp("shop") / "data", "--demo") as server:
        yield SimpleNamespace(base=server.base, server=server)

ORDERS = {
    "zh-CN": {"ask": "我的订单到哪了", "order": "请告诉我订单号", "phone": "请告诉我下单时留的手机号", "told": "已发货，在路上", "parcel": "SF1390025551234",
              "return": "我要退货", "labels": ["订单号", "下单手机号"], "send": "提交", "why": "有质量问题", "sure": "退款 129 元", "yes": "确认", "done": "RT20261002"},
    "en": {"ask": "Where is my order?", "order": "What's the order number?", "phone": "which phone number did you order with", "told": "shipped and on its way",
           "parcel": "SF1390025551234", "return": "I want to return something", "labels": ["Order number", "Phone number"], "send": "Send", "why": "It's faulty",
           "sure": "refund ¥129", "yes": "Yes, please", "done": "RT20261002"},
}


def launcher(page, locale):
    return page.get_by_role("button", name=LABELS[locale])


class FramedChat(Chat):
    """The chat inside the launcher's frame."""

    def __init__(self, page, locale):
        super().__init__(page, locale)
        self.window, self.page = page, page.frame_locator("nightdesk-chat iframe")


def test_the_front_door_leads_to_the_shop(windows):
    page = windows.open()
    page.goto("/")
    expect(launcher(page, "zh-CN").or_(launcher(page, "en"))).to_be_visible()


def test_the_launcher_costs_one_request_until_somebody_reaches_for_it(windows):
    page = windows.open()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/shop/en/")
    expect(launcher(page, "en")).to_be_visible()
    page.wait_for_load_state("networkidle")
    ours = [url for url in asked if "/shop/" not in url and not url.endswith(".svg")]
    assert [url for url in ours if "widget.js" in url] == ours, ours
    assert page.locator("nightdesk-chat iframe").count() == 0


@pytest.mark.parametrize("size", ["desktop", "iPhone 13"])
@pytest.mark.parametrize("locale", LABELS)
def test_a_question_is_answered_in_the_shop(windows, size, locale):
    page = windows.open(size=size, locale=locale)
    page.goto(f"/shop/{FOLDERS[locale]}/")
    launcher(page, locale).click()
    chat = FramedChat(page, locale)
    expect(chat.field("your message")).to_be_visible()
    chat.say(ASKED[locale])
    expect(chat.button("helpful").or_(chat.page.get_by_role("group", name=chat.words["choices"])).first).to_be_visible()
    windows.picture(page, f"shop-chat-{size.replace(' ', '')}-{locale}")
    box = page.locator("nightdesk-chat iframe").bounding_box()
    width = page.viewport_size["width"]
    assert (box["width"] == width) == (size != "desktop"), "a sheet on phones, a window on desktops"


@pytest.mark.parametrize("size", ["desktop", "iPhone 13"])
@pytest.mark.parametrize("locale", LABELS)
def test_an_order_is_looked_up_in_the_shop_and_another_is_returned(windows, size, locale):
    words = ORDERS[locale]
    page = windows.open(size=size, locale=locale)
    page.goto(f"/shop/{FOLDERS[locale]}/")
    launcher(page, locale).click()
    chat = FramedChat(page, locale)
    chat.say(words["ask"])
    chat.hears(words["order"])
    chat.say("ND20261001")
    chat.hears(words["phone"])
    chat.say("13800138000")
    chat.hears(words["told"])
    chat.hears(words["parcel"])
    picture = chat.page.locator(".bot-card-image")
    expect(picture).to_be_visible()
    assert picture.evaluate("async (image) => (await image.decode(), image.naturalWidth)") > 0
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        windows.picture(page, f"shop-order-{scheme}-{size.replace(' ', '')}-{locale}")
    page.emulate_media(color_scheme="light")
    chat.say(words["return"])
    for label, value in zip(words["labels"], ["ND20261002", "13900139000"]):
        chat.page.get_by_label(label, exact=True).fill(value)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        windows.picture(page, f"shop-form-{scheme}-{size.replace(' ', '')}-{locale}")
    chat.page.get_by_role("button", name=words["send"], exact=True).first.click()
    chat.page.get_by_role("button", name=words["why"], exact=True).click()
    chat.hears(words["sure"])
    chat.page.get_by_role("button", name=words["yes"], exact=True).click()
    chat.hears(words["done"])
    windows.picture(page, f"shop-returned-{size.replace(' ', '')}-{locale}")


def test_closing_gives_the_focus_back_and_going_on_keeps_the_talk(windows):
    page = windows.open(locale="en")
    page.goto("/shop/en/")
    launcher(page, "en").click()
    chat = FramedChat(page, "en")
    chat.say("Do you ship abroad?")
    chat.hears("Do you ship abroad?")
    page.get_by_role("button", name="Close chat").first.click()
    expect(launcher(page, "en")).to_be_focused()
    page.goto("/shop/en/lamp")
    launcher(page, "en").click()
    FramedChat(page, "en").hears("Do you ship abroad?")


@pytest.mark.parametrize("size", ["desktop", "iPhone 13"])
@pytest.mark.parametrize("locale", LABELS)
def test_the_shop_pages_are_clean(windows, size, locale):
    page = windows.open(size=size, locale=locale, lenient=True)
    inspection = Inspection(windows, page, f"{size.replace(' ', '')}-{locale}")
    for name in PAGES:
        page.goto(f"/shop/{FOLDERS[locale]}/{name}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        inspection.look(f"shop-{name or 'home'}")
    inspection.assert_clean()


def test_the_terminal_says_how_to_sign_in(company):
    assert re.search(r"@latelight\.example", company.server.output())
