"""Spoils a good history of a fault run the way a server that serves people badly would have (see faults.py)."""
import copy

from .faults import log_of
from .service import APART, WAITS_AT_MOST


def of_kind(events, do, keep=lambda event: True):
    return [event for event in events if event["do"] == do and keep(event)]


def two_owners_under_one_epoch(events, random):
    chosen = random.choice(of_kind(events, "own"))
    events.append({**chosen, "who": "somebody", "owner": ["agent", "another"]})
    return "I5"


def spoken_by_the_one_before(events, random):
    """An agent's message was taken although the word had gone to another."""
    step = random.choice([step for event in of_kind(events, "steps") for step in event["steps"] if step["kind"] == "message"])
    step["by"] = "another"
    return "I5"


def given_to_two(events, random):
    """Given to an agent while another has it."""
    steps, at = random.choice([
        (event["steps"], at)
        for event in of_kind(events, "steps") for at, step in enumerate(event["steps"]) if step["kind"] == "assigned"
    ])
    steps.insert(at + 1, {**steps[at], "number": steps[at]["number"] + 1, "to": "another"})
    return "I5"


def never_taken_away(events, random):
    """A stretch of the reports that does not end when the next begins."""
    stretches = random.choice([event["stretches"] for event in of_kind(events, "stretches") if len(event["stretches"]) > 1])
    for stretch in stretches[-2:]:
        stretch["to"] = None
    return "I5"


def one_too_many_at_a_look(events, random):
    capacity = random.choice(of_kind(events, "capacity"))
    random.choice(of_kind(events, "sample"))["load"][capacity["agent"]] = capacity["of"] + 1
    return "I6"


def one_too_many_in_the_reports(events, random):
    capacity = random.choice(of_kind(events, "capacity"))
    begin = min(stretch["from"] for event in of_kind(events, "stretches") for stretch in event["stretches"])
    random.choice(of_kind(events, "stretches"))["stretches"][:0] = [
        {"session": f"more-{number}", "kind": "agent", "agent": capacity["agent"], "from": begin, "to": begin + 60_000}
        for number in range(capacity["of"] + 1)
    ]
    return "I6"


def waits_in_vain(events, random):
    """An agent is on duty with room all the time, and somebody is left in the queue."""
    agent = random.choice(of_kind(events, "capacity"))["agent"]
    events[:] = [event for event in events if not (event["do"] == "online" and event["agent"] == agent)]
    samples = of_kind(events, "sample")
    events.insert(events.index(samples[0]), {"do": "online", "agent": agent, "on": True, "t": samples[0]["t"]})
    while samples[-1]["t"] - samples[0]["t"] <= WAITS_AT_MOST + APART:
        samples.append({**copy.deepcopy(samples[-1]), "t": samples[-1]["t"] + 1})
        events.append(samples[-1])
    for before, sample in zip(samples, samples[1:]):
        # The look may have been kept away by a database that was gone.
        sample["t"] = min(sample["t"], before["t"] + APART / 2) if sample["t"] - before["t"] > APART else sample["t"]
    for sample in samples:
        sample["queue"].append("somebody")
        sample["load"][agent] = 0
    return "I7"


def handed_in(events, random):
    return random.choice([event for event in of_kind(events, "ack") if event["who"].startswith("outside")])


def repetition_was_stored(events, random):
    ack = handed_in(events, random)
    entries = log_of(events, ack["conversation"])
    stored = next(entry for entry in entries if entry["client"] == ack["client"])
    entries.append({**stored, "number": len(entries) + 1})
    return "I11"


def repetition_got_another_number(events, random):
    ack = handed_in(events, random)
    events.append({**ack, "number": ack["number"] + 1})
    return "I11"


def repetition_changed_the_words(events, random):
    ack = handed_in(events, random)
    next(entry for entry in log_of(events, ack["conversation"]) if entry["client"] == ack["client"])["text"] = "other words"
    return "I11"


def slow_after_the_overload(events, random):
    random.choice(of_kind(events, "measure", lambda event: event["when"] == "after"))["waited"] = 31
    return "I15"


def fat_after_the_overload(events, random):
    for event in of_kind(events, "measure", lambda event: event["when"] == "after"):
        event["memory"] *= 2
    return "I15"


TALK = [
    two_owners_under_one_epoch, spoken_by_the_one_before, given_to_two, never_taken_away,
    one_too_many_at_a_look, one_too_many_in_the_reports, waits_in_vain,
    repetition_was_stored, repetition_got_another_number, repetition_changed_the_words,
]
OVERLOAD = [slow_after_the_overload, fat_after_the_overload]
