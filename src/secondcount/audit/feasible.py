"""What the stations without a copy can do to an assertion: the two feasible sets and their worst cases.

Sums of simplices are a simplex, so only totals matter (audit-methods 4.2): the unseen votes Y are whole numbers >= 0
with sum Y <= U under CAP and sum Y = U under TURNOUT. Hence L over all completions runs from L(A) + worst x U to
L(A) + best x U, and both ends are attained. The constant of L enters once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from secondcount.audit.linear import is_true, value_on
from secondcount.audit.pile import Pile
from secondcount.audit.result import Assertion, Bound, Completion, Feasible, Refusal

__all__ = ["LIMIT", "Scene", "bound_of", "completion", "is_met", "scene_of", "sum_of", "unseen_mass", "with_all_in"]

LIMIT = 2**62
"""Sums that could come near the end of Int64 are formed in Python, which has no end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What an assertion is bounded on: the copies' totals, and what the unseen stations can hold."""

    pile: Pile
    feasible: Feasible
    copies: Mapping[str, int]
    peaks: Mapping[str, int]  # the largest number in each column of the copies
    unseen: int  # votes (TURNOUT) or ballots (CAP)

    @property
    def stations_unseen(self) -> int | None:
        """Return the number of stations without a copy, None where N is not known."""
        return None if self.pile.stations is None else self.pile.stations - self.pile.seen

    @property
    def mass_column(self) -> str:
        """Return the column that says what one station can hold."""
        if self.feasible is Feasible.CAP:
            return "cap"
        return "turnout" if "turnout" in self.pile.sheets.columns else "cast"

    def worst(self, assertion: Assertion) -> int:
        """Return the least that one unseen vote adds to L: c_min, and under CAP not more than 0 (nobody votes)."""
        least = min(factor for _, factor in assertion.coefficients)
        return min(0, least) if self.feasible is Feasible.CAP else least

    def best(self, assertion: Assertion) -> int:
        """Return the most that one unseen vote adds to L: c_max, and under CAP not less than 0."""
        most = max(factor for _, factor in assertion.coefficients)
        return max(0, most) if self.feasible is Feasible.CAP else most


def scene_of(pile: Pile, feasible: Feasible) -> Scene | Refusal:
    """Return what to bound on, or the reason (C121 to C125) why this feasible set cannot be formed."""
    unseen = unseen_mass(pile, feasible)
    if isinstance(unseen, Refusal):
        return unseen
    peaks = _peaks(pile)
    return Scene(pile=pile, feasible=feasible, copies=_totals(pile, peaks), peaks=peaks, unseen=unseen)


def _peaks(pile: Pile) -> dict[str, int]:
    """Return the largest absolute value of every column of numbers."""
    turnout = [one for one in ("turnout",) if one in pile.sheets.columns]
    columns = ("cap", "cast", *turnout, *pile.categories)
    if pile.sheets.height == 0:
        return dict.fromkeys(columns, 0)
    return {
        name: _whole(one) for name, one in pile.sheets.select(pl.col(columns).abs().max()).row(0, named=True).items()
    }


def _totals(pile: Pile, peaks: Mapping[str, int]) -> dict[str, int]:
    """Return the exact sum of every category over all copies."""
    if max(peaks.values()) * pile.sheets.height >= LIMIT:
        return {cell: sum_of(pile.sheets[cell]) for cell in pile.categories}
    sums = pile.sheets.select(pl.col(pile.categories).sum()).row(0, named=True)
    return {cell: _whole(one) for cell, one in sums.items()}


def unseen_mass(pile: Pile, feasible: Feasible) -> int | Refusal:
    """Return what all stations without a copy can hold; with a copy of every station that is nothing."""
    stations, seen = pile.stations, pile.seen
    if not pile.identified:
        return Refusal(code="C144")
    if stations is not None and seen > stations:
        return Refusal(code="C125", values=(("sheets", seen), ("stations", stations)))
    if seen == stations:
        return 0
    known = pile.unseen_cap if feasible is Feasible.CAP else pile.unseen_cast
    if known is None:
        return Refusal(code="C121" if feasible is Feasible.CAP else "C122")
    if known < 0:
        return Refusal(code="C124" if feasible is Feasible.CAP else "C123", values=(("excess", -known),))
    return known


def sum_of(column: pl.Series) -> int:
    """Return the exact sum of a column of whole numbers, however large."""
    if column.len() == 0:
        return 0
    low, high = column.min(), column.max()
    if max(abs(_whole(low)), abs(_whole(high))) * column.len() < LIMIT:
        return _whole(column.sum())
    return sum(column.to_list())


def _whole(value: object) -> int:
    """Return a value of a whole-number column as an int."""
    if not isinstance(value, int):
        raise TypeError(value)
    return value


def bound_of(assertion: Assertion, scene: Scene) -> Bound:
    """Return the line of a certificate: what L is on the copies, and the least that it can be in the end."""
    on_copies, worst = value_on(assertion, scene.copies), scene.worst(assertion)
    return Bound(
        assertion=assertion,
        on_copies=on_copies,
        worst_coefficient=worst,
        unseen=scene.unseen,
        least=on_copies + worst * scene.unseen,
    )


def is_met(bound: Bound) -> bool:
    """Return whether the assertion is true in every completion: L_min > 0 if strict, >= 0 otherwise."""
    return is_true(bound.assertion, bound.least)


def with_all_in(scene: Scene, assertion: Assertion, *, highest: bool) -> dict[str, int]:
    """Return the totals if every unseen vote goes where L is highest (or lowest); under CAP perhaps nowhere."""
    chosen = scene.best(assertion) if highest else scene.worst(assertion)
    cell = next((name for name, factor in assertion.coefficients if factor == chosen), "")
    return {name: count + (scene.unseen if name == cell else 0) for name, count in scene.copies.items()}


def completion(totals: Mapping[str, int], *, holds: bool) -> Completion:
    """Return totals as a witness."""
    return Completion(totals=tuple(totals.items()), holds=holds)
