"""A table that a layout of the definition describes: its rows, its keys and its areas, ready for the usual reading."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from secondcount.errors import InputError
from secondcount.intake.columns import Column, Columns, Meaning, listed, unused_columns
from secondcount.intake.list_rows import LONG_COLUMNS, list_rows, made_contestants
from secondcount.intake.made_areas import make_areas
from secondcount.intake.remarks import shown
from secondcount.intake.station_keys import key_column
from secondcount.intake.table import Table
from secondcount.model.election import Contest, Contestant, Election
from secondcount.model.geography import Area
from secondcount.model.issue import Issue
from secondcount.model.layout import KeyPart, Layout

__all__ = ["Arranged", "arrange", "choose_layout", "header_key", "with_areas", "with_contestants"]

_STATION, _AREA, _LEVEL = "key_station", "key_area", "fixed_level"
_HEADS = (
    ("level", "level_column"),
    ("copy", "copy_column"),
    ("version", "version_column"),
    ("collector", "collector_column"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """A table with the rows of its layout and columns for its keys, what they mean, and the areas made from them."""

    table: Table
    columns: Columns
    areas: tuple[Area, ...]


def header_key(header: str) -> str:
    """Return what headers of a layout and of a file are compared by: NFC, single spaces; nothing is guessed."""
    return " ".join(unicodedata.normalize("NFC", header).split())


def choose_layout(table: Table, election: Election, contest: Contest, side: str) -> Layout | None:
    """Return the layout of the definition whose columns this table all has, the one with most; None where none fits.

    `side` is "reported" or "sheets"; a layout that serves the other side, another contest, or that has no polling
    station where copies are asked for, is none.
    """
    there = {header_key(header) for header in table.headers}
    fitting = [
        one
        for one in election.layouts
        if one.serves in (side, "both")
        and (one.contest or election.contests[0].id) == contest.id
        and (one.station or side == "reported")
        and {header_key(header) for header in one.headers} <= there
    ]
    return max(fitting, key=lambda one: len(one.headers), default=None)


def arrange(table: Table, layout: Layout, election: Election) -> Arranged:
    """Return the table as its layout describes it; columns that it does not name and rows of other kinds are said.

    Raises:
        InputError: T111 a column of the layout is there twice, T182 it is not there or its pattern is none.

    """
    names = _names(table, layout)
    kept = _rows_of_kind(table, layout, names)
    derived, areas = _keys(kept.rows, layout, names, election, table.name)
    rows = kept.rows.with_columns(derived)
    if layout.contestants:
        rows = list_rows(rows, layout, names, _AREA)
    used = tuple(_used(layout, names))
    mentioned = set(names.values())
    rest = (number for number in range(len(table.headers)) if f"c{number}" not in mentioned)
    said = (
        table.place.issue("T181", layout=layout.id),
        *kept.issues,
        *unused_columns(table, (number for number in rest if table.headers[number].casefold() != "synthetic")),
    )
    return Arranged(
        table=replace(table, rows=rows),
        columns=Columns(used=used, unreliable=frozenset(), issues=said),
        areas=areas,
    )


def with_contestants(election: Election, tables: Sequence[Table]) -> Election:
    """Return the election with the contestants of contests whose tables name them; the others stay as they are."""
    contests = tuple(one if one.contestants else _named_by(election, one, tables) for one in election.contests)
    return replace(election, contests=contests)


def _named_by(election: Election, contest: Contest, tables: Sequence[Table]) -> Contest:
    found: dict[str, Contestant] = {}
    for table in tables:
        layout = choose_layout(table, election, contest, "reported")
        if layout is not None and layout.contestants:
            names = _names(table, layout)
            for one in made_contestants(_rows_of_kind(table, layout, names).rows, layout, names):
                found.setdefault(one.id, one)
    return contest.with_contestants(tuple(found.values()))


def with_areas(election: Election, areas: tuple[Area, ...]) -> Election:
    """Return the election with further areas in its geography; an id that it has already keeps its area."""
    geography = election.geography
    new = tuple({one.id: one for one in areas if geography.area(one.id) is None}.values())
    return replace(election, geography=replace(geography, areas=(*geography.areas, *new))) if new else election


def _names(table: Table, layout: Layout) -> dict[str, str]:
    """Return the column of `Table.rows` for each header of the layout."""
    places: dict[str, list[int]] = {}
    for number, header in enumerate(table.headers):
        places.setdefault(header_key(header), []).append(number)
    missing = sorted(one for one in layout.headers if header_key(one) not in places)
    if missing:
        raise InputError("T182", file=table.name, columns=listed(missing), value=layout.id)
    double = next((one for one in sorted(layout.headers) if len(places[header_key(one)]) > 1), None)
    if double is not None:
        raise InputError("T111", file=table.name, column=shown(double), other=shown(double))
    return {one: f"c{places[header_key(one)][0]}" for one in layout.headers}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    rows: pl.DataFrame
    issues: tuple[Issue, ...]


def _rows_of_kind(table: Table, layout: Layout, names: Mapping[str, str]) -> _Kind:
    """Return the rows that `where` asks for; the others belong to other tables and are counted in one note."""
    if not layout.where:
        return _Kind(rows=table.rows, issues=())
    wanted = pl.all_horizontal(
        pl.col(names[header]).str.strip_chars() == text.strip() for header, text in layout.where
    )
    kept = table.rows.filter(wanted)
    others = table.rows.height - kept.height
    if not others:
        return _Kind(rows=kept, issues=())
    conditions = "; ".join(f"{shown(header)} = {shown(text)}" for header, text in layout.where)
    first = int(str(table.rows.filter(~wanted)["line"][0]))
    return _Kind(rows=kept, issues=(table.place.issue("T180", line=first, value=conditions, count=others),))


def _keys(
    rows: pl.DataFrame, layout: Layout, names: Mapping[str, str], election: Election, file: str
) -> tuple[list[pl.Series], tuple[Area, ...]]:
    """Return the columns that a layout derives (station, area, level), and the areas made from the rows."""
    derived: list[pl.Series] = []
    areas: tuple[Area, ...] = ()
    if layout.station:
        derived.append(_key(rows, layout.station, names, file).alias(_STATION))
    if layout.areas:
        columns = tuple((level, names[header]) for level, header in layout.areas)
        made = make_areas(rows, columns, election.geography)
        derived.append(made.ids.alias(_AREA))
        areas = made.areas
    elif layout.area:
        keys = _key(rows, layout.area, names, file)
        derived.append(keys.replace(dict(layout.area_ids)).alias(_AREA))
    if layout.level is not None and not layout.level_column:
        derived.append(pl.repeat(str(layout.level), rows.height, dtype=pl.String, eager=True).alias(_LEVEL))
    return derived, areas


def _key(rows: pl.DataFrame, parts: tuple[KeyPart, ...], names: Mapping[str, str], file: str) -> pl.Series:
    return key_column([rows[names[part.column]] for part in parts], parts, file)


def _used(layout: Layout, names: Mapping[str, str]) -> Iterator[Column]:
    """Yield what each column means, as if its header had said so."""
    if layout.station:
        yield Column(name=_STATION, header=_header(layout.station), meaning=Meaning(role="station"))
    if layout.areas:
        header = " / ".join(header for _, header in layout.areas)
        yield Column(name=_AREA, header=header, meaning=Meaning(role="area_id"))
    elif layout.area:
        yield Column(name=_AREA, header=_header(layout.area), meaning=Meaning(role="area"))
    if layout.level is not None and not layout.level_column:
        yield Column(name=_LEVEL, header="", meaning=Meaning(role="level"))
    for role, attribute in _HEADS:
        header = str(getattr(layout, attribute))
        if header:
            yield Column(name=names[header], header=header, meaning=Meaning(role=role))
    if layout.contestants:
        yield from LONG_COLUMNS
        return
    for cell, header in layout.cells:
        yield Column(name=names[header], header=header, meaning=Meaning(quantity="count", cell=cell))


def _header(parts: tuple[KeyPart, ...]) -> str:
    return " / ".join(dict.fromkeys(part.column for part in parts))
