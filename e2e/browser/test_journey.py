"""The whole way of a customer in two windows: ask, answer, choice, person, reply, picture, transfer, close, rating."""
import re

import pytest
from playwright.sync_api import expect
from test_bad_files import png

SAYINGS = {
    "en": {
        "question": "How long does shipping take?", "answer": "Parcels arrive within three working days.",
        "vague": "my item, the parcel", "reply": "Good evening, let me look.", "second": "The colleague is here.",
        "reason": "knows teapots",
    },
    "zh-CN": {
        "question": "多久发货?", "answer": "下单后 24 小时内发货,三天左右送达。",
        "vague": "你们的货能便宜点吗", "reply": "晚上好,我来看看。", "second": "同事已经接手。",
        "reason": "更了解茶壶",
    },
}
PHONES = {"desktop": "desktop", "phone": "iPhone 13"}


@pytest.mark.parametrize("size", PHONES)
@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_from_the_first_question_to_the_rating(windows, company, size, locale):
    said, device = SAYINGS[locale], PHONES[size]
    chen, dora = company.staff

    def picture(page, name):
        windows.picture(page, f"{name}-{size}-{locale}")

    desk = windows.desk(chen["email"], size=device, locale=locale)
    desk.go_online()
    chat = windows.chat(company, size=device, locale=locale)
    picture(chat.page, "chat-greeting")

    chat.say(said["question"])
    chat.hears(said["answer"])
    chat.button("helpful").first.click()
    picture(chat.page, "chat-answer")

    chat.say(said["vague"])
    group = chat.page.get_by_role("group", name=chat.words["choices"])
    expect(group).to_be_visible()
    picture(chat.page, "chat-choices")
    chat.choose()
    expect(group).to_be_hidden()

    chat.ask_person()
    chat.hears(re.compile("Chen"))
    desk.list("mine")
    desk.rows().first.click()
    expect(desk.page.locator(".toast")).to_have_count(0, timeout=3000)
    desk.say(said["reply"])
    chat.hears(said["reply"])

    chat.attach("teapot.png", png(64, 64), "image/png")
    chat.shows_picture("teapot.png")
    expect(desk.thread().get_by_role("img", name=re.compile("teapot.png"))).to_be_visible()
    picture(chat.page, "chat-picture")
    picture(desk.page, "desk-thread")

    other = windows.desk(dora["email"], size=device, locale=locale)
    other.go_online()
    desk.transfer("Dora", said["reason"])
    other.list("mine")
    other.rows().first.click()
    other.reads(said["reply"])
    other.say(said["second"])
    chat.hears(said["second"])

    other.end()
    expect(chat.page.get_by_role("radiogroup", name=chat.words["rate"])).to_be_visible()
    picture(chat.page, "chat-rating")
    chat.rate()
    chat.hears(re.compile("★★★★★"))
    picture(chat.page, "chat-rated")
