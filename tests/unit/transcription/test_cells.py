"""A cell is a number or says why there is none; a correction on paper is kept whole."""

from __future__ import annotations

from typing import Any

import pytest

from secondcount.errors import InputError
from secondcount.model.tables import CellState
from secondcount.transcription import CellRead, Mark, numbers_of, overwritten_of, states_of
from secondcount.transcription.cells import LARGEST_VALUE, NOT_ASKED
from transcribing.papers import mark, number


@pytest.mark.parametrize(
    "wrong",
    [
        {"mark": Mark.READ},
        {"mark": Mark.BLANK, "value": 0},
        {"mark": Mark.READ, "value": -1},
        {"mark": Mark.READ, "value": LARGEST_VALUE + 1},
        {"mark": Mark.READ, "value": True},
        {"mark": Mark.READ, "value": 5, "old": 4},
        {"mark": Mark.READ, "value": 5, "old": -4, "overwritten": True},
        {"mark": Mark.STRUCK, "overwritten": True},
    ],
)
def test_a_cell_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    """No number without its mark, no mark with a number, no old number where nothing was overwritten."""
    with pytest.raises(InputError, match="K175"):
        CellRead(**wrong)


def test_zero_is_a_number_and_a_blank_is_none() -> None:
    """Zero, blank, illegible, struck out and absent are five different cells."""
    cells = [number(0), *(mark(one) for one in Mark if one is not Mark.READ)]
    assert all(one != other for at, one in enumerate(cells) for other in cells[at + 1 :])


def test_a_correction_is_part_of_the_cell() -> None:
    """The same number, corrected or not, or from another old number, is another reading of the paper."""
    plain = number(217)
    corrected = CellRead(mark=Mark.READ, value=217, old=211, overwritten=True)
    unclear = CellRead(mark=Mark.READ, value=217, overwritten=True)
    assert len({plain, corrected, unclear}) == 3


def test_cells_become_those_of_an_entry() -> None:
    """States, numbers and old numbers are what an entry holds; a cell that was not asked is unknown, not blank."""
    read = {"a": number(7), "b": mark(Mark.STRUCK), "d": CellRead(mark=Mark.READ, value=9, overwritten=True)}
    assert states_of(read, ("a", "b", "c", "d")) == "=su="
    assert numbers_of(read) == {"a": 7, "d": 9}
    assert overwritten_of(read) == {"d": -1}
    assert overwritten_of({"a": CellRead(mark=Mark.READ, value=9, old=3, overwritten=True)}) == {"a": 3}


def test_the_marks_are_states_of_the_tables() -> None:
    """What a reader marks is spelt as in the tables of copies, letter by letter."""
    assert {one.name: one.value for one in Mark}.items() <= {one.name: one.value for one in CellState}.items()
    assert CellState.UNKNOWN.value == NOT_ASKED
