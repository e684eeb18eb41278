"""What is wrong with one definition, collected in the order in which it is met; nothing stops at the first fault."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date, datetime, time
from difflib import get_close_matches

from secondcount.model.codes import make_issue
from secondcount.model.issue import Issue, Severity, Value, Where

__all__ = ["Desk", "join_key", "nearest", "printable", "shown", "toml_type"]

LIMIT = 1000
"""Faults listed one by one; more are only counted (code D007)."""

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")  # TOML 1.0, "Keys"
_LONGEST = 60
_MANY = 500  # names among which the nearest one is looked for
_DANGEROUS = ("Cc", "Cs", "Zl", "Zp")  # controls, surrogates, line and paragraph separators
_DIRECTION = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # they reorder what a reader sees


class Desk:
    """Collects the issues of one file; every part of the loader reports here and goes on."""

    def __init__(self, file: str) -> None:
        """Open the list of faults of a file, under the name that the messages use."""
        self.file = file
        self._issues: list[Issue] = []
        self._unlisted = 0
        self._gaps: dict[str, list[str]] = {}

    def report(self, code: str, key: str, /, **values: Value) -> None:
        """Add one issue: its code, the dotted key where it stands, and the values of its sentence."""
        if len(self._issues) >= LIMIT:
            self._unlisted += 1
            return
        told = {name: "–" if value == "" else value for name, value in values.items()}  # e.g. no name is near
        self._issues.append(make_issue(code, Where(file=self.file, key=key), basis=(), **told))

    def report_unknown(self, code: str, key: str, name: str, known: Collection[str], /, **values: Value) -> None:
        """Add one issue on a name that is not known, with the nearest known one."""
        near = nearest(name, known) if len(self._issues) < LIMIT else ""  # looking costs more than counting
        self.report(code, key, name=printable(name), nearest=near, **values)

    def miss_label(self, language: str, key: str) -> None:
        """Remember that a name has no form in a language; all of them become one note."""
        self._gaps.setdefault(language, []).append(key)

    @property
    def has_errors(self) -> bool:
        """Return whether anything so far makes the definition unusable."""
        return self._unlisted > 0 or any(one.severity is Severity.ERROR for one in self._issues)

    @property
    def count(self) -> int:
        """Return the number of faults reported so far."""
        return len(self._issues) + self._unlisted

    def issues(self) -> tuple[Issue, ...]:
        """Return everything reported, then the notes on names that lack a language."""
        notes = [
            make_issue("D111", Where(file=self.file, key=keys[0]), language=language, number=len(keys))
            for language, keys in self._gaps.items()
        ]
        if self._unlisted:
            notes.append(make_issue("D007", Where(file=self.file), number=self._unlisted))
        return (*self._issues, *notes)


def join_key(parent: str, name: str) -> str:
    """Return the dotted key of `name` inside `parent`, quoted where TOML would quote it."""
    quoted = name if _BARE_KEY.fullmatch(name) else f'"{printable(name)}"'
    return f"{parent}.{quoted}" if parent else quoted


def printable(text: str) -> str:
    """Return text that cannot steer a terminal or reorder a page: dangerous characters escaped, long ones cut."""
    cut = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return "".join(f"\\u{ord(sign):04x}" if is_dangerous(sign) else sign for sign in cut)


def is_dangerous(sign: str) -> bool:
    """Return whether a character has no business in a name: a control, or one that reorders the text around it."""
    return unicodedata.category(sign) in _DANGEROUS or sign in _DIRECTION


def shown(value: object) -> str:
    """Return a TOML value as a short text for a message."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and value.bit_length() > 200:  # hexadecimal TOML integers know no limit
        return toml_type(value)
    return toml_type(value) if isinstance(value, list | dict) else str(value)


def toml_type(value: object) -> str:
    """Return the name that the TOML specification gives to a value's type."""
    names: tuple[tuple[type, str], ...] = (
        (str, "string"),
        (bool, "boolean"),  # before int, of which it is a kind
        (int, "integer"),
        (float, "float"),
        (datetime, "date-time"),  # before date, of which it is a kind
        (date, "date"),
        (time, "time"),
        (list, "array"),
    )
    return next((name for kind, name in names if isinstance(value, kind)), "table")


def nearest(name: str, known: Collection[str]) -> str:
    """Return the known name that a misspelt one probably means, or "" where nothing is near (or too much is known)."""
    few = len(name) <= _LONGEST and len(known) <= _MANY
    found = get_close_matches(name, list(known), n=1, cutoff=0.6) if few else []
    return found[0] if found else ""
