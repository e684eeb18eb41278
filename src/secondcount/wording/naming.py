"""Ids in sentences become labels: the doors share this one rule.

A value whose name begins with a kind of thing (`contestant`, `contestant_other`, `area`, `base_2`, ...) is an id.
`labels` maps "kind/id" to the label in the language of the sentence (made by `model.naming.label_map`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache

from secondcount.wording.numbers import percent_text, printed_text

__all__ = ["label_of", "labelled", "said_share"]

_ID = re.compile(r"(?P<kind>contestant|contest|area|base|publication|line|cell|level|condition)(?P<many>s?)(_.*|\d*)")
_SEATS = re.compile(r"seats(_.*|\d*)")
_PRINTED = re.compile(r"(first|second|turnout|share|before|after)(_other)?")
"""Values that may be a figure as it was printed; every door sets it in the form of its language."""
_ALSO: Mapping[str, str] = {"contestant": "cell", "line": "cell"}


def label_of(labels: Mapping[str, str], kind: str, name: str) -> str:
    """Return the label of one id; an id that nobody named stands as it is (a station, a misspelt name)."""
    also = _ALSO.get(kind, kind)
    return labels.get(f"{kind}/{name}") or labels.get(f"{also}/{name}") or name


def labelled(values: Mapping[str, object], labels: Mapping[str, str], language: str = "en") -> dict[str, object]:
    """Return the values of a sentence with ids turned into labels, and printed figures in the form of the language.

    A plural name (`contestants`) holds ids separated by ", "; `seats` holds "id=number" pairs separated by ", ",
    and `shown` cells with their numbers: "id 373 | 333; id 291 | 331". Other texts under that name stay.
    Numbers are never ids: `line` with an integer is the line of a file.
    """
    return {
        name: _shown(name, value, labels, language) if isinstance(value, str) else value
        for name, value in values.items()
    }


def said_share(values: Mapping[str, object], language: str) -> dict[str, str]:
    """Return the value `said_share` of a claim's sentence: its share as exactly as it was claimed."""
    share = values.get("share")
    return {"said_share": percent_text(language, share, decimals=9, trim=True)} if isinstance(share, Fraction) else {}


def _shown(name: str, value: str, labels: Mapping[str, str], language: str) -> str:
    kind, many = _kind(name)
    if not kind:
        return value
    if kind == "printed":
        return printed_text(language, value)
    if kind == "shown":
        return "; ".join(_cell(one, labels) for one in value.split("; "))
    if kind == "seats":
        pairs = (one.partition("=") for one in value.split(", "))
        return ", ".join(f"{label_of(labels, 'contestant', who)} {seats}".rstrip() for who, _, seats in pairs)
    if many:
        return ", ".join(label_of(labels, kind, one) for one in value.split(", "))
    return label_of(labels, kind, value)


@cache
def _kind(name: str) -> tuple[str, bool]:
    """Return what a value of this name is ("" = any text), and whether it holds several; there are few names."""
    if _PRINTED.fullmatch(name):
        return "printed", False
    if name == "shown" or _SEATS.fullmatch(name):
        return ("shown" if name == "shown" else "seats"), False
    match = _ID.fullmatch(name)
    return (match["kind"], bool(match["many"])) if match else ("", False)


def _cell(text: str, labels: Mapping[str, str]) -> str:
    """Return a cell's label with its numbers; a text that does not begin with a known cell stands as it is."""
    name, _, numbers = text.partition(" ")
    label = labels.get(f"cell/{name}")
    return f"{label}: {numbers}" if label and numbers else text
