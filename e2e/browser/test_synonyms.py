"""Words that mean the same: written on the knowledge screen, heard from the next customer on."""
import pytest
from playwright.sync_api import expect

from .test_screens import LOCALES, SIZES, Inspection

WORDS = {
    "zh-CN": {
        "open": "近义词", "groups": "每行一组", "save": "保存", "language": "语言", "wrong": "有一行只有一个词，每行至少要写两个。",
        "line": "发货，起飞，出窝", "nickname": "多久出窝", "answer": "下单后 24 小时内发货",
    },
    "en": {
        "open": "Synonyms", "groups": "One group per line", "save": "Save", "language": "Language", "wrong": "single word",
        "line": "return, boomerang, yeet back", "nickname": "boomerang policy", "answer": "within 30 days",
    },
}


class SynonymsDialog:
    def __init__(self, windows, locale, **options):
        self.words = WORDS[locale]
        self.desk = windows.desk("olive@example.com", locale=locale, **options)
        self.page = self.desk.page
        self.page.goto("/desk#knowledge")
        self.open()

    def open(self):
        self.page.get_by_role("button", name=self.words["open"], exact=True).click()
        expect(self.area()).to_be_visible()

    def area(self):
        return self.desk.dialog().get_by_label(self.words["groups"], exact=True)

    def save(self, text):
        self.area().fill(text)
        self.desk.dialog().get_by_role("button", name=self.words["save"], exact=True).click()


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_a_nickname_is_understood_as_soon_as_it_is_saved(windows, company, locale):
    words = WORDS[locale]
    def confidence():
        found = company.owner.ask("POST", "/api/knowledge/trials", {"question": words["nickname"]})
        return max([candidate["confidence"] for candidate in found["candidates"]], default=0)
    before = confidence()
    dialog = SynonymsDialog(windows, locale)
    dialog.save(words["line"])
    expect(dialog.desk.dialog()).to_be_hidden()
    assert confidence() > before + 0.1
    chat = windows.chat(company, locale=locale)
    chat.say(words["nickname"])
    chat.hears(words["answer"])
    # What was written is there again, and goes when it is emptied.
    dialog.open()
    expect(dialog.area()).to_have_value(words["line"])
    dialog.save("")
    expect(dialog.desk.dialog()).to_be_hidden()
    assert abs(confidence() - before) < 0.001


@SIZES
@LOCALES
def test_the_synonyms(windows, company, locale, size):
    dialog = SynonymsDialog(windows, locale, size=size, lenient=True)
    inspection = Inspection(windows, dialog.page, f"{size.replace(' ', '')}-{locale}")
    dialog.area().fill(WORDS[locale]["line"])
    inspection.look("synonyms-1")
    dialog.save("alone")
    expect(dialog.desk.dialog().get_by_role("alert")).to_contain_text(WORDS[locale]["wrong"])
    inspection.look("synonyms-2-wrong")
    inspection.assert_clean()
