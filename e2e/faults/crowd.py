"""Very many clients that only listen, each as light as a client can be; and some that do not even read."""
import asyncio
import base64
import json
import secrets
import socket
import struct
import time
from contextlib import suppress

from chaos import break_off


def frame(message):
    """A text frame as clients send it. The mask is zero: it hides nothing from a server of our own."""
    text = json.dumps(message).encode()
    length = bytes([0x80 | len(text)]) if len(text) < 126 else struct.pack("!BH", 0x80 | 126, len(text))
    return b"\x81" + length + bytes(4) + text


class Listener(asyncio.Protocol):
    """One client: says hello, hears welcome, answers pings, and comes back when it was cut off."""

    def __init__(self, crowd, token):
        self.crowd, self.token, self.delay = crowd, token, 0.25
        self.transport = self.welcomed_at = None

    async def connect(self):
        loop = asyncio.get_running_loop()
        try:
            await loop.create_connection(lambda: self, "127.0.0.1", self.crowd.port)
        except OSError:
            self.come_back()

    def connection_made(self, transport):
        self.transport, self.buffer, self.is_open = transport, bytearray(), False
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        transport.write(
            f"GET /api/socket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def data_received(self, data):
        self.buffer += data
        if not self.is_open:
            head, separator, rest = bytes(self.buffer).partition(b"\r\n\r\n")
            if not separator:
                return
            assert head.startswith(b"HTTP/1.1 101"), head
            self.is_open, self.buffer = True, bytearray(rest)
            self.transport.write(frame({"type": "hello", "as": "visitor", "token": self.token}))
        while (text := self.next_frame()) is not None:
            self.hear(text)

    def next_frame(self):
        if len(self.buffer) < 2:
            return None
        length, start = self.buffer[1] & 0x7F, 2
        if length >= 126:
            size = 2 if length == 126 else 8
            length, start = int.from_bytes(self.buffer[2:2 + size], "big"), 2 + size
        if len(self.buffer) < start + length:
            return None
        text = bytes(self.buffer[start:start + length]) if self.buffer[0] == 0x81 else b""
        del self.buffer[:start + length]
        return text

    def hear(self, text):
        if self.welcomed_at is None and text.startswith(b'{"type":"welcome"'):
            self.welcomed_at, self.delay = time.monotonic(), 0.25
            self.crowd.welcomed += 1
        elif text == b'{"type":"ping"}':
            self.transport.write(frame({"type": "pong"}))

    def connection_lost(self, error):
        self.forget()
        self.come_back()

    def forget(self):
        if self.welcomed_at is not None:
            self.crowd.welcomed -= 1
        self.transport = self.welcomed_at = None

    def come_back(self):
        """By the rule of docs/protocol.md: 250 to 500 ms at random, doubling up to 30 s."""
        if not self.crowd.is_over:
            loop = asyncio.get_running_loop()
            loop.call_later(self.delay * self.crowd.chance.uniform(1, 2), lambda: self.crowd.start(self.connect()))
            self.delay = min(self.delay * 2, 15)


class Crowd:
    def __init__(self, port, tokens, count, chance):
        self.port, self.chance, self.welcomed, self.is_over = port, chance, 0, False
        self.listeners = [Listener(self, tokens[number % len(tokens)]) for number in range(count)]
        self.tasks = set()

    def start(self, connecting):
        task = asyncio.create_task(connecting)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def gather(self, patience=120):
        """Everybody comes in, a few at a time."""
        for some in range(0, len(self.listeners), 50):
            await asyncio.gather(*(listener.connect() for listener in self.listeners[some:some + 50]))
            await self.all_welcomed(min(some + 50, len(self.listeners)), patience)

    async def all_welcomed(self, wanted=None, patience=120):
        wanted = len(self.listeners) if wanted is None else wanted
        async with asyncio.timeout(patience):
            while self.welcomed < wanted:
                await asyncio.sleep(0.02)

    def drop(self):
        """All at once, as when a network goes: the server hears resets and then all of them again."""
        for listener in self.listeners:
            if listener.transport:
                break_off(listener.transport)
                listener.forget()

    def came_back_within(self, since, share):
        """Seconds after which that share of them was welcome again."""
        times = sorted(listener.welcomed_at - since for listener in self.listeners)
        return times[int(share * (len(times) - 1))]

    async def disperse(self):
        self.is_over = True
        self.drop()
        while self.tasks:
            await asyncio.sleep(0.02)


class SlowReader:
    """Listens and then reads nothing more, through the smallest window there is."""

    async def connect(self, port, token):
        sock = self.sock = socket.socket()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", port))
        self.reader, self.writer = await asyncio.open_connection(sock=sock, limit=2048)
        self.writer.write(
            b"GET /api/socket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        await self.reader.readuntil(b"\r\n\r\n")
        self.writer.write(frame({"type": "hello", "as": "visitor", "token": token}))
        assert await self.reader.readexactly(2)
        self.writer.transport.pause_reading()
        return self

    async def rest(self):
        """Reads on: how much was under way, up to the end that the server made."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self.writer.transport.resume_reading()
        told = 0
        with suppress(ConnectionResetError):
            while more := await self.reader.read(1 << 16):
                told += len(more)
        self.writer.close()
        return told
