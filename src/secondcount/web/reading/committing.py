"""A reading becomes evidence: sealed and committed in the archive first, then a row of the database, then the thanks.

Whoever was given a task may send a reading of it, even late. A lease that was lost, a second click or a copy that
somebody else has read meanwhile lose nothing that is still wanted: a reading of a copy that lacks one counts, in
whichever of the two places is free. What cannot count is refused with a code, and the readings that count stay.

That somebody was given the task is proved by a seal in the page (`grant`): a task id that is guessed is worth nothing.
"""

from __future__ import annotations

from datetime import datetime

from django.core import signing
from django.db import transaction

from secondcount.custody.readings import commit_reading, load_committed
from secondcount.errors import InputError
from secondcount.model.election import Contest
from secondcount.transcription.reading import CONTEST, PROBLEM, PartReading, Reading
from secondcount.transcription.spelling import encode_part, encode_reading
from secondcount.web.accounts.acts import record_act
from secondcount.web.desk import Desk
from secondcount.web.models import Member, PaperCopy, ReadingRow, Task, TaskKind, TaskState

__all__ = ["asked_of", "commit", "grant", "granted_task", "page_entries"]

GRANT_AGE = 12 * 3600  # seconds: a shift, as a session

_SALT = "secondcount.reading"


def grant(member: Member, task: Task) -> str:
    """Return the seal that this member was given this task."""
    return signing.dumps(_given(member, task), salt=_SALT)


def _given(member: Member, task: Task) -> list[object]:
    """Return what a seal is of. A database that is put back gives numbers again, so they alone are not enough."""
    picture = task.copy.pages.exclude(entry="").order_by("pk").values_list("entry", flat=True).first()
    return [member.pseudonym, task.pk, picture]


def granted_task(member: Member, task_id: int, seal: str) -> Task:
    """Return a task that this member was given, whoever holds it now.

    Raises:
        InputError: K105, the seal is none, or of another task or person; the answer is the same as for no task.

    """
    try:
        given = signing.loads(seal, salt=_SALT, max_age=GRANT_AGE)
    except signing.BadSignature as error:
        raise InputError("K105") from error
    found = Task.objects.select_related("copy").filter(pk=task_id).first()
    if found is None or given != _given(member, found):
        raise InputError("K105")
    return found


def asked_of(task: Task) -> tuple[str, ...]:
    """Return the cells that a task asks for; () asks for the whole copy.

    Where two readings cannot be compared (another contest, or a problem), the third reader reads everything.
    """
    asked = tuple(map(str, task.cells))
    return () if {CONTEST, PROBLEM} & set(asked) else asked


def page_entries(place: Desk, copy: PaperCopy) -> tuple[str, ...]:
    """Return the `copy` entries of the pages of a copy, the first page first; once it was read, of those pages.

    A page that comes later is shown to whoever reads then, but all readings of a copy are of the same entries.
    """
    read = copy.readings.order_by("pk").first()
    if read is not None:
        return load_committed(place.archive, read.commitment).copies
    return tuple(copy.pages.exclude(entry="").order_by("page", "pk").values_list("entry", flat=True))


def commit(
    place: Desk, member: Member, task: Task, reading: Reading | PartReading, contest: Contest, *, when: datetime
) -> ReadingRow:
    """Commit a reading: it is on the disk when this returns, and nobody can change it any more.

    The same reading again is the same row. The copy is locked meanwhile, so two people who send at the same moment
    come one after the other.

    Args:
        place: of this desk.
        member: who read.
        task: what they were given.
        reading: what they read.
        contest: as read; of a problem, as claimed.
        when: now.

    Raises:
        InputError: K140, the copy has been read without this reading; K141, this person has read it, otherwise; A504
            or A505, the disk or the bucket refuses: then nothing has been committed.

    """
    content = encode_part(reading) if isinstance(reading, PartReading) else encode_reading(reading)
    with transaction.atomic():
        copy = PaperCopy.objects.select_for_update().get(pk=task.copy_id)
        row = ReadingRow.objects.filter(copy=copy, pseudonym=member.pseudonym).first()
        if row is None:
            wanted = _wanted(task)
            commitment = _fixed(place, reading, copy, contest, when)
            row = _row(place, wanted, member, commitment, when)
            _note(copy, wanted)
            record_act("reading_committed", member, commitment)
    if row.content != content:
        raise InputError("K141")
    return row


def _fixed(place: Desk, reading: Reading | PartReading, copy: PaperCopy, contest: Contest, when: datetime) -> str:
    """Return the commitment of a reading; the earlier one where this person committed one before a cut."""
    pages = page_entries(place, copy)
    try:
        return commit_reading(place.archive, reading, pages, contest, when, station=copy.station)
    except InputError as error:
        if error.code != "K150":
            raise
        earlier = load_committed(place.archive, str(error.values["digest"]))
        if ("answers" in earlier.content) != isinstance(reading, PartReading):
            raise InputError("K141") from error  # they have read the whole copy: the tables do not know
        return earlier.digest


def _row(place: Desk, task: Task, member: Member, commitment: str, when: datetime) -> ReadingRow:
    """Make the row of a commitment, with what the archive holds under it, and finish the task."""
    task.state, task.done, task.leased_by, task.leased_until = TaskState.DONE, when, member, None
    task.save(update_fields=["state", "done", "leased_by", "leased_until"])
    return ReadingRow.objects.create(
        task=task,
        copy_id=task.copy_id,
        reader=member,
        pseudonym=member.pseudonym,
        commitment=commitment,
        content=load_committed(place.archive, commitment).content,
        committed=when,
    )


def _wanted(task: Task) -> Task:
    """Return the task that a reading fills: the one that was given, or the other one of the copy."""
    of_copy = Task.objects.select_for_update().filter(copy_id=task.copy_id, kind=task.kind, state=TaskState.OPEN)
    free = {one.pk: one for one in of_copy.order_by("slot")}
    found = free.get(task.pk) or next(iter(free.values()), None)
    if found is None:
        raise InputError("K140")
    return found


def _note(copy: PaperCopy, task: Task) -> None:
    """Say of a copy that it has been read once, or that its readings can be laid side by side."""
    if task.kind == TaskKind.READING and copy.readings.count() == 1:
        copy.state = "once_read"
    else:
        copy.due = True
    copy.save(update_fields=["state", "due"])
