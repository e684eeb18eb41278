"""Which areas contain which: the hierarchy as lookups and as a frame to join with."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from secondcount.model.geography import Geography

__all__ = ["Lineages", "above_frame", "deepest_first", "lineages"]

Lineages = Mapping[str, tuple[str, ...]]
"""Area id -> ids from this area up to the root, this area first."""


def lineages(geography: Geography) -> Lineages:
    """Return the lineage of every area in one pass (`Geography.lineage` searches the list at every step)."""
    parents = {area.id: area.parent for area in geography.areas}
    return {area: _climb(area, parents) for area in parents}


def _climb(area: str, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    found: list[str] = []
    current: str | None = area
    while current is not None and current in parents and current not in found:  # a cycle ends the climb
        found.append(current)
        current = parents[current]
    return tuple(found)


def above_frame(areas: Lineages) -> pl.DataFrame:
    """Return one row per pair (area, above), `above` being the area itself or anything that contains it."""
    pairs = [(area, above) for area, line in areas.items() for above in line]
    return pl.DataFrame(pairs, schema={"area": pl.String, "above": pl.String}, orient="row")


def deepest_first(wanted: frozenset[str], areas: Lineages) -> tuple[str, ...]:
    """Return these areas, the deepest first, the root last, otherwise in the order of the definition."""
    return tuple(sorted((area for area in areas if area in wanted), key=lambda area: -len(areas[area])))
