"""Tables of published figures by area: wide (a column for each cell) or long (area, quantity, cell, value)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from secondcount.errors import InputError
from secondcount.intake.cells import read_texts, text_remarks
from secondcount.intake.columns import Column, Columns, cell_of, listed
from secondcount.intake.heads import Head, areas_of, is_total
from secondcount.intake.matching import Names, cell_names
from secondcount.intake.reading import read_cell
from secondcount.intake.remarks import no_remarks, remarks
from secondcount.intake.table import Table
from secondcount.model.election import Contest, Election
from secondcount.model.issue import Issue
from secondcount.model.publication import Quantity

__all__ = ["AREA_ROLES", "AreaFigures", "read_area_table"]

AREA_ROLES = ("area", "quantity", "cell", "value", "turnout", "stations", "synthetic")
"""Columns of a table by area that are no cells."""

_QUANTITIES = (
    Quantity.COUNT,
    Quantity.SHARE,
    Quantity.TURNOUT,
    Quantity.SEATS,
    Quantity.STATIONS,
    Quantity.HOUSE,
)
_WITHOUT_CELL = (Quantity.TURNOUT, Quantity.STATIONS, Quantity.HOUSE)
_PERCENTAGES = (Quantity.SHARE, Quantity.TURNOUT)
_PERCENT = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,6}))?\s*%?")
_KEY = ("area", "quantity", "cell")


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFigures:
    """Figures: "line", "area", "quantity", "cell", "value", "decimals", "rounding"; each figure once."""

    frame: pl.DataFrame
    remarks: pl.DataFrame
    found: tuple[Issue, ...]


def read_area_table(table: Table, columns: Columns, election: Election, contest: Contest) -> AreaFigures:
    """Return the published figures of a table by area.

    Raises:
        InputError: T109 no column of areas, T110 no column with figures.

    """
    areas = _areas(table, columns, election)
    rows = table.rows.with_columns(areas.values.alias("area")).filter(pl.col("area").is_not_null())
    value = columns.role("value")
    if value is not None:
        entries, odd = _long(rows, columns, value, cell_names(contest))
    else:
        entries, odd = _wide(table, rows, columns), no_remarks()
    figures = pl.concat([_counts(entries), _percentages(entries)]).sort("line", maintain_order=True)
    once, twice = _once(figures.filter(pl.col("value").is_not_null()))
    return AreaFigures(
        frame=once,
        remarks=pl.concat([areas.remarks, odd, text_remarks(figures), twice]),
        found=(*_unread(table, columns), *_unfilled(table, figures), *_partial(table, columns, contest)),
    )


def _areas(table: Table, columns: Columns, election: Election) -> Head:
    made = columns.role("area_id")
    if made is not None:
        return _made(table.rows, made, election.geography.root.id)
    area = columns.role("area")
    if area is None:
        raise InputError("T109", file=table.name, headers=listed(table.headers))
    return areas_of(table.rows, area.name, area.header, election.geography, published=True)


def _made(rows: pl.DataFrame, column: Column, root: str) -> Head:
    """Return ids that were made from columns; a totals row is of the root, a row without an area of nothing."""
    named = rows.select("line", area=column.name)
    total, none = is_total(pl.col("area")), pl.col("area") == ""
    ids = named.select(pl.when(total).then(pl.lit(root)).when(~none).then("area").alias("area")).to_series()
    code = pl.when(none).then(pl.lit("T175")).otherwise(pl.lit("T178"))
    return Head(
        values=ids, remarks=remarks(named.filter(total | none), code, column=column.header, value=pl.col("area"))
    )


# ------------------------------------------------------------------------------------ the two shapes


def _wide(table: Table, rows: pl.DataFrame, columns: Columns) -> pl.DataFrame:
    """Return each cell of a wide table as an entry; a column of counts that all carry "%" is a column of shares."""
    parts = [
        _column(rows, column, quantity, cell)
        for quantity in (Quantity.COUNT, Quantity.SHARE, Quantity.SEATS)
        for cell, column in columns.cells(quantity).items()
    ]
    roles = ((columns.role(quantity), quantity) for quantity in _WITHOUT_CELL)
    parts += [_column(rows, column, quantity, "") for column, quantity in roles if column is not None]
    if not parts:
        raise InputError("T110", file=table.name, headers=listed(table.headers))
    return pl.concat(parts)


def _column(rows: pl.DataFrame, column: Column, quantity: Quantity, cell: str) -> pl.DataFrame:
    filled = rows[column.name].str.strip_chars().replace("", None).drop_nulls()
    percent = filled.len() > 0 and filled.str.ends_with("%").all()
    if quantity is Quantity.COUNT and percent:
        quantity = Quantity.SHARE
    return _entries(rows, column, quantity=pl.lit(quantity.value), cell=pl.lit(cell))


def _entries(rows: pl.DataFrame, column: Column, *, quantity: pl.Expr, cell: pl.Expr) -> pl.DataFrame:
    return rows.with_row_index("row").select(
        "row",
        "line",
        pl.lit(column.header).alias("column"),
        cell.alias("cell"),
        pl.col(column.name).alias("text"),
        "area",
        quantity.alias("quantity"),
    )


def _long(rows: pl.DataFrame, columns: Columns, value: Column, names: Names) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the entries of a long table, and remarks on quantities and cells that nobody knows."""
    quantity, odd_quantities = _quantities(rows, columns.role("quantity"))
    named = rows.with_columns(quantity).filter(pl.col("quantity") != "")
    cell, odd_cells = _cells(named, columns.role("cell"), names)
    known = named.with_columns(cell)
    known = known.filter((pl.col("cell") != "") | pl.col("quantity").is_in(_values(_WITHOUT_CELL)))
    entries = _entries(known, value, quantity=pl.col("quantity"), cell=pl.col("cell"))
    return entries, pl.concat([odd_quantities, odd_cells])


def _quantities(rows: pl.DataFrame, column: Column | None) -> tuple[pl.Series, pl.DataFrame]:
    """Return the quantity of each row, "" where it is none; a table without that column holds counts."""
    if column is None:
        return pl.repeat(Quantity.COUNT.value, rows.height, eager=True).alias("quantity"), no_remarks()
    text = rows[column.name].str.strip_chars().str.to_lowercase()
    known = text.is_in(_values(_QUANTITIES))
    odd = rows.select("line", value=column.name).filter(~known)
    quantity = rows.select(pl.when(known).then(text).otherwise(pl.lit("")).alias("quantity")).to_series()
    return quantity, remarks(odd, "T172", column=column.header, value=pl.col("value"))


def _cells(rows: pl.DataFrame, column: Column | None, names: Names) -> tuple[pl.Series, pl.DataFrame]:
    """Return the cell of each row, "" where the quantity has none or where the name is not known (remarked)."""
    texts = rows[column.name] if column else pl.repeat("", rows.height, eager=True)
    table = {text: cell_of(text, names) for text in texts.unique()}
    needed = ~rows["quantity"].is_in(_values(_WITHOUT_CELL))
    cell = pl.Series("cell", [table[text] for text in texts], dtype=pl.String)
    cell = rows.select(pl.when(needed).then(cell).otherwise(pl.lit("")).alias("cell")).to_series()
    odd = rows.select("line", value=texts).filter(needed & (cell == ""))
    return cell, remarks(odd, "T173", column=column.header if column else "", value=pl.col("value"))


def _values(quantities: tuple[Quantity, ...]) -> list[str]:
    return [one.value for one in quantities]


# ------------------------------------------------------------------------------------ the numbers


def _counts(entries: pl.DataFrame) -> pl.DataFrame:
    counts = entries.filter(~pl.col("quantity").is_in(_values(_PERCENTAGES)))
    return _figures(read_texts(counts).with_columns(decimals=pl.lit(0), rounding=pl.lit(0)))


def _percentages(entries: pl.DataFrame) -> pl.DataFrame:
    """Return percentages exactly as printed: value and number of decimals, rounded in the last place."""
    texts = entries.filter(pl.col("quantity").is_in(_values(_PERCENTAGES)))
    read = pl.DataFrame(
        [(text, *_percentage(text)) for text in texts["text"].unique()],
        schema={"text": pl.String, "value": pl.Int64, "decimals": pl.Int64, "error": pl.String},
        orient="row",
    )
    return _figures(
        texts.join(read, on="text", how="left", maintain_order="left").with_columns(
            note=pl.lit(""), rounding=pl.lit(1)
        )
    )


def _percentage(text: str) -> tuple[int | None, int, str]:
    """Return (value, decimals, "") of a percentage, (None, 0, "") where there is none, or the code of an error."""
    found = _PERCENT.fullmatch(text.strip())
    if found:
        whole, part = found[1], found[2] or ""
        value = int(whole + part)
        return (value, len(part), "") if value <= 100 * 10 ** len(part) else (None, 0, "T174")
    stated = read_cell(text)
    return None, 0, "T174" if stated.error or stated.value is not None else ""


def _figures(read: pl.DataFrame) -> pl.DataFrame:
    columns = ("line", "column", *_KEY, "text", "value", "error", "note")
    return read.select(*columns, pl.col("decimals", "rounding").cast(pl.Int64))


def _once(figures: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return each figure once; one that the file gives twice, differently, is not used (remarked)."""
    number = pl.struct("value", "decimals")
    counted = figures.with_columns(
        first=pl.col("line").min().over(_KEY),
        again=pl.int_range(pl.len()).over(_KEY),
        kinds=number.n_unique().over(_KEY),
    )
    later = counted.filter(pl.col("again") > 0)
    code = pl.when(pl.col("kinds") > 1).then(pl.lit("T177")).otherwise(pl.lit("T160"))
    noted = remarks(
        later, code, column=pl.col("column"), cell=pl.col("cell"), value=pl.col("text"), other=pl.col("first")
    )
    kept = counted.filter(pl.col("again") == 0, pl.col("kinds") == 1)
    return kept.select("line", *_KEY, "value", "decimals", "rounding"), noted


def _unread(table: Table, columns: Columns) -> Iterator[Issue]:
    """Say which columns belong to the other shape of table, and are not used in this one."""
    long = columns.role("value") is not None
    headers = [one.header for one in columns.used if _is_long(one) is not long and not _is_of_both(one)]
    if headers:
        yield table.place.issue("T132", value=listed(headers), count=len(headers))


def _is_long(column: Column) -> bool:
    return column.meaning.role in ("quantity", "cell", "value")


def _is_of_both(column: Column) -> bool:
    return column.meaning.role in ("area", "area_id", "synthetic")


def _unfilled(table: Table, figures: pl.DataFrame) -> Iterator[Issue]:
    empty = figures.filter(pl.col("value").is_null(), pl.col("error") == "")
    if empty.height:
        yield table.place.issue("T176", line=int(empty["line"][0]), count=empty.height)


def _partial(table: Table, columns: Columns, contest: Contest) -> Iterator[Issue]:
    """Say which contestants a wide table of votes or percentages leaves out."""
    there = columns.cells(Quantity.COUNT).keys() | columns.cells(Quantity.SHARE).keys()
    missing = [one.id for one in contest.contestants if one.id not in there]
    if 0 < len(missing) < len(contest.contestants):
        yield table.place.issue("T133", contestants=", ".join(missing), count=len(missing))
