"""The bad weather is as bad as promised, and no worse."""
import asyncio
import time
from contextlib import asynccontextmanager

import pytest

from chaos import DOWN, UP, Proxy
from scene import play_through


class Echo:
    """Answers every line with the same line, remembers all it heard, and says when a client has finished."""

    def __init__(self, name="echo"):
        self.name, self.heard, self.finished = name, [], asyncio.Event()

    async def __aenter__(self):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.address = self.server.sockets[0].getsockname()
        return self

    async def __aexit__(self, *_):
        self.server.close()

    async def serve(self, reader, writer):
        try:
            while line := await reader.readline():
                self.heard.append(line.decode().strip())
                writer.write(line)
            self.finished.set()
            writer.write(b"goodbye\n")
        except ConnectionError:
            pass
        finally:
            writer.close()


@asynccontextmanager
async def conversation():
    async with Echo() as echo, Proxy([echo.address]) as proxy:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        yield echo, proxy, reader, writer
        writer.transport.abort()


async def said(reader, writer, text):
    writer.write(f"{text}\n".encode())
    return (await asyncio.wait_for(reader.readline(), 10)).decode().strip()


async def silence(reader, seconds=0.2):
    """Watched for a moment: a test can see that something comes, not that nothing ever will."""
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(reader.readline(), seconds)


def scene(play):
    def test():
        async def whole():
            async with conversation() as parts:
                await play(*parts)
        play_through(whole(), 30)
    test.__name__ = play.__name__
    return test


@scene
async def test_fair_weather_changes_nothing(echo, proxy, reader, writer):
    text = "x" * 60_000
    assert [await said(reader, writer, f"{text}{number}") for number in range(20)] == [f"{text}{number}" for number in range(20)]
    writer.write_eof()
    assert await reader.read() == b"goodbye\n"


@scene
async def test_delay_makes_everything_late_and_keeps_the_order(echo, proxy, reader, writer):
    proxy.delay, proxy.jitter = 0.1, 0.1
    since = time.monotonic()
    for number in range(50):
        writer.write(f"{number}\n".encode())
        await writer.drain()
    assert [int(await reader.readline()) for _ in range(50)] == list(range(50))
    assert time.monotonic() - since >= 0.2, "late on both ways"
    assert echo.heard == [str(number) for number in range(50)]


@scene
async def test_what_is_stalled_passes_when_the_weather_is_fair(echo, proxy, reader, writer):
    assert await said(reader, writer, "before") == "before"
    proxy.hold(UP, DOWN)
    writer.write(b"held\n")
    await silence(reader)
    assert echo.heard == ["before"]
    proxy.heal()
    assert await reader.readline() == b"held\n"


@scene
async def test_a_one_way_cut_lets_the_server_hear(echo, proxy, reader, writer):
    proxy.hold(DOWN)
    writer.write(b"heard\n")
    async with asyncio.timeout(5):
        while echo.heard != ["heard"]:
            await asyncio.sleep(0.01)
    await silence(reader)
    proxy.heal()
    assert await reader.readline() == b"heard\n"


@scene
async def test_half_closed_the_server_is_done_and_still_speaks(echo, proxy, reader, writer):
    assert await said(reader, writer, "before") == "before"
    proxy.half_close(UP)
    await asyncio.wait_for(echo.finished.wait(), 5)
    assert await reader.readline() == b"goodbye\n"


@scene
async def test_reset_is_no_orderly_end(echo, proxy, reader, writer):
    assert await said(reader, writer, "before") == "before"
    proxy.reset()
    with pytest.raises(ConnectionResetError):
        await reader.readexactly(1)
    again, writing = await asyncio.open_connection("127.0.0.1", proxy.port)
    assert await said(again, writing, "after") == "after"
    writing.close()


@scene
async def test_who_comes_while_it_refuses_is_reset(echo, proxy, reader, writer):
    proxy.refuses = True
    assert await said(reader, writer, "open already") == "open already"
    with pytest.raises(ConnectionResetError):
        again, _ = await asyncio.open_connection("127.0.0.1", proxy.port)
        await again.readexactly(1)


@scene
async def test_a_duplicated_client_is_heard_twice_and_answered_once(echo, proxy, reader, writer):
    proxy.duplicates = True
    again, writing = await asyncio.open_connection("127.0.0.1", proxy.port)
    assert [await said(again, writing, text) for text in ("one", "two")] == ["one", "two"]
    async with asyncio.timeout(5):
        while sorted(echo.heard) != ["one", "one", "two", "two"]:
            await asyncio.sleep(0.01)
    await silence(again)
    writing.close()


def test_it_finds_the_upstream_that_answers():
    async def play():
        async with Echo() as gone:
            pass
        async with Echo() as there, Proxy([gone.address, there.address]) as proxy:
            for number in range(10):
                reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
                assert await said(reader, writer, str(number)) == str(number)
                writer.close()
    play_through(play(), 30)
