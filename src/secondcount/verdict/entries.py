"""What the entries of an archive say, in one pass: the few that name tables, and which of the others are copies.

Kept apart from `load`, which makes a record of it. Nothing here depends on the order in which entries arrived.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

import msgspec

from secondcount.errors import InputError
from secondcount.evidence.arrival import TABLE_IMPORTED
from secondcount.evidence.digest import leaf_hash
from secondcount.evidence.entries import (
    Copy,
    Correction,
    Custody,
    Election,
    Entry,
    Publication,
    Sheet,
    UnknownEntry,
    Withdrawal,
    parse_entry,
)
from secondcount.evidence.sameness import rank_of

__all__ = ["ArchiveLog", "Found", "find_entries", "named_entries", "resting_on", "sheets_of"]

_NAMING = frozenset({"election", "publication", "custody", "withdrawal", "correction", "copy"})
_REPORTED = "reported"
_SHEET = "sheet"
_DESK = {"reading": b'"commitment":"', "adjudication": b'"pages":[', "provenance": b'"as_claimed"'}
"""Kind -> what stands in such an entry of a desk; ids cannot hold a quotation mark that is not escaped."""
_Labelled = TypeVar("_Labelled", Publication, Custody)


class ArchiveLog(Protocol):
    """What is asked of a log (`evidence.log.Log`)."""

    def entries(self, start: int, stop: int) -> Iterator[tuple[int, bytes]]:
        """Yield index and bytes of the entries `start <= index < stop`."""
        ...


class _Kind(msgspec.Struct, frozen=True, gc=False):
    kind: str = ""


_KIND = msgspec.json.Decoder(_Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The entries that say what a record is made of; those that stand twice count once."""

    election: Election
    publications: Mapping[str, Publication]  # by leaf hash, oldest first
    tables: Mapping[str, Custody]  # tables of copies, by leaf hash, in the order of their names
    same: Mapping[str, str]  # a publication that was captured again -> the one that counts
    disputed: Mapping[str, int]  # a publication that counts -> at how many places it stands, where it is several
    withdrawn: frozenset[str]  # digests of blobs that are no longer shown
    corrections: Mapping[str, Correction]  # by leaf hash
    made_up: frozenset[str]  # digests of photos made up for practice, public pictures and originals
    sheets: bytes  # one byte for each entry: 1 = a sheet
    kinds: Mapping[str, int]  # how many entries there are of each kind


def find_entries(log: ArchiveLog, size: int) -> Found:
    """Return what the first `size` entries are.

    Raises:
        InputError: A450 they name no election, or two.
        VerificationError: an entry is none.

    """
    kinds: Counter[str] = Counter()
    named: dict[str, Entry] = {}
    flags = bytearray()
    for _, data in log.entries(0, size):
        kind = _kind(data)
        kinds[kind] += not _is_of_a_desk(kind, data)
        flags.append(kind == _SHEET)
        if kind in _NAMING:
            entry = parse_entry(data)
            if isinstance(entry, Publication) and entry.kind_of_table != _REPORTED:
                kinds[kind] -= 1  # no figures of an authority: told by its own name, and not read as such
                kinds[f"{kind} ({entry.kind_of_table})"] += 1
            elif isinstance(entry, Entry):
                named[leaf_hash(data).hex()] = entry
    elections = [one for one in named.values() if isinstance(one, Election)]
    if len(elections) != 1:
        raise InputError("A450", count=len(elections), size=size)
    return Found(
        election=elections[0],
        publications=dict(_publications(named).values()),
        same=_same(named),
        disputed=_disputed(named),
        tables=_tables(named),
        withdrawn=frozenset(one.blob for one in named.values() if isinstance(one, Withdrawal)),
        corrections={leaf: one for leaf, one in sorted(named.items()) if isinstance(one, Correction)},
        made_up=_made_up(named),
        sheets=bytes(flags),
        kinds={kind: count for kind, count in sorted(kinds.items()) if count},
    )


def _kind(data: bytes) -> str:
    try:
        return _KIND.decode(data).kind
    except ValueError:  # whoever verifies says what is wrong with it
        return ""


def _is_of_a_desk(kind: str, data: bytes) -> bool:
    """Return whether an entry is a reading, decision or ground of a desk, whose figures and level come as a sheet.

    Entries of before have no such fields, so what older releases said of theirs is said again.
    """
    mark = _DESK.get(kind)
    return mark is not None and mark in data


def _publications(named: Mapping[str, Entry]) -> dict[tuple[str, str, str], tuple[str, Publication]]:
    """Return the publications, oldest first; a table that was captured again, and is read alike, counts once."""
    found = [(leaf, one) for leaf, one in named.items() if isinstance(one, Publication)]
    found.sort(key=lambda pair: rank_of(pair[1], bytes.fromhex(pair[0])))
    once: dict[tuple[str, str, str], tuple[str, Publication]] = {}
    for leaf, one in found:
        once.setdefault(_read_alike(one), (leaf, one))
    made_up = {_read_alike(one) for _, one in found if one.synthetic}
    oldest_first = sorted(once.items(), key=lambda pair: (pair[1][1].order, pair[0]))
    return {alike: (leaf, _labelled(one, alike in made_up)) for alike, (leaf, one) in oldest_first}


def _read_alike(one: Publication) -> tuple[str, str, str]:
    return one.file.digest, one.contest, one.layout


def _same(named: Mapping[str, Entry]) -> dict[str, str]:
    counted = _publications(named)
    found = ((leaf, one) for leaf, one in named.items() if isinstance(one, Publication))
    return {leaf: counted[_read_alike(one)][0] for leaf, one in found}


def _disputed(named: Mapping[str, Entry]) -> dict[str, int]:
    """Return for each publication that counts at how many places it stands, where archives do not agree on one."""
    places: dict[str, set[int]] = {}
    for leaf, counted in _same(named).items():
        entry = named[leaf]
        if isinstance(entry, Publication):
            places.setdefault(counted, set()).add(entry.order)
    return {leaf: len(found) for leaf, found in places.items() if len(found) > 1}


def _tables(named: Mapping[str, Entry]) -> dict[str, Custody]:
    """Return the tables of copies by name; of one that was imported again, read alike, the first counts."""
    found = [(leaf, one) for leaf, one in named.items() if isinstance(one, Custody) and one.event == TABLE_IMPORTED]
    found.sort(key=lambda pair: (pair[1].name, pair[1].file, pair[0]))  # as `rank_of` within one file
    once: dict[tuple[str, str, str], tuple[str, Custody]] = {}
    for leaf, one in found:
        once.setdefault((one.file, one.layout, one.issues), (leaf, one))
    made_up = {one.file for _, one in found if one.synthetic}
    return {leaf: _labelled(one, one.file in made_up) for leaf, one in once.values()}


def _labelled(one: _Labelled, synthetic: bool) -> _Labelled:
    """Return an entry as made up where any entry of the same file says so: no further one takes the label off."""
    return msgspec.structs.replace(one, synthetic=synthetic)


def _made_up(named: Mapping[str, Entry]) -> frozenset[str]:
    photos = [one for one in named.values() if isinstance(one, Copy) and one.synthetic]
    return frozenset(digest for one in photos for digest in (one.original, one.derivative.digest))


def resting_on(log: ArchiveLog, found: Found, files: frozenset[str]) -> Counter[str]:
    """Return how many sheets rest on each of some files."""
    lots = sheets_of(log, found, 1) if files else ()
    bases = (entry.basis.file for lot in lots for entry in map(parse_entry, lot) if isinstance(entry, Sheet))
    return Counter(base for base in bases if base in files)


def sheets_of(log: ArchiveLog, found: Found, together: int) -> Iterator[list[bytes]]:
    """Yield the bytes of the sheets, so many at a time."""
    chosen: list[bytes] = []
    for index, data in log.entries(0, len(found.sheets)):
        if found.sheets[index]:
            chosen.append(data)
            if len(chosen) == together:
                yield chosen
                chosen = []
    if chosen:
        yield chosen


def named_entries(log: ArchiveLog, size: int, leaves: frozenset[str]) -> dict[str, Entry | UnknownEntry]:
    """Return those of some entries that the log has among its first `size`, by leaf hash."""
    found: dict[str, Entry | UnknownEntry] = {}
    for _, data in log.entries(0, size) if leaves else ():
        leaf = leaf_hash(data).hex()
        if leaf in leaves:
            found[leaf] = parse_entry(data)
    return found
