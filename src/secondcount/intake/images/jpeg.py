"""The segments of a JPEG file (ITU-T T.81 Annex B), walked by our own reader: no library is asked what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from secondcount.errors import InputError
from secondcount.intake.images.kinds import JPEG_START

__all__ = [
    "ADOBE",
    "APP0",
    "APP1",
    "APP14",
    "BASELINE",
    "DHT",
    "DQT",
    "DRI",
    "EOI",
    "JFIF",
    "PIXELS",
    "PROGRESSIVE",
    "SOI",
    "SOS",
    "Frame",
    "Segment",
    "frame_of",
    "segments",
]

SOI, EOI, SOS, DQT, DHT, DRI = 0xD8, 0xD9, 0xDA, 0xDB, 0xC4, 0xDD
APP0, APP1, APP14 = 0xE0, 0xE1, 0xEE
BASELINE, PROGRESSIVE = 0xC0, 0xC2
PIXELS = 0x00
"""Stands for the entropy-coded bytes behind a scan header: they are no marker segment."""

JFIF = bytes.fromhex("ffe000104a46494600010100000100010000")
"""The one form of APP0 that we write (T.871 10.1): version 1.1, no density, no thumbnail."""

ADOBE = b"Adobe"

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # T.81 Table B.1: SOF0..15 without DHT, JPG, DAC
_DECODED = frozenset({BASELINE, 0xC1, PROGRESSIVE})  # the rest is lossless, hierarchical or arithmetic
_COMPONENTS = frozenset({1, 3, 4})
_STANDALONE = frozenset({0x00, 0x01, *range(0xD0, 0xD9)})  # never between segments: stuffing, TEM, RSTm, a second SOI
_END_OF_PIXELS = re.compile(rb"\xff+(?![\x00\xff\xd0-\xd7])")  # B.1.1.5: stuffed zeros and RSTm belong to the pixels


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of the file: its marker, where it starts, where its body is and where it ends (offsets in bytes)."""

    marker: int
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the frame header (B.2.2) declares."""

    marker: int
    bits: int
    width: int
    height: int
    sampling: tuple[tuple[int, int], ...]  # horizontal, vertical factor of each component

    @property
    def block(self) -> tuple[int, int]:
        """Return width and height in pixels of what is coded together (A.2.3, the MCU)."""
        if len(self.sampling) == 1:
            return 8, 8
        return 8 * max(one for one, _ in self.sampling), 8 * max(one for _, one in self.sampling)


def segments(file: str, data: bytes) -> Iterator[Segment]:
    """Yield all parts from SOI to EOI; what is behind EOI is not looked at.

    Raises:
        InputError: N107 a place where no marker is, N108 the file ends before EOI.

    """
    if not data.startswith(JPEG_START):
        raise InputError("N107", file=file, place=0)
    yield Segment(SOI, 0, 2, 2)
    at = 2
    while True:
        segment = _segment(file, data, at)
        yield segment
        if segment.marker == EOI:
            return
        at = segment.end
        if segment.marker == SOS:
            found = _END_OF_PIXELS.search(data, at)
            if found is None:
                raise InputError("N108", file=file, size=len(data))
            yield Segment(PIXELS, at, at, found.start())
            at = found.start()


def _segment(file: str, data: bytes, at: int) -> Segment:
    """Return the segment at a place; B.1.1.2 allows any number of 0xFF before a marker."""
    if at < len(data) and data[at] != 0xFF:
        raise InputError("N107", file=file, place=at)
    start = at
    while data.startswith(b"\xff", at):
        at += 1
    if at >= len(data):
        raise InputError("N108", file=file, size=len(data))
    marker = data[at]
    if marker in _STANDALONE:
        raise InputError("N107", file=file, place=start)
    if marker == EOI:
        return Segment(EOI, start, at + 1, at + 1)
    length = int.from_bytes(data[at + 1 : at + 3], "big")
    if at + 3 > len(data) or at + 1 + length > len(data):
        raise InputError("N108", file=file, size=len(data))
    if length < 2:  # B.1.1.4: the length counts itself
        raise InputError("N107", file=file, place=start)
    return Segment(marker, start, at + 3, at + 1 + length)


def frame_of(file: str, data: bytes, walked: tuple[Segment, ...]) -> Frame:
    """Return the one frame header of a file.

    Raises:
        InputError: N107 none, two, behind the pixels or of a wrong length; N113 a process that no camera uses.

    """
    headers = [one for one in walked if one.marker in _FRAMES]
    scans = [one for one in walked if one.marker == SOS]
    if len(headers) != 1 or not scans or scans[0].start < headers[0].start:
        raise InputError("N107", file=file, place=headers[-1].start if headers else 2)
    header = headers[0]
    body = data[header.body : header.end]
    if header.marker not in _DECODED:
        raise InputError("N113", file=file, kind=f"SOF{header.marker - 0xC0}")
    if len(body) < 6 or len(body) != 6 + 3 * body[5]:
        raise InputError("N107", file=file, place=header.start)
    if body[0] != 8 or body[5] not in _COMPONENTS:
        raise InputError("N113", file=file, kind=f"{body[0]} bit x {body[5]}")
    factors = tuple((one >> 4, one & 15) for one in body[7::3])
    if not all(1 <= across <= 4 and 1 <= down <= 4 for across, down in factors):
        raise InputError("N107", file=file, place=header.start)
    return Frame(
        marker=header.marker,
        bits=body[0],
        height=int.from_bytes(body[1:3], "big"),
        width=int.from_bytes(body[3:5], "big"),
        sampling=factors,
    )
