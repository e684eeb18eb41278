"""Which sizes an entry states for the blobs that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from secondcount.evidence.canonical import Json, parse
from secondcount.evidence.entries import Entry

__all__ = ["blob_sizes", "sized_blobs"]

DIGEST = re.compile("[0-9a-f]{64}")


def blob_sizes(entry: Entry) -> dict[str, int]:
    """Return digest -> size for every object of an entry that has both (docs/evidence.md, "Blobs")."""
    found: dict[str, int] = {}
    for name in entry.__struct_fields__:
        value = getattr(entry, name)
        if isinstance(value, Struct) and hasattr(value, "digest") and hasattr(value, "size"):
            found[value.digest] = value.size
    return found


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
