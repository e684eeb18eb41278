"""The columns beside the figures: polling station, area, provenance level, copy, version, collector."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from secondcount.intake.matching import area_names
from secondcount.intake.reading import INVISIBLE, OVERRIDES
from secondcount.intake.remarks import no_remarks, remarks
from secondcount.intake.vocabulary import TOTAL_WORDS
from secondcount.model.geography import Geography

__all__ = ["UNSEEN", "Head", "Stations", "areas_of", "is_total", "small_numbers", "stations_of", "texts_of"]

UNSEEN = f"[{INVISIBLE}{OVERRIDES}\\x00-\\x08\\x0e-\\x1f\\x7f-\\x9f]"
"""Pattern of the characters that no name may hide: direction marks, joiners, control characters."""

_WRAPPED = r'^="([^"]*)"$'  # how spreadsheets are made to keep leading zeros
_DASHES = r"^[-‐‑–—−.?]*$"
_FORMULA = r"^[=@+]"
_TOTAL = "^(?:" + "|".join(map(re.escape, sorted(TOTAL_WORDS))) + r")(?:[\s:.]|$)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One head column, row for row, and what was odd in it."""

    values: pl.Series
    remarks: pl.DataFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class Stations:
    """The rows that belong to a polling station, named in the column "station"; remarks on the others."""

    rows: pl.DataFrame
    remarks: pl.DataFrame


def texts_of(rows: pl.DataFrame, column: str, header: str) -> Head:
    """Return a column of names: unseen characters removed and noted, white space as single spaces, Unicode NFC."""
    texts = rows[column]
    if not texts.str.contains(r"[^\x21-\x7e]").any():
        return Head(values=texts, remarks=no_remarks())
    seen = texts.str.replace_all(UNSEEN, "")
    changed = rows.select("line", value=texts).filter(seen != texts)
    note = remarks(changed.head(1), "T155", column=header, value=pl.col("value"), number=changed.height)
    return Head(values=seen.str.replace_all(r"\s+", " ").str.strip_chars().str.normalize("NFC"), remarks=note)


def is_total(names: pl.Expr) -> pl.Expr:
    """Return whether a name of a station or an area says that its row is a total."""
    return names.str.to_lowercase().str.contains(_TOTAL)


def stations_of(rows: pl.DataFrame, column: str, header: str) -> Stations:
    """Return the rows that name a polling station; leading zeros stay."""
    named = texts_of(rows, column, header)
    station = pl.col("station")
    wrapped = named.values.str.contains(_WRAPPED)
    texts = named.values.str.replace(_WRAPPED, "${1}") if wrapped.any() else named.values
    rows = rows.with_columns(station=texts.str.strip_chars())
    unwrapped = rows.filter(wrapped)
    code = (
        pl.when(station.str.contains(_DASHES))
        .then(pl.lit("T123"))
        .when(station.str.contains(_FORMULA))
        .then(pl.lit("T126"))
        .when(is_total(station))
        .then(pl.lit("T124"))
    )
    coded = rows.select("line", "station", code=code).filter(pl.col("code").is_not_null())
    kept = rows.filter(~pl.col("line").is_in(coded["line"].implode())) if coded.height else rows
    found = (
        named.remarks,
        remarks(unwrapped.head(1), "T165", column=header, value=station, number=unwrapped.height),
        remarks(coded, pl.col("code"), column=header, value=station),
    )
    return Stations(rows=kept, remarks=pl.concat(found))


def areas_of(rows: pl.DataFrame, column: str, header: str, geography: Geography, *, published: bool = False) -> Head:
    """Return the id of each row's area; a name that is not known, or fits several areas, is remarked on.

    A row of a station table then belongs to the root, for its station lies somewhere. A `published` figure of
    an unknown area belongs nowhere: its area is null; but a totals row there is the figure of the root.
    """
    named = texts_of(rows, column, header)
    table = _area_table(named.values.unique(), geography, published=published)
    found = rows.select("line", name=named.values).join(table, on="name", how="left", maintain_order="left")
    remarked = found.filter(pl.col("code") != "")
    return Head(
        values=found["area"],
        remarks=pl.concat([named.remarks, remarks(remarked, pl.col("code"), column=header, value=pl.col("name"))]),
    )


def _area_table(texts: pl.Series, geography: Geography, *, published: bool) -> pl.DataFrame:
    """Return the area and, where something is odd about it, the code of each distinct name."""
    names = area_names(geography)
    lost = None if published else geography.root.id
    totals = set(texts.to_frame("name").filter(is_total(pl.col("name")))["name"]) if published else set()
    rows: list[tuple[str, str | None, str]] = []
    for text in texts:
        ids = frozenset({text}) if geography.area(text) else names.find(text)
        if len(ids) == 1:
            rows.append((text, next(iter(ids)), ""))
        elif text in totals:
            rows.append((text, geography.root.id, "T178"))
        elif ids:
            rows.append((text, lost, "T128"))
        else:
            rows.append((text, lost, "T175" if published else "T127" if text else ""))
    return pl.DataFrame(rows, schema={"name": pl.String, "area": pl.String, "code": pl.String}, orient="row")


def small_numbers(rows: pl.DataFrame, column: str, header: str, *, low: int, high: int, code: str) -> Head:
    """Return a column of whole numbers from `low` to `high`; `low` where it is empty or (remarked) anything else."""
    text = rows[column].str.strip_chars()
    number = text.str.extract("^([0-9]{1,6})$").str.to_integer(strict=False)
    good = number.is_between(low, high).fill_null(value=False)
    wrong = rows.select("line", value=text).filter(~good & (text != ""))
    values = pl.select(pl.when(good).then(number).otherwise(low)).to_series().cast(pl.Int64)
    return Head(values=values, remarks=remarks(wrong, code, column=header, value=pl.col("value")))
