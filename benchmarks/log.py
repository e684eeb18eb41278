"""How fast the log grows and proves, and how far that is from this machine: `python benchmarks/log.py`.

    --entries N ...   sizes of the logs (100,000 and 1,000,000 where not given; 5,000,000 takes a few minutes)
    --peer PYTHON     a Python that has actasum, whose figures then stand beside ours (for 100,000 entries)
    --folder FOLDER   where the logs are written: the disk that is measured

Entries have 300 bytes and come from a generator. Every batch ends as a sequencer's does: files and folders flushed,
checkpoint replaced, superseded tiles removed. Each size runs in a process of its own, so that its memory is its own.
A cold proof is the first one of a reader that has read nothing; the files are in the memory of the system by then.
The limits are measured with the same calls: SHA-256 of an entry, and a new file of a tile's size flushed to the disk.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median

from limits import LENGTH, markdown, print_limits

from secondcount.evidence.digest import leaf_hash
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.log import Log, append_entries, remove_superseded
from secondcount.evidence.merkle import verify_inclusion

SIZES = (100_000, 1_000_000)
BATCH = 10_000
PROOFS = 200
PEER_SIZE = 100_000
COLUMNS = (
    "entries",
    "entries/s",
    "proof cold ms",
    "slowest ms",
    "files read",
    "peak MB",
    "of SHA-256",
    "of the disk",
)
"""The head of the table in docs/validation.md."""
PEER = """
import json, os, resource, sys, tempfile, time
from actasum.log import Log
from actasum.statement import Statement
size, folder = int(sys.argv[1]), sys.argv[2]
made = [
    Statement(profile="x", election="e", station=str(n), constituency="c", blank=1, null=2, registered=3000,
              candidatures={f"list-{k}": n % 997 + k for k in range(10)}, extra={"fill": "x" * 20})
    for n in range(size)
]
log = Log.create(folder, "example.org/log")
start = time.perf_counter()
for at in range(0, size, 10_000):
    log.append(made[at : at + 10_000])
append = time.perf_counter() - start
length = len(log.leaves[0])
start = time.perf_counter()
log = Log.open(folder)
opened = time.perf_counter() - start
start = time.perf_counter()
log.prove_inclusion(size // 3)
proof = time.perf_counter() - start
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"append": append, "open": opened, "proof": proof, "memory": memory, "length": length}))
"""


def entries(size: int) -> Iterator[bytes]:
    """Yield as many different entries of 300 bytes."""
    tail = b"x" * (LENGTH - 8)
    for number in range(size):
        yield number.to_bytes(8, "big") + tail


def measure(size: int, folder: Path) -> dict[str, float]:
    """Build one log and prove entries of it; return the figures."""
    store, made = LocalStore(folder), entries(size)
    old, root, version = 0, None, None
    start = time.perf_counter()
    while batch := list(islice(made, BATCH)):
        grown = append_entries(store, old, batch, root)
        version = store.replace("checkpoint", str(grown.size).encode() + grown.root, version)
        remove_superseded(store, grown.size, since=old)
        old, root = grown.size, grown.root
    append = time.perf_counter() - start
    cold: list[float] = []
    loads = 0
    for number in range(PROOFS):
        index = number * 7919 * 13 % size
        start = time.perf_counter()
        log = Log(store, size)
        proof = log.inclusion(index, size)
        cold.append(time.perf_counter() - start)
        loads = max(loads, log.loads)
        verify_inclusion(leaf_hash(log.entry(index)), index, size, proof, root or b"")
    return {
        "append": append,
        "proof": median(cold),
        "slowest": max(cold),
        "loads": loads,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def alone(size: int, folder: Path) -> dict[str, float]:
    """Return the figures of one size, measured in a process of its own."""
    command = (sys.executable, __file__, "--child", str(size), "--folder", str(folder))
    found: dict[str, float] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return found


def row(*cells: str) -> None:
    """Print one line of the table."""
    print(f"{cells[0]:<34}" + "".join(f"{cell:>14}" for cell in cells[1:]), flush=True)


def told(size: int, found: dict[str, float], sha: int, flushes: int) -> tuple[str, ...]:
    """Return the figures of one size, with the share of each limit that was used."""
    rate = size / found["append"]
    batches = -(-size // BATCH)
    files = 2 * (size // 256 + 2 * batches)
    proof = f"{found['proof'] * 1000:.2f}", f"{found['slowest'] * 1000:.2f}", f"{found['loads']:.0f}"
    shares = f"{rate / sha:.0%}", f"{files / found['append'] / flushes:.0%}"
    return f"{size:,}", f"{rate:,.0f}", *proof, f"{found['memory']:.0f}", *shares


def peer(python: str, folder: Path) -> None:
    """Print the peer's figures: it holds the log in memory, so its proof needs the whole log to be opened first."""
    command = (python, "-c", PEER, str(PEER_SIZE), str(folder))
    found = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    cold = (found["open"] + found["proof"]) * 1000
    row(
        f"actasum, {PEER_SIZE:,} ({found['length']} bytes)",
        f"{PEER_SIZE / found['append']:,.0f}",
        f"{cold:,.0f}",
        "",
        "all",
        f"{found['memory']}",
    )


def parser() -> argparse.ArgumentParser:
    """Return what can be asked on the command line."""
    asked = argparse.ArgumentParser(description="How fast the log grows and proves.")
    asked.add_argument("--entries", type=int, nargs="*", default=SIZES)
    asked.add_argument("--peer", default="")
    asked.add_argument("--folder", type=Path, default=Path())
    asked.add_argument("--markdown", action="store_true", help="print the table of docs/validation.md at the end")
    asked.add_argument("--child", type=int, default=0)
    return asked


def main() -> None:
    """Measure what was asked for."""
    chosen = parser().parse_args()
    if chosen.child:
        print(json.dumps(measure(chosen.child, chosen.folder)))
        return
    with tempfile.TemporaryDirectory(dir=chosen.folder, prefix="log-bench-") as name:
        sha, flushes = print_limits(Path(name))
        row("", *COLUMNS[1:])
        rows = []
        for size in chosen.entries:
            figures = told(size, alone(size, Path(tempfile.mkdtemp(dir=name))), sha, flushes)
            row(f"secondcount, {figures[0]} entries", *figures[1:])
            rows.append(figures)
        if chosen.peer:
            peer(chosen.peer, Path(tempfile.mkdtemp(dir=name)))
        else:
            print("the peer is left out: name a Python that has actasum with --peer")
    if chosen.markdown:
        print(markdown(COLUMNS, rows))


if __name__ == "__main__":
    main()
