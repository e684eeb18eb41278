"""Copies held against the authority's own table, station by station and cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import polars as pl

from secondcount.model.codes import make_issue
from secondcount.model.election import Contest
from secondcount.model.issue import Issue, Where
from secondcount.tabulation.changes import (
    AFTER,
    Direction,
    KindCount,
    classify,
    counted_kinds,
    differences,
    directions,
    paired,
)
from secondcount.tabulation.listing import MOST_LISTED, listed, one_by_one

__all__ = ["StationComparison", "check_stations", "compare_stations"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StationComparison:
    """What comparing copies with one published station table shows.

    `differing` has one row per station and cell in which both sides hold a number and the numbers differ:
    station, area, cell, copy, published, difference (copy - published), basis_copy, basis_published, and the
    station's kind and kinds. A cell that either side did not read is not compared: unread is neither equal nor
    different. `stations` has one row per station with a difference (`changes.classify`, from the copy to the table).
    """

    publication: str
    compared: int  # stations on both sides
    equal: int  # of these, stations in which every cell read on both sides is equal
    differing: pl.DataFrame
    copies_only: tuple[str, ...]  # stations with a copy that the published table does not know
    published_only: int  # stations of the published table without a copy
    stations: pl.DataFrame
    kinds: tuple[KindCount, ...]
    net: tuple[Direction, ...]  # by cell: published - copy


def compare_stations(usable: pl.DataFrame, reported: pl.DataFrame, contest: Contest) -> StationComparison:
    """Return the comparison of usable copies with a station table of one publication.

    Args:
        usable: one row per station (`tabulate`).
        reported: frame of `model.tables.table_columns`, one publication, one row per station.
        contest: the contest whose cells are compared.

    """
    cells = contest.cells
    # Numbers that only one side shows are no change here: a copy may be hard to read.
    pairs = paired(usable, reported, cells, one_sided=False)
    found = differences(pairs.rows, cells)
    stations = classify(pairs.rows, found, contest, one_sided=False)
    unknown = usable.select("station").join(reported.select("station"), on="station", how="anti")
    return StationComparison(
        publication=str(reported["publication"][0]) if reported.height else "",
        compared=pairs.compared,
        equal=pairs.compared - stations.height,
        differing=_named(found, stations),
        copies_only=tuple(unknown["station"].sort().to_list()),
        published_only=reported.select("station").join(usable.select("station"), on="station", how="anti").height,
        stations=stations.rename({"basis": "basis_copy", f"basis{AFTER}": "basis_published"}),
        kinds=counted_kinds(stations),
        net=directions(found, cells),
    )


def _named(found: pl.DataFrame, stations: pl.DataFrame) -> pl.DataFrame:
    """Return the differing cells under the names of this comparison, each with its station's classes."""
    return found.select(
        "station",
        "area",
        "cell",
        copy=pl.col("before"),
        published=pl.col("after"),
        difference=pl.col("before") - pl.col("after"),
        basis_copy=pl.col("basis"),
        basis_published=pl.col(f"basis{AFTER}"),
    ).join(stations.select("station", "kind", "kinds"), on="station", how="left", maintain_order="left")


def check_stations(comparison: StationComparison) -> tuple[Issue, ...]:
    """Return one contradiction (R401) per differing cell, and a note (R402) per unknown station.

    Of each at most 1,000 are listed; R403 and S900 say how many there are beyond, and bring them along.
    """

    def unknown(row: Mapping[str, object]) -> Issue:
        return make_issue("R402", Where(station=str(row["station"]), publication=comparison.publication))

    differing = comparison.differing
    difference = partial(_difference, comparison.publication)
    found = [*one_by_one(differing.head(MOST_LISTED), difference)]
    if differing.height > MOST_LISTED:
        note = make_issue("R403", Where(publication=comparison.publication), count=differing.height - MOST_LISTED)
        found.append(replace(note, further=partial(one_by_one, differing.slice(MOST_LISTED), difference)))
    return (*found, *listed("R402", pl.DataFrame({"station": comparison.copies_only}), unknown))


def _difference(publication: str, row: Mapping[str, object]) -> Issue:
    where = Where(station=str(row["station"]), area=str(row["area"]), cell=str(row["cell"]), publication=publication)
    values = {name: int(str(row[name])) for name in ("copy", "published", "difference")}
    return make_issue("R401", where, basis=(str(row["basis_copy"]), str(row["basis_published"])), **values)
