"""Names in headers and cells -> ids of the definition, whatever the spelling: case, spaces, punctuation, script keys.

A name matches by the first of these tiers that knows it: ids; labels, short labels and aliases; numbers of
protocol lines; the same names again without what keyboards lack (Kazakh letters typed as Russian ones, ё as е).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from secondcount.model.election import Contest
from secondcount.model.geography import Geography
from secondcount.model.labels import Labels

__all__ = ["Names", "area_names", "cell_names", "folded_key", "name_key"]

_WITHOUT_KEYS = str.maketrans("әғқңөұүһіёѐѝ", "агкноуухиееи")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """An index from spelling to ids, in tiers; a spelling that fits several ids is ambiguous in its tier."""

    tiers: tuple[Mapping[str, frozenset[str]], ...]

    def find(self, text: str) -> frozenset[str]:
        """Return the ids that a spelling means: none, one, or several where it is ambiguous."""
        key = name_key(text)
        exact, loose = self.tiers[:-1], self.tiers[-1]
        for tier in exact:
            if found := tier.get(key):
                return found
        return loose.get(folded_key(text), frozenset())


def name_key(text: str) -> str:
    """Return what a spelling is compared by: letters, marks and digits in one case, NFKC, nothing else."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum() or unicodedata.category(sign) in ("Mn", "Mc"))


def folded_key(text: str) -> str:
    """Return the same without the letters that keyboards lack."""
    return name_key(text).translate(_WITHOUT_KEYS)


def cell_names(contest: Contest) -> Names:
    """Return the names of a contest's contestants and protocol lines."""
    lines, contestants = contest.form.lines, contest.contestants
    ids = [(one, one) for one in contest.cells]
    labels = [(name, line.id) for line in lines for name in _forms(line.labels)]
    labels += [(name, one.id) for one in contestants for name in (*_forms(one.labels), *one.aliases)]
    labels += [(name, one.id) for one in contestants if one.short for name in _forms(one.short)]
    numbers = [(line.number, line.id) for line in lines]
    return _names(ids, labels, numbers)


def area_names(geography: Geography) -> Names:
    """Return the names of an election's areas."""
    ids = [(area.id, area.id) for area in geography.areas]
    return _names(ids, [(name, area.id) for area in geography.areas for name in _forms(area.labels)])


def _forms(labels: Labels) -> tuple[str, ...]:
    return (labels.en, labels.ru, labels.kk)


def _names(*tiers: Iterable[tuple[str, str]]) -> Names:
    kept = [list(tier) for tier in tiers]
    loose = _tier((folded_key(name), one) for tier in kept[:2] for name, one in tier)
    return Names(tiers=(*(_tier((name_key(name), one) for name, one in tier) for tier in kept), loose))


def _tier(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for key, one in pairs:
        if key:
            found[key] = found.get(key, frozenset()) | {one}
    return found
