"""One cell's text -> what was read: a number, a state, or why it is neither. Pure; vectors call it once per text.

Nothing is guessed: a cell that is not plainly a whole number becomes "unknown" with a code. Two spellings
depend on their neighbours and are only marked here (`intake.cells` decides): a single group after a comma or
dot ("1,234"), and ".0" behind a whole number.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from secondcount.intake.vocabulary import MISSING_WORDS, MONTHS, STATE_WORDS
from secondcount.model.tables import CellState

__all__ = ["INVISIBLE", "LARGEST", "OVERRIDES", "Reading", "read_cell"]

LARGEST = 2**53
"""Largest count that every program reads exactly (IEEE 754 double precision, JSON)."""

OVERRIDES = "\u202d\u202e"
"""Marks under which "123" is displayed as "321": what people saw is not what the file says."""

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
"""Characters that nobody sees: direction marks, joiners, zero-width spaces, stray byte order marks."""

_LONGEST = 200  # no count and no word is longer; patterns stay quick

_STRIP = str.maketrans("", "", INVISIBLE)
_SPACES = r" \u00a0\u2007\u2009\u202f\u2008\u200a"
_APOSTROPHES = r"'’ʼ"
_PLAIN = re.compile(r"[0-9]+")
_SPACED = re.compile(rf"[1-9][0-9]{{0,2}}(?:([{_SPACES}{_APOSTROPHES}])[0-9]{{3}})(?:\1[0-9]{{3}})*")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(?P<mark>[.,])[0-9]{3})(?:(?P=mark)[0-9]{3})*")
_POINT_ZERO = re.compile(r"([0-9]+)\.0")
_LOOKALIKE = "OoОоΟοQDlIıІіӀ|ЗзSsБбB"

_ERRORS = (  # in this order: the first that fits names the trouble
    ("T145", re.compile(r"[=@+].*|-\s*[^\W\d].*", re.DOTALL)),
    ("T143", re.compile(r".*[%٪‰].*", re.DOTALL)),
    ("T140", re.compile(rf"[-−–—‐‑]\s*[0-9][0-9.,{_SPACES}{_APOSTROPHES}]*|\([0-9][0-9.,{_SPACES}]*\)")),
    ("T142", re.compile(r"[0-9]+(?:[.,][0-9]*)?[eEеЕ][-+]?[0-9]+")),
    ("T144", re.compile(r"[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}(?:[ T].*)?")),
    ("T144", re.compile(r"[0-9]{1,2}[-/][0-9]{1,4}|[0-9]+(:[0-9]{2})+")),
    ("T144", re.compile(rf"(?:[0-9]{{1,4}}[-./ ]+)?(?:{MONTHS})\w*\.?(?:[-./ ]+[0-9]{{1,4}})*", re.IGNORECASE)),
    ("T141", re.compile(rf"[0-9][0-9{_SPACES}{_APOSTROPHES}]*[.,٫][0-9]*|[.,][0-9]+|[0-9.,]+[.,][0-9]+")),
    ("T148", re.compile(rf"(?=.*[0-9])[0-9{_LOOKALIKE}]+")),
    ("T149", re.compile(r"[*†‡§¶#]+\s*[0-9]+|[0-9]+\s*(?:[*†‡§¶#)¹²³⁰⁴-⁹ª-º]+|\[\w{1,3}\]|\(\w{1,3}\))")),
    ("T147", re.compile(r"[0-9].*[^\W\d_].*|[^\W\d_].*[0-9]", re.DOTALL)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one cell's text says by itself."""

    value: int | None = None
    state: CellState = CellState.UNKNOWN
    error: str = ""  # code of an error; the value is then None
    note: str = ""  # code of a note
    mark: str = ""  # "," or ".": the mark that this spelling contains
    shape: str = ""  # with a mark: "groups" (certain), "group" or "zero" (both for the neighbours to decide)


def read_cell(text: str) -> Reading:
    """Return what a cell says by itself."""
    if any(sign in OVERRIDES for sign in text):
        return Reading(error="T150")
    if len(text) > _LONGEST:
        return Reading(error="T152")
    visible = text.translate(_STRIP)
    note = "T155" if visible != text else ""
    bare = visible.strip()
    word = " ".join(bare.casefold().split())
    if word in STATE_WORDS or set(word) == {"?"}:
        return Reading(state=STATE_WORDS.get(word, CellState.ILLEGIBLE), note=note)
    if word in MISSING_WORDS:
        return Reading(note="T156")
    digits = _ascii_digits(bare)
    return _number(digits, note or ("T154" if digits != bare else ""))


def _ascii_digits(text: str) -> str:
    """Return the text with decimal digits of any script as 0 to 9; superscripts are footnotes and stay."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def _number(text: str, note: str) -> Reading:
    if _PLAIN.fullmatch(text):
        return _whole(text, note)
    if _SPACED.fullmatch(text):
        return _whole("".join(sign for sign in text if sign.isdigit()), note)
    grouped = _GROUPED.fullmatch(text)
    if grouped:
        mark = grouped["mark"]
        shape = "groups" if text.count(mark) > 1 else "group"
        return _whole(text.replace(mark, ""), "T153", mark=mark, shape=shape)
    pointed = _POINT_ZERO.fullmatch(text)
    if pointed:
        return _whole(pointed[1], "T157", mark=".", shape="zero")
    return _trouble(text)


def _whole(digits: str, note: str, mark: str = "", shape: str = "") -> Reading:
    significant = digits.lstrip("0") or "0"
    if len(significant) > len(str(LARGEST)) or int(significant) > LARGEST:
        return Reading(error="T146")
    return Reading(value=int(significant), state=CellState.READ, note=note, mark=mark, shape=shape)


def _trouble(text: str) -> Reading:
    error = next((code for code, pattern in _ERRORS if pattern.fullmatch(text)), "T152")
    mark = next((one for one in ".," if one in text), "") if error == "T141" else ""
    return Reading(error=error, mark=mark)
