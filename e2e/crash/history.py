"""What happened in a crash test or a fault run, as JSON lines: one event each, in the order they happened in the load's process.

    {"do": "send",      "who", "conversation", "client", "text"}      a message leaves its author (again, when sent again)
    {"do": "ack",       "who", "conversation", "client", "number"}    the server acknowledged it
    {"do": "refused",   "who", "conversation", "client", "code"}      the server said no, for good
    {"do": "held-up",   "who", "conversation", "client", "code"}      the server cannot take it just now
    {"do": "see",       "who", "conversation", "link", "via", "entry"}  an observer was shown an entry; via: push or page
    {"do": "caught-up", "who", "conversation", "upto"}                the observer believes to have everything up to here
    {"do": "log",       "source", "conversation", "entries"}          the whole thread at the end, as one source tells it
    {"do": "kill"} {"do": "ready"}                                    the server's fate
    {"do": "fault", "number", "name", …} {"do": "healed", "number"}   what was done to the installation
    {"do": "clock", "node", "offset"}                                 a node's wall clock was set
    {"do": "capacity", "agent", "of"}                                 so many conversations an agent may have at a time
    {"do": "online", "agent", "on"}                                   the agent's desk is connected and was told to be on duty, or is gone
    {"do": "own", "who", "conversation", "epoch", "owner"}            a desk was shown who has the word
    {"do": "sample", "queue", "load"}                                 who waits and who serves how many, in one look at the database
    {"do": "steps", "conversation", "steps"}                          who had the word and what agents said, in the order of the thread
    {"do": "stretches", "conversation", "stretches"}                  who had the word from when to when, as reports count it
    {"do": "measure", "when", "p99", "memory", "waited"}              the service before an overload, and so many seconds after it

Every event carries "t", the seconds of a clock that nobody sets.
"""
import json
import time
from collections import Counter, defaultdict
from functools import cached_property

TRUTH = "database"


class Recorder:
    def __init__(self, path):
        self.file = open(path, "w")
        self.counts = Counter()

    def __call__(self, do, **fields):
        self.counts[do] += 1
        self.file.write(json.dumps({"do": do, "t": round(time.monotonic(), 3), **fields}, ensure_ascii=False) + "\n")

    def close(self):
        self.file.close()


class History:
    def __init__(self, events):
        self.events = events
        self.logs = defaultdict(dict)
        self.seen = defaultdict(list)
        for at, event in enumerate(events):
            event["at"] = at
            if event["do"] == "log":
                self.logs[event["conversation"]][event["source"]] = event["entries"]
            elif event["do"] == "see":
                self.seen[event["who"], event["conversation"]].append(event)

    @cached_property
    def handed_in(self):
        """The conversations of the API channel, whose customers do not look themselves."""
        return {event["conversation"] for event in self.events if event["do"] == "send" and event["who"].startswith("outside")}

    def all(self, do):
        return (event for event in self.events if event["do"] == do)

    def truth(self, conversation):
        return self.logs[conversation].get(TRUTH, [])


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
