"""Coverage: how much of each area the copies show, at which provenance level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from secondcount.model.election import Contest
from secondcount.model.form import Role
from secondcount.model.geography import Geography
from secondcount.model.publication import Publication
from secondcount.model.tables import LEVELS
from secondcount.tabulation.expected import expected_stations
from secondcount.tabulation.lineage import Lineages, deepest_first, lineages
from secondcount.tabulation.official_sums import OfficialSums, official_sums
from secondcount.tabulation.result import AreaSum, Coverage
from secondcount.tabulation.sheets import Tabulation

__all__ = ["cover"]

_Levels = tuple[int, int, int, int, int]


def cover(
    tabulation: Tabulation,
    geography: Geography,
    contest: Contest,
    figures: pl.DataFrame,
    official_publication: str,
    *,
    publications: Sequence[Publication] = (),
    stations: pl.DataFrame | None = None,
) -> tuple[Coverage, ...]:
    """Return the coverage of every area with copies, the deepest area first, and of the root, always and last.

    Args:
        tabulation: the copies, added up.
        geography: the areas with their official numbers of polling stations.
        contest: the contest.
        figures: published figures, for the official votes of each area.
        official_publication: the publication that counts as official ("" = none).
        publications: see `official_sums`.
        stations: the official register of stations, for areas whose number the definition does not say.

    """
    areas = lineages(geography)
    expected = expected_stations(geography, stations)
    official = official_sums(figures, contest, official_publication, publications)
    levels = _levels(tabulation.usable, areas)
    conflicting = _conflicting(tabulation, geography, areas)
    sums = {one.area: one for one in tabulation.sums}
    wanted = frozenset({geography.root.id, *sums, *conflicting})
    return tuple(
        Coverage(
            area=area,
            seen=sums[area].stations if area in sums else 0,
            expected=expected.get(area),
            by_level=levels.get(area, (0, 0, 0, 0, 0)),
            conflicting=conflicting.get(area, 0),
            votes_seen=_votes_seen(sums.get(area), contest),
            votes_official=_votes_official(official.get(area), contest),
        )
        for area in deepest_first(wanted, areas)
    )


def _levels(usable: pl.DataFrame, areas: Lineages) -> Mapping[str, _Levels]:
    """Return for each area how many stations have a level of at least 0, 1, 2, 3, 4."""
    at_least = ((pl.col("level") >= level).sum().cast(pl.Int64).alias(str(level)) for level in LEVELS)
    found: dict[str, _Levels] = {}
    for area, *counts in usable.group_by("area").agg(*at_least).iter_rows():
        for above in areas[area]:
            a, b, c, d, e = (so_far + more for so_far, more in zip(found.get(above, (0,) * 5), counts, strict=True))
            found[above] = (a, b, c, d, e)
    return found


def _conflicting(tabulation: Tabulation, geography: Geography, areas: Lineages) -> Mapping[str, int]:
    """Return the number of stations with conflicting copies by area: where all their copies are, else the root."""
    place = pl.when(pl.col("area").n_unique() == 1).then(pl.col("area").first()).otherwise(pl.lit(geography.root.id))
    stations = tabulation.conflicting.group_by("station").agg(area=place)
    found: dict[str, int] = {}
    for area, count in stations.group_by("area").agg(pl.len()).iter_rows():
        for above in areas[area]:
            found[above] = found.get(above, 0) + count
    return found


def _votes_seen(one: AreaSum | None, contest: Contest) -> int:
    return 0 if one is None else sum(one.total(contestant.id) for contestant in contest.contestants)


def _votes_official(one: OfficialSums | None, contest: Contest) -> int | None:
    """Return the published votes for all contestants, or the published number of valid votes, or None."""
    if one is None:
        return None
    votes = [one.counts.get(contestant.id) for contestant in contest.contestants]
    known = [figure.value for figure in votes if figure is not None]
    if known and len(known) == len(votes):
        return sum(known)
    line = contest.form.line_of(Role.VALID)
    valid = one.counts.get(line.id) if line else None
    return None if valid is None else valid.value
