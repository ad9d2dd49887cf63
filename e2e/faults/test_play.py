"""Everything between a client and the disk is hurt while people talk: links, nodes, clocks, databases, buses. All promises hold.

    bin/test faults                                    a little of everything, two minutes
    bin/test faults --long --seed 7 --rounds 300       as long as you like; the seed of a run is printed
"""
import collections
import copy
import random

import pytest
from conftest import ARTIFACTS
from scene import play_through

from crash import faults, service_faults
from crash.checker import check
from crash.history import TRUTH, excerpt, load

from .place import binary_knows
from .play import play

ONE, CLUSTER = {"database": "postgres"}, {"database": "postgres", "nodes": 2}
INSTALLATIONS = {
    "sqlite": {"database": "sqlite"},
    "postgres": ONE,
    "two-nodes": CLUSTER,
    "two-nodes-nats": {**CLUSTER, "bus": True},
}
# What no run is without, besides what the seed chooses.
ALWAYS = {"node killed", "database failed over", "sync fails", "disk full", "bus restarted"}


def knows(name):
    """Whether this server can do it yet: nodes have roles."""
    wanted = {"two-nodes": ["--roles"], "two-nodes-nats": ["--roles", "--bus"]}
    return all(binary_knows(option) for option in wanted.get(name, []))


@pytest.fixture(scope="module", params=INSTALLATIONS)
def history(request, tmp_path_factory, seed):
    name, is_long = request.param, request.config.getoption("--long")
    if not knows(name):
        pytest.skip("this server knows nothing of it yet")
    if not is_long and name == "postgres" and knows("two-nodes"):
        pytest.skip("two nodes stand for one in a short run")
    if not is_long and name == "two-nodes" and knows("two-nodes-nats"):
        pytest.skip("hints through NATS stand for those through PostgreSQL in a short run")
    rounds = request.config.getoption("--rounds") or (150 if is_long else 6)
    ARTIFACTS.mkdir(exist_ok=True)
    path = ARTIFACTS / f"faults-{name}.jsonl"
    print(f"\nagain: bin/test faults --seed {seed} --rounds {rounds} -k {name}", flush=True)
    folder = tmp_path_factory.mktemp("faults")
    numbers = {}

    async def scene():
        numbers.update(await play(
            folder, path, seed, rounds, always=ALWAYS, tell=lambda line: print(line, flush=True), **INSTALLATIONS[name]
        ))
    play_through(scene(), 120 + 60 * rounds)
    events = load(path)
    broken = check(events)
    print(
        f"{name}: {numbers['send']} sent, {numbers['ack']} acknowledged, {numbers['see']} sights, {numbers['fault']} faults injected, "
        f"service back within {numbers['longest silence']:.1f} s, {len(broken)} violations", flush=True,
    )
    return events


def test_every_promise_holds(history, seed):
    broken = check(history)
    assert not broken, f"seed {seed}, {len(broken)} broken promises:\n" + "\n".join(broken[:20])


def test_enough_happened_to_mean_something(history):
    did = collections.Counter(event["do"] for event in history)
    assert did["fault"] == did["healed"] >= 5
    assert did["ack"] > 50 * did["fault"]
    assert did["sample"] > did["fault"] and did["own"] > did["fault"]
    stored = [entry for event in history if event["do"] == "log" and event["source"] == TRUTH for entry in event["entries"]]
    kinds = collections.Counter(entry["kind"] for entry in stored)
    authors = collections.Counter(entry["author"] for entry in stored)
    for kind in ("message", "handed-off", "assigned", "closed", *(("note", "taken-over") if did["fault"] >= 20 else ())):
        assert kinds[kind], f"no {kind}: {kinds}"
    assert all(authors[author] for author in ("visitor", "bot", "agent")), authors
    handed_in = [event["client"] for event in history if event["do"] == "send" and event["who"].startswith("outside")]
    assert len(handed_in) > len(set(handed_in)), "nothing was handed in again"
    assert any(event["queue"] for event in history if event["do"] == "sample"), "nobody ever waited"


@pytest.fixture(scope="module")
def liveliest(history):
    """The three conversations in which most happened, and one of the API channel: quick to check again and again."""
    about = collections.Counter(event.get("conversation") for event in history if event["do"] in ("ack", "log", "own"))
    handed_in = {event["conversation"] for event in history if event["do"] == "send" and event["who"].startswith("outside")}
    about.pop(None, None)
    chosen = [conversation for conversation, _ in about.most_common() if conversation not in handed_in][:3]
    return excerpt(history, [*chosen, min(handed_in)])


@pytest.mark.parametrize("fault", [*faults.ALL, *service_faults.TALK], ids=lambda fault: fault.__name__)
def test_the_checker_would_have_noticed(liveliest, fault, seed):
    # A clock that was set makes the times of stretches worthless, and with them what they alone would show.
    events = [copy.deepcopy(event) for event in liveliest if event["do"] != "clock"]
    promise = fault(events, random.Random(seed))
    assert any(line.startswith(promise + ":") for line in check(events))
