"""Copies and published figures of which 1,500 break the same rule: more than are listed one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from secondcount.model.election import Contest, Electorate
from secondcount.model.issue import Issue
from secondcount.model.publication import Stage
from secondcount.tabulation import (
    AtStations,
    check_contests,
    check_publications,
    check_sheets,
    check_stations,
    compare_stations,
    tabulate,
)
from tabulating.elections import (
    COUNT,
    LAND,
    Printed,
    contest_of,
    election_of,
    figures_of,
    geography_of,
    publication_of,
    sheets_of,
)

__all__ = ["CHECKS", "MANY"]

MANY = 1_500
CONTEST = contest_of()
GOOD = {"registered": 1000, "received": 900, "issued": 600, "cancelled": 300, "took_part": 600, "invalid": 10}
VOTES = {"a": 300, "b": 200, "c": 90}
NARROWER = replace(contest_of(("x", "y"), contest="district"), electorate=Electorate.NARROWER)
SAME = replace(NARROWER, electorate=Electorate.SAME)


def _rows(**cells: Any) -> Iterator[dict[str, Any]]:
    """Yield a row for each station; no two have the same votes."""
    for number in range(MANY):
        yield {"station": f"{number:05}", **GOOD, **VOTES, "a": 300 - number % 200, "b": 1 + number // 200, **cells}


def _copies(**second: Any) -> Callable[[], tuple[Issue, ...]]:
    """Return what two copies of each station say together."""
    rows = [*_rows(), *_rows(copy=2, **second)]
    return lambda: tabulate(sheets_of(CONTEST, rows), CONTEST, LAND).issues


def _sheets(rows: Sequence[Mapping[str, Any]]) -> Callable[[], tuple[Issue, ...]]:
    usable = tabulate(sheets_of(CONTEST, rows), CONTEST, LAND).usable
    return lambda: check_sheets(usable, CONTEST)


def _against_table(stations: str) -> Callable[[], tuple[Issue, ...]]:
    """Return what copies say against a table in which one figure is another one."""
    copies = tabulate(sheets_of(CONTEST, list(_rows())), CONTEST, LAND).usable
    table = copies.with_columns(
        pl.lit("final").alias("publication"), c=pl.col("c") + 7, station=stations + copies["station"]
    )
    return lambda: check_stations(compare_stations(copies, table, CONTEST))


def _two_contests(other: Contest, *, published: bool) -> Callable[[], tuple[Issue, ...]]:
    """Return what a second contest with longer registers and more ballots says beside the first."""
    wide = replace(CONTEST, electorate=Electorate.SAME)
    known = []
    for contest, more in ((wide, 0), (other, 50)):
        rows = sheets_of(contest, list(_rows(registered=1000 + more, issued=600 + more)))
        table = rows.select(pl.lit(f"{contest.id}-final").alias("publication"), pl.exclude("publication"))
        copies, table = (rows.clear(), table) if published else (rows, table.clear())
        known.append(AtStations(contest=contest, copies=copies, table=table, final=True))
    return lambda: check_contests(known, LAND)


def _publications() -> tuple[Issue, ...]:
    """Return what an authority's figures say in which every area has more votes than voters."""
    areas = [f"area{number}" for number in range(MANY)]
    cells = (("a", "5"), ("b", "5"), ("c", "5"), ("took_part", "9"))
    figures = [
        Printed(publication="final", quantity=COUNT, cell=cell, text=text, area=area)
        for area in areas
        for cell, text in cells
    ]
    election = election_of(CONTEST, geography_of({"land": None, **dict.fromkeys(areas, "land")}))
    return check_publications(election, (publication_of("final", Stage.FINAL),), figures_of(*figures))


CHECKS: dict[str, Callable[[], tuple[Issue, ...]]] = {
    "S101": _copies(c=91),
    "S102": _copies(area="south"),
    "S103": lambda: tabulate(sheets_of(CONTEST, list(_rows(area="nowhere"))), CONTEST, LAND).issues,
    "S104": _copies(c="b"),
    "S201": _sheets(list(_rows(received=950))),
    "S202": _sheets(list(_rows(registered=610))),
    "S203": _sheets(list(_rows(registered=80))),
    "S204": _sheets([*_rows(), *({**one, "station": "x" + one["station"]} for one in _rows())]),
    "S211": _two_contests(SAME, published=False),
    "S212": _two_contests(NARROWER, published=False),
    "S213": _two_contests(SAME, published=False),
    "R421": _two_contests(SAME, published=True),
    "R422": _two_contests(NARROWER, published=True),
    "R423": _two_contests(SAME, published=True),
    "R401": _against_table(""),
    "R402": _against_table("other "),
    "R132": _publications,
}
"""For each code that is cut at a thousand, a check that finds it at 1,500 places (R132 for published figures)."""
