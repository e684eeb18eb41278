"""How the intake grows: seconds and memory of reading a table of copies, from a thousand rows to a nation.

Ten figures in each row, in seven kinds of file: clean; with one odd cell in every tenth row; with quoted names; with
line ends inside quoted names, which only the exact reader understands; by a layout, with keys of three columns and
20,000 areas made from two; Parquet; JSON lines. Each is read in a process of its own: once to
warm up with a small table, and then once measured. Seconds are of reading alone, on the clock and of the processor
(all threads together, so that other work on the machine counts less); memory is the most that the process ever had,
with the bytes of the file and all libraries. Exit code 1 if the promise is broken: 500,000 clean rows in 2 s of
processor and 500 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from national import KILOBYTES_PER_MEGABYTE, STEPS, SYNTHETIC

from secondcount.intake import parse_sheets
from secondcount.jurisdictions import load_shipped
from secondcount.model.election import Election
from secondcount.model.layout import KeyPart, Layout

ELECTION = "kazakhstan.majilis.2012"
FIGURES = ("registered", "invalid", "valid", "nur_otan", "ak_zhol", "cppk", "osdp", "auyl", "patriots", "adilet")
HEADER = ("station", "area", "level", "copy", "collector", *FIGURES)
ODD = ("", "?", "-", "n/a", "1 234", "12.0", "many", "-5", "1e3", "отказ")
PROMISE = ("clean", 500_000, 2.0, 500.0)  # kind, rows, seconds, megabytes


def figures(number: int) -> list[str]:
    """Return ten figures without a pattern, the same each time."""
    return [str(number * step % 997) for step in STEPS]


def plain(_: int, texts: list[str]) -> tuple[str, list[str]]:
    """Return collector and cells of a clean row."""
    return "observers", texts


def odd(number: int, texts: list[str]) -> tuple[str, list[str]]:
    """Return a row that has, if its number ends in 7, one cell that is no plain number."""
    if number % 10 == 7:
        texts[number // 10 % len(texts)] = ODD[number // 100 % len(ODD)]
    return "observers", texts


def quoted(_: int, texts: list[str]) -> tuple[str, list[str]]:
    """Return a row with a comma inside a quoted name."""
    return '"observers, north"', texts


def broken(_: int, texts: list[str]) -> tuple[str, list[str]]:
    """Return a row with a line end inside a quoted name."""
    return '"observers\nnorth"', texts


KINDS: dict[str, Callable[[int, list[str]], tuple[str, list[str]]]] = {
    "clean": plain,
    "odd": odd,
    "quoted": quoted,
    "broken": broken,
    "layout": odd,
    "parquet": odd,
    "json": odd,
}


def lines(kind: str, rows: int) -> Iterator[str]:
    """Yield the lines of a table."""
    if kind in ("layout", "parquet", "json"):
        yield from other_lines(kind, rows)
        return
    yield SYNTHETIC
    yield ",".join(HEADER)
    for number in range(1, rows + 1):
        collector, texts = KINDS[kind](number, figures(number))
        yield ",".join((f"{number:07}", "almaty_city", "2", "1", collector, *texts))


def other_lines(kind: str, rows: int) -> Iterator[str]:
    """Yield the lines of a commission's table, or of JSON objects."""
    names = ("synthetic", "region", "district", "number", *FIGURES)
    if kind != "json":
        yield ",".join(names)
    for number in range(1, rows + 1):
        texts = KINDS[kind](number, figures(number))[1]
        values = ("yes", f"region {number % 80}", f"district {number % 20_000}", f"{number:07}", *texts)
        yield json.dumps(dict(zip(names, values, strict=True))) if kind == "json" else ",".join(values)


def described(election: Election) -> Election:
    """Return the election with a layout for the commission's table."""
    level = election.geography.levels[-1].id
    layout = Layout(
        id="benchmark",
        serves="both",
        station=tuple(KeyPart(column=one, number=one == "number") for one in ("region", "district", "number")),
        areas=((level, "region"), (level, "district")),
        cells=tuple((one, one) for one in FIGURES),
        level=1,
    )
    return replace(election, layouts=(layout,))


def read(path: Path) -> str:
    """Read a table; return seconds of processor and clock, megabytes, rows kept and issues as one line."""
    election = described(load_shipped(ELECTION).election)
    contest = election.contests[0]
    parse_sheets("warm.csv", ("\n".join(lines("odd", 100)) + "\n").encode(), election, contest)
    data = path.read_bytes()
    clock, processor = time.perf_counter(), time.process_time()
    copies = parse_sheets(path.name, data, election, contest)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES_PER_MEGABYTE
    return f"{processor} {clock} {peak} {copies.frame.height} {len(copies.issues)}"


def measure(folder: Path, kind: str, rows: int, rounds: int) -> tuple[float, float, float, int, int]:
    """Return the best of several readings in processes of their own."""
    path = folder / f"{kind}-{rows}.csv"
    with path.open("w", encoding="utf-8", newline="") as table:  # line by line: a child inherits the parent's peak
        table.writelines(line + "\n" for line in lines(kind, rows))
    if kind == "parquet":  # in a process of its own, for the same reason
        packed = "import sys, polars as pl; pl.scan_csv(sys.argv[1], infer_schema=False).sink_parquet(sys.argv[2])"
        target = path.with_suffix(".parquet")
        subprocess.run((sys.executable, "-c", packed, str(path), str(target)), check=True)
        target.replace(path)
    command = (sys.executable, __file__, "--read", str(path))
    results = []
    for _ in range(rounds):
        said = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ).stdout.split()
        results.append((float(said[0]), float(said[1]), float(said[2]), int(said[3]), int(said[4])))
    path.unlink()
    return min(results)


def main() -> int:
    """Print a table of sizes and kinds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000, 10_000, 100_000, 500_000])
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.read is not None:
        print(read(asked.read))
        return 0
    promise = "not measured"
    print(
        f"{'kind':8}{'rows':>10}{'processor s':>13}{'us/row':>8}{'clock s':>9}{'MB peak':>9}{'kept':>10}{'issues':>8}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            for rows in asked.rows:
                processor, clock, peak, height, issues = measure(Path(folder), kind, rows, asked.rounds)
                times = f"{processor:>13.3f}{1_000_000 * processor / rows:>8.2f}{clock:>9.3f}"
                print(f"{kind:8}{rows:>10,}{times}{peak:>9.0f}{height:>10,}{issues:>8,}", flush=True)
                if (kind, rows) == PROMISE[:2]:
                    promise = "kept" if processor <= PROMISE[2] and peak <= PROMISE[3] else "BROKEN"
    print(f"promise {promise}: {PROMISE[1]:,} clean rows in {PROMISE[2]:g} s of processor and {PROMISE[3]:g} MB")
    return int(promise == "BROKEN")


if __name__ == "__main__":
    sys.exit(main())
