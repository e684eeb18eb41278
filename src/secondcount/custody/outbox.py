"""The outbox: what has been acknowledged and is not in the log yet, one file for each entry and each blob.

Acknowledged means: blobs and canonical entry are on the disk, files and folders flushed. Losing everything else loses
no acknowledged entry. A file is named by the digest of what is in it, so the same thing twice is one file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from secondcount.custody.archive import Archive
from secondcount.custody.layout import naming_digest, outbox_blob, outbox_entry
from secondcount.evidence.digest import leaf_hash, sha256_hex
from secondcount.evidence.entries import parse_entry

__all__ = ["acknowledge", "waiting", "waiting_blobs"]


def acknowledge(archive: Archive, entry: bytes, blobs: Sequence[bytes] = ()) -> str:
    """Put an entry and its blobs on the disk and return its digest, the receipt that can be given at once.

    The blobs come first: an entry in the outbox never waits for what is not there.

    Raises:
        InputError: A504 or A505, the disk or the bucket refuses; then nothing has been acknowledged.
        VerificationError: V6xx, the entry is not one.

    """
    parse_entry(entry)
    leaf = leaf_hash(entry).hex()
    files = [*((outbox_blob(sha256_hex(blob)), blob) for blob in blobs), (outbox_entry(leaf), entry)]
    for path, data in files:
        archive.private.create(path, data)
    return leaf


def waiting(archive: Archive) -> Iterator[str]:
    """Yield the digests of the entries in the outbox; half-written files of a run that was cut off are none."""
    return _digests(archive, outbox_entry(""))


def waiting_blobs(archive: Archive) -> Iterator[str]:
    """Yield the digests of the blobs in the outbox."""
    return _digests(archive, outbox_blob(""))


def _digests(archive: Archive, folder: str) -> Iterator[str]:
    return filter(None, map(naming_digest, archive.private.names(folder)))
