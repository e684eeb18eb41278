"""The log: entries and their Merkle tree, read from tiles in logarithmic time and appended to without rewriting.

Appending writes only files that were not there before, so the tree of the last checkpoint stays readable whatever
happens; the log has grown when the new checkpoint is written, which is the caller's step. Each file's bytes follow
from the entries alone: any split into batches ends in the same files.

The reader believes the store: what it returns is proved by `merkle.verify_inclusion` and `verify_consistency` against
the root of a signed checkpoint, or by the whole archive's verification.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from secondcount.errors import VerificationError
from secondcount.evidence.digest import HASH_SIZE, fold
from secondcount.evidence.merkle import consistency_ranges, cover, inclusion_ranges, join
from secondcount.evidence.store import Conflict, Missing, Store, is_temporary
from secondcount.evidence.tiles import (
    ENTRIES,
    FULL,
    Tile,
    encode_bundle,
    hash_bundle,
    parse_bundle,
    parse_tile_path,
    split_hashes,
    width_of,
)

__all__ = ["Appended", "Log", "append_entries", "heal", "remove_superseded"]

_TILE_HEIGHT = 8  # 256 = 2**8 hashes in a tile
_KEPT = 64  # tiles that a reader remembers: half a megabyte


@dataclass(frozen=True, slots=True, kw_only=True)
class Appended:
    """What the log is after an append: what a new checkpoint has to say."""

    size: int
    root: bytes


class Log:
    """The log of `size` entries in a store; `loads` counts the files that were read."""

    def __init__(self, store: Store, size: int) -> None:
        self._store = store
        self._tiles: OrderedDict[tuple[int, int], bytes] = OrderedDict()
        self.size = size
        self.loads = 0

    def _load(self, level: int, index: int) -> tuple[bytes, int]:
        """Return the bytes of a tile or bundle and how many hashes or entries of it belong to this log.

        Where the partial one is gone, because the log has grown meanwhile, the full one begins with the same bytes
        (tlog-tiles, "Partial Tiles").

        Raises:
            VerificationError: V521, the store has neither.

        """
        width = width_of(level, index, self.size)
        for wide in dict.fromkeys((width, FULL)):
            try:
                raw = self._store.load(Tile(level=level, index=index, width=wide).path)
            except Missing:
                continue
            self.loads += 1
            return raw, width
        raise VerificationError("V521", path=Tile(level=level, index=index, width=width).path, size=self.size)

    def tile(self, level: int, index: int) -> bytes:
        """Return the hashes of a tile that belong to this log, concatenated.

        Raises:
            VerificationError: V521 no such file, V522 it has not the length of a tile.

        """
        key = level, index
        if key in self._tiles:
            self._tiles.move_to_end(key)
            return self._tiles[key]
        raw, width = self._load(level, index)
        if len(raw) not in {width * HASH_SIZE, FULL * HASH_SIZE}:
            path = Tile(level=level, index=index, width=width).path
            raise VerificationError("V522", path=path, found=len(raw), expected=width * HASH_SIZE)
        tile = self._tiles[key] = raw[: width * HASH_SIZE]
        if len(self._tiles) > _KEPT:
            self._tiles.popitem(last=False)
        return tile

    def bundle(self, index: int) -> list[bytes]:
        """Return the entries of a bundle that belong to this log.

        Raises:
            VerificationError: V521 no such file, V512 or V513 not a bundle, V523 it has not as many entries.

        """
        raw, width = self._load(ENTRIES, index)
        entries = parse_bundle(raw)
        if len(entries) not in {width, FULL}:
            path = Tile(level=ENTRIES, index=index, width=width).path
            raise VerificationError("V523", path=path, found=len(entries), expected=width)
        return entries[:width]

    def _check_range(self, start: int, stop: int) -> None:
        """Refuse entries that the log has not.

        Raises:
            VerificationError: V524.

        """
        if not 0 <= start <= stop <= self.size:
            raise VerificationError("V524", start=start, stop=stop, size=self.size)

    def entries(self, start: int, stop: int) -> Iterator[tuple[int, bytes]]:
        """Yield index and bytes of the entries `start <= index < stop`, one bundle in memory at a time.

        Raises:
            VerificationError: V524 no such entries, or a bundle that cannot be read (V521, V512, V513, V523).

        """
        self._check_range(start, stop)
        for number in range(start // FULL, -(-stop // FULL) if start < stop else 0):
            first = number * FULL
            for index, entry in enumerate(self.bundle(number), first):
                if start <= index < stop:
                    yield index, entry

    def entry(self, index: int) -> bytes:
        """Return the bytes of one entry.

        Raises:
            VerificationError: V524 no such entry, or a bundle that cannot be read (V521, V512, V513, V523).

        """
        self._check_range(index, index + 1)
        return self.bundle(index // FULL)[index % FULL]

    def leaf_hashes(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the leaf hashes of the entries `start <= index < stop`, as the level-0 tiles have them.

        Raises:
            VerificationError: V524 no such entries, or a tile that cannot be read (V521, V522).

        """
        self._check_range(start, stop)
        for number in range(start // FULL, -(-stop // FULL) if start < stop else 0):
            first = number * FULL
            yield from split_hashes(self.tile(0, number))[max(start - first, 0) : stop - first]

    def _subtree(self, height: int, index: int) -> bytes:
        """Return the hash of a complete subtree of 2**height entries, from the one tile that has its parts."""
        level, within = divmod(height, _TILE_HEIGHT)
        number, offset = divmod(index << within, FULL)
        parts = self.tile(level, number)[offset * HASH_SIZE : (offset + (1 << within)) * HASH_SIZE]
        return fold(parts)

    def _range(self, start: int, stop: int) -> bytes:
        """Return the hash of the node over a range of entries."""
        return join([self._subtree(height, index) for height, index in cover(start, stop)])

    def root(self, size: int) -> bytes:
        """Return the root of the tree of the first `size` entries.

        Raises:
            VerificationError: V524 the log is smaller, or a tile that cannot be read (V521, V522).

        """
        self._check_range(0, size)
        return self._range(0, size)

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """Return the proof that entry `index` is in the tree of the first `size` entries.

        Raises:
            VerificationError: V501 no such entry, V524 the log is smaller, or a tile that cannot be read (V521, V522).

        """
        self._check_range(0, size)
        return tuple(self._range(*one) for one in inclusion_ranges(index, size))

    def consistency(self, old: int, new: int) -> tuple[bytes, ...]:
        """Return the proof that the tree of the first `new` entries continues that of the first `old`.

        Raises:
            VerificationError: V505 old is larger, V524 the log is smaller, or a tile that cannot be read (V521, V522).

        """
        self._check_range(0, new)
        return tuple(self._range(*one) for one in consistency_ranges(old, new))


class _Edge:
    """The right edge of a growing tree: the bundle that is not full yet, and on each level the hashes of no full tile.

    Memory holds this much and one bundle, whatever the log's size.
    """

    def __init__(self, log: Log) -> None:
        self.size = log.size
        number, rest = divmod(log.size, FULL)
        self._bundle = log.bundle(number) if rest else []
        self._levels: list[bytes] = []  # of level 1 and above; level 0 is hashed from the bundle
        while number:
            level = len(self._levels) + 1
            number, rest = divmod(number, FULL)
            self._levels.append(log.tile(level, number) if rest else b"")

    def add(self, entries: Iterable[bytes]) -> Iterator[tuple[Tile, bytes]]:
        """Take entries in, and yield each bundle and tile that is full now."""
        for entry in entries:
            self._bundle.append(entry)
            self.size += 1
            if len(self._bundle) == FULL:
                full, self._bundle = self._bundle, []
                yield self._named(ENTRIES, FULL), encode_bundle(full)
                yield from self._filled(0, hash_bundle(full))

    def _filled(self, level: int, tile: bytes) -> Iterator[tuple[Tile, bytes]]:
        """Yield a full tile, hang its root into the level above, and yield what is full there."""
        yield self._named(level, FULL), tile
        if len(self._levels) == level:
            self._levels.append(b"")
        above = self._levels[level] + fold(tile)
        full = len(above) == FULL * HASH_SIZE
        self._levels[level] = b"" if full else above
        if full:
            yield from self._filled(level + 1, above)

    def _named(self, level: int, width: int) -> Tile:
        """Return the name of the last tile of a level."""
        hashes = self.size >> _TILE_HEIGHT * max(level, 0)
        return Tile(level=level, index=(hashes - width) // FULL, width=width)

    def partial(self) -> Iterator[tuple[Tile, bytes]]:
        """Yield the bundle and the tiles that are not full."""
        if self._bundle:
            yield self._named(ENTRIES, len(self._bundle)), encode_bundle(self._bundle)
        for level, tile in enumerate((hash_bundle(self._bundle), *self._levels)):
            if tile:
                yield self._named(level, len(tile) // HASH_SIZE), tile

    def root(self) -> bytes:
        """Return the root of the tree as it is now."""
        peaks: list[bytes] = []
        for tile in (*reversed(self._levels), hash_bundle(self._bundle)):
            for height, index in cover(0, len(tile) // HASH_SIZE):
                first = (index << height) * HASH_SIZE
                peaks.append(fold(tile[first : first + (HASH_SIZE << height)]))
        return join(peaks)


def append_entries(store: Store, size: int, entries: Iterable[bytes], root: bytes | None = None) -> Appended:
    """Write entries behind the first `size` ones, durably, and return what the new checkpoint has to say.

    No checkpoint is written, and no file that exists is touched: until the caller writes the checkpoint, the log is
    what it was. `root` is that of the last checkpoint; where it is given, tiles that lead to another one are not built
    upon. The entries may come from a generator: only the right edge of the tree and one lot of files are in memory.

    Raises:
        VerificationError: V525 the stored tiles do not give `root`, or a tile or bundle that cannot be read.
        InputError: V511 an entry is too long; A502 a file lies where the log has not come to (run `heal`, then again);
            A504, A505 the disk.

    """
    edge = _Edge(Log(store, size))
    if root is not None and edge.root() != root:
        raise VerificationError("V525", size=size)

    def files() -> Iterator[tuple[str, bytes]]:
        """Yield every file of the new tree that the old one has not."""
        for tile, data in chain(edge.add(entries), edge.partial()):
            if not tile.is_of(size):
                yield tile.path, data

    existed = store.create_many(files())
    if existed:
        raise Conflict(existed[0])
    return Appended(size=edge.size, root=edge.root())


def remove_superseded(store: Store, size: int, since: int | None = None) -> tuple[str, ...]:
    """Remove the partial tiles and bundles that the tree of `size` entries has in a wider form; return their names.

    To be called when the checkpoint of `size` is durable. `since` is the size of the checkpoint before: then only its
    partial tiles are looked for, without listing the store.

    tlog-tiles lets a log keep a partial tile until its full one is there. Here it goes when a wider one is there, for
    every public file of an archive follows from its checkpoint. Whoever holds an older checkpoint reads its tree from
    the tiles of the newest one (`Log(store, newest).root(older)`).
    """
    if since is None:
        found = [one for one in map(parse_tile_path, store.names("tile/")) if one is not None]
    else:
        found = [Tile(level=level, index=index, width=width) for level, index, width in _partial(since)]
    gone = [one.path for one in found if one.lies_within(size) and not one.is_of(size)]
    for path in gone:
        store.delete(path)
    return tuple(gone)


def _partial(size: int) -> Iterator[tuple[int, int, int]]:
    """Yield level, index and width of the partial bundle and tiles of a tree."""
    level, hashes = 0, size
    while hashes:
        index, width = divmod(hashes, FULL)
        if width:
            yield from ((one, index, width) for one in ((ENTRIES, 0) if level == 0 else (level,)))
        level, hashes = level + 1, index


def heal(store: Store, size: int) -> tuple[str, ...]:
    """Remove what a cut-off writing left behind, and return the names; the tree of `size` entries is then exact.

    Removed are well-formed tiles and bundles that this tree has not (beyond the checkpoint, or superseded), and
    temporary names anywhere. Anything else odd stays, for verification to refuse. Only the holder of the archive's
    lock, with the size of the newest checkpoint, may call this: a tile of a newer one would be lost.
    """
    gone: list[str] = []
    for path in store.names():
        tile = parse_tile_path(path)
        if is_temporary(path) or (tile is not None and not tile.is_of(size)):
            gone.append(path)
    for path in gone:
        store.delete(path)
    return tuple(gone)
