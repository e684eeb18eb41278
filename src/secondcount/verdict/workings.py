"""What a verdict is derived with: copies added up, and held against the newest published row of each station.

`derive` weighs it and the report lays it out; so both speak of the same sums, and they are formed in one place.
"""

from __future__ import annotations

from dataclasses import dataclass

from secondcount.model.election import Contest
from secondcount.model.record import Record
from secondcount.model.tables import empty_sheets
from secondcount.tabulation import StationComparison, Tabulation, compare_stations, from_level, tabulate
from secondcount.verdict.published import Published

__all__ = ["Workings", "worked_out"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Workings:
    """What was added up and compared for one contest: whoever lays it out need not do it again."""

    published: Published
    copies: Tabulation
    comparison: StationComparison | None  # None: nothing to compare with, or no attributed copy


def worked_out(record: Record, contest: Contest, published: Published) -> tuple[Workings, Tabulation]:
    """Return the workings of one contest, and its attributed copies alone: only they may contradict a figure."""
    geography = record.election.geography
    sheets = record.sheets.get(contest.id, empty_sheets(contest))
    copies = tabulate(sheets, contest, geography, doubts=record.doubts)
    attributed = from_level(copies, 1, contest, geography)  # level 0 contradicts nobody
    comparable = bool(published.newest.height and attributed.usable.height)
    comparison = compare_stations(attributed.usable, published.newest, contest) if comparable else None
    return Workings(published=published, copies=copies, comparison=comparison), attributed
