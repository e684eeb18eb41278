"""The stations of a real election: every precinct of Georgia 2024, official beside volunteers (PROVENANCE)."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondcount import api
from secondcount.jurisdictions import load_shipped
from secondcount.site.side_by_side import sides_of


@pytest.mark.shared
def test_georgia_2024_differs_in_four_precincts(shared: Path) -> None:
    """Of 3,095 precincts on both sides four differ; 15 are in the volunteers' table only; none is lost."""
    files = [shared / "data" / "ge2024" / name for name in ("cec_official.csv.gz", "volunteers_clean.csv.gz")]
    official, volunteers = [(one.name, one.read_bytes()) for one in files]
    record = api.make_record(load_shipped("georgia.parliament.2024"), reported=[official], sheets=[volunteers])
    (sides,) = sides_of(record).values()
    standings = dict(sides.keys["standing"].value_counts().iter_rows())
    assert standings == {"equal": 3_091, "differs": 4, "copy_only": 15}
    assert sorted(one.station for one in sides.rows if one.standing == "differs") == [
        "10/7",
        "87/28",
        "87/39",
        "87/53",
    ]
