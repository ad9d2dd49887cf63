"""A few clients of the live protocol, for what is measured one event at a time."""
import asyncio
import json
import re
import time
import urllib.request

from websockets.asyncio.client import connect

QUESTION, PHRASINGS = "How long does delivery take?", [
    "How long does delivery take?", "When will my parcel arrive?", "How many days until my order is here?", "delivery time",
    "how fast do you ship", "When do you deliver?", "What is the shipping time?", "how long for shipping",
]


def teach(house, owner):
    """One published entry, so that the bot has something to say."""
    body = {"language": "en", "category": "Delivery", "title": QUESTION, "phrasings": PHRASINGS, "answer": "Two to four working days."}
    entry = house.ask("POST", "/api/knowledge", body, owner)["id"]
    house.ask("POST", f"/api/knowledge/{entry}/publication", {}, owner)


def p99(times):
    return sorted(times)[len(times) * 99 // 100 - 1] * 1e3


def measure(house, owner, key, count):
    return asyncio.run(_measure(house, owner, key, count))


async def _measure(house, owner, key, count):
    agent = await enter(house, "desk", owner)
    await agent.send(json.dumps({"type": "presence", "ref": "p", "presence": "online"}))
    spoken, shown = [], []
    for number in range(count):
        token, conversation = house.visitor(key)
        visitor = await enter(house, "visitor", token)
        begin = time.perf_counter()
        await say(visitor, f"q{number}", QUESTION)
        await until(visitor, lambda f: f["type"] == "entry.added" and f["entry"]["author"]["kind"] == "bot")
        spoken.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        await say(visitor, f"h{number}", "I want to talk to a person please")
        await until(agent, lambda f: f["type"] == "row.changed" and f["row"]["conversation"] == conversation and f["row"]["owner"]["kind"] == "agent")
        shown.append(time.perf_counter() - begin)
        await agent.send(json.dumps({"type": "close", "ref": f"c{number}", "conversation": conversation}))
        await until(agent, lambda f: f["type"] == "done" and f["ref"] == f"c{number}")
        await visitor.close()
    await agent.close()
    return spoken, shown


async def enter(house, side, token):
    socket = await connect(house.address.replace("http", "ws") + "/api/socket", origin=house.address, compression=None)
    await socket.send(json.dumps({"type": "hello", "as": side, "token": token}))
    await until(socket, lambda f: f["type"] == "welcome")
    return socket


async def say(socket, client, text):
    await socket.send(json.dumps({"type": "say", "ref": client, "client": client, "text": text}))


async def until(socket, holds):
    async with asyncio.timeout(10):
        while True:
            frame = json.loads(await socket.recv())
            if frame["type"] == "refused":
                raise RuntimeError(frame)
            if holds(frame):
                return frame


def loaded_by(house, page):
    """The page and everything that it names: sheets, scripts and the modules that are loaded with it."""
    text = urllib.request.urlopen(house.address + page).read().decode()
    return [page] + sorted(set(re.findall(r'(?:src|href)="(/s/[^"]+\.(?:js|css))"', text)))
