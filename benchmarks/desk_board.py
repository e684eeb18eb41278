"""How long the board takes: `python benchmarks/desk_board.py [--stations N] [--markdown]`.

A desk on SQLite with 10,000 stations, 15,000 copies of two contests and 30,000 tasks, two thirds of them done; the
page is asked for through the whole of Django, signed in, and judged by the median of its rounds, by the clock.
Promised are 300 milliseconds; exit code 1 if the promise is broken. The processor's time stands beside it: where the
clock is far above it, the machine was busy.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from desking.place import member, open_desk, signed_in

# isort: split
from django.test import Client
from limits import markdown

from secondcount.web.desk import now
from secondcount.web.models import Member, PaperCopy, ReadingRow, Role, Station, Task, TaskKind, TaskState

LIMIT = 300  # milliseconds
ROUNDS = 9
AREAS = ("north", "south")
STATES = ("awaiting", "once_read", "differing", "agreed", "agreed", "agreed")
COLUMNS = ("page", "stations", "processor ms", "clock ms")
"""The head of the table in docs/validation.md."""
PAGES = ("/board/", "/board/figures/", "/stations/")


def fill(stations: int) -> None:
    """Put stations, copies, tasks and readings into the database of this process."""
    moment, readers = now(), [member(Role.READER) for _ in range(40)]
    Station.objects.bulk_create(
        (Station(name=f"{number:05}", area=AREAS[number % 2], known=True) for number in range(stations)),
        batch_size=500,
    )
    copies = PaperCopy.objects.bulk_create(
        (_copy(number, stations, moment) for number in range(stations * 3 // 2)), batch_size=500
    )
    tasks = [task for copy in copies for task in _tasks(copy, readers)]
    Task.objects.bulk_create(tasks, batch_size=500)
    ReadingRow.objects.bulk_create(
        (
            _reading(task, readers[number % len(readers)], task.done, number)
            for number, task in enumerate(tasks)
            if task.done
        ),
        batch_size=500,
    )


def _copy(number: int, stations: int, moment: datetime) -> PaperCopy:
    state = STATES[number % len(STATES)]
    made = moment - timedelta(seconds=3 * number)
    return PaperCopy(
        station=f"{number % stations:05}",
        contest="list" if number < stations else "mayor",
        area=AREAS[number % 2],
        state=state,
        made=made,
        decided=made + timedelta(seconds=1) if state == "agreed" else None,
    )


def _tasks(copy: PaperCopy, readers: list[Member]) -> list[Task]:
    done = {"awaiting": 0, "once_read": 1}.get(copy.state, 2)
    return [
        Task(
            copy=copy,
            kind=TaskKind.READING,
            slot=slot,
            state=TaskState.DONE if slot <= done else TaskState.OPEN,
            made=copy.made,
            done=copy.made + timedelta(seconds=slot) if slot <= done else None,
            leased_by=readers[(copy.pk + slot) % len(readers)],
        )
        for slot in (1, 2)
    ]


def _reading(task: Task, reader: Member, committed: datetime, number: int) -> ReadingRow:
    return ReadingRow(
        task=task,
        copy=task.copy,
        reader=reader,
        pseudonym=reader.pseudonym,
        commitment=f"{number:064}",
        content={},
        committed=committed,
    )


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the medians of some rounds, by the clock and by the processor, in milliseconds; the first warms up."""
    work()
    taken, worked = [], []
    for _ in range(ROUNDS):
        start, begun = time.perf_counter(), time.process_time()
        work()
        taken.append(1000 * (time.perf_counter() - start))
        worked.append(1000 * (time.process_time() - begun))
    return median(taken), median(worked)


def parser() -> argparse.ArgumentParser:
    """Return what can be asked."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--stations", type=int, default=10_000, metavar="N", help="stations of the desk")
    asked.add_argument("--markdown", action="store_true", help="print the table of docs/validation.md at the end")
    return asked


def main() -> int:
    """Measure each page and say whether the promise is kept."""
    given = parser().parse_args()
    with tempfile.TemporaryDirectory() as folder:
        open_desk(Path(folder) / "archive")
        fill(given.stations)
        browser = signed_in(member(Role.COORDINATOR))
        found = {page: timed(lambda page=page: _get(browser, page)) for page in PAGES}
    for page, (taken, worked) in found.items():
        print(f"{page:20} {taken:6.0f} ms by the clock, {worked:.0f} ms of the processor, limit {LIMIT} ms")
    if given.markdown:
        size = f"{given.stations:,}"
        rows = [(page, size, f"{worked:.0f}", f"{taken:.0f}") for page, (taken, worked) in found.items()]
        print(markdown(COLUMNS, rows))
    return int(max(taken for taken, _ in found.values()) > LIMIT)


def _get(browser: Client, page: str) -> None:
    answer = browser.get(page)
    if answer.status_code != 200:
        raise SystemExit(f"desk_board: {page} answered {answer.status_code}")


if __name__ == "__main__":
    sys.exit(main())
