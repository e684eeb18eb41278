"""A table with one row for each list of each area: its contestants, and its figures in long form."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from secondcount.intake.columns import Column, Meaning
from secondcount.intake.station_keys import clean
from secondcount.model.election import Contestant, ContestantKind
from secondcount.model.labels import Labels
from secondcount.model.layout import Layout
from secondcount.model.publication import Quantity

__all__ = ["LONG_COLUMNS", "list_rows", "made_contestants"]

_ID = "list_"
_QUANTITY, _CELL, _VALUE = "key_quantity", "key_cell", "key_value"

LONG_COLUMNS = tuple(
    Column(name=name, header=header, meaning=Meaning(role=role))
    for name, header, role in (
        (_QUANTITY, "quantity", "quantity"),
        (_CELL, "cell", "cell"),
        (_VALUE, "value", "value"),
    )
)
"""What the derived columns mean, as if the file had been a long table."""


def made_contestants(rows: pl.DataFrame, layout: Layout, names: Mapping[str, str]) -> tuple[Contestant, ...]:
    """Return the contestants that the rows name, each once, in the order of the file; they are lists.

    Two lists of one name (one party with a list of its own in some district) are told apart by their codes.
    """
    headers = dict(layout.contestants)
    codes = clean(rows[names[headers["id"]]])
    named = pl.DataFrame({"id": _ids(codes), "code": codes, "label": clean(rows[names[headers["label"]]])})
    once = named.filter(pl.col("id") != "").unique("id", keep="first", maintain_order=True)
    plain = (pl.col("label") != "") & ~pl.col("label").is_duplicated()
    coded = pl.concat_str("label", pl.lit(" ("), "code", pl.lit(")")).str.strip_chars()
    told = once.select("id", label=pl.when(plain).then("label").otherwise(coded))
    return tuple(
        Contestant(id=one, labels=Labels(en=label), kind=ContestantKind.LIST) for one, label in told.iter_rows()
    )


def list_rows(rows: pl.DataFrame, layout: Layout, names: Mapping[str, str], area: str) -> pl.DataFrame:
    """Return one row for each figure: votes and seats of each list, and once for each area what all its rows repeat.

    Two rows of one area that give different figures of it are both kept: the reading of the table says so.
    """
    headers = dict(layout.contestants)
    ids = _ids(rows[names[headers["id"]]])
    kinds = ((Quantity.COUNT, "votes"), (Quantity.SEATS, "seats"))
    parts = [_figures(rows, ids, quantity, names[headers[word]], area) for quantity, word in kinds if word in headers]
    whole = [(Quantity.COUNT, cell, header) for cell, header in layout.cells]
    whole += [(Quantity.HOUSE, "", layout.house)] if layout.house else []
    parts += [
        _figures(rows, pl.repeat(cell, rows.height, eager=True), quantity, names[header], area).unique(
            [area, _VALUE], keep="first", maintain_order=True
        )
        for quantity, cell, header in whole
    ]
    return pl.concat(parts)


def _figures(rows: pl.DataFrame, cells: pl.Series, quantity: Quantity, column: str, area: str) -> pl.DataFrame:
    return rows.select(
        "line", area, pl.lit(quantity.value).alias(_QUANTITY), cells.alias(_CELL), pl.col(column).alias(_VALUE)
    )


def _ids(texts: pl.Series) -> pl.Series:
    """Return an id for each list: letters, digits and "_" of its text behind a prefix, "" where there is no text."""
    plain = clean(texts).str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", "_")
    return pl.select(pl.when(plain == "").then(pl.lit("")).otherwise(pl.concat_str(pl.lit(_ID), plain))).to_series()
