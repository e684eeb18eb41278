"""Several copies of one station's protocol: one row where they agree, none where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from secondcount.model.codes import make_issue
from secondcount.model.election import Contest
from secondcount.model.issue import Issue, Where
from secondcount.model.tables import CellState
from secondcount.tabulation.lineage import Lineages, above_frame
from secondcount.tabulation.listing import listed

__all__ = ["Merged", "merge_copies", "usable_columns"]

CORROBORATED = 4  # provenance level of a protocol that a second independent copy confirms
SHOWN_CELLS = 5  # differing cells written out in one issue

_STATES = (
    CellState.READ,
    CellState.ILLEGIBLE,  # somebody saw writing there
    CellState.STRUCK,
    CellState.BLANK,
    CellState.REFUSED,
    CellState.ABSENT,
    CellState.UNKNOWN,
)
"""What copies of one station say of a cell, the most telling first: that is the state of the merged row."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Merged:
    """Copies of stations that have several: `usable` one row per station, `conflicting` the copies that differ."""

    usable: pl.DataFrame
    conflicting: pl.DataFrame
    issues: tuple[Issue, ...]


def usable_columns(contest: Contest) -> tuple[str, ...]:
    """Return the columns of the usable rows: station, area, level, states, basis, then the contest's cells."""
    return ("station", "area", "level", "states", "basis", *contest.cells)


def merge_copies(
    several: pl.DataFrame, contest: Contest, areas: Lineages, alone: frozenset[str] = frozenset()
) -> Merged:
    """Return the copies of stations with more than one row as agreed rows and conflicting copies.

    Copies agree when every cell that two of them show has one number, and when the areas that they name lie on one
    line of the hierarchy. An agreed row has every number that any copy shows, the deepest area, and the least level
    over the contestants' numbers, each taken at the highest level of a copy that shows it: no number gains a level
    from a copy on which it cannot be read.

    Level 4 is where the copies corroborate each other: two copies, different in copy number AND in collector, both
    collectors named (blanks and case ignored) and both copies of level 1 or higher, each showing every contestant's
    number that any copy of the station shows. Two copies from one collector confirm nothing; neither do copies from
    nobody, whatever name stands in the column, nor those whose bases are in `alone`.
    """
    spread = _spread(several, contest.cells, [one.id for one in contest.contestants]).join(
        _deepest(several, areas), on="station"
    )
    differing = pl.any_horizontal(*(pl.col(f"least:{cell}") != pl.col(f"most:{cell}") for cell in contest.cells))
    spread = spread.with_columns(differs=differing.fill_null(value=False))
    agreed = spread.filter(~pl.col("differs") & pl.col("one_place"))
    apart = spread.filter(pl.col("differs") | ~pl.col("one_place")).sort("station")
    conflicting = several.join(apart.select("station"), on="station", how="semi")
    # Figures before bases: the order of what is told must not hang on digests, which differ between file and archive.
    conflicting = conflicting.sort("station", "copy", "version", *contest.cells, "area", "basis")
    rows = several.join(agreed.select("station"), on="station", how="semi")
    usable = _merged_rows(rows, agreed, contest, alone)
    filled = ("S104", CellState.BLANK), ("S109", CellState.STRUCK)
    more = (issue for code, state in filled for issue in _filled(code, state, rows, agreed, contest))
    return Merged(usable=usable, conflicting=conflicting, issues=(*_conflicts(conflicting, apart, contest), *more))


def _level_of(votes: Sequence[str]) -> pl.Expr:
    """Return the level of a station's merged row: the least, over its numbers, of the highest level showing each."""
    shown = [pl.col("level").filter(pl.col(cell).is_not_null()).max() for cell in votes]
    return pl.coalesce(pl.min_horizontal(*shown), pl.col("level").max()).alias("level")


def _spread(several: pl.DataFrame, cells: Sequence[str], votes: Sequence[str]) -> pl.DataFrame:
    """Return the least and the greatest number that the copies of each station show, cell by cell."""
    return several.group_by("station").agg(
        *(pl.col(cell).min().alias(f"least:{cell}") for cell in cells),
        *(pl.col(cell).max().alias(f"most:{cell}") for cell in cells),
        _level_of(votes),
        pl.col("basis").unique().sort().str.join(" "),
    )


def _deepest(several: pl.DataFrame, areas: Lineages) -> pl.DataFrame:
    """Return each station's deepest named area, and whether all its other areas contain it."""
    depths = {area: len(line) for area, line in areas.items()}
    depth = pl.col("area").replace_strict(list(depths), list(depths.values()), return_dtype=pl.Int64)
    named = several.select("station", "area").unique().with_columns(depth=depth)
    deepest = named.sort("station", "depth", "area", descending=[False, True, False]).unique("station", keep="first")
    pairs = above_frame(areas).rename({"area": "deepest", "above": "area"})
    beside = named.join(deepest.select("station", deepest="area"), on="station")
    beside = beside.join(pairs, on=["deepest", "area"], how="anti")
    return deepest.select("station", "area", one_place=~pl.col("station").is_in(beside["station"].implode()))


def _merged_rows(rows: pl.DataFrame, agreed: pl.DataFrame, contest: Contest, alone: frozenset[str]) -> pl.DataFrame:
    """Return one row per station from copies that agree."""
    witnesses = rows.filter(~pl.col("basis").is_in(sorted(alone))) if alone else rows
    confirmed = _confirmed(witnesses, agreed, contest)
    level = pl.when(pl.col("station").is_in(confirmed.implode())).then(CORROBORATED).otherwise(pl.col("level"))
    merged = agreed.join(_merged_states(rows, contest.cells), on="station").with_columns(level=level.cast(pl.Int64))
    numbers = (pl.col(f"least:{cell}").alias(cell) for cell in contest.cells)
    return merged.select("station", "area", "level", "states", "basis", *numbers)


def _confirmed(rows: pl.DataFrame, agreed: pl.DataFrame, contest: Contest) -> pl.Series:
    """Return the stations whose contestants' numbers stand on two independent copies.

    Copies as edges between copy numbers and collectors: if no two edges are disjoint, all share a copy number or all
    share a collector (a bipartite graph has no triangle). So two numbers and two collectors among the full copies
    already give one independent pair.
    """
    votes = [one.id for one in contest.contestants]
    shown = pl.sum_horizontal(*(pl.col(cell).is_not_null().cast(pl.Int64) for cell in votes))
    union = agreed.select("station", *(pl.col(f"least:{cell}").alias(cell) for cell in votes))
    union = union.select("station", shown_by_any=shown)
    full = rows.with_columns(shown=shown, who=pl.col("collector").fill_null("").str.strip_chars().str.to_lowercase())
    full = full.join(union, on="station").filter(
        (pl.col("shown") == pl.col("shown_by_any")) & (pl.col("shown") > 0) & (pl.col("who") != "")
    )
    sides = full.filter(pl.col("level") >= 1).group_by("station").agg(pl.col("copy", "who").n_unique())
    return sides.filter((pl.col("copy") >= 2) & (pl.col("who") >= 2))["station"]


def _merged_states(rows: pl.DataFrame, cells: Sequence[str]) -> pl.DataFrame:
    """Return each station's states: read where any copy shows a number, else the most telling of what they say."""
    if not rows.height or not cells:
        return rows.select("station", "states").unique("station", keep="first")
    marks = [one.value for one in _STATES]
    ranks = list(range(len(marks)))
    columns = {f"state:{place}": pl.col("states").str.slice(place, 1) for place in range(len(cells))}
    ranked = (
        mark.replace_strict(marks, ranks, return_dtype=pl.Int8).min().alias(name) for name, mark in columns.items()
    )
    grouped = rows.group_by("station").agg(*ranked)
    back = (pl.col(name).replace_strict(ranks, marks, return_dtype=pl.String) for name in columns)
    return grouped.select("station", states=pl.concat_str(*back))


def _conflicts(conflicting: pl.DataFrame, apart: pl.DataFrame, contest: Contest) -> tuple[Issue, ...]:
    """Return an issue for each station whose copies differ: S101 in their numbers, S102 in their areas."""
    by_cell = conflicting.group_by("station", maintain_order=True).agg(
        *(pl.col(cell).cast(pl.String).fill_null("–").str.join(" | ") for cell in contest.cells),
        pl.col("area").unique(maintain_order=True).str.join(", ").alias("named areas"),
        pl.col("basis").alias("bases"),
    )
    flags = {f"differs:{cell}": pl.col(f"least:{cell}") != pl.col(f"most:{cell}") for cell in contest.cells}
    marked = apart.select("station", "area", "differs", "one_place", **flags).join(by_cell, on="station")
    marked = marked.sort("station")

    def numbers_issue(row: Mapping[str, object]) -> Issue:
        return _numbers_issue(row, contest)

    return (
        *listed("S101", marked.filter("differs"), numbers_issue),
        *listed("S102", marked.filter(~pl.col("one_place")), lambda row: _areas_issue(row, contest)),
    )


def _numbers_issue(row: Mapping[str, object], contest: Contest) -> Issue:
    cells = [cell for cell in contest.cells if row[f"differs:{cell}"]]
    where = Where(contest=contest.id, area=str(row["area"]), station=str(row["station"]), cell=cells[0])
    return make_issue(
        "S101",
        where,
        basis=_bases(row),
        count=len(cells),
        shown="; ".join(f"{cell} {row[cell]}" for cell in cells[:SHOWN_CELLS]),
    )


def _areas_issue(row: Mapping[str, object], contest: Contest) -> Issue:
    where = Where(contest=contest.id, station=str(row["station"]))
    return make_issue("S102", where, basis=_bases(row), areas=str(row["named areas"]))


def _bases(row: Mapping[str, object]) -> tuple[str, ...]:
    bases = row["bases"]
    return tuple(str(one) for one in bases) if isinstance(bases, list) else ()


def _filled(
    code: str, state: CellState, rows: pl.DataFrame, agreed: pl.DataFrame, contest: Contest
) -> tuple[Issue, ...]:
    """Return an issue for each cell that is blank, or struck out, on one copy and has a number on another."""
    doubtful = rows.filter(pl.col("states").str.contains(state.value, literal=True))
    numbers = agreed.select("station", "area", *(pl.col(f"least:{cell}").alias(cell) for cell in contest.cells))
    found: list[pl.DataFrame] = []
    for place, cell in enumerate(contest.cells):
        blank = doubtful.filter(pl.col("states").str.slice(place, 1) == state.value).select("station")
        filled = numbers.filter(pl.col(cell).is_not_null()).join(blank, on="station", how="semi")
        found.append(filled.select("station", "area", pl.lit(cell).alias("cell"), pl.col(cell).alias("number")))
    return listed(code, pl.concat(found).sort("station", "cell"), lambda row: _filled_issue(code, row, contest))


def _filled_issue(code: str, row: Mapping[str, object], contest: Contest) -> Issue:
    where = Where(contest=contest.id, area=str(row["area"]), station=str(row["station"]), cell=str(row["cell"]))
    return make_issue(code, where, number=int(str(row["number"])))
