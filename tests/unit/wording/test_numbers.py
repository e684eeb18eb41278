"""Numbers are written as each language writes them, exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest

from secondcount.wording.numbers import number_text, percent_text, round_half_up

NBSP = "\u00a0"


class TestRounding:
    """Rounding is exact, half up in size, the same for both signs."""

    @pytest.mark.parametrize(
        ("value", "decimals", "expected"),
        [
            (Fraction(1, 2), 0, 1),
            (Fraction(-1, 2), 0, -1),
            (Fraction(49, 100), 0, 0),
            (Fraction(25, 10), 0, 3),  # banker's rounding would give 2
            (Fraction(1005, 1000), 2, 101),  # a float 1.005 would give 100
            (Fraction(2, 3), 4, 6667),
            (7, 2, 700),
        ],
    )
    def test_rounds_a_half_away_from_zero(self, value: Fraction, decimals: int, expected: int) -> None:
        """A half goes up in size, whatever a binary float would have made of it."""
        assert round_half_up(value, decimals) == expected

    def test_large_numbers_keep_every_digit(self) -> None:
        """Nothing passes through float: 2**80 + 1 keeps its last digit."""
        assert number_text("en", 2**80 + 1).replace(",", "") == str(2**80 + 1)


class TestForms:
    """Each language has its own separators; the house's figures are written as in its documents."""

    @pytest.mark.parametrize(
        ("language", "expected"),
        [("en", "5,621,436"), ("ru", f"5{NBSP}621{NBSP}436"), ("kk", f"5{NBSP}621{NBSP}436")],
    )
    def test_groups_digits_by_three(self, language: str, expected: str) -> None:
        """Nur Otan's votes of 2012 in three languages."""
        assert number_text(language, 5_621_436) == expected

    @pytest.mark.parametrize(
        ("language", "expected"),
        [("en", f"80.99{NBSP}%"), ("ru", f"80,99{NBSP}%"), ("kk", f"80,99{NBSP}%")],
    )
    def test_percent_sign_stands_after_a_no_break_space(self, language: str, expected: str) -> None:
        """A percentage never parts from its sign at the end of a line."""
        assert percent_text(language, Fraction(5_621_436, 6_941_220)) == expected

    def test_a_threshold_has_no_idle_zeros(self) -> None:
        """The house prints 7 %, not 7.00 %; ten per cent keeps its own zero."""
        assert percent_text("en", Fraction(7, 100), trim=True) == f"7{NBSP}%"
        assert percent_text("en", Fraction(1, 10), trim=True) == f"10{NBSP}%"
        assert percent_text("en", Fraction(0), trim=True) == f"0{NBSP}%"
        assert percent_text("ru", Fraction(75, 1000), trim=True) == f"7,5{NBSP}%"

    def test_minus_is_a_minus_and_zero_has_no_sign(self) -> None:
        """The sign is U+2212; what rounds to zero is not negative."""
        assert number_text("en", -12_903) == "−12,903"
        assert number_text("en", Fraction(-1, 100), decimals=1) == "0.0"

    def test_a_plus_is_printed_on_request_only(self) -> None:
        """Differences show both signs, zero none."""
        assert number_text("en", 33, signed=True) == "+33"
        assert number_text("en", -33, signed=True) == "−33"
        assert number_text("en", 0, signed=True) == "0"

    def test_decimals_are_padded(self) -> None:
        """5/100 with two decimals has a leading zero and both decimals."""
        assert number_text("ru", Fraction(5, 100), decimals=2) == "0,05"
