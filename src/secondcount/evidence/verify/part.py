"""What one look at a run of bundles has found: small, and such that parts of an archive can be looked at apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

__all__ = ["BUCKETS", "NO_SIZE", "Part", "Problem", "merge_sums", "pack", "unpack"]

BUCKETS = 256
"""Leaf hashes are sorted into buckets by their first byte, so that duplicates are looked for in little memory."""

NO_SIZE = 2**64 - 1
"""Stands for the size of a blob whose entry names none."""

_NUMBER, _DIGEST = 8, 32


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A refusal as plain data: its code, the file, and the values of its sentence."""

    code: str
    file: str = ""
    values: dict[str, int | str] = {}


class Part(msgspec.Struct, kw_only=True):
    """The findings of the bundles `first <= number < stop`; numbers and digests are packed (see `pack`)."""

    first: int
    stop: int
    problems: list[Problem] = []
    more: int = 0  # problems beyond those that are listed
    roots: bytes = b""  # of the full bundles: the hashes of level 1
    rest: bytes = b""  # leaf hashes of the last bundle, where it is partial
    prefixes: list[bytes] = []  # per bucket, the first 8 bytes of each leaf hash
    kinds: dict[str, int] = {}
    unknown: dict[str, int] = {}
    sums: dict[str, tuple[int, dict[str, int]]] = {}  # contest -> sheets, cells
    blobs: bytes = b""  # size, digest
    maybe: bytes = b""  # 0, whatever looks like a digest in entries of unknown kinds: blobs that may belong to them
    references: bytes = b""  # index of the entry, leaf hash that it names
    files: bytes = b""  # 0, digest of every file that an entry brings in
    bases: bytes = b""  # index of the first entry, digest of every file that sheets rest on
    commitments: dict[str, str] = {}  # leaf hash of a commitment -> the salted digest that it fixes
    openings: list[tuple[int, str, str]] = []  # index of a reading, its commitment, the salted digest of what it shows
    notable: list[tuple[int, bytes]] = []  # entries that later steps read: election, key, verdict, withdrawal


def pack(items: Iterable[tuple[int, bytes]]) -> bytes:
    """Return numbers and digests as bytes, 40 for each pair."""
    return b"".join([number.to_bytes(_NUMBER, "big") + digest for number, digest in items])


def unpack(packed: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield what was packed."""
    step = _NUMBER + _DIGEST
    for at in range(0, len(packed), step):
        yield int.from_bytes(packed[at : at + _NUMBER], "big"), packed[at + _NUMBER : at + step]


def merge_sums(into: dict[str, tuple[int, dict[str, int]]], more: Mapping[str, tuple[int, Mapping[str, int]]]) -> None:
    """Add sums by contest and cell."""
    for contest, (sheets, cells) in more.items():
        before, known = into.get(contest, (0, {}))
        for cell, votes in cells.items():
            known[cell] = known.get(cell, 0) + votes
        into[contest] = before + sheets, known
