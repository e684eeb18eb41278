"""How fast the desk hands out work: the next copy for a reader, from a long queue. `python benchmarks/desk.py`.

    --tasks N          open tasks in the queue (100,000)
    --rounds N         how often somebody asks (200)
    --database ADDRESS also PostgreSQL: an address, or "wheel" for the server that the tests use
    --markdown         print the table of docs/validation.md at the end

Promised is that a task is taken within 20 ms from a queue of 100,000, on both databases. Measured are: people who ask
one after the other (each another one); the same while others hold every task at the head of the queue; somebody who
has read half of all copies alone, which is the worst case, because what they have read stands before what they have
not; an adjudicator, for whom there is nothing in a queue that is full of readings; and for comparison the bare query
that takes the first free task and looks at nothing else, which is as fast as the database can be.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from limits import markdown

from secondcount.web.config import DeskConfig
from secondcount.web.server import prepare

LIMIT = 20  # ms
NOON = datetime(2030, 5, 5, 12, tzinfo=UTC)
AREAS = 20
PEOPLE = 200
COLUMNS = ("database", "tasks", "what", "median ms", "95 % ms", "processor ms")
"""The head of the table in docs/validation.md."""


def models() -> Any:
    """Return the models; they can be imported once Django is set up."""
    from secondcount.web import models as found  # noqa: PLC0415 - Django must be set up first

    return found


def filled(tasks: int) -> None:
    """Make copies, half as many as tasks, and the people who ask."""
    found = models()
    people = [
        found.Member(username=f"r{n}", pseudonym=f"p-{n:020x}", role="reader", team=f"t{n % 7}") for n in range(PEOPLE)
    ]
    found.Member.objects.bulk_create(people)
    readers = list(found.Member.objects.order_by("pk"))
    copies = [
        found.PaperCopy(
            station=str(n),
            contest=("list", "mayor")[n % 2],
            area=f"area-{n % AREAS}",
            made=NOON,
            collector=readers[n % PEOPLE],
        )
        for n in range(tasks // 2)
    ]
    found.PaperCopy.objects.bulk_create(copies, batch_size=5_000)
    numbers = list(found.PaperCopy.objects.order_by("pk").values_list("pk", flat=True))
    rows = [
        found.Task(copy_id=pk, kind="reading", slot=slot, made=NOON + timedelta(seconds=n), priority=n % 3)
        for n, pk in enumerate(numbers)
        for slot in (1, 2)
    ]
    found.Task.objects.bulk_create(rows, batch_size=5_000)


def read_half() -> Any:
    """Let one person have read half of all copies, and return that person."""
    found = models()
    alone = found.Member.objects.create(username="alone", pseudonym="p-" + "f" * 20, role="reader")
    tasks = list(found.Task.objects.filter(slot=1, state="open").order_by("-priority", "made"))
    read = tasks[: len(tasks) // 2]
    rows = [
        found.ReadingRow(
            task=one,
            copy_id=one.copy_id,
            reader=alone,
            pseudonym=alone.pseudonym,
            commitment=secrets.token_hex(32),
            content={},
            committed=NOON,
        )
        for one in read
    ]
    found.ReadingRow.objects.bulk_create(rows, batch_size=5_000)
    for at in range(0, len(read), 5_000):
        found.Task.objects.filter(pk__in=[one.pk for one in read[at : at + 5_000]]).update(state="done")
    return alone


def milliseconds(rounds: int, act: Callable[[int], object]) -> tuple[list[float], float]:
    """Return how long each round took by the clock, and a round's share of this process's processor."""
    for number in range(5):
        act(number)  # the first ones open connections and plan queries
    taken, used = [], time.process_time()
    for number in range(rounds):
        began = time.perf_counter()
        act(number)
        taken.append((time.perf_counter() - began) * 1000)
    return taken, (time.process_time() - used) * 1000 / rounds


def measured(name: str, tasks: int, rounds: int) -> Iterator[tuple[str, ...]]:
    """Yield the rows of one database."""
    from django.db import connection  # noqa: PLC0415 - Django must be set up first

    from secondcount.web.reading.queue import DECIDING, take_task  # noqa: PLC0415 - as above

    found = models()
    filled(tasks)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    people = list(found.Member.objects.order_by("pk"))
    free = found.Task.objects.filter(kind="reading", state="open", leased_until=None)

    def bare(_: int) -> None:
        free.order_by("-priority", "made", "pk").first()

    def turn(number: int) -> None:
        task = take_task(people[number % PEOPLE], NOON)
        found.Task.objects.filter(pk=task.pk if task else 0).update(leased_by=None)

    yield row(name, tasks, "the first free task, nothing else", milliseconds(rounds, bare))
    yield row(name, tasks, "a reader takes the next copy", milliseconds(rounds, turn))
    found.Task.objects.update(leased_by=None, leased_until=None)
    head = list(free.order_by("-priority", "made", "pk").values_list("pk", flat=True)[:1_000])
    for pk in head:
        found.Task.objects.filter(pk=pk).update(leased_until=NOON + timedelta(hours=1))
    yield row(name, tasks, "the same, 1,000 others hold the head", milliseconds(rounds, turn))
    judge = found.Member.objects.create(username="judge", pseudonym="p-" + "e" * 20, role="adjudicator")
    nothing = milliseconds(rounds, lambda _: take_task(judge, NOON, DECIDING))
    yield row(name, tasks, "an adjudicator finds nothing", nothing)
    alone = read_half()

    def lonely(_: int) -> None:
        task = take_task(alone, NOON)
        found.Task.objects.filter(pk=task.pk if task else 0).update(leased_by=None, leased_until=None)

    yield row(name, tasks, "one who has read half of all, alone", milliseconds(max(5, rounds // 10), lonely))


def row(name: str, tasks: int, what: str, measured: tuple[list[float], float]) -> tuple[str, ...]:
    """Return a row of the table: median, the slowest of twenty, and the processor of this process."""
    taken, used = measured
    return name, f"{tasks:,}", what, f"{median(taken):.1f}", f"{quantiles(taken, n=20)[-1]:.1f}", f"{used:.1f}"


@contextmanager
def desk_in(folder: Path, database: str) -> Iterator[None]:
    """Let this process be a desk with an empty database."""
    prepare(DeskConfig(archive=str(folder / "none"), folder=str(folder), database=database, secret="benchmark"))  # noqa: S106 - of nobody
    yield


def parser() -> argparse.ArgumentParser:
    """Return what can be asked."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--tasks", type=int, default=100_000)
    asked.add_argument("--rounds", type=int, default=200)
    asked.add_argument("--database", default="")
    asked.add_argument("--markdown", action="store_true")
    return asked


def main() -> None:
    """Measure one database; Django knows one per process."""
    asked = parser().parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if asked.database == "wheel":
            sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
            from desking.postgres import database, running_postgres  # noqa: PLC0415 - only where it is asked for

            with running_postgres(place / "server") as server, desk_in(place, database(server, "bench")):
                show("PostgreSQL", asked)
        else:
            with desk_in(place, asked.database):
                show("PostgreSQL" if asked.database else "SQLite", asked)


def show(name: str, asked: argparse.Namespace) -> None:
    """Print the table of one database."""
    line = "{:<12}{:>10}  {:<42}{:>10}{:>10}{:>14}"
    print(line.format(*COLUMNS), flush=True)
    rows = []
    for one in measured(name, asked.tasks, asked.rounds):
        rows.append(one)
        print(line.format(*one), flush=True)
    print(f"promised: {LIMIT} ms")
    if asked.markdown:
        print(markdown(COLUMNS, rows))


if __name__ == "__main__":
    main()
