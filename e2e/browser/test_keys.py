"""What an agent does without the mouse, and what an administrator does not lose by leaving."""
import pytest
from playwright.sync_api import expect


@pytest.fixture
def desk(windows, company):
    desk = windows.desk(company.staff[0]["email"])
    desk.list("bot")
    return desk


def is_chosen(desk, name):
    return expect(desk.page.get_by_role("tab", name=desk.words[name])).to_have_attribute("aria-selected", "true")


def leave_composer(desk):
    """Whoever has taken a customer may write at once; keys count again after leaving."""
    expect(desk.composer()).to_be_focused()
    desk.page.keyboard.press("Escape")
    expect(desk.composer()).not_to_be_focused()


def test_g_and_a_letter_go_to_a_list_but_not_while_one_writes(windows, company, desk):
    desk.page.keyboard.press("g")
    desk.page.keyboard.press("q")
    is_chosen(desk, "queue")
    desk.page.get_by_role("link", name="Knowledge").click()
    expect(desk.page.get_by_role("heading", name="Knowledge")).to_be_visible()
    desk.page.keyboard.type("gc")
    is_chosen(desk, "closed")
    chat = windows.chat(company)
    chat.say("How long does shipping take?")
    chat.hears("three working days")
    # A list that is read now ends with the answer; one that was there before may show the question or the answer.
    desk.page.reload()
    desk.list("bot")
    desk.open("three working days")
    desk.take()
    desk.composer().fill("")
    desk.composer().press_sequentially("gq a ?")
    expect(desk.composer()).to_have_value("gq a ?")
    is_chosen(desk, "mine")
    expect(desk.dialog()).to_be_hidden()
    desk.end()


def test_a_takes_whoever_has_waited_longest(windows, company):
    desk = windows.desk("olive@example.com")
    waiting = []
    for number in (1, 2):
        chat = windows.chat(company)
        chat.say(f"customer {number} wants to talk to a person")
        chat.is_waiting_for_a_person()
        waiting.append(chat)
    desk.list("queue")
    expect(desk.rows()).to_have_count(2)
    desk.page.keyboard.press("a")
    desk.reads("customer 1 wants")
    is_chosen(desk, "mine")
    expect(waiting[0].page.get_by_text("Olive has joined")).to_be_visible()
    leave_composer(desk)
    desk.page.keyboard.press("a")
    desk.reads("customer 2 wants")
    expect(waiting[1].page.get_by_text("Olive has joined")).to_be_visible()
    leave_composer(desk)
    desk.page.keyboard.press("a")
    expect(desk.page.get_by_text("Nobody is waiting")).to_be_visible()


def test_the_question_mark_lists_the_keys(desk):
    desk.page.keyboard.press("?")
    sheet = desk.dialog()
    for words in ("Take the next in the queue", "Go to Queue", "Next conversation", "Transfer"):
        expect(sheet.get_by_text(words, exact=True)).to_be_visible()
    sheet.get_by_role("checkbox").uncheck()
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.type("gm")
    is_chosen(desk, "bot")


FORMS = {
    "knowledge/new": ("knowledge", "Title"),
    "calendars/new": ("calendars", "Name"),
    "channel": ("channels", "Name"),
}


@pytest.mark.parametrize("form", FORMS)
def test_leaving_a_form_with_changes_asks_first(windows, company, form):
    screen, field = FORMS[form]
    desk = windows.desk("olive@example.com")
    page = desk.page
    page.goto(f"/desk#{form if form != 'channel' else f'channels/{company.account}'}")
    words = page.get_by_label(field, exact=True)
    before = words.input_value()
    words.fill("something new")
    page.get_by_role("link", name="Team").click()
    dialog = desk.dialog()
    expect(dialog.get_by_role("heading", name="Discard unsaved changes?")).to_be_visible()
    dialog.get_by_role("button", name="Keep editing").click()
    expect(words).to_have_value("something new")
    assert page.url.split("#")[1].startswith(screen)
    page.get_by_role("link", name="Team").click()
    dialog.get_by_role("button", name="Discard").click()
    expect(page.get_by_role("heading", name="Team", exact=True)).to_be_visible()
    page.go_back()
    expect(words).to_have_value(before)
    page.get_by_role("link", name="Team").click()
    expect(page.get_by_role("heading", name="Team", exact=True)).to_be_visible()
