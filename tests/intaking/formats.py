"""One table of texts in each format that is read: as people and programs write it, numbers as numbers."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence

import polars as pl

from intaking.workbooks import Cell, cells, workbook

__all__ = ["FIRST_LINE", "FORMATS", "as_csv"]

Rows = Sequence[Sequence[str]]

_WHOLE = re.compile(r"0|-?[1-9][0-9]*")
_DECIMALS = re.compile(r"-?[0-9]+\.[0-9]+")


def as_csv(header: Sequence[str], rows: Rows) -> bytes:
    """Return the table as delimited text; its first row is the line below the header."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows((header, *rows))
    return out.getvalue().encode()


def as_workbook(header: Sequence[str], rows: Rows) -> bytes:
    """Return the table as the only sheet of a workbook; a cell without text is not there at all."""
    return workbook(cells([[*header], *([_cell(one) for one in row] for row in rows)]))


def as_json_lines(header: Sequence[str], rows: Rows) -> bytes:
    """Return the table as an object a line; a cell without text is null in one row and left out in the next."""
    return "".join(_object(number, dict(zip(header, row, strict=True))) for number, row in enumerate(rows)).encode()


def as_parquet(header: Sequence[str], rows: Rows) -> bytes:
    """Return the table as Parquet; a column of whole numbers or of decimals is stored as such, the others as text."""
    columns = {name: _column([row[place] for row in rows]) for place, name in enumerate(header)}
    out = io.BytesIO()
    pl.DataFrame(columns).write_parquet(out)
    return out.getvalue()


FORMATS: Mapping[str, Callable[[Sequence[str], Rows], bytes]] = {
    "csv": as_csv,
    "xlsx": as_workbook,
    "jsonl": as_json_lines,
    "parquet": as_parquet,
}
FIRST_LINE = {"csv": 2, "xlsx": 2, "jsonl": 1, "parquet": 1}
"""Line of the first row below the header, where no cell is written over several lines."""


def _cell(text: str) -> Cell:
    return ("", f"<v>{text}</v>") if _WHOLE.fullmatch(text) or _DECIMALS.fullmatch(text) else text


def _object(number: int, row: Mapping[str, str]) -> str:
    pairs = [
        f"{json.dumps(name)}: {_value(text)}" for name, text in row.items() if text or number % 2 == 0
    ]  # a number goes into the line as it is written: a Python float might print it otherwise
    return "{" + ", ".join(pairs) + "}\n"


def _value(text: str) -> str:
    if not text:
        return "null"
    return text if _WHOLE.fullmatch(text) or _DECIMALS.fullmatch(text) else json.dumps(text)


def _column(texts: Sequence[str]) -> pl.Series:
    filled = [one for one in texts if one]
    values = pl.Series([one or None for one in texts], dtype=pl.String)
    if filled and all(_WHOLE.fullmatch(one) for one in filled):
        return values.cast(pl.Int64)
    if filled and all(_WHOLE.fullmatch(one) or _DECIMALS.fullmatch(one) for one in filled):
        return values.cast(pl.Float64)
    return pl.Series(texts, dtype=pl.String)
