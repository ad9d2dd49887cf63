"""What somebody may do on an open connection ends when the right ends, not when the connection does."""
import asyncio
import json

import pytest
from nightdesk import Nightdesk
from sample_client import Http
from scene import play_through
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from world import PASSWORD, found


@pytest.fixture
def house(tmp_path):
    with Nightdesk(tmp_path / "data") as server:
        world = found(server, ["Ann", "Ben"])
        world.ids = {agent["name"]: agent["id"] for agent in world.staff}
        yield world


def sign_in(house, name):
    credentials = {"email": f"{name}@example.com", "password": PASSWORD, "bearer": True}
    return Http(house.base, Http(house.base).ask("POST", "/api/sign-ins", credentials)["token"])


async def connected(house, http, kind="desk"):
    socket = await connect(house.base.replace("http", "ws", 1) + "/api/socket")
    await socket.send(json.dumps({"type": "hello", "as": kind, "token": http.token}))
    assert json.loads(await socket.recv())["type"] == "welcome"
    return socket


async def code(socket):
    """The code that the server closes with, before long."""
    try:
        async with asyncio.timeout(5):
            while True:
                await socket.recv()
    except ConnectionClosed as closed:
        return closed.rcvd.code


async def is_open(socket):
    await socket.send('{"type":"ping"}')
    async with asyncio.timeout(5):
        while json.loads(await socket.recv())["type"] != "pong":
            pass
    return True


def change(house, name, **new):
    house.owner.ask("PUT", f"/api/agents/{house.ids[name]}", {"name": name, "role": "agent", "capacity": 5, "isActive": True, **new})


def test_whoever_is_deactivated_is_out_at_once(house):
    async def play():
        ann, ben = await connected(house, sign_in(house, "ann")), await connected(house, sign_in(house, "ben"))
        await asyncio.to_thread(change, house, "Ann", isActive=False)
        assert await code(ann) == 4003
        assert await is_open(ben)
    play_through(play(), seconds=30)


@pytest.mark.parametrize("asked, ended", [
    pytest.param(("DELETE", "/api/sign-ins/current"), "here", id="signing out ends the desk of that sign-in only"),
    pytest.param(
        ("PUT", "/api/me/password", {"current": PASSWORD, "new": "another long passphrase"}), "there",
        id="a new password ends the other desks"),
])
def test_a_desk_ends_with_its_sign_in(house, asked, ended):
    async def play():
        here, there = sign_in(house, "ann"), sign_in(house, "ann")
        desks = {"here": await connected(house, here), "there": await connected(house, there)}
        await here.later(*asked)
        assert await code(desks.pop(ended)) == 4003
        assert await is_open(*desks.values())
    play_through(play(), seconds=30)


def test_the_visitors_of_a_removed_channel_are_sent_away(house):
    async def play():
        visitor = Http(house.base, Http(house.base).ask("POST", "/api/visitors", {"site": house.site})["token"])
        chat, ann = await connected(house, visitor, "visitor"), await connected(house, sign_in(house, "ann"))
        await house.owner.later("DELETE", f"/api/channels/{house.account}")
        assert await code(chat) == 4003
        assert await is_open(ann)
    play_through(play(), seconds=30)


@pytest.mark.parametrize("what", ["role", "team"])
def test_other_rights_make_the_desk_enter_again_with_them(house, what):
    async def play():
        ann = await connected(house, sign_in(house, "ann"))
        if what == "role":
            await asyncio.to_thread(change, house, "Ann", role="supervisor")
        else:
            await house.owner.later("POST", "/api/teams", {"name": "Tea", "members": [house.ids["Ann"]]})
        assert await code(ann) == 4000
    play_through(play(), seconds=30)
