"""Checks that the house is built as drawn: who imports whom, without circles, where features are listed, how long the commands are.

Run by bin/lint; prints one line per fault and ends with 1 when there is any.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Each module and those directly below it; what is below those may be imported too.
BELOW = {
    "Basics": [],
    "LibPQ": [],
    "Store": ["Basics", "LibPQ"],
    "Bus": ["Basics", "LibPQ"],
    "Web": ["Basics"],
    "Organization": ["Web", "Bus", "Store"],
    "Contacts": ["Organization"],
    "Channels": ["Contacts"],
    "Conversations": ["Channels"],
    "Knowledge": ["Organization"],
    "Routing": ["Conversations"],
    "Bot": ["Conversations", "Knowledge"],
    "Tickets": ["Conversations"],
    "Calls": ["Conversations"],
    "Satisfaction": ["Conversations"],
    "Quality": ["Conversations"],
}
CHAPTERS = [module for module in BELOW if module not in ("Basics", "LibPQ", "Store", "Bus", "Web")]
BELOW["Analytics"] = CHAPTERS
BELOW["Server"] = ["Analytics", *CHAPTERS]
# C modules: anybody who needs one imports it.
C_MODULES = {"CAssets", "CWeights", "CBrotli", "CCurl"}

COMMENT = re.compile(r"/\*.*?\*/|^[ \t]*//[^\n]*", re.S | re.M)
CLIENT_IMPORT = re.compile(r"(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'")
IMPORT = re.compile(r"^\s*(?:@\w+\s+)*(?:public |package |internal |fileprivate |private )?import (?:\w+ )?(\w+)", re.M)


def reachable(module):
    found = set()
    waiting = list(BELOW[module])
    while waiting:
        lower = waiting.pop()
        if lower not in found:
            found.add(lower)
            waiting += BELOW[lower]
    return found


def imports(path):
    return {name for name in IMPORT.findall(path.read_text()) if name in BELOW}


def check_imports(root=ROOT):
    for folder in sorted((root / "Sources").iterdir()):
        if folder.name in C_MODULES or not folder.is_dir():
            continue
        if folder.name not in BELOW:
            yield f"{folder.relative_to(root)}: a module that e2e/structure.py has no place for"
            continue
        allowed = reachable(folder.name)
        for path in sorted(folder.rglob("*.swift")):
            for name in sorted(imports(path) - allowed - {folder.name}):
                yield f"{path.relative_to(root)}: {folder.name} may not import {name}"


def check_contents(root=ROOT):
    """Server/Contents.swift is the only file that every feature touches."""
    contents = root / "Sources/Server/Contents.swift"
    present = {module for module in CHAPTERS if any((root / "Sources" / module).glob("**/*.swift"))}
    if not contents.exists():
        yield "Sources/Server/Contents.swift: missing"
        return
    for module in sorted(present - imports(contents)):
        yield f"Sources/Server/Contents.swift: does not list {module}"
    for path in sorted((root / "Sources").rglob("*.swift")):
        if path != contents and present and imports(path) >= present:
            yield f"{path.relative_to(root)}: imports every chapter; only Server/Contents.swift may"


def client_imports(root):
    """Which module of the clients imports which, late imports included; what only types need does not count."""
    modules = {path.resolve(): COMMENT.sub("", path.read_text()) for path in (root / "Clients").rglob("*.js")}
    return {path: {(path.parent / name).resolve() for name in CLIENT_IMPORT.findall(text)} & set(modules) for path, text in modules.items()}


def check_circles(root=ROOT):
    """Takes away whatever imports nothing or is imported by nobody, until only circles are left."""
    left = client_imports(root)
    while True:
        imported = set().union(*left.values()) if left else set()
        loose = {path for path, wants in left.items() if not wants or path not in imported}
        if not loose:
            break
        left = {path: wants - loose for path, wants in left.items() if path not in loose}
    if left:
        names = ", ".join(sorted(str(path.relative_to(root.resolve())) for path in left))
        yield f"the clients import in a circle: {names}"


def check_commands(root=ROOT):
    for path in sorted((root / "bin").iterdir()):
        lines = path.read_text().count("\n")
        if lines > 40:
            yield f"{path.relative_to(root)}: {lines} lines; a command has at most 40"


if __name__ == "__main__":
    faults = [*check_imports(), *check_contents(), *check_circles(), *check_commands()]
    print("\n".join(faults) or "structure: as drawn")
    sys.exit(1 if faults else 0)
