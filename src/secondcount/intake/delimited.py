"""Delimited text -> header, rows of text cells with their physical lines, and what did not fit."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import polars as pl

from secondcount.errors import InputError
from secondcount.intake.preamble import SEPARATORS, Entry, comment_entry, read_preamble
from secondcount.intake.records import Records, read_records
from secondcount.intake.remarks import Place, remarks
from secondcount.model.issue import Issue

__all__ = ["MAX_CELLS", "Delimited", "read_delimited"]

MAX_CELLS = 100_000_000
"""Most cells of a table; a line counts as at least twenty. A million stations with a hundred columns are so many."""

_LEAST_WIDTH = 20
_COMMENTS = 100
_SAMPLE_BYTES = 2**16
_SAMPLE_ROWS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Delimited:
    """One delimited file, taken apart."""

    headers: tuple[str, ...]
    rows: pl.DataFrame  # "line", then "c0", "c1", ...
    entries: tuple[Entry, ...]
    remarks: pl.DataFrame
    issues: tuple[Issue, ...]


def read_delimited(place: Place, text: bytes, separator: str = "") -> Delimited:
    """Return the parts of a delimited file; without a `separator` its rows and header decide.

    Raises:
        InputError: T100 where there are too many cells, T108 where there is no header line.

    """
    preamble = read_preamble(place, text)
    sample = text[preamble.size : preamble.size + _SAMPLE_BYTES].decode("utf-8", errors="ignore")
    if not sample.strip():
        raise InputError("T108", file=place.file)
    separator = separator or preamble.separator or choose_separator(sample)
    headers, lines = _header(sample, separator)
    _refuse_size(place, text, len(headers))
    records = read_records(text, separator, len(headers), preamble.lines + lines)
    return Delimited(
        headers=headers,
        rows=records.rows,
        entries=(*preamble.entries, *_entries(records.comments)),
        remarks=pl.concat([records.remarks, remarks(records.comments, "T118", value=pl.col("text"))]),
        issues=(*preamble.issues, *_emptiness(place, records)),
    )


def choose_separator(sample: str) -> str:
    """Return the delimiter that splits the header and gives most rows as many fields as the header has."""
    widths = {one: _widths(sample, one) for one in SEPARATORS}
    fitting = {one: _fit(width) for one, width in widths.items() if width and width[0] > 1}
    return max(fitting, key=lambda one: fitting[one]) if fitting else ","


def _widths(sample: str, separator: str) -> list[int]:
    reader = csv.reader(sample.splitlines(keepends=True), delimiter=separator, skipinitialspace=True)
    try:
        return [len(row) for row in islice(reader, _SAMPLE_ROWS) if row]
    except csv.Error:
        return []


def _fit(widths: list[int]) -> tuple[int, int]:
    """Rank a delimiter: rows in a thousand that have the header's width, then that width."""
    equal = sum(width == widths[0] for width in widths)
    return (1000 * equal // len(widths), widths[0])


def _header(sample: str, separator: str) -> tuple[tuple[str, ...], int]:
    """Return the header's fields, one space for any run of white space, and how many lines it takes."""
    reader = csv.reader(_lines(sample), delimiter=separator, skipinitialspace=True, strict=True)
    try:
        fields = next(reader)
        lines = reader.line_num
    except csv.Error:  # a stray quotation mark: take the line as it stands
        fields = next(_lines(sample)).strip().split(separator)
        lines = 1
    return tuple(" ".join(field.split()) for field in fields), lines


def _lines(text: str) -> Iterator[str]:
    return (line + "\n" for line in text.split("\n"))


def _refuse_size(place: Place, text: bytes, width: int) -> None:
    """Refuse a table that would take all memory: a few bytes can make a cell, and a cell takes sixteen and more."""
    lines = text.count(b"\n")
    if lines * max(width, _LEAST_WIDTH) > MAX_CELLS:
        raise InputError("T100", file=place.file, lines=lines, width=width, limit=MAX_CELLS)


def _entries(comments: pl.DataFrame) -> Iterator[Entry]:
    """Return the metadata below the header: the first lines of it, and the label of synthetic data wherever it is."""
    label = comments.filter(pl.col("text").str.contains("(?i)synthetic")).head(_COMMENTS)
    for line, text in pl.concat([comments.head(_COMMENTS), label]).unique(maintain_order=True).iter_rows():
        entry = comment_entry(text, line)
        if entry is not None:
            yield entry


def _emptiness(place: Place, records: Records) -> Iterator[Issue]:
    if records.blank:
        yield place.issue("T125", count=records.blank)
    if not records.rows.height and not records.remarks.height:
        yield place.issue("T114")
