"""A language model is connected, tried and switched on in the desk, answers a customer with its source, and is taken away again."""
import re

import pytest
from model_server import model_server
from nightdesk import Nightdesk
from playwright.sync_api import expect
from test_model import QUESTION, lean_on
from world import found

KEY = "sk-canary-key-3317"
WORDS = {
    "en": {
        "url": "Address", "chat": "Chat model", "key": "Key", "wait": "Longest wait (seconds)", "test": "Test the connection", "on": "Use the language model",
        "save": "Save", "works": "It works", "kept": "Saved and never shown again", "remove": "Remove the model", "none": "Stored encrypted",
        "busy": "The model is busy", "hang": "No answer came", "bad": "Use an http or https address",
    },
    "zh-CN": {
        "url": "接口地址", "chat": "对话模型", "key": "密钥", "wait": "最长等待（秒）", "test": "测试连接", "on": "启用大模型",
        "save": "保存", "works": "连接正常", "kept": "已保存，不再显示", "remove": "移除大模型", "none": "加密保存",
        "busy": "对方正忙", "hang": "没有等到回答", "bad": "请填写 http 或 https 地址",
    },
}


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """A server that may ask a model on this machine."""
    with Nightdesk(tmp_path_factory.mktemp("model") / "data", "--model-inside") as server:
        yield found(server)


@pytest.fixture
def model():
    with model_server() as server:
        yield server


class Settings:
    def __init__(self, windows, locale, **look):
        self.words, self.page = WORDS[locale], windows.desk("olive@example.com", locale=locale, **look).page
        self.page.goto("/desk#model")
        expect(self.field("url")).to_be_visible()

    def field(self, name):
        return self.page.get_by_label(self.words[name], exact=True)

    def button(self, name, within=None):
        return (within or self.page).get_by_role("button", name=self.words[name], exact=True)

    def connect(self, model):
        self.field("url").fill(model.url)
        self.field("chat").fill("tiny")
        self.field("wait").fill("2")

    def test(self, verdict):
        self.button("test").click()
        expect(self.page.get_by_role("status").filter(has_text=self.words[verdict])).to_be_visible()

    def save(self):
        self.button("save").click()
        expect(self.page.locator(".toast")).to_be_visible()


@pytest.mark.parametrize("look", [("desktop", "light", "en"), ("iPhone 13", "dark", "zh-CN")])
def test_a_model_is_connected_answers_and_is_taken_away(windows, company, model, look):
    size, scheme, locale = look
    desk = Settings(windows, locale, size=size, scheme=scheme)
    desk.connect(model)
    desk.field("key").fill(KEY)
    desk.test("works")
    assert model.keys[-1] == f"Bearer {KEY}"
    windows.picture(desk.page, f"model-works-{size}-{scheme}-{locale}")
    desk.field("on").check()
    desk.page.get_by_label("Shop", exact=True).check()
    desk.save()
    expect(desk.page.get_by_text(desk.words["kept"])).to_be_visible()
    assert KEY not in desk.page.content()

    trusted = lean_on(company, QUESTION)
    model.says = "You can return anything within 30 days [1]."
    chat = windows.chat(company)
    chat.say(QUESTION)
    chat.hears("You can return anything within 30 days")
    expect(chat.log().get_by_text("Source: How do I return an item?")).to_be_visible()
    assert trusted > 0 and QUESTION in str(model.chat_requests()[-1])

    desk.button("remove").click()
    desk.button("remove", desk.page.get_by_role("dialog")).click()
    expect(desk.field("url")).to_have_value("")
    expect(desk.page.get_by_text(desk.words["none"])).to_be_visible()


@pytest.mark.parametrize("locale", WORDS)
def test_what_is_wrong_is_said_where_it_is(windows, company, model, locale):
    desk = Settings(windows, locale)
    desk.connect(model)
    for model.behaviour in ("busy", "hang"):
        desk.test(model.behaviour)
    desk.field("url").fill("ftp://models.example")
    desk.button("save").click()
    expect(desk.field("url")).to_have_accessible_description(re.compile(desk.words["bad"]))
    windows.picture(desk.page, f"model-wrong-{locale}")
    assert "url" not in company.owner.ask("GET", "/api/model")
