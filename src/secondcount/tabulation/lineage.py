"""Which areas contain which: the hierarchy as lookups and as a frame to join with."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from secondcount.model.geography import Geography

__all__ = ["Lineages", "above_frame", "climbed", "deepest_first", "lineages"]

Lineages = Mapping[str, tuple[str, ...]]
"""Area id -> ids from this area up to the root, this area first."""


def lineages(geography: Geography) -> Lineages:
    """Return the lineage of every area in one pass (`Geography.lineage` searches the list at every step)."""
    parents = {area.id: area.parent for area in geography.areas}
    found: dict[str, tuple[str, ...]] = {}
    for area, parent in parents.items():
        line = found.get(parent) if parent is not None else None
        # Areas stand below their parents, so that a line is its parent's and one more; a cycle has to be climbed.
        found[area] = (area, *line) if line is not None and area not in line else _climb(area, parents)
    return found


def _climb(area: str, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    found: list[str] = []
    current: str | None = area
    while current is not None and current in parents and current not in found:  # a cycle ends the climb
        found.append(current)
        current = parents[current]
    return tuple(found)


def above_frame(areas: Lineages) -> pl.DataFrame:
    """Return one row per pair (area, above), `above` being the area itself or anything that contains it."""
    columns = {
        "area": [area for area, line in areas.items() for _ in line],
        "above": [above for line in areas.values() for above in line],
    }
    return pl.DataFrame(columns, schema={"area": pl.String, "above": pl.String})


def climbed(by_area: pl.DataFrame, areas: Lineages) -> pl.DataFrame:
    """Return counts of areas (a column `area`, all others numbers) with those of their parts, up to the root."""
    pairs = above_frame({area: areas[area] for area in by_area["area"]})
    return by_area.join(pairs, on="area").drop("area").group_by("above").sum().rename({"above": "area"})


def deepest_first(wanted: frozenset[str], areas: Lineages) -> tuple[str, ...]:
    """Return these areas, the deepest first, the root last, otherwise in the order of the definition."""
    return tuple(sorted((area for area in areas if area in wanted), key=lambda area: -len(areas[area])))
