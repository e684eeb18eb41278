"""The long look, bundle by bundle: entries against their tile, canonical bytes and types, and what each names.

This is the hot loop of `verify`: half a million entries on two cores in a few seconds. It is one pass over the bytes,
free of anything that two runs of bundles would have to tell each other, so that processes can share the work.
"""

from __future__ import annotations

import gc
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from secondcount.errors import InputError, VerificationError
from secondcount.evidence.digest import HASH_SIZE, fold, leaf_hash
from secondcount.evidence.entries import (
    Commitment,
    Entry,
    Reading,
    Sheet,
    UnknownEntry,
    committed_digest,
    kind_of,
    parse_entries,
    parse_entry,
    public_blobs,
    references,
)
from secondcount.evidence.store import Store
from secondcount.evidence.tiles import (
    ENTRIES,
    FULL,
    bundle_path,
    hash_bundle,
    parse_bundle,
    split_hashes,
    tile_path,
    width_of,
)
from secondcount.evidence.verify.naming import blob_sizes, files_of, sized_blobs
from secondcount.evidence.verify.part import BUCKETS, NO_SIZE, Part, Problem, merge_sums, pack

__all__ = ["LISTED", "NOTABLE", "scan"]

LISTED = 20  # problems that one part lists; the rest are counted
NOTABLE = frozenset({"election", "key", "verdict", "withdrawal"})
_DIGEST = re.compile(rb"[0-9a-f]{64}")
_PREFIX = 8  # bytes of a leaf hash that are kept


def scan(store: Store, size: int, first: int, stop: int) -> Part:
    """Return what the bundles `first <= number < stop` of a log of `size` entries hold."""
    with _without_collector():
        look = _Look(store, size, first, stop)
        for number in range(first, stop):
            look.take(number)
        return look.part()


@contextmanager
def _without_collector() -> Iterator[None]:
    """Leave the cycle collector out: nothing here makes cycles, and it would walk every entry again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Look:
    """The state of one look."""

    def __init__(self, store: Store, size: int, first: int, stop: int) -> None:
        self._store, self._size = store, size
        self._part = Part(first=first, stop=stop)
        self._buckets = [bytearray() for _ in range(BUCKETS)]
        self._kinds: Counter[str] = Counter()
        self._blobs: set[tuple[int, bytes]] = set()
        self._references: list[tuple[int, bytes]] = []
        self._maybe: set[bytes] = set()
        self._files: set[bytes] = set()
        self._bases: dict[bytes, int] = {}
        self._file = ""

    def part(self) -> Part:
        """Return the findings."""
        part = self._part
        part.prefixes = [bytes(one) for one in self._buckets]
        part.kinds = dict(self._kinds)
        part.blobs = pack(sorted(self._blobs))
        part.maybe = pack((0, digest) for digest in self._maybe)
        part.references = pack(self._references)
        part.files = pack((0, digest) for digest in self._files)
        part.bases = pack((index, digest) for digest, index in self._bases.items())
        return part

    def refuse(self, code: str, **values: int | str) -> None:
        """Note what is wrong in the file at hand."""
        if len(self._part.problems) < LISTED:
            self._part.problems.append(Problem(code=code, file=self._file, values=values))
        else:
            self._part.more += 1

    def take(self, number: int) -> None:
        """Look at one bundle and its tile of level 0."""
        width = width_of(ENTRIES, number, self._size)
        self._file = bundle_path(number, width)
        try:
            entries = parse_bundle(self._store.load(self._file))
        except (VerificationError, InputError) as error:
            self.refuse(error.code, **_plain(error))
            return
        if len(entries) != width:
            self.refuse("V523", path=self._file, found=len(entries), expected=width)
            return
        hashes = hash_bundle(entries)
        self._hold_against_tile(number, width, hashes)
        if width == FULL:
            self._part.roots += fold(hashes)
        else:
            self._part.rest = hashes
        for at in range(0, len(hashes), HASH_SIZE):
            self._buckets[hashes[at]] += hashes[at : at + _PREFIX]
        self._read(entries, number * FULL)

    def _hold_against_tile(self, number: int, width: int, hashes: bytes) -> None:
        """Refuse a tile that does not hold the leaf hashes of its entries."""
        path = tile_path(0, number, width)
        try:
            stored = self._store.load(path)
        except InputError as error:
            self.refuse(error.code, **_plain(error))
            return
        if stored != hashes:
            pairs = zip(split_hashes(stored), split_hashes(hashes), strict=False)
            first = next((at for at, (one, other) in enumerate(pairs) if one != other), width)
            self.refuse("V580", path=path, index=number * FULL + first)

    def _read(self, entries: Sequence[bytes], start: int) -> None:
        """Read every entry, and keep what later steps ask for."""
        rows: dict[tuple[str, ...], list[tuple[int, ...]]] = {}
        for index, raw, entry in self._parsed(entries, start):
            if isinstance(entry, Sheet):
                rows.setdefault((entry.contest, *entry.cells), []).append(tuple(entry.cells.values()))
                self._bases.setdefault(bytes.fromhex(entry.basis.file), index)
            else:
                self._note(entry, index, raw)
        self._kinds["sheet"] += sum(map(len, rows.values()))
        for (contest, *cells), found in rows.items():
            added = dict(zip(cells, map(sum, zip(*found, strict=True)), strict=True))
            merge_sums(self._part.sums, {contest: (len(found), added)})

    def _parsed(self, entries: Sequence[bytes], start: int) -> Iterable[tuple[int, bytes, Entry | UnknownEntry]]:
        """Return the entries that are what they should be, with index and bytes; refuse each of the others."""
        try:
            return zip(range(start, start + len(entries)), entries, parse_entries(entries, start), strict=True)
        except VerificationError:
            return self._parsed_alone(entries, start)

    def _parsed_alone(self, entries: Sequence[bytes], start: int) -> Iterator[tuple[int, bytes, Entry | UnknownEntry]]:
        for index, raw in enumerate(entries, start):
            try:
                yield index, raw, parse_entry(raw)
            except VerificationError as error:
                self.refuse(error.code, index=index, **_plain(error))

    def _note(self, entry: Entry | UnknownEntry, index: int, raw: bytes) -> None:
        """Keep what an entry that is no sheet names."""
        kind = kind_of(entry)
        self._kinds[kind] += 1
        if isinstance(entry, UnknownEntry):
            self._part.unknown[kind] = self._part.unknown.get(kind, 0) + 1
            self._maybe.update(bytes.fromhex(one.decode()) for one in _DIGEST.findall(raw))
            self._blobs.update((length, bytes.fromhex(digest)) for digest, length in sized_blobs(raw))
            return
        if isinstance(entry, Commitment):
            self._part.commitments[leaf_hash(raw).hex()] = entry.digest
        elif isinstance(entry, Reading) and entry.commitment:
            self._part.openings.append((index, entry.commitment, committed_digest(entry)))
        if kind in NOTABLE:
            self._part.notable.append((index, raw))
        sizes = blob_sizes(entry)
        self._blobs.update((sizes.get(digest, NO_SIZE), bytes.fromhex(digest)) for digest in public_blobs(entry))
        self._references += [(index, bytes.fromhex(digest)) for digest in references(entry)]
        self._files.update(map(bytes.fromhex, files_of(entry)))


def _plain(error: VerificationError | InputError) -> dict[str, int | str]:
    """Return the values of an error's sentence as plain data."""
    return {name: one if isinstance(one, int) else str(one) for name, one in error.values.items() if name != "index"}
