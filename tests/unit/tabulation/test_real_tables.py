"""Station tables of three countries, read in place: the counts that were published about them come out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from secondcount.model.election import Contest
from secondcount.model.form import Line, Relation, Role
from secondcount.model.tables import table_columns
from secondcount.tabulation import (
    ChangeKind,
    SnapshotComparison,
    StationComparison,
    check_sheets,
    check_snapshots,
    compare_snapshots,
    compare_stations,
)
from tabulating.elections import codes, contest_of, identity, linear, name

pytestmark = pytest.mark.shared


def line(cell: str, role: Role) -> Line:
    """Return a line of a form."""
    return Line(id=cell, role=role, labels=name(cell))


def frame(rows: pl.DataFrame, contest: Contest, publication: str, station: pl.Expr) -> pl.DataFrame:
    """Return a station table whose columns already have the names of cells; what is no whole number is unread."""
    numbers = rows.select(
        station.alias("station"),
        pl.lit(publication).alias("publication"),
        pl.lit("land").alias("area"),
        pl.concat_str(pl.lit(f"{publication}#"), pl.int_range(pl.len()).cast(pl.String)).alias("basis"),
        *(pl.col(cell).cast(pl.String).str.strip_suffix(".0").cast(pl.Int64) for cell in contest.cells),
    )
    read = (pl.when(pl.col(cell).is_null()).then(pl.lit("u")).otherwise(pl.lit("=")) for cell in contest.cells)
    return numbers.with_columns(states=pl.concat_str(*read)).select(list(table_columns(contest)))


def counts(found: SnapshotComparison | StationComparison) -> Mapping[ChangeKind, int]:
    """Return the number of stations of each class."""
    return {one.kind: one.stations for one in found.kinds}


BOLIVIA = contest_of(
    ("CC", "FPV", "MTS", "UCS", "MAS - IPSP", "21F", "PDC", "MNR", "PAN-BOL"),
    lines=(line("Inscritos", Role.REGISTERED), line("Blancos", Role.INVALID), line("Nulos", Role.INVALID)),
    identities=(),
)


@pytest.fixture(scope="module")
def bolivia(shared: Path) -> Mapping[str, pl.DataFrame]:
    """Return the two preliminary tables and the final one."""
    names = {"first": "trep_20191020_1940", "second": "trep_20191021_1829", "final": "computo_final"}
    tables = {one: pl.read_csv(shared / "data/bo2019" / f"{file}.csv.gz") for one, file in names.items()}
    station = pl.col("Número Mesa").cast(pl.String)
    return {one: frame(rows, BOLIVIA, one, station) for one, rows in tables.items()}


def test_no_station_changed_between_the_two_preliminary_tables(bolivia: Mapping[str, pl.DataFrame]) -> None:
    """Bolivia 2019: 0 of 28,975, and 3,831 more."""
    found = compare_snapshots(bolivia["first"], bolivia["second"], BOLIVIA)
    assert (found.compared, found.changed.height, found.added.height, found.removed.height) == (28_975, 0, 3_831, 0)
    assert codes(check_snapshots(found, BOLIVIA, revised=False)) == ["R410"]


def test_the_final_table_differs_from_the_second_in_706_stations(bolivia: Mapping[str, pl.DataFrame]) -> None:
    """706 of 32,806: 507 in one cell, 82 with as many ballots (44 in two cells), 160 in blank or null only, 5 zero."""
    found = compare_snapshots(bolivia["second"], bolivia["final"], BOLIVIA)
    assert (found.compared, found.changed.height, found.one_cell, found.same_ballots) == (32_806, 706, 507, 82)
    two = found.changed.filter((pl.col("ballots_change") == 0) & (pl.col("cells") == 2))
    assert two.height == 44
    kinds = counts(found)
    assert (kinds[ChangeKind.INVALID_ONLY], kinds[ChangeKind.ZERO_BEFORE]) == (160, 5)
    assert (kinds[ChangeKind.NEW_SHEET], found.removed.height) == (1_749, 0)
    net = {one.cell: one.net for one in found.net}
    assert (net["MAS - IPSP"], net["CC"]) == (3_796, 2_301)
    assert sum(one.primary for one in found.kinds) == 706 + 1_749
    assert codes(check_snapshots(found, BOLIVIA, revised=True))[0] == "R411"


def test_the_final_table_differs_from_the_first_in_549_stations(bolivia: Mapping[str, pl.DataFrame]) -> None:
    """549 of 28,975, net +2,697 and +1,903."""
    found = compare_snapshots(bolivia["first"], bolivia["final"], BOLIVIA)
    net = {one.cell: one.net for one in found.net}
    assert (found.compared, found.changed.height, net["MAS - IPSP"], net["CC"]) == (28_975, 549, 2_697, 1_903)


LISTS = tuple(f"CAND{one}" for one in (3, 4, 5, 6, 8, 9, 10, 12, 16, 17, 20, 21, 23, 25, 26, 27, 36, 41))
GEORGIA = contest_of(LISTS, lines=(), identities=())
OWN = {**{f"p_{one[4:]}": one for one in LISTS}, "f_05": "took_part", "f_06": "invalid"}
BALANCE = identity(
    "votes + invalid == took_part",
    linear((1, "invalid"), *((1, one) for one in LISTS)),
    Relation.EQUAL,
    linear((1, "took_part")),
)
BALANCED = contest_of(
    LISTS, lines=(line("took_part", Role.TOOK_PART), line("invalid", Role.INVALID)), identities=(BALANCE,)
)


@pytest.fixture(scope="module")
def georgia(shared: Path) -> Mapping[str, pl.DataFrame]:
    """Return the commission's table, the machine's readings of its images, and the volunteers' table."""
    folder = shared / "data/ge2024"
    precinct = pl.col("division_id").str.split(".").list.last().cast(pl.Int64)
    key = pl.concat_str(pl.col("district_id").cast(pl.Int64), precinct, separator="/")
    own = pl.concat_str("district", "precinct", separator="/")
    names = {"official": "cec_official", "ocr": "ocr_electronic_protocols", "volunteers": "volunteers_clean"}
    tables = {one: pl.read_csv(folder / f"{file}.csv.gz", infer_schema=False) for one, file in names.items()}
    volunteers = tables["volunteers"].rename(OWN)
    return {
        "official": frame(tables["official"], GEORGIA, "official", key),
        "ocr": frame(tables["ocr"], GEORGIA, "ocr", key),
        "volunteers": frame(volunteers, GEORGIA, "volunteers", own),
        "balanced": frame(volunteers, BALANCED, "volunteers", own),
    }


def test_exactly_four_precincts_of_the_volunteers_differ(georgia: Mapping[str, pl.DataFrame]) -> None:
    """Georgia 2024: 3,095 precincts are in both tables, and these four have other votes."""
    found = compare_snapshots(georgia["official"], georgia["volunteers"], GEORGIA)
    assert (found.compared, found.changed.height) == (3_095, 4)
    changed = found.changed.select("station", "kind", "cells", "ballots_change").rows()
    assert changed == [
        ("10/7", "one_digit", 1, -1),
        ("87/28", "one_digit", 1, 60),
        ("87/39", "one_digit", 1, 6),
        ("87/53", "ballots", 3, -2),
    ]


def test_an_unread_number_is_neither_zero_nor_different(georgia: Mapping[str, pl.DataFrame]) -> None:
    """OCR: of 40,590 cells 31,937 are equal, 3,649 differ in 1,196 precincts, 5,004 are unread (1,949 zeros)."""
    ocr, official = georgia["ocr"], georgia["official"]
    found = compare_stations(ocr, official, GEORGIA)
    assert (found.compared, found.differing.height, found.stations.height) == (2_255, 3_649, 1_196)
    unread = sum(ocr[cell].null_count() for cell in LISTS)
    zeros = official.join(ocr, on="station", suffix=":ocr").select(
        (pl.col(cell) == 0).filter(pl.col(f"{cell}:ocr").is_null()).sum() for cell in LISTS
    )
    assert (unread, sum(zeros.row(0))) == (5_004, 1_949)
    assert 2_255 * len(LISTS) - unread - found.differing.height == 31_937


def test_235_volunteer_protocols_fail_their_own_balance(georgia: Mapping[str, pl.DataFrame]) -> None:
    """Georgia 2024: 90 with more ballots than voters, 145 with fewer."""
    usable = georgia["balanced"].with_columns(level=pl.lit(1, pl.Int64))
    broken = [one for one in check_sheets(usable, BALANCED) if one.code == "S201"]
    more = sum(int(one.value("left")) > int(one.value("right")) for one in broken)
    assert (len(broken), more) == (235, 90)


BALI = contest_of(("pas1", "pas2"), lines=(), identities=())


def test_71_stations_of_bali_differ_between_volunteers_and_the_commission(shared: Path) -> None:
    """Indonesia 2019: the 71 that the summary by province has, of 12,339 stations with both counts."""
    rows = pl.read_csv(shared / "data/id2019_kawalpemilu/bali.csv.gz", infer_schema=False)
    station = pl.concat_str("kab", "kec", "kel", "tps", separator="/")
    copies, table = (
        frame(rows.rename({f"{side}_{one}": one for one in BALI.cells}), BALI, side, station) for side in ("cr", "kpu")
    )
    read = copies.filter(pl.all_horizontal(pl.col(BALI.cells).is_not_null()))
    found = compare_stations(read, table, BALI)
    assert (found.compared, found.stations.height) == (12_339, 71)
