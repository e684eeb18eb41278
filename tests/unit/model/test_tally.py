"""How many there are is told whole: what a note counts is in the number, and whether a table lists it is known."""

from __future__ import annotations

from secondcount.model.codes import make_issue
from secondcount.model.issue import Issue, Severity, Where
from secondcount.model.tally import Tally, tallies, tally_of


def differences(listed: int, further: int) -> tuple[Issue, ...]:
    """Return differences as `check_stations` lists them: some one by one, the rest in a note."""
    found = [
        make_issue("R401", Where(station=str(place)), copy=1, published=2, difference=-1) for place in range(listed)
    ]
    return (*found, make_issue("R403", count=further))


def test_a_list_that_stops_is_no_count() -> None:
    """1,000 differences listed and 413 counted are 1,413, and the table of issues has every one of them."""
    assert tally_of(differences(1000, 413), Severity.CONTRADICTION) == Tally(listed=1000, total=1413, in_table=1413)


def test_what_no_table_lists_is_told_apart() -> None:
    """S900 and T199 count what stands nowhere: the total has it, the table does not."""
    issues = (
        make_issue("S204"),
        make_issue("S900", issue_code="S204", total=2500, shown=1000),
        make_issue("T161"),
        make_issue("T199", of="T161", more=7),
    )
    assert tallies(issues)["S204"] == Tally(listed=1, total=1501, in_table=1)
    assert tallies(issues)["T161"] == Tally(listed=1, total=8, in_table=1)


def test_notes_that_count_are_notes_of_their_own() -> None:
    """The note that counts is one note, whatever it counts."""
    assert tally_of(differences(2, 5), Severity.NOTE) == Tally(listed=1, total=1, in_table=1)


def test_nothing_found_is_zero() -> None:
    """No issue, no number."""
    assert tally_of((), Severity.ERROR) == Tally()
