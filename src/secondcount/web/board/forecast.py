"""What the pace of the last hour says of the work that is left; "cannot be said yet" is one of its answers. Pure.

A forecast speaks of what has arrived and waits to be read, never of what may still arrive. It is a division: open
tasks by tasks that were done in the last hour. Fewer than `ENOUGH` of them are no pace.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

__all__ = ["ENOUGH", "PAUSE", "WINDOW", "Forecast", "forecast", "middle", "per_hour", "time_per_task"]

WINDOW = timedelta(hours=1)
"""The pace is that of the last hour."""

ENOUGH = 5
"""Fewer tasks than this in the hour say nothing of a pace; fewer gaps than this say nothing of the time per task."""

PAUSE = timedelta(minutes=10)
"""A longer time between two tasks of one person is a pause (a lease has run out), not work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """When the work that is there now would be done at the pace of the last hour, and how much work it is."""

    left: int  # open tasks
    pace: int  # tasks done in the last hour
    finish: datetime | None  # None: cannot be said yet (or nothing is left)
    work: timedelta | None  # of people; None: cannot be said yet


def forecast(left: int, recent: int, done: Mapping[str, Sequence[datetime]], now: datetime) -> Forecast:
    """Return the forecast for so many open tasks.

    Args:
        left: open tasks.
        recent: tasks that were done in the last hour (`WINDOW`).
        done: the times at which each person finished one of the last tasks, in their order.
        now: the time.

    """
    finish = now + WINDOW * left / recent if left and recent >= ENOUGH else None
    each = time_per_task(done)
    return Forecast(left=left, pace=recent, finish=finish, work=None if each is None else each * left)


def time_per_task(done: Mapping[str, Sequence[datetime]]) -> timedelta | None:
    """Return the median time between two tasks of one person, pauses left out; None where too few are known."""
    gaps = [
        later - earlier
        for times in done.values()
        for earlier, later in pairwise(times)
        if timedelta(0) < later - earlier <= PAUSE
    ]
    return middle(gaps) if len(gaps) >= ENOUGH else None


def middle(spans: Iterable[timedelta]) -> timedelta | None:
    """Return the median, of an even number the lower of the two in the middle; None of none."""
    ranked = sorted(spans)
    return ranked[(len(ranked) - 1) // 2] if ranked else None


def per_hour(times: Iterable[datetime], now: datetime, hours: int) -> tuple[tuple[datetime, int], ...]:
    """Return how many of these times fall into each of the last hours: (its beginning, count), the oldest first.

    Hours begin when the clock on the wall where `now` is shows a full hour; the last is the current, unfinished one.
    """
    utc = ZoneInfo("UTC")
    current = now.replace(minute=0, second=0, microsecond=0).astimezone(utc)
    counts = [0] * hours
    for time in times:
        back = -((time - current) // WINDOW)
        if 0 <= back < hours:
            counts[-1 - back] += 1
    starts = [(current - back * WINDOW).astimezone(now.tzinfo) for back in range(hours - 1, -1, -1)]
    return tuple(zip(starts, counts, strict=True))
