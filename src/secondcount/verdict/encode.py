"""The verdict as canonical JSON bytes: the same verdict gives the same bytes on any machine."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from json.encoder import encode_basestring

from secondcount.verdict.result import Verdict

__all__ = ["encode", "plain"]

JsonValue = None | bool | int | str | list["JsonValue"] | dict[str, "JsonValue"]


def encode(verdict: Verdict) -> bytes:
    """Return `verdict.json`: UTF-8, keys sorted, two spaces, one final newline; fractions as "n/d", no floats."""
    return (_written(plain(verdict), "\n") + "\n").encode("utf-8")


def _written(value: JsonValue, margin: str) -> str:
    """Return a value as JSON, its parts below `margin`; the standard library's way to indent takes five times as long.

    A test holds every byte against the standard library.
    """
    inner = margin + "  "
    if isinstance(value, dict) and value:
        pairs = (f"{encode_basestring(key)}: {_written(value[key], inner)}" for key in sorted(value))
        return "{" + inner + ("," + inner).join(pairs) + margin + "}"
    if isinstance(value, list) and value:
        return "[" + inner + ("," + inner).join([_written(one, inner) for one in value]) + margin + "]"
    return encode_basestring(value) if isinstance(value, str) else json.dumps(value)


def plain(value: object) -> JsonValue:
    """Return a value as JSON types: dataclasses by field name, enums by value, fractions as "n/d".

    A field that is not compared is no part of the value and is left out (`Issue.further`).

    Raises:
        TypeError: a value that has no exact form here (a float, above all).

    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value) if one.compare}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    raise TypeError(type(value).__name__)
