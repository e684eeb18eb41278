"""A Parquet file -> header and rows of text: each value as it would be written, nothing rounded, nothing converted."""

from __future__ import annotations

import io

import polars as pl

from secondcount.errors import InputError
from secondcount.intake.delimited import MAX_CELLS, Delimited
from secondcount.intake.remarks import Place, no_remarks
from secondcount.model.issue import Issue

__all__ = ["read_parquet"]

_SINGLE = (pl.String, pl.Boolean, pl.Categorical, pl.Enum, pl.Null, pl.Date, pl.Datetime, pl.Time)
_EXACT = 2**53  # from here on a floating number may stand for several whole ones


def read_parquet(place: Place, data: bytes) -> Delimited:
    """Return the parts of a Parquet file; lines are numbers of rows, from 1.

    Raises:
        InputError: T100 too many cells, T108 no columns, T183 damaged.

    """
    try:
        frame = _frame(place, data)
        texts = [_texts(frame[name]).alias(f"c{number}") for number, name in enumerate(frame.columns)]
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as error:
        raise InputError("T183", file=place.file, kind="Parquet") from error
    if not frame.width:
        raise InputError("T108", file=place.file)
    odd = [name for name, kind in frame.schema.items() if not _is_single(kind)]
    line = pl.int_range(1, frame.height + 1, dtype=pl.Int64, eager=True).alias("line")
    return Delimited(
        headers=tuple(" ".join(name.split()) for name in frame.columns),
        rows=pl.DataFrame([line, *texts]),
        entries=(),
        remarks=no_remarks(),
        issues=(*(_odd(place, name, frame.schema[name]) for name in odd), *_emptiness(place, frame)),
    )


def _frame(place: Place, data: bytes) -> pl.DataFrame:
    """Return the file's rows, after a look at how many they are."""
    lazy = pl.scan_parquet(io.BytesIO(data))
    width = len(lazy.collect_schema())
    lines = int(lazy.select(pl.len()).collect().item())
    if lines * max(width, 1) > MAX_CELLS:
        raise InputError("T100", file=place.file, lines=lines, width=width, limit=MAX_CELLS)
    return lazy.collect()


def _is_single(kind: pl.DataType) -> bool:
    """Return whether a value of this type is one number, text, truth or time."""
    return kind.is_numeric() or any(kind == one for one in _SINGLE)


def _texts(values: pl.Series) -> pl.Series:
    if not _is_single(values.dtype):
        return pl.repeat("", values.len(), dtype=pl.String, eager=True)
    texts = values.cast(pl.String)
    if values.dtype.is_float():  # a large one is written with its exponent, so that nobody takes it for exact
        large = (values.abs() >= _EXACT).fill_null(value=False) & ~texts.str.contains("[eNi]")
        texts = pl.select(pl.when(large).then(texts + "e0").otherwise(texts)).to_series()
    return texts.fill_null("")


def _odd(place: Place, name: str, kind: pl.DataType) -> Issue:
    return place.issue("T185", column=name, value=str(kind.base_type()))


def _emptiness(place: Place, frame: pl.DataFrame) -> tuple[Issue, ...]:
    return () if frame.height else (place.issue("T114"),)
