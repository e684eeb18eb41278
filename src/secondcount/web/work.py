"""Work that is done behind the pages: sweeps, each of which looks for what is to do, does it, and says whether it did.

A sweep takes its work from what is on the disk and in the database, never from memory, so whatever was cut off is done
by the next one; doing a thing twice must be the same as doing it once. On the embedded default a thread of the
server's process runs them all; with PostgreSQL the process that holds the database's lock does so (`jobs`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from itertools import count
from threading import Event, Thread

from django.db import DatabaseError, close_old_connections

from secondcount.errors import SecondcountError
from secondcount.web import jobs
from secondcount.web.desk import Desk, desk, now
from secondcount.web.health import beat

__all__ = ["Sweep", "run_all", "run_once", "start", "sweep", "wake", "work_until"]

Sweep = Callable[[Desk], bool]
"""Does some of what there is to do; True: there may be more."""

PAUSE = 2.0  # seconds between looks when nothing wakes us
BEATS = 5  # looks from one sign of life to the next

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
    if desk().config.database:
        jobs.defer()


def run_once(place: Desk) -> bool:
    """Run every sweep once and return whether any did something. A refusal of one stops none of the others."""
    done = False
    for name, function in _SWEEPS.items():
        try:
            done |= function(place)
        except SecondcountError as error:
            _LOG.error("%s: %s", name, error.diagnostics())
        except DatabaseError as error:
            _LOG.error("%s: %s", name, error)
            close_old_connections()
    return done


def run_all() -> None:
    """Run the sweeps until none has anything to do."""
    close_old_connections()
    while run_once(desk()):
        beat(now())
    close_old_connections()


def start() -> Thread:
    """Start the worker of this process; it ends with the process."""
    thread = Thread(target=work_until, args=(Event(),), name="desk-worker", daemon=True)
    thread.start()
    return thread


def work_until(stopped: Event) -> None:
    """Work until told to stop: alone on the embedded default, else whenever this process is elected."""
    if desk().config.database:
        jobs.lead_until(stopped, desk().config.database, run_all, _beat)
        return
    for turn in count():
        if stopped.is_set():
            return
        _look(alive=turn % BEATS == 0)
        _WOKEN.wait(PAUSE)
        _WOKEN.clear()


def _look(*, alive: bool) -> None:
    try:
        if alive:
            _beat()
        run_all()
    except DatabaseError as error:  # it may be back at the next look
        _LOG.error("%s", error)
        close_old_connections()


def _beat() -> None:
    """Give a sign of life."""
    close_old_connections()
    beat(now())
    close_old_connections()
