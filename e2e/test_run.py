"""bin/run builds when something changed, and only then; played with a compiler that says what it is asked."""
import os
import shutil
import subprocess

import pytest
from nightdesk import ROOT

COMPILER = """#!/bin/bash
echo "built"
mkdir -p .build/release
printf '#!/bin/bash\\necho "served $*"\\n' >.build/release/nightdesk
chmod +x .build/release/nightdesk
"""


class Clone:
    def __init__(self, folder):
        self.folder = folder
        for name in ("run", "packages"):
            (folder / "bin").mkdir(exist_ok=True)
            shutil.copy(ROOT / "bin" / name, folder / "bin" / name)
        for name in ("Sources", "Clients", "Packs"):
            (folder / name).mkdir()
        (folder / "Package.swift").touch()
        self.install_compiler("6.3")

    def install_compiler(self, version):
        tools = self.folder / version
        tools.mkdir()
        (tools / "swift").write_text(COMPILER)
        (tools / "swift").chmod(0o755)
        self.path = f"{tools}:{os.environ['PATH']}"

    def run(self, *arguments):
        """Whether it built, and what it served."""
        ran = subprocess.run([self.folder / "bin/run", *arguments], env={**os.environ, "PATH": self.path},
                             capture_output=True, text=True, check=True, timeout=60)
        return "built" in ran.stdout, ran.stdout.splitlines()[-1]


@pytest.fixture
def clone(tmp_path):
    return Clone(tmp_path)


def test_the_first_run_builds_and_later_ones_serve_at_once(clone):
    assert clone.run("--demo") == (True, "served serve --data ./data --demo")
    assert clone.run("--port", "9000") == (False, "served serve --data ./data --port 9000")


def test_whatever_changes_is_built(clone):
    clone.run()
    page = clone.folder / "Clients" / "desk.js"
    page.write_text("new")
    assert clone.run()[0]
    # As unpacking leaves it: new here, with the date of its making.
    os.utime(page, (0, 0))
    assert clone.run()[0]
    page.unlink()
    assert clone.run()[0]
    clone.install_compiler("6.4")
    assert clone.run()[0]
    assert not clone.run()[0]
