"""An authority's station table: added up to every area, so that it can be held against what was published."""

from __future__ import annotations

import polars as pl

from secondcount.model.election import Contest
from secondcount.model.geography import Geography
from secondcount.model.publication import Quantity
from secondcount.model.tables import FIGURES
from secondcount.tabulation.lineage import above_frame, lineages

__all__ = ["figures_of_reported"]


def figures_of_reported(reported: pl.DataFrame, contest: Contest, geography: Geography) -> pl.DataFrame:
    """Return the sums of a station table as exact figures of every area that has stations in it, up to the root.

    A cell that is not read in every station of an area gives no sum there: a sum with holes is not a total.

    Args:
        reported: frame of `model.tables.table_columns`; may hold several publications.
        contest: the contest whose cells are added.
        geography: the areas; a station in an area also counts in everything that contains it.

    Returns:
        Rows of `model.tables.FIGURES`, quantity "count", source "sum of the station table".

    """
    cells = list(contest.cells)
    in_areas = reported.group_by("publication", "area", maintain_order=True).agg(
        *(pl.col(cell).cast(pl.Int128).sum() for cell in cells),
        *(pl.col(cell).null_count().cast(pl.Int64).alias(f"{cell}?") for cell in cells),
    )
    rows = in_areas.join(above_frame(lineages(geography)), on="area", how="inner", maintain_order="left")
    grouped = rows.drop("area").group_by("publication", "above", maintain_order=True).sum()
    long = pl.concat([_one_cell(grouped, cell, contest.id) for cell in cells])
    return long.select(list(FIGURES)).cast(pl.Schema(FIGURES))


def _one_cell(grouped: pl.DataFrame, cell: str, contest: str) -> pl.DataFrame:
    holds = (pl.col(f"{cell}?") == 0) & (pl.col(cell) < 2**63)  # what 64 bits cannot hold is no count of votes
    return grouped.filter(holds).select(
        "publication",
        contest=pl.lit(contest),
        area=pl.col("above"),
        quantity=pl.lit(Quantity.COUNT.value),
        cell=pl.lit(cell),
        minus=pl.lit(""),
        value=pl.col(cell).cast(pl.Int64),
        decimals=pl.lit(0, pl.Int64),
        rounding=pl.lit(0, pl.Int64),
        source=pl.lit("sum of the station table"),
        basis=pl.lit(""),
    )
