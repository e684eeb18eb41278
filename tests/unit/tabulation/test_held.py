"""Copies held against an area's published sum: certain contradictions, with the least number of false copies."""

from __future__ import annotations

from typing import Any

import pytest

from secondcount.model.issue import Severity
from secondcount.model.publication import Stage
from secondcount.tabulation import Held, HeldKind, check_held, hold, tabulate
from tabulating.elections import (
    COUNT,
    LAND,
    Printed,
    contest_of,
    figures_of,
    only,
    publication_of,
    sheets_of,
    values_of,
)

CONTEST = contest_of()


def held(votes: list[Any], official: str, *, registered: Any = "u", rounding: int = 0, area: str = "port") -> Held:
    """Return the comparison of copies with these votes for a (one station each) with one published figure."""
    rows = [{"station": str(at), "a": one, "registered": registered} for at, one in enumerate(votes)]
    printed = Printed(publication="final", quantity=COUNT, cell="a", text=official, area=area, rounding=rounding)
    (found,) = hold(tabulate(sheets_of(CONTEST, rows), CONTEST, LAND), figures_of(printed), CONTEST, LAND, "final")
    return found


class TestPartOfTheStations:
    """Not every station was seen (the port has three)."""

    def test_more_than_the_whole_is_a_contradiction(self) -> None:
        """Two copies with 70 + 50 against 100 published: 20 too many, and one copy must be false."""
        one = held([70, 50], "100")
        assert (one.kind, one.copies_sum, one.official, one.remainder, one.k) == (HeldKind.EXCEEDS, 120, 100, -20, 1)
        assert (one.seen, one.expected) == (2, 3)

    def test_up_to_the_whole_leaves_a_remainder(self) -> None:
        """Exactly the published sum is no excess: then the unseen station must have shown nothing."""
        one = held([70, 30], "100")
        assert (one.kind, one.remainder, one.k) == (HeldKind.REMAINDER, 0, None)

    def test_k_takes_the_largest_copies_first(self) -> None:
        """An excess of 96 over 24 is covered by 50 + 46, not by 50 alone."""
        assert held([50, 46, "i", 24], "24", area="land").k == 2
        assert held([50, 46, "i", 24], "70", area="land").k == 1
        assert held([50, 46, "i", 24], "0", area="land").k == 3

    def test_an_unread_cell_is_an_unseen_station(self) -> None:
        """A copy on which this figure could not be read leaves the area incomplete."""
        one = held([70, 20, "i"], "100")
        assert (one.kind, one.seen, one.remainder) == (HeldKind.REMAINDER, 2, 10)

    def test_without_a_published_number_of_stations_nothing_is_full(self) -> None:
        """The number of stations of the whole land is not published: a smaller sum says nothing."""
        assert held([70, 20], "100", area="land").kind is HeldKind.REMAINDER


class TestAllStations:
    """Every station was seen."""

    def test_equal_is_equal(self) -> None:
        """The three copies of the port add up."""
        assert held([70, 20, 10], "100").kind is HeldKind.FULL_EQUAL

    def test_too_much_is_undone_by_the_largest_copies(self) -> None:
        """130 against 100: one copy of 70 can hold 30 too many."""
        one = held([70, 50, 10], "100")
        assert (one.kind, one.k) == (HeldKind.FULL_DIFFERS, 1)
        assert held([70, 50, 10], "5").k == 3

    def test_too_little_needs_room_up_to_the_voters(self) -> None:
        """60 against 100 with 30 voters a station: rooms are 5, 10 and 15, so not even all three can explain 40."""
        assert held([25, 20, 15], "75", registered=30).k == 1
        assert held([25, 20, 15], "80", registered=30).k == 2
        assert held([25, 20, 15], "100", registered=30).k == 3

    def test_too_little_without_a_known_limit_needs_one(self) -> None:
        """Where the voters of a station are not known, or its votes exceed them, one copy can explain anything."""
        assert held([25, 20, 15], "100").k == 1
        assert held([25, 20, 15], "100", registered=24).k == 1

    def test_a_conflicting_station_is_not_seen(self) -> None:
        """Two copies that differ leave their station out: the area is not complete."""
        rows = [{"station": str(at), "a": 10} for at in range(3)] + [{"station": "0", "copy": 2, "a": 11}]
        figures = figures_of(Printed(publication="final", quantity=COUNT, cell="a", text="30", area="port"))
        (one,) = hold(tabulate(sheets_of(CONTEST, rows), CONTEST, LAND), figures, CONTEST, LAND, "final")
        assert (one.kind, one.seen, one.remainder) == (HeldKind.REMAINDER, 2, 10)


class TestRoundedFigures:
    """A published figure that is only known to a step."""

    @pytest.mark.parametrize(
        ("sum_of_copies", "kind"),
        [
            (94, HeldKind.FULL_DIFFERS),
            (95, HeldKind.FULL_EQUAL),
            (105, HeldKind.FULL_EQUAL),
            (106, HeldKind.FULL_DIFFERS),
        ],
    )
    def test_stand_for_everything_that_rounds_to_them(self, sum_of_copies: int, kind: HeldKind) -> None:
        """100 rounded to tens is anything from 95 to 105."""
        assert held([sum_of_copies - 2, 1, 1], "100", rounding=10).kind is kind


class TestWhichFiguresCount:
    """The official publication, else the area's own."""

    figures = figures_of(
        Printed(publication="turnout", quantity=COUNT, cell="took_part", text="1", area="port"),
        Printed(publication="city", quantity=COUNT, cell="a", text="5", area="port"),
        Printed(publication="final", quantity=COUNT, cell="a", text="900"),
        Printed(publication="final", quantity=COUNT, cell="a", text="901", source="newspaper"),
    )
    tabulation = tabulate(sheets_of(CONTEST, [{"station": "1", "a": 7, "took_part": 9}]), CONTEST, LAND)

    def test_is_said_for_each_area(self) -> None:
        """The land is held against the official figure (first source), the port against its own; turnout is none."""
        found = hold(self.tabulation, self.figures, CONTEST, LAND, "final")
        assert [(one.area, one.publication, one.official) for one in found] == [
            ("port", "city", 5),
            ("land", "final", 900),
        ]

    def test_a_preliminary_sum_is_never_exceeded(self) -> None:
        """Copies may rightly show more than a preliminary sum: it is not held against them."""
        stages = {"turnout": Stage.VOTING, "city": Stage.PRELIMINARY, "final": Stage.FINAL}
        publications = [publication_of(name, stage) for name, stage in stages.items()]
        found = hold(self.tabulation, self.figures, CONTEST, LAND, "final", publications=publications)
        assert [one.area for one in found] == ["land"]


def test_contradictions_become_issues() -> None:
    """R301 for an excess, R302 for a difference, both contradictions with k; equal sums and remainders none."""
    excess, differs = held([70, 50], "100"), held([70, 50, 10], "100")
    issues = check_held((excess, differs, held([1], "5"), held([1, 2, 3], "6")), "list")
    assert {one.severity for one in issues} == {Severity.CONTRADICTION}
    assert [one.code for one in issues] == ["R301", "R302"]
    place = only(issues, "R301").where
    assert (place.contest, place.area, place.publication, place.cell) == ("list", "port", "final", "a")
    assert values_of(only(issues, "R302")) == {
        "copies_sum": 130,
        "official": 100,
        "difference": 30,
        "seen": 3,
        "k": 1,
    }
