"""Two nodes on one PostgreSQL: one desk, whichever node somebody came in by, also when one of them dies."""
import asyncio
import time

import pytest
import requests
from nightdesk import UNLIMITED, Nightdesk
from postgres import FAST, postgres
from sample_client import Desk, Http, Refused, Visitor
from scene import play_through
from world import PASSWORD, found


class Cluster:
    """Nodes that share a database, a key and a folder for attachments."""

    def __init__(self, folder, address):
        self.folder, self.address, self.nodes = folder, address, []

    def node(self, *options):
        shared = ["--secret-key", str(self.folder / "secret.key"), "--attachments", str(self.folder / "attachments")]
        server = Nightdesk(
            self.folder / f"node{len(self.nodes)}", "--database", self.address, *shared, *UNLIMITED, *options)
        self.nodes.append(server)
        return server.start()

    def stop(self):
        for node in self.nodes:
            if node.process.poll() is None:
                node.stop()


@pytest.fixture
def cluster(tmp_path):
    with postgres(**FAST) as server:
        nodes = Cluster(tmp_path, server.address)
        try:
            yield nodes
        finally:
            nodes.stop()


def by(kind):
    return lambda entry: entry["kind"] == "message" and entry["author"]["kind"] == kind


def of_kind(kind):
    return lambda entry: entry["kind"] == kind


def test_a_customer_at_one_node_and_an_agent_at_the_other(cluster):
    first, second = cluster.node(), cluster.node()
    world = found(second, agents=["Chen"])
    play_through(talk_across(first, second, world), seconds=60)


async def talk_across(first, second, world):
    desk = await Desk.sign_in(second.base, world.staff[0]["email"], PASSWORD)
    await desk.set_presence("online")
    visitor = await Visitor.come(first.base, world.site)
    await visitor.say("Somebody there?")
    await visitor.ask_person()
    await visitor.hear(of_kind("assigned"))
    await desk.own(visitor.conversation)
    await desk.open(visitor.conversation)
    for number in range(20):
        asked = await visitor.say(f"question {number}")
        await desk.threads[visitor.conversation].until(lambda entry: entry["number"] == asked)
        said = await desk.say(visitor.conversation, f"answer {number}")
        await visitor.hear(lambda entry: entry["number"] == said)
    numbers = [entry["number"] for entry in visitor.thread.entries]
    assert numbers == sorted(set(numbers))
    for client in (visitor, desk):
        await client.leave()


def test_whoever_lost_a_node_goes_on_at_the_other(cluster):
    first, second = cluster.node(), cluster.node()
    world = found(second, agents=["Chen", "Dora"])
    play_through(lose_a_node(first, second, world), seconds=120)


async def lose_a_node(first, second, world):
    """Chen and the customer were at the node that dies; Dora is at the other and sees Chen go."""
    chen, dora = [await Desk.sign_in(node.base, person["email"], PASSWORD) for node, person in zip((first, second), world.staff)]
    await chen.set_presence("online")
    visitor = await Visitor.come(first.base, world.site)
    await visitor.say("Somebody there?")
    await visitor.ask_person()
    await chen.own(visitor.conversation)
    kept = await visitor.say("This was acknowledged.")
    dora.news.clear()
    first.kill()
    visitor.base = second.base
    await visitor.reconnect()
    after = await visitor.say("I am back.")
    assert after > kept
    await dora.fact(
        lambda fact: fact["type"] == "agent.changed" and (fact["agent"]["id"], fact["agent"]["presence"]) == (chen.me["id"], "offline"),
        patience=60)
    chen.base = second.base
    await chen.connect()
    opened = await chen.open(visitor.conversation)
    assert {kept, after} <= {entry["number"] for entry in opened["entries"]}
    for client in (visitor, dora, chen):
        await client.leave()


def test_a_bot_that_works_elsewhere_answers(cluster):
    worker, gateway = cluster.node("--roles", "worker"), cluster.node("--roles", "gateway")
    world = found(gateway)
    play_through(ask_the_bot(gateway, world), seconds=60)
    assert requests.get(worker.base + "/readyz", timeout=5).ok
    assert requests.get(worker.base + "/desk", timeout=5).status_code == 404


async def ask_the_bot(gateway, world):
    visitor = await Visitor.come(gateway.base, world.site)
    asked = await visitor.say("How long does shipping take?")
    answer = await visitor.hear(by("bot"), after=asked)
    assert answer["text"] == "Parcels arrive within three working days."
    await visitor.leave()


def test_a_node_told_to_stop_sends_nobody_new_and_those_it_has_to_others(cluster):
    leaving, staying = cluster.node("--drain", "3"), cluster.node()
    world = found(staying)
    play_through(drained(leaving, staying, world), seconds=60)
    assert leaving.process.wait(20) == 0


async def drained(leaving, staying, world):
    visitor = await Visitor.come(leaving.base, world.site)
    before = await visitor.say("hello")
    leaving.process.terminate()
    while requests.get(leaving.base + "/readyz", timeout=5).ok:
        await asyncio.sleep(0.05)
    assert await visitor.say("Still there?") > before
    await visitor.fact(lambda fact: fact["type"] == "reconnect")
    visitor.base = staying.base
    await visitor.reconnect()
    assert await visitor.say("And now?") > before
    await visitor.leave()


@pytest.mark.parametrize("roles", ["gateway", "worker"])
def test_roles_need_a_shared_database(tmp_path, roles):
    with pytest.raises(RuntimeError, match="--roles"):
        Nightdesk(tmp_path / "data", "--roles", roles).start()


def test_a_role_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(RuntimeError, match="roles"):
        Nightdesk(tmp_path / "data", "--roles", "gateway,butler").start()


def test_a_node_whose_database_is_away_says_so_at_once_and_heals(tmp_path):
    with postgres(**FAST) as server:
        nodes = Cluster(tmp_path, server.address)
        node = nodes.node()
        try:
            server.stop()
            assert readiness(node, 503)["error"]["code"] == "database.unavailable"
            server.start()
            assert readiness(node, 200)["status"] == "ok"
        finally:
            nodes.stop()


def readiness(node, status, patience=30):
    """What the node answers once it answers so; every answer comes soon."""
    deadline = time.monotonic() + patience
    while (answer := requests.get(node.base + "/readyz", timeout=4)).status_code != status:
        assert time.monotonic() < deadline, answer.text
    return answer.json()


def test_a_visitors_token_is_good_at_every_node(cluster):
    first, second = cluster.node(), cluster.node()
    world = found(second)
    token = Http(first.base).ask("POST", "/api/visitors", {"site": world.site})["token"]
    assert Http(second.base, token).ask("POST", "/api/visit/entries", {"client": "a", "text": "hello"})["number"] > 0
    with pytest.raises(Refused):
        Http(second.base, token[:-2]).ask("POST", "/api/visit/entries", {"client": "b", "text": "hello"})
