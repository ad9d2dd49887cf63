"""An owner who forgot the password comes back by the link."""
import pytest
from nightdesk import run
from playwright.sync_api import expect


@pytest.mark.parametrize("locale, label, verb", [("en", "New password", "Save and enter"), ("zh-CN", "新密码", "保存并进入")])
def test_an_owner_comes_back_by_the_link_and_it_works_once(windows, company, locale, label, verb):
    link = run("owner-link", "--data", company.server.data).stdout.split("http://localhost:8080")[1].split()[0]
    page = windows.open(locale=locale)
    page.goto(link)
    page.get_by_label(label, exact=True).fill("quite another passphrase")
    page.get_by_role("button", name=verb).click()
    expect(page.get_by_role("navigation").first).to_be_visible()
    assert "owner=" not in page.url
    again = windows.open(locale=locale)
    again.goto(link)
    again.get_by_label(label, exact=True).fill("one more passphrase")
    again.get_by_role("button", name=verb).click()
    expect(again.get_by_role("alert")).to_contain_text("Ask for a new one" if locale == "en" else "链接已失效")
