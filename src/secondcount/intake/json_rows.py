"""JSON lines, or an array of objects (RFC 8259) -> header and rows of text: numbers as written, never converted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from secondcount.errors import InputError
from secondcount.intake.delimited import MAX_CELLS, Delimited
from secondcount.intake.remarks import Place, no_remarks, remarks
from secondcount.model.issue import Issue

__all__ = ["read_json"]

_BROKEN = (json.JSONDecodeError, RecursionError, UnicodeDecodeError)
_MOST_COLUMNS = 5_000
_SHOWN = 100
_NOT_SPACE = re.compile(r"[^ \t\n]")  # line ends are line feeds by now

_Pairs = list[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class _Object:
    """One object as its pairs, so that a name that stands twice is seen."""

    pairs: _Pairs


@dataclass(slots=True, kw_only=True)
class _Columns:
    """Columns that grow row by row; a name that comes late is empty in the rows before."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    odd: list[tuple[int, str]] = field(default_factory=list)
    twice: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, line: int, row: _Object) -> None:
        """Add one row."""
        height = len(self.lines)
        seen: set[str] = set()
        for name, value in row.pairs:
            header = " ".join(_text(name).split())
            column = self.texts.get(header)
            if column is None:
                column = self.texts[header] = [""] * height
            if header in seen:
                column[height] = ""
                self.twice.append((line, header, _text(value)))
            else:
                seen.add(header)
                column.append(_text(value))
        self.lines.append(line)
        if len(seen) < len(self.texts):
            for header in self.texts.keys() - seen:
                self.texts[header].append("")


def read_json(place: Place, text: bytes) -> Delimited:
    """Return the parts of a file of JSON objects; lines are physical, in an array numbers of its elements.

    Raises:
        InputError: T100 too many cells, T183 there is no object in it.

    """
    columns = _Columns()
    for line, value, raw in _values(place, text):
        if isinstance(value, _Object):
            columns.add(line, value)
        else:
            columns.odd.append((line, raw))
        if len(columns.texts) > _MOST_COLUMNS or len(columns.lines) * len(columns.texts) > MAX_CELLS:
            width = len(columns.texts)
            raise InputError("T100", file=place.file, lines=len(columns.lines), width=width, limit=MAX_CELLS)
    if not columns.texts:
        raise InputError("T183", file=place.file, kind="JSON")
    return Delimited(
        headers=tuple(columns.texts),
        rows=_rows(columns),
        entries=(),
        remarks=_remarks(columns),
        issues=tuple(_late(place, columns)),
    )


def _values(place: Place, text: bytes) -> Iterator[tuple[int, object, str]]:
    """Yield line, value and beginning of each row; an array that cannot be read at all is refused."""
    decoder = json.JSONDecoder(object_pairs_hook=_Object, parse_int=str, parse_float=str, parse_constant=str)
    whole = text.decode("utf-8")
    if whole.lstrip().startswith("["):
        try:
            yield from _elements(decoder, whole)
        except _BROKEN as error:
            raise InputError("T183", file=place.file, kind="JSON") from error
        return
    for number, line in enumerate(whole.split("\n"), start=1):
        if line.strip():
            yield number, _value(decoder, line), line


def _elements(decoder: json.JSONDecoder, text: str) -> Iterator[tuple[int, object, str]]:
    """Yield the elements of an array one by one: the whole would take ten times its size."""
    at, number = text.index("[") + 1, 0
    while True:
        at = _behind(text, at)
        if not number and text.startswith("]", at):
            break
        value, end = decoder.raw_decode(text, at)
        number += 1
        yield number, value, text[at : min(end, at + _SHOWN)]
        at = _behind(text, end)
        if text.startswith("]", at):
            break
        if not text.startswith(",", at):
            raise json.JSONDecodeError("neither comma nor end", text, at)
        at += 1
    if text[at + 1 :].strip():
        raise json.JSONDecodeError("something behind the array", text, at)


def _behind(text: str, at: int) -> int:
    found = _NOT_SPACE.search(text, at)
    return found.start() if found else len(text)


def _value(decoder: json.JSONDecoder, line: str) -> object:
    """Return the value of a line, None where it is no JSON."""
    try:
        return decoder.decode(line.strip())
    except _BROKEN:
        return None


def _text(value: object) -> str:
    """Return a cell: what is written there; what holds several values is shown as what it is, and no number."""
    if isinstance(value, str):
        return value if value.isascii() else _whole(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "{…}" if isinstance(value, _Object) else "[…]"


def _whole(text: str) -> str:
    """Return a text with halves of characters (lone surrogates) replaced: no other program could read them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _rows(columns: _Columns) -> pl.DataFrame:
    texts = {f"c{number}": column for number, column in enumerate(columns.texts.values())}
    schema = {"line": pl.Int64, **dict.fromkeys(texts, pl.String)}
    return pl.DataFrame({"line": columns.lines, **texts}, schema=schema)


def _remarks(columns: _Columns) -> pl.DataFrame:
    odd = pl.DataFrame(columns.odd, schema={"line": pl.Int64, "value": pl.String}, orient="row")
    schema = {"line": pl.Int64, "column": pl.String, "value": pl.String}
    twice = pl.DataFrame(columns.twice, schema=schema, orient="row")
    if not odd.height and not twice.height:
        return no_remarks()
    return pl.concat(
        [
            remarks(odd, "T187", value=pl.col("value")),
            remarks(twice, "T188", column=pl.col("column"), value=pl.col("value")),
        ]
    )


def _late(place: Place, columns: _Columns) -> Iterator[Issue]:
    if not columns.lines:
        yield place.issue("T114")
