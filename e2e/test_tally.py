"""The last line of bin/test is only right if each runner's own count is read right."""
import pytest

from tally import tally

RUNS = {
    "Swift, all well": ("✔ Test run with 12 tests in 3 suites passed after 0.4 seconds.", 0, (12, 0)),
    "Swift, one wrong": (
        "✘ Test `stars outside one to five`(stars:) failed after 0.1 seconds with 1 issue.\n"
        "✘ Test run with 12 tests in 3 suites failed after 0.4 seconds with 1 issue.", 1, (11, 1),
    ),
    "node": ("ℹ tests 5\nℹ pass 4\nℹ fail 1\n", 1, (4, 1)),
    "node, older": ("# tests 5\n# pass 5\n# fail 0\n", 0, (5, 0)),
    "pytest": ("=== 2 failed, 51 passed, 1 skipped in 3.47s ===", 1, (51, 2)),
    "pytest, one that could not begin": ("=== 2 failed, 51 passed, 1 error in 3.47s ===", 1, (51, 3)),
    "pytest, quiet": ("53 passed in 3.47s", 0, (53, 0)),
    "pytest, long": ("===== 53 passed in 83.47s (0:01:23) =====", 0, (53, 0)),
    "a linter": ("structure: as drawn", 0, (1, 0)),
    "a linter that complains": ("x.swift: Bot may not import Calls", 1, (0, 1)),
    "a crash before any test": ("", 139, (0, 1)),
}


@pytest.mark.parametrize("text, status, counts", RUNS.values(), ids=RUNS.keys())
def test_counts(text, status, counts):
    assert tally(text, status) == counts
