"""Tables with one polling station in each row that hold no figures: registers, lists of observers, priorities.

They may come as CSV, XLSX, JSON or Parquet, in the encodings that any other table may have (`table.read_table`). A row
that cannot be used is left out and named by its line; nothing is guessed in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from secondcount.errors import InputError
from secondcount.intake.columns import listed
from secondcount.intake.heads import areas_of, stations_of, texts_of
from secondcount.intake.matching import name_key
from secondcount.intake.remarks import collect, remarks
from secondcount.intake.table import Table, read_table
from secondcount.intake.vocabulary import ROLES
from secondcount.model.geography import Geography
from secondcount.model.issue import Issue

__all__ = ["LONGEST_NAME", "MOST_PRIORITY", "Listing", "parse_postings", "parse_priorities", "parse_register"]

LONGEST_NAME = 200
"""Characters of a station's name: as many as an entry of an archive can hold."""

MOST_PRIORITY = 2**31 - 1
"""Priorities are from the negative of this to this."""

_MOST_VOTERS = 2**63 - 1
_WORDS: Mapping[str, tuple[str, ...]] = {
    "station": ROLES["station"],
    "area": ROLES["area"],
    "registered": (
        "registered",
        "registered voters",
        "voters",
        "избирателей",
        "число избирателей",
        "избирателей в списке",
        "сайлаушылар",
        "сайлаушылар саны",
    ),
    "observer": (
        "observer",
        "name",
        "user",
        "username",
        "pseudonym",
        "наблюдатель",
        "имя",
        "псевдоним",
        "байқаушы",
        "аты",
        "бүркеншік ат",
    ),
    "priority": ("priority", "приоритет", "очередность", "басымдық", "кезектілік"),
}
_ROLE_OF = {name_key(word): role for role, words in _WORDS.items() for word in words}
_FORMULA = r"^[=@+]"
_WHOLE = r"^[0-9]{1,19}$"
_SIGNED = r"^-?[0-9]{1,10}$"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Listing:
    """The rows of a table that can be used: "line", "station" and the columns of its kind; and what was odd."""

    rows: pl.DataFrame
    issues: tuple[Issue, ...]
    digest: str  # SHA-256 of the bytes as they arrived


def parse_register(name: str, data: bytes, geography: Geography) -> Listing:
    """Return the stations of a register: "area" (the root where none is named) and "registered" (null: not said).

    Raises:
        InputError: T1xx, the file cannot be read as a table, or names no stations.

    """
    table = read_table(name, data)
    columns = _columns(table)
    rows, found = _stations(table, columns)
    area = columns.get("area")
    if area is None:
        rows = rows.with_columns(area=pl.lit(geography.root.id))
    else:
        head = areas_of(rows, area, _header(table, area), geography)
        rows, found = rows.with_columns(area=head.values), [*found, head.remarks]
    rows, wrong = _numbered(rows, table, columns.get("registered"), "registered")
    return _listing(table, rows.select("line", "station", "area", "registered"), [*found, wrong])


def parse_postings(name: str, data: bytes) -> Listing:
    """Return the rows of a list of observers: "station" and "observer" (name or pseudonym; "" = nobody yet).

    A station may have several observers, an observer several stations; only the same pair twice is left out.

    Raises:
        InputError: T1xx as `parse_register`, K160 no column of observers.

    """
    table = read_table(name, data)
    columns = _columns(table)
    column = _needed(table, columns, "observer")
    rows, found = _stations(table, columns, key=(column,))
    head = texts_of(rows, column, _header(table, column))
    rows = rows.with_columns(observer=head.values.str.strip_chars())
    wrong = pl.col("observer").str.contains(_FORMULA) | (pl.col("observer").str.len_chars() > LONGEST_NAME)
    refused = remarks(rows.filter(wrong), "K161", station=pl.col("station"), value=pl.col("observer"))
    return _listing(table, rows.filter(~wrong).select("line", "station", "observer"), [*found, head.remarks, refused])


def parse_priorities(name: str, data: bytes) -> Listing:
    """Return the rows of a file of priorities: "station" and "priority", a whole number.

    Raises:
        InputError: T1xx as `parse_register`, K160 no column of priorities.

    """
    table = read_table(name, data)
    columns = _columns(table)
    column = _needed(table, columns, "priority")
    rows, found = _stations(table, columns)
    text = rows[column].str.strip_chars().str.replace("\N{MINUS SIGN}", "-", literal=True)
    number = text.str.extract(f"({_SIGNED})").cast(pl.Int64, strict=False)
    rows = rows.with_columns(said=text, priority=number)
    good = pl.col("priority").is_between(-MOST_PRIORITY, MOST_PRIORITY).fill_null(value=False)
    wrong = remarks(
        rows.filter(~good),
        "K167",
        column=_header(table, column),
        station=pl.col("station"),
        value=pl.col("said"),
    )
    return _listing(table, rows.filter(good).select("line", "station", "priority"), [*found, wrong])


def _columns(table: Table) -> dict[str, str]:
    """Return the column of each role.

    Raises:
        InputError: T111 two columns of one role.

    """
    found: dict[str, str] = {}
    for number, header in enumerate(table.headers):
        role = _ROLE_OF.get(name_key(header))
        if role in found:
            raise InputError("T111", file=table.name, column=_header(table, found[role]), other=header)
        if role is not None:
            found[role] = f"c{number}"
    return found


def _header(table: Table, column: str) -> str:
    return table.headers[int(column.removeprefix("c"))]


def _needed(table: Table, columns: Mapping[str, str], role: str) -> str:
    if role not in columns:
        raise InputError("K160", file=table.name, wanted=role, headers=listed(table.headers))
    return columns[role]


def _stations(
    table: Table, columns: Mapping[str, str], key: tuple[str, ...] = ()
) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Return the rows that name a station which no earlier row names (with the same `key`), and remarks on the rest.

    Raises:
        InputError: T109 no column of stations.

    """
    column = columns.get("station")
    if column is None:
        raise InputError("T109", file=table.name, headers=listed(table.headers))
    named = stations_of(table.rows, column, _header(table, column))
    station = pl.col("station")
    long = station.str.len_chars() > LONGEST_NAME
    rows = named.rows.filter(~long)
    again = pl.struct("station", *key).is_first_distinct().not_()
    found = [
        named.remarks,
        remarks(named.rows.filter(long), "K161", value=station),
        remarks(rows.filter(again), "K162", station=station, value=station),
    ]
    return rows.filter(~again), found


def _numbered(rows: pl.DataFrame, table: Table, column: str | None, name: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows with a count of voters, null where there is none, and remarks on what is no such number."""
    if column is None:
        return rows.with_columns(pl.lit(None, dtype=pl.Int64).alias(name)), table.remarks.clear()
    text = rows[column].str.strip_chars().str.replace_all(r"[\s\x{a0}\x{202f}']", "")
    number = text.str.extract(f"({_WHOLE})").cast(pl.Int128, strict=False)
    fits = (number <= _MOST_VOTERS).fill_null(value=False)
    values = pl.select(pl.when(fits).then(number)).to_series().cast(pl.Int64).alias(name)
    wrong = rows.select("line", "station", said=text).filter(~fits & (text != ""))
    header = _header(table, column)
    return rows.with_columns(values), remarks(
        wrong, "K163", column=header, station=pl.col("station"), value=pl.col("said")
    )


def _listing(table: Table, rows: pl.DataFrame, found: list[pl.DataFrame]) -> Listing:
    issues = collect(table.place, table.found, [table.remarks, *found])
    return Listing(rows=rows, issues=issues, digest=table.digest)
