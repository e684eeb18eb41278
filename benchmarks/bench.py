"""The times that are promised, measured (`make bench`).

Never a part of `make test`, where a busy machine would decide.
Each promise is measured several times and judged by its best run, by the clock: that is what a person waits for. The
processor's time stands beside it: where the clock is far above it, the machine was busy. Exit code 1 if a promise is
broken.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass

from secondcount.allocation import allocate
from secondcount.audit import assertions_of, margin
from secondcount.jurisdictions import Definition, load_shipped

ELECTIONS = tuple(f"kazakhstan.majilis.{year}" for year in (2012, 2016, 2021, 2023))
COULD_NOT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What is promised, within how many milliseconds, and how often it is measured."""

    what: str
    limit: float
    rounds: int
    work: Callable[[], object]


def votes_of(definition: Definition) -> dict[str, int]:
    """Return the final votes of the contestants of a definition's first contest, over the whole area."""
    contest = definition.election.contests[0]
    final = definition.source.publications[-1].id
    names = {one.id for one in contest.contestants}
    whole = definition.election.geography.root.id
    rows = definition.source.figures.filter(publication=final, quantity="count", area=whole).iter_rows(named=True)
    found: dict[str, int] = {}
    for row in rows:
        if row["cell"] in names:
            found.setdefault(row["cell"], row["value"])  # of two sources the first one counts
    return found


def allocation(name: str) -> Callable[[], object]:
    """Return the work of one allocation, everything read beforehand."""
    definition = load_shipped(name)
    contest, votes = definition.election.contests[0], votes_of(definition)
    return lambda: allocate(contest.rule, votes, sum(votes.values()))


def flips(name: str) -> Callable[[], object]:
    """Return the work of all assertions of a result with their margins."""
    definition = load_shipped(name)
    contest, votes = definition.election.contests[0], votes_of(definition)
    seats = allocate(contest.rule, votes, sum(votes.values()))
    return lambda: [margin(one, votes) for one in assertions_of(contest, votes, seats)]


def command(*words: str) -> Callable[[], object]:
    """Return the work of one run of the program as a process of its own, from start to exit."""

    def work() -> None:
        with tempfile.TemporaryDirectory() as folder:
            line = (sys.executable, "-m", "secondcount", *words)
            done = subprocess.run(line, cwd=folder, env=os.environ, capture_output=True, check=False)
        if done.returncode >= COULD_NOT:
            raise SystemExit(f"bench: secondcount {' '.join(words)} ended with {done.returncode}")

    return work


def run(*words: str, limit: float) -> Promise:
    """Return the promise that one run of the program takes at most `limit` milliseconds."""
    return Promise(what=f"secondcount {' '.join(words)}", limit=limit, rounds=5, work=command(*words))


def promises() -> list[Promise]:
    """Return all promises."""
    return [
        *(Promise(what=f"seats of {name}", limit=0.5, rounds=200, work=allocation(name)) for name in ELECTIONS),
        *(Promise(what=f"all flips of {name}", limit=5, rounds=50, work=flips(name)) for name in ELECTIONS),
        run("check", ELECTIONS[0], limit=1500),
        run("--version", limit=300),
    ]


def best(promise: Promise) -> tuple[float, float]:
    """Return the milliseconds of the best run by the clock, and of the best by the processor, children included."""
    promise.work()  # the first one reads code and catalogues from disk
    clocks, processors = [], []
    for _ in range(promise.rounds):
        started, used = time.perf_counter(), processor()
        promise.work()
        clocks.append(1000 * (time.perf_counter() - started))
        processors.append(1000 * (processor() - used))
    return min(clocks), min(processors)


def processor() -> float:
    """Return the seconds of processor that this process and its ended children have used."""
    used = os.times()
    return time.process_time() + used.children_user + used.children_system


def main() -> int:
    """Measure and judge every promise."""
    broken = 0
    print(f"{'by clock':8}{'clock ms':>10}{'processor ms':>14}{'limit ms':>10}", flush=True)
    for promise in promises():
        clock, used = best(promise)
        broken += clock > promise.limit
        kept = "kept" if clock <= promise.limit else "BROKEN"
        print(f"{kept:8}{clock:10.3f}{used:14.3f}{promise.limit:10.1f}  {promise.what}", flush=True)
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
