"""The voice of the screen: phrases, names and numbers in one language, everything from outside made legible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from secondcount.model.claim import ClaimBody
from secondcount.model.naming import claim_sentence, label_map
from secondcount.model.record import Record
from secondcount.wording import Phrasebook, label_of, labelled, said_share, visible

__all__ = ["Voice", "voice_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A phrasebook and the names of one contest."""

    book: Phrasebook
    names: Mapping[str, str]
    shorts: Mapping[str, str]  # the same with the short names of contestants

    def say(self, key: str, /, **values: object) -> str:
        """Return a phrase of the screen; `ui.` is put before the key."""
        return visible(self.book.say(f"ui.{key}", **values))

    def quote(self, key: str, values: Mapping[str, object]) -> str:
        """Return a sentence of another topic, with ids among its values turned into short names."""
        return visible(self.book.say(key, **labelled(values, self.shorts, self.book.language)))

    def claim(self, body: ClaimBody, share_base: str) -> str:
        """Return what a claim means in words; `share_base` is the base of a claim that names none."""
        key, values = claim_sentence(body, share_base)
        return self.quote(key, {**values, **said_share(values, self.book.language)})

    def name(self, kind: str, thing: str) -> str:
        """Return the name of an area, base, publication, contestant; an unknown id stays itself."""
        return visible(label_of(self.names, kind, thing))

    def short(self, contestant: str) -> str:
        """Return the short name of a contestant, where it has one."""
        return visible(label_of(self.shorts, "contestant", contestant))

    def both(self, contestant: str) -> str:
        """Return the name of a contestant with its short name behind it, where that is another."""
        name, short = self.name("contestant", contestant), self.short(contestant)
        return name if short == name else f"{name} ({short})"

    def count(self, value: int | None) -> str:
        """Return a whole number, a dash where it is not known."""
        return self.say("none") if value is None else self.book.number(value)

    def percent(self, value: Fraction | None, decimals: int = 2) -> str:
        """Return a share, a dash where it is not known."""
        return self.say("none") if value is None else self.book.percent(value, decimals)

    def of(self, seen: int, expected: int | None) -> str:
        """Return "n of N" for a table, "n of ?" where N is not published."""
        if expected is None:
            return self.say("n_of_question", seen=seen)
        return self.say("n_of", seen=seen, expected=expected)


def voice_of(record: Record, book: Phrasebook, contest: str = "") -> Voice:
    """Return the voice for one contest of a record ("" = for what concerns all of them)."""
    election, publications, language = record.election, record.publications, book.language
    return Voice(
        book=book,
        names=label_map(election, publications, language, contest=contest),
        shorts=label_map(election, publications, language, contest=contest, short=True),
    )
