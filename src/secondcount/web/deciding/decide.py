"""A decision becomes evidence: readings revealed, adjudication and sheet in the archive, then the rows."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from secondcount.errors import InputError
from secondcount.transcription.states import Adjudicated, Decision, SetAside, adjudicate
from secondcount.web.deciding.adopting import adopt_of
from secondcount.web.deciding.case import case_of
from secondcount.web.desk import Desk
from secondcount.web.models import Decision as DecisionRow
from secondcount.web.models import Member, PaperCopy, Task, TaskState
from secondcount.web.reading.agreeing import close

__all__ = ["decide"]


def decide(place: Desk, member: Member, task: Task, decision: Decision, *, when: datetime) -> None:
    """Decide a disputed copy. The copy is locked meanwhile: of two people who decide, the first one does.

    A decision that the archive holds already, because power failed before the tables knew, is adopted and stands.

    Raises:
        InputError: K155, it is decided; K171, this person has read it; K173, the decision does not answer exactly what
            is open; A504 or A505, the disk or the bucket refuses: then nothing is decided.

    """
    try:
        with transaction.atomic():
            _decide(place, member, task, decision, when)
    except InputError as error:
        if error.code != "K153":
            raise
        adopt_of(place, task.copy, when)
        raise InputError("K155") from error


def _decide(place: Desk, member: Member, task: Task, decision: Decision, when: datetime) -> None:
    copy = PaperCopy.objects.select_for_update().get(pk=task.copy_id)
    if DecisionRow.objects.filter(copy=copy).exists():
        raise InputError("K155")
    case = case_of(place, copy)
    state = adjudicate(case.state, decision)
    if not isinstance(state, Adjudicated | SetAside):
        raise InputError("K155")
    done = {"state": TaskState.DONE, "done": when, "leased_by": member, "leased_until": None}
    Task.objects.filter(pk=task.pk).update(**done)
    close(place, copy, case.readings, state, when, adjudicator=member)
