"""Plays what happens over live connections."""
import asyncio
from concurrent.futures import ThreadPoolExecutor


def play_through(scene, seconds):
    """Runs the scene on a thread of its own, because the browser tests of the same process keep an event loop on this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, asyncio.wait_for(scene, seconds)).result()
