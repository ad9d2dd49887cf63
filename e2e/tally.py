"""How many tests passed and failed, from what a test run printed: `tally.py LOG STATUS` prints two numbers.

A step that counts nothing itself (a linter, a build) is one test.
"""
import re
import sys

COUNTS = [
    # Swift Testing: how many ran; the failed ones are named one by one
    (r"^. Test run with (\d+) tests?", r"^. Test (?!run )\S.* failed after", "ran"),
    # node --test
    (r"^. pass (\d+)$", r"^. fail (\d+)$", "passed"),
    # pytest
    (r"^=*.*?\b(\d+) passed\b.* in [\d.]+s", r"\b(\d+) (?:failed|errors?)\b(?=.* in [\d.]+s\b)", "passed"),
]


def tally(text, status):
    passed = failed = 0
    for good, bad, meaning in COUNTS:
        ran = sum(int(number) for number in re.findall(good, text, re.M))
        wrong = sum(int(number) if number.isdigit() else 1 for number in re.findall(bad, text, re.M))
        passed += ran - wrong if meaning == "ran" else ran
        failed += wrong
    if status == 0 and passed == 0:
        passed = 1
    if status != 0 and failed == 0:
        failed = 1
    return passed, failed


if __name__ == "__main__":
    with open(sys.argv[1], errors="replace") as log:
        print(*tally(re.sub(r"\x1b\[[0-9;]*m", "", log.read()), int(sys.argv[2])))
