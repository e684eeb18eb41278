"""What may be published as a picture: an image in its plainest form, held byte by byte against a list.

The encoder is not trusted to have left out what it was not given: the list says what is allowed, and everything else
is refused, whatever it is called. So EXIF, position, XMP, IPTC, profiles, comments, thumbnails, serial numbers, C2PA
and bytes behind the end cannot pass, nor can any kind of metadata that is invented tomorrow.
"""

from __future__ import annotations

import zlib

from secondcount.errors import InputError, VerificationError
from secondcount.intake.images import jpeg, png
from secondcount.intake.images.kinds import PNG_START, ImageKind, sniff

__all__ = ["check_stripped"]

_SIZES = {0: 64, 1: 128}  # T.81 B.2.4.1: bytes of a quantisation table of 8 or 16 bits


def check_stripped(data: bytes, file: str = "") -> None:
    """Return if the bytes are a JPEG or PNG that carries pixels and nothing else.

    1. JPEG: SOI; one APP0 of exactly the form that we write; DQT, DHT, DRI, SOF0 or SOF2, SOS, each filled to its last
       byte by what the standard puts there; EOI; the end of the file.
       PNG: IHDR, at most one PLTE, IDAT, IEND, each once and with its checksum; the end of the file.
    2. PNG only: the compressed data hold the rows that the header declares and not a byte more.

    Entropy-coded data of a JPEG are pixels by construction: they are not decoded here.

    Raises:
        VerificationError: N140 not an image of these kinds, or damaged; N141 a part that is not on the list;
            N142 a part in another form than the fixed one; N143 bytes behind the end; N144 more data than pixels.

    """
    try:
        if sniff(file, data) is ImageKind.JPEG:
            _check_jpeg(file, data)
        else:
            _check_png(file, data)
    except InputError as error:
        raise VerificationError("N140", file=file, reason=error.code) from None


def _check_jpeg(file: str, data: bytes) -> None:
    walked = tuple(jpeg.segments(file, data))
    for number, one in enumerate(walked):
        body = data[one.body : one.end]
        allowed = _ALLOWED.get(one.marker)
        if allowed is None or (one.marker == jpeg.APP0 and number != 1):
            raise VerificationError("N141", file=file, part=f"0x{one.marker:02X}", place=one.start)
        # B.1.1.2 lets 0xFF stand before a marker, in any number: here in none.
        padded = one.marker not in _BARE and one.body - one.start != 4
        if padded or not allowed(body):
            raise VerificationError("N142", file=file, part=f"0x{one.marker:02X}", place=one.start)
    jpeg.frame_of(file, data, walked)
    _check_end(file, data, walked[-1].end)


def _no_body(body: bytes) -> bool:
    return not body


def _any_body(body: bytes) -> bool:
    return bool(body)


def _is_fixed_jfif(body: bytes) -> bool:
    return body == jpeg.JFIF[4:]


def _is_quantisation(body: bytes) -> bool:
    """Return whether a DQT segment is whole tables (B.2.4.1)."""
    at = 0
    while at < len(body):
        size = _SIZES.get(body[at] >> 4)
        if size is None or body[at] & 15 > 3:
            return False
        at += 1 + size
    return bool(body) and at == len(body)


def _is_huffman(body: bytes) -> bool:
    """Return whether a DHT segment is whole tables (B.2.4.2): 16 counts, and as many symbols as they say."""
    at = 0
    while at + 17 <= len(body):
        if body[at] >> 4 > 1 or body[at] & 15 > 3:
            return False
        at += 17 + sum(body[at + 1 : at + 17])
    return bool(body) and at == len(body)


def _is_frame(body: bytes) -> bool:
    return len(body) >= 6 and len(body) == 6 + 3 * body[5]


def _is_scan(body: bytes) -> bool:
    return bool(body) and len(body) == 4 + 2 * body[0]


def _is_interval(body: bytes) -> bool:
    return len(body) == 2


_ALLOWED = {
    jpeg.SOI: _no_body,
    jpeg.APP0: _is_fixed_jfif,
    jpeg.DQT: _is_quantisation,
    jpeg.DHT: _is_huffman,
    jpeg.DRI: _is_interval,
    jpeg.BASELINE: _is_frame,
    jpeg.PROGRESSIVE: _is_frame,
    jpeg.SOS: _is_scan,
    jpeg.PIXELS: _any_body,
    jpeg.EOI: _no_body,
}
_BARE = frozenset({jpeg.SOI, jpeg.PIXELS, jpeg.EOI})
_PNG_ALLOWED = (b"IHDR", b"PLTE", b"IDAT", b"IEND")


def _check_png(file: str, data: bytes) -> None:
    walked = tuple(png.chunks(file, data))
    for one in walked:
        if one.type not in _PNG_ALLOWED:
            raise VerificationError("N141", file=file, part=one.type.decode(), place=one.start)
    header = png.header_of(file, data, walked)
    palette = sum(one.end - one.body - 4 for one in walked if one.type == b"PLTE")
    if header.interlaced or walked[-1].end - walked[-1].start != 12 or palette % 3 or palette > 3 * 256:
        raise VerificationError("N142", file=file, part="IHDR, PLTE, IEND", place=len(PNG_START))
    _check_end(file, data, walked[-1].end)
    _check_rows(file, data, walked, header)


def _check_rows(file: str, data: bytes, walked: tuple[png.Chunk, ...], header: png.Header) -> None:
    """Refuse compressed data that hold more, or less, than the rows of the picture (section 10)."""
    try:
        unpacked = png.unpack_pixels(data, walked, header.rows)
    except zlib.error:
        raise VerificationError("N140", file=file, reason="zlib") from None
    if unpacked.size != header.rows or not unpacked.exact:
        raise VerificationError("N144", file=file)


def _check_end(file: str, data: bytes, end: int) -> None:
    if end != len(data):
        raise VerificationError("N143", file=file, count=len(data) - end)
