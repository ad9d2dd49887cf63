"""The checker is only worth something if it notices: every planted fault must be caught, under the promise that it breaks."""
import copy
import random
from pathlib import Path

import pytest

from . import faults
from .checker import check
from .history import load

RECORDED = Path(__file__).parent / "recorded.jsonl"


@pytest.fixture(scope="module")
def recorded():
    return load(RECORDED)


def test_a_good_history_is_accepted(recorded):
    assert check(copy.deepcopy(recorded)) == []


def test_the_recorded_history_has_everything_worth_spoiling(recorded):
    kinds = {entry["kind"] for event in recorded if event["do"] == "log" for entry in event["entries"]}
    authors = {entry["author"] for event in recorded if event["do"] == "log" for entry in event["entries"]}
    assert {"message", "note", "handed-off"} <= kinds
    assert {"visitor", "bot", "agent"} <= authors
    assert sum(event["do"] == "kill" for event in recorded) >= 2


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("fault", faults.ALL, ids=lambda fault: fault.__name__)
def test_planted_fault_is_caught(recorded, fault, seed):
    events = copy.deepcopy(recorded)
    promise = fault(events, random.Random(seed))
    found = check(events)
    assert any(line.startswith(promise + ":") for line in found), f"not noticed; found instead: {found[:3]}"


def test_an_empty_log_is_no_proof(recorded):
    events = [event for event in copy.deepcopy(recorded) if event["do"] != "log"]
    assert any(line.startswith("material:") for line in check(events))
