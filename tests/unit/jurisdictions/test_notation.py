"""Law: a number in a definition is exactly what was written."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondcount.jurisdictions.notation import parse_decimal, parse_share


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("7/100", Fraction(7, 100)),
        ("7%", Fraction(7, 100)),
        (" 7 % ", Fraction(7, 100)),
        ("7.5%", Fraction(3, 40)),
        ("0.1%", Fraction(1, 1000)),
        ("1 / 3", Fraction(1, 3)),
    ],
)
def test_a_share_is_a_fraction_or_a_percentage(text: str, share: Fraction) -> None:
    """Both ways of writing give the exact fraction."""
    assert parse_share(text) == share


@pytest.mark.parametrize("text", ["", "7", "0.07", "7,5%", "-7%", "7%%", "7/0", "7/", "1e2%", "٧%", "7 per cent"])
def test_anything_else_is_no_share(text: str) -> None:
    """A bare number, a comma, a sign, other digits: refused, not guessed."""
    assert parse_share(text) is None


@given(st.integers(0, 999), st.text(alphabet="0123456789", max_size=6))
def test_a_percentage_keeps_its_decimals(whole: int, after: str) -> None:
    """Value and decimals give back the text, trailing zeros included: "80.90" is not "80.9"."""
    text = f"{whole}.{after}" if after else str(whole)
    value, decimals = parse_decimal(text) or (-1, -1)
    assert decimals == len(after)
    assert value == int(f"{whole}{after}")


@pytest.mark.parametrize(
    "text", ["", "80,99", "80.99%", "80.99 ", "+1", "-1", ".5", "5.", "1e2", "٨٠", "1.2345678", "1000"]
)
def test_anything_else_is_no_percentage(text: str) -> None:
    """What is not digits with at most one full stop is refused."""
    assert parse_decimal(text) is None
