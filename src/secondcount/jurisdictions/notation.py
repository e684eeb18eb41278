"""How numbers are written in a definition: as text with exact decimals, never as TOML floats."""

from __future__ import annotations

import re
from fractions import Fraction

__all__ = ["Decimal", "parse_decimal", "parse_share"]

Decimal = tuple[int, int]
"""A written decimal: (value, decimals), meaning value / 10**decimals. "80.90" is (8090, 2)."""

_FRACTION = re.compile(r"([0-9]{1,9})\s*/\s*([0-9]{1,9})", re.ASCII)
_PERCENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,6}))?\s*%", re.ASCII)
_DECIMAL = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,6}))?", re.ASCII)


def parse_share(text: str) -> Fraction | None:
    """Return the share written as "7/100", "7%" or "7.5 %"; None where it is written in any other way."""
    fraction = _FRACTION.fullmatch(text.strip())
    if fraction is not None:
        return Fraction(int(fraction[1]), int(fraction[2])) if int(fraction[2]) else None
    percent = _PERCENT.fullmatch(text.strip())
    if percent is None:
        return None
    value, decimals = _digits(percent)
    return Fraction(value, 100 * 10**decimals)


def parse_decimal(text: str) -> Decimal | None:
    """Return a published percentage such as "80.99" with the decimals that it was printed with, or None."""
    match = _DECIMAL.fullmatch(text)
    return None if match is None else _digits(match)


def _digits(match: re.Match[str]) -> Decimal:
    after = match[2] or ""
    return int(match[1] + after), len(after)
