"""The files of a log by c2sp.org/tlog-tiles: their names, their widths, and the bytes of an entry bundle.

A level-0 tile holds 256 leaf hashes, a tile above holds the roots of 256 full tiles below it, a bundle holds the 256
entries of a level-0 tile. Only the last one of each level is partial, and its width is a part of its name.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, takewhile

from secondcount.errors import InputError, VerificationError
from secondcount.evidence.digest import HASH_SIZE

__all__ = [
    "ENTRIES",
    "FULL",
    "MAX_ENTRY",
    "Tile",
    "bundle_path",
    "count_tiles",
    "encode_bundle",
    "hash_bundle",
    "parse_bundle",
    "parse_tile_path",
    "split_hashes",
    "tile_path",
    "tile_paths",
    "width_of",
]

FULL = 256
"""Hashes in a full tile, and entries in a full bundle."""

MAX_ENTRY = 65_535
"""Bytes of the longest entry: its length is written as a big-endian uint16."""

ENTRIES = -1
"""The level under which a `Tile` names a bundle of entries."""

_LENGTH = 2  # bytes of an entry's length in a bundle
_GROUP = 1000  # an index is written in groups of three decimal digits
_PATH = re.compile(
    r"tile/(?:(?P<level>0|[1-9]|[1-5][0-9]|6[0-3])|entries)/(?P<index>(?:x[0-9]{3}/){0,6}[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One tile or bundle: its level (`ENTRIES` for a bundle), its index within the level, its width."""

    level: int
    index: int
    width: int

    @property
    def path(self) -> str:
        """Return the name of its file."""
        if self.level == ENTRIES:
            return bundle_path(self.index, self.width)
        return tile_path(self.level, self.index, self.width)

    def is_of(self, size: int) -> bool:
        """Return whether the tree of `size` entries has exactly this tile, at this width."""
        return width_of(self.level, self.index, size) == self.width

    def lies_within(self, size: int) -> bool:
        """Return whether all that this tile holds is a part of the tree of `size` entries."""
        return self.index * FULL + self.width <= _hashes(self.level, size)


def _hashes(level: int, size: int) -> int:
    """Return how many hashes a level has in a tree: floor(s / 256**l) (tlog-tiles, "Partial Tiles")."""
    return size >> 8 * max(level, 0)


def width_of(level: int, index: int, size: int) -> int:
    """Return the width of a tile in a tree of `size` entries; 0 or less where the tree does not reach it."""
    return min(FULL, _hashes(level, size) - index * FULL)


def _numbered(index: int, width: int) -> str:
    """Return the tail of a name: 1234067 is x001/x234/067, and a partial one ends with .p/ and its width."""
    groups = [f"{index % _GROUP:03}"]
    while index := index // _GROUP:
        groups.insert(0, f"x{index % _GROUP:03}")
    return "/".join(groups) + ("" if width == FULL else f".p/{width}")


def tile_path(level: int, index: int, width: int = FULL) -> str:
    """Return the name of a tile: tile/<L>/<N>[.p/<W>]."""
    return f"tile/{level}/{_numbered(index, width)}"


def bundle_path(index: int, width: int = FULL) -> str:
    """Return the name of a bundle: tile/entries/<N>[.p/<W>]."""
    return f"tile/entries/{_numbered(index, width)}"


def parse_tile_path(path: str) -> Tile | None:
    """Return the tile that a name means; None where no tile can have this name (a name has one spelling only)."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    level, index, width = found["level"], found["index"], found["width"]
    tile = Tile(
        level=ENTRIES if level is None else int(level),
        index=int(index.replace("x", "").replace("/", "")),
        width=FULL if width is None else int(width),
    )
    return tile if tile.width <= FULL and tile.path == path else None


def tile_paths(size: int) -> Iterator[str]:
    """Yield the name of every tile and bundle of a tree of `size` entries: these files and no others make the log."""
    levels = takewhile(lambda level: _hashes(level, size), count())
    for level in (ENTRIES, *levels) if size else ():
        full, rest = divmod(_hashes(level, size), FULL)
        yield from (Tile(level=level, index=index, width=FULL).path for index in range(full))
        if rest:
            yield Tile(level=level, index=full, width=rest).path


def count_tiles(size: int) -> int:
    """Return how many names `tile_paths` yields, whatever the size."""
    levels = takewhile(bool, (_hashes(level, size) for level in count()))
    return sum(-(-hashes // FULL) for hashes in (size, *levels))


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """Return the bytes of a bundle: each entry after its length (tlog-tiles, "Log entries").

    Raises:
        InputError: V511, an entry is longer than a bundle can hold.

    """
    parts: list[bytes] = []
    for entry in entries:
        if len(entry) > MAX_ENTRY:
            raise InputError("V511", number=len(entry), limit=MAX_ENTRY)
        parts += len(entry).to_bytes(_LENGTH, "big"), entry
    return b"".join(parts)


def parse_bundle(raw: bytes) -> list[bytes]:
    """Return the entries of a bundle; every byte of it belongs to exactly one of them.

    Raises:
        VerificationError: V512, it ends within an entry; V513, it holds more than 256.

    """
    entries: list[bytes] = []
    at, end = 0, len(raw)
    while at < end and len(entries) <= FULL:  # a bundle of nothing but empty entries would fill the memory
        start = at + _LENGTH
        at = start + (raw[at] << 8 | raw[start - 1] if start <= end else 0)
        if at > end or start > end:
            raise VerificationError("V512", position=len(entries) + 1, number=end)
        entries.append(raw[start:at])
    if len(entries) > FULL:
        raise VerificationError("V513", found=len(entries), expected=FULL)
    return entries


def hash_bundle(entries: Sequence[bytes]) -> bytes:
    """Return the level-0 tile of a bundle's entries: their leaf hashes, concatenated (hot loop of `verify`)."""
    sha256 = hashlib.sha256
    return b"".join([sha256(b"\x00" + entry).digest() for entry in entries])


def split_hashes(tile: bytes) -> list[bytes]:
    """Return the hashes of a tile one by one."""
    return [tile[at : at + HASH_SIZE] for at in range(0, len(tile), HASH_SIZE)]
