"""Law: the tables of real commissions, read as they stand by the shipped layouts, add up to what was announced."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from secondcount.allocation import allocate
from secondcount.api import make_record
from secondcount.intake import parse_reported, parse_sheets
from secondcount.jurisdictions import load_shipped
from secondcount.model.issue import Severity
from secondcount.tabulation import ChangeKind, compare_snapshots
from secondcount.verdict import derive

pytestmark = pytest.mark.shared

Case = tuple[str, str, int, dict[str, int]]
STATIONS: tuple[Case, ...] = (
    ("bolivia.president.2019", "bo2019/computo_final.csv.gz", 34_555, {"mas_ipsp": 2_889_359, "cc": 2_240_920}),
    ("bolivia.president.2019", "bo2019/trep_20191020_1940.csv.gz", 28_975, {}),
    ("bolivia.president.2019", "bo2019/trep_20191021_1829.csv.gz", 32_806, {}),
    ("georgia.parliament.2024", "ge2024/cec_official.csv.gz", 3_095, {"n41": 1_118_736}),
    ("mexico.president.2012", "mx/mx2012_casillas.csv.gz", 143_132, {"total": 50_282_086, "pri_pvem": 19_220_407}),
    ("indonesia.president.2019", "id2019_kawalpemilu/bali.csv.gz", 12_386, {"pas1": 2_342_628, "pas2": 212_586}),
    ("russia.duma.2011", "ru/ru2011.csv.gz", 95_225, {"registered": 109_229_337, "united_russia": 32_371_737}),
    ("russia.duma.2011", "ru/ru2011_moscow_full.csv.gz", 3_374, {"united_russia": 2_053_156}),
    ("russia.duma.2021.st-petersburg", "ru_spb2021/uik_federal_list.csv.gz", 2_053, {"united_russia": 513_120}),
)
COPIES: tuple[Case, ...] = (
    ("bolivia.president.2019", "bo2019/trep_20191021_1829.csv.gz", 32_806, {}),
    ("georgia.parliament.2024", "ge2024/volunteers_clean.csv.gz", 3_110, {"n41": 1_120_016}),
    ("georgia.parliament.2024", "ge2024/ocr_electronic_protocols.csv.gz", 2_255, {}),
    ("indonesia.president.2019", "id2019_kawalpemilu/bali.csv.gz", 12_386, {"pas1": 2_334_113, "pas2": 211_832}),
)


def published(shared: Path, name: str, file: str) -> pl.DataFrame:
    """Return the rows of a commission's station table; no error, and no other table read by mistake."""
    election = load_shipped(name).election
    read = parse_reported(Path(file).name, (shared / "data" / file).read_bytes(), election, election.contests[0], 0)
    assert [one for one in read.issues if one.severity is Severity.ERROR] == []
    assert read.reported is not None
    return read.reported


def copies(shared: Path, name: str, file: str) -> pl.DataFrame:
    """Return the rows of a table of copies; no error."""
    election = load_shipped(name).election
    read = parse_sheets(Path(file).name, (shared / "data" / file).read_bytes(), election, election.contests[0])
    assert [one for one in read.issues if one.severity is Severity.ERROR] == []
    return read.frame


def sums(frame: pl.DataFrame, cells: dict[str, int]) -> dict[str, int]:
    """Return the sums of some cells."""
    return {cell: int(frame[cell].sum()) for cell in cells}


@pytest.mark.parametrize(("name", "file", "rows", "totals"), STATIONS)
def test_station_tables_of_commissions_add_up(
    shared: Path, name: str, file: str, rows: int, totals: dict[str, int]
) -> None:
    """Every station of the file is there once, and the sums are the announced totals (PROVENANCE of each folder)."""
    frame = published(shared, name, file)
    assert (frame.height, frame["station"].n_unique()) == (rows, rows)
    assert sums(frame, totals) == totals


@pytest.mark.parametrize(("name", "file", "rows", "totals"), COPIES)
def test_copies_of_the_same_stations_add_up(
    shared: Path, name: str, file: str, rows: int, totals: dict[str, int]
) -> None:
    """The other side's table is read by its own layout, to the same keys."""
    frame = copies(shared, name, file)
    assert (frame.height, frame["station"].n_unique()) == (rows, rows)
    assert sums(frame, totals) == totals


def test_bolivia_has_every_official_total(shared: Path) -> None:
    """The official count adds up to the figures that the definition ships, blank and invalid ballots included."""
    frame = published(shared, "bolivia.president.2019", "bo2019/computo_final.csv.gz")
    figures = load_shipped("bolivia.president.2019").source.figures
    official = dict(figures.select("cell", "value").iter_rows())
    assert len(official) == 5
    assert sums(frame, official) == official
    lists = [one.id for one in load_shipped("bolivia.president.2019").election.contests[0].contestants]
    assert int(frame.select(pl.sum_horizontal(lists).sum()).item()) == 6_137_671


def test_bolivia_has_its_three_leads_and_its_changes_by_the_definition_that_is_shipped(shared: Path) -> None:
    """Leads of 7.872, 10.150 and 10.565 %; and of 706 changed tables the kinds that were published about them."""
    name = "bolivia.president.2019"
    contest = load_shipped(name).election.contests[0]
    files = ("trep_20191020_1940", "trep_20191021_1829", "computo_final")
    tables = [published(shared, name, f"bo2019/{file}.csv.gz") for file in files]
    leads = []
    for table in tables:
        votes = sums(table, {one.id: 0 for one in contest.contestants})
        leads.append(Fraction(100 * (votes["mas_ipsp"] - votes["cc"]), sum(votes.values())))
    assert [str(round(1000 * lead)) for lead in leads] == ["7872", "10150", "10565"]
    first, second, final = tables
    found = compare_snapshots(second, final, contest)
    kinds = {one.kind: one.stations for one in found.kinds}
    same = found.changed.filter(pl.col("ballots_change") == 0)
    assert (found.compared, found.changed.height, found.one_cell) == (32_806, 706, 507)
    assert (found.same_ballots, same.filter(pl.col("cells") == 2).height) == (82, 44)
    assert (kinds[ChangeKind.INVALID_ONLY], kinds[ChangeKind.ZERO_BEFORE]) == (160, 5)
    assert (found.added.height, found.removed.height) == (1_749, 0)
    net = {one.cell: one.net for one in found.net}
    assert (net["mas_ipsp"], net["cc"]) == (3_796, 2_301)
    unchanged, whole = compare_snapshots(first, second, contest), compare_snapshots(first, final, contest)
    assert (unchanged.compared, unchanged.changed.height) == (28_975, 0)
    assert (whole.compared, whole.changed.height) == (28_975, 549)
    net = {one.cell: one.net for one in whole.net}
    assert (net["mas_ipsp"], net["cc"]) == (2_697, 1_903)


def test_st_petersburg_of_2021_has_its_ballots_and_its_empty_rows(shared: Path) -> None:
    """1,466,593 ballots, of which United Russia has 35.0 %; the ten rows without a protocol are unknown, not zero."""
    frame = published(shared, "russia.duma.2021.st-petersburg", "ru_spb2021/uik_federal_list.csv.gz")
    assert sums(frame, {"valid": 0, "invalid": 0}) == {"valid": 1_430_296, "invalid": 36_297}
    assert 1_430_296 + 36_297 == 1_466_593
    assert frame["united_russia"].null_count() == 10


def test_georgia_of_2012_is_the_official_total_but_for_the_number_that_stands_twice(shared: Path) -> None:
    """1,181,862 votes for Georgian Dream: 121 and 65 of them stand under one number and cannot be told apart."""
    election = load_shipped("georgia.parliament.2012").election
    data = (shared / "data" / "ge_history" / "2012_party_list.csv.gz").read_bytes()
    read = parse_reported("2012.csv.gz", data, election, election.contests[0], 0)
    assert [one.code for one in read.issues if one.severity is Severity.ERROR] == ["T163"]
    frame = read.reported
    assert frame is not None
    assert (frame.height, frame["station"].n_unique()) == (3_695, 3_695)
    assert frame.filter(pl.col("n41").is_null())["station"].to_list() == ["39/18"]
    assert int(frame["n41"].sum()) == 1_181_862 - 121 - 65


def test_georgian_keys_meet(shared: Path) -> None:
    """All 3,095 official precincts have a protocol of volunteers under one key; in 4 a list's votes differ."""
    name = "georgia.parliament.2024"
    official = published(shared, name, "ge2024/cec_official.csv.gz")
    lists = [one.id for one in load_shipped(name).election.contests[0].contestants]
    assert int(official.select(pl.sum_horizontal(lists).sum()).item()) == 2_061_317
    both = official.join(copies(shared, name, "ge2024/volunteers_clean.csv.gz"), on="station", suffix="_copy")
    differ = both.filter(pl.any_horizontal(pl.col(one) != pl.col(f"{one}_copy") for one in lists))
    assert (both.height, differ.height) == (3_095, 4)


def bundestag(shared: Path, file: str) -> dict[str, int]:
    """Return the federal figures of one publication by cell."""
    election = load_shipped("germany.bundestag.2025").election
    data = (shared / "data" / "de2025" / file).read_bytes()
    figures = parse_reported(file, data, election, election.contests[0], 0).figures
    assert figures["area"].n_unique() == 316
    return dict(figures.filter(area="de").select("cell", "value").iter_rows())


def test_bundestag_of_2025_from_the_definition(shared: Path) -> None:
    """630 seats exact with the SSW exempt; BSW 9,529 votes short of 5 %, and 34 seats for it had it passed."""
    contest = load_shipped("germany.bundestag.2025").election.contests[0]
    final = bundestag(shared, "second_votes_final_20250314.csv.gz")
    votes = {name: final[name] for name in contest.seat_takers}
    found = allocate(contest.rule, votes, final["valid"])
    data = json.loads((shared / "data" / "de2025" / "seats_official.json").read_text(encoding="utf-8"))
    official = {name.casefold(): seats for name, seats in data["seats_2025_official"].items()}
    headers = {
        cell: header.casefold() for cell, header in load_shipped("germany.bundestag.2025").election.layouts[0].cells
    }
    assert {headers[one.contestant]: one.seats for one in found.lists if one.seats} == official
    short = Fraction(5, 100) * final["valid"] - votes["bsw"]
    assert 9_528 < short <= 9_529
    moved = {**votes, "fdp": votes["fdp"] - 9_529, "bsw": votes["bsw"] + 9_529}  # from a list that has no seats
    one_less = {**moved, "fdp": moved["fdp"] + 1, "bsw": moved["bsw"] - 1}
    assert allocate(contest.rule, one_less, final["valid"]).seats_of("bsw") == 0
    passed = allocate(contest.rule, moved, final["valid"])
    assert passed.seats_of("bsw") == 34
    assert bundestag(shared, "second_votes_preliminary_20250224.csv.gz")["bsw"] == 2_468_670
    assert votes["bsw"] == 2_472_947


def test_bundestag_of_2025_from_preliminary_to_final_through_the_whole_check(shared: Path) -> None:
    """BSW is 13,435 votes short by the preliminary result and 9,529 by the final one; 630 seats by both."""
    names = ("second_votes_preliminary_20250224.csv.gz", "second_votes_final_20250314.csv.gz")
    tables = [(one, (shared / "data" / "de2025" / one).read_bytes()) for one in names]
    definition = load_shipped("germany.bundestag.2025")
    for reported, moved in ((tables[:1], 13_435), (tables, 9_529)):
        verdict = derive(make_record(definition, reported=reported))
        (contest,) = verdict.contests
        (bsw,) = [one for one in contest.thresholds if one.contestant == "bsw"]
        assert (bsw.legal, bsw.passes, bsw.moved) == (True, False, moved)
        assert contest.seats.allocation is not None
        assert sum(one.seats for one in contest.seats.allocation.lists) == 630
        assert not verdict.contradicts


SPANISH_DAYS = ("1977-06-15", "1982-10-28", "1996-03-03", "2008-03-09", "2016-06-26")


@pytest.mark.parametrize("day", SPANISH_DAYS)
def test_spanish_districts_match_through_the_whole_check(shared: Path, day: str) -> None:
    """All 52 districts and the 350 seats are those announced; Tenerife contradicts itself in 1977, which is told."""
    data = (shared / "data" / "seats" / "spain_congress_districts.csv.gz").read_bytes()
    definition = load_shipped("spain.congress", {"date": day})
    verdict = derive(make_record(definition, reported=[("spain_congress_districts.csv.gz", data)]))
    contest = verdict.contests[0]
    wrong = ["Santa Cruz de Tenerife"] if day == "1977-06-15" else []
    assert len(contest.districts) == 52
    assert [one.area for one in contest.districts if one.agrees is not True] == wrong
    assert [(one.code, one.where.area) for one in verdict.issues if one.code[0] in "LRD"] == [
        ("L109", area) for area in wrong
    ]
    assert contest.seats.allocation is not None
    assert sum(one.seats for one in contest.seats.allocation.lists) == 350
    assert sum(one.seats for one in contest.seats.announced) == 350
    assert (contest.seats.agrees, verdict.contradicts) == (not wrong, bool(wrong))
    assert verdict.election == f"spain.congress.{day}"
