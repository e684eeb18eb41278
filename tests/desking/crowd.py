"""Many readers at once on one database; for a process of its own, in which Django is set up already.

It counts how often a task was taken, by how many it was held at the same moment, and how many tasks one person held.
"""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

from django.db import connections

from secondcount.web.models import Member, PaperCopy, Task
from secondcount.web.reading.queue import open_readings, take_task

__all__ = ["crowd"]

NOON = datetime(2030, 5, 5, 12, tzinfo=UTC)
READERS, WINDOWS, COPIES = 12, 3, 10


def crowd() -> str:
    """Return the counts as JSON. Everybody presses "Next copy" at the same moment, in several windows each."""
    for number in range(COPIES):
        open_readings(PaperCopy.objects.create(station=str(number), contest="list", made=NOON), NOON)
    readers = [Member.objects.create(username=f"r{n}", pseudonym=f"p-{n:020x}", role="reader") for n in range(READERS)]
    start = Barrier(READERS * WINDOWS)

    def press(reader: Member) -> tuple[int, int]:
        start.wait()
        try:
            task = take_task(reader, NOON)
            return reader.pk, task.pk if task else 0
        finally:
            connections.close_all()

    with ThreadPoolExecutor(READERS * WINDOWS) as pool:
        given = list(pool.map(press, readers * WINDOWS))
    holders = Counter(task for _, task in set(given) if task)
    mine = Counter(reader for reader, task in set(given) if task)
    twice = Counter(Task.objects.exclude(leased_by=None).values_list("leased_by", "copy"))
    return json.dumps(
        {
            "answers": len(given),
            "tasks": len(holders),
            "holders": max(holders.values()),
            "tasks_of_one": max(mine.values()),
            "copy_twice": max(twice.values()),
        }
    )
