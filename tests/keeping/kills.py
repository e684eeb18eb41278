"""Processes that are killed: writers that acknowledge entries without end, and a sequencer that drains without end."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path

from keeping.archives import NOW, register, sheet
from secondcount.custody.archive import open_archive
from secondcount.custody.outbox import acknowledge
from secondcount.custody.sequencer import drain

__all__ = ["Series", "run_series", "writers_at_work"]

DIGITS = 64
PATIENCE = 10  # seconds until a step begins
PAUSE = (
    0.003  # seconds between two entries of a writer: the outbox must not outgrow a sequencer that keeps being killed
)
PER_WRITER = 1_000_000  # numbers that each writer may use up


@dataclass(slots=True)
class Series:
    """What a series of kills has seen: every digest that was acknowledged, and how often the sequencer was killed."""

    acknowledged: set[str] = field(default_factory=set)
    sequencers: int = 0
    cut: int = 0  # kills in the middle of a step: the journal was there
    writers: int = 0


def _fork(work: Callable[[], None]) -> int:
    """Return the id of a child that works until it is killed."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    finally:
        os._exit(1)  # no test of the parent goes on in here
    raise AssertionError


def _write(place: Path, first: int, told: int) -> None:
    """Acknowledge entries for ever; tell each digest when it has been acknowledged, and not before."""
    archive = open_archive(str(place), {})
    for number in range(first, first + PER_WRITER):
        if number % 10:
            digest = acknowledge(archive, sheet(number))
        else:
            blob = b"%d\n" % number * 50
            digest = acknowledge(archive, register(blob), [blob])
        os.write(told, digest.encode())  # 64 bytes at once are told whole or not at all (POSIX, PIPE_BUF)
        time.sleep(PAUSE)


def _drain(place: Path) -> None:
    archive = open_archive(str(place), {})
    while True:
        drain(archive, NOW)


def _kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _wait_for(journal: Path) -> None:
    """Wait until a step has begun: a sequencer that is killed while it only lists the outbox shows little."""
    end = time.monotonic() + PATIENCE
    while not journal.exists() and time.monotonic() < end:
        time.sleep(0.0005)


def run_series(place: Path, kills: int, writers: int, seed: int) -> Series:
    """Kill the sequencer so many times at random moments, and a writer every fourth time, while the others go on.

    Every second moment lies within 20 ms of the beginning of a step.
    """
    dice, seen = random.Random(seed), Series()  # noqa: S311 - a series that can be run again
    hear, told = os.pipe()
    os.set_blocking(hear, False)
    shares = count(0, PER_WRITER)  # no two writers use the same numbers

    def start() -> int:
        share = next(shares)
        return _fork(lambda: _write(place, share, told))

    at_work = [start() for _ in range(writers)]
    for _ in range(kills):
        sequencer = _fork(lambda: _drain(place))
        if dice.random() < 0.5:
            _wait_for(place / "private" / "journal")
            time.sleep(dice.random() * 0.02)
        else:
            time.sleep(dice.random() * dice.choice((0.02, 0.1, 0.3)))
        _kill(sequencer)
        seen.sequencers += 1
        seen.cut += (place / "private" / "journal").exists()
        if dice.random() < 0.25:
            at = dice.randrange(writers)
            _kill(at_work[at])
            seen.writers += 1
            at_work[at] = start()
        _hear(hear, seen)
    for child in at_work:
        _kill(child)
    _hear(hear, seen)
    os.close(hear)
    os.close(told)
    return seen


@contextmanager
def writers_at_work(place: Path, writers: int) -> Iterator[Series]:
    """Let writers acknowledge entries without end in processes of their own; what they told is there at the end."""
    seen = Series()
    hear, told = os.pipe()
    os.set_blocking(hear, False)
    at_work = [_fork(partial(_write, place, share * PER_WRITER, told)) for share in range(writers)]
    try:
        yield seen
    finally:
        for child in at_work:
            _kill(child)
        _hear(hear, seen)
        os.close(hear)
        os.close(told)


def _hear(source: int, seen: Series) -> None:
    while True:
        try:
            said = os.read(source, DIGITS * 64)
        except BlockingIOError:
            return
        seen.acknowledged.update(said[at : at + DIGITS].decode() for at in range(0, len(said), DIGITS))
