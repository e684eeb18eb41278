"""An archive of a nation: tables into entries, entries into a record, and `secondcount check ARCHIVE` as a whole.

`python benchmarks/archive.py` makes up the nation of `national.py` (a published row and a copy for each station), puts
it into an archive, and times what is promised: 500,000 sheet entries become a record within 4 s, and the whole check
of the archive, its verification included, takes 10 s. Every step runs in a process of its own.

Beside our way of reading entries stand two others that were tried, on the same bytes and with the same rows as the
outcome: the types of `evidence.entries` (which verification uses), and Polars' reader of JSON lines (which would take
a cell of no contest in silence).
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import msgspec
import polars as pl
from limits import markdown, print_limits
from national import COULD_NOT, HEAD, KILOBYTES_PER_MEGABYTE, Measured, line, run, tables_of

from secondcount import api, archives
from secondcount.cli.memory import give_back_at_once
from secondcount.custody.beginning import Plan, create_archive
from secondcount.custody.importing import ArrivingTable
from secondcount.evidence.entries import Sheet
from secondcount.evidence.log import Log
from secondcount.evidence.verify.place import open_public
from secondcount.model.tables import sheet_schema
from secondcount.verdict.entries import find_entries, sheets_of
from secondcount.verdict.load import load_record

SIZES = (100_000, 500_000)
LOT = 16_384
PROMISES = {"record": 4.0, "check": 10.0}  # seconds at 500,000 stations
COLUMNS = ("stations", "what", "clock", "processor", "MB so far")
"""The head of the table in docs/validation.md."""
STEP = re.compile(r"^  (\S.*?) +([0-9.]+) s +([0-9.]+) s of processor +([0-9]+) MB$", re.MULTILINE)
HEADS = {"station": pl.String, "area": pl.String, "copy": pl.Int64, "version": pl.Int64, "level": pl.Int64}
TEXTS = {"collector": pl.String, "states": pl.String}

Outcome = TypeVar("Outcome")


def take_in(folder: Path) -> None:
    """Begin an archive of the tables in a folder, and put them into it."""
    reported, sheets = (folder / name for name in ("official.csv", "ours.csv"))
    plan = Plan(
        location=str(folder / "archive"),
        origin="example.org/nation",
        election="invented.national",
        definition="election.toml",
        data=(folder / "election.toml").read_bytes(),
        params={},
        key_file=folder / "key",
        readme=b"A benchmark.\n",
    )
    archive = create_archive(plan, os.environ)
    timed(
        "tables into the archive",
        lambda: archives.import_into(
            archive,
            reported=[ArrivingTable(name=reported.name, data=reported.read_bytes())],
            sheets=[ArrivingTable(name=sheets.name, data=sheets.read_bytes())],
            now=datetime(2030, 5, 6, tzinfo=UTC),
        ),
    )


def read(folder: Path) -> None:
    """Make a record of the archive in a folder, step by step."""
    store = open_public(str(folder / "archive"))
    size = int(store.load("checkpoint").split(b"\n")[1])
    log, blobs = Log(store, size), archives.blobs_of(store)
    record = timed("record", lambda: load_record(log, blobs, size))
    timed("verdict.json", lambda: api.encode(api.derive(record)))


def ways(folder: Path) -> None:
    """Read the copies of the archive in two other ways, and see that the rows are those of the record."""
    store = open_public(str(folder / "archive"))
    size = int(store.load("checkpoint").split(b"\n")[1])
    log = Log(store, size)
    record = load_record(log, archives.blobs_of(store), size)
    (contest,) = record.election.contests
    schema = {name: kind for name, kind in sheet_schema(contest).items() if name != "basis"}
    found = find_entries(log, size)
    ours = record.sheets[contest.id].drop("basis")
    for name, way in (("with the types of verification", by_types), ("by Polars' JSON lines", by_lines)):
        rows = timed(name, lambda way=way: way(sheets_of(log, found, LOT), contest.cells))
        if not rows.select(schema.keys()).equals(ours):
            raise SystemExit(f"{name}: other rows")


def by_types(lots: object, cells: Sequence[str]) -> pl.DataFrame:
    """Read sheets as `evidence.entries.Sheet`."""
    decode = msgspec.json.Decoder(Sheet).decode
    frames = []
    for lot in lots:
        rows = [decode(one) for one in lot]
        columns = {name: [getattr(one, name) for one in rows] for name in (*HEADS, *TEXTS)}
        columns |= {cell: [one.cells.get(cell) for one in rows] for cell in cells}
        frames.append(pl.DataFrame(columns, schema={**HEADS, **TEXTS, **dict.fromkeys(cells, pl.Int64)}))
    return pl.concat(frames)


def by_lines(lots: object, cells: Sequence[str]) -> pl.DataFrame:
    """Read sheets as lines of JSON."""
    schema = {**HEADS, **TEXTS, "cells": pl.Struct(dict.fromkeys(cells, pl.Int64))}
    frames = [pl.read_ndjson(b"\n".join(lot), schema=schema).unnest("cells") for lot in lots]
    return pl.concat(frames)


def timed(what: str, work: Callable[[], Outcome]) -> Outcome:
    """Return what comes of some work, and print how long it took and the process's greatest memory so far."""
    clock, processor = time.perf_counter(), time.process_time()
    outcome = work()
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES_PER_MEGABYTE
    print(f"  {what:<34}{clock:>8.2f} s{processor:>8.2f} s of processor{memory:>8.0f} MB", flush=True)
    return outcome


STEPS = {"take_in": take_in, "read": read, "ways": ways}


def step(name: str, folder: Path) -> str:
    """Run one step as a process of its own, and return what it printed."""
    words = (sys.executable, __file__, "--step", name, "--folder", str(folder))
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    print(done.stdout, end="", flush=True)
    return done.stdout


def whole(folder: Path) -> Measured:
    """Time the whole program on the archive: verification, verdict, report."""
    words = (sys.executable, "-m", "secondcount", "check", "archive", "--out", "out")
    return run(folder, words)


def limit(folder: Path, sha: int) -> float:
    """Print and return the seconds for reading every public file of the archive and hashing its entries, one core."""
    public = folder / "archive" / "public"
    start = time.perf_counter()
    length = sum(len(path.read_bytes()) for path in public.rglob("*") if path.is_file())
    read = time.perf_counter() - start
    size = int((public / "checkpoint").read_bytes().split(b"\n")[1])
    hashed = size / sha
    print(
        f"  limit: reading {length / 1e6:,.0f} MB {read:.2f} s, SHA-256 of {size:,} entries {hashed:.2f} s", flush=True
    )
    return read + hashed


def rows_of(stations: int, told: str) -> Iterator[tuple[str, ...]]:
    """Yield the steps of one size as rows of the table in docs/validation.md."""
    for what, clock, processor, memory in STEP.findall(told):
        yield f"{stations:,}", what.strip(), f"{clock} s", f"{processor} s", f"{memory} MB"


def parser() -> argparse.ArgumentParser:
    """Return what can be asked on the command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--stations", type=int, nargs="*", default=list(SIZES))
    asked.add_argument("--step", choices=STEPS, help="only this step, on the tables or archive in --folder")
    asked.add_argument("--folder", type=Path)
    asked.add_argument("--markdown", action="store_true", help="print the table of docs/validation.md at the end")
    return asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """What was measured at one size: what the steps printed, the whole check, the limit of the machine."""

    stations: int
    told: str
    check: Measured
    limit: float

    def is_kept(self) -> bool:
        """Return whether the check came to its end and the promise, if it is about this size, is kept."""
        seconds = float(self.told.split("  record")[1].split()[0])
        late = seconds > PROMISES["record"] or self.check.clock > PROMISES["check"]
        return self.check.code < COULD_NOT and not (late and self.stations == SIZES[-1])

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield the rows of the table in docs/validation.md."""
        yield from rows_of(self.stations, self.told)
        one = self.check
        figures = f"{one.clock:.2f} s", f"{one.processor:.2f} s", f"{one.megabytes:.0f} MB"
        yield f"{self.stations:,}", f"`check`, {one.clock / self.limit:.0f} times the limit", *figures


def measure(stations: int, before: Size | None) -> Size:
    """Print what one size takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"{stations:,} stations, load average {os.getloadavg()[0]:.1f}", flush=True)
        sha, _ = print_limits(folder)
        tables_of(folder, stations, "csv", 1_000)
        told = "".join(step(one, folder) for one in STEPS)
        least = limit(folder, sha)
        one = whole(folder)
        former = before and (before.stations, before.check)
        print(f"secondcount check ARCHIVE, with report\n{HEAD}\n{line(stations, one, former)}", flush=True)
        print(f"  {one.clock / least:.0f} times the limit", flush=True)
    return Size(stations=stations, told=told, check=one, limit=least)


def main() -> int:
    """Print everything; return 1 if a promise is broken."""
    asked = parser().parse_args()
    if asked.step:
        STEPS[asked.step](asked.folder)
        return 0
    sizes: list[Size] = []
    for stations in asked.stations:
        sizes.append(measure(stations, sizes[-1] if sizes else None))
    kept = all(one.is_kept() for one in sizes)
    told = "not measured" if kept and SIZES[-1] not in asked.stations else "kept" if kept else "BROKEN"
    print(f"promise, at {SIZES[-1]:,} stations, seconds: {PROMISES}: {told}")
    if asked.markdown:
        print(markdown(COLUMNS, [row for one in sizes for row in one.rows()]))
    return int(not kept)


if __name__ == "__main__":
    give_back_at_once(os.environ)
    sys.exit(main())
