"""What happened in a crash test, as JSON lines: one event each, in the order they happened in the load's process.

    {"do": "send",      "who", "conversation", "client", "text"}      a message leaves its author (again, when sent again)
    {"do": "ack",       "who", "conversation", "client", "number"}    the server acknowledged it
    {"do": "refused",   "who", "conversation", "client", "code"}      the server said no, for good
    {"do": "see",       "who", "conversation", "link", "via", "entry"}  an observer was shown an entry; via: push or page
    {"do": "caught-up", "who", "conversation", "upto"}                the observer believes to have everything up to here
    {"do": "log",       "source", "conversation", "entries"}          the whole thread at the end, as one source tells it
    {"do": "kill"} {"do": "ready"}                                    the server's fate
"""
import json


class Recorder:
    def __init__(self, path):
        self.file = open(path, "w")

    def __call__(self, do, **fields):
        self.file.write(json.dumps({"do": do, **fields}, ensure_ascii=False) + "\n")

    def close(self):
        self.file.close()


def load(path):
    with open(path) as lines:
        return [json.loads(line) for line in lines]


def shown(entry):
    """What every observer of an entry must agree on."""
    return {
        "number": entry["number"],
        "kind": entry["kind"],
        "author": entry["author"]["kind"],
        "client": entry.get("client"),
        "text": entry.get("text"),
    }


def excerpt(events, conversations):
    """The part of a history that is about some of the conversations."""
    return [event for event in events if event.get("conversation") in (None, *conversations)]
