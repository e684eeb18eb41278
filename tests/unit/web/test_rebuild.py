"""A database that was lost is made again from the archive: nothing that was acknowledged is missing, nothing twice."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from desking.copies import CELLS, a_photo, commit_by_hand, copy_to_read, fields, take_next
from desking.place import DeskPlace, member, signed_in
from secondcount.web.desk import desk
from secondcount.web.models import Arrival, Decision, PaperCopy, ReadingRow, Role, Task, TaskState
from secondcount.web.reading.agreeing import agree_copies
from secondcount.web.rebuild import rebuild

OTHER = fields({**CELLS, "red": "388"})


def read(*typed: dict[str, str]) -> None:
    """Let as many people read the copy that is there."""
    for one in typed:
        commit_by_hand(signed_in(member(Role.READER)), one)
        agree_copies(desk())


def picture() -> list[str]:
    """Return what is known of copies, readings, tasks and decisions.

    Ids and times are left out, and which of two readings of one second was the first.
    """
    copies = PaperCopy.objects.values_list("station", "contest", "area", "copy", "version", "state", "sheet")
    readings = ReadingRow.objects.values_list("pseudonym", "commitment", "content", "task__kind")
    tasks = Task.objects.values_list("kind", "state", "cells")
    pages = Arrival.objects.values_list("receipt", "file", "entry", "derivative", "page", "state")
    decisions = Decision.objects.values_list("reason", "entry")
    return sorted(str(row) for rows in (copies, readings, tasks, pages, decisions) for row in rows)


def lose_everything() -> None:
    """Empty every table."""
    call_command("flush", interactive=False, verbosity=0)
    assert not Arrival.objects.exists()


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ([], "awaiting"),
        ([fields()], "once_read"),
        ([fields(), fields()], "agreed"),
        ([fields(station="7"), fields(station="7")], "agreed"),
        ([fields(), OTHER], "differing"),
        ([fields(), OTHER, fields({"red": "300"})], "agreed"),
        ([fields(), OTHER, fields({"red": "308"})], "disputed"),
        ([{"problem": "unreadable"}] * 2, "set_aside"),
    ],
)
def test_every_state_comes_back(place: DeskPlace, typed: list[dict[str, str]], state: str) -> None:
    """After the database was lost, and the sweeps have run, the same rows are there; a second time changes nothing."""
    copy = copy_to_read(place, photos=(a_photo("one"), a_photo("two")))
    read(*typed)
    copy.refresh_from_db()
    assert copy.state == state
    before = picture()
    lose_everything()
    made = rebuild(desk())
    agree_copies(desk())
    assert picture() == before
    assert (made.arrivals, made.copies, made.readings) == (2, 1, len(typed))
    again = rebuild(desk())
    assert (again.arrivals, again.copies, again.readings, again.decisions) == (0, 0, 0, 0)
    assert picture() == before


def test_an_adjudicated_copy_comes_back(place: DeskPlace) -> None:
    """What somebody decided is not asked again."""
    copy = copy_to_read(place)
    read(fields(), OTHER, fields({"red": "308"}))
    judge = signed_in(member(Role.ADJUDICATOR))
    chosen = {"c-red": "own", "v-red": "300", "ground": "picture_seen", "step": "decide"}
    assert judge.post(take_next(judge, "decide"), chosen).status_code == 302
    copy.refresh_from_db()
    lose_everything()
    rebuild(desk())
    agree_copies(desk())
    found = PaperCopy.objects.get()
    assert (found.state, found.sheet) == ("adjudicated", copy.sheet)
    assert not Task.objects.filter(state=TaskState.OPEN).exists()
