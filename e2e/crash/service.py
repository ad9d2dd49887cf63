"""Decides whether people were served as promised: one owner at a time (I5), never above capacity (I6), nobody waiting in vain (I7),
repetitions without effect (I11), and everything as before once an overload is over (I15)."""
from collections import defaultdict
from itertools import pairwise

# Two looks at one clock in two transactions: what is counted by times is right to so many seconds.
BLUR = 0.1
# The queue is looked through every five seconds even when an event was missed, by one node; when that dies, another goes on after
# fifteen. The rest is for a busy machine.
WAITS_AT_MOST = 30
# Looks at the database further apart than this say nothing about the time between them.
APART = 3
RECOVERS_WITHIN = 30


def one_owner_an_epoch(history):
    """Whoever was told who has the word, under one epoch was told the same."""
    told = defaultdict(set)
    for event in history.all("own"):
        told[event["conversation"], event["epoch"]].add(tuple(event["owner"]))
    for (conversation, epoch), owners in told.items():
        if len(owners) > 1:
            yield f"I5: {conversation} had under epoch {epoch} the owners {sorted(map(str, owners))}"


def spoken_by_owners(history):
    """Read in the order of the thread: an agent speaks, transfers and closes only while the word is the agent's."""
    for event in history.all("steps"):
        owner = None
        for step in event["steps"]:
            kind, by, to = step["kind"], step["by"], step["to"]
            where = f"{event['conversation']} number {step['number']}"
            acts = kind in ("message", "transferred") or kind == "closed" and by is not None
            if acts and by != owner:
                yield f"I5: {where}: agent {by} acts ({kind}) while the word is with {owner}"
            elif kind == "assigned" and owner is not None:
                yield f"I5: {where}: given to {to} while {owner} has it"
            if kind != "message":
                owner = to


def one_owner_in_the_reports(history):
    for event in history.all("stretches"):
        stretches = event["stretches"]
        if sum(stretch["to"] is None for stretch in stretches) > 1:
            yield f"I5: {event['conversation']}: more than one stretch has not ended"
        if clock_was_set(history):
            continue
        by_session = defaultdict(list)
        for stretch in stretches:
            by_session[stretch["session"]].append(stretch)
        for session in by_session.values():
            session.sort(key=lambda stretch: stretch["from"])
            for first, second in pairwise(session):
                if first["to"] is None or second["from"] < first["to"] - BLUR * 1000:
                    yield f"I5: {event['conversation']}: {second} begins before {first} ends"


def clock_was_set(history):
    """Then the times of stretches say nothing."""
    return any(True for _ in history.all("clock"))


def capacity_kept(history):
    capacity = {event["agent"]: event["of"] for event in history.all("capacity")}
    for event in history.all("sample"):
        for agent, load in event["load"].items():
            if load > capacity.get(agent, load):
                yield f"I6: agent {agent} serves {load} conversations at {event['t']}, {capacity[agent]} are allowed"
    if clock_was_set(history):
        return
    turns = defaultdict(list)
    for event in history.all("stretches"):
        for stretch in event["stretches"]:
            if stretch["kind"] == "agent":
                turns[stretch["agent"]].append((stretch["from"], 1))
                if stretch["to"] is not None:
                    turns[stretch["agent"]].append((max(stretch["from"], stretch["to"] - BLUR * 1000), -1))
    for agent, changes in turns.items():
        load = 0
        for at, change in sorted(changes):
            load += change
            if load > capacity.get(agent, load):
                yield f"I6: agent {agent} serves {load} conversations at {at}, {capacity[agent]} are allowed"
                break


def nobody_waits_in_vain(history):
    """Between two looks that both found the same customer waiting and the same agent on duty with room."""
    capacity = {event["agent"]: event["of"] for event in history.all("capacity")}
    online, since, before = {}, {}, None
    for event in history.events:
        if event["do"] == "online":
            online[event["agent"]] = event["on"]
            if not event["on"]:
                since = {pair: at for pair, at in since.items() if pair[1] != event["agent"]}
        elif event["do"] == "sample":
            if before is None or event["t"] - before > APART:
                since = {}
            before = event["t"]
            free = [agent for agent, on in online.items() if on and event["load"].get(agent, 0) < capacity.get(agent, 0)]
            vain = {(conversation, agent) for conversation in event["queue"] for agent in free}
            since = {pair: since.get(pair, event["t"]) for pair in vain}
            for (conversation, agent), at in since.items():
                if event["t"] - at > WAITS_AT_MOST:
                    yield f"I7: {conversation} waits for {event['t'] - at:.1f} s while agent {agent} has room"
                    return


def handed_in_once(history):
    """What was handed in, whatever was repeated, is there once, and nothing that was never handed in."""
    sent, places = {}, defaultdict(set)
    for event in history.events:
        if event["do"] in ("send", "ack") and event["conversation"] in history.handed_in and event["who"].startswith("outside"):
            if event["do"] == "send":
                sent.setdefault((event["conversation"], event["client"]), event["text"])
            else:
                places[event["conversation"], event["client"]].add(event["number"])
    for (conversation, client), numbers in places.items():
        if len(numbers) > 1:
            yield f"I11: {client} of {conversation} was taken under numbers {sorted(numbers)}"
    for conversation in history.handed_in:
        taken = [entry for entry in history.truth(conversation) if entry["author"] == "visitor" and entry["kind"] == "message"]
        for entry in taken:
            if sent.get((conversation, entry["client"])) != entry["text"]:
                yield f"I11: {conversation} number {entry['number']} is not what was handed in as {entry['client']}"
        if len({entry["client"] for entry in taken}) < len(taken):
            yield f"I11: {conversation} has a message of its customer twice"


def recovered(history):
    measures = {event["when"]: event for event in history.all("measure")}
    if "after" not in measures:
        return
    before, after = measures["before"], measures["after"]
    if after["waited"] > RECOVERS_WITHIN:
        yield f"I15: {after['waited']:.0f} s after the overload answers take {after['p99']:.3f} s, before it {before['p99']:.3f} s"
    if after["memory"] > 1.2 * before["memory"]:
        yield f"I15: {after['memory'] >> 20} MiB after the overload, {before['memory'] >> 20} MiB before it"
