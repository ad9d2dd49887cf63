"""P8: everybody is cut off at once and comes back."""
import filling
import load

PATIENCE = 60
# What the others say meanwhile, in visitors' messages a second; each is answered.
TALK = 100


def measure(bench):
    bench.say(f"{bench.crowd} visitors in talks with agents are cut off at once and come back")
    house = bench.house()
    tables = filling.SQLiteTables(house.folder)
    filling.served(tables, bench.crowd)
    tables.settle()
    people = bench.write("dropped", bench.lines["pairs"] + bench.lines["crowd"])
    with house:
        figures = load.run(bench.tools, house.server, "nightdesk", people, f"drop:{TALK}", PATIENCE)
    if figures["failed"] or figures["refused"]:
        bench.note("P8", f"{figures['failed']} connections of others failed, {figures['refused']} commands were refused")
    away = figures["crowd"] - figures["back"]
    # Who never came back took at least as long as anybody was waited for.
    last = PATIENCE if away else figures["resumed"]["max"] / 1e6
    others, before = figures["others"], figures["acknowledgement"]
    return {
        "P8": (last, {"clients": figures["crowd"], "p50": figures["resumed"]["p50"] / 1e6, "retries": figures["retries"]}),
        "P8a": (others["max"] / 1e3, {"p99": others["p99"] / 1e3, "p50": others["p50"] / 1e3, "before": before["max"] / 1e3}),
        "P8g": (figures["missing"] + figures["gaps"], {"not back": away, "gaps": figures["gaps"]}),
    }
