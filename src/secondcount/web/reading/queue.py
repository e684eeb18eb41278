"""The queue of work: who gets which task next, for how long, and what happens when nobody sends it back.

A task is leased to one person for ten minutes; the page renews the lease while it is open. A lease that has run out
stays with its holder until somebody else takes the task, so a slow reader loses nothing as long as nobody is faster.

Who gets what, in this order: the highest priority (`Station.priority`, a file that the desk only reads); people of
another team than whoever brought or read the copy (`transcription.people`); what has waited for half an hour; the
contest and area that this person read last, because the eye knows that form already; what came first.

What is never given: a copy that this person brought or has read. The queue is asked under a lock of the person, so
that two windows of one person cannot take two tasks; the task itself is locked by `SKIP LOCKED`, so that no two people
take the same one and nobody waits for another. SQLite has neither lock and needs none: its transactions are IMMEDIATE.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from secondcount.web.access import found_or_refused
from secondcount.web.models import Member, PaperCopy, ReadingRow, Station, Task, TaskKind, TaskState
from secondcount.web.reading.distance import nearness

__all__ = [
    "DECIDING",
    "LEASE",
    "READING",
    "apply_priorities",
    "held_task",
    "open_readings",
    "open_task",
    "pass_on",
    "renew",
    "take_task",
    "waiting",
]

LEASE = timedelta(minutes=10)
"""For how long a task is one person's; the page renews it every two minutes."""

OVERDUE = timedelta(minutes=30)
"""What has waited for so long comes before what is near to what somebody read last."""

READING = (TaskKind.THIRD, TaskKind.READING)
"""Tasks of readers: what is asked for a third time comes first, for a copy waits for it alone."""

DECIDING = (TaskKind.ADJUDICATION,)

WINDOW = 32  # tasks that are weighed against each other; the rest of the queue is not looked at


def open_readings(copy: PaperCopy, when: datetime) -> None:
    """Ask for two readings of a copy; asking again changes nothing."""
    for slot in (1, 2):
        open_task(copy, TaskKind.READING, when, slot=slot)


def open_task(copy: PaperCopy, kind: TaskKind, when: datetime, *, slot: int = 1, cells: Collection[str] = ()) -> Task:
    """Put one task into the queue, with the priority of its station; one that is there stays as it is."""
    station = Station.objects.filter(name=copy.station).first()
    task, _ = Task.objects.get_or_create(
        copy=copy,
        kind=kind,
        slot=slot,
        defaults={"made": when, "cells": list(cells), "priority": station.priority if station else 0},
    )
    return task


def apply_priorities() -> int:
    """Give every open task the priority of its station again, and return how many there are."""
    station = PaperCopy.objects.filter(pk=OuterRef(OuterRef("copy_id"))).values("station")[:1]
    of_station = Station.objects.filter(name=Subquery(station)).values("priority")[:1]
    return Task.objects.filter(state=TaskState.OPEN).update(
        priority=Coalesce(Subquery(of_station), 0),
    )


def take_task(
    member: Member, when: datetime, kinds: Iterable[TaskKind] = READING, *, avoid: Collection[int] = ()
) -> Task | None:
    """Lease the next task to a member and return it, the one they hold first; None where there is none for them.

    Args:
        member: who asks.
        when: now.
        kinds: what they may do, the most urgent first.
        avoid: ids of tasks that they have passed on.

    """
    with transaction.atomic():
        Member.objects.select_for_update().values_list("pk").get(pk=member.pk)
        mine = {one.kind: one for one in _held(member, kinds, avoid)}
        for kind in kinds:
            found = mine.get(kind) or _lock_first(_ranked(member, kind, when, avoid), when)
            if found:
                found.leased_by, found.leased_until = member, when + LEASE
                found.save(update_fields=["leased_by", "leased_until"])
                return found
    return None


def _held(member: Member, kinds: Iterable[TaskKind], avoid: Collection[int]) -> QuerySet[Task]:
    return Task.objects.filter(leased_by=member, state=TaskState.OPEN, kind__in=list(kinds)).exclude(pk__in=avoid)


def _free(when: datetime) -> Q:
    # No lease is that long: it was taken under a clock that was wrong, and would hold the copy until then.
    never = Q(leased_until__gt=when + 2 * LEASE)
    return Q(state=TaskState.OPEN) & (Q(leased_until=None) | Q(leased_until__lte=when) | never)


def _mine_to_do(member: Member, kind: TaskKind, when: datetime) -> QuerySet[Task]:
    """Return the free tasks of a kind on copies that this member neither brought nor read."""
    read = ReadingRow.objects.filter(copy=OuterRef("copy"), pseudonym=member.pseudonym)
    return Task.objects.filter(_free(when), ~Exists(read), kind=kind).exclude(copy__collector=member)


def _ranked(member: Member, kind: TaskKind, when: datetime, avoid: Collection[int]) -> list[int]:
    """Return the ids of the first free tasks, the best for this member first."""
    free = _mine_to_do(member, kind, when).exclude(pk__in=avoid).order_by("-priority", "made", "pk")
    window = list(free.values_list("priority", "made", "pk", "copy", "copy__contest", "copy__area")[:WINDOW])
    if not window:
        return []
    near = nearness(member, {row[3] for row in window})
    last = ReadingRow.objects.filter(reader=member).order_by("-committed", "-pk")
    form = last.values_list("copy__contest", "copy__area").first()

    def key(row: tuple[int, datetime, int, int, str, str]) -> tuple[int, int, bool, int, datetime, int]:
        priority, made, pk, copy, contest, area = row
        waited = when - made > OVERDUE
        unlike = 0 if waited or form is None else (contest != form[0]) + (area != form[1])
        return (-priority, near.get(copy, 0), not waited, unlike, made, pk)

    return [row[2] for row in sorted(window, key=key)]


def _lock_first(ids: Iterable[int], when: datetime) -> Task | None:
    """Return the first of some tasks that is still free, locked until the transaction ends."""
    tasks = Task.objects.select_for_update(skip_locked=True, of=("self",))
    return next((found for pk in ids if (found := tasks.filter(_free(when), pk=pk).first())), None)


def held_task(member: Member, task_id: int, kinds: Collection[TaskKind]) -> Task:
    """Return a task that this member holds.

    Raises:
        InputError: K105, there is no such task, or it is not theirs: the answer is the same.

    """
    tasks = Task.objects.select_related("copy").filter(leased_by=member, state=TaskState.OPEN, kind__in=kinds)
    return found_or_refused(tasks.filter(pk=task_id))


def renew(member: Member, task_id: int, when: datetime) -> bool:
    """Extend a lease; False where the task is no longer this member's."""
    held = Task.objects.filter(pk=task_id, leased_by=member, state=TaskState.OPEN)
    return held.update(leased_until=when + LEASE) == 1


def pass_on(member: Member, task_id: int) -> bool:
    """Give a task back into the queue; False where it is not this member's."""
    held = Task.objects.filter(pk=task_id, leased_by=member, state=TaskState.OPEN)
    return held.update(leased_by=None, leased_until=None) == 1


def waiting(member: Member, kinds: Iterable[TaskKind], when: datetime, *, at_most: int = 100) -> int:
    """Return how many tasks there are for this member now, counted up to a limit."""
    return sum(_mine_to_do(member, kind, when)[:at_most].count() for kind in kinds)
