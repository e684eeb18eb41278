"""A table as it arrived: every cell as text, every row with its physical line, every oddity remarked on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

import polars as pl

from secondcount.intake.delimited import read_delimited
from secondcount.intake.encoding import decode
from secondcount.intake.preamble import Entry
from secondcount.intake.remarks import Place, collect
from secondcount.intake.unpack import refuse_markup, unpack
from secondcount.model.issue import Issue

__all__ = ["Table", "read_table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The cells of one file as text.

    `rows` has the column "line" (Int64, 1-based line of the file) and one String column "c0", "c1", ... for
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
    """Return the cells of a CSV or TSV file (plain or gzip, any usual encoding and delimiter) as text.

    Rows that do not have as many fields as the header are left out and named; nothing else is left out
    but blank lines. Numbers are not looked at here.

    Raises:
        InputError: T100 to T108: the file cannot be read as a table at all.

    """
    place = Place(file=file_name(name), digest=hashlib.sha256(data).hexdigest())
    decoded = decode(place, unpack(place.file, data))
    refuse_markup(place.file, decoded.data)
    read = read_delimited(place, decoded.data)
    return Table(
        place=place,
        headers=read.headers,
        rows=read.rows,
        entries=read.entries,
        remarks=read.remarks,
        found=(*decoded.issues, *read.issues),
    )
