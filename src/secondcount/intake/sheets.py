"""A file of copies of protocols -> a frame with the contract of `model.tables.sheet_schema`, and what was odd."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from secondcount.intake.by_station import read_by_station, with_basis
from secondcount.intake.columns import find_columns
from secondcount.intake.copies import distinct_copies, name_troubles
from secondcount.intake.layouts import arrange, choose_layout, with_areas
from secondcount.intake.metadata import check_metadata, contest_of, synthetic_label
from secondcount.intake.remarks import collect
from secondcount.intake.table import read_table
from secondcount.model.election import Contest, Election
from secondcount.model.geography import Area
from secondcount.model.issue import Issue
from secondcount.model.layout import Layout
from secondcount.model.record import Input
from secondcount.model.tables import sheet_schema

__all__ = ["SheetsRead", "parse_sheets"]

_HEADS = ("area", "level", "copy", "version", "collector")
_ROLES = ("station", "synthetic", *_HEADS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetsRead:
    """Copies of one contest from one file; `synthetic` is what the file says of its making, "" for real copies."""

    frame: pl.DataFrame
    issues: tuple[Issue, ...]
    input: Input
    synthetic: str = ""
    areas: tuple[Area, ...] = ()  # made from columns, where a layout says so
    contest: str = ""  # id of the contest whose protocols these are


def parse_sheets(
    name: str, data: bytes, election: Election, contest: Contest, mapping: Layout | None = None
) -> SheetsRead:
    """Return the copies in a file (docs/reference/tables.md); nothing is left out without an issue.

    The file is read by `mapping` if there is one, else by a layout of the definition that fits, else by its headers.

    Raises:
        InputError: T100 to T111, T182 to T184: the file as a whole cannot be used.

    """
    arrived = read_table(name, data)
    contest = contest_of(arrived, election, contest)
    layout = mapping or choose_layout(arrived, election, contest, "sheets")
    arranged = arrange(arrived, layout, election) if layout else None
    table, areas = (arranged.table, arranged.areas) if arranged else (arrived, ())
    columns = arranged.columns if arranged else find_columns(arrived, contest, _ROLES)
    election = with_areas(election, areas)
    read = read_by_station(table, columns, election, contest, heads=_HEADS)
    distinct = distinct_copies(read.frame, contest.cells)
    names = name_troubles(distinct.frame, election.geography)
    frame = with_basis(distinct.frame, table.digest).select(sheet_schema(contest).keys())
    label = synthetic_label(table)
    return SheetsRead(
        frame=frame,
        issues=collect(
            replace(table.place, contest=contest.id),
            (*table.found, *check_metadata(table), *columns.issues, *read.found),
            (table.remarks, read.remarks, distinct.remarks, names),
        ),
        input=Input(name=table.name, digest=table.digest, rows=frame.height, kind="sheets", synthetic=bool(label)),
        synthetic=label,
        areas=areas,
        contest=contest.id,
    )
