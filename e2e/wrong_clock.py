"""A server whose wall clock can be set, for what happens at night, at dawn and on holidays."""
import struct
import time
from datetime import datetime
from pathlib import Path

from nightdesk import Nightdesk
from shims import compiled

SHIM = Path(__file__).parent / "faults/wrong_clock.c"


class WrongClock(Nightdesk):
    def __init__(self, folder, moment: datetime, *options):
        folder.mkdir(parents=True, exist_ok=True)
        self.offset = folder / "clock"
        self.set_clock(moment)
        environment = {"LD_PRELOAD": str(compiled(SHIM, folder)), "CLOCK_OFFSET": str(self.offset)}
        super().__init__(folder / "data", *options, environment=environment)

    def set_clock(self, moment):
        self.ahead = moment.timestamp() - time.time()
        with open(self.offset, "r+b" if self.offset.exists() else "wb") as file:
            file.write(struct.pack("q", int(self.ahead * 10**9)))
