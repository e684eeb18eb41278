"""Sums of copies: every cell of every area with copies, up to the root."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from secondcount.tabulation.lineage import Lineages, climbed, deepest_first
from secondcount.tabulation.result import AreaSum, CellSum

__all__ = ["area_sums", "area_table"]


def area_table(usable: pl.DataFrame, cells: Sequence[str], areas: Lineages) -> pl.DataFrame:
    """Return the sums of one row per station, a row for each area that has any: a country has ten thousands of them.

    Columns: area, stations, and for each cell `total:<cell>` and `read:<cell>` (stations in which it is a number).
    Adding is done in 128 bits: no number of stations that exists can overflow it.
    """
    totals = [pl.col(cell).cast(pl.Int128).sum().alias(f"total:{cell}") for cell in cells]
    reads = [pl.col(cell).count().cast(pl.Int64).alias(f"read:{cell}") for cell in cells]
    by_area = usable.group_by("area").agg(pl.len().cast(pl.Int64).alias("stations"), *totals, *reads)
    return climbed(by_area, areas)


def area_sums(
    table: pl.DataFrame, cells: Sequence[str], areas: Lineages, wanted: frozenset[str] | None = None
) -> tuple[AreaSum, ...]:
    """Return the rows of `area_table` as values, the deepest area first, the root last.

    Args:
        table: `area_table`.
        cells: the cells, in their order.
        areas: the lineage of every area.
        wanted: the areas that are asked for; None = all.

    """
    rows = table if wanted is None else table.filter(pl.col("area").is_in(list(wanted)))
    found = {row["area"]: row for row in rows.iter_rows(named=True)}
    return tuple(_area_sum(found[area], cells) for area in deepest_first(frozenset(found), areas))


def _area_sum(row: Mapping[str, int], cells: Sequence[str]) -> AreaSum:
    stations = row["stations"]
    return AreaSum(
        area=str(row["area"]),
        stations=stations,
        cells=tuple(
            CellSum(cell=cell, total=row[f"total:{cell}"], read=(read := row[f"read:{cell}"]), unread=stations - read)
            for cell in cells
        ),
    )
