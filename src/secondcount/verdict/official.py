"""The official side of a contest: which publication counts, its votes, its seats, and its denominators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

import polars as pl

from secondcount.model.election import Contest
from secondcount.model.form import Role
from secondcount.model.publication import Publication, Quantity, Stage
from secondcount.model.rule import Base
from secondcount.verdict.result import Announced, BaseTotal

__all__ = ["Official", "area_counts", "area_publication", "base_totals", "official_side"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """What the authority published for the whole contest.

    `publication` is the newest one that gives the votes of every contestant for the whole area ("" = none);
    `votes` are its votes. Where two sources disagree, the first in the definition or file is used
    and the disagreement is an Issue of its own.
    """

    publication: str
    votes: Mapping[str, int]
    invalid: Mapping[str, int]  # the line of invalid ballots, where the same publication gives it
    announced: tuple[Announced, ...]


def area_counts(figures: pl.DataFrame, contest: Contest, publication: str, area: str) -> dict[str, int]:
    """Return the exact published counts of one area in one publication: cell id -> count."""
    rows = figures.filter(
        (pl.col("publication") == publication)
        & (pl.col("area") == area)
        & (pl.col("quantity") == Quantity.COUNT.value)
        & (pl.col("rounding") == 0)
        & pl.col("contest").is_in(["", contest.id])
    )
    found: dict[str, int] = {}
    for cell, value, decimals in rows.select("cell", "value", "decimals").iter_rows():
        if decimals == 0:
            found.setdefault(cell, value)
    return found


def official_side(figures: pl.DataFrame, contest: Contest, publications: Sequence[Publication], root: str) -> Official:
    """Return the newest complete set of votes for the whole contest, and the newest announced seats."""
    chosen = area_publication(figures, contest, publications, root)
    counts = area_counts(figures, contest, chosen, root) if chosen else {}
    votes = {one.id: counts[one.id] for one in contest.contestants} if chosen else {}
    line = contest.form.line_of(Role.INVALID)
    invalid = {line.id: counts[line.id]} if line and line.id in counts else {}
    announced = _announced(figures, contest, publications, root)
    return Official(publication=chosen, votes=votes, invalid=invalid, announced=announced)


def area_publication(figures: pl.DataFrame, contest: Contest, publications: Sequence[Publication], area: str) -> str:
    """Return the newest publication with the votes of every contestant in this area ("" = none).

    Figures that are one side's account alone are never "the official votes".
    """
    wanted = [one.id for one in contest.contestants]
    for publication in reversed(publications):
        counts = area_counts(figures, contest, publication.id, area)
        official = publication.stage is not Stage.VOTING and not publication.one_side
        if official and all(cell in counts for cell in wanted):
            return publication.id
    return ""


def _announced(
    figures: pl.DataFrame, contest: Contest, publications: Sequence[Publication], root: str
) -> tuple[Announced, ...]:
    """Return the seats of the newest publication that announces any."""
    rows = figures.filter(
        (pl.col("quantity") == Quantity.SEATS.value)
        & (pl.col("area") == root)
        & pl.col("contest").is_in(["", contest.id])
    )
    for publication in reversed(publications):
        mine = rows.filter(pl.col("publication") == publication.id)
        if mine.height:
            seats = dict[str, int]()
            for cell, value in mine.select("cell", "value").iter_rows():
                seats.setdefault(cell, value)
            return tuple(
                Announced(contestant=cell, seats=value, publication=publication.id) for cell, value in seats.items()
            )
    return ()


def base_totals(figures: pl.DataFrame, contest: Contest, official: Official, root: str) -> tuple[BaseTotal, ...]:
    """Return every denominator: its published total, or the bounds that rounded figures imply."""
    counts = area_counts(figures, contest, official.publication, root) if official.publication else {}
    found = []
    for base in contest.bases:
        if all(cell in counts for cell in base.cells):
            total = sum(counts[cell] for cell in base.cells)
            found.append(
                BaseTotal(base=base.id, total=total, publication=official.publication, least=total, most=total)
            )
        else:
            found.append(_bounded(figures, contest, official, root, base))
    return tuple(found)


def _bounded(figures: pl.DataFrame, contest: Contest, official: Official, root: str, base: Base) -> BaseTotal:
    """Return what is known of a denominator that was not published: whoever voted for somebody took part."""
    line = contest.form.line_of(Role.TOOK_PART)
    if line is None or base.cells != (line.id,) or not official.votes:
        return BaseTotal(base=base.id, total=None)
    least, most = _took_part_bounds(figures, contest, root)
    least = max(sum(official.votes.values()), least or 0)
    if most is not None and most < least:
        most = None  # fewer voters than votes: these figures bound nothing
    return BaseTotal(base=base.id, total=None, least=least, most=most)


def _took_part_bounds(figures: pl.DataFrame, contest: Contest, root: str) -> tuple[int | None, int | None]:
    """Return the whole numbers between which turnout x register lies, by the newest rounded figures of both."""
    line = contest.form.line_of(Role.REGISTERED)
    here = figures.filter((pl.col("area") == root) & pl.col("contest").is_in(["", contest.id]))
    registers = here.filter(
        (pl.col("quantity") == Quantity.COUNT.value) & (pl.col("cell") == (line.id if line else ""))
    )
    turnouts = here.filter(pl.col("quantity") == Quantity.TURNOUT.value)
    both = set(registers["publication"]) & set(turnouts["publication"])
    if not both:
        return None, None
    register_low, register_high = _interval(registers.filter(pl.col("publication").is_in(both)).row(-1, named=True))
    turnout_low, turnout_high = _interval(turnouts.filter(pl.col("publication").is_in(both)).row(-1, named=True))
    least, most = -floor(-(register_low * turnout_low / 100)), floor(register_high * turnout_high / 100)
    return least, most


def _interval(row: Mapping[str, object]) -> tuple[Fraction, Fraction]:
    """Return the ends between which a rounded figure's true value lies (half a rounding step each way)."""
    value, decimals, rounding = (int(str(row[name])) for name in ("value", "decimals", "rounding"))
    unit = Fraction(1, 10**decimals)
    half = Fraction(rounding, 2)
    return (value - half) * unit, (value + half) * unit
