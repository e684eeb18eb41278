"""ZIP archives (PKWARE APPNOTE): what is in one, read in memory with limits; no name in it is ever used as a path."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from secondcount.errors import InputError
from secondcount.intake.remarks import shown

__all__ = ["DAMAGED", "Archive", "is_locked", "is_of_the_system", "open_archive", "table_inside"]

_MOST_ENTRIES = 10_000
_STEP = 2**20
_ENCRYPTED = 0x1  # general purpose bit flag, bit 0 (APPNOTE 4.4.4)
_TABLES = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".parquet", ".jsonl", ".ndjson", ".json")
_PLAIN_TEXT = ".txt"  # a table, or what somebody says about it
_LISTED = 5
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
"""What `zipfile` raises of a ZIP that is damaged, or packed in a way that it does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An open archive: its entries by name, and the limits under which they are read."""

    name: str
    file: zipfile.ZipFile
    kind: str
    limit: int  # bytes that all entries together may unpack to
    ratio: int
    ratio_from: int
    packed: int

    @property
    def entries(self) -> tuple[str, ...]:
        """Return the names of all entries that are files."""
        return tuple(one.filename for one in self.file.infolist() if not one.is_dir())

    def read(self, entry: str) -> bytes:
        """Return the bytes of one entry.

        Raises:
            InputError: T104 it unpacks to far more than it is, T183 damaged or locked.

        """
        unpacked = bytearray()
        try:
            with self.file.open(entry) as stream:
                while part := stream.read(_STEP):
                    unpacked += part
                    size = len(unpacked)
                    if size > self.limit or (size > self.ratio_from and size > self.ratio * self.packed):
                        raise InputError("T104", file=self.name, packed=self.packed, limit=self.limit)
        except DAMAGED as error:
            raise InputError("T183", file=self.name, kind=self.kind) from error
        return bytes(unpacked)


def open_archive(name: str, data: bytes, kind: str, *, limit: int, ratio: int, ratio_from: int) -> Archive:
    """Return an archive whose list of entries can be trusted as far as it goes: not too many, none locked.

    Raises:
        InputError: T104 too many or too large, T183 damaged or locked.

    """
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED as error:
        raise InputError("T183", file=name, kind=kind) from error
    entries = file.infolist()
    if len(entries) > _MOST_ENTRIES or sum(one.file_size for one in entries) > limit:
        raise InputError("T104", file=name, packed=len(data), limit=limit)
    if any(map(is_locked, entries)):
        raise InputError("T183", file=name, kind=kind)
    return Archive(name=name, file=file, kind=kind, limit=limit, ratio=ratio, ratio_from=ratio_from, packed=len(data))


def table_inside(archive: Archive) -> str:
    """Return the name of the one entry that can be the table.

    Raises:
        InputError: T184 there is none, or more than one.

    """
    files = [one for one in archive.entries if not is_of_the_system(one)]
    named = [one for one in files if one.casefold().endswith(_TABLES)]
    certain = [one for one in named if not one.casefold().endswith(_PLAIN_TEXT)] or named or files
    if len(certain) != 1:
        listed = "; ".join(_names(certain[:_LISTED])) + ("; …" if len(certain) > _LISTED else "")
        raise InputError("T184", file=archive.name, count=len(certain), value=listed or "—")
    return certain[0]


def _names(entries: list[str]) -> Iterator[str]:
    return (shown(_last(one)) for one in entries)


def _last(entry: str) -> str:
    return PureWindowsPath(PurePosixPath(entry).name).name


def is_locked(entry: zipfile.ZipInfo) -> bool:
    """Return whether an entry asks for a password."""
    return bool(entry.flag_bits & _ENCRYPTED)


def is_of_the_system(entry: str) -> bool:
    """Return whether an entry is what macOS and Windows put beside files."""
    return (
        entry.startswith("__MACOSX/") or _last(entry).startswith(".") or _last(entry) in ("Thumbs.db", "desktop.ini")
    )
