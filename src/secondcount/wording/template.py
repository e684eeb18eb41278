"""The little language of catalogue sentences: literal text, placeholders and plurals.

    {name}                      text as it stands; a date or a time in the form of the language
    {name:n} {name:n2}          a number with grouped digits; a Fraction has one decimal, n2 has two
    {name:pct}                  a Fraction as percentage, at most two decimals: 7/100 reads "7 %"
    {name:pct2} {name:pct4}     the same with exactly so many decimals
    {name:+n} {name:+pct2}      the same with the sign of a positive number
    {name:d} {name:t}           a date; a date with time of day and zone
    {name:plural|one=# sheet|other=# sheets}    by the plural rules of the language; # is the number, grouped
    {{ and }}                   braces

A branch of a plural may hold placeholders of its own. Nothing is escaped: that is the business of the doors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from secondcount.wording.dates import date_text, time_text
from secondcount.wording.numbers import number_text, percent_text
from secondcount.wording.plurals import FALLBACKS, plural_category

__all__ = ["Number", "Piece", "Placeholder", "Plural", "Template", "compile_template", "fill", "names_of"]

_FORM = re.compile(r"(?P<sign>\+?)(?P<kind>n|pct)(?P<decimals>[0-9]?)")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholder:
    """A value shown as text, as a date ("d") or as a date with time ("t")."""

    name: str
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A value shown as a number or as a percentage; `decimals` None means the habit of the form."""

    name: str
    percent: bool
    decimals: int | None
    signed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plural:
    """A value that chooses one of several wordings by the plural rules of the language."""

    name: str
    branches: Mapping[str, Template]


Piece = str | Placeholder | Number | Plural
Template = tuple[Piece, ...]


def compile_template(text: str) -> Template:
    """Return a sentence of a catalogue as its pieces.

    Raises:
        ValueError: the braces do not match, or a placeholder is of no known form (a bug of the catalogue).

    """
    return tuple(_pieces(text))


def _pieces(text: str) -> Iterator[Piece]:
    literal = ""
    at = 0
    while at < len(text):
        if text[at : at + 2] in ("{{", "}}"):
            literal, at = literal + text[at], at + 2
        elif text[at] == "{":
            end = _closing(text, at)
            yield from (literal, _placeholder(text[at + 1 : end]))
            literal, at = "", end + 1
        elif text[at] == "}":
            raise ValueError(f"unmatched brace in {text!r}")
        else:
            literal, at = literal + text[at], at + 1
    yield literal


def _closing(text: str, start: int) -> int:
    depth = 0
    for at in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if not depth:
            return at
    raise ValueError(f"unmatched brace in {text!r}")


def _placeholder(inside: str) -> Piece:
    name, _, form = inside.partition(":")
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a placeholder: {inside!r}")
    if form in ("", "d", "t"):
        return Placeholder(name=name, form=form)
    if form.startswith("plural|"):
        return Plural(name=name, branches=dict(_branch(one) for one in _split(form[len("plural|") :])))
    match = _FORM.fullmatch(form)
    if match is None:
        raise ValueError(f"unknown form: {inside!r}")
    decimals = int(match["decimals"]) if match["decimals"] else None
    return Number(name=name, percent=match["kind"] == "pct", decimals=decimals, signed=bool(match["sign"]))


def _split(text: str) -> Iterator[str]:
    """Split at the bars that are outside inner braces."""
    depth = start = 0
    for at, sign in enumerate(text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "|" and not depth:
            yield text[start:at]
            start = at + 1
    yield text[start:]


def _branch(text: str) -> tuple[str, Template]:
    category, equals, wording = text.partition("=")
    if not equals or category not in FALLBACKS:
        raise ValueError(f"not a plural branch: {text!r}")
    return category, compile_template(wording)


def names_of(template: Template) -> frozenset[str]:
    """Return the names of all values that a sentence needs."""
    found: set[str] = set()
    for piece in template:
        if not isinstance(piece, str):
            found.add(piece.name)
        if isinstance(piece, Plural):
            found.update(*(names_of(branch) for branch in piece.branches.values()))
    return frozenset(found)


def fill(template: Template, language: str, values: Mapping[str, object]) -> str:
    """Return the sentence with its values in the forms of the language.

    Raises:
        ValueError: a value is missing, or is not of the type that its form needs (a bug of the caller).

    """
    return "".join([piece if isinstance(piece, str) else _shown(piece, language, values) for piece in template])


def _shown(piece: Placeholder | Number | Plural, language: str, values: Mapping[str, object]) -> str:
    if piece.name not in values:
        raise ValueError(f"no value for {{{piece.name}}}")
    value = values[piece.name]
    if isinstance(piece, Placeholder):
        if isinstance(value, str) and not piece.form:
            return value
        return _text(piece, language, value)
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        raise ValueError(f"{{{piece.name}}} is no number: {value!r}")
    if isinstance(piece, Plural):
        return _plural(piece, language, value, values)
    return _number(piece, language, value)


def _text(piece: Placeholder, language: str, value: object) -> str:
    if isinstance(value, datetime) and piece.form != "d":
        return time_text(language, value)
    if isinstance(value, date) and piece.form != "t":
        return date_text(language, value)
    if piece.form:
        raise ValueError(f"{{{piece.name}:{piece.form}}} is no date: {value!r}")
    return str(value)


def _number(piece: Number, language: str, value: int | Fraction) -> str:
    if piece.percent:
        decimals = 2 if piece.decimals is None else piece.decimals
        return percent_text(language, value, decimals=decimals, signed=piece.signed, trim=piece.decimals is None)
    habit = 1 if isinstance(value, Fraction) else 0
    decimals = habit if piece.decimals is None else piece.decimals
    return number_text(language, value, decimals=decimals, signed=piece.signed)


def _plural(piece: Plural, language: str, value: int | Fraction, values: Mapping[str, object]) -> str:
    category = plural_category(language, value)
    branch = piece.branches.get(category) or piece.branches.get(FALLBACKS[category])
    if branch is None:
        raise ValueError(f"no plural form {category!r} for {{{piece.name}}}")
    number = number_text(language, value, decimals=1 if isinstance(value, Fraction) else 0)
    parts = (one.replace("#", number) if isinstance(one, str) else one for one in branch)
    return fill(tuple(parts), language, values)
