"""The sample client, which knows docs/protocol.md and /openapi.json and nothing else, plays a visitor and two agents."""
import asyncio

import pytest
import requests
from scene import play_through
from sample_client import Desk, Http, Live, Polled, Refused, Visitor
from test_bad_files import png
from world import PASSWORD, found
from nightdesk import Nightdesk


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A company of its own: who is on duty decides who is given what."""
    with Nightdesk(tmp_path_factory.mktemp("sample") / "data") as server:
        yield found(server, agents=["Chen", "Dora"])


def by(kind):
    return lambda entry: entry["kind"] == "message" and entry["author"]["kind"] == kind


def of_kind(kind):
    return lambda entry: entry["kind"] == kind


@pytest.mark.parametrize("transport", [Live, Polled])
def test_the_whole_way_of_a_customer(house, transport):
    play_through(whole_way(house, transport), seconds=90)


async def whole_way(house, transport):
    chen, dora = house.staff
    desk = await Desk.sign_in(house.base, chen["email"], PASSWORD, transport)
    await desk.set_presence("online")
    visitor = await Visitor.come(house.base, house.site, transport, page={"url": "https://shop.example/tea", "title": "Tea"})

    asked = await visitor.say("How long does shipping take?")
    answer = await visitor.hear(lambda entry: by("bot")(entry) and "answer" in entry, after=asked)
    assert answer["text"] == "Parcels arrive within three working days."
    assert answer["answer"]["version"] == 1 and answer["answer"]["confidence"] >= 0.75
    await visitor.judge(answer["number"], helpful=True)

    await visitor.ask_person()
    await visitor.hear(of_kind("handed-off"))
    await visitor.hear(of_kind("assigned"))
    await desk.own(visitor.conversation)
    opened = await desk.open(visitor.conversation)
    assert opened["page"]["url"] == "https://shop.example/tea"
    assert answer["number"] in [entry["number"] for entry in opened["entries"]]

    said = await desk.say(visitor.conversation, "Good evening, Chen here.")
    heard = await visitor.hear(by("agent"))
    assert (heard["number"], heard["text"], heard["author"]["name"]) == (said, "Good evening, Chen here.", "Chen")
    await visitor.link.ask("read", number=said)
    await desk.fact(lambda fact: fact["type"] == "marks.changed" and fact["marks"]["visitor"]["read"] == said)

    noted = await desk.note(visitor.conversation, "a regular")
    picture = await visitor.send_file("teapot.png", png())
    seen = await desk.threads[visitor.conversation].until(lambda entry: "attachment" in entry)
    assert seen["attachment"]["type"] == "image/png"
    assert (await asyncio.to_thread(requests.get, house.base + picture["url"])).content == png()

    other = await Desk.sign_in(house.base, dora["email"], PASSWORD, transport)
    await other.set_presence("online")
    await desk.transfer(visitor.conversation, agent=dora["id"], reason="knows teapots")
    await other.own(visitor.conversation)
    opened = await other.open(visitor.conversation)
    assert "a regular" in [entry.get("text") for entry in opened["entries"]]
    await other.say(visitor.conversation, "Dora now, I see your teapot.")
    await visitor.hear(lambda entry: by("agent")(entry) and entry["author"].get("name") == "Dora")

    session = visitor.session["id"]
    await other.close(visitor.conversation)
    await visitor.hear(of_kind("closed"))
    await visitor.rate(session, 5, "quick and kind")
    await visitor.hear(of_kind("rated"))
    with pytest.raises(Refused):
        await visitor.rate(session, 6)

    assert noted not in [entry["number"] for entry in visitor.thread.entries], "a note must not reach the visitor"
    numbers = [entry["number"] for entry in visitor.thread.entries]
    assert numbers == sorted(set(numbers))
    for client in (visitor, desk, other):
        await client.leave()


@pytest.mark.parametrize("transport", [Live, Polled])
def test_what_was_missed_is_there_after_resuming(house, transport):
    async def play():
        visitor = await Visitor.come(house.base, house.site, transport)
        first = await visitor.say("One")
        await visitor.hear(lambda entry: entry["number"] == first)
        token, last = visitor.token, visitor.thread.last
        await visitor.leave()
        # The same visitor elsewhere writes more than one page while we are away.
        away = Http(house.base, token)
        for number in range(230):
            await away.later("POST", "/api/visit/entries", {"client": f"away-{number}", "text": f"while you were away {number}"})
        await visitor.reconnect()
        texts = [entry.get("text") for entry in visitor.thread.entries if entry["number"] > last]
        assert [text for text in texts if text and text.startswith("while")] == [f"while you were away {n}" for n in range(230)]
        again = await visitor.link.ask("say", client="away-7", text="while you were away 7")
        assert first < again["number"] < visitor.thread.last, "the same id again is the same entry"
        await visitor.leave()
    play_through(play(), seconds=60)


def test_a_choice_is_answered_from_its_entry(house):
    async def play():
        visitor = await Visitor.come(house.base, house.site)
        asked = await visitor.say("my item, the parcel")
        offer = await visitor.hear(lambda entry: by("bot")(entry) and entry.get("choices"), after=asked)
        chosen = await visitor.choose(offer["choices"][0]["entry"])
        answer = await visitor.hear(lambda entry: by("bot")(entry) and "answer" in entry, after=chosen)
        assert answer["answer"]["entry"] == offer["choices"][0]["entry"]
        await visitor.leave()
    play_through(play(), seconds=40)


def test_a_second_answer_needs_the_current_epoch(house):
    async def play():
        desk = await Desk.sign_in(house.base, house.staff[0]["email"], PASSWORD)
        visitor = await Visitor.come(house.base, house.site)
        await visitor.say("How do I return an item?")
        await desk.take(visitor.conversation)
        stale = (await desk.open(visitor.conversation))["row"]["epoch"]
        other = await Desk.sign_in(house.base, house.staff[1]["email"], PASSWORD)
        await other.set_presence("online")
        await desk.transfer(visitor.conversation, agent=house.staff[1]["id"], reason="lunch")
        with pytest.raises(Refused):
            await desk.post(conversation=visitor.conversation, text="too late", epoch=stale)
        for client in (visitor, desk, other):
            await client.leave()
    play_through(play(), seconds=40)
