"""Copies added up, covered and compared; published figures held against each other. Integers and fractions only."""

from secondcount.tabulation.changes import ChangeKind, Direction, KindCount
from secondcount.tabulation.contests_at_station import AtStations, check_contests
from secondcount.tabulation.coverage import cover
from secondcount.tabulation.expected import expected_stations
from secondcount.tabulation.held import check_held, hold
from secondcount.tabulation.identity import unclear_areas
from secondcount.tabulation.leads import check_leads
from secondcount.tabulation.publications import check_publications
from secondcount.tabulation.reported import figures_of_reported
from secondcount.tabulation.result import AreaSum, CellSum, Coverage, Held, HeldKind
from secondcount.tabulation.sheet_checks import check_sheets
from secondcount.tabulation.sheets import Tabulation, from_level, tabulate
from secondcount.tabulation.snapshots import (
    SnapshotComparison,
    check_snapshots,
    check_tables,
    compare_in_turn,
    compare_snapshots,
)
from secondcount.tabulation.stations import StationComparison, check_stations, compare_stations

__all__ = [
    "AreaSum",
    "AtStations",
    "CellSum",
    "ChangeKind",
    "Coverage",
    "Direction",
    "Held",
    "HeldKind",
    "KindCount",
    "SnapshotComparison",
    "StationComparison",
    "Tabulation",
    "check_contests",
    "check_held",
    "check_leads",
    "check_publications",
    "check_sheets",
    "check_snapshots",
    "check_stations",
    "check_tables",
    "compare_in_turn",
    "compare_snapshots",
    "compare_stations",
    "cover",
    "expected_stations",
    "figures_of_reported",
    "from_level",
    "hold",
    "tabulate",
    "unclear_areas",
]
