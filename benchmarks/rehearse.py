"""How long a rehearsal takes, and what it finds. `python benchmarks/rehearse.py [--markdown]`.

    --stations N ...   sizes (200, 2,000, 9,999)
    --seeds N          seeds of the second table, of 2,000 stations each (3)

Promised are 2,000 stations straight through `transcription` in 60 seconds. Each run is the command in a process of its
own, by the clock, with starting and printing. What the comparison alone takes (`benchmarks/agreement.py`) is a small
part of it: most of the time goes into making things up.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from limits import markdown

COLUMNS = ("stations", "copies", "cells read twice", "seconds", "peak MB", "promise")
FOUND = (
    "seed",
    "mistakes",
    "caught by the second reading",
    "left",
    "wrong cells of agreed",
    "in sheets that do not add up",
)
SIZES = (200, 2_000, 9_999)
PROMISE = "60 s at 2,000"


def rehearse(stations: int, seed: str) -> tuple[float, dict[str, Any]]:
    """Return seconds by the clock, and the figures, of one run of the command."""
    words = (sys.executable, "-m", "secondcount", "rehearse", "--stations", str(stations), "--seed", seed, "--json")
    start = time.perf_counter()
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return time.perf_counter() - start, json.loads(done.stdout)


def sizes(wanted: list[int]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each size; the peak is that of the largest child so far."""
    for stations in sorted(wanted):
        seconds, found = rehearse(stations, "1")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        copies, compared = found["papers"], found["compared"]
        yield f"{stations:,}", f"{copies:,}", f"{compared:,}", f"{seconds:.2f}", str(peak), PROMISE


def seeds(number: int) -> Iterator[tuple[str, ...]]:
    """Yield a row for each seed: what was made, caught and left with the usual rates."""
    for seed in map(str, range(1, number + 1)):
        _, found = rehearse(2_000, seed)
        made, caught, left = (sum(one[name] for one in found["detection"]) for name in ("made", "caught", "left"))
        wrong, cells = found["wrong"], found["cells"]
        yield seed, f"{made:,}", f"{caught:,}", str(left), f"{wrong} of {cells:,}", str(found["wrong_shown"])


def parser() -> argparse.ArgumentParser:
    """Return the options."""
    found = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    found.add_argument("--stations", type=int, nargs="+", default=list(SIZES))
    found.add_argument("--seeds", type=int, default=3)
    found.add_argument("--markdown", action="store_true", help="print the tables as documents have them")
    return found


def main() -> None:
    """Print both tables."""
    chosen = parser().parse_args()
    for columns, rows in ((COLUMNS, list(sizes(chosen.stations))), (FOUND, list(seeds(chosen.seeds)))):
        if chosen.markdown:
            print(markdown(columns, rows))
            continue
        widths = [max(map(len, one)) for one in zip(columns, *rows, strict=True)]
        for row in (columns, *rows):
            print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))
        print()


if __name__ == "__main__":
    main()
