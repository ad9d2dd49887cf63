"""Measures Nightdesk against the yardsticks, in turns, and prints a table or, with --json, one object on one line."""
import argparse
import json
import pathlib
import sys
import tempfile
import time

import measures


def main():
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
        bench.prepare()
        found = take(bench, set(chosen.only.split(",")) if chosen.only else set(goals))
    results = {key: judge(goals[key], value, yardsticks) for key, (value, yardsticks) in found.items()}
    print(json.dumps(results) if chosen.json else table(results))


def take(bench, wanted):
    found = {}
    if wanted & {"P1", "P2", "P3", "P4"}:
        found |= measures.throughput(bench)
    if wanted & {"P3", "P4"}:
        found |= measures.latency(bench, found["P2"][0])
    for keys, measure in (({"P5", "P6", "P7"}, measures.connections), ({"P11", "P11m"}, measures.cold_start),
                          ({"P12", "P12h"}, measures.answers), ({"P13", "P13c", "P13d"}, measures.weights)):
        if wanted & keys:
            found |= measure(bench)
    return {key: value for key, value in found.items() if key in wanted}


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
    lines = [f"{'':5} {'measure':58} {'value':>10} {'unit':14} {'goal':24} {'met':4} yardsticks"]
    for key, r in results.items():
        yardsticks = ", ".join(f"{name} {figure:.4g}" for name, figure in r["yardsticks"].items())
        lines.append(f"{key:5} {r['what']:58} {r['value']:>10.4g} {r['unit']:14} {r['goal']:24} {'yes' if r['met'] else 'NO':4} {yardsticks}")
    return "\n".join(lines)


main()
