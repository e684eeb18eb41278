"""Published figures in compact form: each entry of a `[[figures]]` table becomes one row of the FIGURES frame.

One table states one source. Two sources that disagree are two tables, hence two rows of the same
publication, area and cell; which of them is right is not decided here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from secondcount.errors import InputError
from secondcount.jurisdictions.expressions import parse_difference
from secondcount.jurisdictions.faults import join_key, shown, toml_type
from secondcount.jurisdictions.forms import check_names, report_refusal
from secondcount.jurisdictions.notation import Decimal, parse_decimal
from secondcount.jurisdictions.sections import MAX_COUNT, Section
from secondcount.model.election import Contest
from secondcount.model.publication import Publication, Quantity
from secondcount.model.tables import FIGURES

__all__ = ["Known", "read_figures"]

_PERCENTAGES = (Quantity.SHARE, Quantity.TURNOUT)
_WITHOUT_CELL = (Quantity.TURNOUT, Quantity.STATIONS, Quantity.HOUSE)
_SHAPES = ("value", "values", "areas")

Row = tuple[str, str, str, str, str, str, int, int, int, str, str]
"""One row of FIGURES, in the order of its columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a figure may name, and the digest of the file that states it."""

    contests: tuple[Contest, ...]
    areas: frozenset[str]
    publications: tuple[Publication, ...]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What all entries of one `[[figures]]` table share."""

    publication: str
    contest: Contest | None
    cells: Collection[str]  # what a figure of this quantity may name
    quantity: Quantity
    rounding: int
    source: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One figure of a table: where it belongs, and the TOML value at its key."""

    key: str
    area: str
    cell: str
    minus: str
    value: object


def read_figures(top: Section, known: Known) -> pl.DataFrame:
    """Return all figures of the definition as a frame, in file order."""
    rows: list[Row] = []
    seen: dict[tuple[str, ...], str] = {}
    for index, section in enumerate(top.parts("figures", "figure", required=False)):
        head = _read_head(section, known, f"{known.digest}#figures[{index}]")
        for entry in _entries(section, head, known):
            row = _row(section, head, entry)
            if row is not None and _is_first(section, entry, row, seen):
                rows.append(row)
    return pl.DataFrame(rows, schema=FIGURES, orient="row")


def _is_first(section: Section, entry: _Entry, row: Row, seen: dict[tuple[str, ...], str]) -> bool:
    """Return whether this source gives this figure for the first time; a second time is a fault of the file."""
    identity = (*row[:6], row[9])
    if identity in seen:
        section.desk.report("D511", entry.key, first=seen[identity])
        return False
    seen[identity] = entry.key
    return True


def _read_head(section: Section, known: Known, basis: str) -> _Head:
    publication = section.slug("publication")
    ids = [one.id for one in known.publications]
    if publication and publication not in ids:
        section.report_unknown("D501", "publication", publication, ids)
    quantity = section.choice("quantity", Quantity)
    default = 1 if quantity in _PERCENTAGES else 0  # a printed percentage is rounded to its last digit
    rounding = section.integer("rounding", 0, required=False)
    contest = _read_contest(section, quantity, known.contests)
    return _Head(
        publication=publication,
        contest=contest,
        cells=_allowed_cells(contest, quantity),
        quantity=quantity,
        rounding=default if rounding is None else rounding,
        source=section.text("source"),
        basis=basis,
    )


def _allowed_cells(contest: Contest | None, quantity: Quantity) -> Collection[str]:
    """Return the cells that a figure may name: seats and leads belong to contestants, the rest to any cell."""
    if contest is None:
        return ()
    if quantity in (Quantity.SEATS, Quantity.LEAD):
        return dict.fromkeys(one.id for one in contest.contestants)
    return dict.fromkeys(contest.cells)


def _read_contest(section: Section, quantity: Quantity, contests: tuple[Contest, ...]) -> Contest | None:
    """Return the contest of a figure; it may stay unsaid where there is only one, and turnout needs none."""
    name = section.slug("contest", required=False)
    if not section.has("contest"):
        if quantity in _WITHOUT_CELL:
            return None
        if len(contests) > 1:
            section.report("D513", "contest", known=", ".join(one.id for one in contests))
        return contests[0]
    found = next((one for one in contests if one.id == name), None)
    if found is None and name:
        ids = [one.id for one in contests]
        section.report_unknown("D503", "contest", name, ids)
    return found


def _entries(section: Section, head: _Head, known: Known) -> Iterator[_Entry]:
    """Yield the figures of a table, which has exactly one of `value`, `values` (by cell) and `areas` (by area)."""
    shapes = [name for name in _SHAPES if section.has(name)]
    if len(shapes) != 1:
        section.report("D505", "value", found=", ".join(shapes) or "-")
        return
    shape = shapes[0]
    if shape == "value":
        area = _area(section, known)
        cell, minus = _cell(section, head)
        yield _Entry(key=section.at("value"), area=area, cell=cell, minus=minus, value=section.table["value"])
    elif shape == "values":
        area = _area(section, known)
        for key, name, value in _pairs(section, "values"):
            cell, minus = _named_cell(section, head, key, name)
            yield _Entry(key=key, area=area, cell=cell, minus=minus, value=value)
    else:
        cell, minus = _cell(section, head)
        for key, name, value in _pairs(section, "areas"):
            _check_area(section, known, key, name)
            yield _Entry(key=key, area=name, cell=cell, minus=minus, value=value)


def _pairs(section: Section, name: str) -> Iterator[tuple[str, str, object]]:
    table = section.table[name]
    if not isinstance(table, Mapping):
        section.report("D104", name, expected="table", found=toml_type(table))
        return
    for inner, value in table.items():
        yield join_key(section.at(name), inner), inner, value


def _area(section: Section, known: Known) -> str:
    name = section.slug("area")
    if name:
        _check_area(section, known, section.at("area"), name)
    return name


def _check_area(section: Section, known: Known, key: str, name: str) -> None:
    if name not in known.areas:
        section.desk.report_unknown("D502", key, name, known.areas)


def _cell(section: Section, head: _Head) -> tuple[str, str]:
    """Return the cell named in the table itself; turnout and numbers of stations belong to no cell."""
    if head.quantity in _WITHOUT_CELL:
        if section.has("cell"):
            section.report("D510", "cell", found=head.quantity.value)
        return "", ""
    name = section.text("cell")
    return _named_cell(section, head, section.at("cell"), name) if name else ("", "")


def _named_cell(section: Section, head: _Head, key: str, name: str) -> tuple[str, str]:
    """Return the cell (and, for a lead, the one subtracted) after checking that the contest has it."""
    if head.quantity in _WITHOUT_CELL:
        section.desk.report("D510", key, found=head.quantity.value)
        return "", ""
    if head.contest is None:
        return name, ""
    if head.quantity is Quantity.LEAD:
        return _lead(section, key, name, head.cells)
    if name not in head.cells:
        section.desk.report_unknown("D504", key, name, head.cells)
    return name, ""


def _lead(section: Section, key: str, text: str, contestants: Collection[str]) -> tuple[str, str]:
    try:
        names = parse_difference(text)
    except InputError as fault:
        report_refusal(fault, section.desk, key)
        return "", ""
    check_names(names, contestants, section.desk, key)
    if names[0].id == names[1].id:
        section.desk.report("D509", key, name=names[0].id)
    return names[0].id, names[1].id


def _row(section: Section, head: _Head, entry: _Entry) -> Row | None:
    number = _number(section, head, entry)
    if number is None:
        return None
    contest = head.contest.id if head.contest else ""
    place = (head.publication, contest, entry.area, head.quantity.value, entry.cell, entry.minus)
    return (*place, *number, head.rounding, head.source, head.basis)


def _number(section: Section, head: _Head, entry: _Entry) -> Decimal | None:
    """Return the figure as (value, decimals), or None after reporting why it is none."""
    value = entry.value
    if isinstance(value, float):
        return None  # reported once for the whole file, as D105
    if head.quantity in _PERCENTAGES:
        return _percentage(section, entry)
    if isinstance(value, bool) or not isinstance(value, int):
        section.desk.report("D506", entry.key, found=shown(value), type=toml_type(value))
        return None
    least = -MAX_COUNT if head.quantity is Quantity.LEAD else 0
    most = head.contest.rule.seats if head.quantity is Quantity.SEATS and head.contest else MAX_COUNT
    if not least <= value <= most:
        section.desk.report("D109", entry.key, found=shown(value), least=least, most=most)
        return None
    return value, 0


def _percentage(section: Section, entry: _Entry) -> Decimal | None:
    found = parse_decimal(entry.value) if isinstance(entry.value, str) else None
    if found is None:
        section.desk.report("D507", entry.key, found=shown(entry.value), type=toml_type(entry.value))
    elif found[0] > 100 * 10 ** found[1]:
        section.desk.report("D508", entry.key, found=shown(entry.value))
        return None
    return found
