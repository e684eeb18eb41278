"""Which corrections hold: "A is replaced by B" is applied where nothing speaks against it, and is in doubt otherwise.

Nothing is edited: a correction is a new entry that names the old one and the one that holds instead. What is said here
depends on which entries there are, never on the order in which they came into the log. Corrections that hang together
(A by B, B by C) stand or fall together: one link in doubt, and all of them are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from secondcount.evidence.entries import Entry, Publication, Sheet, UnknownEntry
from secondcount.evidence.entries.kinds import kind_of

__all__ = ["COUNTED", "Doubt", "Judged", "Pair", "Piece", "judge_corrections", "piece_of"]

COUNTED = frozenset({"sheet", "publication"})
"""Kinds whose figures count, so that a correction of them changes a verdict."""

Pair = tuple[str, str]
"""Leaf hashes: what no longer holds, and what holds instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What a correction must agree with in an entry."""

    kind: str
    contest: str = ""
    station: str = ""
    rank: int = 0  # version of a sheet, place of a publication: what is later is not corrected by what is earlier


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Why corrections are not applied."""

    code: str  # A471 to A476
    leaves: tuple[str, ...]  # the entries concerned; of a pair: the old one, the new one


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What becomes of corrections."""

    applied: Mapping[str, str]  # old -> new, without circles
    doubts: tuple[Doubt, ...]
    doubted: Mapping[str, Doubt]  # each entry that hangs together with a doubt -> the first such doubt
    idle: tuple[Pair, ...]  # of entries that state no figures, or of an entry by itself


def piece_of(entry: Entry | UnknownEntry) -> Piece:
    """Return what a correction must agree with in an entry."""
    if isinstance(entry, Sheet):
        return Piece(kind=kind_of(entry), contest=entry.contest, station=entry.station, rank=entry.version)
    if isinstance(entry, Publication):
        return Piece(kind=kind_of(entry), contest=entry.contest, rank=entry.order)
    return Piece(kind=kind_of(entry))


def judge_corrections(pairs: Iterable[Pair], pieces: Mapping[str, Piece]) -> Judged:
    """Return which corrections hold; the same one twice is one.

    Args:
        pairs: the corrections.
        pieces: the entries that they name, by leaf hash; one that is not there, or that cannot be used, is left out.

    """
    once = sorted(set(pairs))
    idle = tuple(pair for pair in once if _is_idle(pair, pieces))
    rest = sorted(set(once).difference(idle))
    groups = _groups(rest)
    doubts = (*_of_pairs(rest, pieces), *_forks(rest), *_circles(rest, groups))
    first: dict[str, Doubt] = {}
    for doubt in doubts:
        first.setdefault(groups[doubt.leaves[0]], doubt)
    doubted = {leaf: first[group] for leaf, group in groups.items() if group in first}
    applied = {old: new for old, new in rest if old not in doubted}
    return Judged(applied=applied, doubts=doubts, doubted=doubted, idle=idle)


def _is_idle(pair: Pair, pieces: Mapping[str, Piece]) -> bool:
    old, new = (pieces.get(leaf) for leaf in pair)
    silent = old is not None and new is not None and old.kind == new.kind and old.kind not in COUNTED
    return silent or pair[0] == pair[1]


def _groups(pairs: Iterable[Pair]) -> dict[str, str]:
    """Return for each entry the name of the group that hangs together with it."""
    beside: dict[str, list[str]] = {}
    for old, new in pairs:
        beside.setdefault(old, []).append(new)
        beside.setdefault(new, []).append(old)
    groups: dict[str, str] = {}
    for name in beside:
        found = [name] if name not in groups else []
        while found:
            leaf = found.pop()
            if leaf not in groups:
                groups[leaf] = name
                found += beside[leaf]
    return groups


def _of_pairs(pairs: Iterable[Pair], pieces: Mapping[str, Piece]) -> Iterator[Doubt]:
    for pair in pairs:
        old, new = (pieces.get(leaf) for leaf in pair)
        code = "A471" if old is None or new is None else _unlike(old, new)
        if code:
            yield Doubt(code=code, leaves=pair)


def _unlike(old: Piece, new: Piece) -> str:
    """Return why one entry cannot stand for another, "" where it can."""
    if old.kind != new.kind:
        return "A472"
    if (old.contest, old.station) != (new.contest, new.station):
        return "A473"
    return "A476" if new.rank < old.rank else ""


def _forks(pairs: Iterable[Pair]) -> Iterator[Doubt]:
    """Yield a doubt for each entry for which several others are said to hold."""
    following: dict[str, list[str]] = {}
    for old, new in pairs:
        following.setdefault(old, []).append(new)
    for old, several in following.items():
        if len(several) > 1:
            yield Doubt(code="A475", leaves=(old, *several))


def _circles(pairs: Iterable[Pair], groups: Mapping[str, str]) -> Iterator[Doubt]:
    """Yield a doubt for each group in which following the corrections comes to no end."""
    left: Counter[str] = Counter()  # corrections of an entry that have not been followed to an end
    before: dict[str, list[str]] = {}
    for old, new in pairs:
        left[old] += 1
        before.setdefault(new, []).append(old)
    ends = [leaf for leaf in before if not left[leaf]]
    while ends:
        for old in before.get(ends.pop(), ()):
            left[old] -= 1
            if not left[old]:
                ends.append(old)
    endless: dict[str, list[str]] = {}
    for leaf in sorted(+left):
        endless.setdefault(groups[leaf], []).append(leaf)
    yield from (Doubt(code="A474", leaves=tuple(leaves)) for leaves in endless.values())
