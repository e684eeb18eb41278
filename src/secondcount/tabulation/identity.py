"""Whether it is clear which polling stations are seen: coverage is a matter of identity, not of counting."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from secondcount.model.geography import Geography
from secondcount.tabulation.lineage import above_frame, lineages

__all__ = ["skeleton", "unclear_areas"]

_ALIKE = dict(zip("авекмнорстух", "abekmhopctyx", strict=True))
"""Cyrillic letters that look like Latin ones: "12А" typed on two keyboards is one station."""


def skeleton(name: pl.Expr) -> pl.Expr:
    """Return what is left of a station's name without case, leading zeros, number signs, spaces and alphabets."""
    plain = name.str.normalize("NFKC").str.to_lowercase().str.replace_all(r"[№#\s.]|^no|n°", "")
    return plain.str.replace_many(list(_ALIKE), list(_ALIKE.values())).str.replace_all(r"0*(\d+)", "$1")


def unclear_areas(
    seen: pl.DataFrame, geography: Geography, expected: Mapping[str, int], listed: pl.DataFrame
) -> frozenset[str]:
    """Return the areas in which nobody can say which stations are the ones without a copy.

    That is so where copies (conflicting ones included) are from more stations than there are, where two stations
    differ only in how their number is written, or where a station is not in the list of all stations.

    Args:
        seen: station and area of every copy that stands behind a figure, used or not.
        geography: the areas.
        expected: official number of stations by area, where known.
        listed: station and area of every official station, for the areas of which a whole list exists (else empty).

    """
    above = above_frame(lineages(geography))
    names = seen.select("station", "area").unique().with_columns(bare=skeleton(pl.col("station")))
    names = (
        names.join(above, on="area")
        .group_by("above")
        .agg(stations=pl.col("station").n_unique(), bare=pl.col("bare").n_unique())
    )
    most = pl.DataFrame(list(expected.items()), schema={"above": pl.String, "most": pl.Int64}, orient="row")
    names = names.join(most, on="above", how="left")
    crowded = names.filter((pl.col("bare") < pl.col("stations")) | (pl.col("stations") > pl.col("most")))
    return frozenset(crowded["above"]) | _strangers(seen, above, listed)


def _strangers(seen: pl.DataFrame, above: pl.DataFrame, listed: pl.DataFrame) -> frozenset[str]:
    """Return the areas with a whole list of stations in which a copy is from a station that is not on it."""
    if not listed.height:
        return frozenset()
    known = listed.select("station", "area").join(above, on="area")
    places = seen.select("station", "area").unique().join(above, on="area")
    places = places.filter(pl.col("above").is_in(known["above"].unique().implode()))
    return frozenset(places.join(known, on=["station", "above"], how="anti")["above"])
