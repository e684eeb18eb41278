"""Whether the numbers of one sheet fit the sheet's own identities: three-valued, and nothing is corrected by it.

A sheet that breaks an identity is accepted as it stands; the broken identity is named beside it. Readers see what they
broke only after their reading is complete.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from secondcount.model.election import Contest
from secondcount.model.form import Identity
from secondcount.transcription.cells import CellRead, numbers_of

__all__ = ["Broken", "broken_among", "broken_identities"]


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
    read = (one for one in identities if all(cell in numbers for cell in one.cells))
    sides = ((one, one.left.value(numbers), one.right.value(numbers)) for one in read)
    return tuple(
        Broken(identity=one.id, left=left, relation=one.relation.value, right=right, hard=one.hard)
        for one, left, right in sides
        if not one.relation.holds(left, right)
    )
