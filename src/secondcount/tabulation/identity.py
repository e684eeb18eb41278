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
    plain = name.str.normalize("NFKC").str.to_lowercase().str.replace_all(r"[#\s]|n°", "")
    plain = plain.str.replace(r"^no\.?([0-9])", "$1")  # NFKC makes "No" of "№"
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
    distinct = seen.select("station", "area").unique()
    most = pl.DataFrame(list(expected.items()), schema={"above": pl.String, "most": pl.Int64}, orient="row")
    names = _names(distinct, above).join(most, on="above", how="left")
    crowded = names.filter((pl.col("bare") < pl.col("stations")) | (pl.col("stations") > pl.col("most")))
    return frozenset(crowded["above"]) | _strangers(distinct, above, listed)


def _names(distinct: pl.DataFrame, above: pl.DataFrame) -> pl.DataFrame:
    """Return for each area how many stations were seen in it, and how many there are if names alike are one.

    Where no two rows are alike anywhere, stations are counted area by area and never looked at above.
    """
    named = distinct.with_columns(bare=_bare(distinct["station"]))
    if named["bare"].n_unique() == named.height:
        counts = named.group_by("area").agg(stations=pl.len().cast(pl.Int64))
        counts = counts.join(above, on="area").group_by("above").agg(pl.col("stations").sum())
        return counts.with_columns(bare=pl.col("stations"))
    inside = named.join(above, on="area").group_by("above")
    return inside.agg(stations=pl.col("station").n_unique(), bare=pl.col("bare").n_unique())


def _bare(names: pl.Series) -> pl.Series:
    """Return the skeletons of names; numbers, which most are, only lose their leading zeros."""
    if names.str.contains(r"^[0-9]+$").all():
        return names.str.replace(r"^0+([0-9])", "$1")
    return names.to_frame("name").select(skeleton(pl.col("name")))["name"]


def _strangers(seen: pl.DataFrame, above: pl.DataFrame, listed: pl.DataFrame) -> frozenset[str]:
    """Return the areas with a whole list of stations in which a copy is from a station that is not on it."""
    if not listed.height:
        return frozenset()
    elsewhere = seen.join(listed, on=["station", "area"], how="anti")
    known = listed.select("station", "area").join(elsewhere, on="station", how="semi").join(above, on="area")
    whole = listed.select("area").unique().join(above, on="area")["above"].unique()
    places = elsewhere.join(above, on="area").filter(pl.col("above").is_in(whole.implode()))
    return frozenset(places.join(known, on=["station", "above"], how="anti")["above"])
