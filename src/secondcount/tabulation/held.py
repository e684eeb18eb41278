"""Copies held against the published sum of their area: excess, difference, or what the unseen must have shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

import polars as pl

from secondcount.model.codes import make_issue
from secondcount.model.election import Contest
from secondcount.model.geography import Geography
from secondcount.model.issue import Issue, Where
from secondcount.model.publication import Publication
from secondcount.tabulation.expected import expected_stations
from secondcount.tabulation.figures import Figure
from secondcount.tabulation.least_copies import Gap, least_copies, room_above, room_below
from secondcount.tabulation.lineage import Lineages, lineages
from secondcount.tabulation.official_sums import official_sums
from secondcount.tabulation.result import CellSum, Held, HeldKind
from secondcount.tabulation.sheets import Tabulation

__all__ = ["check_held", "hold"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    """A comparison before its k is known; `over` and `under` are by how much the copies miss the published figure."""

    held: Held
    over: int
    under: int


def hold(
    tabulation: Tabulation,
    figures: pl.DataFrame,
    contest: Contest,
    geography: Geography,
    official_publication: str,
    *,
    publications: Sequence[Publication] = (),
    stations: pl.DataFrame | None = None,
) -> tuple[Held, ...]:
    """Return the copies of each area held against every count that was officially published for it.

    A station counts as seen for a cell when a number was read there. If all stations of the area are seen, the sum
    is the published one or differs from it (FULL_EQUAL, FULL_DIFFERS). Otherwise the copies alone are already more
    (EXCEEDS), or they leave a remainder for the unseen stations (REMAINDER). A rounded published figure stands for
    every number that rounds to it.

    k is the least number of copies that must be false (`least_copies`): copies that show too much can each be false
    by all that they show; copies that show too little, by the voters on their list that are left.

    Args:
        tabulation: the copies, added up.
        figures: published figures; `official_sums` says which of them count for an area.
        contest: the contest.
        geography: the areas with their official numbers of polling stations.
        official_publication: the publication that counts as official ("" = none).
        publications: all publications, so that areas without official figures get no preliminary ones.
        stations: the official register of stations, for areas whose number the definition does not say.

    """
    expected = expected_stations(geography, stations)
    official = official_sums(figures, contest, official_publication, publications)
    found = [
        _compare(one.area, cell, official[one.area].counts[cell.cell], expected.get(one.area))
        for one in tabulation.sums
        if one.area in official
        for cell in one.cells
        if cell.cell in official[one.area].counts and cell.read
    ]
    counted = _counted(found, tabulation.usable, contest, lineages(geography))
    return tuple(replace(one.held, k=counted.get((one.held.area, one.held.cell))) for one in found)


def _compare(area: str, cell: CellSum, figure: Figure, expected: int | None) -> _Comparison:
    least, most = ceil(figure.interval.low), floor(figure.interval.high)
    over, under = max(0, cell.total - most), max(0, least - cell.total)
    held = Held(
        kind=_kind(full=cell.read == expected, over=over, under=under),
        area=area,
        cell=cell.cell,
        publication=figure.publication,
        copies_sum=cell.total,
        official=figure.value,
        seen=cell.read,
        expected=expected,
        remainder=figure.value - cell.total,
        k=None,
    )
    return _Comparison(held=held, over=over, under=under)


def _kind(*, full: bool, over: int, under: int) -> HeldKind:
    if full:
        return HeldKind.FULL_DIFFERS if over or under else HeldKind.FULL_EQUAL
    return HeldKind.EXCEEDS if over else HeldKind.REMAINDER


def _counted(
    found: Sequence[_Comparison], usable: pl.DataFrame, contest: Contest, areas: Lineages
) -> Mapping[tuple[str, str], int]:
    """Return k by (area, cell) of every comparison that contradicts."""
    counted: dict[tuple[str, str], int] = {}
    wrong = [one for one in found if one.held.kind in (HeldKind.EXCEEDS, HeldKind.FULL_DIFFERS)]
    for cell in dict.fromkeys(one.held.cell for one in wrong):
        here = [one for one in wrong if one.held.cell == cell]
        needed = dict.fromkeys((cell, *room_above(cell, contest).meta.root_names()))
        rows = usable.select("area", *needed).filter(pl.col(cell).is_not_null())
        over = [Gap(area=one.held.area, votes=one.over) for one in here if one.over]
        under = [Gap(area=one.held.area, votes=one.under) for one in here if one.under]
        for room, gaps in ((room_below(cell), over), (room_above(cell, contest), under)):
            if gaps:
                least = least_copies(rows, room, gaps, areas)
                counted.update({(area, cell): k for area, k in least.items()})
    return counted


def check_held(held: Sequence[Held], contest: str = "") -> tuple[Issue, ...]:
    """Return a contradiction for each comparison that is one: R301 (EXCEEDS), R302 (FULL_DIFFERS).

    Both are conditional on the copies being genuine; their sentences say so.
    """
    return tuple(_issues(held, contest))


def _issues(held: Sequence[Held], contest: str) -> Iterator[Issue]:
    codes = {HeldKind.EXCEEDS: "R301", HeldKind.FULL_DIFFERS: "R302"}
    for one in held:
        if one.kind in codes:
            yield make_issue(
                codes[one.kind],
                Where(contest=contest, area=one.area, publication=one.publication, cell=one.cell),
                copies_sum=one.copies_sum,
                official=one.official,
                difference=abs(one.remainder),
                seen=one.seen,
                k=one.k or 0,
            )
