"""The stations of a real election: every precinct of Georgia 2024, official beside volunteers (PROVENANCE)."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondcount import api
from secondcount.jurisdictions import load_shipped
from secondcount.site.side_by_side import sides_of
from secondcount.verdict import derive


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


@pytest.mark.shared
def test_georgia_2024_read_by_machine_leaves_cells_unread_and_not_different(shared: Path) -> None:
    """By the shipped definition: of 2,255 precincts 1,196 differ in 3,649 cells; 5,004 cells are unread."""
    files = [shared / "data" / "ge2024" / name for name in ("cec_official.csv.gz", "ocr_electronic_protocols.csv.gz")]
    official, machine = [(one.name, one.read_bytes()) for one in files]
    definition = load_shipped("georgia.parliament.2024")
    record = api.make_record(definition, reported=[official], sheets=[machine])
    (sides,) = sides_of(record).values()
    found = sides.comparison
    assert found is not None
    assert (found.compared, found.differing.height, found.stations.height) == (2_255, 3_649, 1_196)
    assert dict(sides.keys["standing"].value_counts().iter_rows()) == {
        "differs": 1_196,
        "equal": 1_059,
        "published_only": 840,
    }
    contest = definition.election.contests[0]
    frame, lists = record.sheets[contest.id], [one.id for one in contest.contestants]
    unread = sum(frame[one].null_count() for one in lists)
    assert (len(lists), unread, len(lists) * 2_255 - unread - found.differing.height) == (18, 5_004, 31_937)


@pytest.mark.shared
def test_georgia_2024_has_235_volunteers_protocols_out_of_balance(shared: Path) -> None:
    """By the shipped definition: 235 break their balance, 90 with more ballots than signatures, 145 with fewer."""
    file = shared / "data" / "ge2024" / "volunteers_clean.csv.gz"
    verdict = derive(api.make_record(load_shipped("georgia.parliament.2024"), sheets=[(file.name, file.read_bytes())]))
    apart = [int(one.value("left")) - int(one.value("right")) for one in verdict.issues if one.code == "S202"]
    assert (len(apart), sum(one > 0 for one in apart), sum(one < 0 for one in apart)) == (235, 90, 145)
