"""The sequencer: the only writer of the log. One at a time, and each step can be cut off at any instruction.

The order of a step (each line is on the disk before the next one begins):

1. the journal says what is about to be done;
2. blobs, so that no entry in the log names one that is not there;
3. bundles and tiles, all of them new files: the old tree stays readable;
4. the checkpoint, replaced in one move: now the log has grown;
5. other files and the manifest; partial tiles that are superseded go;
6. the index; then what came from the outbox is deleted; the journal goes last.

What was acknowledged lies in the outbox until 4. is on the disk, so a cut loses nothing, and the same entry is in the
log once, whatever is done again (`healing`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

import msgspec

from secondcount.custody.admission import admissible
from secondcount.custody.archive import Archive, load_head, load_signer, refreshed
from secondcount.custody.healing import catch_up, finish, heal
from secondcount.custody.index import Index, open_index
from secondcount.custody.journal import Journal, store_journal
from secondcount.custody.layout import (
    CHECKPOINT,
    blob_path,
    named_digests,
    outbox_blob,
    outbox_entry,
    withdrawn_path,
)
from secondcount.custody.locking import PATIENCE, locked
from secondcount.custody.outbox import waiting, waiting_blobs
from secondcount.custody.withdrawn import withdrawn_blobs
from secondcount.errors import InputError
from secondcount.evidence.checkpoint import Checkpoint
from secondcount.evidence.digest import leaf_hash, sha256_hex
from secondcount.evidence.keys import SigningKey
from secondcount.evidence.log import append_entries, remove_superseded
from secondcount.evidence.note import Signer, sign_note
from secondcount.evidence.store import Missing

__all__ = [
    "Drained",
    "Progress",
    "Writer",
    "append",
    "append_all",
    "append_batch",
    "drain",
    "drain_with",
    "looking",
    "put_files",
    "writing",
]

LOT = 65_536  # entries under one checkpoint: 256 full bundles
OUTBOX_LOT = 4_096  # entries of the outbox under one checkpoint
NOTHING_MORE = Journal()

Progress = Callable[[int, int], None]
"""Called with what is done and what there is to do."""

Files = Mapping[str, bytes]
Blobs = Mapping[str, Callable[[], bytes]]
"""Blobs by digest, loaded one by one when they are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drained:
    """What the log is now, and what became of what was given."""

    size: int
    root: bytes
    added: int = 0
    repeated: int = 0  # in the log already
    left: int = 0  # files of the outbox that the log cannot take


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Whoever holds the archive for writing: it is whole, and the index speaks for all of it."""

    archive: Archive
    signer: SigningKey
    index: Index
    withdrawn: frozenset[str]  # digests of blobs that are not to be shown
    now: datetime  # for the journal; no entry bears the time of its arrival in the log


@contextmanager
def writing(archive: Archive, now: datetime, *, patience: int = PATIENCE) -> Iterator[Writer]:
    """Hold an archive for writing; what a run before has left half done is finished or undone first.

    Raises:
        InputError: A104 or A105 no key, A201 somebody else writes, A211 the disk or the bucket refuses.

    """
    with locked(archive, patience), _refusals_told(archive):
        healed = heal(refreshed(archive))
        signer = load_signer(healed)
        with open_index(healed.index_file) as index:
            catch_up(healed, index)
            withdrawn = withdrawn_blobs(healed, index)
            yield Writer(archive=healed, signer=signer, index=index, withdrawn=withdrawn, now=now)


@contextmanager
def looking(archive: Archive, *, rebuild: bool = False) -> Iterator[tuple[Archive, Index]]:
    """Hold an archive for looking up; needs no key unless a run was cut off. Yield it and its index.

    Raises:
        InputError: A201 somebody writes and does not come to an end; of a run that was cut off, as `writing`.

    """
    with locked(archive), _refusals_told(archive):
        healed = heal(refreshed(archive))
        with open_index(healed.index_file, rebuild=rebuild) as index:
            catch_up(healed, index)
            yield healed, index


REFUSALS = frozenset({"A504", "A505"})  # of a disk that is full, a disk or bucket that refuses


@contextmanager
def _refusals_told(archive: Archive) -> Iterator[None]:
    """Say of a refusal what has become of what was acknowledged: nothing, it waits.

    Raises:
        InputError: A211, with the refusal behind it.

    """
    try:
        yield
    except InputError as error:
        if error.code not in REFUSALS:
            raise
        count = sum(1 for _ in waiting(archive))
        raise InputError("A211", count=count, path=error.values.get("path", ""), refusal=error.code) from error


def drain(archive: Archive, now: datetime, progress: Progress = lambda *_: None) -> Drained:
    """Put everything that waits in the outbox into the log.

    Raises:
        InputError: as `writing`.

    """
    with writing(archive, now) as writer:
        return drain_with(writer, progress)


def drain_with(writer: Writer, progress: Progress = lambda *_: None) -> Drained:
    """Put everything that waits in the outbox into the log, as whoever holds the archive already."""
    archive, added, repeated = writer.archive, 0, 0
    leaves = list(waiting(archive))
    total, here, before = len(leaves), frozenset(waiting_blobs(archive)), -1
    step = _unchanged(writer)
    while len(leaves) != before:  # again as long as entries come in that others refer to
        before, left = len(leaves), list[str]()
        for at in range(0, before, OUTBOX_LOT):
            lot = leaves[at : at + OUTBOX_LOT]
            step, rest = _drain_lot(writer, lot, here)
            left += rest
            added, repeated = added + step.added, repeated + step.repeated
            progress(added + repeated, total)
        leaves = left
    return replace(step, added=added, repeated=repeated, left=len(leaves))


def _drain_lot(writer: Writer, lot: Sequence[str], here: frozenset[str]) -> tuple[Drained, list[str]]:
    """Put those entries of a lot into the log that it can take; return what it cannot, which stays where it is."""
    archive = writer.archive
    entries = admissible(archive, writer.index, lot)
    named = frozenset[str]().union(*map(named_digests, entries.values())) & here
    there = [
        one for one in sorted(named) if archive.private.size(outbox_blob(one)) is not None
    ]  # no lot took it along
    blobs = {one: _loader(archive, outbox_blob(one)) for one in there}
    step = append(writer, list(entries.values()), blobs)
    _delete(archive, [*map(outbox_entry, entries), *map(outbox_blob, blobs)])
    return step, [leaf for leaf in lot if leaf not in entries]


def _loader(archive: Archive, path: str) -> Callable[[], bytes]:
    return lambda: archive.private.load(path)


def _delete(archive: Archive, paths: Iterable[str]) -> None:
    for path in paths:
        archive.private.delete(path)


def append_batch(
    archive: Archive,
    entries: Iterable[bytes],
    blobs: Sequence[bytes] = (),
    *,
    now: datetime,
    progress: Progress = lambda *_: None,
) -> Drained:
    """Put many entries and their blobs into the log at once; durable when it returns. What waits goes along.

    The blobs are written with the first lot of entries, so none of the entries is ever in the log without them.

    Raises:
        InputError: as `writing`.

    """
    with writing(archive, now) as writer:
        drain_with(writer)
        return append_all(writer, entries, blobs, progress)


def append_all(
    writer: Writer, entries: Iterable[bytes], blobs: Sequence[bytes] = (), progress: Progress = lambda *_: None
) -> Drained:
    """Append any number of entries, a lot under each checkpoint."""
    ready: Blobs = {sha256_hex(blob): _holder(blob) for blob in blobs}
    step, added, repeated, coming = _unchanged(writer), 0, 0, iter(entries)
    total = len(entries) if isinstance(entries, Sequence) else 0
    while lot := list(islice(coming, LOT)):
        step = append(writer, lot, ready)
        ready = {}
        added, repeated = added + step.added, repeated + step.repeated
        progress(added + repeated, total)
    return replace(step, added=added, repeated=repeated)


def _holder(blob: bytes) -> Callable[[], bytes]:
    return lambda: blob


def _unchanged(writer: Writer) -> Drained:
    head = load_head(writer.archive).checkpoint
    return Drained(size=head.size, root=head.root)


def append(
    writer: Writer,
    entries: Sequence[bytes],
    blobs: Blobs,
    plan: Journal = NOTHING_MORE,
    signer: Signer | None = None,
) -> Drained:
    """Do one step. `plan` says what follows the checkpoint; `signer` signs it where a new key takes over."""
    archive, head = writer.archive, load_head(writer.archive)
    fresh = _fresh(writer.index, entries)
    new = [one for one in blobs if one not in writer.withdrawn and archive.public.size(blob_path(one)) is None]
    for one in writer.withdrawn.intersection(blobs):
        archive.private.create(withdrawn_path(one), blobs[one]())  # kept, and not shown
    if not fresh and not new:
        return replace(_unchanged(writer), repeated=len(entries))
    size, root = head.checkpoint.size, head.checkpoint.root
    journal = msgspec.structs.replace(plan, began=writer.now.isoformat(), size=size, blobs=tuple(new))
    store_journal(archive, journal)
    archive.public.create_many((blob_path(one), blobs[one]()) for one in new)
    if fresh:  # a checkpoint that says nothing new would throw away the cosignatures of the old one
        grown = append_entries(archive.public, size, fresh, root)
        text = Checkpoint(origin=archive.origin, size=grown.size, root=grown.root).encode()
        archive.public.replace(CHECKPOINT, sign_note(text, signer or writer.signer), head.version)
        remove_superseded(archive.public, grown.size, size)
        size, root = grown.size, grown.root
    finish(archive, journal)
    writer.index.add(size - len(fresh), fresh)
    return Drained(size=size, root=root, added=len(fresh), repeated=len(entries) - len(fresh))


def _fresh(index: Index, entries: Sequence[bytes]) -> list[bytes]:
    """Return the entries that are not in the log, each once, in their order."""
    by_leaf = {leaf_hash(entry): entry for entry in entries}
    known = index.known(list(by_leaf))
    return [entry for leaf, entry in by_leaf.items() if leaf not in known]


def put_files(writer: Writer, files: Mapping[str, bytes | None]) -> None:
    """Write, replace or (None) remove public files that only the manifest accounts for, and sign it anew."""
    archive, public = writer.archive, writer.archive.public
    size = load_head(archive).checkpoint.size
    journal = Journal(began=writer.now.isoformat(), size=size, files=tuple(files))
    store_journal(archive, journal)
    for path, data in files.items():
        if data is None:
            public.delete(path)
        elif _holds(archive, path) != data:
            public.replace(path, data, public.version(path))
    finish(archive, journal)


def _holds(archive: Archive, path: str) -> bytes | None:
    try:
        return archive.public.load(path)
    except Missing:
        return None
