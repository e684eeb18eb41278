"""Recognise what the log says already in other words, so that no machine's copy of a fact stands beside another's.

Two archives that take in the same tables have the same entries but for three things that each decides for itself: the
pseudonym of a collector who stands in a table by name, the place of a table that does not say when it was published,
the name under which a file came. Of an entry that differs in nothing else one is enough:

- a row of a table under another pseudonym is left out, once one row in both spellings shows that the two pseudonyms
  are one person (`verdict.same_collectors` reads that off again);
- of a table in other words, that entry stays which counts for both machines (`evidence.sameness`); it is added where
  it is the other one's.

Whatever differs in anything else, a figure or a level, is another fact: it is taken, and told (A466). So is an entry
that another one names, for a correction must find what it corrects.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator
from functools import cached_property

import msgspec

from secondcount.custody.sequencer import Writer
from secondcount.evidence.digest import leaf_hash
from secondcount.evidence.entries import (
    Custody,
    Entry,
    Publication,
    Sheet,
    UnknownEntry,
    encode_entry,
    parse_entry,
    references,
)
from secondcount.evidence.log import Log
from secondcount.evidence.sameness import SamePeople, is_pseudonym, rank_of, table_of

__all__ = ["Recogniser", "named_in", "recogniser_of"]

AnEntry = Entry | UnknownEntry
_KEY = 16  # bytes that are kept of a row's digest
_SHEET = b'"kind":"sheet"'


def named_in(entries: Iterable[bytes]) -> frozenset[str]:
    """Return the entries that others name, by their digests; copies name none."""
    return frozenset(one for data in entries if _SHEET not in data for one in references(parse_entry(data)))


class Recogniser:
    """What a log says, asked entry by entry; what is asked and not recognised is taken for granted from then on.

    Args:
        entries: returns those of the log, anew each time. They are read where something can be recognised at all.
        named: returns the digests of entries that must be taken whatever they repeat.

    """

    def __init__(self, entries: Callable[[], Iterable[bytes]], named: Callable[[], Container[str]]) -> None:
        self._entries, self._find_named = entries, named
        self.recognised = 0  # of what arrived by `new_of`
        self._people = SamePeople()

    @cached_property
    def _named(self) -> Container[str]:
        return self._find_named()

    @cached_property
    def _told(self) -> list[tuple[bytes, Publication | Custody]]:
        """Return the entries of the log that are of tables."""
        parsed = ((leaf_hash(data), parse_entry(data)) for data in self._entries() if _SHEET not in data)
        return [(leaf, one) for leaf, one in parsed if isinstance(one, Publication | Custody) and table_of(one)]

    @cached_property
    def _tables(self) -> dict[tuple[object, ...], tuple[object, ...]]:
        """Return what is said of tables in the log, and the rank of what counts."""
        found: dict[tuple[object, ...], tuple[object, ...]] = {}
        for leaf, entry in self._told:
            rank = rank_of(entry, leaf)
            found[table_of(entry)] = min(rank, found.get(table_of(entry), rank))
        return found

    @cached_property
    def _rows(self) -> dict[bytes, str]:
        """Return the rows of tables that are in the log under a pseudonym."""
        found: dict[bytes, str] = {}
        for data in self._entries():
            entry = parse_entry(data) if _SHEET in data else None
            if isinstance(entry, Sheet) and _is_told_by_row(entry):
                self._people.link(entry.collector, found.setdefault(_row(entry), entry.collector))
        return found

    def knows(self, entry: AnEntry, leaf: bytes) -> bool:
        """Return whether an entry that is not in the log need not come into it, since what it says is there."""
        if isinstance(entry, Sheet) and _is_told_by_row(entry):
            return self._knows_row(entry, leaf)
        if isinstance(entry, Publication | Custody) and (table := table_of(entry)):
            return self._knows_table(table, rank_of(entry, leaf), leaf)
        return False

    def new_of(self, entries: Iterable[bytes]) -> Iterator[bytes]:
        """Yield those entries of tables that arrive here which are not recognised, and count the others."""
        files, again = {one.file for _, one in self._told if isinstance(one, Custody)}, False
        for data in entries:
            entry = parse_entry(data) if again or _SHEET not in data else None  # rows come behind their tables
            again = again or (isinstance(entry, Custody) and entry.file in files)
            if entry is not None and self.knows(entry, leaf_hash(data)):
                self.recognised += 1
            else:
                yield data

    def _knows_table(self, table: tuple[object, ...], rank: tuple[object, ...], leaf: bytes) -> bool:
        ours = self._tables.get(table)
        if ours is not None and ours <= rank and leaf.hex() not in self._named:
            return True
        self._tables[table] = rank if ours is None else min(ours, rank)
        return False

    def _knows_row(self, entry: Sheet, leaf: bytes) -> bool:
        ours = self._rows.setdefault(_row(entry), entry.collector)
        if ours == entry.collector:
            return False
        linked = self._people.least(ours) == self._people.least(entry.collector)
        if linked and leaf.hex() not in self._named:
            return True
        self._people.link(ours, entry.collector)
        return False


def recogniser_of(writer: Writer, named: Callable[[], Container[str]] = frozenset) -> Recogniser:
    """Return what asks the log of an archive that is held for writing."""

    def entries() -> Iterable[bytes]:
        size = writer.index.size
        return (data for _, data in Log(writer.archive.public, size).entries(0, size))

    return Recogniser(entries, named)


def _is_told_by_row(entry: Sheet) -> bool:
    """Return whether a copy is told from others by its row of a table, and its collector is a pseudonym."""
    return entry.basis.row > 0 and is_pseudonym(entry.collector)


def _row(entry: Sheet) -> bytes:
    """Return what a copy says but for its collector."""
    return hashlib.sha256(encode_entry(msgspec.structs.replace(entry, collector=""))).digest()[:_KEY]
