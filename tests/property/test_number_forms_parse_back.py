"""Law: what the wording room prints of a number says the number, to the last printed digit."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondcount.wording.numbers import number_text, percent_text

LANGUAGES = st.sampled_from(["en", "ru", "kk"])
FRACTIONS = st.fractions(min_value=-(10**12), max_value=10**12)
SEPARATORS = {"en": (",", "."), "ru": ("\u00a0", ","), "kk": ("\u00a0", ",")}


def read_back(language: str, text: str) -> Fraction:
    group, point = SEPARATORS[language]
    return Fraction(text.replace(group, "").replace(point, ".").replace("−", "-"))


@given(LANGUAGES, st.integers())
def test_integers_parse_back_to_themselves(language: str, number: int) -> None:
    """Grouping loses and adds nothing."""
    assert read_back(language, number_text(language, number)) == number


@given(LANGUAGES, FRACTIONS, st.integers(min_value=0, max_value=9))
def test_fractions_are_printed_within_half_a_unit(language: str, number: Fraction, decimals: int) -> None:
    """The printed number differs by at most half a unit of its last place, and a half goes away from zero."""
    printed = read_back(language, number_text(language, number, decimals=decimals))
    half = Fraction(1, 2 * 10**decimals)
    assert abs(printed - number) <= half
    if abs(printed - number) == half:
        assert abs(printed) > abs(number)


@given(LANGUAGES, FRACTIONS, st.booleans())
def test_percentages_are_a_hundred_times_the_fraction(language: str, number: Fraction, trim: bool) -> None:
    """Trimming zeros changes the text, never the number."""
    text = percent_text(language, number, trim=trim)
    assert text.endswith("\u00a0%")
    assert abs(read_back(language, text[:-2]) - 100 * number) <= Fraction(1, 200)


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_groups_are_of_three(language: str) -> None:
    """1, 12, 123, 1 234, ... for all lengths."""
    separator = SEPARATORS[language][0]
    for length in range(1, 20):
        parts = number_text(language, 10 ** (length - 1)).split(separator)
        assert all(len(one) == 3 for one in parts[1:])
        assert 1 <= len(parts[0]) <= 3
