"""The column contracts of frames: figures, sheets, reported station tables, the register of stations.

Counts are Polars Int64, never floats. An empty cell is never a number: each row of a station table
carries `states`, one character per contest cell in the order of `Contest.cells`:

    "="  read: the cell holds a number (zero is a number)
    "i"  illegible on the sheet
    "b"  blank on the sheet: the line is there and nothing is written in it
    "s"  struck out on the sheet, and no number stands instead
    "a"  absent: this sheet or table has no such line
    "u"  unknown: nobody has read it yet
    "r"  refused: the commission refused to give it

A cell that is not "=" is null. `tests/unit/model/test_tables.py` holds the contract.
"""

from __future__ import annotations

from enum import StrEnum

import polars as pl

from secondcount.model.election import Contest

__all__ = [
    "FIGURES",
    "LEVELS",
    "STATIONS",
    "CellState",
    "empty_figures",
    "empty_sheets",
    "empty_stations",
    "sheet_schema",
    "table_columns",
]

LEVELS = (0, 1, 2, 3, 4)
"""Provenance levels: 0 unattributed, 1 known sender, 2 assigned observer with a recorded receipt,
3 certified with its requisites, 4 corroborated by a second independent copy."""


class CellState(StrEnum):
    """What is known of one cell; the value is its character in the `states` column."""

    READ = "="
    ILLEGIBLE = "i"
    BLANK = "b"
    STRUCK = "s"
    ABSENT = "a"
    UNKNOWN = "u"
    REFUSED = "r"


FIGURES: dict[str, pl.DataType | type[pl.DataType]] = {
    "publication": pl.String,  # id of a Publication
    "contest": pl.String,  # "" = concerns every contest (turnout)
    "area": pl.String,
    "quantity": pl.String,  # a Quantity
    "cell": pl.String,  # contestant or line id; "" for turnout
    "minus": pl.String,  # second contestant of a LEAD, else ""
    "value": pl.Int64,  # the figure is value / 10**decimals
    "decimals": pl.Int64,
    "rounding": pl.Int64,  # size of the rounding step in units of the last place; 0 = exact
    "source": pl.String,
    "basis": pl.String,
}
"""Published figures that are not station tables: one row per figure and source."""

STATIONS: dict[str, pl.DataType | type[pl.DataType]] = {
    "station": pl.String,
    "area": pl.String,
    "registered": pl.Int64,  # null where the register does not say
    "basis": pl.String,
}
"""The official register of polling stations, where there is one."""

_SHEET_HEAD: dict[str, pl.DataType | type[pl.DataType]] = {
    "station": pl.String,
    "area": pl.String,  # deepest known area; the root where nothing is said
    "copy": pl.Int64,  # 1, 2, ... independent copies of one station's protocol
    "version": pl.Int64,  # 1, 2, ... later protocols of the same commission ("repeated")
    "level": pl.Int64,  # provenance level 0..4
    "collector": pl.String,
    "states": pl.String,
    "basis": pl.String,  # "digest#row"
}

_REPORTED_HEAD: dict[str, pl.DataType | type[pl.DataType]] = {
    "publication": pl.String,
    "station": pl.String,
    "area": pl.String,
    "states": pl.String,
    "basis": pl.String,
}


def sheet_schema(contest: Contest) -> dict[str, pl.DataType | type[pl.DataType]]:
    """Return the schema of a frame of copies for one contest: head columns, then one Int64 column per cell."""
    return {**_SHEET_HEAD, **dict.fromkeys(contest.cells, pl.Int64)}


def table_columns(contest: Contest) -> dict[str, pl.DataType | type[pl.DataType]]:
    """Return the schema of an authority's station table for one contest."""
    return {**_REPORTED_HEAD, **dict.fromkeys(contest.cells, pl.Int64)}


def empty_figures() -> pl.DataFrame:
    """Return a frame of figures with no rows."""
    return pl.DataFrame(schema=FIGURES)


def empty_stations() -> pl.DataFrame:
    """Return a register of stations with no rows."""
    return pl.DataFrame(schema=STATIONS)


def empty_sheets(contest: Contest) -> pl.DataFrame:
    """Return a frame of copies with no rows."""
    return pl.DataFrame(schema=sheet_schema(contest))
