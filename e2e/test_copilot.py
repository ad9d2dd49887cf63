"""What the copilot offers to the agent who serves: from the matcher and the snippets, and better with a model."""
import json

import pytest

from model_server import model_server, patiently
from nightdesk import Nightdesk
from sample_client import Http, Refused
from world import PASSWORD, found

PHONE = "13812345678"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with Nightdesk(tmp_path_factory.mktemp("copilot") / "data", "--model-inside", "--rate-arrivals", "0") as server:
        yield found(server, agents=["Ann", "Ben"])


def agent(house, name):
    signed = Http(house.base).ask("POST", "/api/sign-ins", {"email": f"{name}@example.com", "password": PASSWORD, "bearer": True})
    return Http(house.base, signed["token"])


@pytest.fixture(scope="module")
def ann(house):
    return agent(house, "ann")


@pytest.fixture
def talk(house, ann):
    """A customer who asked the bot, and whom Ann serves now."""
    opened = Http(house.base).ask("POST", "/api/visitors", {"site": house.site})
    visitor = Http(house.base, opened["token"])
    visitor.ask("POST", "/api/visit/entries", {"client": "one", "text": f"How do I return an item? My number is {PHONE}"})
    patiently(lambda: len(visitor.ask("GET", "/api/visit/entries", after=0, limit=50)["entries"]) > 1)
    ann.ask("POST", f"/api/conversations/{opened['conversation']}/takeover", {})
    visitor.ask("POST", "/api/visit/entries", {"client": "two", "text": "How do I return an item, please?"})
    visitor.path = f"/api/conversations/{opened['conversation']}/copilot"
    return visitor


@pytest.fixture
def model(house):
    with model_server() as server:
        house.owner.ask("PUT", "/api/model", {"url": server.url, "chatModel": "tiny", "timeLimit": 1500, "isOn": True, "callsPerDay": 2000})
        yield server
    house.owner.ask("DELETE", "/api/model")


def test_answers_come_with_their_source_and_how_sure_they_are(house, ann, talk):
    help = ann.ask("GET", talk.path)
    best = help["suggestions"][0]
    assert (best["kind"], best["title"], best["version"]) == ("entry", "How do I return an item?", 1)
    assert best["text"] == "You can return anything within 30 days." and best["confidence"] > 0.5
    assert help["summary"]["asked"][-1] == "How do I return an item, please?" and not help["hasModel"]


def test_a_snippet_that_fits_is_offered_and_another_agents_own_is_not(house, ann, talk):
    own = {"shortcut": "ret", "title": "Return an item", "text": "To return an item, print the label.", "shared": False}
    ann.ask("POST", "/api/snippets", own)
    agent(house, "ben").ask("POST", "/api/snippets", {**own, "text": "Return an item, says Ben."})
    offered = [one["text"] for one in ann.ask("GET", talk.path)["suggestions"] if one["kind"] == "snippet"]
    assert offered == ["To return an item, print the label."]


def test_an_unsure_copilot_says_what_to_ask_next(house, ann, talk):
    talk.ask("POST", "/api/visit/entries", {"client": "three", "text": "what about the purple thing from yesterday"})
    assert ann.ask("GET", talk.path)["next"].endswith("?") or "tell me a little more" in ann.ask("GET", talk.path)["next"]


def test_only_who_may_look_into_the_conversation_is_helped(house, ann, talk):
    ben = agent(house, "ben")
    for method, path in [("GET", talk.path), ("POST", talk.path + "/drafts"), ("POST", talk.path + "/summaries")]:
        with pytest.raises(Refused, match="conversation.unknown"):
            ben.ask(method, path, None if method == "GET" else {})


def test_without_a_model_only_what_needs_one_is_refused(house, ann, talk):
    for path in ("/drafts", "/summaries"):
        with pytest.raises(Refused, match="model.off"):
            ann.ask("POST", talk.path + path, {})
    worded = ann.ask("POST", "/api/copilot/rewordings", {"text": "Kindly wait 3 days prior to writing again."})
    assert worded == {"text": "Please wait 3 days before writing again.", "byModel": False}


def test_a_model_drafts_from_what_is_published_or_not_at_all(house, ann, talk, model):
    model.says = "You can return anything within 30 days [1]."
    draft = ann.ask("POST", talk.path + "/drafts", {})
    assert draft["text"] == "You can return anything within 30 days." and draft["sources"][0]["version"] == 1
    model.says = "You can return anything within 90 days [1]."
    assert ann.ask("POST", talk.path + "/drafts", {}) == {"sources": []}


def test_a_summary_hides_personal_data_and_invents_no_figure(house, ann, talk, model):
    model.says = "The customer at [PHONE_1] wants to return an item."
    assert ann.ask("POST", talk.path + "/summaries", {})["text"] == f"The customer at {PHONE} wants to return an item."
    assert PHONE not in json.dumps(model.chat_requests())
    model.says = "The customer wants 500 dollars."
    with pytest.raises(Refused, match="model.unsupported"):
        ann.ask("POST", talk.path + "/summaries", {})


def test_a_rewording_that_changes_a_figure_or_says_the_contrary_is_not_taken(house, ann, model):
    words = {"text": "It will not arrive within 3 days."}
    model.says = "Sorry, it won't be with you within 3 days."
    assert ann.ask("POST", "/api/copilot/rewordings", words) == {"text": model.says, "byModel": True}
    for said in ("Sorry, it won't be with you within 5 days.", "It will be with you within 3 days!"):
        model.says = said
        assert not ann.ask("POST", "/api/copilot/rewordings", words)["byModel"]


@pytest.mark.parametrize("behaviour", ["hang", "busy", "rubbish"])
def test_a_failing_model_is_told_in_words_and_the_rest_goes_on(house, ann, talk, model, behaviour):
    model.behaviour = behaviour
    with pytest.raises(Refused, match="model\\."):
        ann.ask("POST", talk.path + "/drafts", {})
    assert ann.ask("GET", talk.path)["suggestions"]
    assert not ann.ask("POST", "/api/copilot/rewordings", {"text": "Kindly wait."})["byModel"]
