"""A whole country: time and memory of one check with a station table and copies (`make load`).

Both tables are made up, and say so in their first line. Every twentieth station has a copy, and every hundredth copy
differs from the published row by one vote, so that comparison has something to find.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from national import COULD_NOT, STEPS, SYNTHETIC, Measured, run

ELECTION = "kazakhstan.majilis.2012"
REGIONS = ("astana", "almaty_city", "akmola", "aktobe", "atyrau", "karaganda", "kostanay", "pavlodar")
LISTS = ("nur_otan", "ak_zhol", "cppk", "osdp", "auyl", "patriots", "adilet")
HEADER = ("station", "area", "registered", "issued", "issued_outside", "invalid", *LISTS)


def station(number: int) -> list[int]:
    """Return the figures of one station, without a pattern and the same each time."""
    votes = [40 + number * step % 97 for step in STEPS[: len(LISTS)]]
    invalid = number % 5
    outside = number % 17
    return [sum(votes) + 400, sum(votes) + invalid - outside, outside, invalid, *votes]


def row(number: int, figures: list[int], *more: int) -> str:
    """Return one line of a table."""
    return ",".join(map(str, (f"{number:06}", REGIONS[number % len(REGIONS)], *figures, *more)))


def reported(stations: int) -> Iterator[str]:
    """Yield the lines of the authority's table."""
    yield SYNTHETIC
    yield ",".join(HEADER)
    yield from (row(number, station(number)) for number in range(1, stations + 1))


def copies(stations: int) -> Iterator[str]:
    """Yield the lines of the table of copies."""
    yield SYNTHETIC
    yield ",".join((*HEADER, "level"))
    for number in range(20, stations + 1, 20):
        figures = station(number)
        if number % 2000 == 0:
            figures[-1] += 1
        yield row(number, figures, 3)


def measure(folder: Path, stations: int) -> Measured:
    """Run one check as a process of its own."""
    (folder / "official.csv").write_text("\n".join(reported(stations)) + "\n", encoding="utf-8")
    (folder / "copies.csv").write_text("\n".join(copies(stations)) + "\n", encoding="utf-8")
    words = ("check", ELECTION, "--reported", "official.csv", "--sheets", "copies.csv", "--claim", "OSDP >= 7%")
    return run(folder, (sys.executable, "-m", "secondcount", *words))


def main() -> int:
    """Measure several sizes of country."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stations", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    failed = False
    for stations in parser.parse_args().stations:
        with tempfile.TemporaryDirectory() as name:
            one = measure(Path(name), stations)
        failed |= one.code >= COULD_NOT or one.code < 0
        print(
            f"{stations:>8} stations {one.clock:7.2f} s on the clock {one.processor:7.2f} s of processor"
            f" {one.megabytes:6.0f} MB  exit code {one.code}",
            flush=True,
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
