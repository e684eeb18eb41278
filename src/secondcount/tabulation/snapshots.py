"""Two station tables of one contest, one published after the other: what changed, what was added, what is gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from secondcount.model.codes import make_issue
from secondcount.model.election import Contest
from secondcount.model.issue import Issue, Where
from secondcount.model.publication import Publication
from secondcount.tabulation.changes import (
    AFTER,
    ChangeKind,
    Direction,
    KindCount,
    classify,
    counted_kinds,
    differences,
    directions,
    paired,
)
from secondcount.tabulation.listing import first_names

__all__ = ["SnapshotComparison", "check_snapshots", "check_tables", "compare_in_turn", "compare_snapshots"]

SHOWN = 10  # stations named in one issue; all are in the frames

_TOLD = {
    ChangeKind.ANNULLED: "R414",
    ChangeKind.EMPTIED: "R415",
    ChangeKind.SWAP: "R416",
    ChangeKind.MOVED: "R417",
}
"""Classes of change that the reader is told of by name, each in one issue."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SnapshotComparison:
    """What became of the stations of an earlier table in a later one.

    `changed` has one row per station with another number, or with a number that appeared or went (`changes.classify`).
    `differing` has one row per station and cell with two different numbers: station, area, cell, before, after,
    difference (after - before), basis_before, basis_after. `added` and `removed` are the rows of the later and of the
    earlier table whose station the other one does not have.
    """

    earlier: str  # publication ids; "" where a table has no row
    later: str
    compared: int  # stations in both
    changed: pl.DataFrame
    differing: pl.DataFrame
    added: pl.DataFrame
    removed: pl.DataFrame
    one_cell: int  # stations with exactly one other number
    same_ballots: int  # stations with other numbers and as many ballots as before
    kinds: tuple[KindCount, ...]
    net: tuple[Direction, ...]  # by cell, over the stations in both


def compare_snapshots(earlier: pl.DataFrame, later: pl.DataFrame, contest: Contest) -> SnapshotComparison:
    """Return the comparison of two station tables (`model.tables.table_columns`), each with one row per station."""
    cells = contest.cells
    # A number on one side only counts as a change here: tables of an authority are typed, not read from photographs.
    pairs = paired(earlier, later, cells, one_sided=True)
    differing = differences(pairs.rows, cells)
    changed = classify(pairs.rows, differing, contest)
    added = later.join(earlier.select("station"), on="station", how="anti").sort("station")
    removed = earlier.join(later.select("station"), on="station", how="anti").sort("station")
    numbers = changed.filter(pl.col("cells") > 0)
    return SnapshotComparison(
        earlier=_publication(earlier),
        later=_publication(later),
        compared=pairs.compared,
        changed=changed.rename({"basis": "basis_before", f"basis{AFTER}": "basis_after"}),
        differing=_named(differing),
        added=added,
        removed=removed,
        one_cell=numbers.filter(pl.col("cells") == 1).height,
        same_ballots=numbers.filter(pl.col("ballots_change") == 0).height,
        kinds=counted_kinds(changed, added.height, removed.height),
        net=directions(differing, cells),
    )


def _publication(table: pl.DataFrame) -> str:
    return str(table["publication"][0]) if table.height else ""


def _named(differing: pl.DataFrame) -> pl.DataFrame:
    return differing.select(
        "station",
        "area",
        "cell",
        "before",
        "after",
        difference=pl.col("after") - pl.col("before"),
        basis_before=pl.col("basis"),
        basis_after=pl.col(f"basis{AFTER}"),
    )


def check_snapshots(comparison: SnapshotComparison, contest: Contest, *, revised: bool) -> tuple[Issue, ...]:
    """Return what the reader is told of two tables, one issue for each kind of change; the stations are in the frames.

    R410: no number changed. R411 (note, from a preliminary table to a final one) or R412 (unusual, within one stage):
    stations have other numbers. R413: stations are gone; a count that accumulates only adds stations, but a sheet can
    be withdrawn, or its station renamed, so this is unusual and no contradiction. R414: sheets became zero throughout.
    R415: numbers went. R416: two contestants' figures changed places. R417: votes moved, the ballots as many.

    Args:
        comparison: the comparison.
        contest: the contest.
        revised: whether the later table is of another stage than the earlier: changing it is what that stage is for.

    """
    if not comparison.compared:
        return ()
    where = Where(contest=contest.id, publication=comparison.later)
    return (_changed(comparison, where, revised=revised), *_gone(comparison, where), *_by_kind(comparison, where))


def check_tables(tables: pl.DataFrame, publications: Sequence[Publication], contest: Contest) -> tuple[Issue, ...]:
    """Return what the reader is told of each station table against the one before it (`check_snapshots`).

    Args:
        tables: frame of `model.tables.table_columns`, of several publications, a station at most once in each.
        publications: the publications whose tables follow each other, oldest first; tables of others are left out.
        contest: the contest.

    """
    stages = {one.id: one.stage for one in publications}
    return tuple(
        issue
        for one in compare_in_turn(tables, publications, contest)
        for issue in check_snapshots(one, contest, revised=stages[one.earlier] is not stages[one.later])
    )


def compare_in_turn(
    tables: pl.DataFrame, publications: Sequence[Publication], contest: Contest
) -> Iterator[SnapshotComparison]:
    """Yield the comparison of each station table with the one before it; arguments as `check_tables`."""
    listed = frozenset(tables["publication"])
    parts = [tables.filter(pl.col("publication") == one.id) for one in publications if one.id in listed]
    for earlier, later in pairwise(parts):
        yield compare_snapshots(earlier, later, contest)


def _changed(comparison: SnapshotComparison, where: Where, *, revised: bool) -> Issue:
    changed = comparison.changed.filter(pl.col("cells") > 0).height
    if not changed:
        return make_issue("R410", where, publication_earlier=comparison.earlier, compared=comparison.compared)
    return make_issue(
        "R411" if revised else "R412",
        where,
        publication_earlier=comparison.earlier,
        compared=comparison.compared,
        count=changed,
        one_cell=comparison.one_cell,
        same=comparison.same_ballots,
    )


def _gone(comparison: SnapshotComparison, where: Where) -> Iterator[Issue]:
    if comparison.removed.height:
        yield _naming("R413", comparison.removed, where, comparison.earlier)


def _by_kind(comparison: SnapshotComparison, where: Where) -> Iterator[Issue]:
    for kind, code in _TOLD.items():
        rows = comparison.changed.filter(pl.col("kinds").str.split(" ").list.contains(kind.value))
        if kind is ChangeKind.MOVED:
            rows = rows.filter(pl.col("kind") != ChangeKind.SWAP.value)  # told already
        if rows.height:
            yield _naming(code, rows, where, comparison.earlier)


def _naming(code: str, rows: pl.DataFrame, where: Where, earlier: str) -> Issue:
    bases = [one for one in ("basis_before", "basis_after", "basis") if one in rows.columns]
    return make_issue(
        code,
        where,
        basis=tuple(str(one) for column in bases for one in rows[column].head(SHOWN)),
        publication_earlier=earlier,
        count=rows.height,
        stations=first_names(rows["station"].to_list(), SHOWN),
    )
