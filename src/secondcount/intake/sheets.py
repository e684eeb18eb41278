"""A file of copies of protocols -> a frame with the contract of `model.tables.sheet_schema`, and what was odd."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from secondcount.intake.by_station import read_by_station, with_basis
from secondcount.intake.columns import find_columns
from secondcount.intake.copies import distinct_copies, name_troubles
from secondcount.intake.metadata import check_metadata, synthetic_label
from secondcount.intake.remarks import collect
from secondcount.intake.table import read_table
from secondcount.model.election import Contest, Election
from secondcount.model.issue import Issue
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


def parse_sheets(name: str, data: bytes, election: Election, contest: Contest) -> SheetsRead:
    """Return the copies in a CSV or TSV file (docs/reference/tables.md); nothing is left out without an issue.

    Raises:
        InputError: T100 to T111: the file as a whole cannot be used.

    """
    table = read_table(name, data)
    columns = find_columns(table, contest, _ROLES)
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
    )
