"""A decision that the archive knows and the tables do not: power failed between the two, or the database was lost."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from secondcount.custody.agreeing import Decided, decided_copies
from secondcount.evidence.digest import leaf_hash
from secondcount.web.desk import Desk
from secondcount.web.models import Arrival, Decision, Member, PaperCopy, Task, TaskState
from secondcount.web.reading.committing import page_entries

__all__ = ["adopt", "adopt_of", "copy_of"]

_BY_READERS = ("agreed", "third_reading")


def copy_of(entries: Sequence[str]) -> PaperCopy | None:
    """Return the copy whose first page has the first of these entries."""
    row = Arrival.objects.filter(entry=entries[0]).exclude(copy=None).select_related("copy").first()
    return row.copy if row else None


def adopt_of(place: Desk, copy: PaperCopy, moment: datetime) -> None:
    """Adopt the decision that the archive holds of a copy, if it holds one."""
    pages = page_entries(place, copy)
    for decided in decided_copies(place.archive):
        if decided.copies == pages:
            adopt(decided, moment)


def adopt(decided: Decided, moment: datetime) -> None:
    """Make the row of a decision, and let the copy be where it says; a row that is there stays."""
    copy = copy_of(decided.copies)
    if copy is None or Decision.objects.filter(copy=copy).exists():
        return
    said, sheet = json.loads(decided.adjudication), json.loads(decided.sheet or "null")
    with transaction.atomic():
        Decision.objects.create(
            copy=copy,
            adjudicator=Member.objects.filter(pseudonym=said.get("adjudicator", "")).first(),
            reason=said["reason"],
            content={"claim": [], "problem": "" if sheet else _problem_of(copy)},
            entry=leaf_hash(decided.adjudication.encode()).hex(),
            time=moment,
        )
        copy.state = _state_of(str(said["reason"]), bool(sheet))
        copy.decided, copy.due = moment, False
        if sheet:
            _placed(copy, sheet)
            copy.sheet = leaf_hash(decided.sheet.encode()).hex()
        copy.save()
        Task.objects.filter(copy=copy, state=TaskState.OPEN).update(state=TaskState.VOID)


def _state_of(reason: str, figures: bool) -> str:
    if not figures:
        return "set_aside"
    return "agreed" if reason in _BY_READERS else "adjudicated"


def _problem_of(copy: PaperCopy) -> str:
    """Return the problem that somebody found in a copy that was set aside."""
    found = (str(one.content.get("problem", "")) for one in copy.readings.all())
    return next((one for one in found if one), "")


def _placed(copy: PaperCopy, sheet: Mapping[str, object]) -> None:
    copy.station, copy.contest, copy.area = (str(sheet[name]) for name in ("station", "contest", "area"))
    copy.copy, copy.version = (int(str(sheet[name])) for name in ("copy", "version"))
