"""The pages of the demo's bank and city: clean in both languages, light and dark, and the chat is at hand."""
from types import SimpleNamespace

import pytest
from nightdesk import Nightdesk
from playwright.sync_api import expect

from .test_screens import Inspection
from .test_shop import FOLDERS, FramedChat

NAMES = {
    "bank": {"zh-CN": "长明银行", "en": "Evenlight Bank"},
    "government": {"zh-CN": "云汀市政务服务", "en": "Yunting City Services"},
}


@pytest.fixture(scope="module", params=NAMES)
def company(request, tmp_path_factory):
    with Nightdesk(tmp_path_factory.mktemp(request.param) / "data", "--demo", "--demo-pack", request.param) as server:
        yield SimpleNamespace(base=server.base, server=server, name=request.param)


@pytest.mark.parametrize("size", ["desktop", "iPhone 13"])
@pytest.mark.parametrize("locale", FOLDERS)
def test_the_page_is_clean(windows, company, size, locale):
    page = windows.open(size=size, locale=locale, lenient=True)
    inspection = Inspection(windows, page, f"{size.replace(' ', '')}-{locale}")
    page.goto("/")
    expect(page.get_by_role("link", name=NAMES[company.name][locale])).to_be_visible()
    inspection.look(f"company-{company.name}")
    inspection.assert_clean()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"


@pytest.mark.parametrize("locale", FOLDERS)
def test_the_button_opens_the_chat_and_the_language_can_be_changed(windows, company, locale):
    other = {"zh-CN": "en", "en": "zh-CN"}[locale]
    page = windows.open(locale=locale)
    page.goto(f"/{company.name}/{FOLDERS[other]}/")
    page.get_by_role("link", name={"zh-CN": "中文", "en": "English"}[locale]).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.locator(".hero").get_by_role("button").click()
    expect(FramedChat(page, locale).field("your message")).to_be_visible()
    assert page.url.endswith(f"/{company.name}/{FOLDERS[locale]}/")
