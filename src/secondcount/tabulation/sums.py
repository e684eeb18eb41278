"""Sums of copies: every cell of every area with copies, up to the root."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import polars as pl

from secondcount.tabulation.lineage import Lineages, deepest_first
from secondcount.tabulation.result import AreaSum, CellSum

__all__ = ["area_sums"]

_Counts = list[tuple[int, int]]  # per cell: (total, stations in which it was read)


def area_sums(usable: pl.DataFrame, cells: Sequence[str], areas: Lineages) -> tuple[AreaSum, ...]:
    """Return the sums of one row per station, for each area that has any: the deepest area first, the root last.

    Adding is done in 128 bits: no number of stations that exists can overflow it.
    """
    totals = [pl.col(cell).cast(pl.Int128).sum().alias(f"total:{cell}") for cell in cells]
    reads = [pl.col(cell).count().alias(f"read:{cell}") for cell in cells]
    by_area = usable.group_by("area").agg(pl.len().alias("stations"), *totals, *reads)
    stations: dict[str, int] = defaultdict(int)
    counts: dict[str, _Counts] = defaultdict(lambda: [(0, 0)] * len(cells))
    for row in by_area.iter_rows(named=True):
        for above in areas[row["area"]]:
            stations[above] += row["stations"]
            counts[above] = _added(counts[above], row, cells)
    return tuple(
        AreaSum(area=area, stations=stations[area], cells=_cell_sums(cells, counts[area], stations[area]))
        for area in deepest_first(frozenset(stations), areas)
    )


def _added(so_far: _Counts, row: Mapping[str, int], cells: Sequence[str]) -> _Counts:
    pairs = zip(so_far, cells, strict=True)
    return [(total + row[f"total:{cell}"], read + row[f"read:{cell}"]) for (total, read), cell in pairs]


def _cell_sums(cells: Sequence[str], counts: _Counts, stations: int) -> tuple[CellSum, ...]:
    pairs = zip(cells, counts, strict=True)
    return tuple(CellSum(cell=cell, total=total, read=read, unread=stations - read) for cell, (total, read) in pairs)
