"""Laws of adding copies: the order of rows does not matter, parts add up to the whole, nothing is counted twice.

Commutes: a shuffled frame gives the same tabulation. Additive: two disjoint piles of stations add up.
Accounted: every station is usable or conflicting, never both, never neither.
"""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from secondcount.tabulation import Tabulation, check_sheets, tabulate
from tabulating.elections import LAND, contest_of, sheets_of
from tabulating.strategies import copies

CONTEST = contest_of(identities=())


def added(rows: list[dict[str, Any]]) -> Tabulation:
    """Return the tabulation of rows."""
    return tabulate(sheets_of(CONTEST, rows), CONTEST, LAND)


def numbers(tabulation: Tabulation) -> dict[tuple[str, str], tuple[int, int]]:
    """Return (total, stations in which it was read) by area and cell."""
    return {(one.area, cell.cell): (cell.total, cell.read) for one in tabulation.sums for cell in one.cells}


@settings(max_examples=60)
@given(rows=copies(), data=st.data())
def test_tabulation_commutes(rows: list[dict[str, Any]], data: st.DataObject) -> None:
    """Rows in any order give the same rows, sums, conflicts and issues."""
    one, other = added(rows), added(data.draw(st.permutations(rows)))
    assert one.usable.equals(other.usable, null_equal=True)
    assert one.conflicting.equals(other.conflicting, null_equal=True)
    assert (one.sums, one.issues) == (other.sums, other.issues)
    assert check_sheets(one.usable, CONTEST) == check_sheets(other.usable, CONTEST)


@settings(max_examples=60)
@given(rows=copies(), part=st.sets(st.sampled_from("01234")))
def test_tabulation_is_additive(rows: list[dict[str, Any]], part: set[str]) -> None:
    """Splitting the stations into two piles and adding their sums gives the sums of the whole."""
    left = numbers(added([row for row in rows if row["station"] in part]))
    right = numbers(added([row for row in rows if row["station"] not in part]))
    whole = numbers(added(rows))
    assert whole.keys() == left.keys() | right.keys()
    for key, (total, read) in whole.items():
        sums = [pile.get(key, (0, 0)) for pile in (left, right)]
        assert (total, read) == (sums[0][0] + sums[1][0], sums[0][1] + sums[1][1])


@settings(max_examples=60)
@given(rows=copies())
def test_every_station_is_accounted_for_once(rows: list[dict[str, Any]]) -> None:
    """A station is usable in one row or conflicting; the root's sum counts the usable ones."""
    tabulation = added(rows)
    usable, conflicting = tabulation.usable["station"], tabulation.conflicting["station"].unique()
    assert usable.is_unique().all()
    assert set(usable).isdisjoint(conflicting)
    assert {*usable, *conflicting} == {row["station"] for row in rows}
    assert (tabulation.sums[-1].stations if tabulation.sums else 0) == usable.len()


@settings(max_examples=60)
@given(rows=copies())
def test_a_usable_row_says_only_what_a_copy_says(rows: list[dict[str, Any]]) -> None:
    """Every number of a usable row stands on an attributed copy that nothing replaced; "=" and numbers go together."""
    frame = sheets_of(CONTEST, rows)
    for row in tabulate(frame, CONTEST, LAND).usable.iter_rows(named=True):
        mine = [one for one in frame.iter_rows(named=True) if one["station"] == row["station"]]
        mine = [one for one in mine if one["level"] > 0] or mine  # nobody's copies count only where there is no other
        kept = [one for one in mine if not any(replaces(other, one) for other in mine)]
        for state, cell in zip(row["states"], CONTEST.cells, strict=True):
            assert (state == "=") == (row[cell] is not None)
            shown = {one[cell] for one in kept} - {None}
            assert shown == ({row[cell]} if state == "=" else set())


def replaces(other: dict[str, Any], one: dict[str, Any]) -> bool:
    """Return whether the first copy is a later version of the second, by the same collector, of no lower level."""
    same = (other["copy"], other["collector"]) == (one["copy"], one["collector"])
    return same and other["version"] > one["version"] and other["level"] >= one["level"]
