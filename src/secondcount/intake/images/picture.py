"""A photo before it is decoded: what its header declares, and the bytes that its pixels need, without all others.

The decoder gets these bytes alone: no EXIF, profile, comment, thumbnail or second picture ever reaches it, so that
nothing of them can come back, and its parsers of metadata have nothing to parse.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from secondcount.errors import InputError
from secondcount.intake.images import jpeg, png
from secondcount.intake.images.kinds import PNG_START, ImageKind, second_kind, sniff
from secondcount.intake.images.limits import Limits
from secondcount.intake.images.orientation import UNREADABLE, UPRIGHT, orientation_of

__all__ = ["Picture", "parse_picture"]

Part = TypeVar("Part")

_EXIF = b"Exif\0\0"
_NEEDED = frozenset(
    {jpeg.DQT, jpeg.DHT, jpeg.DRI, jpeg.SOS, jpeg.PIXELS, jpeg.EOI, jpeg.SOI, jpeg.BASELINE, 0xC1, jpeg.PROGRESSIVE}
)
_PNG_NEEDED = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_ANIMATED = frozenset({b"acTL", b"fcTL", b"fdAT"})  # W3C PNG section 11.3.6
_NAMES = (
    (0xE1, _EXIF, "EXIF"),
    (0xE1, b"http://ns.adobe.com/x", "XMP"),
    (0xE2, b"ICC_PROFILE\0", "ICC"),
    (0xE2, b"MPF\0", "MPF"),
    (0xEB, b"JP", "C2PA"),
    (0xED, b"Photoshop", "IPTC"),
    (0xEE, jpeg.ADOBE, ""),
    (0xFE, b"", "COM"),
)
_PNG_NAMES = {
    b"eXIf": "EXIF",
    b"iCCP": "ICC",
    b"caBX": "C2PA",
    **{kind.encode(): kind for kind in ("tEXt", "zTXt", "iTXt", "tIME", "pHYs", "gAMA", "cHRM", "sRGB", "bKGD")},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is known of a photo without decoding it; width and height are those of the stored image."""

    kind: ImageKind
    width: int
    height: int
    channels: str  # "grey", "colour", "cmyk"
    bits: int
    transparent: bool
    orientation: int  # 1 to 8
    oriented: bool  # False: the metadata speak of an orientation that cannot be understood
    block: tuple[int, int]  # pixels that are coded together
    bare: bytes  # the file without everything that the pixels do not need
    metadata: tuple[str, ...]  # kinds of what was left out, sorted
    behind: int  # bytes behind the end of the picture


def parse_picture(file: str, data: bytes, limits: Limits) -> Picture:
    """Return what a file declares, within the limits.

    Raises:
        InputError: N100 to N106 it is no photo, N107 damaged, N108 cut short, N101, N109 to N111, N115 too large or
            too small, N112 moving pictures, N113 an unusual kind of JPEG, N114 another file behind the picture,
            N120 a PNG without all of its rows.

    """
    kind = sniff(file, data)
    if len(data) > limits.size:
        raise InputError("N101", file=file, size=len(data), limit=limits.size)
    parse = {ImageKind.JPEG: _parse_jpeg, ImageKind.PNG: _parse_png}.get(kind)
    if parse is None:  # it has to be translated first
        raise InputError("N102", file=file, kind=kind.name)
    return parse(file, data, limits)


def _parse_jpeg(file: str, data: bytes, limits: Limits) -> Picture:
    walked = _counted(file, jpeg.segments(file, data), limits)
    frame = jpeg.frame_of(file, data, walked)
    _check_size(file, frame.width, frame.height, limits)
    _check_behind(file, data, walked[-1].end)
    exif = [data[one.body + len(_EXIF) : one.end] for one in walked if _segment_name(one, data) == "EXIF"]
    stated = orientation_of(exif[0]) if exif else UPRIGHT
    return Picture(
        kind=ImageKind.JPEG,
        width=frame.width,
        height=frame.height,
        channels={1: "grey", 3: "colour"}.get(len(frame.sampling), "cmyk"),
        bits=frame.bits,
        transparent=False,
        orientation=stated or UPRIGHT,
        oriented=stated != UNREADABLE,
        block=frame.block,
        bare=b"".join(_bare_segments(walked, data)),
        metadata=tuple(sorted({_segment_name(one, data) for one in walked} - {""})),
        behind=len(data) - walked[-1].end,
    )


def _segment_name(segment: jpeg.Segment, data: bytes) -> str:
    """Return the kind of metadata that a segment holds: "" for none. Only known names are told, never its text."""
    if segment.marker in _NEEDED:
        return ""
    if segment.marker == jpeg.APP0:
        plain = data[segment.body : segment.body + 5] == b"JFIF\0" and segment.end - segment.body == 14
        return "" if plain else "thumbnail"
    for marker, start, name in _NAMES:
        if segment.marker == marker and data.startswith(start, segment.body, segment.end):
            return name
    return f"APP{segment.marker - jpeg.APP0}" if jpeg.APP0 <= segment.marker <= 0xEF else "other"


def _bare_segments(walked: Sequence[jpeg.Segment], data: bytes) -> list[bytes]:
    """Return the segments that decoding needs; how colours are coded is said by APP0 and APP14 (T.872 6.5.3)."""
    bare = []
    for one in walked:
        if one.marker in _NEEDED:
            bare.append(data[one.start : one.end])
        elif one.marker == jpeg.APP0 and data.startswith(b"JFIF\0", one.body):
            bare.append(jpeg.JFIF)
        elif one.marker == jpeg.APP14 and data.startswith(jpeg.ADOBE, one.body) and one.end - one.body >= 12:
            bare.append(b"\xff\xee\x00\x0e" + data[one.body : one.body + 12])
    return bare


def _parse_png(file: str, data: bytes, limits: Limits) -> Picture:
    walked = _counted(file, png.chunks(file, data), limits)
    header = png.header_of(file, data, walked)
    _check_size(file, header.width, header.height, limits)
    if any(one.type in _ANIMATED for one in walked):
        raise InputError("N112", file=file)
    _check_behind(file, data, walked[-1].end)
    _check_rows(file, data, walked, header.rows)
    exif = [one.data(data) for one in walked if one.type == b"eXIf"]
    stated = orientation_of(exif[0]) if exif else UPRIGHT
    extra = {_PNG_NAMES.get(one.type, "other") for one in walked if one.type not in _PNG_NEEDED}
    return Picture(
        kind=ImageKind.PNG,
        width=header.width,
        height=header.height,
        channels="colour" if header.colour in (2, 3, 6) else "grey",
        bits=header.bits,
        transparent=header.colour in (4, 6) or any(one.type == b"tRNS" for one in walked),
        orientation=stated or UPRIGHT,
        oriented=stated != UNREADABLE,
        block=(1, 1),
        bare=PNG_START + b"".join(data[one.start : one.end] for one in walked if one.type in _PNG_NEEDED),
        metadata=tuple(sorted(extra)),
        behind=len(data) - walked[-1].end,
    )


def _check_rows(file: str, data: bytes, walked: tuple[png.Chunk, ...], rows: int) -> None:
    """Refuse pixels that stop before the last row: a decoder would leave the rest black and say nothing."""
    try:
        complete = png.unpack_pixels(data, walked, rows).size >= rows
    except zlib.error:
        complete = False
    if not complete:
        raise InputError("N120", file=file)


def _counted(file: str, parts: Iterable[Part], limits: Limits) -> tuple[Part, ...]:
    """Return the parts of a file; one with too many is refused before the rest of them is read."""
    walked = tuple(islice(parts, limits.parts + 1))
    if len(walked) > limits.parts:
        raise InputError("N115", file=file, limit=limits.parts)
    return walked


def _check_size(file: str, width: int, height: int, limits: Limits) -> None:
    """Refuse what the header declares too large or too small, before a single pixel is decoded."""
    if max(width, height) > limits.longest:
        raise InputError("N110", file=file, width=width, height=height, limit=limits.longest)
    if min(width, height) < limits.shortest:
        raise InputError("N111", file=file, width=width, height=height, limit=limits.shortest)
    if width * height > limits.pixels:
        raise InputError("N109", file=file, width=width, height=height, limit=limits.pixels)


def _check_behind(file: str, data: bytes, end: int) -> None:
    kind = second_kind(data, end)
    if kind:
        raise InputError("N114", file=file, kind=kind)
