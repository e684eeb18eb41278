"""A published lead held against the copies of all stations of its area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, floor

import polars as pl

from secondcount.model.codes import make_issue
from secondcount.model.election import Contest
from secondcount.model.geography import Geography
from secondcount.model.issue import Issue, Where
from secondcount.model.publication import Publication
from secondcount.tabulation.expected import expected_stations
from secondcount.tabulation.figures import Figure
from secondcount.tabulation.least_copies import Gap, least_copies, voters_on_list
from secondcount.tabulation.lineage import Lineages, lineages
from secondcount.tabulation.official_sums import official_sums
from secondcount.tabulation.result import AreaSum
from secondcount.tabulation.sheets import Tabulation

__all__ = ["check_leads"]


def check_leads(
    tabulation: Tabulation,
    figures: pl.DataFrame,
    contest: Contest,
    geography: Geography,
    official_publication: str,
    *,
    publications: Sequence[Publication] = (),
    stations: pl.DataFrame | None = None,
) -> tuple[Issue, ...]:
    """Return R303 for each officially published lead that the copies of all stations contradict.

    Only areas in which both contestants' votes were read at every polling station are compared: stations without a
    copy could make up any lead. A copy that is false can hold anything up to the voters on its list, for either of
    the two; k counts copies as `least_copies` does. Arguments as `held.hold`.
    """
    areas = lineages(geography)
    expected = expected_stations(geography, stations)
    official = official_sums(figures, contest, official_publication, publications)
    return tuple(
        issue
        for one in tabulation.sums
        if one.area in official
        for figure in official[one.area].leads
        if _full(one, figure, expected.get(one.area))
        for issue in _contradicted(one, figure, tabulation.usable, contest, areas)
    )


def _full(one: AreaSum, figure: Figure, expected: int | None) -> bool:
    read = {cell.cell: cell.read for cell in one.cells}
    return expected is not None and read.get(figure.cell) == expected == read.get(figure.minus)


def _contradicted(
    one: AreaSum, figure: Figure, usable: pl.DataFrame, contest: Contest, areas: Lineages
) -> Iterator[Issue]:
    lead = one.total(figure.cell) - one.total(figure.minus)
    over = lead - floor(figure.interval.high)
    under = ceil(figure.interval.low) - lead
    if over <= 0 and under <= 0:
        return
    ahead, behind = (figure.cell, figure.minus) if over > 0 else (figure.minus, figure.cell)
    voters = voters_on_list(contest)
    # All voters on the list for the one behind: the lead changes by (votes ahead - votes behind) + voters.
    room = None if voters is None else pl.col(ahead).cast(pl.Int128) - pl.col(behind) + voters
    limited = pl.lit(None, dtype=pl.Int128) if room is None else pl.when(room >= 0).then(room)
    k = least_copies(usable, limited, [Gap(area=one.area, votes=max(over, under))], areas)[one.area]
    yield make_issue(
        "R303",
        Where(contest=contest.id, area=one.area, publication=figure.publication, cell=figure.cell),
        contestant=figure.cell if lead >= 0 else figure.minus,
        copies_lead=abs(lead),
        contestant_other=figure.cell if figure.value >= 0 else figure.minus,
        published_lead=abs(figure.value),
        difference=abs(lead - figure.value),
        seen=one.stations,
        k=k,
    )
