"""Decides from a recorded history whether the promises held. It knows nothing of the server, only of what was promised:

I1   no acknowledged message is lost
I2   no message is there twice
I3   every observer and every log shows the same total order, and it respects the order in which each author wrote
I4   whoever resumed has everything
I5   at most one agent has the word at any instant
I6   no agent serves more conversations than the capacity allows
I7   nobody waits while an agent is on duty and has room
I11  messages handed in again, late and in another order leave the same thread
I13  the bot never speaks after a person took over
I15  after an overload answers are as quick, and memory as small, as before it
"""
import sys
from collections import Counter, defaultdict

from .history import TRUTH, History, load
from .service import (
    capacity_kept, handed_in_once, nobody_waits_in_vain, one_owner_an_epoch, one_owner_in_the_reports, recovered, spoken_by_owners,
)

def check(events):
    """Every broken promise as one line; none when all held."""
    history = History(events)
    faults = []
    for rule in RULES:
        faults += rule(history)
    return faults


def every_log_is_there(history):
    """A checker without material finds nothing wrong: so the material is demanded."""
    for conversation in {event["conversation"] for event in history.all("ack")}:
        missing = {TRUTH, "visitor", "desk"} - history.logs[conversation].keys()
        if conversation in history.handed_in:
            missing.discard("visitor")
        if missing:
            yield f"material: conversation {conversation} has no log from {', '.join(sorted(missing))}"


def none_lost(history):
    sent = {(event["conversation"], event["client"]): event["text"] for event in history.all("send")}
    for ack in history.all("ack"):
        name = ack["conversation"], ack["client"]
        for source, entries in history.logs[ack["conversation"]].items():
            if source == "visitor" and ack.get("hidden"):
                continue
            stored = [entry for entry in entries if entry["client"] == ack["client"]]
            if not stored:
                yield f"I1: {name} was acknowledged as {ack['number']} but the {source}'s log does not have it"
            elif ack["number"] not in [entry["number"] for entry in stored]:
                yield f"I1: {name} was acknowledged as {ack['number']} but the {source}'s log has it as {stored[0]['number']}"
            elif name in sent and stored[0]["text"] != sent[name]:
                yield f"I1: {name} was acknowledged but the {source}'s log has another text"


def none_twice(history):
    for conversation, sources in history.logs.items():
        for source, entries in sources.items():
            for number, times in Counter(entry["number"] for entry in entries).items():
                if times > 1:
                    yield f"I2: {conversation}: the {source}'s log has number {number} {times} times"
            for client, times in Counter(entry["client"] for entry in entries if entry["client"]).items():
                if times > 1:
                    yield f"I2: {conversation}: the {source}'s log has message {client} {times} times"
    for (who, conversation), sights in history.seen.items():
        numbers = defaultdict(set)
        for sight in sights:
            numbers[sight["entry"]["client"]].add(sight["entry"]["number"])
        numbers.pop(None, None)
        for client, under in numbers.items():
            if len(under) > 1:
                yield f"I2: {who} saw message {client} of {conversation} under numbers {sorted(under)}"
    acks = defaultdict(set)
    for ack in history.all("ack"):
        acks[ack["conversation"], ack["client"]].add(ack["number"])
    for name, numbers in acks.items():
        if len(numbers) > 1:
            yield f"I2: {name} was acknowledged under numbers {sorted(numbers)}"


def one_order(history):
    for conversation, sources in history.logs.items():
        truth = {entry["number"]: entry for entry in history.truth(conversation)}
        if sorted(truth) != list(range(1, len(truth) + 1)):
            yield f"I3: {conversation}: the numbers in the {TRUTH} have gaps"
        for source, entries in sources.items():
            numbers = [entry["number"] for entry in entries]
            if numbers != sorted(numbers):
                yield f"I3: {conversation}: the {source}'s log is not in order"
            for entry in entries:
                yield from differing(f"the {source}'s log", conversation, entry, truth)
            yield from missing_entries(f"the {source}'s log", conversation, set(numbers), truth, max(truth, default=0), source)
    for (who, conversation), sights in history.seen.items():
        truth = {entry["number"]: entry for entry in history.truth(conversation)}
        for sight in sights:
            yield from differing(who, conversation, sight["entry"], truth)


def differing(who, conversation, entry, truth):
    if truth.get(entry["number"]) != entry:
        yield f"I3: {conversation}: {who} has {entry} where the {TRUTH} has {truth.get(entry['number'])}"


def authors_order(history):
    """What an author sent after an acknowledgement comes after the acknowledged."""
    first_sent, acknowledged = {}, defaultdict(list)
    for event in history.events:
        if event["do"] == "send":
            first_sent.setdefault((event["conversation"], event["client"]), event["at"])
        elif event["do"] == "ack":
            acknowledged[event["who"], event["conversation"]].append(event)
    for (who, conversation), acks in acknowledged.items():
        highest = 0
        settled = sorted(acks, key=lambda ack: ack["at"])
        place = 0
        for ack in sorted(acks, key=lambda ack: first_sent.get((conversation, ack["client"]), 0)):
            sent_at = first_sent.get((conversation, ack["client"]), 0)
            while place < len(settled) and settled[place]["at"] < sent_at:
                highest = max(highest, settled[place]["number"])
                place += 1
            if ack["number"] <= highest:
                yield f"I3: {who} wrote {ack['client']} after number {highest} was acknowledged, yet it is number {ack['number']}"


def pushes_in_order(history):
    for (who, conversation), sights in history.seen.items():
        latest = {}
        for sight in sights:
            if sight["via"] == "push":
                number = sight["entry"]["number"]
                if number <= latest.get(sight["link"], 0):
                    yield f"I3: {who} was told {number} of {conversation} after {latest[sight['link']]}"
                latest[sight["link"]] = number


def gap_free(history):
    for event in history.all("caught-up"):
        truth = {entry["number"]: entry for entry in history.truth(event["conversation"])}
        have = {
            sight["entry"]["number"]
            for sight in history.seen[event["who"], event["conversation"]]
            if sight["at"] < event["at"]
        }
        source = "visitor" if event["who"].startswith("visitor") else "desk"
        yield from missing_entries(event["who"], event["conversation"], have, truth, event["upto"], source)


def missing_entries(who, conversation, have, truth, upto, source):
    hidden = {"note"} if source == "visitor" else set()
    for number in sorted(set(truth) - have):
        if number <= upto and truth[number]["kind"] not in hidden:
            yield f"I4: {conversation}: {who} is without number {number}"
    for number in sorted(have & set(truth)):
        if truth[number]["kind"] in hidden:
            yield f"I12: {conversation}: {who} has the internal number {number}"


def bot_silent(history):
    for conversation in history.logs:
        with_a_person = False
        for entry in history.truth(conversation):
            if entry["kind"] in ("assigned", "taken-over"):
                with_a_person = True
            elif entry["kind"] in ("opened", "closed"):
                with_a_person = False
            elif with_a_person and entry["author"] == "bot":
                yield f"I13: {conversation}: the bot speaks in number {entry['number']}, after a person took over"


RULES = [
    every_log_is_there, none_lost, none_twice, one_order, authors_order, pushes_in_order, gap_free, bot_silent,
    one_owner_an_epoch, one_owner_in_the_reports, spoken_by_owners, capacity_kept, nobody_waits_in_vain, handed_in_once, recovered,
]


if __name__ == "__main__":
    found = check(load(sys.argv[1]))
    print("\n".join(found) or "all promises held")
    sys.exit(1 if found else 0)
