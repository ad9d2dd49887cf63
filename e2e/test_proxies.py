"""The load balancers' examples in front of two nodes: everything passes, and nobody notices when a node goes."""
import asyncio
import itertools
import random
import re

import pytest
import requests
from nightdesk import Nightdesk
from postgres import FAST, postgres
from proxies import HAProxy, Nginx, proxy
from requests.adapters import HTTPAdapter
from sample_client import Http, Live, Polled, Refused, Visitor
from scene import play_through
from websockets.exceptions import ConnectionClosed, InvalidStatus
from world import PASSWORD, found

KINDS = [HAProxy, Nginx]
MOST = 20 * 1024 * 1024
ARRIVALS = 80


@pytest.fixture(scope="module")
def server():
    with postgres(**FAST) as running:
        yield running


@pytest.fixture(params=KINDS, ids=lambda kind: kind.__name__)
def entrance(request, server, tmp_path, monkeypatch):
    """A proxy with two nodes behind it that share a database, a key and attachments, and a company there."""
    name = request.param.__name__.lower()
    server.ask(f"CREATE DATABASE {name}")
    shared = [
        "--database", server.address.removesuffix("postgres") + name, "--host", "127.0.0.1", "--trust-proxy",
        "--rate-arrivals", str(ARRIVALS), "--secret-key", str(tmp_path / "secret.key"), "--attachments", str(tmp_path / "attachments"),
    ]
    first, second = Nightdesk(tmp_path / "first", *shared, "--drain", "6"), Nightdesk(tmp_path / "second", *shared)
    with first:
        world = found(first)
        with second, proxy(request.param, tmp_path / "proxy", [first, second]) as running:
            for variable in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"):
                monkeypatch.setenv(variable, str(running.certificate))
            running.world = world
            yield running


def test_nobody_loses_anything_while_a_node_goes(entrance):
    check_the_door(entrance)
    check_large_bodies(entrance)
    check_long_polls(entrance)
    play_through(talk_while_a_node_goes(entrance), seconds=90)
    check_addresses(entrance)


def check_the_door(entrance):
    moved = requests.get(f"http://127.0.0.1:{entrance.plain}/desk?x=1", allow_redirects=False, timeout=5)
    assert moved.status_code == 308 and moved.headers["location"].startswith("https://127.0.0.1")
    assert moved.headers["location"].endswith("/desk?x=1")
    assert requests.get(entrance.base + "/metrics", timeout=5).status_code == 404
    # Signing in sets a cookie from a page of ours only, which it is by the host that the proxy tells, not by one of the client's.
    account = {"email": "olive@example.com", "password": PASSWORD}
    signed = requests.post(entrance.base + "/api/sign-ins", json=account, headers={"Origin": entrance.base}, timeout=20)
    assert signed.ok and "secure" in signed.headers["set-cookie"].lower()
    foreign = {"Origin": "https://evil.example", "X-Forwarded-Host": "evil.example"}
    assert requests.post(entrance.base + "/api/sign-ins", json=account, headers=foreign, timeout=20).status_code == 403


def check_large_bodies(entrance):
    visitor = Http(entrance.base, Http(entrance.base).ask("POST", "/api/visitors", {"site": entrance.world.site})["token"])
    stored = visitor.ask("POST", "/api/visit/attachments", raw=bytes(MOST), name="large.bin")
    assert stored["size"] == MOST
    answer = requests.post(
        f"{entrance.base}/api/visit/attachments?name=larger.bin", data=bytes(MOST + 1), timeout=20,
        headers={"Authorization": f"Bearer {visitor.token}"},
    )
    assert answer.status_code == 413


def check_long_polls(entrance):
    """A mailbox is found again at its node, also when the answer that opened it was larger than what a proxy holds of it."""
    opened = Http(entrance.base).ask("POST", "/api/visitors", {"site": entrance.world.site})
    visitor = Http(entrance.base, opened["token"])
    for number in range(8):
        visitor.ask("POST", "/api/visit/entries", {"client": f"long-{number}", "text": "x" * 8_000})
    for _ in range(6):
        poll = visitor.ask("POST", "/api/polls", {"type": "hello", "as": "visitor", "token": visitor.token})["poll"]
        for ref in "abc":
            # Each on a connection of its own.
            answer = Http(entrance.base).ask("POST", f"/api/polls/{poll}/frames", {"type": "history", "ref": ref, "after": 0, "limit": 1})
            assert answer["type"] == "done"


class Customer(Visitor):
    """Writes several times a second, and connects again as the protocol asks whenever the connection is lost."""

    interruptions = (Refused, OSError, ConnectionClosed, InvalidStatus, requests.RequestException)

    async def deliver(self, client, fields):
        number = await super().deliver(client, fields)
        self.said[client] = number
        return number

    async def talk(self, is_over):
        self.said, self.comings = {}, 0
        for more in itertools.count():
            try:
                await self.say(f"message {more}")
            except self.interruptions:
                await self.come_back()
            await asyncio.sleep(0.2)
            if is_over.is_set():
                return

    async def come_back(self):
        """Connecting sends what was not acknowledged."""
        while True:
            self.comings += 1
            try:
                return await self.connect()
            except self.interruptions:
                await asyncio.sleep(random.uniform(0.25, 0.5))


async def talk_while_a_node_goes(entrance):
    """Customers by WebSocket and by long poll, at both nodes, write on while the first node is told to stop."""
    leaving, staying = entrance.nodes
    before = [live_connections(node) for node in (leaving, staying)]
    customers = [await Customer.come(entrance.base, entrance.world.site, transport) for transport in (Live, Polled) for _ in range(4)]
    if entrance.spreads_everybody:
        assert live_connections(leaving) > before[0] and live_connections(staying) > before[1]
    is_over = asyncio.Event()
    talks = [asyncio.create_task(customer.talk(is_over)) for customer in customers]
    await asyncio.sleep(1)
    leaving.process.terminate()
    if entrance.asks_readyz:
        await nobody_new_comes_to(leaving, entrance)
    assert await asyncio.to_thread(leaving.process.wait, 30) == 0
    await asyncio.sleep(1)
    is_over.set()
    await asyncio.gather(*talks)
    assert live_connections(staying) == before[1] + len(customers)
    for customer in customers:
        await check_history(entrance, customer)
    for customer in customers:
        await customer.leave()
    # A mailbox is found again: whoever was at the node that stays has not been interrupted.
    assert any(customer.comings == 0 for customer in customers)


async def nobody_new_comes_to(leaving, entrance):
    """Before the drain is over newcomers all go to the node that stays, though they would be fewer at the other."""
    newcomers, elsewhere = [], 0
    while elsewhere < 6:
        before = live_connections(leaving)
        newcomers.append(await Visitor.come(entrance.base, entrance.world.site))
        assert leaving.process.poll() is None, "the drain was over before the load balancer noticed"
        elsewhere = elsewhere + 1 if live_connections(leaving) == before else 0
        await asyncio.sleep(0.2)
    for newcomer in newcomers:
        await newcomer.leave()


def live_connections(node):
    [figure] = re.findall(r"^live_connections (\d+)", requests.get(node.base + "/metrics", timeout=5).text, re.M)
    return int(figure)


async def check_history(entrance, customer):
    page = await Http(entrance.base, customer.token).later("GET", "/api/visit/entries", after=0, limit=200)
    own = [entry for entry in page["entries"] if entry["author"]["kind"] == "visitor"]
    assert {entry["client"]: entry["number"] for entry in own} == customer.said, "once each, under the number that was acknowledged"
    assert [entry["text"] for entry in own] == [f"message {number}" for number in range(len(own))]
    await customer.hear(lambda entry: entry["number"] == own[-1]["number"])
    assert {entry["number"] for entry in customer.thread.entries} >= set(customer.said.values()), "and seen by who said it"


class From(HTTPAdapter):
    """Connects from an address of its own."""

    def __init__(self, address):
        self.address = address
        super().__init__()

    def init_poolmanager(self, *arguments, **options):
        super().init_poolmanager(*arguments, source_address=(self.address, 0), **options)


def check_addresses(entrance):
    """Limits count the address that the proxy sees, whatever the client says about itself."""
    def arrive(address, claimed):
        with requests.Session() as session:
            session.mount("https://", From(address))
            body, headers = {"site": entrance.world.site}, {"X-Forwarded-For": claimed}
            return session.post(entrance.base + "/api/visitors", json=body, headers=headers, timeout=20).status_code
    answers = [arrive("127.0.0.2", f"10.1.1.{number}") for number in range(ARRIVALS + 10)]
    assert 429 in answers and answers[:10] == [200] * 10
    assert arrive("127.0.0.3", "127.0.0.2") == 200
