"""A file of published figures -> a publication with figures by area, or an authority's table by polling station."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from secondcount.intake.area_tables import AREA_ROLES, read_area_table
from secondcount.intake.by_station import read_by_station, with_basis
from secondcount.intake.columns import Columns, find_columns
from secondcount.intake.copies import distinct_stations, name_troubles
from secondcount.intake.layouts import Arranged, arrange, choose_layout, with_areas
from secondcount.intake.metadata import check_metadata, contest_of, parse_publication
from secondcount.intake.remarks import collect
from secondcount.intake.table import Table, read_table
from secondcount.model.election import Contest, Election
from secondcount.model.geography import Area
from secondcount.model.issue import Issue
from secondcount.model.layout import Layout
from secondcount.model.publication import Publication, Quantity
from secondcount.model.record import Input
from secondcount.model.tables import FIGURES, empty_figures, table_columns

__all__ = ["ReportedRead", "parse_reported"]

_STATION_ROLES = ("station", "area", "synthetic")
_OF_EVERY_CONTEST = (Quantity.TURNOUT.value, Quantity.STATIONS.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedRead:
    """One publication from one file: `figures` by area, or `reported` rows by polling station (then no figures)."""

    publication: Publication
    figures: pl.DataFrame
    reported: pl.DataFrame | None
    issues: tuple[Issue, ...]
    input: Input
    areas: tuple[Area, ...] = ()  # made from columns, where a layout says so
    contest: str = ""  # id of the contest whose figures these are


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    figures: pl.DataFrame
    reported: pl.DataFrame | None
    found: tuple[Issue, ...]
    remarks: tuple[pl.DataFrame, ...]


def parse_reported(
    name: str, data: bytes, election: Election, contest: Contest, order: int, *, mapping: Layout | None = None
) -> ReportedRead:
    """Return the publication in a file (docs/reference/tables.md); `order` makes its id unique.

    The file is read by `mapping` if there is one, else by a layout of the definition that fits it, else by its
    headers. A table with a column of polling stations is an authority's station table; any other is a table by area.

    Raises:
        InputError: T100 to T111, T182 to T184: the file as a whole cannot be used.

    """
    table = read_table(name, data)
    contest = contest_of(table, election, contest)
    layout = mapping or choose_layout(table, election, contest, "reported")
    arranged = arrange(table, layout, election) if layout else None
    areas = arranged.areas if arranged else ()
    publication, about = parse_publication(table, election, order, layout)
    content = _content(arranged, table, with_areas(election, areas), contest, publication)
    rows = content.figures.height if content.reported is None else content.reported.height
    return ReportedRead(
        publication=publication,
        figures=content.figures,
        reported=content.reported,
        issues=collect(
            replace(table.place, contest=contest.id),
            (*table.found, *check_metadata(table), *about, *content.found),
            (table.remarks, *content.remarks),
        ),
        input=Input(name=table.name, digest=table.digest, rows=rows, kind="reported", synthetic=publication.synthetic),
        areas=areas,
        contest=contest.id,
    )


def _content(
    arranged: Arranged | None, table: Table, election: Election, contest: Contest, publication: Publication
) -> _Content:
    """Return an authority's station table, or figures by area where there is no column of polling stations."""
    if arranged is not None:
        table, columns = arranged.table, arranged.columns
        read = _by_area if columns.role("station") is None else _by_station
        return read(table, columns, election, contest, publication)
    columns = find_columns(table, contest, _STATION_ROLES)
    if columns.role("station") is not None:
        return _by_station(table, columns, election, contest, publication)
    columns = find_columns(table, contest, AREA_ROLES, published=True)
    return _by_area(table, columns, election, contest, publication)


def _by_station(
    table: Table, columns: Columns, election: Election, contest: Contest, publication: Publication
) -> _Content:
    read = read_by_station(table, columns, election, contest, heads=("area",))
    root = election.geography.root.id
    distinct = distinct_stations(read.frame, contest.cells, root)
    frame = with_basis(distinct.frame, table.digest).with_columns(publication=pl.lit(publication.id))
    return _Content(
        figures=empty_figures(),
        reported=frame.select(table_columns(contest).keys()),
        found=(*columns.issues, *read.found),
        remarks=(read.remarks, distinct.remarks, name_troubles(distinct.frame, election.geography)),
    )


def _by_area(
    table: Table, columns: Columns, election: Election, contest: Contest, publication: Publication
) -> _Content:
    read = read_area_table(table, columns, election, contest)
    everywhere = pl.col("quantity").is_in(_OF_EVERY_CONTEST)
    figures = with_basis(read.frame, table.digest).with_columns(
        publication=pl.lit(publication.id),
        contest=pl.when(everywhere).then(pl.lit("")).otherwise(pl.lit(contest.id)),
        minus=pl.lit(""),
        source=pl.lit(publication.sources[0]),
    )
    return _Content(
        figures=figures.select(FIGURES.keys()),
        reported=None,
        found=(*columns.issues, *read.found),
        remarks=(read.remarks,),
    )
