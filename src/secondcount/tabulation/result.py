"""What tabulation gives: sums, coverage, and copies held against published sums. Integers only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["AreaSum", "CellSum", "Coverage", "Held", "HeldKind"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellSum:
    """The sum of one cell over the stations in which it was read."""

    cell: str
    total: int
    read: int  # stations with a number
    unread: int  # stations with a copy in which this cell is no number


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaSum:
    """Sums of the copies of one area (all its parts included), one usable copy per station."""

    area: str
    stations: int  # stations with a usable copy
    cells: tuple[CellSum, ...]

    def total(self, cell: str) -> int:
        """Return the sum of a cell (0 where it was never read)."""
        return next((one.total for one in self.cells if one.cell == cell), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of an area the copies cover."""

    area: str
    seen: int  # stations with a usable copy
    expected: int | None  # official number of stations; None = not published
    by_level: tuple[int, int, int, int, int]  # stations whose best copy has level >= 0, 1, 2, 3, 4
    conflicting: int  # stations whose copies contradict each other (left out of every sum)
    votes_seen: int  # sum of contestants' votes on the copies
    votes_official: int | None  # the same, as published for the whole area


class HeldKind(StrEnum):
    """What holding copies against an area's published sum shows."""

    EXCEEDS = "exceeds"  # the copies alone are more than the whole: a certain contradiction
    REMAINDER = "remainder"  # not all stations seen: what the unseen must have shown
    FULL_EQUAL = "full_equal"
    FULL_DIFFERS = "full_differs"  # every station seen, and the sum is not the published one


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Copies of one area held against one published count of one cell."""

    kind: HeldKind
    area: str
    cell: str
    publication: str
    copies_sum: int
    official: int
    seen: int
    expected: int | None
    remainder: int  # official - copies_sum: what all unseen stations together must have shown
    k: int | None  # EXCEEDS, FULL_DIFFERS: least number of copies that must be false; else None
