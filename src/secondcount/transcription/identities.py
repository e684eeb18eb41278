"""Whether the numbers of one sheet fit the sheet's own identities: three-valued, and nothing is corrected by it.

A sheet that breaks an identity is accepted as it stands; the broken identity is named beside it. Readers see what they
broke only after their reading is complete.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from secondcount.model.election import Contest
from secondcount.model.form import Identity, Linear, Relation
from secondcount.transcription.cells import CellRead, numbers_of

__all__ = ["Broken", "broken_among", "broken_identities", "cells_of", "sum_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """An identity that does not hold, with both sides in numbers."""

    identity: str  # id
    left: int
    relation: str  # as in the definition: "==", "<=", ">="
    right: int
    hard: bool


def broken_identities(contest: Contest, cells: Mapping[str, CellRead]) -> tuple[Broken, ...]:
    """Return which identities of the form do not hold, hard ones first.

    An identity with a cell that holds no number, or was not read, says nothing: it is neither kept nor broken.
    """
    found = broken_among(contest.form.identities, numbers_of(cells))
    return tuple(sorted(found, key=lambda one: not one.hard))


def broken_among(identities: tuple[Identity, ...], numbers: Mapping[str, int]) -> tuple[Broken, ...]:
    """Return which of some identities do not hold of some numbers."""
    sides = [(one, sum_of(one.left, numbers), sum_of(one.right, numbers)) for one in identities]
    return tuple(
        Broken(identity=one.id, left=left, relation=one.relation.value, right=right, hard=one.hard)
        for one, left, right in sides
        if left is not None and right is not None and not _holds(left, one.relation, right)
    )


def sum_of(side: Linear, numbers: Mapping[str, int]) -> int | None:
    """Return one side of an identity, None where a cell of it holds no number."""
    total = side.constant
    for times, cell in side.terms:
        if cell not in numbers:
            return None
        total += times * numbers[cell]
    return total


def _holds(left: int, relation: Relation, right: int) -> bool:
    match relation:
        case Relation.EQUAL:
            return left == right
        case Relation.AT_MOST:
            return left <= right
        case Relation.AT_LEAST:
            return left >= right


def cells_of(identity: Identity) -> tuple[str, ...]:
    """Return the cells that an identity speaks of, each once, in its order."""
    return tuple(dict.fromkeys(cell for side in (identity.left, identity.right) for _, cell in side.terms))
