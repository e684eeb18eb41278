"""Pseudonyms that a row shows to be one person's become one, also through a third one; nothing else does."""

from __future__ import annotations

from itertools import permutations

import polars as pl
import pytest

from secondcount.verdict.same_collectors import same_collectors

A, B, C, D = (f"p-{digit * 20}" for digit in "1234")


def rows(*found: tuple[int, str, int]) -> pl.DataFrame:
    """Return rows of a table: number, collector, votes."""
    return pl.DataFrame(found, schema={"row": pl.Int64, "collector": pl.String, "votes": pl.Int64}, orient="row")


def collectors(frame: pl.DataFrame) -> list[str]:
    """Return the collectors as they are taken, row by row."""
    return same_collectors(frame, ["row", "votes"])[0]["collector"].to_list()


@pytest.mark.parametrize("order", list(permutations(range(6))), ids=str)
def test_pseudonyms_hang_together(order: tuple[int, ...]) -> None:
    """A with C, C with B and B with D, in whatever order they came: all four are one."""
    pairs = [(2, A), (2, C), (3, C), (3, B), (4, B), (4, D)]
    frame = rows(*((*pairs[place], 7) for place in order))
    assert set(collectors(frame)) == {A}
    assert same_collectors(frame, ["row", "votes"])[1] == (B, C, D)


def test_nothing_else_is_taken_for_one_person() -> None:
    """Neither other figures, nor what is no row of a table, nor a code that stands in the table."""
    frame = rows((2, A, 7), (2, B, 8), (0, A, 7), (0, C, 7), (3, A, 7), (3, "team-7", 7))
    assert collectors(frame) == frame["collector"].to_list()
