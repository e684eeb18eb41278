"""Copies of protocols become at most one row per station, and sums of every area up to the root."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from secondcount.model.issue import Severity
from secondcount.model.tables import empty_sheets
from secondcount.tabulation import tabulate
from tabulating.elections import LAND, codes, contest_of, only, sheets_of, values_of

CONTEST = contest_of()
WHOLE = {"a": 10, "b": 20, "c": 5}


def copy(station: str, **more: Any) -> dict[str, Any]:
    """Return one copy that reads every contestant's votes."""
    return {"station": station, **WHOLE, **more}


def total(frame: pl.DataFrame, area: str, cell: str) -> int:
    """Return the sum of one cell in one area."""
    return next(one for one in tabulate(frame, CONTEST, LAND).sums if one.area == area).total(cell)


class TestSums:
    """Adding up copies."""

    def test_reach_every_area_above_and_the_root_comes_last(self) -> None:
        """A station of the port counts in the port, the north and the land; the south has no copy and no sum."""
        frame = sheets_of(CONTEST, [copy("1"), copy("2", area="north"), copy("3", a=1)])
        sums = tabulate(frame, CONTEST, LAND).sums
        assert [one.area for one in sums] == ["port", "north", "land"]
        assert [one.total("a") for one in sums] == [11, 21, 21]
        assert [one.stations for one in sums] == [2, 3, 3]

    def test_count_cells_that_are_no_number_and_never_as_zero(self) -> None:
        """A cell that is no number, whatever the reason, adds nothing and is counted as unread; zero is read."""
        frame = sheets_of(CONTEST, [copy("1", a=0), *(copy(str(at), a=one) for at, one in enumerate("ibsaur", 2))])
        (cell,) = [one for one in tabulate(frame, CONTEST, LAND).sums[-1].cells if one.cell == "a"]
        assert (cell.total, cell.read, cell.unread) == (0, 1, 6)

    def test_of_no_copies_are_none(self) -> None:
        """Without copies there is no sum and nothing to complain of."""
        tabulation = tabulate(empty_sheets(CONTEST), CONTEST, LAND)
        assert (tabulation.sums, tabulation.issues, tabulation.usable.height) == ((), (), 0)

    def test_do_not_overflow(self) -> None:
        """Numbers near the end of 64 bits are added exactly."""
        huge = 2**63 - 1
        frame = sheets_of(CONTEST, [copy("1", a=huge), copy("2", a=huge), copy("3", a=huge)])
        assert total(frame, "land", "a") == 3 * huge


class TestCopiesFromNobody:
    """Whoever sends a file without standing behind it cannot touch an attributed copy."""

    def test_neither_contradict_nor_replace_an_attributed_copy(self) -> None:
        """Another number, a later version, a third copy of level 0: nothing changes, and a note says so."""
        frame = sheets_of(
            CONTEST,
            [
                copy("1"),
                copy("1", a=99, copy=2, level=0),
                copy("1", a=98, version=2, level=0),
            ],
        )
        tabulation = tabulate(frame, CONTEST, LAND)
        assert total(frame, "land", "a") == WHOLE["a"]
        assert tabulation.conflicting.height == 0
        assert codes(tabulation.issues) == ["S107"]

    def test_that_differ_among_themselves_contradict_nobody(self) -> None:
        """Two different files from nobody are unusual, and count in no sum."""
        tabulation = tabulate(sheets_of(CONTEST, [copy("1", level=0), copy("1", a=9, copy=2, level=0)]), CONTEST, LAND)
        assert tabulation.usable.height == 0
        assert [(one.code, one.severity) for one in tabulation.issues] == [("S108", Severity.UNUSUAL)]


class TestVersions:
    """Later protocols of one commission."""

    def test_the_latest_counts_and_the_rest_is_said(self) -> None:
        """Of one copy the highest version is used, whatever the order of the rows; S106 counts the others."""
        frame = sheets_of(CONTEST, [copy("1", version=2, a=12), copy("1", version=1), copy("1", version=3, a=13)])
        tabulation = tabulate(frame, CONTEST, LAND)
        assert tabulation.sums[-1].total("a") == 13
        assert values_of(only(tabulation.issues, "S106")) == {"count": 2}

    def test_nobody_replaces_the_copy_of_another(self) -> None:
        """A later version from another collector, or of a lower level, is another copy: it differs, and both stand."""
        first = copy("1", collector="anna", level=3)
        for other in (
            copy("1", version=2, a=99, collector="boris", level=3),
            copy("1", version=2, a=99, collector="anna", level=1),
        ):
            tabulation = tabulate(sheets_of(CONTEST, [first, other]), CONTEST, LAND)
            assert tabulation.conflicting.height == 2
            assert codes(tabulation.issues) == ["S101"]

    def test_two_rows_of_one_version_are_not_chosen_between(self) -> None:
        """The same station, copy and version twice with other numbers is a conflict, not a choice by row order."""
        tabulation = tabulate(sheets_of(CONTEST, [copy("1"), copy("1", a=11)]), CONTEST, LAND)
        assert codes(tabulation.issues) == ["S101"]
        assert tabulation.usable.height == 0


class TestSeveralCopies:
    """Copies of one station's protocol."""

    def test_that_agree_are_one_row_with_everything_read(self) -> None:
        """A cell that one copy does not show is taken from the other; the row has the level of its weakest vote."""
        one, other = copy("1", b="i", level=1), copy("1", copy=2, level=3, c="b", registered=90)
        tabulation = tabulate(sheets_of(CONTEST, [one, other]), CONTEST, LAND)
        row = tabulation.usable.row(0, named=True)
        assert [row[cell] for cell in ("a", "b", "c", "registered")] == [10, 20, 5, 90]
        assert (row["level"], row["basis"], row["states"]) == (1, "digest#1 digest#2", "=uuuuu===")
        assert codes(tabulation.issues) == ["S104"]  # c is blank on one and a number on the other
        assert only(tabulation.issues, "S104").where.cell == "c"

    def test_of_which_one_is_struck_out(self) -> None:
        """A number that one copy shows and another shows struck out is used, and told: the paper was changed."""
        frame = sheets_of(CONTEST, [copy("1"), copy("1", copy=2, b="s"), copy("2", a="s"), copy("2", copy=2, a="b")])
        tabulation = tabulate(frame, CONTEST, LAND)
        place = CONTEST.cells.index("a")
        rows = {row["station"]: (row["a"], row["b"], row["states"][place]) for row in tabulation.usable.to_dicts()}
        assert rows == {"1": (10, 20, "="), "2": (None, 20, "s")}
        issue = only(tabulation.issues, "S109")
        assert (issue.where.station, issue.where.cell, dict(issue.values)) == ("1", "b", {"number": 20})

    def test_that_differ_are_in_no_sum(self) -> None:
        """The station is set aside, its copies are kept, and the issue shows the differing numbers."""
        frame = sheets_of(CONTEST, [copy("1"), copy("1", copy=2, a=11, b="i"), copy("2", a=7)])
        tabulation = tabulate(frame, CONTEST, LAND)
        assert tabulation.conflicting["station"].to_list() == ["1", "1"]
        assert tabulation.sums[-1].total("a") == 7
        issue = only(tabulation.issues, "S101")
        assert issue.severity is Severity.CONTRADICTION
        assert (issue.where.station, issue.where.area, issue.where.cell) == ("1", "port", "a")
        assert values_of(issue) == {"count": 1, "shown": "a 10 | 11"}
        assert issue.basis == ("digest#1", "digest#2")

    def test_unread_is_not_different(self) -> None:
        """A cell that is no number on one copy does not contradict the number on another."""
        frame = sheets_of(CONTEST, [copy("1", a="u"), copy("1", copy=2)])
        assert tabulate(frame, CONTEST, LAND).conflicting.height == 0

    @pytest.mark.parametrize(("states", "merged"), [("ib", "i"), ("br", "b"), ("ra", "r"), ("au", "a"), ("ui", "i")])
    def test_keep_the_most_telling_state(self, states: str, merged: str) -> None:
        """Where no copy shows a number, the merged row says what the copies say, the most telling first."""
        frame = sheets_of(CONTEST, [copy("1", copy=at, a=one) for at, one in enumerate(states, 1)])
        assert tabulate(frame, CONTEST, LAND).usable["states"][0][6] == merged

    def test_take_the_deepest_of_nested_areas(self) -> None:
        """A copy that only says "land" does not contradict one that says "port"."""
        frame = sheets_of(CONTEST, [copy("1", area="land"), copy("1", copy=2), copy("1", copy=3, area="north")])
        assert tabulate(frame, CONTEST, LAND).usable["area"].to_list() == ["port"]

    def test_in_areas_beside_each_other_are_in_no_sum(self) -> None:
        """Two areas that do not contain each other cannot both be right."""
        frame = sheets_of(CONTEST, [copy("1"), copy("1", copy=2, area="south")])
        tabulation = tabulate(frame, CONTEST, LAND)
        assert (codes(tabulation.issues), tabulation.sums) == (["S102"], ())
        assert values_of(only(tabulation.issues, "S102")) == {"areas": "port, south"}


class TestCorroboration:
    """Level 4: a second independent copy."""

    @staticmethod
    def level(first: dict[str, Any], second: dict[str, Any]) -> int:
        frame = sheets_of(CONTEST, [copy("1", **first), copy("1", **{"copy": 2, **second})])
        return int(tabulate(frame, CONTEST, LAND).usable["level"][0])

    def test_needs_another_copy_and_another_collector(self) -> None:
        """Two copies by two named collectors corroborate each other."""
        assert self.level({"collector": "anna"}, {"collector": "berik"}) == 4

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ({"collector": "anna"}, {"collector": "anna"}),
            ({"collector": "anna"}, {"collector": " ANNA "}),
            ({"collector": "anna"}, {"collector": ""}),
            ({"collector": "anna"}, {"collector": "berik", "copy": 1}),
            ({"collector": "anna", "level": 0}, {"collector": "berik"}),
            ({"collector": "anna"}, {"collector": "berik", "b": "u"}),
        ],
        ids=["one collector", "one collector spelt twice", "nobody", "one copy", "level 0", "a vote read only once"],
    )
    def test_is_not_given_for_less(self, first: dict[str, Any], second: dict[str, Any]) -> None:
        """One collector, one copy, an unattributed one or votes on one copy alone confirm nothing."""
        assert self.level(first, second) == 2

    def test_is_not_given_to_copies_from_nobody(self) -> None:
        """Two files of level 0 that agree stay at level 0, whatever names stand in the column of collectors."""
        assert self.level({"collector": "anna", "level": 0}, {"collector": "berik", "level": 0}) == 0


class TestPlaces:
    """Where a station lies."""

    def test_an_unknown_area_counts_in_the_whole_only(self) -> None:
        """A copy from an area that the election does not have is in the root's sum, and the issue names the area."""
        tabulation = tabulate(sheets_of(CONTEST, [copy("1", area="atlantis"), copy("2")]), CONTEST, LAND)
        assert [(one.area, one.stations) for one in tabulation.sums] == [("port", 1), ("north", 1), ("land", 2)]
        issue = only(tabulation.issues, "S103")
        assert (issue.severity, issue.where.station, values_of(issue)) == (Severity.ERROR, "1", {"name": "atlantis"})

    def test_more_stations_than_an_area_has_is_said(self) -> None:
        """The port has three stations; a fourth calls for an explanation."""
        tabulation = tabulate(sheets_of(CONTEST, [copy(str(at)) for at in range(4)]), CONTEST, LAND)
        assert values_of(only(tabulation.issues, "S105")) == {"seen": 4, "expected": 3}
