"""Names as people type them: contestants, areas, bases and contests found by id, label, short label or alias."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from secondcount.model.election import Contest
from secondcount.model.geography import Geography
from secondcount.model.labels import Labels

__all__ = ["Found", "Names", "area_names", "base_names", "contest_names", "contestant_names", "plain"]

_KAZAKH = str.maketrans("әғқңөұүһі", "агкноуухи")
"""Kazakh letters as they are typed on a keyboard that lacks them."""


def plain(text: str) -> str:
    """Return a name without differences of case, spacing, quotation marks and dashes."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = "".join("-" if unicodedata.category(one) == "Pd" or one == "\u2212" else one for one in text)
    return " ".join(text.translate({ord(one): None for one in "\"'«»“”„‟‘’"}).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a typed name stands for: one id; or several, or none with the nearest spelling ("" = nothing near)."""

    ids: tuple[str, ...]
    nearest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """A table of spellings: plain form -> ids; `shown` is one name per id for messages."""

    ids: Mapping[str, tuple[str, ...]]
    shown: Mapping[str, str]

    def find(self, typed: str) -> Found:
        """Find by exact spelling, then without Kazakh letters, then as the beginning of one name only."""
        key = plain(typed)
        if not key:
            return Found(ids=())
        loose = key.translate(_KAZAKH)
        for matches in (
            self.ids.get(key, ()),
            self._where(lambda name: name.translate(_KAZAKH) == loose),
            self._where(lambda name: name.translate(_KAZAKH).startswith(f"{loose} ")),
        ):
            if matches:
                return Found(ids=tuple(dict.fromkeys(matches)))
        near = difflib.get_close_matches(key, self.ids, n=1)
        return Found(ids=(), nearest=self.shown[self.ids[near[0]][0]] if near else "")

    def _where(self, fits: Callable[[str], bool]) -> tuple[str, ...]:
        return tuple(one for name, ids in self.ids.items() if fits(name) for one in ids)

    def listed(self, ids: Sequence[str] = (), most: int = 12) -> str:
        """Return names for a message, all of them or those of `ids`, as one line."""
        names = [name for one, name in self.shown.items() if not ids or one in ids]
        return ", ".join(names[:most]) + (", ..." if len(names) > most else "")


def _table(rows: Iterable[tuple[str, str, Iterable[str]]]) -> Names:
    """Make a table from (id, name shown, spellings)."""
    ids: dict[str, tuple[str, ...]] = {}
    shown: dict[str, str] = {}
    for one, name, spellings in rows:
        shown[one] = name
        for spelling in (one, *spellings):
            key = plain(spelling)
            if key and one not in ids.get(key, ()):
                ids[key] = (*ids.get(key, ()), one)
    return Names(ids=ids, shown=shown)


def _labels(*labels: Labels | None) -> tuple[str, ...]:
    return tuple(text for one in labels if one for text in (one.en, one.ru, one.kk) if text)


def contestant_names(contest: Contest) -> Names:
    """Return the spellings of everyone on the ballot."""
    return _table(
        (one.id, (one.short or one.labels).en, (*_labels(one.labels, one.short), *one.aliases))
        for one in contest.contestants
    )


def base_names(contest: Contest) -> Names:
    """Return the spellings of the contest's denominators."""
    return _table((one.id, one.id, _labels(one.labels)) for one in contest.bases)


def area_names(geography: Geography) -> Names:
    """Return the spellings of all areas."""
    return _table((one.id, one.labels.en, _labels(one.labels)) for one in geography.areas)


def contest_names(contests: Iterable[Contest]) -> Names:
    """Return the spellings of the contests."""
    return _table((one.id, one.id, _labels(one.labels)) for one in contests)
