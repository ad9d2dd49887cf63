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


async def desk(house, http):
    socket = await connect(house.base.replace("http", "ws", 1) + "/api/socket")
    await socket.send(json.dumps({"type": "hello", "as": "desk", "token": http.token}))
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
        ann, ben = await desk(house, sign_in(house, "ann")), await desk(house, sign_in(house, "ben"))
        await asyncio.to_thread(change, house, "Ann", isActive=False)
        assert await code(ann) == 4003
        assert await is_open(ben)
    play_through(play(), seconds=30)


def test_signing_out_ends_the_desk_of_that_sign_in_only(house):
    async def play():
        here, there = sign_in(house, "ann"), sign_in(house, "ann")
        one, other = await desk(house, here), await desk(house, there)
        await here.later("DELETE", "/api/sign-ins/current")
        assert await code(one) == 4003
        assert await is_open(other)
    play_through(play(), seconds=30)


def test_a_new_password_ends_the_other_desks(house):
    async def play():
        here, there = sign_in(house, "ann"), sign_in(house, "ann")
        mine, other = await desk(house, here), await desk(house, there)
        await here.later("PUT", "/api/me/password", {"current": PASSWORD, "new": "another long passphrase"})
        assert await code(other) == 4003
        assert await is_open(mine)
    play_through(play(), seconds=30)


@pytest.mark.parametrize("what", ["role", "team"])
def test_other_rights_make_the_desk_enter_again_with_them(house, what):
    async def play():
        ann = await desk(house, sign_in(house, "ann"))
        if what == "role":
            await asyncio.to_thread(change, house, "Ann", role="supervisor")
        else:
            await house.owner.later("POST", "/api/teams", {"name": "Tea", "members": [house.ids["Ann"]]})
        assert await code(ann) == 4000
    play_through(play(), seconds=30)
