"""So much of the machine and no more: a control group for one server."""
import os
import pathlib
import time

from process import Missing

GROUPS = pathlib.Path("/sys/fs/cgroup")
PERIOD = 20_000  # µs, short beside what a message takes with everything before it


class Share:
    """A control group with a part of a core, some memory, or both. `within` is the prefix of a command that runs in it."""
    made = 0

    def __init__(self, cores=None, memory=None):
        Share.made += 1
        name = f"nightdesk-bench-{os.getpid()}-{Share.made}"
        self.settings = {}
        if (GROUPS / "cgroup.controllers").exists():
            self.folders = [GROUPS / name]
            if cores:
                self.settings[GROUPS / name / "cpu.max"] = f"{int(cores * PERIOD)} {PERIOD}"
            if memory:
                self.settings |= {GROUPS / name / "memory.max": memory, GROUPS / name / "memory.swap.max": 0}
        else:
            self.folders = [GROUPS / kind / name for kind, wanted in (("cpu", cores), ("memory", memory)) if wanted]
            if cores:
                self.settings |= {GROUPS / "cpu" / name / "cpu.cfs_period_us": PERIOD,
                                  GROUPS / "cpu" / name / "cpu.cfs_quota_us": int(cores * PERIOD)}
            if memory:
                self.settings[GROUPS / "memory" / name / "memory.limit_in_bytes"] = memory

    def __enter__(self):
        try:
            for folder in self.folders:
                folder.mkdir()
            for file, value in self.settings.items():
                file.write_text(str(value))
        except OSError as error:
            self.__exit__()
            raise Missing(f"no control group can be made here ({error.strerror}: {error.filename}); run as root with cgroups") from None
        joining = "; ".join(f"echo $$ > {folder}/cgroup.procs" for folder in self.folders)
        self.within = ["sh", "-c", f'set -e; {joining}; exec "$@"', "share"]
        return self

    def __exit__(self, *_):
        for folder in self.folders:
            # A group goes when the last of its processes has been reaped.
            for attempt in range(100):
                try:
                    if folder.exists():
                        folder.rmdir()
                    break
                except OSError:
                    time.sleep(0.05)
