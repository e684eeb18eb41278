"""Which areas are told one by one: all near the top, and of the others those that somebody asked about or that differ.

A country may have tens of thousands of areas. Coverage is given for all of them; sums, comparisons of sums and claims
without a named area only for these, so that a verdict stays readable and its size is set by the election, not by the
number of its localities. No row is lost by that: every station is compared with the published table (R401).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from secondcount.model.claim import Claim
from secondcount.model.geography import Geography
from secondcount.model.publication import Quantity
from secondcount.tabulation import AreaSum

__all__ = ["TOLD_AREAS", "TOLD_LEVELS", "contradicted", "near_the_root", "told_areas"]

TOLD_LEVELS = 2  # levels below the root
TOLD_AREAS = 400  # a level that would make more areas than this is not told one by one


def near_the_root(geography: Geography) -> frozenset[str]:
    """Return the root and the areas at most two levels below it, as long as they are no more than 400 together."""
    found = {geography.root.id}
    newest = frozenset(found)
    for _ in range(TOLD_LEVELS):
        newest = frozenset(one.id for one in geography.areas if one.parent in newest) - found
        if len(found) + len(newest) > TOLD_AREAS:
            break
        found |= newest
    return frozenset(found)


def told_areas(geography: Geography, figures: pl.DataFrame, claims: Sequence[Claim]) -> frozenset[str]:
    """Return the areas whose figures are told: those near the root, with figures of their own, or named by a claim.

    Args:
        geography: the areas.
        figures: what was published as such (`model.tables.FIGURES`), without the sums of station tables.
        claims: the claims of the record.

    """
    named = {one.area for one in claims if one.area}
    return near_the_root(geography) | named | frozenset(figures["area"])


def contradicted(
    sums: Iterable[AreaSum], figures: pl.DataFrame, expected: Mapping[str, int], told: frozenset[str]
) -> frozenset[str]:
    """Return the areas that are not told anyway and whose copies may contradict an exact published count.

    That is so where the copies of a cell exceed it, or show another number though all stations of the area are seen.
    """
    lowest = _lowest(figures, told)
    return frozenset(
        one.area
        for one in sums
        if one.area not in told
        for cell in one.cells
        if cell.read and (least := lowest.get((one.area, cell.cell))) is not None
        if cell.total > least or (cell.read == expected.get(one.area) and cell.total != least)
    )


def _lowest(figures: pl.DataFrame, told: frozenset[str]) -> Mapping[tuple[str, str], int]:
    """Return the lowest exact count that any publication gives for an area and cell."""
    exact = (pl.col("quantity") == Quantity.COUNT.value) & (pl.col("decimals") == 0)
    rows = figures.filter(exact & ~pl.col("area").is_in(list(told)))
    lowest = rows.group_by("area", "cell").agg(pl.col("value").min())
    return {(area, cell): value for area, cell, value in lowest.iter_rows()}
