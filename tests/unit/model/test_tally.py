"""How many there are is told whole: what a note counts is in the number, and whether a table lists it is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from secondcount.model.codes import make_issue
from secondcount.model.issue import Issue, Severity, Where
from secondcount.model.tally import Tally, tallies, tally_of


def at_hand() -> Iterator[Issue]:
    """Make what a note counts; how many there are, no tally asks."""
    yield from ()


def differences(listed: int, further: int) -> tuple[Issue, ...]:
    """Return differences as `check_stations` lists them: some one by one, the others brought along by a note."""
    found = [
        make_issue("R401", Where(station=str(place)), copy=1, published=2, difference=-1) for place in range(listed)
    ]
    return (*found, replace(make_issue("R403", count=further), further=at_hand))


def test_a_list_that_stops_is_no_count() -> None:
    """1,000 differences listed and 413 counted are 1,413, and the table of issues has every one of them."""
    assert tally_of(differences(1000, 413), Severity.CONTRADICTION) == Tally(listed=1000, total=1413, in_table=1413)


def test_what_no_table_lists_is_told_apart() -> None:
    """S900 and T199 of an archive count what stands nowhere: the total has it, the table does not."""
    issues = (
        make_issue("S204"),
        make_issue("S900", issue_code="S204", total=2500, shown=1000),
        make_issue("T161"),
        make_issue("T199", of="T161", more=7),
    )
    assert tallies(issues)["S204"] == Tally(listed=1, total=1501, in_table=1)
    assert tallies(issues)["T161"] == Tally(listed=1, total=8, in_table=1)


@pytest.mark.parametrize(
    ("code", "note"),
    [
        ("R401", make_issue("R403", count=500)),
        ("S204", make_issue("S900", issue_code="S204", total=501, shown=1)),
        ("T161", make_issue("T199", of="T161", more=500)),
    ],
)
def test_what_a_note_brings_along_is_in_the_table(code: str, note: Issue) -> None:
    """Of any code: with the note that has them all are in the table; from the one that only counts, none is."""
    listed = make_issue(code)
    assert tallies((listed, replace(note, further=at_hand)))[code] == Tally(listed=1, total=501, in_table=501)
    assert tallies((listed, note))[code] == Tally(listed=1, total=501, in_table=1)
    both = (listed, replace(note, further=at_hand), note)
    assert tallies(both)[code] == Tally(listed=1, total=1001, in_table=501)


def test_what_a_note_brings_along_is_no_part_of_it() -> None:
    """Two notes that say the same are equal and print the same, whatever they have at hand."""
    note = make_issue("S900", issue_code="S204", total=501, shown=1)
    assert replace(note, further=at_hand) == note
    assert repr(replace(note, further=at_hand)) == repr(note)
    assert len({note, replace(note, further=at_hand)}) == 1


def test_notes_that_count_are_notes_of_their_own() -> None:
    """The note that counts is one note, whatever it counts."""
    assert tally_of(differences(2, 5), Severity.NOTE) == Tally(listed=1, total=1, in_table=1)


def test_nothing_found_is_zero() -> None:
    """No issue, no number."""
    assert tally_of((), Severity.ERROR) == Tally()
