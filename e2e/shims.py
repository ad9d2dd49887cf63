"""Compiles a shim for LD_PRELOAD."""
import subprocess


def compiled(source, folder):
    library = folder / f"{source.stem}.so"
    subprocess.run(["clang", "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-pthread", "-o", library, source], check=True)
    return library
