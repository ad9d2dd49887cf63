"""A disk of the test's own that can be filled to the last byte."""
import os
import subprocess
from contextlib import contextmanager

import pytest

from nightdesk import POSTGRES

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root; run the tests as root to include this")
needs_database_file = pytest.mark.skipif(bool(POSTGRES), reason="fills the disk that holds SQLite's file")


@contextmanager
def small_disk(folder, size="24m"):
    """A file system of its own."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "nightdesk-test", folder], capture_output=True, text=True
    )
    if mounted.returncode != 0:
        pytest.skip(f"cannot mount a small disk here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder):
    """Takes every byte that is left."""
    with open(folder / "filler", "wb", buffering=0) as filler:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    filler.write(b"\0" * size)
            except OSError:
                continue


def empty(folder):
    (folder / "filler").unlink()
