"""The copilot by keys alone: a suggestion becomes a reply that the agent can still change."""
import pytest
from playwright.sync_api import expect


@pytest.fixture
def served(windows, company):
    """A customer who asked the bot, taken over by an agent."""
    chat = windows.chat(company)
    chat.say("How do I return an item?")
    chat.hears("within 30 days")
    desk = windows.desk(company.staff[0]["email"])
    desk.list("bot")
    desk.open("within 30 days")
    desk.take()
    expect(desk.composer()).to_be_focused()
    return chat, desk


def test_a_suggestion_is_taken_changed_and_sent_by_keys(windows, served):
    chat, desk = served
    panel = desk.page.get_by_role("region", name="Copilot")
    expect(panel.get_by_text("suggestion")).to_be_visible()
    desk.page.keyboard.press("Control+j")
    first = panel.get_by_role("button", name="You can return anything within 30 days.")
    expect(first).to_be_focused()
    expect(first).to_contain_text("How do I return an item?")
    expect(panel.get_by_text("The customer said")).to_be_visible()
    windows.picture(desk.page, "copilot-desktop-en")
    desk.page.keyboard.press("Enter")
    expect(desk.composer()).to_be_focused()
    expect(desk.composer()).to_have_value("You can return anything within 30 days.")
    desk.page.keyboard.type(" Shall I start it?")
    desk.page.keyboard.press("Enter")
    chat.hears("Shall I start it?")
    desk.end()


def test_escape_goes_back_and_stiff_words_become_natural(served):
    _, desk = served
    panel = desk.page.get_by_role("region", name="Copilot")
    expect(panel).to_be_visible()
    desk.composer().fill("Kindly wait 3 days prior to writing again.")
    desk.page.keyboard.press("Control+j")
    expect(panel.get_by_role("button", name="You can return anything within 30 days.")).to_be_focused()
    panel.get_by_role("button", name="Improve the tone").click()
    expect(desk.composer()).to_have_value("Please wait 3 days before writing again.")
    desk.page.get_by_role("button", name="Undo").click()
    expect(desk.composer()).to_have_value("Kindly wait 3 days prior to writing again.")
    desk.page.keyboard.press("Control+j")
    desk.page.keyboard.press("Control+j")
    desk.composer().focus()
    desk.composer().fill("")
    desk.end()
