"""Which sizes an entry states for the blobs that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from secondcount.evidence.canonical import Json, parse
from secondcount.evidence.entries import Copy, Custody, Entry, Publication, UnknownEntry

__all__ = ["blob_sizes", "files_of", "sized_blobs", "sizes_of"]

DIGEST = re.compile("[0-9a-f]{64}")


def blob_sizes(entry: Entry) -> dict[str, int]:
    """Return digest -> size for every object of an entry that has both (docs/evidence.md, "Blobs")."""
    found: dict[str, int] = {}
    for name in entry.__struct_fields__:
        value = getattr(entry, name)
        if isinstance(value, Struct) and hasattr(value, "digest") and hasattr(value, "size"):
            found[value.digest] = value.size
    return found


def sizes_of(entry: Entry | UnknownEntry) -> dict[str, int]:
    """Return digest -> size as an entry of any kind states it."""
    return dict(sized_blobs(entry.data)) if isinstance(entry, UnknownEntry) else blob_sizes(entry)


def files_of(entry: Entry | UnknownEntry) -> Iterator[str]:
    """Yield the digests of the files that an entry brings in: what a sheet may rest on."""
    if isinstance(entry, Custody):
        yield entry.file
    elif isinstance(entry, Publication):
        yield entry.file.digest
    elif isinstance(entry, Copy):
        yield entry.original
        yield entry.derivative.digest


def sized_blobs(raw: bytes) -> Iterator[tuple[str, int]]:
    """Yield digest and size of the blobs that an entry of an unknown kind names, in the form that all kinds share."""
    yield from _sized(parse(raw))


def _sized(value: Json) -> Iterator[tuple[str, int]]:
    if isinstance(value, list):
        for one in value:
            yield from _sized(one)
    elif isinstance(value, dict):
        digest, size = value.get("digest"), value.get("size")
        if isinstance(digest, str) and DIGEST.fullmatch(digest) and type(size) is int and size >= 0:
            yield digest, size
        for one in value.values():
            yield from _sized(one)
