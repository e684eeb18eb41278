"""What one person read in one cell of a protocol: a number, or why there is none, and whether it was corrected.

Unknown, absent, illegible, blank, struck out and zero are six different things; none of them stands for another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from secondcount.errors import InputError

__all__ = [
    "LARGEST_VALUE",
    "NOT_ASKED",
    "CellRead",
    "Mark",
    "numbers_of",
    "overwritten_of",
    "states_of",
]

LARGEST_VALUE = 999_999_999
"""No cell of one polling station's protocol has ten digits: a longer number is another number of the sheet."""

NOT_ASKED = "u"
"""In a row of states: this reading says nothing of the cell (as `model.tables.CellState.UNKNOWN`)."""

OLD_UNKNOWN = -1


class Mark(StrEnum):
    """What stands in a cell; the value is its character in a row of states."""

    READ = "="
    ILLEGIBLE = "i"
    BLANK = "b"  # the line is there and nothing is written in it
    STRUCK = "s"  # struck out, and no number stands instead
    ABSENT = "a"  # this sheet has no such line


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRead:
    """One cell as read. Corrections on paper are normal: `old` -> `value` keeps both.

    Two cells are equal when everything about them is: mark, number, whether it was overwritten, and the old number.
    A correction that one reader saw and the other did not is therefore a difference, although the number is the same:
    courts have looked at corrections, not at numbers alone (Kenya 2013, Malawi 2020), and asking a third reader about
    one cell costs seconds. An old number that cannot be read any more is None, and differs from one that was read.

    Raises:
        InputError: K175, a cell that cannot be: a number without the mark READ or out of range, an old number where
            nothing was overwritten, a correction of something that is no number.

    """

    mark: Mark
    value: int | None = None  # a number, exactly where the mark is READ
    old: int | None = None  # what stood there before; None where that cannot be read
    overwritten: bool = False

    def __post_init__(self) -> None:
        """Refuse a cell that cannot be."""
        numbered = self.mark is Mark.READ
        if numbered != (self.value is not None) or not _possible(self.value) or not _possible(self.old):
            raise InputError("K175", largest=LARGEST_VALUE)
        if (self.overwritten and not numbered) or (self.old is not None and not self.overwritten):
            raise InputError("K175", largest=LARGEST_VALUE)


def _possible(number: int | None) -> bool:
    return number is None or (type(number) is int and 0 <= number <= LARGEST_VALUE)


def states_of(cells: Mapping[str, CellRead], names: tuple[str, ...]) -> str:
    """Return one character per name, `NOT_ASKED` where nothing was read: the `states` of an entry."""
    return "".join(cells[name].mark.value if name in cells else NOT_ASKED for name in names)


def numbers_of(cells: Mapping[str, CellRead]) -> dict[str, int]:
    """Return the cells that hold a number: the `cells` of an entry."""
    return {name: cell.value for name, cell in cells.items() if cell.value is not None}


def overwritten_of(cells: Mapping[str, CellRead]) -> dict[str, int]:
    """Return the old number of each overwritten cell, -1 where it cannot be read any more."""
    return {name: OLD_UNKNOWN if cell.old is None else cell.old for name, cell in cells.items() if cell.overwritten}
