"""Which published figures may stand for the authority's result, and for which areas a station table is whole.

Three kinds of figures are kept apart, because a wrong one would decide claims:

- one side's account is shown and checked, but is never official;
- a preliminary count may rightly be less than the copies of it: only final figures are held against copies
  or used as the published total of votes;
- a station table speaks for an area only if it lists every polling station there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from secondcount.model.codes import make_issue
from secondcount.model.election import Contest
from secondcount.model.form import Role
from secondcount.model.geography import Geography
from secondcount.model.issue import Issue, Where
from secondcount.model.publication import Publication, Stage
from secondcount.model.record import Record
from secondcount.model.tables import STATIONS, empty_figures, empty_stations, table_columns
from secondcount.tabulation import figures_of_reported
from secondcount.verdict.districts import district_sums

__all__ = ["Published", "published_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What the authority published for one contest, sorted by what it may be used for."""

    official: tuple[Publication, ...]  # the authority's publications, oldest first
    figures: pl.DataFrame  # their figures, with the sums of whole station tables
    final: pl.DataFrame  # of these, the figures of final publications
    table: pl.DataFrame  # final station tables, for each station the newest row
    newest: pl.DataFrame  # station tables of any stage, for each station the newest row
    whole: frozenset[str]  # areas in which `table` lists every polling station
    sums: pl.DataFrame  # figures that are sums of whole station tables, one side's included
    register: pl.DataFrame  # `model.tables.STATIONS`: the stations of tables that are said to be complete

    root: str
    expected: int | None  # official number of polling stations of the whole area

    def partial_issue(self, contest: Contest) -> tuple[Issue, ...]:
        """Return R404 to R406 where the station tables do not give every figure of every station: no total is made."""
        if self.root in _areas(self.sums):
            return ()
        last = str(self.newest["publication"][-1])
        where = Where(contest=contest.id, area=self.root, publication=last)
        rows = self.newest.filter(pl.col("publication") == last)  # several tables together make no single total
        listed = rows.height
        if self.expected is None:
            return (make_issue("R404", where, listed=listed),)
        if listed == self.expected:
            empty = rows.filter(pl.any_horizontal(pl.col(*contest.cells).is_null())).height
            return (make_issue("R406", where, listed=listed, count=empty),) if empty else ()
        return (make_issue("R405", where, listed=listed, expected=self.expected),)

    def register_or(self, other: pl.DataFrame) -> pl.DataFrame:
        """Return the register of the published tables, or another one where none of them is said to be complete."""
        return self.register if self.register.height else other

    def listing(self, geography: Geography) -> pl.DataFrame:
        """Return station and area of all stations of those areas of which a whole list exists."""
        inside = [one.id for one in geography.areas if not self.whole.isdisjoint(geography.lineage(one.id))]
        table = self.table.select("station", "area").filter(pl.col("area").is_in(inside))
        return pl.concat([table, self.register.select("station", "area")]).unique()

    @property
    def results(self) -> pl.DataFrame:
        """Return the figures of preliminary and final publications: turnout during voting is no result."""
        names = [one.id for one in self.official if one.stage is not Stage.VOTING]
        return self.figures.filter(pl.col("publication").is_in(names))

    @property
    def finals(self) -> tuple[Publication, ...]:
        """Return the final publications, oldest first."""
        return tuple(one for one in self.official if one.stage is Stage.FINAL)


def published_of(record: Record, contest: Contest) -> Published:
    """Return the authority's figures of one contest, sorted by what they may be used for."""
    root = record.election.geography.root
    official = tuple(one for one in record.publications if not one.one_side)
    names = [one.id for one in official]
    finals = [one.id for one in official if one.stage is Stage.FINAL]
    every = record.reported.get(contest.id, pl.DataFrame(schema=table_columns(contest)))
    given = _publications(every)
    tables = every if given <= set(names) else every.filter(pl.col("publication").is_in(names))
    newest = _newest(tables, names)
    final = given.intersection(names) <= set(finals)
    table = newest if final else _newest(tables.filter(pl.col("publication").is_in(finals)), names)
    geography = record.election.geography
    sums = pl.concat(
        [
            empty_figures(),
            *(
                _sums(every.filter(pl.col("publication") == one.id), one, contest, geography)
                for one in record.publications
                if one.id in given
            ),
        ]
    )
    if contest.allocated_in:
        sums = pl.concat([sums, district_sums(record.figures, contest, geography)])
    figures = pl.concat([record.figures, sums]).filter(pl.col("publication").is_in(names))
    return Published(
        official=official,
        figures=figures,
        final=figures.filter(pl.col("publication").is_in(finals)),
        table=table,
        newest=newest,
        whole=_whole(table, geography, complete=_says_complete(table, official)),
        sums=sums,
        register=_register(tables, official, contest),
        root=root.id,
        expected=root.stations,
    )


def _says_complete(table: pl.DataFrame, official: tuple[Publication, ...]) -> bool:
    """Return whether a station table, not a table of areas, is said to list every polling station."""
    given = _publications(table)
    return any(one.complete for one in official if one.id in given)


def _publications(table: pl.DataFrame) -> frozenset[str]:
    return frozenset(table["publication"].unique())


def _areas(figures: pl.DataFrame) -> frozenset[str]:
    return frozenset(figures["area"])


def _newest(tables: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """Return for each station the row of the newest publication that lists it."""
    if not tables["station"].is_duplicated().any():
        return tables if tables["station"].is_sorted() else tables.sort("station")
    order = pl.col("publication").replace_strict(names, list(range(len(names))), return_dtype=pl.Int64)
    newest = tables.with_columns(order=order).sort("station", "order", descending=[False, True], maintain_order=True)
    return newest.unique("station", keep="first", maintain_order=True).drop("order")


def _sums(rows: pl.DataFrame, publication: Publication, contest: Contest, geography: Geography) -> pl.DataFrame:
    """Return the sums of one publication's table in the areas for which it is whole."""
    whole = _whole(rows, geography, complete=publication.complete)
    return figures_of_reported(rows, contest, geography).filter(pl.col("area").is_in(list(whole)))


def _whole(rows: pl.DataFrame, geography: Geography, *, complete: bool) -> frozenset[str]:
    """Return the areas whose every polling station has a row.

    That is so where the rows are as many as the official number of stations; where that number is not known,
    only if the table is said to be complete.
    """
    listed: Mapping[str, int] = _listed(rows, geography)
    official = {area.id: area.stations for area in geography.areas}
    return frozenset(
        area for area, count in listed.items() if official[area] == count or (official[area] is None and complete)
    )


def _listed(rows: pl.DataFrame, geography: Geography) -> Mapping[str, int]:
    """Return how many stations of each area, and of everything that contains it, have a row."""
    found: dict[str, int] = {}
    for area, count in rows.group_by("area").agg(pl.col("station").n_unique()).iter_rows():
        for above in geography.lineage(area):
            found[above] = found.get(above, 0) + count
    return found


def _register(tables: pl.DataFrame, official: tuple[Publication, ...], contest: Contest) -> pl.DataFrame:
    """Return the stations of the newest table that is said to be complete; empty where none is."""
    given = _publications(tables)
    complete = [one.id for one in official if one.complete and one.id in given]
    if not complete:
        return empty_stations()
    line = contest.form.line_of(Role.REGISTERED)
    registered = pl.col(line.id) if line else pl.lit(None, pl.Int64)
    rows = tables.filter(pl.col("publication") == complete[-1])
    return rows.select("station", "area", registered.alias("registered"), "basis").cast(pl.Schema(STATIONS))
