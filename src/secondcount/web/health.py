"""Whether the desk is well: its database, its disk, what waits for the log, and when the worker last looked."""

from __future__ import annotations

import shutil
from datetime import datetime
from itertools import islice

from django.core.cache import cache
from django.db import DatabaseError, connection

from secondcount.custody.outbox import waiting
from secondcount.errors import SecondcountError
from secondcount.web.desk import Desk

__all__ = ["beat", "look"]

LATE = 120  # seconds after which the worker is late
LEAST_FREE = 256 * 2**20  # bytes that must be free on the disk of the desk
COUNTED = 10_000  # entries of the outbox that are counted at most

_BEAT = "desk-worker"


def beat(now: datetime) -> None:
    """Say that the worker is alive, to all processes."""
    cache.set(_BEAT, now.isoformat(), timeout=None)


def look(place: Desk, now: datetime) -> dict[str, object]:
    """Return the state: "ok", "late" (people are served, but work behind the pages waits) or "failing"."""
    database, age = _database(now)
    disk = shutil.disk_usage(place.config.folder).free >= LEAST_FREE
    outbox = _outbox(place)
    if not database or not disk or outbox is None:
        status = "failing"
    else:
        status = "late" if age is not None and age > LATE else "ok"
    return {
        "status": status,
        "database": "ok" if database else "failing",
        "disk": "ok" if disk else "low",
        "outbox": outbox,
        "worker_seconds": age,
    }


def _database(now: datetime) -> tuple[bool, int | None]:
    """Return whether the database answers, and the seconds since the worker last looked (None: it has not begun)."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        last = cache.get(_BEAT)
    except DatabaseError:
        return False, None
    return True, int((now - datetime.fromisoformat(last)).total_seconds()) if last else None


def _outbox(place: Desk) -> int | None:
    """Return how many entries wait for the log, None where the archive does not answer."""
    try:
        return sum(1 for _ in islice(waiting(place.archive), COUNTED))
    except (SecondcountError, OSError):
        return None
