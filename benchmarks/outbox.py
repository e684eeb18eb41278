"""How fast an archive takes in: acknowledged single entries, and batches. `python benchmarks/outbox.py`.

    --seconds N     how long eight writers acknowledge while a sequencer drains (5)
    --batch N ...   entries appended at once (100,000; 1,000,000 and more show that the index keeps up)
    --folder DIR    where the archive is written: the disk that is measured

Acknowledged means that the entry's file and its folder were flushed. Promised are 200 acknowledged entries in a second
while the log advances in batches, and 20,000 entries in a second in batches, index included.
Beside them: how many files of an entry's size this disk flushes in a second, one after the other.
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
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from disk import flushes_per_second
from limits import markdown

from secondcount.custody.archive import Archive, open_archive
from secondcount.custody.beginning import Plan, create_archive
from secondcount.custody.outbox import acknowledge, waiting
from secondcount.custody.sequencer import append_batch, drain
from secondcount.evidence.entries import Basis, Custody, Sheet, encode_entry

WRITERS = 8
TABLE = "0" * 64
FLUSHES = 300
COLUMNS = ("what", "entries/s", "peak MB", "limit")
"""The head of the table in docs/validation.md."""
IN_ONE = re.compile(r"([0-9,]+)/s, index included; peak ([0-9]+) MB")


def now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


def begin(folder: Path) -> Archive:
    """Return a new archive of an election that never was."""
    plan = Plan(
        location=str(folder),
        origin="bench.example/log",
        election="nowhere.council.2026",
        definition="nowhere.toml",
        data=b"# a definition\n",
        params={},
        key_file=folder.with_name(f"{folder.name}.key"),
        readme=b"A log.\n",
    )
    archive = create_archive(plan, {})
    append_batch(archive, [encode_entry(Custody(event="table_imported", file=TABLE, rows=9_000_000))], now=now())
    return archive


def sheets(first: int, number: int) -> Iterator[bytes]:
    """Yield as many different copies of protocols, ten contestants each."""
    for at in range(first, first + number):
        yield encode_entry(
            Sheet(
                area="nowhere",
                basis=Basis(file=TABLE, row=at + 1),
                cells={f"c{cell}": (at * 7 + cell) % 400 for cell in range(10)},
                collector="",
                contest="council",
                copy=1,
                level=1,
                states="=" * 10,
                station=f"{at:07}",
                version=1,
            )
        )


def forked(work: Callable[[], int]) -> tuple[int, int]:
    """Start work in a child; return its id and the pipe on which it tells its figure."""
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        os.write(tell, str(work()).encode())
        os._exit(0)
    os.close(tell)
    return child, told


def write(place: Path, first: int, seconds: float) -> int:
    """Acknowledge entries until the time is over; return how many."""
    archive, end, number = open_archive(str(place), {}), time.monotonic() + seconds, 0
    for entry in sheets(first, 1_000_000):
        acknowledge(archive, entry)
        number += 1
        if time.monotonic() > end:
            break
    return number


def drain_for(place: Path, seconds: float) -> int:
    """Drain the outbox again and again; return how many times the log advanced."""
    archive, end, number = open_archive(str(place), {}), time.monotonic() + seconds, 0
    while time.monotonic() < end:
        number += drain(archive, now()).added > 0
    return number


def singles(folder: Path, seconds: float) -> float:
    """Print and return how many single entries eight writers get acknowledged while the log advances."""
    place = folder / "singles"
    begin(place)
    sequencer, advanced = forked(lambda: drain_for(place, seconds))
    writers = [forked(lambda first=first: write(place, first * 1_000_000, seconds)) for first in range(1, WRITERS + 1)]
    start = time.perf_counter()
    number = sum(int(os.read(told, 20)) for _, told in writers)
    spent = time.perf_counter() - start
    steps = int(os.read(advanced, 20))
    for child, _ in (*writers, (sequencer, advanced)):
        os.waitpid(child, 0)
    archive = open_archive(str(place), {})
    left = sum(1 for _ in waiting(archive))
    after = time.perf_counter()
    drain(archive, now())
    print(f"acknowledged singly, {WRITERS} writers: {number / spent:,.0f}/s; the log advanced {steps} times")
    print(f"   {left:,} still waited at the end and were drained in {time.perf_counter() - after:.1f} s", flush=True)
    return number / spent


def batch(folder: Path, number: int) -> None:
    """Print how many entries in a second one batch of so many takes; making them up is timed apart."""
    place = folder / f"batch-{number}"
    archive = begin(place)
    start = time.perf_counter()
    for _ in sheets(0, min(number, 100_000)):
        pass
    making = (time.perf_counter() - start) * number / min(number, 100_000)
    start = time.perf_counter()
    append_batch(archive, sheets(0, number), now=now())
    spent = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"in one batch of {number:,}: {number / (spent - making):,.0f}/s, index included; peak {memory} MB")
    print(f"   whole {spent:.1f} s, of which making the entries up {making:.1f} s", flush=True)


def parser() -> argparse.ArgumentParser:
    """Return what can be asked on the command line."""
    asked = argparse.ArgumentParser(description="How fast an archive takes in.")
    asked.add_argument("--seconds", type=float, default=5)
    asked.add_argument("--batch", type=int, nargs="*", default=[100_000])
    asked.add_argument("--folder", type=Path, default=Path())
    asked.add_argument("--markdown", action="store_true", help="print the table of docs/validation.md at the end")
    asked.add_argument("--child", type=int, default=0)
    return asked


def main() -> None:
    """Measure what was asked for, each batch in a process of its own."""
    chosen = parser().parse_args()
    if chosen.child:
        batch(chosen.folder, chosen.child)
        return
    with tempfile.TemporaryDirectory(dir=chosen.folder, prefix="outbox-bench-") as name:
        folder = Path(name)
        flushes = flushes_per_second(folder, FLUSHES, 400, with_folder=True)
        print(f"this disk: {flushes:,} files flushed in a second, each with its folder")
        rate = singles(folder, chosen.seconds)
        rows = [(f"singly, {WRITERS} writers, acknowledged", f"{rate:,.0f}", "", f"{flushes:,} flushes/s of the disk")]
        for number in chosen.batch:
            command = (sys.executable, __file__, "--child", str(number), "--folder", name)
            told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            print(told, end="", flush=True)
            found = IN_ONE.search(told)
            rows += [(f"in one batch of {number:,}", found[1], found[2], "")] if found else []
    if chosen.markdown:
        print(markdown(COLUMNS, rows))


if __name__ == "__main__":
    main()
