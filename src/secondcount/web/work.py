"""Work that is done behind the pages: sweeps, each of which looks for what is to do, does it, and says whether it did.

A sweep takes its work from what is on the disk and in the database, never from memory, so whatever was cut off is done
by the next one; doing a thing twice must be the same as doing it once. On the embedded default a thread of the
server's process runs them all; with PostgreSQL the lock of the database lets one process at a time do so.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread

from django.db import close_old_connections

from secondcount.errors import SecondcountError
from secondcount.web.desk import Desk, desk

__all__ = ["Sweep", "run_once", "start", "sweep", "wake"]

Sweep = Callable[[Desk], bool]
"""Does some of what there is to do; True: there may be more."""

PAUSE = 2.0  # seconds between looks when nothing wakes us

_LOG = logging.getLogger("secondcount.web.work")
_SWEEPS: dict[str, Sweep] = {}
_WOKEN = Event()


def sweep(name: str) -> Callable[[Sweep], Sweep]:
    """Register a sweep; they run in the order in which they were registered (`apps.DeskApp.ready`)."""

    def register(function: Sweep) -> Sweep:
        _SWEEPS[name] = function
        return function

    return register


def wake() -> None:
    """Let the worker look at once; whoever forgets it loses a moment, never work."""
    _WOKEN.set()


def run_once(place: Desk) -> bool:
    """Run every sweep once and return whether any did something. A refusal of one stops none of the others."""
    done = False
    for name, function in _SWEEPS.items():
        try:
            done |= function(place)
        except SecondcountError as error:
            _LOG.error("%s: %s", name, error.diagnostics())
    return done


def start() -> Thread:
    """Start the worker of this process; it ends with the process."""
    thread = Thread(target=_run, name="desk-worker", daemon=True)
    thread.start()
    return thread


def _run() -> None:
    while True:
        close_old_connections()
        if not run_once(desk()):
            _WOKEN.wait(PAUSE)
        _WOKEN.clear()
