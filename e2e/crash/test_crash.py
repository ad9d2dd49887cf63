"""Fifty kills in the middle of talk: nothing acknowledged is lost, nothing is there twice, everybody sees one order,
and the bot is silent once a person took over.

    SEED=7 ROUNDS=50 .venv/bin/pytest e2e/crash -s       the seed of a run is printed; the history stays in e2e/.artifacts
"""
import collections
import copy
import os
import random

import pytest
from conftest import ARTIFACTS

from . import faults
from .checker import check
from .history import TRUTH, excerpt, load
from .run import play

SEED = int(os.environ.get("SEED", random.randrange(10**6)))
ROUNDS = int(os.environ.get("ROUNDS", 50))


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    ARTIFACTS.mkdir(exist_ok=True)
    path = ARTIFACTS / "history.jsonl"

    def progress(round):
        if round % 10 == 0 or round == ROUNDS:
            print(f"killed and restarted {round} times of {ROUNDS}", flush=True)
    print(f"\nseed {SEED}", flush=True)
    play(tmp_path_factory.mktemp("crash"), path, SEED, ROUNDS, visitors=16, agents=4, progress=progress)
    return load(path)


def test_every_promise_holds(history):
    broken = check(history)
    assert not broken, f"seed {SEED}, {len(broken)} broken promises:\n" + "\n".join(broken[:20])


def test_enough_happened_to_mean_something(history):
    did = collections.Counter(event["do"] for event in history)
    assert did["kill"] == ROUNDS
    assert did["ack"] > 20 * ROUNDS
    stored = [entry for event in history if event["do"] == "log" and event["source"] == TRUTH for entry in event["entries"]]
    kinds = collections.Counter(entry["kind"] for entry in stored)
    authors = collections.Counter(entry["author"] for entry in stored)
    for kind in ("message", "note", "handed-off", "assigned", "taken-over", "closed"):
        assert kinds[kind] >= ROUNDS // 10, f"hardly any {kind}: {kinds}"
    for author in ("visitor", "bot", "agent"):
        assert authors[author] >= ROUNDS, f"hardly anything from {author}: {authors}"
    again = [event["client"] for event in history if event["do"] == "send"]
    assert len(again) > len(set(again)), "nothing had to be sent again: the kills met nobody"
    print(f"{did['ack']} acknowledged, {did['see']} sights, {dict(authors)}")


@pytest.fixture(scope="module")
def liveliest(history):
    """The four conversations in which most happened: enough to spoil, and quick to check again and again."""
    about = collections.Counter(event.get("conversation") for event in history if event["do"] in ("ack", "log"))
    about.pop(None, None)
    return excerpt(history, [conversation for conversation, _ in about.most_common(4)])


@pytest.mark.parametrize("fault", faults.ALL, ids=lambda fault: fault.__name__)
def test_the_checker_would_have_noticed(liveliest, fault):
    events = copy.deepcopy(liveliest)
    promise = fault(events, random.Random(SEED))
    assert any(line.startswith(promise + ":") for line in check(events))
