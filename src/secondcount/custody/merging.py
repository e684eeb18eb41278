"""Entries of another archive of the same election, each once; what that archive alone may say is not taken.

Own to an archive are its election entry, its keys and its verdicts: they speak of a log, an origin, a tree size; and
so is what names one of these. What would have our log refused is not taken either; nor is what our log says already
in other words (`recognising`).
A withdrawal is taken only for a blob that is not here: nobody else hides what we show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice

from secondcount.custody.admission import OWN, sizes_in
from secondcount.custody.archive import Archive, load_head
from secondcount.custody.layout import CHECKPOINT, blob_path, withdrawn_path
from secondcount.custody.recognising import named_in, recogniser_of
from secondcount.custody.restore import open_copy, verify_copy
from secondcount.custody.sequencer import Progress, Writer, append, drain_with, writing
from secondcount.errors import InputError
from secondcount.evidence.digest import leaf_hash, sha256_hex
from secondcount.evidence.entries import (
    Election,
    Entry,
    UnknownEntry,
    Withdrawal,
    kind_of,
    parse_entry,
    public_blobs,
    references,
)
from secondcount.evidence.log import Log
from secondcount.evidence.note import stated_checkpoint
from secondcount.evidence.store import Store
from secondcount.evidence.verify.naming import sizes_of

__all__ = ["OWN", "Merged", "merge_archive"]

LOT = 8_192  # entries under one checkpoint: their blobs are loaded one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What became of the entries of another archive, by kind."""

    size: int  # of our log afterwards
    added: Mapping[str, int]
    repeated: Mapping[str, int]  # here already
    recognised: Mapping[str, int]  # here already in other words: a row under another pseudonym, a table elsewhere
    left: Mapping[str, int]  # own to the other archive, withdrawals of what we show, or not fit for ours
    ours_alone: Mapping[str, int]  # entries of ours that the other archive has not


@dataclass(slots=True, kw_only=True)
class _Count:
    added: Counter[str]
    repeated: Counter[str]
    recognised: Counter[str]
    left: Counter[str]


def merge_archive(archive: Archive, place: str, now: datetime, progress: Progress = lambda *_: None) -> Merged:
    """Add the entries of the archive at `place` (a whole archive, an export, a mirror, an address).

    Raises:
        InputError: A331 no archive, A332 it does not verify, A334 it is of another election; or as `writing`.

    """
    other = open_copy(place)
    verify_copy(other, place)
    log = Log(other, stated_checkpoint(other.load(CHECKPOINT)).size)
    with writing(archive, now) as writer:
        drain_with(writer)
        _check_election(writer, log, place)
        count = _Count(added=Counter(), repeated=Counter(), recognised=Counter(), left=Counter())
        before = Counter(writer.index.kinds())
        taken = _taken(writer, log, count)
        while lot := list(islice(taken, LOT)):
            append(writer, lot, dict(_blobs(other, lot)))
            progress(sum(count.added.values()) + sum(count.repeated.values()), log.size)
        return Merged(
            size=load_head(writer.archive).checkpoint.size,
            added=dict(sorted(count.added.items())),
            repeated=dict(sorted(count.repeated.items())),
            recognised=dict(sorted(count.recognised.items())),
            left=dict(sorted(count.left.items())),
            ours_alone=_ours_alone(before, count),
        )


def _ours_alone(before: Counter[str], count: _Count) -> dict[str, int]:
    alone = before - count.repeated - count.recognised
    return {kind: number for kind, number in sorted(alone.items()) if kind not in OWN}


def _check_election(writer: Writer, log: Log, place: str) -> None:
    """Refuse another election: both logs begin with the same definition and parameters."""
    own_log = Log(writer.archive.public, load_head(writer.archive).checkpoint.size)
    own, found = parse_entry(own_log.entry(0)), parse_entry(log.entry(0)) if log.size else None
    if not isinstance(own, Election) or not isinstance(found, Election):
        raise InputError("A334", place=place, found="", expected="")
    if (own.id, own.definition.digest, own.params) != (found.id, found.definition.digest, found.params):
        raise InputError("A334", place=place, found=found.id, expected=own.id)


def _taken(writer: Writer, log: Log, count: _Count) -> Iterator[bytes]:
    """Yield the entries of the other log that are new here and not its own, and count what becomes of each."""
    entries = _entries(log)
    recogniser = recogniser_of(writer, lambda: named_in(_entries(log)))
    sizes, taken = sizes_in(writer.archive, writer.index), set[str]()
    while lot := list(islice(entries, LOT)):
        leaves = [leaf_hash(entry) for entry in lot]
        known = writer.index.known(leaves)
        for leaf, data in zip(leaves, lot, strict=True):
            entry = parse_entry(data)
            kind = kind_of(entry)
            if leaf in known:
                count.repeated[kind] += 1
            elif _is_left(writer, entry, sizes, taken):
                count.left[kind] += 1
            elif recogniser.knows(entry, leaf):
                count.recognised[kind] += 1
            else:
                count.added[kind] += 1
                taken.add(leaf.hex())
                sizes.update(sizes_of(entry))
                yield data


def _entries(log: Log) -> Iterator[bytes]:
    return (entry for _, entry in log.entries(0, log.size))


def _is_left(writer: Writer, entry: Entry | UnknownEntry, sizes: Mapping[str, int], taken: Set[str]) -> bool:
    """Return whether an entry is not taken: own to the other log, hiding what is here, or such that ours were refused.

    That is one which names an entry that is not taken, or states of a file another size than ours.
    """
    if isinstance(entry, Withdrawal):
        return _is_here(writer.archive, entry.blob)
    dangling = (one for one in references(entry) if one not in taken and writer.index.by_leaf(one) is None)
    return (
        kind_of(entry) in OWN
        or any(True for _ in dangling)
        or any(sizes.get(digest, size) != size for digest, size in sizes_of(entry).items())
    )


def _is_here(archive: Archive, digest: str) -> bool:
    paths = ((archive.public, blob_path(digest)), (archive.private, withdrawn_path(digest)))
    return any(store.size(path) is not None for store, path in paths)


def _blobs(other: Store, entries: list[bytes]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield a loader for each blob that the entries name and the other archive shows."""
    for entry in entries:
        for digest in public_blobs(parse_entry(entry)):
            if other.size(blob_path(digest)) is not None:
                yield digest, partial(_load, other, digest)


def _load(other: Store, digest: str) -> bytes:
    """Return a blob of the other archive, which may have changed since it was verified.

    Raises:
        InputError: A335, its bytes are others.

    """
    data = other.load(blob_path(digest))
    if sha256_hex(data) != digest:
        raise InputError("A335", found=digest)
    return data
