"""Measures Nightdesk against the yardsticks, in turns, and prints a table or, with --json, one object on one line."""
import argparse
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import measures
import nodes
import pages
import resume
import small
from process import Missing

# Which measures come from which measurement, in this order.
MEASUREMENTS = [
    ({"P5", "P6", "P7"}, measures.connections), ({"P8", "P8a", "P8g"}, resume.measure), ({"P9", "P9i", "P9s"}, pages.on_sqlite),
    ({"P9p", "P9pi", "P9ps"}, pages.on_postgres), ({"P10", "P10n", "P10s", "P10d", "P10e", "N1", "N2"}, nodes.two_nodes),
    ({"P11", "P11m"}, measures.cold_start), ({"P12", "P12h"}, measures.answers), ({"P13", "P13c", "P13d"}, measures.weights),
    ({"P14", "P14m"}, small.measure), ({"S1", "S2", "S3"}, nodes.stores),
]


def main():
    # So that the servers are stopped then, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    words = argparse.ArgumentParser(prog="bin/bench")
    words.add_argument("--json", action="store_true", help="print one JSON object on one line")
    words.add_argument("--only", help="measures to take, e.g. P1,P5")
    words.add_argument("--quick", action="store_true", help="fewer and shorter rounds, for a first look")
    words.add_argument("--binary", required=True)
    words.add_argument("--tools", required=True)
    chosen = words.parse_args()
    begin = time.monotonic()

    def say(line):
        print(f"[{time.monotonic() - begin:5.0f} s] {line}", file=sys.stderr, flush=True)

    goals = json.loads((pathlib.Path(__file__).parent / "goals.json").read_text())
    with tempfile.TemporaryDirectory(prefix="nightdesk-bench-") as folder:
        bench = measures.Bench(pathlib.Path(chosen.tools), chosen.binary, folder, say, chosen.quick)
        wanted = set(chosen.only.split(",")) if chosen.only else set(goals)
        if unknown := wanted - set(goals):
            sys.exit(f"bench: there is no measure {', '.join(sorted(unknown))}; there are {', '.join(goals)}")
        with bench.resources:
            bench.prepare()
            found = take(bench, wanted)
    results = {key: without_value(goals[key], seen) if isinstance(seen, Exception) else judge(goals[key], *seen)
               for key, seen in found.items()}
    for key in results.keys() & bench.notes.keys():
        results[key]["notes"] = bench.notes[key]
    print(json.dumps(results) if chosen.json else table(results))
    sys.exit(any("failed" in result for result in results.values()))


def take(bench, wanted):
    found = {}
    if wanted & {"P1", "P2", "P3", "P4"}:
        found |= measures.throughput(bench)
    if wanted & {"P3", "P4"}:
        found |= measures.latency(bench, found["P2"][0])
    for keys, measure in MEASUREMENTS:
        if wanted & keys:
            found |= taken(bench, keys, measure)
    return {key: value for key, value in found.items() if key in wanted}


def taken(bench, keys, measure):
    try:
        return measure(bench)
    except (Missing, RuntimeError, OSError, subprocess.SubprocessError) as error:
        # What was measured before, and what comes after, is worth having all the same.
        bench.say(f"{', '.join(sorted(keys))} {word_for(error)}: {error}")
        return dict.fromkeys(sorted(keys), error)


def word_for(error):
    return "skipped" if isinstance(error, Missing) else "failed"


def without_value(goal, error):
    return {"what": goal["what"], "unit": goal["unit"], word_for(error): str(error)}


def judge(goal, value, yardsticks):
    """A limit is a number, or yardsticks each with a factor and something added; every one must hold."""
    bounds = []
    for side in ("atMost", "atLeast"):
        limits = goal.get(side, [])
        for limit in limits if isinstance(limits, list) else [limits]:
            bound = limit if not isinstance(limit, list) else yardsticks[limit[0]] * limit[1] + (limit[2] if len(limit) > 2 else 0)
            bounds.append((side, bound))
    met = all(value <= bound if side == "atMost" else value >= bound for side, bound in bounds)
    goal_text = " and ".join(("≤ " if side == "atMost" else "≥ ") + f"{bound:.4g}" for side, bound in bounds)
    rounded = {name: round(figure, 3) for name, figure in yardsticks.items()}
    return {"what": goal["what"], "value": round(value, 3), "unit": goal["unit"], "goal": goal_text, "met": met, "yardsticks": rounded}


def table(results):
    lines = [f"{'':5} {'measure':66} {'value':>10} {'unit':14} {'goal':24} {'met':4} yardsticks"]
    for key, r in results.items():
        if "value" not in r:
            lines += [f"{key:5} {r['what']:66} {word}: {r[word]}" for word in ("skipped", "failed") if word in r]
            continue
        yardsticks = ", ".join(f"{name} {figure:.4g}" for name, figure in r["yardsticks"].items())
        lines.append(f"{key:5} {r['what']:66} {r['value']:>10.4g} {r['unit']:14} {r['goal']:24} {'yes' if r['met'] else 'NO':4} {yardsticks}")
    for key, r in results.items():
        lines += [f"{key}: {note}" if not note.startswith(" ") else note for note in r.get("notes", [])]
    return "\n".join(lines)


main()
