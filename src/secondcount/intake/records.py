"""The records below a header: fast where each stands on a line of its own, exact where quotes span lines.

Three ways, one meaning; `tests/property/intake/test_records.py` holds them equal:

- no quotation mark in the file: delimiters are counted in each line;
- every quoted field opens and closes properly within its line: quoted fields are masked, then the same;
- anything else: the standard library's reader, record by record.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import polars as pl

from secondcount.intake.remarks import REMARKS, no_remarks, remarks

__all__ = ["Records", "read_exactly", "read_records"]

_COMMENT = r'^\s*"?\s*#+\s*(?:\w[\w -]{0,39}?\s*[:：]|(?i:synthetic)\b)'
_COMMENT_LINE = re.compile(_COMMENT)
_MASK = "\x1a"
_SPARE = ("\x1f", "\x1e", "\x1d", "\x1c")  # one of them is in no text: with it as delimiter a line is one field
_BATCH = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Rows as text ("line", "c0", "c1", ...), rows that do not fit as remarks, comments, and blank rows counted."""

    rows: pl.DataFrame
    remarks: pl.DataFrame
    comments: pl.DataFrame  # "line", "text"
    blank: int  # rows of nothing but delimiters


def read_records(text: bytes, separator: str, width: int, above: int = 0) -> Records:
    """Return the records of a file below its first `above` lines; lines are numbered from the top of the file."""
    spare = next((one for one in _SPARE if one.encode() not in text), "")
    if not spare or _MASK.encode() in text:
        return read_exactly(text.decode("utf-8").split("\n"), separator, width, above)
    sieved = _sieved(text, spare, separator, width, above)
    if sieved is None:
        return read_exactly(text.decode("utf-8").split("\n"), separator, width, above)
    body, skipped = (text, above) if sieved.body is None else (sieved.body, 0)
    return Records(
        rows=_cells(body, skipped, sieved.line, separator, width),
        remarks=sieved.remarks,
        comments=sieved.comments,
        blank=sieved.blank,
    )


# ------------------------------------------------------------------------------------ one record, one line


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sieved:
    """Which lines are records; `body` are those lines, None where it is all of them."""

    line: pl.Series
    body: bytes | None
    remarks: pl.DataFrame
    comments: pl.DataFrame
    blank: int


def _sieved(text: bytes, spare: str, separator: str, width: int, above: int) -> _Sieved | None:
    """Return which lines are records, or None where a record is not a line. The lines are forgotten on return."""
    lines = _lines(text, spare, above)
    masked = _masked(lines, separator) if b'"' in text else lines
    if masked is None:
        return None
    kinds = _kinds(masked, separator, width)
    good = kinds.filter(kind="row")
    whole = good.height == kinds.height
    return _Sieved(
        line=good["line"],
        body=None if whole else _joined(good["text"]),
        remarks=_misfits(kinds, width),
        comments=kinds.filter(kind="comment").select("line", "text"),
        blank=kinds.filter(pl.col("kind") == "blank", pl.col("fields") > 1).height,
    )


def _lines(text: bytes, spare: str, above: int) -> pl.DataFrame:
    """Return each physical line with its number; `bare` is what delimiters are counted in."""
    schema: dict[str, type[pl.DataType]] = {"text": pl.String}
    frame = _csv(text, above, spare, schema, quote=None)
    number = pl.int_range(above + 1, above + 1 + frame.height, dtype=pl.Int64, eager=True).alias("line")
    return frame.select(number, "text", bare="text")


def _joined(lines: pl.Series) -> bytes:
    out = io.BytesIO()
    lines.to_frame().write_csv(out, include_header=False, quote_style="never")
    return out.getvalue()


def _csv(
    text: bytes, above: int, separator: str, schema: dict[str, type[pl.DataType]], *, quote: str | None
) -> pl.DataFrame:
    return pl.read_csv(
        text,
        has_header=False,
        skip_lines=above,
        schema=schema,
        separator=separator,
        quote_char=quote,
        empty_string_is_null=False,
        extra_columns="ignore",  # fields behind the last column that are known to be empty
        raise_if_empty=False,
    )


def _masked(lines: pl.DataFrame, separator: str) -> pl.DataFrame | None:
    """Return the lines with each quoted field as one mark in `bare`; None where quotes are used in any other way."""
    escaped = re.escape(separator)
    masked = lines.with_columns(bare=pl.col("text").str.replace_all(rf'(^|{escaped})"(?:[^"]|"")*"', "${1}" + _MASK))
    odd = masked.select(
        (pl.col("bare").str.contains('"', literal=True) | pl.col("bare").str.contains(f"{_MASK}[^{escaped}]")).any()
    ).item()
    return None if odd else masked


def _kinds(lines: pl.DataFrame, separator: str, width: int) -> pl.DataFrame:
    """Return the lines with their number of fields and their kind: "row", "blank", "comment", "short" or "long"."""
    text, fields = pl.col("text"), pl.col("fields")
    delimiter, empty = re.escape(separator), r'\s*(?:"\s*"\s*)?'
    behind = text.str.extract(f"((?:{delimiter}{empty})*)$").str.count_matches(separator, literal=True)
    counted = lines.with_columns(fields=pl.col("bare").str.count_matches(separator, literal=True).cast(pl.Int64) + 1)
    kind = (
        pl.when(text.str.contains(f"^{empty}(?:{delimiter}{empty})*$"))
        .then(pl.lit("blank"))
        .when(text.str.contains(_COMMENT))
        .then(pl.lit("comment"))
        .when(fields < width)
        .then(pl.lit("short"))
        .when((fields > width) & (fields - behind > width))
        .then(pl.lit("long"))
        .otherwise(pl.lit("row"))
    )
    return counted.with_columns(kind=kind)


def _cells(body: bytes, above: int, line: pl.Series, separator: str, width: int) -> pl.DataFrame:
    """Return the cells of lines that are known to be records."""
    if not line.len():
        return _no_rows(width)
    schema: dict[str, type[pl.DataType]] = dict.fromkeys(_names(width), pl.String)
    cells = _csv(body, above, separator, schema, quote='"' if b'"' in body else None)
    return cells.select(line, pl.all())


def _misfits(lines: pl.DataFrame, width: int) -> pl.DataFrame:
    found = [
        remarks(lines.filter(kind=kind), code, number=pl.col("fields"), other=width, value=pl.col("text"))
        for kind, code in (("short", "T120"), ("long", "T121"))
    ]
    return pl.concat(found)


def _names(width: int) -> list[str]:
    return [f"c{number}" for number in range(width)]


def _no_rows(width: int) -> pl.DataFrame:
    return pl.DataFrame(schema={"line": pl.Int64, **dict.fromkeys(_names(width), pl.String)})


# ------------------------------------------------------------------------------------ record by record


def read_exactly(lines: Sequence[str], separator: str, width: int, above: int = 0) -> Records:
    """Return the same records by the standard library's reader: any use of quotes, and line ends inside them.

    A record whose quotes do not match loses its first line only; reading resumes on the next one.
    """
    sieve = _Sieve(width=width, separator=separator)
    batches = [_no_rows(width)]
    rows = (row for number, fields in _records(lines, separator, width, above) if (row := sieve.row(number, fields)))
    schema = batches[0].schema
    while batch := list(islice(rows, _BATCH)):
        batches.append(pl.DataFrame(batch, schema=schema, orient="row"))
    return Records(
        rows=pl.concat(batches),
        remarks=pl.DataFrame(sieve.odd, schema=REMARKS) if sieve.odd else no_remarks(),
        comments=pl.DataFrame(sieve.comments, schema={"line": pl.Int64, "text": pl.String}, orient="row"),
        blank=sieve.blank,
    )


def _records(lines: Sequence[str], separator: str, width: int, above: int) -> Iterator[tuple[int, str | list[str]]]:
    """Yield the line on which each record begins with its fields; one string where it is a comment or broken."""
    at = above

    def feed() -> Iterator[str]:
        nonlocal at
        while at < len(lines):
            at += 1
            yield lines[at - 1] + "\n"

    def reading() -> Iterator[list[str]]:
        return csv.reader(feed(), delimiter=separator, skipinitialspace=True, strict=True)

    reader = reading()
    while at < len(lines):
        start = at
        if _COMMENT_LINE.match(lines[start]):
            at = start + 1
            yield start + 1, lines[start]
            continue
        fields = _next(reader)
        if fields is None or (at > start + 1 and any(_swallows(one, separator, width) for one in fields)):
            at, reader = start + 1, reading()  # the first line only is given up
            yield start + 1, lines[start]
        else:
            yield start + 1, fields


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    """Return the fields of the next record, None where its quotes do not match."""
    try:
        return next(reader)
    except csv.Error:
        return None


def _swallows(cell: str, separator: str, width: int) -> bool:
    """Return whether a quoted cell holds exactly one row's delimiters for each line end: a quote is missing."""
    breaks = cell.count("\n")
    return breaks > 0 and width > 1 and cell.count(separator) == breaks * (width - 1)


@dataclass(slots=True, kw_only=True)
class _Sieve:
    """Lets rows through and keeps what is not one."""

    width: int
    separator: str
    odd: list[dict[str, object]] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)
    blank: int = 0

    def row(self, line: int, fields: str | list[str]) -> tuple[int | str, ...]:
        """Return line and cells of a record, empty where it is not a row."""
        if isinstance(fields, str):
            if _COMMENT_LINE.match(fields):
                self.comments.append((line, fields))
            else:
                self._remark(line, "T122", value=fields)
            return ()
        if not any(one.strip() for one in fields):
            self.blank += len(fields) > 1
            return ()
        if len(fields) < self.width or any(one.strip() for one in fields[self.width :]):
            code = "T120" if len(fields) < self.width else "T121"
            self._remark(line, code, value=" | ".join(fields), number=len(fields), other=self.width)
            return ()
        swollen = [one for one in fields if "\n" in one and self.separator in one]
        if swollen:
            self._remark(line, "T166", number=max(one.count("\n") for one in swollen) + 1)
        return (line, *fields[: self.width])

    def _remark(self, line: int, code: str, **values: object) -> None:
        self.odd.append({"code": code, "line": line, "column": "", "cell": "", "station": "", **values})
