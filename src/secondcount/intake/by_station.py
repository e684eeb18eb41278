"""Tables with a row for each polling station, whoever made them: head columns, figures with states, basis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from secondcount.errors import InputError
from secondcount.intake.cells import Cells, parse_cells
from secondcount.intake.columns import Column, Columns, listed, missing_cells
from secondcount.intake.heads import Head, areas_of, small_numbers, stations_of, texts_of
from secondcount.intake.remarks import no_remarks
from secondcount.intake.table import Table
from secondcount.model.election import Contest, Election
from secondcount.model.issue import Issue
from secondcount.model.tables import LEVELS

__all__ = ["ByStation", "read_by_station", "with_basis"]

_NUMBERS: Mapping[str, tuple[int, int, str]] = {
    "level": (min(LEVELS), max(LEVELS), "T129"),
    "copy": (1, 999_999, "T138"),
    "version": (1, 999_999, "T138"),
}
"""Head columns of numbers: least (which is what an empty or missing one means), greatest, code of anything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByStation:
    """Rows by polling station: "line", "station", the head columns asked for, "states", then the cells."""

    frame: pl.DataFrame
    remarks: pl.DataFrame
    found: tuple[Issue, ...]


def read_by_station(
    table: Table, columns: Columns, election: Election, contest: Contest, *, heads: tuple[str, ...]
) -> ByStation:
    """Return the rows of a table by polling station, with `heads` among area, level, copy, version and collector.

    Raises:
        InputError: T109 no column of polling stations, T110 no column of the contest.

    """
    station = columns.role("station")
    if station is None:
        raise InputError("T109", file=table.name, headers=listed(table.headers))
    missing = tuple(missing_cells(table, contest, columns))
    stations = stations_of(table.rows, station.name, station.header)
    rows = stations.rows
    read = {name: _head(rows, name, columns.role(name), election) for name in heads}
    made = columns.role("area_id")
    if made is not None:  # a station of which nothing is said lies somewhere: in the root
        ids = rows[made.name].replace("", election.geography.root.id)
        read["area"] = Head(values=ids, remarks=no_remarks())
    cells = _cells(rows, columns, contest)
    frame = rows.select("line", "station").with_columns(head.values.alias(name) for name, head in read.items())
    return ByStation(
        frame=pl.concat([frame.with_columns(cells.states), cells.values], how="horizontal"),
        remarks=pl.concat([stations.remarks, *(head.remarks for head in read.values()), cells.remarks]),
        found=(*missing, *_unsaid(table, rows, columns, election, heads)),
    )


def with_basis(frame: pl.DataFrame, digest: str) -> pl.DataFrame:
    """Return the frame with the basis of each row: digest of the file and line, "digest#line"."""
    return frame.with_columns(basis=pl.concat_str(pl.lit(digest + "#"), pl.col("line")))


def _head(rows: pl.DataFrame, name: str, column: Column | None, election: Election) -> Head:
    """Return one head column; what a missing one means is said by `_unsaid`."""
    if column is None:
        return Head(values=_constant(name, rows.height, election), remarks=no_remarks())
    if name == "area":
        return areas_of(rows, column.name, column.header, election.geography)
    if name == "collector":
        return texts_of(rows, column.name, column.header)
    low, high, code = _NUMBERS[name]
    return small_numbers(rows, column.name, column.header, low=low, high=high, code=code)


def _constant(name: str, height: int, election: Election) -> pl.Series:
    if name in _NUMBERS:
        return pl.repeat(_NUMBERS[name][0], height, dtype=pl.Int64, eager=True)
    value = election.geography.root.id if name == "area" else ""
    return pl.repeat(value, height, dtype=pl.String, eager=True)


def _cells(rows: pl.DataFrame, columns: Columns, contest: Contest) -> Cells:
    counts = columns.cells()
    return parse_cells(
        rows,
        contest.cells,
        {cell: column.name for cell, column in counts.items()},
        {cell: column.header for cell, column in counts.items()},
        columns.unreliable,
    )


def _unsaid(
    table: Table, rows: pl.DataFrame, columns: Columns, election: Election, heads: tuple[str, ...]
) -> Iterator[Issue]:
    """Say what nobody said: where the copies come from, and in which area their stations lie."""
    level = columns.role("level")
    if "level" in heads and level is None:
        yield table.place.issue("T135")
    elif "level" in heads and level is not None:
        empty = rows.filter(pl.col(level.name).str.strip_chars() == "")
        if empty.height:
            yield table.place.issue("T137", line=int(empty["line"][0]), column=level.header, count=empty.height)
    if columns.role("area") is None and columns.role("area_id") is None and len(election.geography.areas) > 1:
        yield table.place.issue("T136")
