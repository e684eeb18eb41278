"""Orders of areas: a walk, in which an area with all its parts is one slice, and from the whole down, for readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from secondcount.model.geography import Geography
from secondcount.tabulation.result import Coverage

__all__ = ["Placed", "from_the_top", "place_rows"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Placed:
    """Rows sorted so that those of an area and of its parts lie together, and where they lie."""

    rows: pl.DataFrame
    slices: Mapping[str, tuple[int, int]]  # area id -> (first row, number of rows)

    def within(self, area: str) -> pl.DataFrame:
        """Return the rows whose area is this one or a part of it; none for an unknown area."""
        return self.rows.slice(*self.slices.get(area, (0, 0)))


def place_rows(frame: pl.DataFrame, geography: Geography) -> Placed:
    """Return a frame with a column `area` in the order of a walk through the areas; strangers come last, in no slice.

    Looking for the parts of an area row by row takes as long as the country is large, for every area again.
    """
    walk = tuple(_walk(geography))
    rank = pl.col("area").replace_strict(list(walk), list(range(len(walk))), default=None, return_dtype=pl.Int64)
    rows = frame.with_columns(rank=rank).sort("rank", nulls_last=True, maintain_order=True).drop("rank")
    own: dict[str | None, int] = dict(rows.group_by("area").agg(pl.len()).iter_rows())
    first, lengths = 0, dict.fromkeys(walk, 0)
    starts: dict[str, int] = {}
    for area in walk:
        starts[area] = first
        first += own.get(area, 0)
        if own.get(area):
            for above in geography.lineage(area):
                lengths[above] += own[area]
    return Placed(rows=rows, slices={area: (starts[area], lengths[area]) for area in walk})


def _walk(geography: Geography) -> Iterator[str]:
    """Yield every area once, each right before its parts: whatever lies in an area comes before its next neighbour."""
    parts: dict[str | None, list[str]] = {}
    for one in geography.areas:
        parts.setdefault(one.parent, []).append(one.id)
    waiting, seen = [*reversed(parts.get(None, ()))], set[str]()
    while waiting:
        area = waiting.pop()
        if area not in seen:
            seen.add(area)
            yield area
            waiting.extend(reversed(parts.get(area, ())))


def from_the_top(found: Iterable[Coverage], geography: Geography) -> tuple[Coverage, ...]:
    """Return coverage as a reader looks for it: the whole, then level by level, on each the most copies first.

    Areas with as many copies keep their order; one that the geography does not know comes last.
    """
    deepest = len(geography.areas) + 1
    return tuple(sorted(found, key=lambda one: (len(geography.lineage(one.area)) or deepest, -one.seen)))
