"""What a file is by its first bytes: photos, scans and PDF are read, everything else is refused by its own name.

The name of a file says nothing: what arrives as `photo.jpg` may be a web page, and a browser may treat it as one.
"""

from __future__ import annotations

import re
from enum import StrEnum

from secondcount.errors import InputError

__all__ = ["JPEG_START", "PNG_START", "ImageKind", "name_of_file", "second_kind", "sniff"]

JPEG_START = b"\xff\xd8\xff"  # ITU-T T.81 B.1.1.3: SOI, and the first byte of the next marker
PNG_START = b"\x89PNG\r\n\x1a\n"  # W3C PNG section 5.2


class ImageKind(StrEnum):
    """Kinds of images that are read; the value is the media type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    HEIC = "image/heic"
    WEBP = "image/webp"
    TIFF = "image/tiff"
    PDF = "application/pdf"


_READ = (
    (re.compile(JPEG_START), ImageKind.JPEG),
    (re.compile(PNG_START), ImageKind.PNG),
    (re.compile(rb"....ftyp(?:hei|hev|mif1|msf1)", re.DOTALL), ImageKind.HEIC),  # ISO 23008-12 section 10
    (re.compile(rb"RIFF....WEBP", re.DOTALL), ImageKind.WEBP),  # RFC 9649 section 2.4
    (re.compile(rb"II\*\0|MM\0\*"), ImageKind.TIFF),  # TIFF 6.0 section 2
    (re.compile(rb"\s{0,200}%PDF-"), ImageKind.PDF),  # ISO 32000-1 section 7.5.2
)

# Photos and scans in formats that are not read (N102).
_OTHER_IMAGES = (
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), "AVIF"),
    (re.compile(rb"GIF8[79]a"), "GIF"),
    (re.compile(rb"BM.{4}\0\0\0\0", re.DOTALL), "BMP"),
    (re.compile(rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51"), "JPEG 2000"),
    (re.compile(rb"\xff\x0a|\0\0\0\x0cJXL "), "JPEG XL"),
    (re.compile(rb"....ftyp", re.DOTALL), "MP4"),
)
_PDF = re.compile(rb"\s*%PDF-")
_SVG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml.{0,300}?\?>\s*)?(?:<!--.{0,500}?-->\s*)*(?:<!doctype\s+svg.{0,500}?>\s*)?<svg[\s>]",
    re.I | re.S,
)
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,500}?-->\s*)?<(?:(?:!doctype\s+html|html|head|body|script|div|table|meta)\b|(?P<xml>\?xml))",
    re.I | re.S,
)
_PACKED = (  # N105; also what must not stand behind a picture (N114)
    (re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"), "ZIP"),
    (re.compile(rb"\x1f\x8b\x08"), "gzip"),
    (re.compile(rb"Rar!\x1a\x07"), "RAR"),
    (re.compile(rb"7z\xbc\xaf\x27\x1c"), "7z"),
    (re.compile(rb"\x7fELF"), "ELF"),
    (re.compile(rb"MZ.{58}.{4}", re.DOTALL), "EXE"),
    (re.compile(rb"#!\s*/"), "script"),
    (re.compile(rb"\s*<\?(?:php|=)", re.I), "PHP"),
)
_END_OF_ZIP = b"PK\x05\x06"
_END_OF_ZIP_WITHIN = 65_535 + 22  # APPNOTE 4.3.16: the record of 22 bytes and the longest comment behind it
_PDF_WITHIN = 1_024  # readers of PDF look for its header that far into a file
_HEAD = 2_048


def name_of_file(name: str) -> str:
    """Return the name of a file without its folders, as refusals show it."""
    return re.split(r"[/\\]", name)[-1]


def sniff(name: str, data: bytes) -> ImageKind:
    """Return what the bytes are, whatever the name says.

    Raises:
        InputError: N100 empty, N102 another image format, N104 a page or drawing, N105 packed or a program,
            N106 nothing that is known.

    """
    for magic, known in _READ:
        if magic.match(data[:_HEAD]):
            return known
    file = name_of_file(name)
    if not data:
        raise InputError("N100", file=file)
    code, kind = _foreign(data[:_HEAD])
    raise InputError(code, file=file, kind=kind) if kind else InputError(code, file=file)


def _foreign(head: bytes) -> tuple[str, str]:
    """Return the code of the refusal, and the name of the format where it has one."""
    for magic, kind in _OTHER_IMAGES:
        if magic.match(head):
            return "N102", kind
    if markup := _markup(head):
        return "N104", markup
    packed = _packed(head)
    return ("N105", packed) if packed else ("N106", "")


def _markup(head: bytes) -> str:
    if _SVG.match(head):
        return "SVG"
    found = _MARKUP.match(head)
    return "" if found is None else "XML" if found["xml"] else "HTML"


def _packed(head: bytes) -> str:
    return next((kind for magic, kind in _PACKED if magic.match(head)), "")


def second_kind(data: bytes, end: int) -> str:
    """Return as what else a file may be opened whose picture ends at `end`: "" as nothing else.

    Only what a program would find without being told is looked for: a ZIP is found from its end, a PDF near its
    beginning, all others right behind the picture. Whatever hides elsewhere is in the sealed original only.
    """
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "PDF"
    if end == len(data):
        return ""
    behind = data[end : end + _HEAD]
    if _PDF.match(behind):
        return "PDF"
    if data.find(_END_OF_ZIP, max(end, len(data) - _END_OF_ZIP_WITHIN)) >= 0:
        return "ZIP"
    return _packed(behind) or _markup(behind)
