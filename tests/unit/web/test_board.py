"""The board counts copies and work in time, says what cannot be said yet, and never shows a vote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desking.place import DeskPlace, member, signed_in
from secondcount.model.election import Deadline
from secondcount.model.labels import Labels
from secondcount.web.board.clocks import clocks_of, due_of
from secondcount.web.board.figures import Cover, board_of, coverage
from secondcount.web.board.forecast import ENOUGH, forecast, middle, per_hour, time_per_task
from secondcount.web.desk import desk
from secondcount.web.models import (
    Arrival,
    ArrivalState,
    Member,
    PaperCopy,
    Posting,
    ReadingRow,
    Role,
    Station,
    Task,
    TaskKind,
    TaskState,
)

NOW = datetime(2030, 5, 6, 1, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def copy_of(station: str, state: str = "awaiting", *, contest: str = "list", minutes: int = 60) -> PaperCopy:
    """Make a copy that arrived so many minutes ago."""
    made = NOW - minutes * MINUTE
    decided = NOW - MINUTE if state == "agreed" else None
    return PaperCopy.objects.create(
        station=station, contest=contest, area="north", state=state, made=made, decided=decided
    )


def read(copy: PaperCopy, reader: Member, slot: int, minutes: int) -> None:
    """Let a person have read a copy so many minutes ago."""
    done = NOW - minutes * MINUTE
    task = Task.objects.create(
        copy=copy, kind=TaskKind.READING, slot=slot, state=TaskState.DONE, made=copy.made, done=done
    )
    ReadingRow.objects.create(
        task=task,
        copy=copy,
        reader=reader,
        pseudonym=reader.pseudonym,
        commitment=f"{task.pk:064}",
        content={"cells": {"red": ["=", 271828]}},
        committed=done,
    )


def by_area(found: Iterable[Cover]) -> dict[str, tuple[int, ...]]:
    """Return listed, named, posted, arrived, read, agreed of each area."""
    return {one.area.id: (one.listed, one.named, one.posted, one.arrived, one.read, one.agreed) for one in found}


@pytest.mark.parametrize("role", [Role.OWNER, Role.COORDINATOR, Role.ADJUDICATOR, Role.VIEWER])
def test_the_board_opens(place: DeskPlace, role: Role) -> None:
    """Whoever coordinates or looks on sees the board, empty as it may be."""
    answer = signed_in(member(role)).get("/board/")
    assert answer.status_code == 200
    assert "cannot be said yet" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.READER, Role.COLLECTOR])
@pytest.mark.parametrize("path", ["/board/", "/board/figures/"])
def test_whoever_reads_does_not_see_it(place: DeskPlace, role: Role, path: str) -> None:
    """Readers and collectors have their own pages."""
    assert signed_in(member(role)).get(path).status_code == 403


def test_a_contest_that_is_not_there_is_not_found(place: DeskPlace) -> None:
    """The address names a contest of this election, or none."""
    assert signed_in(member(Role.VIEWER)).get("/board/?contest=nothing").status_code == 404


def test_a_station_is_counted_once_by_its_furthest_copy(place: DeskPlace) -> None:
    """Two copies of one station are one station; what was set aside has not arrived; the other contest is apart."""
    Station.objects.create(name="1", area="north", known=True)
    posted = Station.objects.create(name="2", area="south", known=True)
    Posting.objects.create(station=posted)
    Posting.objects.create(station=posted)
    for state in ("agreed", "awaiting", "once_read"):
        copy_of("1", state)
    copy_of("2", "set_aside")
    copy_of("2", "agreed", contest="mayor")
    copy_of("99", "differing")  # no register has it: it lies where whoever sent it said
    Station.objects.create(name="98", area="north")  # nor this one, which a list named
    found = by_area(coverage(desk().election, "list"))
    assert found == {
        "exampleland": (2, 2, 1, 2, 2, 1),
        "north": (1, 2, 0, 2, 2, 1),
        "south": (1, 0, 1, 0, 0, 0),
    }


def test_no_vote_is_on_the_board(place: DeskPlace) -> None:
    """What readers typed stands in the database and nowhere on the page."""
    copy = copy_of("1", "once_read")
    read(copy, member(Role.READER), 1, 5)
    page = signed_in(member(Role.COORDINATOR)).get("/board/").content.decode()
    assert "271828" not in page
    assert "271,828" not in page


def test_work_is_counted(place: DeskPlace) -> None:
    """Open tasks by kind, leases, the oldest, files that wait, files that were refused."""
    copy = copy_of("1", minutes=130)
    holder = member(Role.READER)
    for slot, until in ((1, NOW + MINUTE), (2, NOW - MINUTE)):
        Task.objects.create(
            copy=copy, kind=TaskKind.READING, slot=slot, made=copy.made, leased_by=holder, leased_until=until
        )
    Task.objects.create(copy=copy, kind=TaskKind.THIRD, made=NOW)
    for number, state in enumerate((ArrivalState.SAFE, ArrivalState.REFUSED, ArrivalState.READY)):
        Arrival.objects.create(
            receipt=f"{number}",
            file="f",
            size=1,
            kind="image/jpeg",
            sheet="s",
            received=NOW - 20 * MINUTE,
            state=state,
        )
    queue = board_of(desk(), "list", NOW).queue
    assert (queue.readings, queue.thirds, queue.adjudications, queue.leased) == (2, 1, 0, 1)
    assert (queue.oldest, queue.undecoded, queue.undecoded_since) == (130 * MINUTE, 1, 20 * MINUTE)
    assert (queue.refused, queue.outbox) == (1, 0)


def test_the_time_to_the_second_reading_is_the_median(place: DeskPlace) -> None:
    """From arrival to the later of the two readings; a copy that was read once is not in it."""
    one, other = member(Role.READER), member(Role.READER)
    for station, minutes in (("1", 10), ("2", 50), ("3", 20)):
        copy = copy_of(station, minutes=60)
        read(copy, one, 1, 55)
        read(copy, other, 2, minutes)
    read(copy_of("4", minutes=60), one, 1, 55)
    assert board_of(desk(), "list", NOW).second_reading == 40 * MINUTE


def test_sheets_are_counted_by_the_hour_of_the_wall_clock() -> None:
    """The last hour is the current one; what lies before the first is left out."""
    times = [NOW - minutes * MINUTE for minutes in (0, 29, 31, 90, 91, 700)]
    found = per_hour(times, NOW, 3)
    assert [(start.hour, count) for start, count in found] == [(23, 1), (0, 2), (1, 2)]


def test_an_hour_that_comes_twice_is_two_hours() -> None:
    """When clocks are put back, both hours stand on the board, under the same name."""
    vienna = ZoneInfo("Europe/Vienna")
    moment = datetime(2030, 10, 27, 1, 30, tzinfo=UTC)  # half past two, for the second time
    found = per_hour([moment, moment - 60 * MINUTE], moment.astimezone(vienna), 3)
    assert [(f"{start:%H}", count) for start, count in found] == [("01", 0), ("02", 1), ("02", 1)]


def test_too_few_tasks_are_no_pace() -> None:
    """Below `ENOUGH` in the hour nothing is said of the end, and from the first of `ENOUGH` on it is."""
    assert forecast(10, ENOUGH - 1, {}, NOW).finish is None
    assert forecast(10, ENOUGH, {}, NOW).finish == NOW + 120 * MINUTE
    assert forecast(0, ENOUGH, {}, NOW).finish is None


def test_the_forecast_rests_on_what_was_committed(place: DeskPlace) -> None:
    """Readings of the last hour are the pace; the time between the tasks of one person is the work per task."""
    person = member(Role.READER)
    for number in range(7):
        read(copy_of(str(number)), person, 1, 3 * number + (50 if number == 6 else 0))
    Task.objects.create(copy=copy_of("9"), kind=TaskKind.READING, made=NOW)
    found = board_of(desk(), "list", NOW).forecast
    assert (found.left, found.pace, found.work) == (1, 6, 3 * MINUTE)


def test_pauses_are_not_work() -> None:
    """Time per task is the median between two tasks of one person; a lease that ran out ends the span."""
    times = [NOW + minutes * MINUTE for minutes in (0, 1, 2, 62, 64, 124, 128, 132)]
    assert time_per_task({"p": times}) == 2 * MINUTE
    assert time_per_task({"p": times[:4]}) is None
    assert time_per_task({str(number): [one] for number, one in enumerate(times)}) is None


def test_the_median_of_an_even_number_was_measured() -> None:
    """It is the lower of the two in the middle, a time that some copy has really taken."""
    assert middle([MINUTE, 9 * MINUTE, 3 * MINUTE, 5 * MINUTE]) == 3 * MINUTE
    assert middle([]) is None


IN_FORCE = Deadline(
    id="x",
    labels=Labels(en="X"),
    kind="court",
    valid_from=date(2029, 1, 1),
    valid_to=None,
    source="made up",
)


def limit(**values: Any) -> Deadline:
    """Return a time limit that is in force on voting day."""
    return replace(IN_FORCE, **values)


@pytest.mark.parametrize(
    ("values", "due"),
    [
        ({"days": 2}, "2030-05-08T00:00:00+02:00"),  # two days after the 5th: when the 7th is over, in Vienna
        ({"hours": 12}, "2030-05-06T12:00:00+02:00"),
        ({"hours": 12, "after": "count_start"}, "2030-05-06T08:00:00+02:00"),
        ({"days": 0, "after": "count_start"}, "2030-05-06T00:00:00+02:00"),
        ({"days": 10, "after": "decision"}, ""),
    ],
)
def test_time_limits_end_in_local_time(place: DeskPlace, values: dict[str, object], due: str) -> None:
    """Days end at midnight of the election's own clock; an event that nobody told the desk has no end."""
    election = replace(desk().election, polls_close=datetime(2030, 5, 5, 18, tzinfo=UTC))
    found = due_of(limit(**values), election)
    assert (found.isoformat() if found else "") == due


def test_the_next_to_end_comes_first(place: DeskPlace) -> None:
    """Running ones, then those without a moment, then what is over; a text that is no longer law is refused."""
    limits = (
        limit(id="over", days=0),
        limit(id="event", days=1, after="filing"),
        limit(id="late", days=9),
        limit(id="soon", days=1),
        limit(id="repealed", days=3, valid_to=date(2030, 5, 1)),
    )
    clocks = clocks_of(replace(desk().election, deadlines=limits), NOW)
    assert [one.deadline.id for one in clocks.running] == ["soon", "late", "event", "over"]
    assert [one.code for one in clocks.refused] == ["D212"]


SHOWN = (
    ("en", ("5 d 20 h left", "until 12 May 2030, 00:00 (UTC+2)", "3 days from the filing of the complaint")),
    ("ru", ("осталось 5 д 20 ч", "до 12 мая 2030 г., 00:00 (UTC+2)", "3 дня с события: подача жалобы")),
    ("kk", ("5 күн 20 сағ қалды", "2030 жылғы 12 мамыр, 00:00 (UTC+2) дейін", "3 күн; басталуы: шағымның берілуі")),
)


@pytest.mark.parametrize(("language", "said"), SHOWN)
def test_time_limits_count_down_in_words(
    place: DeskPlace, monkeypatch: pytest.MonkeyPatch, language: str, said: tuple[str, ...]
) -> None:
    """In each language: what is left, until when, and from which event where no moment is known; the rest refused."""
    limits = (
        limit(id="late", days=6),
        limit(id="event", days=3, after="filing"),
        limit(id="over", days=0),
        limit(id="repealed", days=1, valid_to=date(2030, 5, 1)),
    )
    found = replace(desk(), election=replace(desk().election, deadlines=limits))
    monkeypatch.setattr("secondcount.web.board.views.desk", lambda: found)
    monkeypatch.setattr("secondcount.web.board.views.now", lambda: NOW)
    person = member(Role.VIEWER)
    person.language = language
    person.save()
    page = signed_in(person).get("/board/").content.decode().replace("\u00a0", " ")
    assert [text for text in (*said, "D212") if text not in page] == []
