"""The chunks of a PNG file (W3C PNG, third edition), walked and summed by our own reader."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from secondcount.errors import InputError
from secondcount.intake.images.kinds import PNG_START

__all__ = ["Chunk", "Header", "chunks", "encode_chunk", "header_of"]

_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}  # section 11.2.1, table 12
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


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
    def row(self) -> int:
        """Return the bytes of one row with its filter byte (section 7.2)."""
        return 1 + (self.width * self.bits * _CHANNELS[self.colour] + 7) // 8


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


def encode_chunk(kind: bytes, body: bytes) -> bytes:
    """Return a chunk with its length and checksum."""
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
