"""One writer at a time: a lock on a file, or in a bucket a lease that is written on condition and runs out.

A lock on a file ends with the process that holds it, however that ends. A lease is held by whoever wrote it until its
hour; a writer that was cut off blocks a bucket for that long and no longer. Neither is what keeps the log whole: the
checkpoint is replaced on condition of the one that was read.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from secondcount.custody.archive import Archive
from secondcount.custody.layout import LOCK, PRIVATE
from secondcount.errors import InputError
from secondcount.evidence.store import Conflict, Missing, Store

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


__all__ = ["LEASE", "PATIENCE", "file_locked", "locked"]

PATIENCE = 60  # seconds that a writer waits for another
LEASE = 300  # seconds after which a lease in a bucket has run out
PAUSE_MS = 50

Clock = Callable[[], float]


@contextmanager
def locked(archive: Archive, patience: int = PATIENCE, clock: Clock = time.time) -> Iterator[None]:
    """Hold the archive for writing.

    Raises:
        InputError: A201, somebody else writes and does not come to an end.

    """
    if archive.folder is not None:
        with file_locked(archive.folder / PRIVATE / LOCK, patience):
            yield
    else:
        with _lease(archive.private, patience, clock):
            yield


@contextmanager
def file_locked(path: Path, patience: int = PATIENCE) -> Iterator[None]:
    """Hold a file for this process; the lock ends with the process, however that ends.

    Raises:
        InputError: A201, another process holds it for longer than the patience in seconds.

    """
    with path.open("ab") as file:
        for _ in range(max(1, patience * 1000 // PAUSE_MS)):
            try:
                _try_lock(file)
            except OSError:
                time.sleep(PAUSE_MS / 1000)
            else:
                break
        else:
            raise InputError("A201", place=str(path), seconds=patience)
        yield  # closing the file gives the lock back


@contextmanager
def _lease(store: Store, patience: int, clock: Clock) -> Iterator[None]:
    token, deadline = f"{os.getpid()}-{secrets.token_hex(8)}", clock() + patience
    while (version := _taken(store, token, clock())) is None:
        if clock() >= deadline:
            raise InputError("A201", place=LOCK, seconds=patience)
        time.sleep(PAUSE_MS * 10 / 1000)
    try:
        yield
    finally:
        if store.version(LOCK) == version:  # ours still, and not that of whoever found it run out
            store.delete(LOCK)


def _taken(store: Store, token: str, now: float) -> str | None:
    """Return the version of our lease, None where somebody else holds one."""
    lease = json.dumps({"holder": token, "until": int(now) + LEASE}).encode()
    try:
        version = store.version(LOCK)
        if version is not None and json.loads(store.load(LOCK)).get("until", 0) > now:
            return None
        return store.replace(LOCK, lease, version)
    except (Conflict, Missing, ValueError):
        return None
