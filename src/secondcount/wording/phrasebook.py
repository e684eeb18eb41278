"""The phrasebook of one language: key and values -> sentence; numbers, percentages, dates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import cache, partial

from secondcount.wording.catalogue import load_topic
from secondcount.wording.dates import date_text, time_text
from secondcount.wording.numbers import number_text, percent_text
from secondcount.wording.template import Piece, Plural, Template, compile_template, fill, names_of

__all__ = ["Phrasebook", "phrasebook"]


class Phrasebook:
    """All sentences of one language; a topic is read when first needed, a sentence compiled when first said."""

    def __init__(self, language: str, load: Callable[[str], Mapping[str, str]]) -> None:
        """Take the language and a function topic -> sentences (see `catalogue.load_topic`)."""
        self.language = language
        self._load = load
        self._topics: dict[str, Mapping[str, str]] = {}
        self._compiled: dict[str, Template] = {}
        self._phrases: dict[str, tuple[str, ...]] = {}  # values of a sentence that are keys of sentences themselves

    def say(self, key: str, /, **values: object) -> str:
        """Return the sentence under a key with its values filled in; values that it does not use are ignored.

        A value named `phrase_...` is itself a key: its sentence is said with the same values and put in its place.

        Raises:
            KeyError: there is no such key (a bug).
            ValueError: a value is missing or of the wrong type (a bug).

        """
        try:
            template = self._template(key)
            said = {name: self.say(str(values[name]), **values) for name in self._phrases[key] if name in values}
            return fill(template, self.language, {**values, **said} if said else values)
        except ValueError as error:
            raise ValueError(f"{key}: {error}") from None

    def outline(self, key: str, /) -> str:
        """Return the sentence with ‹names› in place of its values: what a code means, before it is met."""
        return _outline(self._template(key))

    def has(self, key: str, /) -> bool:
        """Return whether there is a sentence under this key."""
        return key in self._sentences(key)

    def needs(self, key: str, /) -> frozenset[str]:
        """Return the names of the values that the sentence under this key needs."""
        return names_of(self._template(key))

    def number(self, value: int | Fraction, decimals: int = 0) -> str:
        """Return a number with grouped digits and exactly so many decimals."""
        return number_text(self.language, value, decimals=decimals)

    def percent(self, value: int | Fraction, decimals: int = 2) -> str:
        """Return a fraction as percentage with exactly so many decimals: 21/25 is 84.00 %."""
        return percent_text(self.language, value, decimals=decimals)

    def date(self, value: date) -> str:
        """Return a date in words."""
        return date_text(self.language, value)

    def time(self, value: datetime) -> str:
        """Return a date with time of day and zone."""
        return time_text(self.language, value)

    def _sentences(self, key: str) -> Mapping[str, str]:
        topic = key.split(".", 1)[0]
        if topic not in self._topics:
            self._topics[topic] = self._load(topic)
        return self._topics[topic]

    def _template(self, key: str) -> Template:
        if key not in self._compiled:
            compiled = compile_template(self._sentences(key)[key])
            self._phrases[key] = tuple(name for name in sorted(names_of(compiled)) if name.startswith("phrase_"))
            self._compiled[key] = compiled
        return self._compiled[key]


def _outline(template: Template) -> str:
    return "".join(piece if isinstance(piece, str) else _named(piece) for piece in template)


def _named(piece: Piece) -> str:
    if isinstance(piece, str):
        return piece
    name = f"‹{piece.name}›"
    if not isinstance(piece, Plural):
        return name
    branch = piece.branches.get("many") or piece.branches["other"]
    return _outline(branch).replace("#", name)


@cache
def phrasebook(language: str) -> Phrasebook:
    """Return the phrasebook of "en", "ru" or "kk"; the same object every time."""
    return Phrasebook(language, partial(load_topic, language))
