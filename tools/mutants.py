"""Show that each law's test fails when the law is broken (`make mutants`).

`tests/mutants/*.toml` names, for each law, one edit of the source that breaks it and the test file that must notice.
Every worker has one copy of the tree. It first runs the test on the untouched copy (a test that fails anyway proves
nothing), then applies the edit, runs the test again, requires failed tests, and takes the edit back.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import tomllib
import zlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LISTS = ROOT / "tests" / "mutants"
WORKERS = 2
PATIENCE = 300  # seconds for one test file
FAILED = 1  # pytest's exit code when tests ran and some failed
OUT_OF_PATIENCE = 124  # ours, for a test file that did not end
OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-m", "not slow and not browser", "--hypothesis-seed=0", "--tb=no")


class Fate(StrEnum):
    """What became of a mutant; only a killed one shows something."""

    KILLED = "killed"
    SURVIVED = "SURVIVED"
    BROKEN = "BROKEN"  # the edited source no longer runs, so no law was tested
    MISPLACED = "MISPLACED"  # the text to edit is not there exactly once
    ALREADY_FAILING = "ALREADY FAILING"  # the test fails without the edit
    ENDLESS = "ENDLESS"  # the test did not end


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One edit that breaks one law, and the test (file or node) that must fail."""

    law: str
    file: str
    find: str
    replace: str
    test: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One mutant and what became of it."""

    mutant: Mutant
    fate: Fate
    seconds: float


def load(folder: Path) -> tuple[Mutant, ...]:
    """Return the mutants of all lists of a folder, in the order of file name and entry."""
    return tuple(
        Mutant(**entry)
        for path in sorted(folder.glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["mutant"]
    )


def share(mutants: Iterable[Mutant], parts: int) -> tuple[Mutant, ...]:
    """Return every `parts`-th mutant, chosen by its own name so that a new one does not move the others."""
    return tuple(one for one in mutants if zlib.crc32(f"{one.file}#{one.law}".encode()) % parts == 0)


def copy_tree(target: Path) -> None:
    """Copy what git would ship: tracked files, and new ones that are not ignored."""
    listing = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    listed = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True).stdout.decode("utf-8")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes((ROOT / name).read_bytes())
    subprocess.run(("git", "init", "--quiet", target), check=True)  # some tests ask git what is shipped


def surroundings(tree: Path) -> dict[str, str]:
    """Return the environment in which Python imports the copy, writes no byte code, and finds the shared data."""
    shared = os.environ.get("SECONDCOUNT_SHARED", str(ROOT.parent / "shared"))
    paths = {"PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1", "SECONDCOUNT_SHARED": shared}
    return {**os.environ, **paths}


def python(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a copy of the tree; one that does not end gets an exit code of its own."""
    command = (sys.executable, *arguments)
    try:
        return subprocess.run(
            command,
            cwd=tree,
            env=surroundings(tree),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, OUT_OF_PATIENCE)


def check_import(tree: Path) -> None:
    """Stop everything if the copy is not what gets imported: then no mutant would be tested at all."""
    where = python(tree, "-c", "import secondcount; print(secondcount.__file__)").stdout.strip()
    if not Path(where).resolve().is_relative_to(tree.resolve()):
        raise SystemExit(f"mutants: Python imports {where}, not the copy in {tree}")


def passes(tree: Path, test: str, known: dict[str, bool]) -> bool:
    """Return whether the test passes on the untouched copy; asked once per test."""
    if test not in known:
        known[test] = python(tree, "-m", "pytest", *OPTIONS, test).returncode == 0
    return known[test]


def judge(tree: Path, mutant: Mutant) -> Fate:
    """Apply the edit, run the test, take the edit back."""
    path = tree / mutant.file
    original = path.read_bytes()
    text = original.decode("utf-8")
    if text.count(mutant.find) != 1:
        return Fate.MISPLACED
    path.write_bytes(text.replace(mutant.find, mutant.replace).encode("utf-8"))
    try:
        code = python(tree, "-m", "pytest", *OPTIONS, mutant.test).returncode
    finally:
        path.write_bytes(original)
    return {0: Fate.SURVIVED, FAILED: Fate.KILLED, OUT_OF_PATIENCE: Fate.ENDLESS}.get(code, Fate.BROKEN)


def attempt(tree: Path, known: dict[str, bool], mutant: Mutant) -> Trial:
    """Judge one mutant and say so at once."""
    started = time.monotonic()
    fate = judge(tree, mutant) if passes(tree, mutant.test, known) else Fate.ALREADY_FAILING
    seconds = time.monotonic() - started
    print(f"{fate:16}{seconds:6.1f} s  {mutant.file.removeprefix('src/secondcount/')}: {mutant.law}", flush=True)
    return Trial(mutant=mutant, fate=fate, seconds=seconds)


def work_through(mutants: tuple[Mutant, ...]) -> list[Trial]:
    """Try the mutants one by one in a copy of their own."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        copy_tree(tree)
        check_import(tree)
        return list(map(partial(attempt, tree, {}), mutants))


def deal(mutants: tuple[Mutant, ...], hands: int) -> list[tuple[Mutant, ...]]:
    """Split the mutants between workers so that mutants of one test file stay together."""
    loads: list[list[Mutant]] = [[] for _ in range(hands)]
    for test in sorted({one.test for one in mutants}):
        min(loads, key=len).extend(one for one in mutants if one.test == test)
    return [tuple(one) for one in loads if one]


def report(trials: list[Trial], total: int) -> int:
    """Print the count of each fate and return the exit code: 0 only if every mutant was killed."""
    counts = {fate: sum(one.fate is fate for one in trials) for fate in Fate}
    print(f"\n{len(trials)} of {total} mutants: " + ", ".join(f"{n} {fate}" for fate, n in counts.items() if n))
    return int(counts[Fate.KILLED] != len(trials))


def main() -> int:
    """Run the asked-for share of the mutants of all lists, or of the rooms named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", type=int, default=1, help="run one of so many, always the same ones")
    parser.add_argument("--only", default="", help="only mutants whose file or law contains this text")
    asked = parser.parse_args()
    known = load(LISTS)
    chosen = [one for one in share(known, asked.share) if asked.only in f"{one.file} {one.law}"]
    with ThreadPoolExecutor(WORKERS) as pool:
        trials = [one for done in pool.map(work_through, deal(tuple(chosen), WORKERS)) for one in done]
    return report(trials, len(known))


if __name__ == "__main__":
    sys.exit(main())
