"""Law: what a comma, a dot or ".0" means is decided by the whole file, or the cell stays unknown."""

from __future__ import annotations

import polars as pl
import pytest

from secondcount.intake.cells import Cells, parse_cells


def cells_of(columns: dict[str, list[str]], *, absent: tuple[str, ...] = ()) -> Cells:
    """Return the cells of columns of text, as if their header stood on line 1."""
    height = len(next(iter(columns.values())))
    rows = pl.DataFrame({"line": list(range(2, height + 2)), **columns})
    names = {name: name for name in columns}
    return parse_cells(rows, (*columns, *absent), names, names)


def codes(read: Cells) -> list[str]:
    """Return the codes of all remarks in the order of the lines."""
    return read.remarks.sort("line")["code"].to_list()


class TestThousandsMark:
    """A mark before a single group of three digits ...."""

    def test_is_read_where_no_number_goes_without_it(self) -> None:
        read = cells_of({"a": ["1,250", "999"], "b": ["12", "3,000"]})
        assert read.values.rows() == [(1250, 12), (999, 3000)]
        assert codes(read) == ["T153", "T153"]

    def test_is_read_where_a_number_has_two_groups(self) -> None:
        read = cells_of({"a": ["1,250", "1,000,000", "5000"]})
        assert read.values["a"].to_list() == [1250, 1000000, 5000]

    def test_is_not_read_beside_larger_numbers_without_it(self) -> None:
        read = cells_of({"a": ["1.250", "5000"]})
        assert read.values["a"].to_list() == [None, 5000]
        assert codes(read) == ["T151"]

    def test_is_not_read_beside_a_spaced_number(self) -> None:
        assert codes(cells_of({"a": ["1.250", "5 000"]})) == ["T151"]

    def test_is_not_read_where_it_also_stands_before_decimals(self) -> None:
        read = cells_of({"a": ["1.250"], "b": ["2.5"]})
        assert read.values.rows() == [(None, None)]
        assert sorted(codes(read)) == ["T141", "T151"]

    def test_is_not_read_beside_the_other_mark(self) -> None:
        assert codes(cells_of({"a": ["1.250", "1,250"]})) == ["T151", "T151"]

    def test_never_follows_a_zero(self) -> None:
        assert codes(cells_of({"a": ["0,250"]})) == ["T141"]

    def test_with_two_groups_needs_no_witness(self) -> None:
        assert cells_of({"a": ["1.000.000"], "b": ["7"]}).values.rows() == [(1000000, 7)]


class TestPointZero:
    """An ending of point and zero ...."""

    def test_is_dropped_where_the_column_has_no_decimals(self) -> None:
        read = cells_of({"a": ["240.0", "", "3.0"]})
        assert read.values["a"].to_list() == [240, None, 3]
        assert codes(read) == ["T157"]

    def test_is_an_error_beside_decimals(self) -> None:
        read = cells_of({"a": ["240.0", "240.5"], "b": ["1.0", "2"]})
        assert read.values.rows() == [(None, 1), (None, 2)]


class TestStates:
    """The states of a row ...."""

    def test_have_one_character_for_each_cell(self) -> None:
        read = cells_of({"a": ["1", "?", ""], "b": ["-", "2", "отказ"]}, absent=("c",))
        assert read.states.to_list() == ["=ba", "i=a", "ura"]
        assert read.values.rows() == [(1, None, None), (None, 2, None), (None, None, None)]

    def test_say_unknown_where_two_columns_claim_the_cell(self) -> None:
        rows = pl.DataFrame({"line": [2], "c0": ["1"]})
        read = parse_cells(rows, ("a", "b"), {"a": "c0"}, {"a": "A"}, frozenset({"b"}))
        assert read.states.to_list() == ["=u"]

    def test_match_the_numbers(self) -> None:
        read = cells_of({"a": ["0", "x", "1e3"], "b": ["5", "6", "7"]})
        assert read.states.to_list() == ["==", "u=", "u="]


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 2, 0]])
def test_the_order_of_rows_decides_nothing(order: list[int]) -> None:
    """The same cells in another order are read in the same way."""
    texts = ["1.250", "3.000", "12"]
    read = cells_of({"a": [texts[place] for place in order]})
    assert sorted(read.values["a"].to_list()) == [12, 1250, 3000]


def test_notes_are_one_for_each_column() -> None:
    """A thousand commas are one note: with the number of cells, the first line and its text."""
    read = cells_of({"a": ["7", "1,250"] * 1000})
    assert read.remarks.select("code", "line", "value", "number").rows() == [("T153", 3, "1,250", 1000)]


def test_a_table_without_any_of_the_cells_is_absent() -> None:
    """No column: null and "a" in every row."""
    rows = pl.DataFrame({"line": [2, 3]})
    read = parse_cells(rows, ("a", "b"), {}, {})
    assert read.states.to_list() == ["aa", "aa"]
    assert read.values.schema == {"a": pl.Int64, "b": pl.Int64}
    assert read.values.height == 2
