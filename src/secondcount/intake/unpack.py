"""Bytes as they arrive -> bytes of one table: sizes limited, gzip and ZIP opened, others refused by their name."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from secondcount.errors import InputError
from secondcount.intake.archive import Archive, open_archive, table_inside
from secondcount.intake.remarks import shown

__all__ = ["MAX_BYTES", "Unpacked", "is_json", "is_parquet", "is_workbook", "open_packed", "refuse_markup", "unpack"]

MAX_BYTES = 256 * 2**20
"""Largest file, and largest unpacked file, in bytes: about four million stations with ten contestants."""

_STEP = 2**20
_RATIO = 300  # a table of nothing but zeros packs about 1 : 200; a bomb about 1 : 1,000
_RATIO_FROM = 16 * 2**20  # below this size a bomb does no harm

_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_PARQUET = b"PAR1"
_WORKBOOK = "xl/workbook.xml"
_OFFICE = (("xl/workbook.bin", "XLSB"), ("content.xml", "ODS"), ("word/document.xml", "DOCX"))
_NOT_ZERO = re.compile(rb"[^\0]")
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "XLS / DOC / XLSX with a password"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
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
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*["}]|\[\s*[\[{])')


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """The bytes of a table; `entry` is its name in its archive, `others` how many files stayed there."""

    data: bytes
    entry: str = ""
    others: int = 0


def unpack(name: str, data: bytes) -> Unpacked:
    """Return the bytes of the table inside a file: the file itself, or what is in its gzip or ZIP.

    Raises:
        InputError: T101 empty, T102 too large, T103 or T183 damaged, T104 bomb, T105 foreign, T184 not one table.

    """
    _refuse_size(name, data)
    if data.startswith(_GZIP):
        data = _gunzip(name, data)
        _refuse_size(name, data)
        if data.startswith(_GZIP):
            raise InputError("T105", file=name, kind="gzip in gzip")
    unpacked = _unzip(name, data) if data.startswith(_ZIP) else Unpacked(data=data)
    for magic, kind in _FOREIGN:
        if unpacked.data.startswith(magic):
            raise InputError("T105", file=name, kind=kind)
    return unpacked


def is_workbook(data: bytes) -> bool:
    """Return whether unpacked bytes are an XLSX workbook: no other archive passes `unpack`."""
    return data.startswith(_ZIP)


def is_parquet(data: bytes) -> bool:
    """Return whether unpacked bytes are a Parquet file."""
    return data.startswith(_PARQUET)


def is_json(text: bytes) -> bool:
    """Return whether a text is JSON: an object or an array of objects, not a word in brackets."""
    return _JSON.match(text[:4096]) is not None


def open_packed(name: str, data: bytes, kind: str) -> Archive:
    """Return an archive under the limits of every table."""
    return open_archive(name, data, kind, limit=MAX_BYTES, ratio=_RATIO, ratio_from=_RATIO_FROM)


def _unzip(name: str, data: bytes) -> Unpacked:
    """Return the one table of an archive; a workbook is one as it stands."""
    archive = open_packed(name, data, "ZIP")
    _refuse_office(name, archive)
    if _WORKBOOK in archive.entries:
        return Unpacked(data=data)
    entry = table_inside(archive)
    inside = archive.read(entry)
    _refuse_size(name, inside)
    if inside.startswith(_GZIP):
        raise InputError("T105", file=name, kind="gzip in ZIP")
    if inside.startswith(_ZIP):
        workbook = open_packed(name, inside, "XLSX")
        _refuse_office(name, workbook)
        if _WORKBOOK not in workbook.entries:
            raise InputError("T105", file=name, kind="ZIP in ZIP")
    return Unpacked(data=inside, entry=shown(entry), others=len(archive.entries) - 1)


def _refuse_office(name: str, archive: Archive) -> None:
    kind = next((kind for entry, kind in _OFFICE if entry in archive.entries), "")
    if kind:
        raise InputError("T105", file=name, kind=kind)


def refuse_markup(name: str, text: bytes) -> None:
    """Refuse text that is no table: a web page saved as CSV, XML.

    Raises:
        InputError: T105.

    """
    start = text[:4096]
    found = _MARKUP.match(start)
    if found:
        raise InputError("T105", file=name, kind="HTML" if found["html"] else "XML")


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
