"""Seconds and megabytes of `secondcount verify`, beside the limit of the machine and, if there, the program `actasum`.

`python benchmarks/verify.py` makes archives of 100,000 and 500,000 sheet entries up (seeded numbers, true of no
election; the seconds that it takes are told), and verifies each in a process of its own with one process and with one
for each core; `--full` goes on to 5,000,000. Memory is the sum over all processes at its greatest, sampled while it
runs; how it grows with the entries is told at the end. Blobs are timed apart from the rest.

The limit beside it is what this machine needs for the same bytes if it only reads them, and if it only hashes them
(SHA-256 of every entry in one core). `--peer PYTHON` names the interpreter of an environment that has actasum 0.1.0,
which is then asked to check as many statements, to build its log, and to prove one station.

The promise is judged by the better run, by the clock. The seconds of all its processors stand beside it, with the
verdict that they would give: where the two differ, the machine was busy with something else.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from limits import markdown, print_limits

from secondcount.evidence.checkpoint import Checkpoint
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.entries import Basis, Custody, Election, Entry, File, Sheet, encode_entries, encode_entry
from secondcount.evidence.keys import SigningKey
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.log import Log, append_entries
from secondcount.evidence.note import Algorithm, sign_note

SIZES, MORE = (100_000, 500_000), (1_000_000, 5_000_000)
PROMISE = (500_000, 4.0, 400)  # entries, seconds, megabytes
ORIGIN = "benchmark.example/election"
CELLS = (*(f"list-{number:02}" for number in range(10)), "blank", "invalid", "registered")
DEFINITION, TABLE = b"format = 1\n", sha256_hex(b"a table of copies")
BATCH = 256
MEGABYTE = 1_000_000
SAMPLING = 0.02  # seconds between two looks at the memory

VERIFY = """
import json, sys, time
from pathlib import Path
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.verify import VerifyOptions, verify_archive
from secondcount.evidence.verify import archive, blobs
if __name__ == "__main__":
    apart = []
    def timed(case, check=blobs.check_blobs):
        start = time.perf_counter(); found = check(case); apart.append(time.perf_counter() - start); return found
    archive.CHECKS["blobs"] = (timed, archive.CHECKS["blobs"][1])
    start = time.perf_counter()
    report = verify_archive(LocalStore(Path(sys.argv[1])), VerifyOptions(jobs=int(sys.argv[2])))
    print(json.dumps([report.outcome.value, time.perf_counter() - start - sum(apart), sum(apart)]))
"""

PEER_MAKE = """
import json, random, sys
from actasum import verify
from actasum.statement import OfficialTotals, Statement, write_jsonl
random.seed(1)
made = []
for number in range(int(sys.argv[1])):
    area = f"X/{number % 50:02d}"
    lists = {f"{one:02d}": random.randint(0, 200) for one in range(10)}
    made.append(Statement(profile="es/v0.1", election="x/2026-01", station=f"{area}/{number:06d}", constituency=area,
        blank=random.randint(0, 9), null=random.randint(0, 9), candidatures=lists, registered=3000,
        candidature_total=sum(lists.values())))
totals = OfficialTotals(profile="es/v0.1", election="x/2026-01",
    areas={area: found for area, found in verify.aggregate(made).items()})
with open("statements.jsonl", "w") as file:
    write_jsonl(made, file)
json.dump(totals.to_dict(), open("official.json", "w"))
print(made[5].station)
"""


COLUMNS = (
    "entries",
    "processes",
    "seconds",
    "of processors",
    "MB over all",
    "times the limit",
    "made in",
    "one proof",
)
"""The head of the table in docs/validation.md; the limit: reading every file, hashing every entry, one core."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one command took: seconds of clock and processors, greatest memory of all processes, what it printed."""

    seconds: float
    processors: float
    megabytes: float
    output: str


def sheets(count: int) -> Iterator[bytes]:
    """Yield the entries of made-up sheets."""
    for start in range(0, count, BATCH):
        yield from encode_entries([sheet(number) for number in range(start, min(count, start + BATCH))])


def sheet(number: int) -> Sheet:
    """Return one made-up sheet: ten lists and three lines of the form."""
    votes = {cell: (number * 7919 + place * 104729) % 400 for place, cell in enumerate(CELLS)}
    return Sheet(
        area=f"area-{number % 1000:03}",
        basis=Basis(file=TABLE, row=number + 2),
        cells={**votes, "registered": 3000},
        collector="observers",
        contest="list",
        copy=1,
        level=2,
        states="=" * len(CELLS),
        station=f"X/{number % 50:02}/{number:06}",
        version=1,
    )


def make_archive(folder: Path, count: int) -> float:
    """Write an archive of so many entries, nearly all of them sheets; return the seconds that making the log took."""
    key = SigningKey(ORIGIN, Algorithm.ED25519, Ed25519PrivateKey.from_private_bytes(bytes(32)))
    store = LocalStore(folder, durable=False)
    first: list[Entry] = [
        Election(
            definition=File(digest=sha256_hex(DEFINITION), name="made-up.toml", size=len(DEFINITION)),
            id="made.up",
            key=str(key.verifier()),
            origin=ORIGIN,
        ),
        Custody(event="table_imported", file=TABLE, name="copies.csv", rows=count),
    ]
    start = time.perf_counter()
    grown = append_entries(store, 0, _all(first, count))
    took = time.perf_counter() - start
    vkey = f"{key.verifier()}\n".encode()
    store.create(f"blob/{sha256_hex(DEFINITION)[:2]}/{sha256_hex(DEFINITION)}", DEFINITION)
    store.create("log.vkey", vkey)
    manifest = f"{ORIGIN}/manifest\n{sha256_hex(vkey)} {len(vkey)} log.vkey\n"
    store.create("manifest", sign_note(manifest.encode(), key))
    text = Checkpoint(origin=ORIGIN, size=grown.size, root=grown.root).encode()
    store.create("checkpoint", sign_note(text, key))
    return took


def _all(first: Sequence[Entry], count: int) -> Iterator[bytes]:
    yield from map(encode_entry, first)
    yield from sheets(count - len(first))


def measured(command: Sequence[str | Path], folder: Path) -> Run:
    """Run a command and watch its memory and that of its children."""
    start, used = time.perf_counter(), processors()
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    greatest = 0
    while process.poll() is None:
        greatest = max(greatest, memory_of(process.pid))
        time.sleep(SAMPLING)
    seconds = time.perf_counter() - start
    out, err = process.communicate()
    if process.returncode not in (0, 1):
        raise SystemExit(err.decode("utf-8", "replace")[-2000:])
    spent = processors() - used
    return Run(seconds=seconds, processors=spent, megabytes=greatest / MEGABYTE, output=out.decode("utf-8", "replace"))


def processors() -> float:
    """Return the seconds that the children of this process have spent on all processors."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def memory_of(process: int) -> int:
    """Return the bytes in memory of a process and everything below it (Linux; elsewhere 0)."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
        below = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(memory_of(int(one)) for one in below)


def limit(folder: Path, count: int) -> tuple[float, float]:
    """Return the seconds for reading all bundles and tiles, and for hashing every entry once, in one core."""
    start = time.perf_counter()
    for path in sorted((folder / "tile").rglob("*")):
        if path.is_file():
            path.read_bytes()
    read = time.perf_counter() - start
    entries = [one for _, one in Log(LocalStore(folder), count).entries(0, min(count, 100_000))]
    start = time.perf_counter()
    for one in entries:
        hashlib.sha256(one).digest()
    return read, (time.perf_counter() - start) * count / len(entries)


def line(what: str, count: int, seconds: float, megabytes: float | None = None, remark: str = "") -> None:
    """Print a line of the table."""
    memory = f"{megabytes:8.0f}" if megabytes is not None else " " * 8
    print(f"{what:<44}{count:>12,}{seconds:>10.2f}{memory}  {remark}".rstrip(), flush=True)


@dataclass(slots=True, kw_only=True)
class Size:
    """What was measured at one size: by number of processes, the outcome, the seconds without blobs, and the run."""

    entries: int
    made: float
    limit: float
    proof: float
    runs: dict[int, tuple[str, float, Run]]

    def is_kept(self, seconds: Callable[[float, Run], float]) -> bool:
        """Return whether all is verified and the promise, if it is about this size, kept by the better run."""
        if any(outcome != "verified" for outcome, _, _ in self.runs.values()):
            return False
        least = min(seconds(clock, run) for _, clock, run in self.runs.values())
        most = max(run.megabytes for _, _, run in self.runs.values())
        return self.entries != PROMISE[0] or (least <= PROMISE[1] and most <= PROMISE[2])

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield the rows of the table in docs/validation.md."""
        for jobs, (_, clock, run) in self.runs.items():
            figures = (
                f"{clock:.1f} s",
                f"{run.processors:.1f} s",
                f"{run.megabytes:.0f} MB",
                f"{clock / self.limit:.1f}",
            )
            yield f"{self.entries:,}", f"{jobs}", *figures, f"{self.made:.1f} s", f"{1000 * self.proof:.1f} ms"


def measure(folder: Path, count: int) -> Size:
    """Measure one size."""
    archive = folder / f"archive-{count}"
    made = make_archive(archive, count)
    line("append to the log (entries made on the way)", count, made)
    read, hashed = limit(archive, count)
    line("limit: reading the files", count, read)
    line("limit: SHA-256 of each entry, one core", count, hashed)
    size = Size(entries=count, made=made, limit=read + hashed, proof=0, runs={})
    for jobs in dict.fromkeys((1, os.cpu_count() or 1)):
        run = measured((sys.executable, "-c", VERIFY, str(archive), str(jobs)), folder)
        outcome, seconds, blobs = json.loads(run.output)
        size.runs[jobs] = outcome, seconds, run
        remark = f"{outcome}; blobs {blobs:.2f} s more; all {run.seconds:.2f} s, {run.processors:.2f} of processors"
        away = f"{seconds / size.limit:.1f} times the limit"
        line(f"verify, processes: {jobs}", count, seconds, run.megabytes, f"{remark}; {away}")
    log, index = Log(LocalStore(archive), count), random.Random(1).randrange(count)  # noqa: S311 - any entry
    start = time.perf_counter()
    log.inclusion(index, count)
    size.proof = time.perf_counter() - start
    line("proof of one entry, from cold tiles", count, size.proof)
    return size


def tell_growth(sizes: Sequence[Size]) -> None:
    """Print how seconds and memory grow from the smallest to the largest size."""
    least, most = (choose(sizes, key=lambda one: one.entries) for choose in (min, max))
    if least is most:
        return
    more = most.entries - least.entries
    for jobs, (_, clock, run) in most.runs.items():
        _, before, small = least.runs[jobs]
        bytes_each = (run.megabytes - small.megabytes) * MEGABYTE / more
        power = math.log(clock / before) / math.log(most.entries / least.entries)
        told = f"{least.entries:,} to {most.entries:,} entries, processes: {jobs}"
        megabytes = f"{small.megabytes:.0f} to {run.megabytes:.0f} MB"
        print(f"growth, {told}: {megabytes}, {bytes_each:.1f} bytes an entry; seconds with the power {power:.2f}")


def measure_peer(python: str, folder: Path, count: int) -> None:
    """Print what actasum takes for as many stations."""
    station = measured((python, "-c", PEER_MAKE, str(count)), folder).output.strip()
    program = (python, "-m", "actasum.cli")
    asked = {
        "actasum: verify": ("verify", "--statements", "statements.jsonl", "--official", "official.json"),
        "actasum: log build": ("log", "build", "--statements", "statements.jsonl", "--out", "log"),
        "actasum: log open (checkpoint)": ("log", "checkpoint", "--log", "log"),
        "actasum: log prove": ("log", "prove", "--log", "log", "--station", station, "--out", "proof.json"),
    }
    for what, words in asked.items():
        run = measured((*program, *words), folder)
        line(what, count, run.seconds, run.megabytes, f"{run.processors:.2f} of processors")


def parser() -> argparse.ArgumentParser:
    """Return what can be asked on the command line."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--full", action="store_true", help="go on to 5,000,000 entries")
    asked.add_argument("--entries", type=int, nargs="+", help="these sizes instead")
    asked.add_argument("--peer", metavar="PYTHON", help="interpreter that has actasum 0.1.0")
    asked.add_argument("--markdown", action="store_true", help="print the table of docs/validation.md at the end")
    return asked


def main() -> int:
    """Print the table; return 1 where the promise is broken."""
    asked = parser().parse_args()
    counts = asked.entries or (*SIZES, *(MORE if asked.full else ()))
    with tempfile.TemporaryDirectory() as name:
        print_limits(Path(name))
        print(f"{'':<44}{'entries':>12}{'seconds':>10}{'MB':>8}   load average {os.getloadavg()[0]:.1f}")
        sizes = [measure(Path(name), count) for count in counts]
        if asked.peer:
            measure_peer(asked.peer, Path(name), PROMISE[0] if PROMISE[0] in counts else max(counts))
    tell_growth(sizes)
    kept = all(one.is_kept(lambda clock, _: clock) for one in sizes)
    by_processors = all(one.is_kept(lambda _, run: run.processors) for one in sizes)
    words = {True: "kept", False: "BROKEN"}
    told = f"{words[kept]} by the clock, {words[by_processors]} by the seconds of all processors"
    if PROMISE[0] not in counts and kept:
        told = "not measured"
    print(f"promise: {PROMISE[0]:,} entries in {PROMISE[1]} s and {PROMISE[2]} MB: {told}")
    if asked.markdown:
        print(markdown(COLUMNS, [row for one in sizes for row in one.rows()]))
    return int(not kept)


if __name__ == "__main__":
    sys.exit(main())
