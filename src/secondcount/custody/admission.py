"""What may come into a log: nothing can be taken out again, so one wrong entry would have all of it refused for ever.

Asked are the questions of verification that an entry can fail by what is around it (docs/evidence.md, "What a verifier
does"): its kind, the entries that it names, the files that it needs. What an entry is by itself is asked where it is
read (`evidence.entries`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from secondcount.custody.archive import Archive
from secondcount.custody.decoding import copies_of
from secondcount.custody.healing import catch_up
from secondcount.custody.index import Index, open_index
from secondcount.custody.layout import blob_path, outbox_blob, outbox_entry, withdrawn_path
from secondcount.custody.locking import locked
from secondcount.errors import InputError, SecondcountError, VerificationError
from secondcount.evidence.digest import leaf_hash, sha256_hex
from secondcount.evidence.entries import (
    AnyEntry,
    Commitment,
    Entry,
    Reading,
    Sheet,
    UnknownEntry,
    committed_digest,
    kind_of,
    parse_entry,
    public_blobs,
    references,
)
from secondcount.evidence.log import Log
from secondcount.evidence.verify.naming import files_of, sizes_of

__all__ = ["OWN", "admissible", "admit", "sizes_in"]

OWN = frozenset({"election", "key", "verdict"})
"""Kinds that speak of one log, its origin, its size: only the commands that make them add them."""

BRINGING = ("custody", "publication", "copy")  # kinds that bring in a file on which a sheet may rest


def admissible(archive: Archive, index: Index, leaves: Iterable[str]) -> dict[str, bytes]:
    """Return those entries of the outbox that the log can take now; the others lie where they are.

    An entry that names another one waits until that is in the log. A file that is not what its name says is no entry.
    """
    found: dict[str, bytes] = {}
    for leaf in leaves:
        with suppress(SecondcountError):
            data = archive.private.load(outbox_entry(leaf))
            if leaf_hash(data).hex() == leaf:
                if index.by_leaf(leaf) is None:
                    _check(archive, index, parse_entry(data), {})
                found[leaf] = data
    bases = {leaf: one.basis.file for leaf, one in _sheets(found)}
    brought = _brought(archive, index, frozenset(bases.values()))
    return {leaf: data for leaf, data in found.items() if leaf not in bases or bases[leaf] in brought}


def _sheets(entries: Mapping[str, bytes]) -> Iterable[tuple[str, Sheet]]:
    parsed = ((leaf, parse_entry(data)) for leaf, data in entries.items())
    return ((leaf, entry) for leaf, entry in parsed if isinstance(entry, Sheet))


def admit(archive: Archive, data: bytes, blobs: Iterable[bytes]) -> None:
    """Refuse an entry that is about to be acknowledged and could not come into the log.

    Raises:
        InputError: A382 its kind has a command of its own, A383 it names an entry that is not there, A384 it needs a
            file that is not there or has another size, A385 it rests on a file that no entry has brought in.
        VerificationError: V6xx, it is no entry; V806 a reading that does not open its commitment.

    """
    entry = parse_entry(data)
    if kind_of(entry) == "withdrawal":
        raise InputError("A382", kind="withdrawal")
    with locked(archive), open_index(archive.index_file) as index:
        catch_up(archive, index)
        _check(archive, index, entry, {sha256_hex(one): len(one) for one in blobs}, in_outbox=True)
        if isinstance(entry, Sheet) and not _brought(archive, index, frozenset({entry.basis.file})):
            raise InputError("A385", digest=entry.basis.file)


def sizes_in(archive: Archive, index: Index) -> dict[str, int]:
    """Return the size of each public blob for which the log states one: no further entry may state another."""
    kinds = (kind for kind in index.kinds() if kind not in {"sheet", "reading", "withdrawal"})
    return {
        digest: size
        for kind in kinds
        for entry in _of_kind(archive, index, kind)
        for digest, size in sizes_of(entry).items()
    }


def _check(
    archive: Archive,
    index: Index,
    entry: AnyEntry | Entry | UnknownEntry,
    blobs: Mapping[str, int],
    *,
    in_outbox: bool = False,
) -> None:
    if kind_of(entry) in OWN:
        raise InputError("A382", kind=kind_of(entry))
    for digest in references(entry):
        waits = in_outbox and archive.private.size(outbox_entry(digest)) is not None
        if not waits and index.by_leaf(digest) is None:
            raise InputError("A383", digest=digest)
    if isinstance(entry, Reading) and entry.commitment:
        _check_opening(archive, index, entry, entry.commitment)
    sizes = sizes_of(entry)
    for digest in {*public_blobs(entry), *sizes}:
        found = blobs.get(digest, _size(archive, digest))
        if found is None or sizes.get(digest, found) != found:
            raise InputError("A384", digest=digest)


def _check_opening(archive: Archive, index: Index, entry: Reading, commitment: str) -> None:
    """Refuse a reading that is not what its commitment has fixed.

    Raises:
        VerificationError: V806.

    """
    placed = index.by_leaf(commitment)
    data = (
        Log(archive.public, index.size).entry(placed.position)
        if placed
        else archive.private.load(outbox_entry(commitment))
    )
    fixed = parse_entry(data)
    if not isinstance(fixed, Commitment) or fixed.digest != committed_digest(entry):
        raise VerificationError("V806", digest=commitment)


def _size(archive: Archive, digest: str) -> int | None:
    """Return the size of a blob that is public, waits to be, or was withdrawn; None where there is none."""
    for store, path in (
        (archive.public, blob_path(digest)),
        (archive.private, outbox_blob(digest)),
        (archive.private, withdrawn_path(digest)),
    ):
        size = store.size(path)
        if size is not None:
            return size
    return None


def _brought(archive: Archive, index: Index, files: frozenset[str]) -> frozenset[str]:
    """Return those of some files that entries of the log have brought in.

    Of a picture of the desk its `copy` entry is known; only for others all entries are looked at that bring files in.
    """
    known = {one for one in files if any(map(index.by_leaf, copies_of(archive, one)))}
    if known == files:
        return files
    entries = (entry for kind in BRINGING for entry in _of_kind(archive, index, kind))
    return files & known.union(file for entry in entries for file in files_of(entry))


def _of_kind(archive: Archive, index: Index, kind: str) -> Iterable[Entry | UnknownEntry]:
    log = Log(archive.public, index.size)
    return (parse_entry(log.entry(one.position)) for one in index.of_kind(kind))
