"""Coverage: how much of each area the copies show, at which provenance level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add

import polars as pl

from secondcount.model.election import Contest
from secondcount.model.geography import Geography
from secondcount.model.publication import Publication
from secondcount.model.tables import LEVELS
from secondcount.tabulation.expected import expected_stations
from secondcount.tabulation.lineage import Lineages, climbed, deepest_first, lineages
from secondcount.tabulation.official_sums import official_votes
from secondcount.tabulation.result import Coverage
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
    official = official_votes(figures, contest, official_publication, publications)
    levels = _levels(tabulation.usable, areas)
    conflicting = _conflicting(tabulation, geography, areas)
    seen = _seen(tabulation.table, contest)
    wanted = frozenset({geography.root.id, *seen, *conflicting})
    return tuple(
        Coverage(
            area=area,
            seen=seen.get(area, (0, 0))[0],
            expected=expected.get(area),
            by_level=levels.get(area, (0, 0, 0, 0, 0)),
            conflicting=conflicting.get(area, 0),
            votes_seen=seen.get(area, (0, 0))[1],
            votes_official=official.get(area),
        )
        for area in deepest_first(wanted, areas)
    )


def _seen(table: pl.DataFrame, contest: Contest) -> Mapping[str, tuple[int, int]]:
    """Return the stations and the votes for all contestants on the copies of each area."""
    votes = reduce(add, (pl.col(f"total:{one.id}") for one in contest.contestants), pl.lit(0, pl.Int128))
    return {area: (seen, cast) for area, seen, cast in table.select("area", "stations", cast=votes).iter_rows()}


def _levels(usable: pl.DataFrame, areas: Lineages) -> Mapping[str, _Levels]:
    """Return for each area how many stations have a level of at least 0, 1, 2, 3, 4."""
    at_least = ((pl.col("level") >= level).sum().cast(pl.Int64).alias(str(level)) for level in LEVELS)
    table = climbed(usable.group_by("area").agg(*at_least), areas)
    return {area: (a, b, c, d, e) for area, a, b, c, d, e in table.iter_rows()}


def _conflicting(tabulation: Tabulation, geography: Geography, areas: Lineages) -> Mapping[str, int]:
    """Return the number of stations with conflicting copies by area: where all their copies are, else the root."""
    place = pl.when(pl.col("area").n_unique() == 1).then(pl.col("area").first()).otherwise(pl.lit(geography.root.id))
    stations = tabulation.conflicting.group_by("station").agg(area=place)
    counts = stations.group_by("area").agg(pl.len().cast(pl.Int64).alias("stations"))
    return dict(climbed(counts, areas).select("area", "stations").iter_rows())
