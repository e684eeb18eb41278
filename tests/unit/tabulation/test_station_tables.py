"""An authority's station table: added up like copies, and held against them cell by cell."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from secondcount.model.issue import Severity
from secondcount.model.tables import table_columns
from secondcount.tabulation import check_stations, compare_stations, figures_of_reported, tabulate
from secondcount.tabulation.sheets import from_level
from tabulating.elections import LAND, codes, contest_of, only, sheets_of, values_of

CONTEST = contest_of(identities=())


def table(*rows: tuple[str, str, Sequence[int | None]]) -> pl.DataFrame:
    """Return a published table: station, area, then the votes for a, b and c (None = unread)."""
    full = [
        {
            "publication": "final",
            "station": station,
            "area": area,
            "states": "u" * (len(CONTEST.cells) - 3) + "".join("u" if one is None else "=" for one in votes),
            "basis": f"table#{at}",
            **dict(zip("abc", votes, strict=True)),
        }
        for at, (station, area, votes) in enumerate(rows, 1)
    ]
    return pl.DataFrame(full, schema=table_columns(CONTEST), orient="row")


PUBLISHED = table(("1", "port", (10, 5, 1)), ("2", "north", (20, 5, None)), ("3", "south", (7, 7, 7)))
COPIES = tabulate(
    sheets_of(
        CONTEST,
        [
            {"station": "1", "a": 10, "b": 6, "c": 1},
            {"station": "2", "area": "north", "a": 20, "b": "i", "c": 9, "level": 0},
            {"station": "9", "area": "south", "a": 1, "b": 1, "c": 1},
        ],
    ),
    CONTEST,
    LAND,
).usable


def test_a_table_adds_up_to_every_area_above() -> None:
    """Sums are exact figures of the publication; a cell with a hole in an area is no total there."""
    figures = figures_of_reported(PUBLISHED, CONTEST, LAND)
    found = {(area, cell): value for area, cell, value in figures.select("area", "cell", "value").iter_rows()}
    assert {area: found[area, "a"] for area in ("port", "north", "south", "land")} == {
        "port": 10,
        "north": 30,
        "south": 7,
        "land": 37,
    }
    assert ("south", "c") in found
    assert ("land", "c") not in found
    assert set(figures["rounding"]) == {0}


def test_only_numbers_on_both_sides_are_compared() -> None:
    """Station 1 differs in b; station 2 has b unread on the copy and c unread in the table: equal where read."""
    compared = compare_stations(COPIES, PUBLISHED, CONTEST)
    assert (compared.compared, compared.equal, compared.copies_only, compared.published_only) == (2, 1, ("9",), 1)
    assert compared.differing.select("station", "cell", "copy", "published", "difference").rows() == [
        ("1", "b", 6, 5, 1)
    ]


def test_differences_are_contradictions_and_unknown_stations_notes() -> None:
    """R401 rests on both rows; R402 names the station that the table does not have."""
    issues = check_stations(compare_stations(COPIES, PUBLISHED, CONTEST))
    assert codes(issues) == ["R401", "R402"]
    issue = only(issues, "R401")
    assert (issue.severity, issue.basis) == (Severity.CONTRADICTION, ("digest#1", "table#1"))
    assert values_of(issue) == {"copy": 6, "published": 5, "difference": 1}
    assert only(issues, "R402").where.station == "9"


def test_a_higher_level_leaves_copies_out_of_every_sum() -> None:
    """From level 1 up the unattributed copy of station 2 is gone, from the rows as from the sums."""
    copies = tabulate(
        sheets_of(CONTEST, [{"station": "1", "a": 10}, {"station": "2", "a": 20, "level": 0}]), CONTEST, LAND
    )
    attributed = from_level(copies, 1, CONTEST, LAND)
    assert attributed.usable["station"].to_list() == ["1"]
    assert attributed.sums[-1].total("a") == 10
