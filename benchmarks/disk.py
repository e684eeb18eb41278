"""What this disk can do: the limit that stands beside the figures of logs and outboxes."""

from __future__ import annotations

import os
import time
from pathlib import Path


def flushes_per_second(folder: Path, number: int, size: int, *, with_folder: bool) -> int:
    """Return how many new files of `size` bytes this disk flushes in a second, one by one, or each with its folder."""
    directory = os.open(folder, os.O_RDONLY)
    start = time.perf_counter()
    for at in range(number):
        descriptor = os.open(folder / f"flush-{at}", os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        os.write(descriptor, b"x" * size)
        os.fsync(descriptor)
        os.close(descriptor)
        if with_folder:
            os.fsync(directory)
    spent = time.perf_counter() - start
    os.close(directory)
    return round(number / spent)
