"""Rows that speak of the same copy of the same protocol: repeated, contradicting, or two copies without numbers.

Which row gets which copy number depends on what the rows say, never on their order in the file.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from secondcount.intake.remarks import no_remarks, remarks
from secondcount.model.geography import Geography

__all__ = ["Distinct", "distinct_copies", "distinct_stations", "name_troubles"]

_KEY = ("station", "copy", "version")
_SHEET = ("station", "version")


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct:
    """A frame in which nothing stands twice, and what was found on the way."""

    frame: pl.DataFrame
    remarks: pl.DataFrame


def distinct_copies(frame: pl.DataFrame, cells: tuple[str, ...]) -> Distinct:
    """Return copies with distinct numbers: repeated rows once, other figures as further copies (remarked).

    `frame` has the columns of `sheet_schema` but "basis", and "line".
    """
    if frame["station"].n_unique() == frame.height:  # the usual case, and much quicker to see
        return Distinct(frame=frame, remarks=no_remarks())
    twice = frame.select(pl.struct(_KEY).is_duplicated()).to_series()
    if not twice.any():
        return Distinct(frame=frame, remarks=no_remarks())
    kept, repeated = _once(frame.filter(twice))
    numbered = _numbered(kept, frame, ("states", *cells))
    found = (repeated, _contradictions(numbered))
    whole = pl.concat([frame.filter(~twice), numbered.select(frame.columns)]).sort("line")
    return Distinct(frame=whole, remarks=pl.concat(found))


def _once(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return rows without exact repetitions, and a note for each repetition."""
    content = [name for name in rows.columns if name != "line"]
    counted = rows.sort("line").with_columns(first=pl.col("line").first().over(content))
    again = counted.filter(pl.col("line") != pl.col("first"))
    note = remarks(again, "T160", station=pl.col("station"), other=pl.col("first"))
    return counted.filter(pl.col("line") == pl.col("first")).drop("first"), note


def _numbered(rows: pl.DataFrame, frame: pl.DataFrame, figures: tuple[str, ...]) -> pl.DataFrame:
    """Return the rows with a copy number for each set of figures: one keeps its number, others get the next free ones.

    Rows with the same figures keep the same number, whoever brought them: nobody said that they are two papers.
    """
    highest = frame.group_by(_SHEET).agg(highest=pl.col("copy").max())
    told = pl.struct(figures)
    ranked = rows.sort("station", "version", "copy", *figures).with_columns(
        rank=told.rank("dense").over(_KEY).cast(pl.Int64) - 1,
        rivals=pl.len().over(_KEY).cast(pl.Int64),
        first=pl.col("line").min().over(_KEY),
    )
    started = (pl.col("rank") > 0) & (pl.col("rank") != pl.col("rank").shift(1).over(_KEY))
    further = started.cast(pl.Int64).cum_sum().over(_SHEET)
    joined = ranked.with_columns(further=further).join(highest, on=list(_SHEET), how="left", maintain_order="left")
    copy = pl.when(pl.col("rank") > 0).then(pl.col("highest") + pl.col("further")).otherwise("copy")
    return joined.with_columns(copy=copy, contradicts=(pl.col("rank").max() > 0).over(_KEY))


def _contradictions(rows: pl.DataFrame) -> pl.DataFrame:
    """Return one remark for each row after the first of its number: other figures, or the same from elsewhere."""
    later = rows.filter(pl.col("rivals") > 1, pl.col("line") != pl.col("first"))
    code = pl.when("contradicts").then(pl.lit("T161")).otherwise(pl.lit("T162"))
    return remarks(later, code, station=pl.col("station"), number=pl.col("rivals"), other=pl.col("first"))


def distinct_stations(frame: pl.DataFrame, cells: tuple[str, ...], root: str) -> Distinct:
    """Return an authority's table with each station once; cells on which its rows differ become unknown (remarked).

    `frame` has "line", "station", "area", "states" and the cells; rows that differ in area give the root.
    """
    twice = frame.select(pl.col("station").is_duplicated()).to_series()
    if not twice.any():
        return Distinct(frame=frame, remarks=no_remarks())
    kept, repeated = _once(frame.filter(twice))
    first = pl.col("line").min().over("station")
    later = kept.with_columns(first=first).filter(pl.col("line") != pl.col("first"))
    remark = remarks(later, "T163", station=pl.col("station"), other=pl.col("first"))
    merged = _merged(kept, cells, root).select(frame.columns)
    whole = pl.concat([frame.filter(~twice), merged]).sort("line")
    return Distinct(frame=whole, remarks=pl.concat([repeated, remark]))


def _merged(rows: pl.DataFrame, cells: tuple[str, ...], root: str) -> pl.DataFrame:
    """Return one row for each station: what all its rows say, unknown where they differ."""
    sign = {cell: pl.col("states").str.slice(number, 1) for number, cell in enumerate(cells)}
    agreed = {cell: (pl.struct(cell, sign[cell].alias("sign")).n_unique() == 1) for cell in cells}
    grouped = rows.sort("line").group_by("station", maintain_order=True)
    return grouped.agg(
        pl.col("line").first(),
        pl.when(pl.col("area").n_unique() == 1).then(pl.col("area").first()).otherwise(pl.lit(root)).alias("area"),
        pl.concat_str(pl.when(agreed[cell]).then(sign[cell].first()).otherwise(pl.lit("u")) for cell in cells).alias(
            "states"
        ),
        *(pl.when(agreed[cell]).then(pl.col(cell).first()).alias(cell) for cell in cells),
    )


def name_troubles(frame: pl.DataFrame, geography: Geography) -> pl.DataFrame:
    """Return remarks on names of stations that look like one station and may be two, or the other way round."""
    return pl.concat([_zero_twins(frame), _two_areas(frame, geography)])


def _zero_twins(frame: pl.DataFrame) -> pl.DataFrame:
    station = frame["station"]
    bare = station.str.strip_chars_start("0")
    if not station.str.starts_with("0").any() or bare.n_unique() == station.n_unique():
        return no_remarks()
    named = frame.select("line", "station", bare=bare).group_by("bare", "station").agg(pl.col("line").min())
    twins = named.sort("station").group_by("bare", maintain_order=True)
    found = twins.agg(
        pl.col("line").max(), pl.col("station").last(), spellings=pl.col("station").str.join(", "), count=pl.len()
    )
    return remarks(found.filter(pl.col("count") > 1), "T139", station=pl.col("station"), value=pl.col("spellings"))


def _two_areas(frame: pl.DataFrame, geography: Geography) -> pl.DataFrame:
    """Remark on stations in areas of which none contains the others; a region and a district of it are one place."""
    repeated = frame.filter(pl.col("station").is_duplicated(), pl.col("area") != geography.root.id)
    spread = repeated.group_by("station").agg(pl.col("line").max(), areas=pl.col("area").unique().sort())
    places = spread["areas"].unique().to_list()
    apart = [one for one in places if not any(set(one) <= set(geography.lineage(area)) for area in one)]
    found = spread.filter(pl.col("areas").is_in(pl.Series(apart, dtype=pl.List(pl.String)).implode()))
    return remarks(found, "T164", station=pl.col("station"), value=pl.col("areas").list.join(", "))
