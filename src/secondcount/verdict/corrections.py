"""Corrections are applied: the corrected entry no longer counts, the one that holds instead counts in its place.

In doubt (`evidence.corrections` says when) both are shown as conflicting and neither is used. No correction raises a
level: a copy that stands for others has the least level of them all, and where it changes a vote, the copy number or
the collector, it corroborates no other copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl

from secondcount.errors import VerificationError
from secondcount.evidence.corrections import Doubt, Judged, Pair, judge_corrections, piece_of
from secondcount.evidence.entries import Correction, Entry, Publication, Sheet, UnknownEntry, verify_sheet
from secondcount.model.codes import make_issue
from secondcount.model.doubts import Doubts
from secondcount.model.election import Election
from secondcount.model.issue import Issue, Where

__all__ = ["Corrections", "correct_sheets", "corrections_of", "told_corrections"]

AnEntry = Entry | UnknownEntry
_HEADS = ("area", "copy", "version", "level", "states")
_NOTHING = "\u2013"


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """The corrections of an archive, the entries that they name, and what becomes of both."""

    reasons: Mapping[Pair, str]  # the least of the reasons, where the same is said twice
    entries: Mapping[str, AnEntry]  # those that are there and can be used, by leaf hash
    judged: Judged

    @property
    def named(self) -> frozenset[str]:
        """Return the entries that corrections name."""
        return frozenset(leaf for pair in self.reasons for leaf in pair)

    @property
    def out(self) -> frozenset[str]:
        """Return the entries that do not count: those that are corrected, and those that are in doubt."""
        return frozenset(self.judged.applied) | frozenset(self.judged.doubted)

    def fitting(self, election: Election) -> Corrections:
        """Return the corrections where a sheet that does not fit its contest cannot hold instead of another."""
        fits = {leaf: one for leaf, one in self.entries.items() if _fits(one, election)}
        return replace(self, entries=fits, judged=_judge(self.reasons, fits))


def corrections_of(
    corrections: Iterable[Correction],
    find: Callable[[frozenset[str]], Mapping[str, AnEntry]],
    same: Mapping[str, str],
) -> Corrections:
    """Return what becomes of corrections.

    Args:
        corrections: all of an archive, in any order.
        find: returns those of some entries that there are.
        same: a publication that was captured again -> the one that counts for both.

    """
    reasons: dict[Pair, str] = {}
    for one in sorted(corrections, key=lambda one: (one.of, one.by, one.reason)):
        reasons.setdefault((same.get(one.of, one.of), same.get(one.by, one.by)), one.reason)
    entries = find(frozenset(leaf for pair in reasons for leaf in pair))
    return Corrections(reasons=reasons, entries=entries, judged=_judge(reasons, entries))


def _judge(reasons: Mapping[Pair, str], entries: Mapping[str, AnEntry]) -> Judged:
    return judge_corrections(reasons, {leaf: piece_of(one) for leaf, one in entries.items()})


def _fits(entry: AnEntry, election: Election) -> bool:
    if not isinstance(entry, Sheet):
        return True
    contest = next((one for one in election.contests if one.id == entry.contest), None)
    try:
        if contest is not None:
            verify_sheet(entry, contest.cells)
    except VerificationError:
        return False
    return contest is not None


def correct_sheets(
    frames: Mapping[str, pl.DataFrame], corrections: Corrections
) -> tuple[Mapping[str, pl.DataFrame], Doubts]:
    """Return the copies without those that are corrected, at the levels that remain, and what is left in doubt."""
    if not corrections.reasons:
        return frames, Doubts()
    chains = dict(_chains(corrections))
    least = {leaf: min(one.level for one in chain) for leaf, chain in chains.items()}
    gone = sorted(corrections.judged.applied)
    level = pl.col("basis").replace_strict(list(least), list(least.values()), default=None, return_dtype=pl.Int64)
    corrected: dict[str, pl.DataFrame] = {}
    for contest, frame in frames.items():
        kept = frame.filter(~pl.col("basis").is_in(gone))
        corrected[contest] = kept.with_columns(level=pl.coalesce(level, "level")) if least else kept
    alone = frozenset(leaf for leaf, chain in chains.items() if len(set(map(_stands_for, chain))) > 1)
    return corrected, Doubts(stations=_stations(corrections), alone=alone)


def _chains(corrections: Corrections) -> Iterator[tuple[str, tuple[Sheet, ...]]]:
    """Yield each copy that holds instead of others, with all of them and itself."""
    members: dict[str, list[str]] = {}
    for leaf, last in _ends(corrections.judged.applied).items():
        members.setdefault(last, []).append(leaf)
    for last, corrected in members.items():
        chain = tuple(one for leaf in (last, *corrected) if isinstance(one := corrections.entries[leaf], Sheet))
        if chain:
            yield last, chain


def _ends(applied: Mapping[str, str]) -> dict[str, str]:
    """Return what counts in the end in the place of each entry that is corrected."""
    ends: dict[str, str] = {}
    for leaf in applied:
        path: dict[str, None] = {}
        at = leaf
        while at in applied and at not in ends and at not in path:
            path[at] = None
            at = applied[at]
        ends.update(dict.fromkeys(path, ends.get(at, at)))
    return ends


def _stands_for(sheet: Sheet) -> tuple[object, ...]:
    """Return what must be the same for a copy to corroborate others as well as the one that it corrects."""
    return sheet.copy, sheet.collector.casefold(), sheet.states, tuple(sorted(sheet.cells.items()))


def _stations(corrections: Corrections) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for leaf in corrections.judged.doubted:
        sheet = corrections.entries.get(leaf)
        if isinstance(sheet, Sheet):
            found.setdefault(sheet.contest, set()).add(sheet.station)
    return {contest: frozenset(stations) for contest, stations in sorted(found.items())}


def told_corrections(corrections: Corrections) -> tuple[Issue, ...]:
    """Return a note for each correction that is applied, what is in doubt, and how many change no figure."""
    applied = [_applied(pair, corrections) for pair in corrections.judged.applied.items()]
    doubts = [_doubt(one, corrections) for one in corrections.judged.doubts]
    idle = corrections.judged.idle
    notes = [make_issue("A477", count=len(idle), basis=_bases(leaf for pair in idle for leaf in pair))] if idle else []
    order = sorted((*applied, *doubts), key=lambda one: (one.code, one.where.contest, one.where.station, one.basis))
    return (*order, *notes)


def _applied(pair: Pair, corrections: Corrections) -> Issue:
    old, new = (corrections.entries[leaf] for leaf in pair)
    texts = _differences(old, new) or (_said(old), _said(new))
    return make_issue(
        "A470", _where(old), basis=pair, old=texts[0], new=texts[1], reason=corrections.reasons[pair], by=pair[1]
    )


def _doubt(doubt: Doubt, corrections: Corrections) -> Issue:
    found = [corrections.entries.get(leaf) for leaf in doubt.leaves]
    where = next((_where(one) for one in found if one is not None), Where())
    shown = "; ".join(f"{leaf[:12]}: {_said(one)}" for leaf, one in zip(doubt.leaves, found, strict=True))
    return make_issue(doubt.code, where, basis=doubt.leaves, count=len(doubt.leaves), shown=shown)


def _where(entry: AnEntry) -> Where:
    if isinstance(entry, Sheet):
        return Where(contest=entry.contest, station=entry.station)
    return Where(file=entry.file.name) if isinstance(entry, Publication) else Where()


def _said(entry: AnEntry | None) -> str:
    """Return what an entry says, in one line."""
    if isinstance(entry, Sheet):
        return ", ".join([entry.station, *(f"{cell} {value}" for cell, value in sorted(entry.cells.items()))])
    return entry.file.name if isinstance(entry, Publication) else _NOTHING


def _differences(old: AnEntry, new: AnEntry) -> tuple[str, str] | None:
    """Return what differs between two copies, as the one and as the other has it."""
    if not isinstance(old, Sheet) or not isinstance(new, Sheet):
        return None
    cells = sorted({*old.cells, *new.cells})
    told = [(cell, old.cells.get(cell, _NOTHING), new.cells.get(cell, _NOTHING)) for cell in cells]
    told += [(name, getattr(old, name), getattr(new, name)) for name in _HEADS]
    differing = [one for one in told if one[1] != one[2]]
    before, after = ("; ".join(f"{one[0]} {one[place]}" for one in differing) for place in (1, 2))
    return before or _NOTHING, after or _NOTHING


def _bases(leaves: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(leaves))[:10])
