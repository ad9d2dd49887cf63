"""The people of the crash test: visitors who write, agents who answer, a supervisor who watches.

They speak raw WebSocket frames, never give up, send again what was not acknowledged, and write down everything (history.py).
What they do depends on the seed alone; when it meets the crash is up to the clock.
"""
import asyncio
import json
import secrets

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from .history import shown

QUESTIONS = [
    "How long does shipping take?", "when will my parcel arrive", "How do I return an item?", "return policy", "delivery time",
    "多久发货?", "怎么退货", "什么时候发货", "我要退货", "退换货流程", "几天能到", "Do you sell bicycles?",
]


def passes(refusal):
    """Whether sending again may heal it, by the rule of docs/protocol.md."""
    return "retryAfter" in refusal or refusal["code"] == "internal"


class Person:
    """A connection that comes back, a numbered thread per conversation, and an outbox."""

    def __init__(self, name, base, token, random, record):
        self.name, self.base, self.token, self.random, self.record = name, base, token, random, record
        self.socket, self.link = None, 0
        self.outbox, self.asked, self.refs = {}, {}, 0
        self.last = {}
        self.stopping = self.settled = False

    async def live(self):
        """Until told to stop and nothing is left unsaid."""
        while not self.settled:
            try:
                async with connect(
                    self.base.replace("http", "ws") + "/api/socket", open_timeout=5, ping_interval=None,
                    close_timeout=1, max_size=None, compression=None,
                ) as self.socket:
                    self.link += 1
                    self.asked.clear()
                    await self.talk()
            except (OSError, TimeoutError, WebSocketException):
                await asyncio.sleep(self.random.uniform(0.02, 0.1))

    async def talk(self):
        await self.send({"type": "hello", "token": self.token, **self.hello()})
        welcome = json.loads(await self.socket.recv())
        if welcome["type"] == "reconnect" or welcome["type"] == "refused" and passes(welcome):
            raise ConnectionError("not now")
        if welcome["type"] != "welcome":
            raise AssertionError(f"{self.name} was not let in: {welcome}")
        reader = asyncio.create_task(self.read())
        try:
            await self.resume(welcome)
            for client in list(self.outbox):
                await self.put(client)
            while not (self.stopping and not self.outbox):
                if reader.done():
                    return await reader
                if self.stopping:
                    await asyncio.wait([reader], timeout=0.02)
                else:
                    await self.act()
            await self.resume_again()
            self.settled = True
        finally:
            reader.cancel()

    async def send(self, frame):
        await self.socket.send(json.dumps(frame, ensure_ascii=False))

    async def ask(self, type, **fields):
        """A command whose answer is waited for; None when it was refused."""
        self.refs += 1
        answer = self.asked[str(self.refs)] = asyncio.get_running_loop().create_future()
        await self.send({"type": type, "ref": str(self.refs), **fields})
        frame = await asyncio.wait_for(answer, 30)
        return frame if frame["type"] == "done" else None

    async def say(self, conversation, text, /, type="say", **fields):
        """Writes without waiting for the acknowledgement."""
        client = secrets.token_hex(8)
        self.outbox[client] = (conversation, {"type": type, "client": client, "text": text, **fields})
        await self.put(client)

    async def put(self, client):
        conversation, frame = self.outbox[client]
        self.record("send", who=self.name, conversation=conversation, client=client, text=frame["text"])
        await self.send({**frame, "ref": client})

    async def read(self):
        try:
            while True:
                self.take(json.loads(await self.socket.recv()))
        finally:
            for answer in self.asked.values():
                if not answer.done():
                    answer.set_exception(ConnectionResetError())
                    answer.exception()  # Whoever asked may be gone too; then nobody needs to hear of it.

    def take(self, frame):
        ref = frame.get("ref")
        if ref in self.outbox and frame["type"] in ("done", "refused"):
            self.answered(ref, frame)
        elif ref in self.asked:
            answer = self.asked.pop(ref)
            answer.done() or answer.set_result(frame)
        elif frame["type"] == "entry.added":
            self.see(frame["entry"], "push")
        else:
            self.hear(frame)

    def answered(self, client, frame):
        conversation, said = self.outbox[client]
        if frame["type"] == "done":
            hidden = {"hidden": True} if said["type"] == "note" else {}
            self.record("ack", who=self.name, conversation=conversation, client=client, number=frame["number"], **hidden)
        elif passes(frame):
            self.record("held-up", who=self.name, conversation=conversation, client=client, code=frame["code"])
            return asyncio.get_running_loop().call_later(0.2, self.again, client)
        else:
            self.record("refused", who=self.name, conversation=conversation, client=client, code=frame["code"])
        del self.outbox[client]

    def again(self, client):
        if client in self.outbox:
            asyncio.create_task(self.quietly(self.put(client)))

    async def quietly(self, sending):
        try:
            await sending
        except (OSError, WebSocketException):
            pass

    def see(self, entry, via):
        conversation = entry["conversation"]
        self.record("see", who=self.name, conversation=conversation, link=self.link, via=via, entry=shown(entry))
        before = self.last.get(conversation, 0)
        if entry["number"] == before + 1 or via == "page" and entry["number"] > before:
            self.last[conversation] = entry["number"]
            self.read_entry(entry)
        elif entry["number"] > before:
            asyncio.create_task(self.quietly(self.fill(conversation)))

    async def fill(self, conversation):
        """Everything after what we have."""
        more = True
        while more:
            page = await self.ask("history", after=self.last.get(conversation, 0), limit=200, **self.which(conversation))
            if page is None:
                return
            for entry in page["entries"]:
                self.see(entry, "page")
            more = page["more"]

    def caught_up(self, conversation):
        self.record("caught-up", who=self.name, conversation=conversation, upto=self.last.get(conversation, 0))

    def hear(self, frame):
        if frame["type"] == "ping":
            asyncio.create_task(self.quietly(self.send({"type": "pong"})))

    def read_entry(self, entry):
        pass


class Visitor(Person):
    def __init__(self, conversation, *arguments):
        super().__init__(*arguments)
        self.conversation = conversation

    def hello(self):
        last = self.last.get(self.conversation)
        return {"as": "visitor", **({"since": last} if last else {})}

    def which(self, conversation):
        return {}

    async def resume(self, welcome):
        if self.conversation not in self.last and welcome["more"]:
            await self.fill(self.conversation)
        for entry in welcome["entries"]:
            self.see(entry, "page")
        if welcome["more"]:
            await self.fill(self.conversation)
        self.caught_up(self.conversation)

    async def resume_again(self):
        await self.fill(self.conversation)
        self.caught_up(self.conversation)

    async def act(self):
        choice = self.random.random()
        if choice < 0.70:
            await self.say(self.conversation, self.random.choice(QUESTIONS))
        elif choice < 0.80:
            for _ in range(3):
                await self.say(self.conversation, self.random.choice(QUESTIONS))
        elif choice < 0.86 and self.outbox:
            await self.put(self.random.choice(list(self.outbox)))
        elif choice < 0.88:
            await self.ask("ask-person")
        elif choice < 0.91:
            await self.ask("leave")
        elif choice < 0.94:
            await self.socket.close()
        await asyncio.sleep(self.random.uniform(0.05, 0.25))


class Agent(Person):
    """Answers those who are given to it, now and then takes over from the bot, transfers, closes."""

    def __init__(self, me, colleagues, *arguments):
        super().__init__(*arguments)
        self.me, self.colleagues = me, colleagues
        self.rows, self.watched, self.to_answer = {}, set(), []
        self.told, self.is_on_duty = {}, False

    def hello(self):
        return {"as": "desk"}

    def which(self, conversation):
        return {"conversation": conversation}

    async def resume(self, welcome):
        self.on_duty(await self.ask("presence", presence="online") is not None)
        self.rows.clear()
        for name in ("mine", "bot"):
            page = await self.ask("list", list=name, limit=200)
            for row in page["rows"] if page else []:
                self.show(row)
        # An agent goes on with what is the agent's own; the supervisor below watches everything for ever.
        self.watched &= {row["conversation"] for row in self.mine()}
        for conversation in list(self.watched):
            await self.watch(conversation)

    async def talk(self):
        try:
            await super().talk()
        finally:
            self.on_duty(False)

    def on_duty(self, on):
        if self.me and on != self.is_on_duty:
            self.is_on_duty = on
            self.record("online", agent=self.me, on=on)

    def show(self, row):
        """What a desk's list says of a conversation."""
        self.rows[row["conversation"]] = row
        owner = row["owner"]
        told = [owner["kind"], owner.get("id")]
        if self.told.get(row["conversation"]) != (row["epoch"], told):
            self.told[row["conversation"]] = row["epoch"], told
            self.record("own", who=self.name, conversation=row["conversation"], epoch=row["epoch"], owner=told)

    async def watch(self, conversation):
        """Opens, fetches what is missing, and from here on hears of what is new."""
        self.watched.add(conversation)
        opened = await self.ask("open", conversation=conversation)
        if opened is None:
            return self.watched.discard(conversation)
        self.show(opened["row"])
        await self.fill(conversation)
        self.caught_up(conversation)

    async def resume_again(self):
        for conversation in list(self.watched):
            await self.fill(conversation)
            self.caught_up(conversation)

    def hear(self, frame):
        super().hear(frame)
        if frame["type"] == "row.changed":
            self.show(frame["row"])

    def mine(self):
        return [row for row in self.rows.values() if row["owner"].get("id") == self.me]

    def read_entry(self, entry):
        if entry["author"]["kind"] == "visitor" and entry["kind"] == "message":
            self.to_answer.append(entry["conversation"])

    async def act(self):
        for row in self.mine():
            if row["conversation"] not in self.watched:
                await self.watch(row["conversation"])
        mine = {row["conversation"]: row for row in self.mine()}
        for conversation in self.to_answer[-2:]:
            if conversation in mine:
                text = "I am looking into it."
                await self.say(conversation, text, conversation=conversation, epoch=mine[conversation]["epoch"])
        self.to_answer.clear()
        await self.decide(list(mine), self.random.random())
        await asyncio.sleep(self.random.uniform(0.02, 0.1))

    async def decide(self, mine, choice):
        with_bot = [row["conversation"] for row in self.rows.values() if row["owner"]["kind"] == "bot"]
        if choice < 0.25 and with_bot:
            await self.ask("take", conversation=self.random.choice(with_bot))
        elif choice < 0.40 and mine:
            conversation = self.random.choice(mine)
            await self.say(conversation, "customer is in a hurry", type="note", conversation=conversation)
        elif choice < 0.50 and mine and self.colleagues:
            to = self.random.choice(self.colleagues)
            await self.ask("transfer", conversation=self.random.choice(mine), agent=to, reason="knows more")
        elif choice < 0.68 and mine:
            await self.ask("close", conversation=self.random.choice(mine))
        elif choice < 0.70:
            await self.socket.close()


class Supervisor(Agent):
    """Watches everything, says nothing."""

    async def act(self):
        for conversation in self.rows.keys() - self.watched:
            await self.watch(conversation)
        await asyncio.sleep(0.05)

    async def resume(self, welcome):
        page = await self.ask("list", list="all", limit=200)
        for row in page["rows"] if page else []:
            self.show(row)
        for conversation in list(self.watched):
            await self.watch(conversation)
