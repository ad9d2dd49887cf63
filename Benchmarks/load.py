"""Runs the load generator and reads the server's counters between its phases."""
import json
import subprocess


def run(tools, server, protocol, people, mode, seconds):
    """The generator's figures with `connectCPU` and `runCPU` (seconds of the server's CPU), `idlePSS` (KiB more than before)."""
    command = [tools / "load", protocol, str(server.port), people, mode, str(seconds)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def phase(name):
        word = process.stdout.readline().strip()
        if word != name:
            raise RuntimeError(f"the load generator said {word!r} instead of {name!r}")
        seen = server.cpu(), server.pss()
        process.stdin.write("go\n")
        process.stdin.flush()
        return seen

    before, connected, over = phase("connecting"), phase("running"), phase("over")
    figures = json.loads(process.stdout.readline())
    process.wait(30)
    figures["connectCPU"] = connected[0] - before[0]
    figures["idlePSS"] = connected[1] - before[1]
    figures["runCPU"] = over[0] - connected[0]
    return figures
