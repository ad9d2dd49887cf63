"""Plays power losses from what power.c wrote down: at any moment, what a disk may hold is everything that was synced, and of everything
else any part, in sectors, in any order.
"""
import struct
from collections import namedtuple

WRITE, LENGTH, SYNC_BEGINS, SYNC_ENDED, MADE, REMOVED = range(1, 7)
DATABASE, LOG, FOLDER = range(3)
NAMES = {DATABASE: "nightdesk.sqlite", LOG: "nightdesk.sqlite-wal"}
SECTOR = 512
HEAD = struct.Struct("=BBHIQ")

Record = namedtuple("Record", "end kind file where bytes")


def records(path):
    """In the order of the calls; `end` is how long the log was when the record had been written."""
    with open(path, "rb") as log:
        end = 0
        while len(head := log.read(HEAD.size)) == HEAD.size:
            kind, file, _, length, where = HEAD.unpack(head)
            data = log.read(length)
            if len(data) < length:
                return
            end += HEAD.size + length
            yield Record(end, kind, file, where, data)


class Contents:
    """What the files hold, and which of them the folder knows: the two are synced by themselves."""

    def __init__(self, contents, names):
        self.bytes, self.names = contents, names

    def copy(self):
        return Contents({file: bytearray(content) for file, content in self.bytes.items()}, set(self.names))

    def write(self, folder):
        for file in self.names:
            (folder / NAMES[file]).write_bytes(self.bytes[file])


class Disk:
    """What is certain, and what is still under way. `ignores` are files whose syncs are taken for granted and never come true: what
    a server would be that does not wait for them."""

    def __init__(self, contents, ignores=()):
        self.certain = Contents({file: bytearray(contents.get(file, b"")) for file in NAMES}, set(contents))
        self.under_way, self.begun, self.ignores = [], {}, ignores

    def take(self, record):
        if record.kind == SYNC_BEGINS:
            self.begun[record.where] = record.end
        elif record.kind == SYNC_ENDED:
            begun = self.begun.pop(record.where)
            if record.file not in self.ignores:
                self.settle(record.file, begun)
        else:
            self.under_way.append(record)

    def settle(self, file, begun):
        """What was asked for before the sync began is certain now: the file's bytes, or the folder's names."""
        rest = []
        for one in self.under_way:
            about = FOLDER if one.kind in (MADE, REMOVED) else one.file
            if about == file and one.end <= begun:
                carry_out(one, self.certain)
            else:
                rest.append(one)
        self.under_way = rest

    def after_a_loss(self, chance):
        """One of the states in which the power may leave the disk."""
        contents = self.certain.copy()
        kept = chance.choice((0, 0.1, 0.5, 0.9, 1))
        torn = chance.choice((0, 0, 0.2, 1))
        # Either nothing later than some moment came through, or it came through in any order.
        last = chance.randrange(len(self.under_way) + 1) if chance.random() < 0.5 else len(self.under_way)
        for one in self.under_way[:last]:
            if chance.random() < kept or last < len(self.under_way) and chance.random() < 0.9:
                carry_out(one, contents, (lambda: chance.random() < 0.5) if one.kind == WRITE and chance.random() < torn else None)
        return contents


def carry_out(record, contents, is_kept=None):
    """With `is_kept` only those sectors of a write that it says yes to."""
    content = contents.bytes[record.file]
    if record.kind == MADE:
        contents.names.add(record.file)
    elif record.kind == REMOVED:
        contents.names.discard(record.file)
        content.clear()
    elif record.kind == LENGTH:
        del content[record.where:]
        content.extend(bytes(record.where - len(content)))
    elif is_kept is None:
        put(content, record.where, record.bytes)
    else:
        end = record.where + len(record.bytes)
        for begin in range(record.where - record.where % SECTOR, end, SECTOR):
            if is_kept():
                first, last = max(begin, record.where), min(begin + SECTOR, end)
                put(content, first, record.bytes[first - record.where:last - record.where])


def put(content, where, data):
    if len(content) < where:
        content.extend(bytes(where - len(content)))
    content[where:where + len(data)] = data


def losses(path, contents, moments, chance, ignores=()):
    """Yields so many states, each with the moment (how long the log was) at which the power went, in the order of time."""
    log = list(records(path))
    disk, at = Disk(contents, ignores), 0
    # Half of the moments are those in which a sync is about to end: then the most is under way.
    ends = [number for number, record in enumerate(log) if record.kind == SYNC_ENDED]
    chosen = [chance.choice(ends) if chance.random() < 0.5 else chance.randrange(len(log)) for _ in range(moments)]
    for number in sorted(chosen):
        while at < number:
            disk.take(log[at])
            at += 1
        yield log[at - 1].end if at else 0, disk.after_a_loss(chance)
