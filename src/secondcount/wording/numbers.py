"""Numbers as each language writes them, from exact values by integer arithmetic; nothing passes through float."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

__all__ = ["MINUS", "NO_BREAK_SPACE", "number_text", "percent_text", "printed_text", "round_half_up"]

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"

_GROUPING: Mapping[str, str] = {"en": ",", "ru": NO_BREAK_SPACE, "kk": NO_BREAK_SPACE}
_DECIMAL: Mapping[str, str] = {"en": ".", "ru": ",", "kk": ","}

_PRINTED = re.compile(
    "(?P<sign>[-\u2212]?)(?P<whole>[0-9]{1,3}(\u00a0[0-9]{3})*|[0-9]+)([.](?P<part>[0-9]+))?(?P<percent>(\u00a0%)?)"
)


def round_half_up(value: int | Fraction, decimals: int) -> int:
    """Return `value * 10**decimals` rounded to an integer; a half goes away from zero, in both directions."""
    power: int = 10**decimals
    if isinstance(value, int):
        return value * power
    scaled = value * power
    magnitude = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    return magnitude if scaled >= 0 else -magnitude


def number_text(language: str, value: int | Fraction, *, decimals: int = 0, signed: bool = False) -> str:
    """Return a number with exactly so many decimals: 5,621,436 or 5 621 436,0; `signed` prints a plus sign too."""
    if not decimals and type(value) is int:  # what most numbers are
        text = f"{abs(value):,}".replace(",", _GROUPING[language])
        return _sign(value, signed=signed) + text
    rounded = round_half_up(value, decimals)
    whole, part = divmod(abs(rounded), 10**decimals)
    text = f"{whole:,}".replace(",", _GROUPING[language])
    if decimals:
        text += f"{_DECIMAL[language]}{part:0{decimals}}"
    return _sign(rounded, signed=signed) + text


def percent_text(
    language: str, value: int | Fraction, *, decimals: int = 2, signed: bool = False, trim: bool = False
) -> str:
    """Return a fraction as a percentage, the sign after a no-break space: 80.99 % or 80,99 %.

    `trim` drops zeros at the end, so that a threshold of 7/100 reads "7 %".
    """
    text = number_text(language, Fraction(value) * 100, decimals=decimals, signed=signed)
    if trim and decimals:
        text = text.rstrip("0").rstrip(_DECIMAL[language])
    return text + NO_BREAK_SPACE + "%"


def printed_text(language: str, text: str) -> str:
    """Return a figure as printed (3 431 510 or 53.32 %, with no-break spaces) with the signs of the language.

    Digits, zeros at the end and the percent sign stay; a text that is no such figure stays whole.
    """
    found = _PRINTED.fullmatch(text)
    if found is None:
        return text
    whole = found["whole"].replace(NO_BREAK_SPACE, _GROUPING[language])
    part = f"{_DECIMAL[language]}{found['part']}" if found["part"] else ""
    return f"{found['sign']}{whole}{part}{found['percent']}"


def _sign(rounded: int, *, signed: bool) -> str:
    if rounded < 0:
        return MINUS
    return "+" if signed and rounded else ""
