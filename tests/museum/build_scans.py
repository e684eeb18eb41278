"""Exhibits of the museum of images in the formats that are translated first: HEIC, WebP, TIFF, PDF.

TIFF and PDF are written here, a byte at a time, so that they are the same on every machine.
"""

from __future__ import annotations

import zlib

__all__ = ["pdf", "tiff"]


def tiff(*sizes: tuple[int, int], orientation: int = 1) -> bytes:
    """Return a TIFF 6.0 file of grey pages, not compressed, of these widths and heights."""
    written = bytearray(b"II*\0\0\0\0\0")
    link = 4
    for width, height in sizes:
        pixels = bytes((7 * x + 3 * y) % 256 for y in range(height) for x in range(width))
        at = len(written)
        written += pixels + b"\0" * (len(pixels) % 2)
        directory = len(written)
        written[link : link + 4] = directory.to_bytes(4, "little")
        written += _directory(width, height, at, len(pixels), orientation)
        link = len(written) - 4
    return bytes(written)


def _directory(width: int, height: int, at: int, size: int, orientation: int) -> bytes:
    entries = (
        (256, 4, width),
        (257, 4, height),
        (258, 3, 8),
        (259, 3, 1),
        (262, 3, 1),
        (273, 4, at),
        (274, 3, orientation),
        (277, 3, 1),
        (278, 4, height),
        (279, 4, size),
    )
    body = b"".join(
        tag.to_bytes(2, "little")
        + kind.to_bytes(2, "little")
        + (1).to_bytes(4, "little")
        + value.to_bytes(4, "little")
        for tag, kind, value in entries
    )
    return len(entries).to_bytes(2, "little") + body + bytes(4)


def pdf(
    pages: int = 1, *, root: bytes = b"", trailer: bytes = b"", more: tuple[bytes, ...] = (), box: bytes = b"0 0 72 36"
) -> bytes:
    """Return a PDF 1.4 of pages with a grey rectangle; `root` and `trailer` are further keys of these dictionaries."""
    stream = zlib.compress(b"0.4 g 6 6 20 12 re f", 0)
    drawn = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream)
    first = 4  # of the pages, behind catalogue, tree and drawing
    kids = b" ".join(b"%d 0 R" % (first + one) for one in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % root,
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        drawn,
        *(b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 3 0 R /Resources << >> >>" % box,) * pages,
        *more,
    ]
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(written)
