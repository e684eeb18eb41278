"""One table of a definition, read key by key: whoever reads a value gets it in its type, or a fault is reported.

Every reader returns a value of the right type even after a fault (an empty text, the smallest number, the first
choice), so that the loader can go on and collect all other faults. A definition with an ERROR is never used.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from secondcount.jurisdictions.faults import Desk, is_dangerous, join_key, nearest, printable, shown, toml_type
from secondcount.jurisdictions.keys import KEYS
from secondcount.jurisdictions.notation import parse_share
from secondcount.model.labels import LANGUAGES, Labels

__all__ = ["MAX_COUNT", "NOWHEN", "Section", "Unique"]

Choice = TypeVar("Choice", bound=StrEnum)

MAX_COUNT = 10**12
"""Largest count that a definition may state; it keeps every sum of counts inside 64 bits."""

NOWHEN = date.min
"""Stands for a date that is missing or not a date; an ERROR always goes with it."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A TOML table with its dotted key and the kind of thing that it describes (see `keys.KEYS`)."""

    table: Mapping[str, object]
    kind: str
    key: str
    desk: Desk

    def at(self, name: str) -> str:
        """Return the dotted key of a value of this table."""
        return join_key(self.key, name)

    def has(self, name: str) -> bool:
        """Return whether the table has this key at all."""
        return name in self.table

    def report(self, code: str, name: str, /, **values: int | str | Fraction) -> None:
        """Report a fault at one key of this table."""
        self.desk.report(code, self.at(name), **values)

    def report_unknown(self, code: str, key: str, name: str, known: Collection[str], /) -> None:
        """Report a name at one key of this table that is not among the known ones."""
        self.desk.report_unknown(code, self.at(key), name, known)

    def check_keys(self) -> None:
        """Report every key that this kind of table does not have, with the nearest one that it has."""
        for name in self.table:
            if name not in KEYS[self.kind]:
                near = nearest(name, KEYS[self.kind])
                more = {"nearest": near} if near else {"known": ", ".join(KEYS[self.kind])}
                self.report("D101" if near else "D102", name, name=printable(name), **more)

    def _find(self, name: str, expected: str, *, required: bool) -> object | None:
        """Return the value if it is of the TOML type(s) named in `expected`, else report and return None."""
        if name not in self.table:
            if required:
                self.report("D103", name, name=name)
            return None
        value = self.table[name]
        found = toml_type(value)
        if found in expected.split("/"):
            return value
        if found != "float":  # every float of the file is reported once, by `document.check_floats`
            self.report("D104", name, expected=expected, found=found)
        return None

    def text(self, name: str, *, required: bool = True) -> str:
        """Return a text that is not blank and holds no control characters."""
        value = self._find(name, "string", required=required)
        if not isinstance(value, str):
            return ""
        return self._clean(value, self.at(name))

    def _clean(self, value: str, key: str) -> str:
        if not value.strip():
            self.desk.report("D106", key)
        bad = next((sign for sign in value if is_dangerous(sign)), None)
        if bad is None:
            return value.strip()
        self.desk.report("D110", key, found=f"U+{ord(bad):04X}")
        return ""

    def texts(self, name: str, *, required: bool = True) -> tuple[str, ...]:
        """Return a list of texts; a required one has at least one entry."""
        value = self._find(name, "array", required=required)
        entries = value if isinstance(value, list) else []
        if required and isinstance(value, list) and not value:
            self.report("D106", name)
        found = []
        for index, entry in enumerate(entries):
            key = f"{self.at(name)}[{index}]"
            if isinstance(entry, str):
                found.append(self._clean(entry, key))
            elif not isinstance(entry, float):
                self.desk.report("D104", key, expected="string", found=toml_type(entry))
        return tuple(found)

    def slug(self, name: str, *, required: bool = True) -> str:
        """Return an id: small letters, digits, dots, underscores and hyphens, at most 64 of them."""
        value = self._find(name, "string", required=required)
        if not isinstance(value, str):
            return ""
        if not _SLUG.fullmatch(value):
            self.report("D108", name, found=printable(value))
            return ""
        return value

    def integer(self, name: str, least: int, most: int = MAX_COUNT, *, required: bool = True) -> int | None:
        """Return an integer between two bounds, both included; None where there is none."""
        value = self._find(name, "integer", required=required)
        if not isinstance(value, int):
            return None
        if not least <= value <= most:
            self.report("D109", name, found=shown(value), least=least, most=most)
            return None
        return value

    def flag(self, name: str, *, required: bool = True) -> bool:
        """Return a boolean, False where there is none."""
        return self._find(name, "boolean", required=required) is True

    def choice(self, name: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """Return one of the words that a key allows; without a default the key is required."""
        words = [one.value for one in kind]
        value = self._find(name, "string", required=default is None)
        if not isinstance(value, str):
            return default if default is not None else kind(words[0])
        if value in words:
            return kind(value)
        self.report("D107", name, found=printable(value), known=", ".join(words))
        return kind(nearest(value, words) or words[0])

    def day(self, name: str, *, required: bool = True) -> date | None:
        """Return a date without time of day."""
        value = self._find(name, "date", required=required)
        return value if isinstance(value, date) else None

    def moment(self, name: str, *, required: bool = True) -> datetime | None:
        """Return a date and time with its offset from UTC."""
        value = self._find(name, "date-time", required=required)
        return self._with_offset(name, value) if isinstance(value, datetime) else None

    def day_or_moment(self, name: str) -> datetime | None:
        """Return a moment with its offset, or the midnight without time zone that stands for a date alone."""
        value = self._find(name, "date/date-time", required=False)
        if isinstance(value, datetime):
            return self._with_offset(name, value)
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day)
        return None

    def _with_offset(self, name: str, value: datetime) -> datetime | None:
        if value.tzinfo is None:
            self.report("D202", name, found=value.isoformat(sep=" "))
            return None
        return value

    def share(self, name: str, *, least: Fraction = Fraction(0)) -> Fraction:
        """Return a share written as "7/100" or "7%", above `least` and at most the whole."""
        value = self._find(name, "string", required=True)
        if not isinstance(value, str):
            return Fraction(0)
        found = parse_share(value)
        if found is None:
            self.report("D114", name, found=printable(value))
        elif not least < found <= 1:
            self.report("D115", name, found=printable(value))
        return found or Fraction(0)

    def labels(self, name: str = "labels", *, required: bool = True) -> Labels:
        """Return a name in the languages of the screens; a missing Russian or Kazakh form becomes a note."""
        part = self.part(name, "labels", required=required)
        if part is None:
            return Labels(en="")
        for language in LANGUAGES[1:]:
            if not part.has(language):
                self.desk.miss_label(language, self.at(name))
        return Labels(en=part.text("en"), ru=part.text("ru", required=False), kk=part.text("kk", required=False))

    def in_languages(self, name: str, text: str) -> Labels | None:
        """Return a text with its Russian and Kazakh forms (keys `name_ru`, `name_kk`), None where it has neither."""
        forms = {language: self.text(f"{name}_{language}", required=False) for language in LANGUAGES[1:]}
        return Labels(en=text, **forms) if text and any(forms.values()) else None

    def part(self, name: str, kind: str, *, required: bool = True) -> Section | None:
        """Return a table inside this one, its keys checked."""
        value = self._find(name, "table", required=required)
        return self._open(value, kind, self.at(name)) if isinstance(value, dict) else None

    def parts(self, name: str, kind: str, *, required: bool = True) -> tuple[Section, ...]:
        """Return the tables of an array of tables, each with its index in its key and its keys checked."""
        value = self._find(name, "array", required=required)
        entries = value if isinstance(value, list) else []
        if required and isinstance(value, list) and not value:
            self.report("D106", name)
        found = []
        for index, entry in enumerate(entries):
            key = f"{self.at(name)}[{index}]"
            if isinstance(entry, dict):
                found.append(self._open(entry, kind, key))
            elif not isinstance(entry, float):
                self.desk.report("D104", key, expected="table", found=toml_type(entry))
        return tuple(found)

    def _open(self, table: Mapping[str, object], kind: str, key: str) -> Section:
        section = Section(table=table, kind=kind, key=key, desk=self.desk)
        section.check_keys()
        return section


class Unique:
    """Ids that must differ from each other: the first one stays, each later one is reported (D116)."""

    def __init__(self) -> None:
        """Start with no ids."""
        self._first: dict[str, str] = {}

    def admit(self, section: Section, name: str) -> bool:
        """Return whether an id read from `section` is new and usable."""
        if not name:
            return False
        if name in self._first:
            section.report("D116", "id", name=name, first=self._first[name])
            return False
        self._first[name] = section.at("id")
        return True
