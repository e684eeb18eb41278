"""The voice of one language: phrases of the report, names of things, numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from secondcount.model.claim import ClaimBody
from secondcount.model.issue import Value
from secondcount.model.naming import claim_sentence, label_map
from secondcount.model.record import Record
from secondcount.site.grid import Grid
from secondcount.wording import Phrasebook, label_of, labelled, phrasebook, said_share, visible

__all__ = ["Voice", "counted", "marked", "shortened", "voice_of"]

MOST_ROWS = 150
"""So many rows of a table are set on the page; how many more there are is said, and verdict.json has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A phrasebook together with the names of one contest; every sentence of the report passes here."""

    language: str
    book: Phrasebook
    names: Mapping[str, str]  # "kind/id" -> name
    shorts: Mapping[str, str]  # the same, with the short names of contestants

    def say(self, key: str, **values: Value) -> str:
        """Return a phrase of the report; `report.` is put before the key, ids stay as they are."""
        return self.book.say(f"report.{key}", **values)

    def quote(self, key: str, values: Mapping[str, Value]) -> str:
        """Return a sentence of another room, ids among its values turned into names, those of contestants short."""
        return self.book.say(key, **labelled(values, self.shorts, self.language))

    def claim(self, body: ClaimBody, share_base: str) -> str:
        """Return what a claim means in words; `share_base` is the base of a claim that names none."""
        key, values = claim_sentence(body, share_base)
        return self.quote(key, {**values, **said_share(values, self.language)})

    def name(self, kind: str, thing: str) -> str:
        """Return the name of a "contestant", "area", "publication", "base", "cell"; an unknown id stays itself."""
        return visible(label_of(self.names, kind, thing))

    def contestant(self, thing: str) -> str:
        """Return a contestant's (or protocol line's) name, with the short one where that is not part of it."""
        long, short = self.name("cell", thing), self.short(thing)
        return long if short in long else f"{long} ({short})"

    def short(self, thing: str) -> str:
        """Return a contestant's short name where there is one, else its name."""
        return visible(label_of(self.shorts, "cell", thing))

    def count(self, value: int | None) -> str:
        """Return a whole number with its digits grouped, a dash where it is not known."""
        return self.say("none") if value is None else self.book.number(value)

    def decimal(self, value: Fraction | None, places: int = 1) -> str:
        """Return a number with so many decimals, a dash where it is not known."""
        return self.say("none") if value is None else self.book.number(value, places)

    def percent(self, value: Fraction | None, places: int = 2) -> str:
        """Return a share as a percentage, a dash where it is not known."""
        return self.say("none") if value is None else self.book.percent(value, places)


def voice_of(record: Record, language: str, contest: str = "") -> Voice:
    """Return the voice of a language for one contest of a record ("" = for what concerns all of them)."""
    election, publications = record.election, record.publications
    return Voice(
        language=language,
        book=phrasebook(language),
        names=label_map(election, publications, language, contest=contest),
        shorts=label_map(election, publications, language, contest=contest, short=True),
    )


def counted(voice: Voice, key: str, seen: int, expected: int | None, **values: Value) -> str:
    """Return a phrase of n of N polling stations; N that is not published has a phrase of its own."""
    if expected is None:
        return voice.say(f"{key}_unknown", n=seen, **values)
    return voice.say(key, n=seen, of=expected, **values)


def marked(voice: Voice, name: str, *, synthetic: bool) -> str:
    """Return a name with the word for made-up data behind it; a name that says it already is not marked twice."""
    if not synthetic or "SYNTHETIC" in name.upper():
        return name
    return f"{name} ({voice.say('synthetic.word')})"


def shortened(voice: Voice, grid: Grid, most: int = MOST_ROWS) -> Grid:
    """Return a table with at most so many rows; the number of those left out is said in its note."""
    hidden = len(grid.rows) - most
    if hidden <= 0:
        return grid
    note = f"{voice.say('table_more', n=hidden)} {grid.note}".rstrip()
    return replace(grid, rows=grid.rows[:most], note=note)
