"""What becomes of a copy when its readings are there: agreed, asked again, disputed, or set aside.

The sweep takes the copies that are due, and does with each what `transcription.states` says. Readings are revealed
when nobody will read the copy any more, never before: whoever reads the differing cells for a third time could
otherwise find the other two in the public log. Everything it writes into the archive may be written twice.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from secondcount.custody.agreeing import Decision as Decided
from secondcount.custody.agreeing import SheetPlace, agree, set_aside
from secondcount.custody.readings import reveal_readings
from secondcount.errors import InputError, SecondcountError
from secondcount.model.issue import Issue
from secondcount.transcription.cells import numbers_of, states_of
from secondcount.transcription.claims import check_place, confirm_place
from secondcount.transcription.reading import PartReading, Place, Reading
from secondcount.transcription.spelling import parse_part, parse_reading
from secondcount.transcription.states import Adjudicated, Agreed, Differing, Disputed, SetAside, State, replay
from secondcount.web.accounts.acts import record_act
from secondcount.web.desk import Desk, now
from secondcount.web.models import Decision, Member, PaperCopy, Posting, ReadingRow, Station, Task, TaskKind, TaskState
from secondcount.web.reading.committing import asked_of, page_entries
from secondcount.web.reading.queue import open_task
from secondcount.web.work import sweep

__all__ = ["Readings", "agree_copies", "close", "readings_of"]

AT_ONCE = 20  # copies of one run of the sweep

_LOG = logging.getLogger("secondcount.web.reading")


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """All readings of a copy, as they were committed."""

    rows: tuple[ReadingRow, ...]
    first_two: tuple[Reading, ...]
    third: Reading | PartReading | None

    def state(self) -> State:
        """Return the state that they make."""
        return replay(self.first_two, self.third)


@sweep("agree")
def agree_copies(place: Desk) -> bool:
    """Decide about the copies that are due; one that cannot be decided now stays due and keeps no other waiting."""
    done = False
    for pk in list(PaperCopy.objects.filter(due=True).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        try:
            _look_at(place, pk, now())
            done = True
        except SecondcountError as error:
            _LOG.error("copy %s: %s", pk, error.diagnostics())
    return done


def _look_at(place: Desk, pk: int, when: datetime) -> None:
    with transaction.atomic():
        copy = PaperCopy.objects.select_for_update().get(pk=pk)
        readings = readings_of(place, copy)
        if len(readings.first_two) == 2 and not Decision.objects.filter(copy=copy).exists():
            _step(place, copy, readings, when)
        copy.due = False
        copy.save()


def readings_of(place: Desk, copy: PaperCopy) -> Readings:
    """Return the readings of a copy, in the order of its tasks."""
    rows = tuple(copy.readings.select_related("task").order_by("task__kind", "task__slot"))
    contests = place.election.contests
    whole = [parse_reading(one.content, contests) for one in rows if one.task.kind == TaskKind.READING]
    third = next((one for one in rows if one.task.kind == TaskKind.THIRD), None)
    return Readings(rows=rows, first_two=tuple(whole), third=_third(third, place) if third else None)


def _third(row: ReadingRow, place: Desk) -> Reading | PartReading:
    asked = asked_of(row.task)
    return parse_part(row.content, asked) if asked else parse_reading(row.content, place.election.contests)


def _step(place: Desk, copy: PaperCopy, readings: Readings, when: datetime) -> None:
    state = readings.state()
    if isinstance(state, Differing | Disputed):
        kind = TaskKind.THIRD if isinstance(state, Differing) else TaskKind.ADJUDICATION
        open_task(copy, kind, when, cells=state.open.asked)
        copy.state = state.name
    elif isinstance(state, Agreed | Adjudicated | SetAside):
        close(place, copy, readings, state, when)


def close(
    place: Desk,
    copy: PaperCopy,
    readings: Readings,
    state: Agreed | Adjudicated | SetAside,
    when: datetime,
    *,
    adjudicator: Member | None = None,
) -> None:
    """Reveal the readings of a copy and write what was decided into the archive, then into the rows.

    Raises:
        InputError: A504 or A505, the disk or the bucket refuses: then it is done again.

    """
    revealed = reveal_readings(place.archive, [row.commitment for row in readings.rows])
    issues: tuple[Issue, ...] = ()
    if isinstance(state, SetAside):
        entry = _put_aside(place, copy, state, tuple(revealed.values()))
    else:
        issues = _move(place, copy, state.agreement.place)
        entry = _agree(place, copy, state, tuple(revealed.values()))
    for row in readings.rows:
        row.revealed = revealed[row.commitment]
        row.save(update_fields=["revealed"])
    Decision.objects.update_or_create(
        copy=copy,
        defaults={
            "adjudicator": adjudicator,
            "reason": state.reason,
            "content": _content(state, issues),
            "entry": entry,
            "time": when,
        },
    )
    copy.state, copy.decided, copy.due = state.name, when, False
    copy.save()
    record_act("decided" if adjudicator else state.name, adjudicator, entry)
    Task.objects.filter(copy=copy, state=TaskState.OPEN).update(state=TaskState.VOID)


def _content(state: Agreed | Adjudicated | SetAside, issues: Sequence[Issue]) -> dict[str, object]:
    """Return what is kept beside the entry: where the claim of whoever brought the copy was wrong."""
    problem = state.problem.value if isinstance(state, SetAside) else ""
    return {"claim": [{"code": one.code, **dict(_plain(one))} for one in issues], "problem": problem}


def _plain(issue: Issue) -> Mapping[str, str]:
    return {name: str(value) for name, value in issue.values}


def _put_aside(place: Desk, copy: PaperCopy, state: SetAside, revealed: Sequence[str]) -> str:
    contest = place.contest(copy.contest)
    if contest is None:
        raise InputError("K176", cell="@contest")
    return set_aside(
        place.archive,
        page_entries(place, copy),
        revealed,
        state.reason,
        contest=contest,
        station=copy.station,
        adjudicator=state.adjudicator,
    )


def _move(place: Desk, copy: PaperCopy, read: Place) -> tuple[Issue, ...]:
    """Let a copy be where the paper says it belongs; return where the claim was wrong."""
    claim = Place(station=copy.station, contest=copy.contest, page_count=max(1, copy.pages.count()))
    confirmed = confirm_place(claim, read)
    if (confirmed.station, confirmed.contest) != (copy.station, copy.contest):
        if confirmed.station != copy.station:
            copy.area = place.election.geography.root.id  # what was claimed is of another station
            copy.level = _level_of(copy, confirmed.station)
        copy.station, copy.contest = confirmed.station, confirmed.contest
        others = PaperCopy.objects.filter(station=copy.station, contest=copy.contest).exclude(pk=copy.pk)
        copy.copy = (others.aggregate(last=Max("copy"))["last"] or 0) + 1
    registered = Station.objects.filter(name=copy.station, known=True).exclude(area="").first()
    copy.area = registered.area if registered else copy.area  # nobody reads an area from the paper
    return check_place(claim, read)


def _level_of(copy: PaperCopy, station: str) -> int:
    """Return the level of a copy that is of another station than was claimed: 1, unless its sender was sent there."""
    sent_there = Posting.objects.filter(observer=copy.collector_id, station__name=station).exclude(observer=None)
    return copy.level if sent_there.exists() else min(copy.level, 1)


def _agree(place: Desk, copy: PaperCopy, state: Agreed | Adjudicated, revealed: Sequence[str]) -> str:
    contest = place.contest(state.agreement.place.contest)
    if contest is None:
        raise InputError("K176", cell="@contest")
    cells = state.agreement.cells
    decided = Decided(
        cells=numbers_of(cells),
        states=states_of(cells, contest.cells),
        reason=state.reason,
        adjudicator=state.adjudicator if isinstance(state, Adjudicated) else "",
    )
    where = SheetPlace(
        contest=contest,
        station=copy.station,
        area=copy.area or place.election.geography.root.id,
        level=copy.level,
        copy=copy.copy,
        version=copy.version,
        collector=copy.collector.pseudonym if copy.collector else "",
    )
    agreed = agree(place.archive, page_entries(place, copy), revealed, decided, where)
    copy.sheet = agreed.sheet
    return agreed.adjudication
