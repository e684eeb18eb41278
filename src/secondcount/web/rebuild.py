"""The tables of a desk, made again from the archive: after the database was lost, or fell behind.

What was acknowledged, committed and decided is in the private part of the archive; this makes the rows of it, and
changes none that is there. Accounts are not in an archive: people are invited again, with new pseudonyms, and what
they read before stays under the old ones. Stations, lists of observers, outcomes and papers come back by
`board.recovering`. What was only work in progress (leases, drafts, priorities) is not missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from secondcount.custody.readings import Committed
from secondcount.custody.rebuilding import desk_state
from secondcount.transcription.states import Differing
from secondcount.web.board.recovering import recover
from secondcount.web.deciding.adopting import adopt, copy_of
from secondcount.web.desk import Desk, now
from secondcount.web.models import Arrival, Decision, Member, PaperCopy, ReadingRow, Task, TaskKind, TaskState
from secondcount.web.reading.agreeing import readings_of
from secondcount.web.reading.committing import asked_of, page_entries
from secondcount.web.reading.queue import open_readings, open_task
from secondcount.web.receiving.decoding import gather_copies, look_at

__all__ = ["Rebuilt", "rebuild"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """How many rows were made."""

    arrivals: int
    copies: int
    readings: int
    decisions: int


def rebuild(place: Desk) -> Rebuilt:
    """Make the rows that are missing; doing it twice changes nothing.

    Raises:
        InputError: A505, the disk or the bucket refuses; what was made until then stays, and it can be repeated.

    """
    before = _counted()
    state = desk_state(place.archive)
    moment = now()
    for one in state.arrivals:
        if one.receipt not in state.waiting:  # those that wait are taken up by the sweep
            look_at(place, one, moment)
    while gather_copies(place, moment):
        pass
    _readings(place, state.commitments, moment)
    for decided in state.agreed:
        adopt(decided, moment)
    recover(place)
    after = _counted()
    return Rebuilt(
        arrivals=after[0] - before[0],
        copies=after[1] - before[1],
        readings=after[2] - before[2],
        decisions=after[3] - before[3],
    )


def _counted() -> tuple[int, int, int, int]:
    arrivals, copies, readings, decisions = (one.objects.count() for one in (Arrival, PaperCopy, ReadingRow, Decision))
    return arrivals, copies, readings, decisions


def _readings(place: Desk, commitments: Sequence[Committed], moment: datetime) -> None:
    """Make the rows of readings, the oldest first; then ask for what each copy still lacks."""
    touched: dict[int, PaperCopy] = {}
    for one in sorted(commitments, key=_is_part):
        copy = copy_of(one.copies)
        if copy is None or ReadingRow.objects.filter(commitment=one.digest).exists():
            continue
        task = _place_of(place, copy, one, moment)
        if task is not None:
            with transaction.atomic():
                _row(one, copy, task, moment)
            touched[copy.pk] = copy
    for copy in touched.values():
        copy.due = copy.readings.count() > 1
        copy.state = copy.state if copy.due else "once_read"
        copy.save(update_fields=["due", "state"])


def _is_part(one: Committed) -> bool:
    """Return whether a reading is a third one of single cells: it comes after the two that differ in them."""
    return "answers" in one.content


def _place_of(place: Desk, copy: PaperCopy, one: Committed, moment: datetime) -> Task | None:
    """Return the task that a reading fills: the first, the second, the third; None where it is one too many.

    One is too many where power failed before the tables knew of it, and others read the copy meanwhile.
    """
    open_readings(copy, moment)
    if page_entries(place, copy) != one.copies:
        return None
    free = Task.objects.filter(copy=copy, kind=TaskKind.READING, reading=None).order_by("slot").first()
    if free is not None:
        return None if _is_part(one) else free
    state = readings_of(place, copy).state()
    if not isinstance(state, Differing):
        return None
    third = open_task(copy, TaskKind.THIRD, moment, cells=state.open.asked)
    answers = one.content.get("answers")
    answered = set(answers) if isinstance(answers, dict) else set()
    return third if answered == set(asked_of(third)) else None


def _row(one: Committed, copy: PaperCopy, task: Task, moment: datetime) -> None:
    ReadingRow.objects.create(
        task=task,
        copy=copy,
        reader=Member.objects.filter(pseudonym=one.reader).first(),
        pseudonym=one.reader,
        commitment=one.digest,
        content=one.content,
        committed=datetime.fromisoformat(one.time),
    )
    Task.objects.filter(pk=task.pk).update(state=TaskState.DONE, done=moment, leased_by=None, leased_until=None)
