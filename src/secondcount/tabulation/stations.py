"""Copies held against the authority's own table, station by station and cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from secondcount.model.codes import make_issue
from secondcount.model.election import Contest
from secondcount.model.issue import Issue, Where

__all__ = ["StationComparison", "check_stations", "compare_stations"]

LISTED = 1000  # issues of one code that are listed one by one; the rest is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class StationComparison:
    """What comparing copies with one published station table shows.

    `differing` has one row per station and cell in which both sides hold a number and the numbers differ:
    station, area, cell, copy, published, difference (copy - published), basis_copy, basis_published.
    A cell that either side did not read is not compared: unread is neither equal nor different.
    """

    publication: str
    compared: int  # stations on both sides
    equal: int  # of these, stations in which every cell read on both sides is equal
    differing: pl.DataFrame
    copies_only: tuple[str, ...]  # stations with a copy that the published table does not know
    published_only: int  # stations of the published table without a copy


def compare_stations(usable: pl.DataFrame, reported: pl.DataFrame, contest: Contest) -> StationComparison:
    """Return the comparison of usable copies with a station table of one publication.

    Args:
        usable: one row per station (`tabulate`).
        reported: frame of `model.tables.table_columns`, one publication, one row per station.
        contest: the contest whose cells are compared.

    """
    cells = list(contest.cells)
    wide = usable.select("station", "area", pl.col("basis").alias("basis_copy"), *cells).join(
        reported.select(
            "station", pl.col("basis").alias("basis_published"), *(pl.col(c).alias(f"{c}?") for c in cells)
        ),
        on="station",
        how="inner",
    )
    differing = pl.concat([_differences(wide, cell) for cell in cells]).sort("station", "cell")
    unknown = usable.join(reported, on="station", how="anti")["station"].sort().to_list()
    return StationComparison(
        publication=str(reported["publication"][0]) if reported.height else "",
        compared=wide.height,
        equal=wide.height - differing["station"].n_unique(),
        differing=differing,
        copies_only=tuple(unknown),
        published_only=reported.join(usable, on="station", how="anti").height,
    )


def _differences(wide: pl.DataFrame, cell: str) -> pl.DataFrame:
    """Return the rows in which both numbers of one cell exist and differ (a null compares as neither)."""
    return wide.filter(pl.col(cell) != pl.col(f"{cell}?")).select(
        "station",
        "area",
        cell=pl.lit(cell),
        copy=pl.col(cell),
        published=pl.col(f"{cell}?"),
        difference=pl.col(cell) - pl.col(f"{cell}?"),
        basis_copy=pl.col("basis_copy"),
        basis_published=pl.col("basis_published"),
    )


def check_stations(comparison: StationComparison) -> tuple[Issue, ...]:
    """Return one contradiction (R401) per differing cell, at most 1,000, and a note (R402) per unknown station."""
    found = []
    for row in comparison.differing.head(LISTED).iter_rows(named=True):
        where = Where(station=row["station"], area=row["area"], cell=row["cell"], publication=comparison.publication)
        values = {"copy": row["copy"], "published": row["published"], "difference": row["difference"]}
        found.append(make_issue("R401", where, basis=(row["basis_copy"], row["basis_published"]), **values))
    if comparison.differing.height > LISTED:
        more = comparison.differing.height - LISTED
        found.append(make_issue("R403", Where(publication=comparison.publication), count=more))
    for station in comparison.copies_only[:LISTED]:
        found.append(make_issue("R402", Where(station=station, publication=comparison.publication)))
    return tuple(found)
