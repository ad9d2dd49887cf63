"""SQLite against PostgreSQL, one node against two, and what a message costs that crosses from one node to another."""
import contextlib
import statistics

import cluster
import load
from confine import Share
from measures import median_of

# Of a core, for a node that has its share only: little enough that PostgreSQL and the load fit beside two of them on two cores.
SHARE = 0.15


def per_message(counted):
    return lambda figures: figures[counted] * 1e6 / figures["messages"]


def rate(figures):
    return figures["messages"] / figures["seconds"]


def checked(name, figures):
    if figures["failed"] or figures["refused"]:
        raise RuntimeError(f"{name}: {figures}")
    return figures


def stores(bench):
    """The same closed loop on SQLite and on PostgreSQL, in turns; PostgreSQL's own processes counted apart."""
    company, sqlite, postgres = cluster.shared(bench), [], []
    for number in range(bench.rounds):
        bench.say(f"SQLite and PostgreSQL, round {number + 1} of {bench.rounds}")
        sqlite.append(bench.talk("nightdesk", "closed"))
        with company.nodes(1) as houses:
            postgres.append(talk(bench, company, cluster.joined(houses), "closed"))
    cost = {"sqlite": median_of(sqlite, per_message("runCPU"))}
    return {
        "S1": (median_of(postgres, rate), {"sqlite": median_of(sqlite, rate)}),
        "S2": (median_of(postgres, per_message("runCPU")), cost),
        "S3": (median_of(postgres, per_message("besideCPU")), cost),
    }


def talk(bench, company, nodes, mode):
    return checked("nodes", load.run(bench.tools, nodes, "nightdesk", company.pairs, mode, bench.seconds, beside=company))


def two_nodes(bench):
    """P10: the same total load on one node and on two, with NATS and with LISTEN/NOTIFY, in turns."""
    company, (options, broker) = cluster.shared(bench), cluster.nats(bench)
    found = {"one": [], "nats": [], "notify": [], "one shared": [], "nats shared": []}
    layouts = {"one": (1, options), "nats": (2, options), "notify": (2, ())}
    broker_cpu = 0
    for number in range(bench.rounds):
        bench.say(f"one node and two, round {number + 1} of {bench.rounds}")
        for name, (count, bus) in layouts.items():
            before = broker.cpu()
            with company.nodes(count, *bus) as houses:
                found[name].append(talk(bench, company, cluster.joined(houses), "closed"))
            broker_cpu = (broker.cpu() - before) if name == "nats" else broker_cpu
    results = compared(found, broker_cpu)
    results |= in_shares(bench, company, options)
    return results | across(bench, company, options)


def compared(found, broker_cpu):
    rates = {name: median_of(rounds, rate) for name, rounds in found.items() if rounds}
    cost = {name: median_of(rounds, per_message("runCPU")) for name, rounds in found.items() if rounds}
    kept = {name: median_of(rounds, per_message("besideCPU")) for name, rounds in found.items() if rounds}
    broker = broker_cpu * 1e6 / found["nats"][-1]["messages"]
    return {
        "P10": (rates["nats"] / rates["one"], {"one node/s": rates["one"], "two nodes/s": rates["nats"]}),
        "P10n": (rates["notify"] / rates["one"], {"one node/s": rates["one"], "two nodes/s": rates["notify"]}),
        "N1": (cost["nats"], {"one": cost["one"], "postgres": kept["nats"], "postgres of one": kept["one"], "broker": broker}),
        "N2": (cost["notify"], {"one": cost["one"], "postgres": kept["notify"], "postgres of one": kept["one"]}),
    }


def in_shares(bench, company, options):
    """The same where each node has a fixed part of a core, as on a machine of its own: what is left for PostgreSQL is then the same."""
    ratios, seen = [], []
    try:
        for number in range(bench.rounds):
            bench.say(f"one node and two with {SHARE:.0%} of a core each, round {number + 1} of {bench.rounds}")
            rates = {}
            for count in (1, 2):
                with contextlib.ExitStack() as stack:
                    shares = [stack.enter_context(Share(cores=SHARE)) for _ in range(count)]
                    houses = stack.enter_context(company.nodes(count, *options, shares=shares))
                    rates[count] = rate(talk(bench, company, cluster.joined(houses), "closed"))
            ratios.append(rates[2] / rates[1])
            seen.append(rates)
    except cluster.Missing as missing:
        return {"P10s": missing}
    return {"P10s": (statistics.median(ratios), {"one node/s": statistics.median(r[1] for r in seen),
                                                 "two nodes/s": statistics.median(r[2] for r in seen)})}


def across(bench, company, options):
    """Half of what a round trip takes longer when the visitor and the agent are at different nodes, at light load."""
    times = {(bus, is_across): [] for bus in ("nats", "notify") for is_across in (False, True)}
    for number in range(bench.rounds):
        bench.say(f"ends at one node and at two, round {number + 1} of {bench.rounds}")
        for (bus, is_across), seen in times.items():
            with company.nodes(2, *(options if bus == "nats" else ())) as houses:
                ends = cluster.joined(houses if is_across else houses[:1], across=True)
                seen.append(talk(bench, company, ends, "open:20")["roundTrip"]["p50"] / 1e3)
    p50 = {key: statistics.median(seen) for key, seen in times.items()}
    return {key: ((p50[bus, True] - p50[bus, False]) / 2, {"round trip at one": p50[bus, False], "across": p50[bus, True]})
            for key, bus in (("P10d", "nats"), ("P10e", "notify"))}
