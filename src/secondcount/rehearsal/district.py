"""Act three: the single-member contest of 19 March 2023. The totals are reported facts, the station rows SYNTHETIC."""

from __future__ import annotations

from secondcount.rehearsal.dice import Dice
from secondcount.rehearsal.pages import SyntheticFile, protocol_lines, write_csv

__all__ = ["east_3_2023"]

STATIONS = 15
SELF_NOMINATED, AMANAT = 2150, 2083  # vlast.kz 54584: the candidate's own account of her observers' copies


def east_3_2023(seed: str = "2023") -> SyntheticFile:
    """Return 15 rows that add up to the reported totals of the copies; how they split by station is made up."""
    dice = Dice(f"secondcount.rehearsal.east-3,{seed}")
    mine = dice.split(SELF_NOMINATED, [10] * STATIONS)
    theirs = dice.split(AMANAT, [10] * STATIONS)
    rows = []
    for index in range(STATIONS):
        votes = mine[index] + theirs[index]
        lines = protocol_lines(votes * 2 + dice.between(0, 60), votes, dice.between(1, 9), spare=votes)
        level = 2 if index in (4, 11) else 3  # "most signed by the commission's secretary and sealed"
        rows.append((f"{index + 1:02d}", 1, level, "observers", *lines.values(), mine[index], theirs[index]))
    made_by = (
        f"seed {seed}, made by secondcount rehearsal: the sums 2150 and 2083 are reported facts, "
        "the rows of single stations are made up"
    )
    header = ("station", "copy", "level", "collector", *lines, "self_nominated", "amanat_candidate")
    return write_csv("east-3-copies.csv", made_by, {}, header, rows)
