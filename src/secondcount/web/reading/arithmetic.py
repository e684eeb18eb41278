"""The identities of a form, worked out with what one person typed: told after the reading is committed.

Before that a reader sees no arithmetic. A sheet may break its own identities, and somebody who sees that while typing
is tempted to type what adds up; two readers would then make the same "correction" independently. A typing slip costs a
third reading of one cell instead, and is found by the other reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from secondcount.model.election import Contest
from secondcount.model.form import Identity, Linear, Relation
from secondcount.transcription.cells import CellRead

__all__ = ["Worked", "work_out"]

_SIGNS = {Relation.EQUAL: "≠=", Relation.AT_MOST: ">≤", Relation.AT_LEAST: "<≥"}
"""What stands between the two sides: where the relation does not hold, where it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """One identity with numbers in it."""

    label: str
    left: str  # "500"
    sign: str  # as it is: "=", "≤", "≥" where it holds, else "≠", ">", "<"
    right: str  # "480 + 30 = 510"
    difference: int  # left minus right
    holds: bool
    hard: bool


def work_out(contest: Contest, cells: Mapping[str, CellRead], language: str) -> tuple[Worked, ...]:
    """Return the identities all of whose cells hold a number; of the others nothing can be said."""
    numbers = {name: one.value for name, one in cells.items() if one.value is not None}
    return tuple(_worked(one, numbers, language) for one in contest.form.identities if _names(one) <= numbers.keys())


def _names(identity: Identity) -> set[str]:
    return {name for side in (identity.left, identity.right) for _, name in side.terms}


def _worked(identity: Identity, numbers: Mapping[str, int], language: str) -> Worked:
    left, right = (_sum(side, numbers) for side in (identity.left, identity.right))
    holds = {
        Relation.EQUAL: left == right,
        Relation.AT_MOST: left <= right,
        Relation.AT_LEAST: left >= right,
    }[identity.relation]
    return Worked(
        label=identity.labels.get(language),
        left=_written(identity.left, numbers, left),
        sign=_SIGNS[identity.relation][holds],
        right=_written(identity.right, numbers, right),
        difference=left - right,
        holds=holds,
        hard=identity.hard,
    )


def _sum(side: Linear, numbers: Mapping[str, int]) -> int:
    return side.constant + sum(factor * numbers[name] for factor, name in side.terms)


def _written(side: Linear, numbers: Mapping[str, int], total: int) -> str:
    """Return a side as it is worked out: "480 + 30 = 510"; the total alone where there is nothing to work out."""
    parts = [_term(factor, numbers[name]) for factor, name in side.terms]
    if side.constant:
        parts.append(_term(1, side.constant))
    text = " ".join(parts).removeprefix("+ ")
    return text if len(parts) == 1 and text == str(total) else f"{text or 0} = {total}"


def _term(factor: int, number: int) -> str:
    sign = "−" if factor * number < 0 else "+"
    return f"{sign} {abs(number)}" if abs(factor) == 1 else f"{sign} {abs(factor)} × {abs(number)}"
