"""What kind of change lies between two tables of one contest, station by station: a typing slip, a move, an annulment.

A class says how figures differ, never why: every class has innocent explanations. Only numbers that both tables show
are compared; a total in which a number is unread is not known, and no class that needs it is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from secondcount.model.election import Contest
from secondcount.model.form import Role

__all__ = [
    "AFTER",
    "ChangeKind",
    "Direction",
    "KindCount",
    "Pairs",
    "ballot_cells",
    "classify",
    "counted_kinds",
    "differences",
    "directions",
    "paired",
]

AFTER = "?"
"""Suffix of the second table's columns in a frame of pairs."""

_DIGITS = 19  # of the largest 64-bit number


class ChangeKind(StrEnum):
    """Classes of a station's change, the most telling first: the first that holds is the primary one.

    Cells are ballot cells (`ballot_cells`) unless other lines are named.
    """

    ANNULLED = "annulled"  # votes before, and every ballot cell is zero after
    ZERO_BEFORE = "zero_before"  # every ballot cell was zero before, and some is not after
    INVALID_ONLY = "invalid_only"  # only invalid or blank ballots differ
    SWAP = "swap"  # the figures of two contestants have changed places, all else is equal
    TRANSPOSITION = "transposition"  # one number, two of its digits have changed places
    ONE_DIGIT = "one_digit"  # one number, one of its digits differs
    MOVED = "moved"  # the ballots are as many as before; votes moved between contestants
    MOVED_INVALID = "moved_invalid"  # as many ballots; moved between contestants and invalid or blank ballots
    BALLOTS = "ballots"  # more or fewer ballots than before
    UNTOLD = "untold"  # votes differ, and an unread number leaves open whether the ballots are as many
    OTHER_LINES = "other_lines"  # no ballot cell differs: lines such as registered voters do
    EMPTIED = "emptied"  # a number stood there before, none stands there now
    FILLED = "filled"  # no number before, one now
    NEW_SHEET = "new_sheet"  # the station is in the later table only
    REMOVED_SHEET = "removed_sheet"  # the station is in the earlier table only


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """How many stations have a class: as their primary one, and at all."""

    kind: ChangeKind
    primary: int
    stations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """Where the changes took one ballot cell: net votes, and in how many stations it gained and lost."""

    cell: str
    net: int
    gained: int
    lost: int


def ballot_cells(contest: Contest) -> tuple[str, ...]:
    """Return the cells that together are the ballots found: contestants, and invalid and blank ballots.

    Blank ballots have no role of their own: they are the lines that a base adds to contestants. A line that is
    itself a sum (valid ballots, voters who took part) is never one of them.
    """
    contestants = [one.id for one in contest.contestants]
    sums = (Role.VALID, Role.TOOK_PART, Role.IN_BOXES, Role.REGISTERED, Role.ADDED, Role.ISSUED, Role.RECEIVED)
    added = {cell for base in contest.bases if set(base.cells) & set(contestants) for cell in base.cells}
    lines = [
        line.id
        for line in contest.form.lines
        if line.role is Role.INVALID or (line.id in added and line.role not in sums)
    ]
    return (*lines, *contestants)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """The stations of two tables: how many both have, and those whose numbers differ, side by side.

    `rows` has station, area, basis and cells, each but the station again with `AFTER`.
    """

    compared: int
    rows: pl.DataFrame


def paired(before: pl.DataFrame, after: pl.DataFrame, cells: Sequence[str], *, one_sided: bool) -> Pairs:
    """Return the stations that both tables have; of half a million, only those that differ are laid side by side.

    Args:
        before: the earlier table, a station at most once.
        after: the later table, a station at most once.
        cells: the cells that are compared.
        one_sided: whether a number that only one of the tables shows is a difference too.

    """
    places = _places(before["station"], after["station"])
    old, new = places["before"], places["after"]
    differ = pl.repeat(value=False, n=places.height, dtype=pl.Boolean, eager=True)
    for cell in cells:
        here, there = before[cell].gather(old), after[cell].gather(new)
        apart = here.ne_missing(there) if one_sided else (here != there).fill_null(value=False)
        differ = differ | apart
    columns = ("area", "basis", *cells)
    left = before.select("station", *columns)[old.filter(differ)]
    right = after.select(pl.col(one).alias(f"{one}{AFTER}") for one in columns)[new.filter(differ)]
    return Pairs(compared=places.height, rows=pl.concat([left, right], how="horizontal"))


def _places(before: pl.Series, after: pl.Series) -> pl.DataFrame:
    """Return where each station of both tables stands in the one and in the other."""
    one, two = (
        stations.alias("station").to_frame().with_row_index(name)
        for name, stations in (("before", before), ("after", after))
    )
    return one.join(two, on="station", how="inner").select("before", "after")


def differences(pairs: pl.DataFrame, cells: Sequence[str]) -> pl.DataFrame:
    """Return one row per station and cell with two different numbers (a null compares as neither equal nor different).

    Columns: station, area, cell, before, after, and the bases of both (basis, `basis?`).
    """
    head = ("station", "area", "basis", f"basis{AFTER}")
    parts = [
        pairs.filter(pl.col(cell) != pl.col(f"{cell}{AFTER}")).select(
            *head, cell=pl.lit(cell), before=pl.col(cell), after=pl.col(f"{cell}{AFTER}")
        )
        for cell in cells
    ]
    return pl.concat(parts).sort("station", "cell")


def classify(
    pairs: pl.DataFrame, differing: pl.DataFrame, contest: Contest, *, one_sided: bool = True
) -> pl.DataFrame:
    """Return one row per station of `pairs` with its classes, sorted by station; all its rows are taken as changed.

    Columns: station, area, basis, `basis?`, kind (primary), kinds (all that hold, by a blank apart), cells (how many
    differ), ballots_before, ballots_after, ballots_change (null where a number of them is unread).

    Args:
        pairs: rows of `paired` that differ (`differences`), or in which a number appeared or went.
        differing: `differences` of these rows over all cells of the contest.
        contest: the contest.
        one_sided: whether a number on one side only is a class of its own (EMPTIED, FILLED).

    """
    ballots = ballot_cells(contest)
    votes = [one.id for one in contest.contestants]
    totals = pairs.select(
        "station",
        "area",
        "basis",
        f"basis{AFTER}",
        *_totals(ballots),
        emptied=_any_went(contest.cells, "", AFTER) & one_sided,
        filled=_any_went(contest.cells, AFTER, "") & one_sided,
    )
    facts = differing.group_by("station").agg(*_facts(ballots, votes))
    joined = totals.join(facts, on="station", how="left").with_columns(
        pl.col("cells", "ballot_cells", "vote_cells").fill_null(0)
    )
    told = joined.with_columns(ballots_change=pl.col("ballots_after") - pl.col("ballots_before"))
    holds = {kind: rule.fill_null(value=False) for kind, rule in _rules().items()}
    return told.select(
        "station",
        "area",
        "basis",
        f"basis{AFTER}",
        kind=pl.coalesce(*(pl.when(rule).then(pl.lit(kind.value)) for kind, rule in holds.items())),
        kinds=pl.concat_str(
            *(pl.when(rule).then(pl.lit(kind.value)) for kind, rule in holds.items()), separator=" ", ignore_nulls=True
        ),
        cells=pl.col("cells").cast(pl.Int64),
        ballots_before=pl.col("ballots_before"),
        ballots_after=pl.col("ballots_after"),
        ballots_change=pl.col("ballots_change"),
    ).sort("station")


def _totals(ballots: Sequence[str]) -> tuple[pl.Expr, pl.Expr]:
    """Return the ballots of both tables, null where a cell of them is no number."""
    before = pl.sum_horizontal(*ballots, ignore_nulls=False).cast(pl.Int64)
    after = pl.sum_horizontal(*(f"{cell}{AFTER}" for cell in ballots), ignore_nulls=False).cast(pl.Int64)
    return before.alias("ballots_before"), after.alias("ballots_after")


def _any_went(cells: Sequence[str], there: str, gone: str) -> pl.Expr:
    """Return whether some cell is a number in one table and none in the other."""
    went = (pl.col(f"{one}{there}").is_not_null() & pl.col(f"{one}{gone}").is_null() for one in cells)
    return pl.any_horizontal(*went)


def _facts(ballots: Sequence[str], votes: Sequence[str]) -> tuple[pl.Expr, ...]:
    """Return what the differing cells of one station show, for `group_by`."""
    ballot, vote = pl.col("cell").is_in(list(ballots)), pl.col("cell").is_in(list(votes))
    before, after = (pl.col(one).filter(ballot).cast(pl.Int128) for one in ("before", "after"))
    return (
        pl.len().alias("cells"),
        ballot.sum().alias("ballot_cells"),
        vote.sum().alias("vote_cells"),
        # Two pairs of numbers are the same pair when their sums and the sums of their squares are.
        ((before.sum() == after.sum()) & ((before * before).sum() == (after * after).sum())).alias("swapped"),
        before.first().cast(pl.Int64).alias("before"),  # of a station with one differing number: that number
        after.first().cast(pl.Int64).alias("after"),
    )


def _digit(column: str, place: int) -> pl.Expr:
    digit: pl.Expr = pl.col(column) // 10**place % 10
    return digit


def _digits_apart() -> pl.Expr:
    """Return in how many decimal digits two numbers differ, the shorter one filled up with leading zeros."""
    apart = (_digit("before", place) != _digit("after", place) for place in range(_DIGITS))
    return pl.sum_horizontal(*apart)


def _transposed() -> pl.Expr:
    """Return whether two numbers differ by two digits that have changed places."""
    old = [_digit("before", place) for place in range(_DIGITS)]
    new = [_digit("after", place) for place in range(_DIGITS)]
    same_sum: pl.Expr = pl.sum_horizontal(*old) == pl.sum_horizontal(*new)
    same_squares: pl.Expr = pl.sum_horizontal(*(one * one for one in old)) == pl.sum_horizontal(
        *(one * one for one in new)
    )
    two: pl.Expr = _digits_apart() == 2
    return two & same_sum & same_squares


def _rules() -> Mapping[ChangeKind, pl.Expr]:
    """Return the rule of each class that a pair of sheets can have, the primary one first."""
    before, after, change = pl.col("ballots_before"), pl.col("ballots_after"), pl.col("ballots_change")
    differ, votes = pl.col("ballot_cells"), pl.col("vote_cells")
    return {
        ChangeKind.ANNULLED: (before > 0) & (after == 0),
        ChangeKind.ZERO_BEFORE: (before == 0) & (after > 0),
        ChangeKind.INVALID_ONLY: (differ > 0) & (votes == 0),
        ChangeKind.SWAP: (differ == 2) & (votes == 2) & pl.col("swapped"),
        ChangeKind.TRANSPOSITION: (differ == 1) & _transposed(),
        ChangeKind.ONE_DIGIT: (differ == 1) & (_digits_apart() == 1),
        ChangeKind.MOVED: (change == 0) & (votes >= 2) & (votes == differ),
        ChangeKind.MOVED_INVALID: (change == 0) & (votes >= 1) & (votes < differ),
        ChangeKind.BALLOTS: change != 0,
        ChangeKind.UNTOLD: (differ > 0) & change.is_null(),
        ChangeKind.OTHER_LINES: (differ == 0) & (pl.col("cells") > 0),
        ChangeKind.EMPTIED: pl.col("emptied"),
        ChangeKind.FILLED: pl.col("filled"),
    }


def counted_kinds(changed: pl.DataFrame, new: int = 0, removed: int = 0) -> tuple[KindCount, ...]:
    """Return how many stations of `classify` have each class, in the order of `ChangeKind`; none with no station."""
    primary = dict(changed.group_by("kind").len().iter_rows())
    padded = pl.concat_str(pl.lit(" "), pl.col("kinds"), pl.lit(" "))  # "moved" is no part of "moved_invalid"
    at_all = changed.select(
        padded.str.contains(f" {kind.value} ", literal=True).sum().alias(kind.value) for kind in ChangeKind
    ).row(0, named=True)
    for kind, count in ((ChangeKind.NEW_SHEET, new), (ChangeKind.REMOVED_SHEET, removed)):
        primary[kind.value] = at_all[kind.value] = count
    counts = (KindCount(kind=one, primary=primary.get(one.value, 0), stations=at_all[one.value]) for one in ChangeKind)
    return tuple(one for one in counts if one.stations)


def directions(differing: pl.DataFrame, cells: Sequence[str]) -> tuple[Direction, ...]:
    """Return the net change (after - before) of each cell that changed anywhere, in the order of `cells`."""
    change = pl.col("after").cast(pl.Int128) - pl.col("before")
    found = {
        cell: Direction(cell=cell, net=net, gained=gained, lost=lost)
        for cell, net, gained, lost in differing.group_by("cell")
        .agg(net=change.sum(), gained=(change > 0).sum(), lost=(change < 0).sum())
        .iter_rows()
    }
    return tuple(found[cell] for cell in cells if cell in found)
