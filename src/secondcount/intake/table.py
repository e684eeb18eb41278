"""A table as it arrived: every cell as text, every row with its physical line, every oddity remarked on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import PurePosixPath, PureWindowsPath

import polars as pl

from secondcount.intake.delimited import Delimited, read_delimited
from secondcount.intake.encoding import decode
from secondcount.intake.json_rows import read_json
from secondcount.intake.parquet import read_parquet
from secondcount.intake.preamble import Entry
from secondcount.intake.remarks import Place, collect
from secondcount.intake.unpack import is_json, is_parquet, is_workbook, refuse_markup, unpack
from secondcount.intake.workbook import read_workbook
from secondcount.model.issue import Issue

__all__ = ["Table", "read_table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The cells of one file as text.

    `rows` has the column "line" (Int64, 1-based line or row of the file) and one String column "c0", "c1", ... for
    each header; `remarks` has the oddities of rows so far, `found` those of the file as a whole.
    """

    place: Place
    headers: tuple[str, ...]
    rows: pl.DataFrame
    entries: tuple[Entry, ...]
    remarks: pl.DataFrame
    found: tuple[Issue, ...]

    @property
    def name(self) -> str:
        """Return the name of the file, never a path."""
        return self.place.file

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the bytes as they arrived, in lower-case hexadecimal."""
        return self.place.digest

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Return everything odd about the table, before anybody asks what its columns mean."""
        return collect(self.place, self.found, (self.remarks,))

    def entry(self, key: str) -> Entry | None:
        """Return the last metadata entry with this key, or None."""
        return next((one for one in reversed(self.entries) if one.key == key), None)


def file_name(name: str) -> str:
    """Return the last part of a path of any system."""
    return PureWindowsPath(PurePosixPath(name).name).name or "?"


def read_table(name: str, data: bytes) -> Table:
    """Return the cells of a file as text: delimited, XLSX, Parquet or JSON, plain or packed; its bytes say which.

    Rows that do not have as many fields as the header are left out and named; nothing else is left out
    but blank lines. Numbers are not looked at here.

    Raises:
        InputError: T100 to T108, T183, T184: the file cannot be read as a table at all.

    """
    place = Place(file=file_name(name), digest=hashlib.sha256(data).hexdigest())
    unpacked = unpack(place.file, data)
    read = _read(place, unpacked.data)
    about = (place.issue("T190", value=unpacked.entry, count=unpacked.others),) if unpacked.entry else ()
    return Table(
        place=place,
        headers=read.headers,
        rows=read.rows,
        entries=read.entries,
        remarks=read.remarks,
        found=(*about, *read.issues),
    )


def _read(place: Place, data: bytes) -> Delimited:
    """Return the parts of a table by what its bytes are."""
    if is_workbook(data):
        return read_workbook(place, data)
    if is_parquet(data):
        return read_parquet(place, data)
    decoded = decode(place, data)
    refuse_markup(place.file, decoded.data)
    read = read_json(place, decoded.data) if is_json(decoded.data) else read_delimited(place, decoded.data)
    return replace(read, issues=(*decoded.issues, *read.issues))
