"""The stations of real elections: every precinct of Georgia 2024, every table of Bolivia 2019 (PROVENANCE)."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import Counter
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


@pytest.mark.shared
def test_bolivia_2019_from_the_command_to_its_files(shared: Path, tmp_path: Path) -> None:
    """The command as a newsroom gives it: 706 of 34,555 differ, each is on the page, every row stands beside it."""
    final, quick = (shared / "data" / "bo2019" / f"{one}.csv.gz" for one in ("computo_final", "trep_20191021_1829"))
    words = ("--election", "bolivia.president.2019", "--reported", str(final), "--sheets", str(quick))
    out = tmp_path / "report"
    command = (sys.executable, "-m", "secondcount", "check", *words, "--worksheet", "--out", str(out))
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (1, "")
    with (out / "stations.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    assert Counter(one["standing"] for one in rows) == {"equal": 32_100, "differs": 706, "published_only": 1_749}
    page = (out / "index.html").read_bytes()
    assert len(page) <= 5_000_000
    text = page.decode()
    assert [one["station"] for one in rows if one["standing"] == "differs" and f">{one['station']}<" not in text] == []
    with (out / "issues.csv").open(encoding="utf-8-sig", newline="") as table:
        told = Counter(one["code"] for one in csv.DictReader(table))
    listed = Counter(one["code"] for one in json.loads((out / "verdict.json").read_bytes())["issues"])
    assert (listed["R401"], told["R401"]) == (
        1_000,
        sum(int(one["cells"]) for one in rows if one["standing"] == "differs"),
    )
    assert (out / "worksheet.xlsx").stat().st_size > 0
