"""Law: nothing is counted twice, no two papers are made of one, and no contradiction is smoothed over."""

from __future__ import annotations

from itertools import permutations

import pytest

from intaking.election import CONTEST, ELECTION, row, sheet
from secondcount.intake import SheetsRead, parse_reported, parse_sheets

ABOUT = "# issuer: C\n# stage: final\n# published: 2030-05-06\n# label: L\n"


def read(*rows: str) -> SheetsRead:
    """Return the copies of some rows."""
    return parse_sheets("copies.csv", sheet(*rows), ELECTION, CONTEST)


def copies(*rows: str) -> list[tuple[object, ...]]:
    """Return copy number, version and votes of the list "nur", sorted."""
    return sorted(read(*rows).frame.select("copy", "version", "nur").rows())


def test_a_repeated_row_counts_once() -> None:
    """A row that repeats another to the letter is the same row."""
    found = read(row(), row("002"), row())
    assert found.frame["station"].to_list() == ["001", "002"]
    assert [(one.code, one.where.line, one.value("other")) for one in found.issues] == [("T160", 4, 2)]


def test_other_figures_become_further_copies() -> None:
    """Two sets of figures under one number are two copies, so that they contradict each other."""
    found = read(row(), row(nur=51))
    assert found.frame.select("copy", "nur").sort("copy").rows() == [(1, 50), (2, 51)]
    assert [(one.code, one.where.line, one.where.station, one.value("other")) for one in found.issues] == [
        ("T161", 3, "001", 2)
    ]


def test_a_further_copy_takes_a_free_number() -> None:
    """No number is given twice: not to the further copies, not to those that had one."""
    assert copies(row(), row(nur=51), row(nur=52), row(copy=2, nur=53)) == [
        (1, 1, 50),
        (2, 1, 53),
        (3, 1, 51),
        (4, 1, 52),
    ]


def test_versions_are_no_contradiction() -> None:
    """A later protocol of the same commission is another version, not another copy."""
    assert read(row(), row(version=2, nur=51)).issues == ()


def test_one_paper_from_two_hands_stays_one_number() -> None:
    """The same figures from another collector get no number of their own: nobody said that there are two papers."""
    found = read(row(), row(collector="other", level=3))
    assert found.frame["copy"].to_list() == [1, 1]
    assert [one.code for one in found.issues] == ["T162"]


def test_a_state_is_a_figure() -> None:
    """Illegible on one row and blank on the other is a difference."""
    found = read(row(nur="?"), row(nur="-"))
    assert [one.code for one in found.issues] == ["T161"]
    assert found.frame.sort("copy")["states"].to_list() == ["==b==", "==i=="]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_of_rows_decides_nothing(order: tuple[int, ...]) -> None:
    """Copy numbers depend on what the rows say."""
    rows = [row(nur=52), row(nur=50), row(collector="other", nur=50), row(copy=2, nur=51)]
    assert copies(*(rows[place] for place in order)) == [(1, 1, 50), (1, 1, 50), (2, 1, 51), (3, 1, 52)]


def test_leading_zeros_alone_make_nobody_different_in_silence() -> None:
    """Stations 012 and 12 are two polling stations, and the reader is asked whether they are."""
    found = read(row("012"), row("12"), row("0012"), row("7"))
    (issue,) = found.issues
    assert (issue.code, issue.value("value")) == ("T139", "0012, 012, 12")
    assert found.frame.height == 4


def test_one_name_in_two_areas_is_an_error() -> None:
    """Polling stations are matched by name: the same number in two regions must not become one station."""
    found = read(row(), row(area="south", nur=7, copy=2), row("002", area=""), row("002", area="north", copy=2))
    assert [(one.code, one.where.station, one.value("value")) for one in found.issues] == [
        ("T164", "001", "north, south")
    ]


def test_a_district_and_its_region_are_one_place() -> None:
    """One copy that names the district and another that names the region around it do not disagree."""
    assert read(row(), row(area="hill", copy=2)).issues == ()
    assert [one.code for one in read(row(area="hill"), row(area="south", copy=2)).issues] == ["T164"]


def test_an_official_table_has_each_station_once() -> None:
    """Where an authority's table gives a station twice, what both rows say stays, and what differs is unknown."""
    header = "station,area,registered,invalid,nur,ak_zhol,union\n"
    rows = "001,north,9,0,5,3,1\n001,south,9,0,6,3,?\n001,north,9,0,5,3,1\n002,north,9,0,5,3,1\n"
    found = parse_reported("official.csv", (ABOUT + header + rows).encode(), ELECTION, CONTEST, 1)
    assert found.reported is not None
    assert found.reported.drop("publication", "basis").rows() == [
        ("001", "land", "==u=u", 9, 0, None, 3, None),
        ("002", "north", "=====", 9, 0, 5, 3, 1),
    ]
    assert sorted((one.code, one.where.line) for one in found.issues) == [("T160", 8), ("T163", 7)]
