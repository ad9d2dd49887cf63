"""A small Nightdesk client, written from docs/protocol.md and /openapi.json only.

`Visitor` and `Desk` speak over a WebSocket, or over long polls where none passes; both keep their threads by the gap rule.
    visitor = await Visitor.come("http://localhost:8080", site="…")
    number = await visitor.say("How long does shipping take?")
    answer = await visitor.hear(lambda entry: entry["author"]["kind"] == "bot")
"""
import asyncio
import itertools
import json
import random
import secrets
import threading

import requests
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed


class Refused(Exception):
    """An expected no: `code` is stable, `status` is known when it came over HTTP."""

    def __init__(self, code, detail=None, status=None):
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code, self.status = code, status


class Http:
    """The plain side of the API."""

    def __init__(self, base, token=None):
        self.base, self.token, self.session = base, token, requests.Session()

    def ask(self, method, path, body=None, *, raw=None, **query):
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        answer = self.session.request(
            method, self.base + path, headers=headers, params=query, json=body, data=raw, timeout=40
        )
        if not answer.ok:
            error = answer.json()["error"]
            raise Refused(error["code"], error.get("detail"), answer.status_code)
        return answer.json() if answer.content else {}

    async def later(self, *arguments, **options):
        return await asyncio.to_thread(self.ask, *arguments, **options)


class Commands:
    """Sends commands and sorts what comes back into answers and facts; the transports below carry the frames."""

    def __init__(self):
        self.facts = asyncio.Queue()
        self.refs = itertools.count(1)
        self.unanswered = {}

    async def ask(self, type, **fields):
        ref = str(next(self.refs))
        answer = self.unanswered[ref] = asyncio.get_running_loop().create_future()
        await self.post({"type": type, "ref": ref, **{name: value for name, value in fields.items() if value is not None}})
        return await answer

    def take(self, frame):
        waiting = self.unanswered.pop(frame.get("ref"), None)
        if waiting is None or waiting.done():
            self.facts.put_nowait(frame)
        elif frame["type"] == "done":
            waiting.set_result(frame)
        else:
            waiting.set_exception(Refused(frame["code"], frame.get("detail")))

    def give_up(self, reason):
        for waiting in self.unanswered.values():
            if not waiting.done():
                waiting.set_exception(reason)
        self.unanswered.clear()
        self.facts.put_nowait(None)


class Live(Commands):
    """Over a WebSocket."""

    @classmethod
    async def open(cls, base, hello):
        link = cls()
        link.socket = await connect(base.replace("http", "ws", 1) + "/api/socket", ping_interval=None, max_size=None)
        await link.post({"type": "hello", **hello})
        welcome = json.loads(await link.socket.recv())
        if welcome["type"] != "welcome":
            raise Refused(welcome["code"], welcome.get("detail"))
        # The server speaks at least every 20 seconds; 5 more and the connection is taken for dead.
        link.patience = welcome["heartbeat"] + 5
        link.reader = asyncio.create_task(link.read())
        return link, welcome

    async def post(self, frame):
        await self.socket.send(json.dumps(frame))

    async def read(self):
        try:
            while True:
                frame = json.loads(await asyncio.wait_for(self.socket.recv(), self.patience))
                if frame["type"] == "ping":
                    await self.post({"type": "pong"})
                elif frame["type"] != "pong":
                    self.take(frame)
        except (ConnectionClosed, TimeoutError) as reason:
            self.give_up(reason)

    async def close(self):
        await self.socket.close()
        await self.reader


class Polled(Commands):
    """The same frames over plain HTTP."""

    is_closed = False

    @classmethod
    async def open(cls, base, hello):
        link = cls()
        link.http = Http(base)
        opened = await link.http.later("POST", "/api/polls", {"type": "hello", **hello})
        link.path, link.after = f"/api/polls/{opened['poll']}", opened.get("next", 0)
        first, *rest = opened["frames"]
        for frame in rest:
            link.take(frame)
        # A thread of its own: the waiting poll must not hold up the commands, nor the end of the program.
        threading.Thread(target=link.poll, args=[asyncio.get_running_loop()], daemon=True).start()
        return link, first

    async def post(self, frame):
        self.take(await self.http.later("POST", self.path + "/frames", frame))

    def poll(self, loop):
        http = Http(self.http.base)
        try:
            while not self.is_closed:
                news = http.ask("GET", self.path, after=self.after)
                self.after = news["next"]
                for frame in news["frames"]:
                    loop.call_soon_threadsafe(self.take, frame)
        except (Refused, requests.RequestException) as reason:
            if not self.is_closed:
                loop.call_soon_threadsafe(self.give_up, reason)
        except RuntimeError:
            pass  # The program has ended meanwhile.

    async def close(self):
        self.is_closed = True


class Thread:
    """The entries of one conversation as this client may see them, kept by the gap rule."""

    def __init__(self):
        self.entries, self.last, self.aside, self.changed = [], 0, {}, asyncio.Event()

    def take(self, entry):
        """True when entries before this one are missing and must be fetched."""
        if entry["number"] > self.last + 1:
            self.aside[entry["number"]] = entry
            return True
        self.append(entry)
        while (following := self.aside.pop(self.last + 1, None)) is not None:
            self.append(following)
        return False

    def fill(self, page):
        """A page of history after `last`: what it skips is not meant for us."""
        for entry in page["entries"]:
            self.append(entry)
        if not page["more"]:
            for number in sorted(self.aside):
                self.append(self.aside[number])
            self.aside.clear()

    def append(self, entry):
        if entry["number"] <= self.last:
            return
        self.entries.append(entry)
        self.last = entry["number"]
        self.aside.pop(self.last, None)
        self.changed.set()

    async def until(self, matches, after=0, patience=20):
        """The first entry after a number for which `matches` holds, waiting for it if need be."""
        async with asyncio.timeout(patience):
            while True:
                for entry in self.entries:
                    if entry["number"] > after and matches(entry):
                        return entry
                self.changed.clear()
                await self.changed.wait()


class Client:
    """What the visitor and the desk have in common: stay connected, hear facts, keep the outbox."""

    def __init__(self, base, token, transport):
        self.base, self.token, self.transport = base, token, transport
        self.http = Http(base, token)
        self.news, self.outbox = [], {}
        self.happened = asyncio.Event()

    async def connect(self):
        self.link, self.welcome = await self.transport.open(self.base, self.hello())
        await self.arrive(self.welcome)
        self.listener = asyncio.create_task(self.listen(self.link))
        for client, fields in list(self.outbox.items()):
            await self.deliver(client, fields)

    async def listen(self, link):
        while (fact := await link.facts.get()) is not None:
            self.news.append(fact)
            await self.hear_of(fact)
            self.happened.set()

    async def reconnect(self):
        """Backs off from a quarter of a second to 30, as the protocol asks."""
        pause = 0.25
        while True:
            try:
                return await self.connect()
            except (OSError, ConnectionClosed, requests.RequestException):
                await asyncio.sleep(pause * random.uniform(1, 2))
                pause = min(pause * 2, 30)

    async def deliver(self, client, fields):
        """Sends until there is an answer; a broken connection leaves it in the outbox for the next."""
        done = await self.link.ask("say", client=client, **fields)
        del self.outbox[client]
        return done["number"]

    async def post(self, **fields):
        client = secrets.token_hex(16)
        self.outbox[client] = fields
        return await self.deliver(client, fields)

    async def fetch(self, thread, **which):
        while True:
            page = await self.link.ask("history", after=thread.last, limit=200, **which)
            thread.fill(page)
            if not page["more"]:
                return

    async def fact(self, matches, patience=20):
        """The first fact, heard already or to come, for which `matches` holds."""
        async with asyncio.timeout(patience):
            while True:
                for fact in self.news:
                    if matches(fact):
                        return fact
                self.happened.clear()
                await self.happened.wait()

    async def leave(self):
        self.listener.cancel()
        await self.link.close()


class Visitor(Client):
    @classmethod
    async def come(cls, base, site, transport=Live, **about):
        """A visitor opens the chat; `about` may hold token, identity, page, locale."""
        opened = await Http(base).later("POST", "/api/visitors", {"site": site, **about})
        visitor = cls(base, opened["token"], transport)
        visitor.conversation, visitor.thread, visitor.session = opened["conversation"], Thread(), None
        await visitor.connect()
        return visitor

    def hello(self):
        since = {"since": self.thread.last} if self.thread.last else {}
        return {"as": "visitor", "token": self.token, **since}

    async def arrive(self, welcome):
        resumed = self.thread.last > 0
        self.session = welcome.get("session")
        self.thread.fill({"entries": welcome["entries"], "more": False})
        if resumed and welcome["more"]:
            await self.fetch(self.thread)

    async def hear_of(self, fact):
        if fact["type"] == "session.changed":
            self.session = fact.get("session")
        # Waiting for an answer here would wait for ourselves: the gap is filled beside the listening.
        if fact["type"] == "entry.added" and self.thread.take(fact["entry"]):
            asyncio.create_task(self.fetch(self.thread))

    async def say(self, text):
        return await self.post(text=text)

    async def choose(self, entry):
        return await self.post(choice={"entry": entry})

    async def send_file(self, name, content):
        stored = await self.http.later("POST", "/api/visit/attachments", raw=content, name=name)
        await self.post(attachment=stored["id"])
        return stored

    async def hear(self, matches, after=0):
        return await self.thread.until(matches, after)

    async def ask_person(self):
        await self.link.ask("ask-person")

    async def judge(self, number, helpful):
        await self.link.ask("judge", number=number, helpful=helpful)

    async def rate(self, session, stars, reason=None):
        await self.link.ask("rate", session=session, stars=stars, reason=reason)


class Desk(Client):
    @classmethod
    async def sign_in(cls, base, email, password, transport=Live):
        signed = await Http(base).later("POST", "/api/sign-ins", {"email": email, "password": password, "bearer": True})
        desk = cls(base, signed["token"], transport)
        desk.threads, desk.rows = {}, {}
        await desk.connect()
        return desk

    def hello(self):
        return {"as": "desk", "token": self.token}

    async def arrive(self, welcome):
        self.me = welcome["me"]

    async def hear_of(self, fact):
        if fact["type"] == "row.changed":
            self.rows[fact["row"]["conversation"]] = fact["row"]
        if fact["type"] == "entry.added":
            conversation = fact["entry"]["conversation"]
            thread = self.threads.get(conversation)
            if thread is not None and thread.take(fact["entry"]):
                asyncio.create_task(self.fetch(thread, conversation=conversation))

    async def set_presence(self, presence):
        await self.link.ask("presence", presence=presence)

    async def open(self, conversation):
        """Opens and watches a conversation; its thread fills as entries arrive."""
        thread = self.threads.setdefault(conversation, Thread())
        opened = await self.link.ask("open", conversation=conversation)
        self.rows[conversation] = opened["row"]
        thread.fill({"entries": opened["entries"], "more": False})
        return opened

    async def own(self, conversation, patience=20):
        """Waits until the conversation is ours."""
        def ours(fact):
            row = fact.get("row", {})
            return row.get("conversation") == conversation and row["owner"].get("id") == self.me["id"]
        await self.fact(ours, patience)

    async def say(self, conversation, text):
        return await self.post(conversation=conversation, text=text)

    async def note(self, conversation, text):
        return (await self.link.ask("note", conversation=conversation, client=secrets.token_hex(16), text=text))["number"]

    async def take(self, conversation):
        await self.link.ask("take", conversation=conversation)

    async def transfer(self, conversation, reason, agent=None, team=None):
        await self.link.ask("transfer", conversation=conversation, agent=agent, team=team, reason=reason)

    async def close(self, conversation, category=None):
        await self.link.ask("close", conversation=conversation, category=category)
