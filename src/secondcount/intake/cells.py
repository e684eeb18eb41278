"""Columns of text -> Int64 columns, one string of states for each row, and remarks; vectorised.

Plain numbers are cast in bulk. Each distinct other text is read once (`intake.reading`), and what a comma,
a dot or ".0" means is decided by the whole file, so that the order of rows and columns changes nothing:

- "1,234" is 1234 where the file also has "1,234,567", or writes no number of four and more digits without
  a mark; and in any case only where the file uses that mark for nothing else;
- "240.0" is 240 where its column has no other decimals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from secondcount.intake.reading import read_cell
from secondcount.intake.remarks import remarks
from secondcount.model.tables import CellState

__all__ = ["TEXTS", "Cells", "parse_cells", "read_texts", "text_remarks"]

_PLAIN = "^[0-9]{1,15}$"  # below 2^53 whatever the digits
_KNOWN = {
    "text": pl.String,
    "value": pl.Int64,
    "state": pl.String,
    "error": pl.String,
    "note": pl.String,
    "mark": pl.String,
    "shape": pl.String,
}
TEXTS = {"row": pl.UInt32, "line": pl.Int64, "column": pl.String, "cell": pl.String, "text": pl.String}
"""One row for each cell that has to be read by itself; "row" is its place, "column" what stands above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """One Int64 column for each cell of the contest, the states of each row, and what was odd."""

    values: pl.DataFrame
    states: pl.Series
    remarks: pl.DataFrame


def parse_cells(
    rows: pl.DataFrame,
    cells: tuple[str, ...],
    columns: Mapping[str, str],
    headers: Mapping[str, str],
    unreliable: frozenset[str] = frozenset(),
) -> Cells:
    """Return the numbers and states of all cells.

    `columns` maps cells to columns of `rows`, `headers` cells to what stands above them in the file.
    A cell without a column is absent; an `unreliable` one (two columns claim it) is unknown.
    """
    present = tuple(cell for cell in cells if cell in columns)
    plain = rows.select("line", *(_plain(columns[cell]).alias(cell) for cell in present))
    odd = read_texts(_odd(rows, plain, columns, headers), _largest(plain.drop("line")))
    default = {
        cell: CellState.READ if cell in columns else CellState.UNKNOWN if cell in unreliable else CellState.ABSENT
        for cell in cells
    }
    absent = (pl.lit(None, dtype=pl.Int64).alias(cell) for cell in cells if cell not in columns)
    values = _with_odd(plain, odd).with_columns(absent).select(cells)
    return Cells(values=values, states=_states(rows.height, default, odd), remarks=text_remarks(odd))


def _plain(column: str) -> pl.Expr:
    text = pl.col(column)
    return pl.when(text.str.contains(_PLAIN)).then(text.str.to_integer(strict=False))


def _largest(plain: pl.DataFrame) -> int:
    return max((int(str(column.max() or 0)) for column in plain), default=0)


def _odd(
    rows: pl.DataFrame, plain: pl.DataFrame, columns: Mapping[str, str], headers: Mapping[str, str]
) -> pl.DataFrame:
    """Return each cell that is no plain number."""
    parts = [pl.DataFrame(schema=TEXTS)]
    for cell in plain.columns[1:]:
        mask = plain[cell].is_null()
        texts = {"row": mask.arg_true(), "line": rows["line"].filter(mask), "text": rows[columns[cell]].filter(mask)}
        named = pl.DataFrame(texts).with_columns(cell=pl.lit(cell), column=pl.lit(headers[cell]))
        parts.append(named.select(TEXTS.keys()))
    return pl.concat(parts)


def read_texts(texts: pl.DataFrame, largest: int = 0) -> pl.DataFrame:
    """Return the cells (schema `TEXTS`) with their "value", "state", "error" and "note"; `largest` stands beside them.

    Commas, dots and ".0" are decided by all of them together.
    """
    return _decided(texts.join(_known(texts["text"].unique()), on="text", how="left", maintain_order="left"), largest)


def _known(texts: pl.Series) -> pl.DataFrame:
    """Return the reading of each distinct text."""
    read = ((text, read_cell(text)) for text in texts)
    rows = [(text, one.value, one.state.value, one.error, one.note, one.mark, one.shape) for text, one in read]
    return pl.DataFrame(rows, schema=_KNOWN, orient="row")


def _decided(odd: pl.DataFrame, largest: int) -> pl.DataFrame:
    decimal, shape, mark = pl.col("error") == "T141", pl.col("shape"), pl.col("mark")
    thousands = [one for one in (",", ".") if _is_thousands(one, odd, largest)]
    error = (
        pl.when((shape == "zero") & decimal.any().over("column"))
        .then(pl.lit("T141"))
        .when((shape == "group") & ~mark.is_in(thousands))
        .then(pl.lit("T151"))
        .otherwise("error")
    )
    refused = pl.col("error") != ""
    return odd.with_columns(error=error).with_columns(
        value=pl.when(~refused).then("value"),
        state=pl.when(refused).then(pl.lit(CellState.UNKNOWN.value)).otherwise("state"),
        note=pl.when(refused).then(pl.lit("")).otherwise("note"),
    )


def _is_thousands(mark: str, odd: pl.DataFrame, largest: int) -> bool:
    """Return whether a single group after this mark is thousands, by the evidence of the whole file."""
    shapes = odd.select("shape", "mark", decimal=pl.col("error") == "T141").unique()
    mine, others = shapes.filter(mark=mark), shapes.filter(pl.col("mark") != mark)
    if mine["decimal"].any() or "zero" in mine["shape"] or others["shape"].str.starts_with("group").any():
        return False
    unmarked = odd.filter(pl.col("shape").is_in(["", "zero"]))["value"].max()
    return "groups" in mine["shape"] or max(largest, int(str(unmarked or 0))) < 1000


def _with_odd(plain: pl.DataFrame, odd: pl.DataFrame) -> pl.DataFrame:
    read = odd.filter(pl.col("value").is_not_null())
    patched = [
        plain[cell].clone().scatter(part["row"], part["value"])
        for (cell,), part in read.group_by("cell", maintain_order=True)
    ]
    return plain.with_columns(patched)


def _states(height: int, default: Mapping[str, CellState], odd: pl.DataFrame) -> pl.Series:
    """Return one character for each cell, in one string for each row; most rows have the same string."""
    usual = pl.select(pl.lit("".join(default.values())).repeat_by(height).explode()).to_series()
    other = odd.filter(pl.col("state") != CellState.READ.value)
    if not other.height:
        return usual.alias("states")
    rows = other["row"].unique(maintain_order=False).sort()
    place = pl.DataFrame({"row": rows}).with_row_index("place")
    other = other.join(place, on="row", how="left")
    signs = {cell: pl.repeat(state.value, rows.len(), eager=True) for cell, state in default.items()}
    for (cell,), part in other.group_by("cell", maintain_order=True):
        signs[str(cell)] = signs[str(cell)].scatter(part["place"], part["state"])
    unusual = pl.DataFrame(signs).select(pl.concat_str(pl.all())).to_series()
    return usual.scatter(rows, unusual).alias("states")


def text_remarks(read: pl.DataFrame) -> pl.DataFrame:
    """Return one error for each refused cell, and one note of each kind for each column with its first cell."""
    column, cell, text = pl.col("column"), pl.col("cell"), pl.col("text")
    errors = read.filter(pl.col("error") != "")
    noted = read.filter(pl.col("note") != "").sort("line", maintain_order=True)
    first = noted.group_by("note", "column", maintain_order=True).agg(
        pl.col("line", "cell", "text").first(), count=pl.len()
    )
    return pl.concat(
        [
            remarks(errors, pl.col("error"), column=column, cell=cell, value=text),
            remarks(first, pl.col("note"), column=column, cell=cell, value=text, number=pl.col("count")),
        ]
    )
