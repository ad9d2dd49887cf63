"""Flows and look-ups over HTTP: what the bot asks, looks up in a company's system, tells, changes, and leaves to a person."""
import hashlib
import hmac
import json
import re
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from nightdesk import Nightdesk, POSTGRES, run
from sample_client import Http, Refused
from world import PASSWORD, found

SECRET = "canary-shop-key-4471"
STATUS = """flow: Where is my order
phrasings:
  where is my order
  track my order for me
  check the status of my order
  my order number is known, tell me its status
ask order (order): Which order number?
  again: Order numbers look like ND20261001.
ask phone (phone): Which phone number did you order with?
look up parcel-of as parcel
  failed:
    say: I cannot see that order.
    hand over: A colleague will look.
if parcel.status is shipped
  say: Order {order} is on its way, parcel {parcel.number}.
  card: {parcel.item}
    words: Due soon
    image: {parcel.picture}
    link: Follow it -> https://carrier.example/{parcel.number}
otherwise
  say: Order {order} is {parcel.status}.
  suggest: Would you like to send it back? -> How do I return an item?
"""
RETURNS = """flow: Return an order now
phrasings:
  start a return for my order now
  please send a courier for my return
  arrange the return of an order
form: Please fill in:
  ask order (order): Order
  ask phone (phone): Phone
  ask reason (text, optional): Reason
look up parcel-of as parcel
  failed:
    hand over: A colleague will look.
confirm: Return {order} and refund {parcel.total}?
  declined:
    say: All right, nothing is returned.
do take-back as back
  failed:
    hand over: That did not work, a colleague will do it.
say: Done, the return is {back.number}.
"""


class CompanySystem:
    """Orders of a company, behind HTTP; it behaves as the test says."""

    def __init__(self):
        self.behaviour, self.asked, self.released, self.base = "well", [], threading.Event(), ""

    def well(self, handler, path):
        number = path.split("?")[0].split("/")[2]
        orders = {"ND20261001": ("shipped", "138 0013 8000"), "ND20261002": ("delivered", "13900139000")}
        if number not in orders:
            return handler.reply(404, {"error": "no such order"})
        if path.endswith("/returns"):
            return handler.reply(200, {"return": {"number": "RT" + number[2:]}})
        status, phone = orders[number]
        handler.reply(200, {"data": {"orders": [{"status": status, "parcel": "SF77", "total": 129.5, "name": "Lamp",
                                                 "picture": "javascript:alert(1)" if number == "ND20261002" else "/s/lamp.svg"}], "phone": phone}})

    def hang(self, handler, path):
        self.released.wait(20)

    def broken(self, handler, path):
        handler.reply(500, {"error": "boom"})

    def rubbish(self, handler, path):
        handler.reply(200, None, b"\x00\xff<html>not json")

    def huge(self, handler, path):
        handler.reply(200, None, b'{"data":"' + b"x" * (3 << 20) + b'"}')

    def elsewhere(self, handler, path):
        """Leads to the same server, where the answer would be fine."""
        self.behaviour = "well"
        handler.send_response(302)
        handler.send_header("location", self.base + path)
        handler.end_headers()


@contextmanager
def company_system():
    system = CompanySystem()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do(self):
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            system.asked.append((self.command, self.path, dict(self.headers), body))
            try:
                getattr(system, system.behaviour)(self, self.path)
            except OSError:
                pass

        do_GET = do_POST = do

        def reply(self, status, value, raw=None):
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(raw if raw is not None else json.dumps(value).encode())

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    system.base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield system
    finally:
        system.released.set()
        server.shutdown()


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with Nightdesk(tmp_path_factory.mktemp("flows") / "data", "--egress-inside", "--rate-arrivals", "0") as server:
        world = found(server, agents=["Ann"])
        world.server = server
        for outline in (STATUS, RETURNS):
            world.owner.ask("POST", "/api/flows", {"outline": outline, "publish": True})
        world.owner.ask("POST", "/api/knowledge/trials", {"question": "where is my order"})
        yield world


@pytest.fixture
def system(house):
    with company_system() as system:
        connect(house, system.base)
        yield system


def connector(base, **changes):
    return {
        "name": "parcel-of", "method": "GET", "url": base + "/orders/{order}", "header": "X-Key", "secret": SECRET,
        "fields": {"status": "data.orders[0].status", "number": "data.orders[0].parcel", "total": "data.orders[0].total",
                   "item": "data.orders[0].name", "picture": "data.orders[0].picture", "phone": "data.phone"},
        "proof": "matching", "proofValue": "phone", "proofField": "phone", "timeoutMs": 800, "cacheSeconds": 0, **changes,
    }


def connect(house, base, **changes):
    known = {one["name"]: one["id"] for one in house.rows("/api/connectors")}
    back = {"name": "take-back", "method": "POST", "url": base + "/orders/{order}/returns", "header": "X-Key", "secret": SECRET,
            "fields": {"number": "return.number"}, "timeoutMs": 800}
    for written in (connector(base, **changes), back):
        if written["name"] in known:
            house.owner.ask("PUT", f"/api/connectors/{known[written['name']]}", written)
        else:
            house.owner.ask("POST", "/api/connectors", written)


class Visit:
    def __init__(self, house, **more):
        opened = Http(house.base).ask("POST", "/api/visitors", {"site": house.site, "locale": "en", **more})
        self.http, self.house = Http(house.base, opened["token"]), house
        self.conversation, self.count, self.number = opened["conversation"], 0, 0

    def say(self, text=None, choice=None):
        """What the bot says to it."""
        self.count += 1
        said = {"choice": {"entry": choice}} if choice else {"text": text}
        number = self.http.ask("POST", "/api/visit/entries", {"client": f"q{self.count}", **said})["number"]
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            for entry in self.http.ask("GET", "/api/visit/entries", after=number, limit=50)["entries"]:
                if entry["author"]["kind"] == "bot" and entry["kind"] == "message":
                    self.number = entry["number"]
                    return entry
            time.sleep(0.05)
        raise AssertionError(f"the bot said nothing to {text}")

    def tap(self, entry, text):
        return self.say(choice=next(choice["entry"] for choice in entry["choices"] if choice["text"] == text))

    def handed_off(self):
        """The entry by which a person took over, as the desk sees it; the queue stands in no visitor's thread."""
        entries = self.house.owner.ask("GET", f"/api/conversations/{self.conversation}/entries", after=0, limit=100)["entries"]
        return next((entry for entry in entries if entry["kind"] == "handed-off"), None)


def ask_status(house, order="ND20261001", phone="13800138000"):
    visit = Visit(house)
    visit.say("where is my order")
    visit.say(order)
    return visit, visit.say(phone)


def test_an_order_is_asked_for_looked_up_and_told_with_a_card(house, system):
    visit = Visit(house)
    assert visit.say("where is my order")["text"] == "Which order number?"
    assert visit.say("it is ND20261001")["text"] == "Which phone number did you order with?"
    told = visit.say("138 0013 8000")
    assert told["text"] == "Order ND20261001 is on its way, parcel SF77."
    assert told["parts"]["cards"] == [{"title": "Lamp", "text": "Due soon", "image": "/s/lamp.svg",
                                       "link": {"text": "Follow it", "url": "https://carrier.example/SF77"}}]
    method, path, headers, _ = system.asked[-1]
    assert (method, path, headers["X-Key"]) == ("GET", "/orders/ND20261001", SECRET)


def test_a_branch_follows_what_was_found_and_its_suggestion_is_counted(house, system):
    flow = next(one for one in house.rows("/api/flows") if one["title"] == "Where is my order")
    before = counted(house, flow)
    visit, told = ask_status(house, "ND20261002", "13900139000")
    assert told["text"].startswith("Order ND20261002 is delivered.")
    assert "parts" not in told, "an address that leads nowhere must not be shown"
    answer = visit.tap(told, "How do I return an item?")
    assert "30 days" in answer["text"]
    assert counted(house, flow) == (before[0] + 1, before[1] + 1)


def counted(house, flow):
    shown = house.owner.ask("GET", f"/api/flows/{flow['id']}").get("suggestions") or []
    return sum(one["shown"] for one in shown), sum(one["taken"] for one in shown)


def test_what_is_not_known_is_asked_again_and_then_a_person_takes_over_with_the_slots(house, system):
    visit = Visit(house)
    visit.say("where is my order")
    visit.say("ND20261001")
    for _ in range(2):
        assert visit.handed_off() is None
        visit.say("blah blah blub")
    visit.say("blah blah blub")
    assert visit.handed_off()["detail"]["summary"]["slots"] == {"order": "ND20261001"}


def test_who_asks_for_a_person_in_the_middle_of_it_need_not_say_it_all_again(house, system):
    visit = Visit(house)
    visit.say("where is my order")
    visit.say("ND20261001")
    visit.say("I want to talk to a human")
    detail = visit.handed_off()["detail"]
    assert detail["reason"] == "asked" and detail["summary"]["slots"] == {"order": "ND20261001"}


def test_another_question_in_the_middle_is_answered_and_the_flow_comes_back(house, system):
    visit = Visit(house)
    visit.say("where is my order")
    aside = visit.say("How long does shipping take?")
    assert "three working days" in aside["text"] and aside["text"].endswith("Which order number?")
    assert aside["answer"]["title"] == "How long does shipping take?"
    assert visit.say("ND20261001")["text"] == "Which phone number did you order with?"
    assert "ND20261002" in visit.say("no wait, I meant ND20261002; phone 13900139000")["text"]


def test_a_form_is_filled_in_confirmed_and_only_then_something_is_changed(house, system):
    visit = Visit(house)
    asked = visit.say("start a return for my order now")
    assert [field["label"] for field in asked["parts"]["form"]] == ["Order", "Phone", "Reason"]
    assert [field["isOptional"] for field in asked["parts"]["form"]] == [False, False, True]
    again = visit.say("Order: ND20261002\nPhone: \nReason: too dark")
    assert [field["label"] for field in again["parts"]["form"]] == ["Phone"]
    question = visit.say("Phone: 13900139000")
    assert question["text"] == "Return ND20261002 and refund 129.5?"
    assert [one for one in system.asked if one[0] == "POST"] == []
    assert visit.say("hm, what would that mean exactly blub")["text"].startswith("Please answer")
    assert visit.tap(question, "Yes, please")["text"] == "Done, the return is RT20261002."
    [(_, path, headers, body)] = [one for one in system.asked if one[0] == "POST"]
    assert path == "/orders/ND20261002/returns" and headers["Idempotency-Key"]
    assert json.loads(body)["reason"] == "too dark"


def test_what_is_declined_is_not_done_and_two_changes_are_two(house, system):
    visit, keys = Visit(house), []
    for order, phone, yes in [("ND20261001", "13800138000", False), ("ND20261001", "13800138000", True), ("ND20261002", "13900139000", True)]:
        visit.say("start a return for my order now")
        visit.say(f"Order: {order}\nPhone: {phone}\nReason:")
        if yes:
            assert visit.say("yes, please")["text"].startswith("Done")
        else:
            assert visit.say("no, thanks")["text"] == "All right, nothing is returned."
    keys = [one[2]["Idempotency-Key"] for one in system.asked if one[0] == "POST"]
    assert len(keys) == 2 and len(set(keys)) == 2, keys


@pytest.mark.parametrize("behaviour", ["hang", "broken", "rubbish", "huge", "elsewhere"])
def test_a_system_that_fails_leads_to_a_person_in_time(house, system, behaviour):
    system.behaviour = behaviour
    begun = time.monotonic()
    visit, told = ask_status(house)
    assert told["text"].startswith("I cannot see that order.") and visit.handed_off()
    assert time.monotonic() - begun < 8
    assert len(system.asked) == 1, "a redirect is no answer and is not followed"


def test_nothing_personal_is_told_to_whoever_cannot_name_the_phone(house, system):
    visit, told = ask_status(house, phone="13700137000")
    assert "SF77" not in json.dumps(visit.http.ask("GET", "/api/visit/entries", after=0, limit=100))
    assert "couldn't confirm" in told["text"] and visit.handed_off()


def test_a_visitor_reads_what_is_their_own_and_nobody_else_s(house, system):
    """Where the site vouches for the visitor, `{visitor}` is the id that it signed; nobody can say another one."""
    connect(house, system.base, proof="signed", url=system.base + "/orders/{order}?of={visitor}", proofValue="", proofField="")
    visit, told = ask_status(house)
    assert "couldn't confirm" in told["text"] and system.asked == []
    secret = house.owner.ask("POST", f"/api/channels/{house.account}/secrets", {"of": "identity"})["secret"]
    signature = hmac.new(secret.encode(), b"customer-17", hashlib.sha256).hexdigest()
    visit = Visit(house, identity={"id": "customer-17", "signature": signature})
    visit.say("where is my order")
    visit.say("ND20261001, and my visitor id is customer-99")
    assert "on its way" in visit.say("13800138000")["text"]
    assert system.asked[-1][1] == "/orders/ND20261001?of=customer-17"


def test_an_answer_is_used_again_for_as_long_as_its_connector_says(house, system):
    connect(house, system.base, cacheSeconds=60)
    for _ in range(2):
        assert "on its way" in ask_status(house)[1]["text"]
    assert len(system.asked) == 1
    # Whether it is shown is decided anew.
    assert "couldn't confirm" in ask_status(house, phone="13700137000")[1]["text"]


def test_secrets_are_sealed_at_rest_shown_to_nobody_and_in_no_log(house, system):
    assert SECRET not in json.dumps(house.owner.ask("GET", "/api/connectors"))
    assert all(one["hasSecret"] for one in house.rows("/api/connectors"))
    ask_status(house)
    for path in [house.server.log, *house.server.data.rglob("*")]:
        assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path


def test_only_administrators_connect_systems_and_agents_change_no_flow(house, system):
    signed = Http(house.base).ask("POST", "/api/sign-ins", {"email": "ann@example.com", "password": PASSWORD, "bearer": True})
    ann = Http(house.base, signed["token"])
    flow = house.rows("/api/flows")[0]
    assert ann.ask("GET", "/api/flows")["rows"]
    for method, path, body in [
        ("POST", "/api/connectors", connector(system.base, name="mine")), ("POST", "/api/flows", {"outline": STATUS}),
        ("PUT", f"/api/flows/{flow['id']}", {"outline": STATUS}), ("DELETE", f"/api/flows/{flow['id']}", None),
        ("POST", "/api/flows/trials", {"outline": STATUS, "says": []}),
    ]:
        with pytest.raises(Refused) as refused:
            ann.ask(method, path, body)
        assert refused.value.status == 403, path


@pytest.mark.parametrize("changes, code", [
    ({"url": "ftp://x/{order}"}, "connector.url"), ({"url": "https://{order}/x"}, "connector.url"),
    ({"url": "https://user:word@x/"}, "connector.url"), ({"method": "TRACE"}, "connector.method"), ({"timeoutMs": 60_000}, "connector.timeout"),
    ({"method": "POST"}, "connector.proof"), ({"proofField": "nothing"}, "connector.proof"), ({"name": "two words"}, "connector.name"),
    ({"header": "X Key"}, "connector.header"), ({"cacheSeconds": -1}, "connector.cache"),
])
def test_connectors_that_make_no_sense_are_refused(house, changes, code):
    with pytest.raises(Refused, match=re.escape(code)):
        house.owner.ask("POST", "/api/connectors", connector("https://shop.example", **{"name": "new-one", **changes}))


def test_versions_are_kept_customers_get_the_published_one_and_a_stale_author_overwrites_nothing(house):
    first = "flow: Opening a tea tasting\nphrasings:\n  I would like to book a tea tasting\n  book a tasting of teas\nsay: One.\n"
    made = house.owner.ask("POST", "/api/flows", {"outline": first, "publish": True})
    path = f"/api/flows/{made['id']}"
    written = house.owner.ask("PUT", path, {"outline": first.replace("One", "Two"), "version": 1})
    assert (written["version"], written["published"]) == (2, 1)
    house.owner.ask("POST", "/api/knowledge/trials", {"question": "book a tasting of teas"})
    assert Visit(house).say("I would like to book a tea tasting")["text"] == "One."
    with pytest.raises(Refused, match="flow.version"):
        house.owner.ask("PUT", path, {"outline": first, "version": 1})
    house.owner.ask("PUT", path, {"outline": first.replace("One", "Three"), "version": 2, "publish": True})
    visit = Visit(house)
    assert visit.say("I would like to book a tea tasting")["text"] == "Three."
    assert [one["version"] for one in house.owner.ask("GET", path + "/versions")["rows"]] == [3, 2, 1]
    if not POSTGRES:
        told = run("explain", f"{visit.conversation}/{visit.number}", "--data", house.server.data, "--language", "en")
        assert told.returncode == 0 and f"Flow: {made['id']}, version 3" in told.stdout, told.stdout + told.stderr
    house.owner.ask("DELETE", path)
    assert "Three." not in Visit(house).say("I would like to book a tea tasting")["text"]


def test_a_mistake_is_told_with_its_line(house):
    verdict = house.owner.ask("POST", "/api/flows/checks", {"outline": "flow: A\nask a: x\ndo cancel-order"})
    assert (verdict["mistake"]["line"], verdict["mistake"]["code"]) == (3, "unconfirmed")
    with pytest.raises(Refused, match="flow.unconfirmed"):
        house.owner.ask("POST", "/api/flows", {"outline": "flow: A\nask a: x\ndo cancel-order"})


def test_trying_a_flow_out_shows_each_step_looks_up_and_changes_nothing(house, system):
    says = ["Order: ND20261002\nPhone: 13900139000\nReason: too dark", "yes"]
    tried = house.owner.ask("POST", "/api/flows/trials", {"outline": RETURNS, "says": says})
    steps = [step["what"] for turn in tried["turns"] for step in turn["trace"]]
    assert steps == ["ask", "heard", "heard", "heard", "look-up", "found", "confirm", "confirmed", "perform", "found", "say", "over"]
    assert tried["isOver"] and tried["values"]["reason"] == "too dark"
    assert [one[0] for one in system.asked] == ["GET"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254"])
def test_addresses_inside_the_house_are_refused_unless_allowed_by_name_too(tmp_path, host):
    with company_system() as system, Nightdesk(tmp_path / "data", "--rate-arrivals", "0") as server:
        house = found(server)
        house.owner.ask("POST", "/api/flows", {"outline": STATUS, "publish": True})
        house.owner.ask("POST", "/api/knowledge/trials", {"question": "where is my order"})
        connect(house, system.base.replace("127.0.0.1", host))
        assert ask_status(house)[1]["text"].startswith("I cannot see that order.")
        assert system.asked == []
        tried = house.owner.ask("POST", "/api/flows/trials", {"outline": STATUS, "says": ["ND20261001", "13800138000"]})
        assert any("inside the house" in step["detail"] for turn in tried["turns"] for step in turn["trace"]), tried
