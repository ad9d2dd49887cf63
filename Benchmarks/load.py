"""Runs the load generator and reads the servers' counters between its phases."""
import json
import subprocess


def run(tools, server, protocol, people, mode, seconds, beside=None, within=()):
    """The generator's figures with `connectCPU` and `runCPU` (seconds of the servers' CPU), `idlePSS` (KiB more than before), and
    `besideCPU` of a process that is counted apart. It runs within a command prefix, e.g. on a core of its own."""
    command = [*within, tools / "load", protocol, str(server.port), people, mode, str(seconds)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def phase(name):
        word = process.stdout.readline().strip()
        if word != name:
            raise RuntimeError(f"the load generator said {word!r} instead of {name!r}")
        seen = server.cpu(), server.pss(), beside.cpu() if beside else 0
        process.stdin.write("go\n")
        process.stdin.flush()
        return seen

    try:
        before, connected, over = phase("connecting"), phase("running"), phase("over")
        figures = json.loads(process.stdout.readline())
        process.wait(30)
    finally:
        process.kill()
    figures["connectCPU"] = connected[0] - before[0]
    figures["idlePSS"] = connected[1] - before[1]
    figures["runCPU"] = over[0] - connected[0]
    figures["besideCPU"] = over[2] - connected[2]
    return figures
