"""What this machine can do at most, printed beside what was done: SHA-256 in one process, flushes of this disk."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from pathlib import Path

from disk import flushes_per_second

LENGTH = 300  # bytes, about those of an entry
FLUSHES, FILE = 200, 8_192


def sha_per_second(length: int = LENGTH) -> int:
    """Return how many entries this machine hashes in a second, in one process."""
    data, number = b"\0" + b"x" * length, 200_000
    start = time.perf_counter()
    for _ in range(number):
        hashlib.sha256(data).digest()
    return round(number / (time.perf_counter() - start))


def print_limits(folder: Path) -> tuple[int, int]:
    """Print and return how many entries are hashed, and how many files of a tile's size are flushed, in a second."""
    sha, flushes = sha_per_second(), flushes_per_second(folder, FLUSHES, FILE, with_folder=False)
    print(f"this machine: SHA-256 of an entry {sha:,}/s in one process; new file of 8 kB flushed {flushes:,}/s")
    return sha, flushes


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as docs/validation.md has it."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, *rows)).replace(
        "|\n", f"|\n{'|---' * len(head)}|\n", 1
    )
