"""How many polling stations an area has, and whether every one of them was seen."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from secondcount.model.geography import Geography
from secondcount.tabulation.lineage import climbed, lineages

__all__ = ["expected_stations"]


def expected_stations(geography: Geography, stations: pl.DataFrame | None = None) -> Mapping[str, int]:
    """Return the official number of polling stations of each area for which it is known.

    The number in the definition counts; where there is none, the number of stations of the area in the official
    register (`model.tables.STATIONS`), if one is given and lists any there.
    """
    found: dict[str, int] = {}
    if stations is not None:
        areas = lineages(geography)
        counts = stations.group_by("area").agg(pl.col("station").n_unique())
        known = counts.filter(pl.col("area").is_in(list(areas)))
        found.update(climbed(known, areas).select("area", "station").iter_rows())
    found.update({area.id: area.stations for area in geography.areas if area.stations is not None})
    return found
