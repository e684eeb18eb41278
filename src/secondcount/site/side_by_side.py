"""First copy, second copy, published figure and their difference, station by station: what the tables are made of.

Wide rows are made for a slice of stations at a time, so that a million stations never stand in memory at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from types import MappingProxyType

import polars as pl

from secondcount.model.election import Contest
from secondcount.model.record import Record
from secondcount.model.tables import empty_sheets
from secondcount.tabulation import (
    SnapshotComparison,
    StationComparison,
    Tabulation,
    compare_in_turn,
)
from secondcount.tabulation.sheet_checks import broken_identities
from secondcount.tabulation.turnout_by_area import TurnoutByArea, turnout_by_area
from secondcount.verdict.published import published_of
from secondcount.verdict.workings import Workings, worked_out

__all__ = [
    "MOST_STATIONS",
    "NO_WORKINGS",
    "SideBySide",
    "StationCell",
    "StationRow",
    "notable_rows",
    "side_by_side",
    "sides_of",
    "stations_file",
    "wide_rows",
    "wide_slices",
]

MOST_STATIONS = 2_000
"""So many stations that differ or break an identity are written out on the page and on the worksheet."""

_BITS = 63
"""So many cells have their bits in one integer."""

NO_WORKINGS: Mapping[str, Workings] = MappingProxyType({})

_ORDER = ("differs", "conflict", "unattributed", "copy_only", "no_table", "equal", "not_compared", "published_only")
"""Standings of a station, what must be looked at first."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SideBySide:
    """The copies of one contest beside the newest published row of each station.

    `keys` has one row per station of either side: station, area, standing, copies, level, cells (figures that
    differ), apart (contestants' votes between them), kinds (`tabulation.ChangeKind`, the primary one first, a blank
    between), compared (cells with a number on both sides), broken (ids of the identities it breaks, one a line),
    states_copy, states_published, basis_copy, publication, basis_published.
    Standings: "differs", "conflict" (copies contradict each other: no sum has them), "unattributed" (copy of nobody:
    it contradicts nothing), "copy_only", "no_table", "equal", "not_compared" (no cell read on both sides),
    "published_only".
    """

    contest: Contest
    keys: pl.DataFrame
    usable: pl.DataFrame
    several: pl.DataFrame  # station, nth (1 or 2) and the cells, for stations with more than one copy
    published: pl.DataFrame
    comparison: StationComparison | None  # None: nothing to compare with, or no attributed copy
    rows: tuple[StationRow, ...] = ()  # the first of `notable`, written out
    between: tuple[SnapshotComparison, ...] = ()  # each table of the authority against the one before it
    turnout: TurnoutByArea | None = None  # of the published rows, where they have what it takes

    @property
    def notable(self) -> pl.DataFrame:
        """Return the keys of stations that differ, contradict themselves or break an identity, largest gap first."""
        rank = pl.col("standing").replace_strict(_ORDER, range(len(_ORDER)), return_dtype=pl.Int64)
        found = self.keys.filter(pl.col("standing").is_in(["differs", "conflict"]) | (pl.col("broken") != ""))
        return found.sort(rank, "apart", "cells", "station", descending=[False, True, True, False])

    @property
    def has_second_copies(self) -> bool:
        """Return whether any station has more than one copy."""
        return bool(self.several.height)


@dataclass(frozen=True, slots=True, kw_only=True)
class StationCell:
    """One figure of one station; None is no number (unread, absent, refused: `states` says which)."""

    cell: str
    first: int | None
    second: int | None
    published: int | None
    difference: int | None  # usable copy - published; None where either has no number, or copies conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class StationRow:
    """One station that differs or breaks an identity, with the figures that matter."""

    station: str
    area: str
    standing: str
    level: int
    copies: int
    apart: int  # contestants' votes between copy and published row
    kinds: tuple[str, ...]  # `tabulation.ChangeKind`, the primary one first
    broken: tuple[str, ...]  # ids of identities
    cells: tuple[StationCell, ...]
    basis: tuple[str, ...]  # rows of the copies, then the published row


def side_by_side(record: Record, contest: Contest, workings: Workings | None = None) -> SideBySide | None:
    """Return both sides of a contest, or None where there is neither a copy nor a published station table.

    `workings` are those of the verdict on this record; without them everything is added up here.
    """
    known = workings.published if workings else published_of(record, contest)
    published = known.newest
    sheets = record.sheets.get(contest.id, empty_sheets(contest))
    if not published.height and not sheets.height:
        return None
    workings = workings or worked_out(record, contest, known)[0]
    copies, comparison = workings.copies, workings.comparison
    again = sheets["station"].is_duplicated()
    several = _several(sheets.filter(again), copies, contest)
    sides = SideBySide(
        contest=contest,
        keys=_keys(copies, published, comparison, contest).join(_counted(sheets, again), on="station", how="left"),
        usable=copies.usable,
        several=several,
        published=published,
        comparison=comparison,
        between=tuple(compare_in_turn(record.reported.get(contest.id, published), known.official, contest)),
        turnout=turnout_by_area(published, contest, record.election.geography),
    )
    return replace(sides, rows=notable_rows(sides))


def sides_of(record: Record, workings: Mapping[str, Workings] = NO_WORKINGS) -> Mapping[str, SideBySide]:
    """Return both sides of every contest that has a copy or a published station table."""
    found = ((one.id, side_by_side(record, one, workings.get(one.id))) for one in record.election.contests)
    return {contest: sides for contest, sides in found if sides is not None}


def stations_file(sides: Mapping[str, SideBySide], contest: str) -> str:
    """Return the name of a contest's table of stations: `stations.csv` where only one contest has one."""
    return "stations.csv" if len(sides) == 1 else f"stations-{contest}.csv"


def _counted(sheets: pl.DataFrame, again: pl.Series) -> pl.DataFrame:
    """Return how many copies each station has; only stations met `again` need their copies told apart."""
    several = sheets.filter(again).group_by("station").agg(copies=pl.struct("copy", "collector").n_unique())
    single = sheets.select("station").filter(~again).with_columns(copies=pl.lit(1, pl.Int64))
    return pl.concat([single, several.with_columns(pl.col("copies").cast(pl.Int64))])


def _several(again: pl.DataFrame, copies: Tabulation, contest: Contest) -> pl.DataFrame:
    """Return the first two copies of each station that has several: of the sheets of stations met `again`.

    Copies that contradict each other are those that tabulation set against each other; of copies that agree,
    the latest version of each counts, and none of nobody's beside one that has a sender.
    """
    agreeing = again.join(copies.usable, on="station", how="semi").filter(
        (pl.col("level") > 0) | (pl.col("level").max().over("station") == 0)
    )
    agreeing = agreeing.sort("version", "basis", descending=[True, False])
    agreeing = agreeing.unique(["station", "copy", "collector"], keep="first", maintain_order=True)
    ordered = pl.concat([agreeing, copies.conflicting]).sort("station", "copy", "version", "collector", "basis")
    numbered = ordered.with_columns(nth=pl.int_range(pl.len(), dtype=pl.Int64).over("station") + 1)
    wanted = numbered.filter((pl.len().over("station") > 1) & (pl.col("nth") <= 2))
    return wanted.select("station", "nth", *contest.cells)


def _keys(
    copies: Tabulation, published: pl.DataFrame, comparison: StationComparison | None, contest: Contest
) -> pl.DataFrame:
    """Return the key rows of `SideBySide`, sorted by station."""
    lots = [contest.cells[start : start + _BITS] for start in range(0, len(contest.cells), _BITS)]
    read, read_there = ([f"read{side}_{place}" for place in range(len(lots))] for side in ("", "_published"))
    theirs = published.select(
        *("station", "area", "publication"),
        *map(_read, read_there, lots),
        states_published="states",
        basis_published="basis",
    )
    ours = _ours(copies, [_read(name, lot) for name, lot in zip(read, lots, strict=True)])
    both = ours.join(theirs, on="station", how="full", coalesce=True)
    both = both.join(_apart(comparison, contest), on="station", how="left")
    both = both.join(_broken(copies.usable, contest), on="station", how="left")
    filled = both.with_columns(
        pl.coalesce("area", "area_copy").alias("area"),
        pl.col("cells", "apart").fill_null(0),
        pl.col("broken", "kinds").fill_null(""),
        compared=_both_read(read, read_there),
    )
    standing = filled.with_columns(standing=_standing(has_table=published.height > 0))
    return standing.drop("conflict", *read, *read_there).sort("station")


def _ours(copies: Tabulation, read: Sequence[pl.Expr]) -> pl.DataFrame:
    """Return one row per station with copies, and what was `read` of it where they do not contradict each other."""
    named = ("station", "area", "level", "states", "basis")
    conflicting = copies.conflicting.group_by("station", maintain_order=True).agg(
        pl.col("area").first(),
        pl.col("level").max(),
        pl.lit("").alias("states"),
        pl.col("basis").unique(maintain_order=True).str.join(" "),
    )
    usable = copies.usable.select(*named, *read, pl.lit(value=False).alias("conflict"))
    against = conflicting.select(named).with_columns(conflict=pl.lit(value=True))
    return pl.concat([usable, against], how="diagonal").rename(
        {"basis": "basis_copy", "states": "states_copy", "area": "area_copy"}
    )


def _standing(*, has_table: bool) -> pl.Expr:
    return (
        pl.when(pl.col("conflict").is_null())
        .then(pl.lit("published_only"))
        .when(pl.col("conflict"))
        .then(pl.lit("conflict"))
        .when(pl.col("publication").is_null())
        .then(pl.lit("copy_only" if has_table else "no_table"))
        .when(pl.col("compared") == 0)
        .then(pl.lit("not_compared"))
        .when(pl.col("level") == 0)
        .then(pl.lit("unattributed"))
        .when(pl.col("cells") > 0)
        .then(pl.lit("differs"))
        .otherwise(pl.lit("equal"))
    )


def _apart(comparison: StationComparison | None, contest: Contest) -> pl.DataFrame:
    """Return for each station that differs how many figures do, how many votes lie between them, and of which kind."""
    if comparison is None:
        return pl.DataFrame(schema={"station": pl.String, "cells": pl.Int64, "apart": pl.Int64, "kinds": pl.String})
    votes = comparison.differing.filter(pl.col("cell").is_in([one.id for one in contest.contestants]))
    apart = votes.group_by("station").agg(apart=pl.col("difference").abs().sum())
    return comparison.stations.select("station", "cells", "kinds").join(apart, on="station", how="left")


def _read(name: str, cells: Sequence[str]) -> pl.Expr:
    """Return which of these cells hold a number, a bit for each."""
    bits = (pl.col(one).is_not_null().cast(pl.UInt64) * pl.lit(1 << at, pl.UInt64) for at, one in enumerate(cells))
    return reduce(add, bits, pl.lit(0, pl.UInt64)).alias(name)


def _both_read(copy: Sequence[str], published: Sequence[str]) -> pl.Expr:
    """Return in how many cells both sides have a number, 0 where one side is not there, from the bits of `_read`."""
    both = ((pl.col(one) & pl.col(other)).bitwise_count_ones() for one, other in zip(copy, published, strict=True))
    return reduce(add, (one.cast(pl.Int64).fill_null(0) for one in both), pl.lit(0, pl.Int64))


def _broken(usable: pl.DataFrame, contest: Contest) -> pl.DataFrame:
    found = broken_identities(usable, contest)
    return found.group_by("station", maintain_order=True).agg(pl.col("identity").str.join("\n").alias("broken"))


def wide_rows(sides: SideBySide, keys: pl.DataFrame) -> pl.DataFrame:
    """Return key rows with four columns per cell: `<cell>.copy`, `.copy_2`, `.published` and `.difference`.

    `.copy` is the usable copy, or the first of copies that contradict each other; the difference is taken from the
    usable copy, so contradicting copies have none.
    """
    return next(wide_slices(sides, keys, max(keys.height, 1)))


def wide_slices(sides: SideBySide, keys: pl.DataFrame, size: int) -> Iterator[pl.DataFrame]:
    """Yield the wide rows of so many keys at a time, at least one frame; the sides are searched through only once."""
    parts = {
        "usable": sides.usable,
        "first": sides.several.filter(pl.col("nth") == 1),
        "copy_2": sides.several.filter(pl.col("nth") == 2),
        "published": sides.published,
    }
    places = keys.select(_place(keys, frame).alias(name) for name, frame in parts.items())
    several = keys.select(pl.col("station").is_in(sides.several["station"].unique().implode())).to_series()
    for start in range(0, max(keys.height, 1), size):
        at = places.slice(start, size)
        found = [
            frame.select(pl.col(one).gather(at[name]).alias(f"{one}.{name}") for one in sides.contest.cells)
            for name, frame in parts.items()
        ]
        rows = pl.concat([keys.slice(start, size), *found], how="horizontal")
        yield _set_side_by_side(rows, keys.columns, several.slice(start, size), sides.contest)


def _place(keys: pl.DataFrame, frame: pl.DataFrame) -> pl.Series:
    """Return the row of a frame that each key has there, null where it has none."""
    rows = frame.select("station").with_row_index("place")
    if keys.height < frame.height // 2:  # few keys: what they do not ask for need not be searched
        rows = rows.join(keys, on="station", how="semi")
    return keys.select("station").join(rows, on="station", how="left", maintain_order="left")["place"]


def _set_side_by_side(rows: pl.DataFrame, keys: Sequence[str], several: pl.Series, contest: Contest) -> pl.DataFrame:
    columns: list[pl.Expr] = []
    for one in contest.cells:
        copy = pl.when(several).then(pl.col(f"{one}.first")).otherwise(pl.col(f"{one}.usable"))
        columns += [
            copy.alias(f"{one}.copy"),
            pl.col(f"{one}.copy_2"),
            pl.col(f"{one}.published"),
            (pl.col(f"{one}.usable") - pl.col(f"{one}.published")).alias(f"{one}.difference"),
        ]
    return rows.select(*keys, *columns)


def notable_rows(sides: SideBySide, most: int = MOST_STATIONS) -> tuple[StationRow, ...]:
    """Return the first stations of `SideBySide.notable`, each with the figures that matter."""
    named = {one.id: frozenset(one.cells) for one in sides.contest.form.identities}
    rows = wide_rows(sides, sides.notable.head(most))
    return tuple(_row(row, sides.contest.cells, named) for row in rows.iter_rows(named=True))


def _row(row: Mapping[str, object], cells: tuple[str, ...], named: Mapping[str, frozenset[str]]) -> StationRow:
    broken = tuple(str(row["broken"]).splitlines())
    concerned = frozenset[str]().union(*(named[one] for one in broken))
    every = (_cell(row, one) for one in cells)
    differs = row["standing"] == "differs"
    bases = f"{row['basis_copy'] or ''} {row['basis_published'] or ''}"
    return StationRow(
        station=str(row["station"]),
        area=str(row["area"] or ""),
        standing=str(row["standing"]),
        level=_number(row["level"]) or 0,
        copies=_number(row["copies"]) or 0,
        apart=_number(row["apart"]) or 0,
        kinds=tuple(str(row["kinds"]).split()),
        broken=broken,
        cells=tuple(
            one for one in every if one.cell in concerned or (differs and one.difference) or _apart_copies(one)
        ),
        basis=tuple(bases.split()),
    )


def _apart_copies(one: StationCell) -> bool:
    return one.first is not None and one.second is not None and one.first != one.second


def _cell(row: Mapping[str, object], cell: str) -> StationCell:
    first, second, published, difference = (
        _number(row[f"{cell}.{part}"]) for part in ("copy", "copy_2", "published", "difference")
    )
    return StationCell(cell=cell, first=first, second=second, published=published, difference=difference)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None
