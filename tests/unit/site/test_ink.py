"""Marks of drawings: escaped, and the same bytes for the same numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from secondcount.site.charts.ink import Block, Scale, label, number, rect, stack, tag
from secondcount.site.charts.rows import axis, row, top_of


class TestNumber:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (12, "12"),
            (Fraction(25, 2), "12.5"),
            (Fraction(1, 3), "0.3"),
            (Fraction(-1, 3), "-0.3"),
            (Fraction(1, 20), "0.1"),
            (Fraction(-1, 100), "0"),
        ],
    )
    def test_has_at_most_one_decimal(self, value: Fraction, text: str) -> None:
        """Coordinates are rounded half away from zero to tenths; there is no negative zero."""
        assert number(value) == text


class TestTag:
    def test_escapes_content(self) -> None:
        """A name cannot open an element."""
        assert label(0, 0, "<script>alert(1)</script>").count("<") == 2

    def test_escapes_attributes(self) -> None:
        """A value cannot close its attribute."""
        assert '"><b' not in tag("rect", class_='"><b')

    def test_shows_direction_characters(self) -> None:
        """A right-to-left override does not reach the drawing."""
        assert "\u202e" not in label(0, 0, "a\u202eb")

    def test_negative_widths_are_drawn_to_the_left(self) -> None:
        """SVG knows no negative width; a bar below zero starts at its end."""
        assert 'x="60"' in rect(100, 0, -40, 5, "bar")
        assert 'width="40"' in rect(100, 0, -40, 5, "bar")


class TestScale:
    def test_is_linear(self) -> None:
        """Half of the range lies in the middle."""
        assert Scale(low=0, high=10, left=0, right=100).at(5) == 50

    @pytest.mark.parametrize(("value", "place"), [(-5, 0), (50, 100)])
    def test_never_leaves_the_drawing(self, value: int, place: int) -> None:
        """A value outside the axis is drawn at its end."""
        assert Scale(low=0, high=10, left=0, right=100).at(value) == place

    def test_knows_an_axis_without_extent(self) -> None:
        """All values equal: nothing is divided by zero."""
        assert Scale(low=3, high=3, left=7, right=100).at(3) == 7


class TestStack:
    def test_adds_heights_and_gaps(self) -> None:
        """Blocks follow each other without overlap."""
        block = Block(height=10, marks=())
        assert stack((block, block, block), 5).height == 40

    def test_of_nothing_is_nothing(self) -> None:
        """No rows, no height."""
        assert stack(()).height == 0


class TestRow:
    def test_a_long_name_takes_two_lines_and_moves_its_marks(self) -> None:
        """The bar of a list with a long name does not run through the name."""
        short = row("OSDP", "1.68 %", (), height=40)
        long = row("All-National Social Democratic Party Azat of the Republic", "1.68 %", (), height=40)
        assert long.height == short.height + 16

    def test_of_500_characters_stays_three_lines(self) -> None:
        """However long a name, a row stays readable."""
        assert row("word " * 100, "1", (), height=40).height == 72


class TestAxis:
    def test_texts_never_touch(self) -> None:
        """A claimed 7 % stands beside 0 % only where there is room; the line that the claim names wins."""
        scale = Scale(low=0, high=1, left=4, right=356)
        near = axis(scale, [(Fraction(7, 100), "7.0 %"), (Fraction(0), "0.0 %"), (Fraction(1), "100.0 %")])
        texts = [mark for mark in near.marks if mark.startswith("<text")]
        assert [">7.0 %<" in texts[0], ">100.0 %<" in texts[1], len(texts)] == [True, True, 2]


@pytest.mark.parametrize(
    ("value", "top"), [(Fraction(7, 100), Fraction(1, 10)), (Fraction(21, 100), Fraction(1, 2)), (Fraction(67), 100)]
)
def test_an_axis_ends_at_a_round_number(value: Fraction, top: Fraction) -> None:
    """1, 2 or 5 times a power of ten, never below the value."""
    assert top_of(value) == top
