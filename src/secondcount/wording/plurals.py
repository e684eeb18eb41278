"""Plural categories of the three languages, as the CLDR plural rules define them.

Source: Unicode CLDR, supplemental/plurals.xml (cardinal rules of en, ru and kk).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

__all__ = ["FALLBACKS", "REQUIRED", "plural_category"]

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "en": ("one", "other"),
    "ru": ("one", "few", "many"),
    "kk": ("other",),
}
"""Categories that every plural of a catalogue must spell out."""

FALLBACKS: Mapping[str, str] = {"one": "other", "few": "other", "many": "other", "other": "few"}
"""The form used where a category is not spelled out; Russian fractions take the form of "few" (5,5 листа)."""


def _english(number: Fraction) -> str:
    return "one" if number == 1 else "other"  # i = 1 and v = 0


def _russian(number: Fraction) -> str:
    if number.denominator != 1:
        return "other"  # v != 0
    tens, units = number.numerator % 100, number.numerator % 10
    if units == 1 and tens != 11:
        return "one"  # v = 0 and i % 10 = 1 and i % 100 != 11
    if units in (2, 3, 4) and tens not in (12, 13, 14):
        return "few"  # v = 0 and i % 10 = 2..4 and i % 100 != 12..14
    return "many"


def _kazakh(number: Fraction) -> str:
    return "one" if number == 1 else "other"  # n = 1


_RULES: Mapping[str, Callable[[Fraction], str]] = {"en": _english, "ru": _russian, "kk": _kazakh}


def plural_category(language: str, number: int | Fraction) -> str:
    """Return the CLDR category ("one", "few", "many" or "other") of a number; the sign plays no part.

    Raises:
        KeyError: no rule for this language (a bug of the caller).

    """
    return _RULES[language](abs(Fraction(number)))
