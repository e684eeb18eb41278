"""Everything that published figures say against each other, before any copy is looked at."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from secondcount.model.election import Election
from secondcount.model.issue import Issue
from secondcount.model.publication import Publication
from secondcount.tabulation.figures import read_figures
from secondcount.tabulation.increments import check_increments
from secondcount.tabulation.listing import shortened
from secondcount.tabulation.published import Place, index_figures
from secondcount.tabulation.reverse_rounding import check_reverse_rounding
from secondcount.tabulation.shares import check_shares
from secondcount.tabulation.sources import check_sources
from secondcount.tabulation.totals import check_areas, check_totals
from secondcount.tabulation.turnout import check_register, check_turnout

__all__ = ["check_publications"]


def check_publications(
    election: Election, publications: Sequence[Publication], figures: pl.DataFrame
) -> tuple[Issue, ...]:
    """Return the contradictions, unusual values and notes of the published figures alone.

    A figure is a contradiction only where no true values behind the rounded numbers can make both of two figures
    right; every rounded figure stands for the whole interval of values that round to it.

    Args:
        election: definition with its bases, forms and areas.
        publications: oldest first; "earlier" and "later" mean this order.
        figures: rows of `model.tables.FIGURES`; of several sources of one figure the first row is used.

    """
    published = index_figures(election, publications, read_figures(figures))
    drift = check_register(published)
    places = (one.where for one in drift)
    drifted = frozenset(Place(publication=at.publication, contest=at.contest, area=at.area) for at in places)
    return shortened(
        (
            *check_sources(published),
            *check_shares(published),
            *check_totals(published, drifted=drifted),
            *check_areas(published),
            *drift,
            *check_turnout(published),
            *check_increments(published),
            *check_reverse_rounding(published),
        )
    )
