"""What the fault runs add to the history checker is only worth something if it notices, too (see crash/test_checker.py)."""
import copy
import random
from pathlib import Path

import pytest

from crash import faults, service_faults
from crash.checker import check
from crash.history import load

RECORDED = Path(__file__).parent / "recorded.jsonl"
EVERY = [*faults.ALL, *service_faults.TALK, *service_faults.OVERLOAD]


@pytest.fixture(scope="module")
def recorded():
    return load(RECORDED)


def test_a_good_history_is_accepted(recorded):
    assert check(copy.deepcopy(recorded)) == []


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("fault", EVERY, ids=lambda fault: fault.__name__)
def test_planted_fault_is_caught(recorded, fault, seed):
    events = copy.deepcopy(recorded)
    promise = fault(events, random.Random(seed))
    found = check(events)
    assert any(line.startswith(promise + ":") for line in found), f"not noticed; found instead: {found[:3]}"
