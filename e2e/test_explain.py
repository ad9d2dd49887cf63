"""Why did the bot say that? `nightdesk explain` works it out again, and tells what was changed since."""
import sqlite3
import time

import pytest
from nightdesk import POSTGRES, Nightdesk, run
from sample_client import Http
from world import found


@pytest.fixture
def house(tmp_path):
    with Nightdesk(tmp_path / "data", database="" if not POSTGRES else None) as server:
        world = found(server)
        world.server = server
        yield world


def asked(world, question):
    """Asks the bot; the conversation, the numbers of question and answer, and what was said."""
    visitor = Http(world.base, Http(world.base).ask("POST", "/api/visitors", {"site": world.site})["token"])
    number = visitor.ask("POST", "/api/visit/entries", {"client": "q", "text": question})["number"]
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for entry in visitor.ask("GET", "/api/visit")["entries"]:
            if entry["author"]["kind"] == "bot" and entry["kind"] == "message":
                return entry["conversation"], number, entry["number"], entry
        time.sleep(0.05)
    raise AssertionError("the bot said nothing")


def explained(world, conversation, number, *options):
    return run("explain", f"{conversation}/{number}", "--data", world.server.data, *options)


def test_an_answer_comes_out_the_same_again_in_plain_words_whatever_was_learnt_since(house):
    conversation, _, number, entry = asked(house, "When will my parcel arrive?")
    answer = entry["answer"]
    said = house.owner.ask("GET", f"/api/knowledge/{answer['entry']}")
    house.owner.ask("PUT", f"/api/knowledge/{answer['entry']}", {**{k: said[k] for k in ("language", "category")},
                    "title": "Something else", "phrasings": ["nothing of the kind"], "answer": "Another answer."})
    house.owner.ask("DELETE", f"/api/knowledge/{answer['entry']}/publication")
    english = explained(house, conversation, number, "--language", "en")
    assert english.returncode == 0, english.stdout + english.stderr
    assert f"entry {answer['entry']}, version 1" in english.stdout
    assert f"the same confidence again: {answer['confidence']:.4f}" in english.stdout
    assert "the same model, to the last bit" in english.stdout and "the same lessons" in english.stdout
    chinese = explained(house, conversation, number, "--language", "zh")
    assert chinese.returncode == 0 and f"置信度重算相同：{answer['confidence']:.4f}" in chinese.stdout, chinese.stdout


def test_a_message_that_a_rule_alone_decided_says_so(house):
    conversation, _, number, _ = asked(house, "I want to talk to a human")
    told = explained(house, conversation, number, "--language", "en")
    assert told.returncode == 0 and "asked for a person" in told.stdout and "no model took part" in told.stdout, told.stdout


def test_what_is_not_the_bots_or_not_there_is_refused_in_a_line(house):
    conversation, question, number, _ = asked(house, "delivery time")
    assert "was not written by the bot" in explained(house, conversation, question).stderr
    assert "there is no message" in explained(house, conversation, number + 100).stderr
    assert "named by its conversation" in run("explain", "what", "--data", house.server.data).stderr


CHANGES = {
    "UPDATE bot_evidence SET grounds = replace(grounds, '\"rule\":\"answered\"', '\"rule\":\"chosen\"')": "the record was changed",
    "UPDATE entry SET text = 'A promise nobody made.' WHERE author = 'bot'": "the words said were changed",
    "UPDATE entry SET text = 'Another question?' WHERE author = 'visitor'": "the question was changed",
    "UPDATE entry_version SET phrasings = '[\"something else\"]' WHERE title LIKE '%shipping%'": "kept versions were changed",
}


@pytest.mark.skipif(POSTGRES is not None, reason="changes the SQLite file by hand")
@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_row_is_told(house, change):
    conversation, _, number, _ = asked(house, "When will my parcel arrive?")
    assert explained(house, conversation, number).returncode == 0
    house.server.stop()
    with sqlite3.connect(house.server.data / "nightdesk.sqlite") as database:
        assert database.execute(change).rowcount > 0
    told = explained(house, conversation, number, "--language", "en")
    assert told.returncode == 1 and CHANGES[change] in told.stdout, told.stdout + told.stderr
    if "bot_evidence" in change:
        verified = run("audit", "verify", "--data", house.server.data)
        assert verified.returncode == 1 and f"{conversation}/{number}" in verified.stderr, verified.stdout + verified.stderr
