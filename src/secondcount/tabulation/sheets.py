"""Copies of protocols -> one usable row per station, sums of every area, and what the copies contradict."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from secondcount.model.codes import make_issue
from secondcount.model.doubts import Doubts
from secondcount.model.election import Contest
from secondcount.model.geography import Geography
from secondcount.model.issue import Issue, Where
from secondcount.tabulation.copies import merge_copies, usable_columns
from secondcount.tabulation.lineage import Lineages, deepest_first, lineages
from secondcount.tabulation.listing import listed
from secondcount.tabulation.result import AreaSum
from secondcount.tabulation.sums import area_sums, area_table

__all__ = ["Tabulation", "from_level", "tabulate"]

NO_DOUBTS = Doubts()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tabulation:
    """The copies of one contest, added up.

    `usable` has one row per station, sorted by station: station, area, level, states, basis, then the contest's
    cells. `conflicting` has the copies (columns of `model.tables.sheet_schema`) of stations whose copies differ:
    they are in no sum. `table` has the sums of every area with copies (`sums.area_table`); `sums` are the same as
    values, of the areas that were asked for, from the deepest up to the root.
    """

    usable: pl.DataFrame
    table: pl.DataFrame
    sums: tuple[AreaSum, ...]
    conflicting: pl.DataFrame
    issues: tuple[Issue, ...]


def tabulate(
    sheets: pl.DataFrame,
    contest: Contest,
    geography: Geography,
    *,
    wanted: frozenset[str] | None = None,
    doubts: Doubts = NO_DOUBTS,
) -> Tabulation:
    """Return the sums of the copies, at most one row per station, whatever the order of the rows.

    1. An area that the election does not have becomes the root (S103). A copy of level 0 of a station that also has
       an attributed copy is set aside (S107): whoever sends it can neither replace nor contradict an attributed one.
    2. Of each collector's copy the latest version counts (S106 says how many were replaced), unless its level is
       lower; all other rows of a station are treated as copies of each other, so that none of them is preferred.
    3. Several copies of one station become one row where they agree (`copies.merge_copies` says what agreeing and
       corroborating mean); where they differ the station is left out of every sum (S101, S102; S108 where nobody
       stands behind any of them). The copies of a station in doubt are in conflict, whatever they show.
    4. Sums are taken of every area with a usable row and of everything that contains it. A cell that is no number
       adds nothing and is counted as unread.

    Args:
        sheets: frame of `model.tables.sheet_schema`.
        contest: the contest.
        geography: the areas.
        wanted: the areas whose sums are wanted as values (`Tabulation.sums`); None = all.
        doubts: which copies must not be used, or corroborate nothing.

    """
    areas = lineages(geography)
    everything, unplaced = _placed(sheets, contest, geography)
    placed, disputed = _undisputed(everything, doubts.stations.get(contest.id, frozenset()))
    attributed = placed.filter(pl.col("level") > 0)
    nobodys = placed.filter(pl.col("level") <= 0).join(attributed.select("station"), on="station", how="anti")
    known, unknown = (_merge(one, contest, areas, doubts.alone) for one in (attributed, nobodys))
    usable = pl.concat([known.usable, unknown.usable])
    usable = usable[usable["station"].arg_sort()]  # a station has one row; `sort` would hold it all in memory twice
    table = area_table(usable, contest.cells, areas)
    issues = (
        *unplaced,
        *_counted("S107", placed.height - attributed.height - nobodys.height, contest),
        *_counted("S106", known.replaced + unknown.replaced, contest),
        *known.issues,
        *_counted("S108", unknown.conflicting["station"].n_unique(), contest),
        *_too_many(table, contest, geography, areas),
    )
    return Tabulation(
        usable=usable,
        table=table,
        sums=area_sums(table, contest.cells, areas, wanted),
        conflicting=pl.concat([known.conflicting, unknown.conflicting, disputed]),
        issues=issues,
    )


def _undisputed(sheets: pl.DataFrame, stations: frozenset[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the copies of all other stations, and those of the stations in doubt."""
    if not stations:
        return sheets, sheets.clear()
    in_doubt = pl.col("station").is_in(sorted(stations))
    return sheets.filter(~in_doubt), sheets.filter(in_doubt)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Merged:
    """Copies of stations, one usable row each, and those that differ."""

    usable: pl.DataFrame
    conflicting: pl.DataFrame
    replaced: int  # copies that a later version replaced
    issues: tuple[Issue, ...]


def _merge(copies: pl.DataFrame, contest: Contest, areas: Lineages, silent: frozenset[str]) -> _Merged:
    """Return the latest versions of the copies, merged station by station (steps 2 and 3 of `tabulate`)."""
    several = copies["station"].is_duplicated()  # most stations have one row: it stands as it is
    latest = _latest(copies.filter(several))
    again = latest["station"].is_duplicated()
    columns = list(usable_columns(contest))
    merged = merge_copies(latest.filter(again), contest, areas, silent)
    alone = (copies.select(columns).filter(~several), latest.select(columns).filter(~again))
    return _Merged(
        usable=pl.concat([*alone, merged.usable.select(columns)]),
        conflicting=merged.conflicting,
        replaced=int(several.sum()) - latest.height,
        issues=merged.issues,
    )


def from_level(
    tabulation: Tabulation,
    level: int,
    contest: Contest,
    geography: Geography,
    *,
    wanted: frozenset[str] | None = None,
) -> Tabulation:
    """Return the same copies without those below a provenance level: a contradiction rests on level 1 or higher."""
    areas = lineages(geography)
    usable = tabulation.usable.filter(pl.col("level") >= level)
    table = tabulation.table
    if usable.height < tabulation.usable.height:
        table = area_table(usable, contest.cells, areas)
    sums = area_sums(table, contest.cells, areas, wanted)
    return replace(tabulation, usable=usable, table=table, sums=sums, issues=())


def _latest(copies: pl.DataFrame) -> pl.DataFrame:
    """Return the copies without those that a later version replaced.

    Only whoever gave a copy can replace it (same station, copy number and collector), and never by a version of a
    lower provenance level: what cannot replace is another copy, and differs or agrees like any other.
    """
    given = ["station", "copy", "collector"]
    strongest = copies.group_by(*given, "version").agg(pl.col("level").max().alias("strength"))
    strongest = strongest.sort("version", descending=True).with_columns(
        later=pl.col("strength").cum_max().shift(1).over(given)
    )
    beside = copies.join(strongest, on=[*given, "version"], how="left", nulls_equal=True, maintain_order="left")
    return beside.filter(pl.col("later").is_null() | (pl.col("later") < pl.col("level"))).select(copies.columns)


def _placed(sheets: pl.DataFrame, contest: Contest, geography: Geography) -> tuple[pl.DataFrame, tuple[Issue, ...]]:
    """Return the copies with every unknown area replaced by the root, and S103 for each such copy."""
    known = pl.col("area").is_in([area.id for area in geography.areas]).fill_null(value=False)
    strays = sheets.filter(~known).sort("station", "copy", "version", "area", "basis")
    if not strays.height:
        return sheets, ()
    placed = sheets.with_columns(area=pl.when(known).then(pl.col("area")).otherwise(pl.lit(geography.root.id)))
    issues = listed(
        "S103",
        strays,
        lambda row: make_issue(
            "S103",
            Where(contest=contest.id, station=str(row["station"])),
            basis=(str(row["basis"]),),
            name=str(row["area"] or ""),
        ),
    )
    return placed, issues


def _counted(code: str, count: int, contest: Contest) -> tuple[Issue, ...]:
    return (make_issue(code, Where(contest=contest.id), count=count),) if count else ()


def _too_many(table: pl.DataFrame, contest: Contest, geography: Geography, areas: Lineages) -> tuple[Issue, ...]:
    """Return S105 for each area with usable copies from more stations than it officially has."""
    expected = {area.id: area.stations for area in geography.areas if area.stations is not None}
    crowded = {
        area: seen for area, seen in table.select("area", "stations").iter_rows() if seen > expected.get(area, seen)
    }
    return tuple(
        make_issue("S105", Where(contest=contest.id, area=area), seen=crowded[area], expected=expected[area])
        for area in deepest_first(frozenset(crowded), areas)
    )
