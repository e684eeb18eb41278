"""The long look, shared: runs of bundles for several processes, and a file from which a cut-off look goes on."""

from __future__ import annotations

import pickle
import signal
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from secondcount.evidence.checkpoint import Checkpoint
from secondcount.evidence.store import Store
from secondcount.evidence.tiles import FULL
from secondcount.evidence.verify.options import VerifyOptions
from secondcount.evidence.verify.part import Part
from secondcount.evidence.verify.resume import Diary
from secondcount.evidence.verify.scan import scan

__all__ = ["RUN", "leave_interrupts", "look_at_all", "travels"]

RUN = 32
"""Bundles of one part: 8,192 entries, a tenth of a second."""

ENOUGH = 100  # problems after which looking on tells nobody more
AHEAD = 2  # runs that wait for each process: enough to keep it busy, few enough to stay small
WORTH = 4  # runs below which no process is started


def look_at_all(store: Store, checkpoint: Checkpoint, options: VerifyOptions) -> Iterator[Part]:
    """Yield the part of each run of bundles, in order; stop early where too much is wrong.

    Parts that an earlier, interrupted look has written down are not looked at again.
    """
    total = -(-checkpoint.size // FULL)
    diary = Diary(options.resume, checkpoint, RUN)
    known = diary.begin()
    # A generator: the size may be made up, and a list of its runs larger than memory.
    runs = ((first, min(first + RUN, total)) for first in range(0, total, RUN) if first not in known)
    shared = options.jobs > 1 and -(-total // RUN) - len(known) >= WORTH and travels(store)
    found = _looked(store, checkpoint.size, runs, options.jobs if shared else 1)
    problems = 0
    for first in range(0, total, RUN):
        if first in known:
            part = diary.part(first)
        else:
            part = next(found)
            diary.write(part)
        yield part
        options.progress(min(part.stop * FULL, checkpoint.size), checkpoint.size)
        problems += len(part.problems)
        if problems >= ENOUGH:
            break
    found.close()
    diary.close()


def _looked(store: Store, size: int, runs: Iterator[tuple[int, int]], jobs: int) -> Generator[Part]:
    """Yield the part of each run, in order, by this process or by several."""
    if jobs < 2:
        yield from (scan(store, size, first, stop) for first, stop in runs)
        return
    # "spawn": the children begin from nothing, on every system, whatever threads the caller has.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=leave_interrupts) as pool:
        asked: deque[Future[Part]] = deque(
            pool.submit(scan, store, size, *run) for run in islice(runs, jobs * (1 + AHEAD))
        )
        try:
            while asked:
                yield asked.popleft().result()
                asked.extend(pool.submit(scan, store, size, *run) for run in islice(runs, 1))
        finally:
            pool.shutdown(cancel_futures=True)


def leave_interrupts() -> None:
    """Leave Ctrl-C to the process that was called: it tells the user, and ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def travels(store: Store) -> bool:
    """Return whether a store can be handed to another process (a bucket's connection cannot)."""
    try:
        pickle.dumps(store)
    except (TypeError, AttributeError, pickle.PicklingError):
        return False
    return True
