"""The chunks of a PNG file (W3C PNG, third edition), walked and summed by our own reader."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from secondcount.errors import InputError
from secondcount.intake.images.kinds import PNG_START

__all__ = ["Chunk", "Header", "Unpacked", "chunks", "header_of", "unpack_pixels"]

_STEP = 2**20

_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}  # section 11.2.1, table 12
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk: its type, and the offsets of its start, of its data and of its end with the checksum."""

    type: bytes
    start: int
    body: int
    end: int

    def data(self, file: bytes) -> bytes:
        """Return the bytes of the chunk without type, length and checksum."""
        return file[self.body : self.end - 4]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What IHDR declares (section 11.2.1)."""

    width: int
    height: int
    bits: int
    colour: int
    interlaced: bool

    @property
    def rows(self) -> int:
        """Return the bytes of all rows with their filter bytes (section 7.2), of all passes if interlaced (8.2)."""
        passes = _ADAM7 if self.interlaced else ((0, 0, 1, 1),)
        sizes = (
            (-(-(self.width - left) // across), -(-(self.height - top) // down)) for left, top, across, down in passes
        )
        bits = self.bits * _CHANNELS[self.colour]
        return sum(height * (1 + (width * bits + 7) // 8) for width, height in sizes if width > 0 and height > 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """How many bytes the compressed pixels hold, and whether their stream ends exactly with the last chunk."""

    size: int
    exact: bool


def chunks(file: str, data: bytes) -> Iterator[Chunk]:
    """Yield all chunks from IHDR to IEND, each with its checksum verified; what is behind IEND is not looked at.

    Raises:
        InputError: N107 a chunk that is broken, N108 the file ends before IEND.

    """
    if not data.startswith(PNG_START):
        raise InputError("N107", file=file, place=0)
    at = len(PNG_START)
    while True:
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + 12 + length
        if at + 8 > len(data) or end > len(data):
            raise InputError("N108", file=file, size=len(data))
        if not (kind.isalpha() and kind.isascii()):  # section 5.3: four letters
            raise InputError("N107", file=file, place=at)
        checksum = int.from_bytes(data[end - 4 : end], "big")
        if zlib.crc32(memoryview(data)[at + 4 : end - 4]) != checksum:
            raise InputError("N107", file=file, place=at)
        yield Chunk(kind, at, at + 8, end)
        if kind == b"IEND":
            return
        at = end


def header_of(file: str, data: bytes, walked: tuple[Chunk, ...]) -> Header:
    """Return the header of a file whose chunks stand in an order that can be decoded (section 5.6).

    Raises:
        InputError: N107 chunks missing, twice or out of order, or a header that cannot be.

    """
    kinds = [one.type for one in walked]
    pixels = [number for number, kind in enumerate(kinds) if kind == b"IDAT"]
    if kinds[0] != b"IHDR" or kinds.count(b"IHDR") != 1 or not pixels:
        raise InputError("N107", file=file, place=walked[0].start)
    if pixels[-1] - pixels[0] + 1 != len(pixels):
        raise InputError("N107", file=file, place=walked[pixels[0]].start)
    body = walked[0].data(data)
    if len(body) != 13 or body[8] not in _DEPTHS.get(body[9], ()) or body[10] or body[11] or body[12] > 1:
        raise InputError("N107", file=file, place=walked[0].start)
    palettes = [number for number, kind in enumerate(kinds) if kind == b"PLTE"]
    if len(palettes) > 1 or (palettes and palettes[0] > pixels[0]) or (body[9] == 3 and not palettes):
        raise InputError("N107", file=file, place=walked[pixels[0]].start)
    return Header(
        width=int.from_bytes(body[:4], "big"),
        height=int.from_bytes(body[4:8], "big"),
        bits=body[8],
        colour=body[9],
        interlaced=body[12] == 1,
    )


def unpack_pixels(data: bytes, walked: tuple[Chunk, ...], most: int) -> Unpacked:
    """Return what the compressed pixels (section 10) unpack to, never much more than `most` bytes.

    Raises:
        zlib.error: they are no zlib stream.

    """
    unpacker = zlib.decompressobj()
    size, behind = 0, False
    for one in (one for one in walked if one.type == b"IDAT"):
        packed = one.data(data)
        while packed and not unpacker.eof and size <= most:
            size += len(unpacker.decompress(packed, _STEP))
            packed = unpacker.unconsumed_tail
        behind = behind or bool(packed) or bool(unpacker.unused_data)
    return Unpacked(size=size, exact=unpacker.eof and not behind)
