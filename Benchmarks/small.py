"""P14: a small company on a small machine."""
import os
import statistics

import load
from confine import Share

AGENTS, VISITORS, TALK, MEMORY = 50, 2_000, 20, 512 << 20


def measure(bench):
    """What one core and 512 MiB take when everybody is there, against the 20 messages a second that are needed."""
    # The rest of the company makes the load from the other cores.
    cores = sorted(os.sched_getaffinity(0))
    elsewhere = ["taskset", "-c", ",".join(map(str, cores[1:] or cores))]
    if len(cores) == 1:
        bench.note("P14", "the load came from the server's own core: there is only one here")
    people = bench.write("small", bench.lines["pairs"][:AGENTS] + bench.lines["crowd"][:VISITORS - AGENTS])
    most, usual, peaks = [], [], []
    with Share(memory=MEMORY) as share:
        for number in range(bench.rounds):
            bench.say(f"a small company on one core and 512 MiB, round {number + 1} of {bench.rounds}")
            # A visitor's message and its answer are two.
            for mode, seen in ((f"open:{TALK / 2:g}", usual), ("closed", most)):
                with bench.house(within=[*share.within, "taskset", "-c", str(cores[0])]) as house:
                    seen.append(load.run(bench.tools, house.server, "nightdesk", people, mode, bench.seconds, within=elsewhere))
                    peaks.append(house.server.peak() / 1024)
                if seen[-1]["failed"] or seen[-1]["refused"] or seen[-1]["unanswered"]:
                    bench.note("P14", f"{mode}: {seen[-1]['failed']} failed, {seen[-1]['refused']} refused, "
                                      f"{seen[-1]['unanswered']} unanswered")
    rate = statistics.median(figures["messages"] / figures["seconds"] for figures in most)
    busy = statistics.median(figures["runCPU"] / figures["seconds"] for figures in usual)
    return {
        "P14": (rate / TALK, {"messages/s": rate, "core used at 20/s": busy,
                              "p99 ms at 20/s": statistics.median(f["roundTrip"]["p99"] for f in usual) / 1e3,
                              "p99 ms at most": statistics.median(f["roundTrip"]["p99"] for f in most) / 1e3}),
        "P14m": (max(peaks), {}),
    }
