"""From bytes to a TOML document: the only place where a definition is refused outright."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

from secondcount.errors import InputError
from secondcount.jurisdictions.faults import Desk, join_key, shown

__all__ = ["MAX_BYTES", "MAX_DOTS", "check_floats", "parse_document"]

MAX_BYTES = 2 * 1024 * 1024
"""Largest definition that is read; the shipped ones have a hundredth of it."""

MAX_DOTS = 100
"""Most full stops outside quotes in one line: a dotted key of thousands of parts would take the parser hours."""

_STRING = re.compile(r'"[^"]*"')
_PLACE = re.compile(r"\(at line ([0-9]+), column ([0-9]+)\)")


def parse_document(file: str, data: bytes) -> dict[str, object]:
    """Return the TOML document in `data`.

    Raises:
        InputError: D001 (too large), D002 (not UTF-8), D006 (a line with too many full stops), D003 (not TOML).

    """
    if len(data) > MAX_BYTES:
        raise InputError("D001", file=file, number=len(data), limit=MAX_BYTES)
    try:
        text = data.decode("utf-8-sig")  # Windows editors begin a file with a byte order mark
    except UnicodeDecodeError as fault:
        raise InputError("D002", file=file, position=fault.start + 1) from fault
    for number, line in enumerate(text.splitlines(), start=1):
        if line.count(".") > MAX_DOTS and _STRING.sub("", line).count(".") > MAX_DOTS:
            raise InputError("D006", file=file, line=number, limit=MAX_DOTS)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as fault:  # ValueError: also integers of more than 4,300 digits
        raise _not_toml(file, text, fault) from fault


def _not_toml(file: str, text: str, fault: Exception) -> InputError:
    place = _PLACE.search(str(fault))
    line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 1)
    reason = "nested too deeply" if isinstance(fault, RecursionError) else str(fault).partition(" (at ")[0]
    return InputError("D003", file=file, line=line, position=column, reason=reason)


def check_floats(document: Mapping[str, object], desk: Desk) -> None:
    """Report every TOML float: 80.99 in binary is not 80.99, and a published figure must stay what was printed."""
    pending: list[tuple[str, object]] = [("", document)]
    while pending:
        key, value = pending.pop()
        if isinstance(value, dict):
            pending.extend((join_key(key, name), value[name]) for name in reversed(value))
        elif isinstance(value, list):
            pending.extend((f"{key}[{index}]", value[index]) for index in reversed(range(len(value))))
        elif isinstance(value, float):
            desk.report("D105", key, found=shown(value))
