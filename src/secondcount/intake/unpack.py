"""Bytes as they arrive -> bytes of a text table: sizes limited, gzip opened, other formats refused by their name."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from secondcount.errors import InputError

__all__ = ["MAX_BYTES", "refuse_markup", "unpack"]

MAX_BYTES = 256 * 2**20
"""Largest file, and largest unpacked file, in bytes: about four million stations with ten contestants."""

_STEP = 2**20
_RATIO = 300  # a table of nothing but zeros packs about 1 : 200; a bomb about 1 : 1,000
_RATIO_FROM = 16 * 2**20  # below this size a bomb does no harm

_GZIP = b"\x1f\x8b"
_NOT_ZERO = re.compile(rb"[^\0]")
_FOREIGN = (
    (b"PK\x03\x04", "XLSX / ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\xd0\xcf\x11\xe0", "XLS / DOC"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3", "SQLite"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"\xfd7zXZ", "xz"),
    (b"BZh", "bzip2"),
    (b"{\\rtf", "RTF"),
)
_MARKUP = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:(?P<html>!doctype html|html|head|body|table|meta|script|div)\b|\?xml|!doctype)",
    re.IGNORECASE | re.DOTALL,
)
_JSON = re.compile(rb'\s*(?:\{\s*"|\[\s*[\[{])')


def unpack(name: str, data: bytes) -> bytes:
    """Return the bytes of the table inside a file: the file itself, or what is in its gzip.

    Raises:
        InputError: T101 empty, T102 too large, T103 damaged gzip, T104 bomb, T105 another format.

    """
    _refuse_size(name, data)
    if data.startswith(_GZIP):
        data = _gunzip(name, data)
        _refuse_size(name, data)
        if data.startswith(_GZIP):
            raise InputError("T105", file=name, kind="gzip in gzip")
    for magic, kind in _FOREIGN:
        if data.startswith(magic):
            raise InputError("T105", file=name, kind=kind)
    return data


def refuse_markup(name: str, text: bytes) -> None:
    """Refuse text that is no table: a web page saved as CSV, XML, JSON.

    Raises:
        InputError: T105.

    """
    start = text[:4096]
    found = _MARKUP.match(start)
    if found:
        raise InputError("T105", file=name, kind="HTML" if found["html"] else "XML")
    if _JSON.match(start):
        raise InputError("T105", file=name, kind="JSON")


def _refuse_size(name: str, data: bytes) -> None:
    if not data:
        raise InputError("T101", file=name)
    if len(data) > MAX_BYTES:
        raise InputError("T102", file=name, size=len(data), limit=MAX_BYTES)


def _gunzip(name: str, data: bytes) -> bytes:
    """Return the concatenated members of a gzip file (RFC 1952 section 2.2), never much more than the limit."""
    unpacked = bytearray()
    at = 0
    while data.startswith(_GZIP, at):
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            if at >= len(data):
                raise InputError("T103", file=name)  # cut short: the end mark is missing
            for part in _parts(name, member, data[at : at + _STEP]):
                unpacked += part
                _refuse_bomb(name, len(unpacked), len(data))
            at = min(at + _STEP, len(data)) - len(member.unused_data)
        at = _behind_padding(data, at)
    if at < len(data):
        raise InputError("T103", file=name)
    return bytes(unpacked)


def _parts(name: str, member: zlib._Decompress, packed: bytes) -> Iterator[bytes]:
    """Yield what some packed bytes unpack to, a megabyte at a time."""
    try:
        yield member.decompress(packed, _STEP)
        while member.unconsumed_tail:
            yield member.decompress(member.unconsumed_tail, _STEP)
    except zlib.error:
        raise InputError("T103", file=name) from None


def _behind_padding(data: bytes, at: int) -> int:
    """Return the first place from `at` on that is no zero byte: gzip(1) allows padding."""
    found = _NOT_ZERO.search(data, at)
    return found.start() if found else len(data)


def _refuse_bomb(name: str, size: int, packed: int) -> None:
    if size > MAX_BYTES or (size > _RATIO_FROM and size > _RATIO * packed):
        raise InputError("T104", file=name, packed=packed, limit=MAX_BYTES)
