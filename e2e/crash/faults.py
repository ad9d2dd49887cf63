"""Spoils a good history the way a broken server would have: the checker must notice each of these.

Every fault takes the events (already copied) and a seeded random source, changes them in place, and names the promise it breaks.
"""
from .history import TRUTH


def entries_of(events, conversation):
    """Every place where an entry of the conversation is mentioned: all logs and all observers."""
    for event in events:
        if event.get("conversation") == conversation:
            if event["do"] == "log":
                yield from event["entries"]
            elif event["do"] == "see":
                yield event["entry"]


def log_of(events, conversation, source=TRUTH):
    return next(
        event["entries"]
        for event in events
        if event["do"] == "log" and event["source"] == source and event["conversation"] == conversation
    )


def an_acknowledged(events, random):
    """An acknowledged message with another entry after it."""
    lengths = {
        event["conversation"]: len(event["entries"]) for event in events if event["do"] == "log" and event["source"] == TRUTH
    }
    return random.choice([
        event for event in events
        if event["do"] == "ack" and not event.get("hidden") and lengths[event["conversation"]] > event["number"]
    ])


def forget(events, ack, renumber):
    conversation, number = ack["conversation"], ack["number"]
    events[:] = [
        event for event in events
        if not (event["do"] == "see" and event["conversation"] == conversation and event["entry"]["number"] == number)
    ]
    for event in events:
        if event["do"] == "log" and event["conversation"] == conversation:
            event["entries"][:] = [entry for entry in event["entries"] if entry["number"] != number]
    if renumber:
        for entry in entries_of(events, conversation):
            if entry["number"] > number:
                entry["number"] -= 1


def lost_leaving_a_gap(events, random):
    forget(events, an_acknowledged(events, random), renumber=False)
    return "I1"


def lost_and_closed_up(events, random):
    forget(events, an_acknowledged(events, random), renumber=True)
    return "I1"


def lost_for_one_observer(events, random):
    """Something that an observer claims to have is taken out of all it saw."""
    claim = random.choice([event for event in events if event["do"] == "caught-up" and event["upto"] > 0])

    def is_theirs(event):
        return event["do"] == "see" and (event["who"], event["conversation"]) == (claim["who"], claim["conversation"])
    number = random.choice([event["entry"]["number"] for event in events if is_theirs(event) and event["entry"]["number"] <= claim["upto"]])
    events[:] = [event for event in events if not (is_theirs(event) and event["entry"]["number"] == number)]
    return "I4"


def swapped_for_one_observer(events, random):
    """Two neighbours reach one observer under each other's numbers."""
    sights = [event for event in events if event["do"] == "see" and event["entry"]["client"]]
    chosen = random.choice(sights)
    who, conversation, number = chosen["who"], chosen["conversation"], chosen["entry"]["number"]
    for event in sights:
        if (event["who"], event["conversation"]) == (who, conversation) and event["entry"]["number"] == number:
            event["entry"]["number"] = number + 1
    return "I3"


def swapped_everywhere(events, random):
    """Two messages of one author are stored in the opposite order of writing, and all agree on that."""
    conversation, low, high = random.choice(list(written_one_after_the_other(events)))
    other = {low: high, high: low}
    for entry in entries_of(events, conversation):
        entry["number"] = other.get(entry["number"], entry["number"])
    for event in events:
        if event["do"] == "log" and event["conversation"] == conversation:
            event["entries"].sort(key=lambda entry: entry["number"])
        if event["do"] == "ack" and event["conversation"] == conversation:
            event["number"] = other.get(event["number"], event["number"])
    return "I3"


def written_one_after_the_other(events):
    """Pairs of messages of one author, the second written after the first was acknowledged."""
    acks = {event["client"]: event for event in events if event["do"] == "ack"}
    known, sent = {}, set()
    for event in events:
        if event["do"] == "send" and event["client"] not in sent:
            sent.add(event["client"])
            before = known.get((event["who"], event["conversation"]))
            later = acks.get(event["client"])
            if before and later and not later.get("hidden"):
                yield event["conversation"], before, later["number"]
        elif event["do"] == "ack" and not event.get("hidden"):
            known[event["who"], event["conversation"]] = event["number"]


def pushed_in_the_wrong_order(events, random):
    pushes = [event for event in events if event["do"] == "see" and event["via"] == "push"]
    pairs = [
        (first, second)
        for first, second in zip(pushes, pushes[1:])
        if (first["who"], first["link"], first["conversation"]) == (second["who"], second["link"], second["conversation"])
    ]
    first, second = random.choice(pairs)
    first["entry"], second["entry"] = second["entry"], first["entry"]
    return "I3"


def stored_twice(events, random):
    """The same message is appended again at the end, for everybody."""
    ack = an_acknowledged(events, random)
    last = len(log_of(events, ack["conversation"]))
    for event in events:
        if event["do"] == "log" and event["conversation"] == ack["conversation"]:
            twin = next(entry for entry in event["entries"] if entry["number"] == ack["number"])
            event["entries"].append({**twin, "number": last + 1})
    return "I2"


def shown_twice(events, random):
    sights = [event for event in events if event["do"] == "see" and event["entry"]["client"]]
    chosen = random.choice(sights)
    twin = {**chosen, "entry": {**chosen["entry"], "number": chosen["entry"]["number"] + 1}}
    events.insert(events.index(chosen) + 1, twin)
    return "I2"


def acknowledged_twice(events, random):
    ack = an_acknowledged(events, random)
    events.append({**ack, "number": ack["number"] + 1})
    return "I2"


def bot_after_takeover(events, random):
    """A person's message turns into the bot's, in all logs and for all observers."""
    spoken = [
        (event["conversation"], entry["number"])
        for event in events if event["do"] == "log" and event["source"] == TRUTH
        for entry in event["entries"] if entry["author"] == "agent" and entry["kind"] == "message"
    ]
    conversation, number = random.choice(spoken)
    for entry in entries_of(events, conversation):
        if entry["number"] == number:
            entry["author"] = "bot"
    return "I13"


ALL = [
    lost_leaving_a_gap, lost_and_closed_up, lost_for_one_observer,
    swapped_for_one_observer, swapped_everywhere, pushed_in_the_wrong_order,
    stored_twice, shown_twice, acknowledged_twice,
    bot_after_takeover,
]
