"""Law: commissions' own files are read as they stand, by a layout alone: every station, every total."""

from __future__ import annotations

import gzip
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from intaking.election import ELECTION
from secondcount.intake import parse_reported, parse_sheets
from secondcount.model.election import Contest, Contestant, ContestantKind, Election
from secondcount.model.form import Form, Line, Role
from secondcount.model.geography import Area, Geography, Level
from secondcount.model.issue import Severity
from secondcount.model.labels import Labels
from secondcount.model.layout import KeyPart, Layout
from secondcount.model.rule import Base, Comparison, Method, Rule, Threshold, Ties

pytestmark = pytest.mark.shared


def election(lines: tuple[str, ...], lists: tuple[str, ...], levels: tuple[str, ...], layout: Layout) -> Election:
    """Return an election with these protocol lines, contestants and levels below the country, and one layout."""
    contest = Contest(
        id="list",
        labels=Labels(en="Lists"),
        contestants=tuple(
            Contestant(id=one, labels=Labels(en=one.upper()), kind=ContestantKind.LIST) for one in lists
        ),
        rule=Rule(
            method=Method.HARE,
            seats=9,
            ties=Ties.SILENT,
            threshold=Threshold(share=Fraction(7, 100), base="votes", comparison=Comparison.AT_LEAST),
        ),
        bases=(Base(id="votes", labels=Labels(en="votes"), cells=lists),),
        share_base="votes",
        form=Form(
            lines=tuple(Line(id=one, role=Role.OTHER, labels=Labels(en=f"line {one}")) for one in lines),
            identities=(),
        ),
    )
    geography = Geography(
        levels=tuple(Level(id=one, labels=Labels(en=one)) for one in ("country", *levels)),
        areas=(Area(id="land", level="country", labels=Labels(en="Land")),),
    )
    return replace(ELECTION, contests=(contest,), geography=geography, layouts=(layout,))


BOLIVIA = Layout(
    id="mesas",
    serves="both",
    station=(KeyPart(column="Número Mesa"),),
    areas=(
        ("state", "País"),
        ("department", "Departamento"),
        ("province", "Provincia"),
        ("municipality", "Municipio"),
        ("place", "Localidad"),
    ),
    cells=(
        ("registered", "Inscritos"),
        ("blank", "Blancos"),
        ("null", "Nulos"),
        ("cc", "CC"),
        ("mas", "MAS - IPSP"),
        ("fpv", "FPV"),
        ("mts", "MTS"),
        ("ucs", "UCS"),
        ("f21", "21F"),
        ("pdc", "PDC"),
        ("mnr", "MNR"),
        ("pan", "PAN-BOL"),
    ),
    level=1,
)
INDONESIA_AREAS = (("province", "prov"), ("regency", "kab"), ("district", "kec"), ("village", "kel"))
INDONESIA_KEY = tuple(KeyPart(column=one) for one in ("kab", "kec", "kel", "tps"))
KPU = Layout(
    id="kpu",
    serves="reported",
    station=INDONESIA_KEY,
    areas=INDONESIA_AREAS,
    cells=tuple((one, f"kpu_{one}") for one in ("pas1", "pas2", "sah", "tSah", "jum")),
)
CROWD = replace(
    KPU,
    id="crowd",
    serves="sheets",
    level=1,
    cells=tuple((one, f"cr_{one}") for one in ("pas1", "pas2", "sah", "tSah", "jum")),
)
CASES = {
    "bo2019/computo_final.csv.gz": (
        election(
            ("registered", "blank", "null"),
            ("cc", "mas", "fpv", "mts", "ucs", "f21", "pdc", "mnr", "pan"),
            ("state", "department", "province", "municipality", "place"),
            BOLIVIA,
        ),
        34_555,
        {"mas": 2_889_359, "cc": 2_240_920, "registered": 7_315_364, "blank": 93_507, "null": 229_337},
    ),
    "ge2024/cec_official.csv.gz": (
        election(
            ("registered",),
            ("gd",),
            ("district",),
            Layout(
                id="precincts",
                serves="reported",
                station=(
                    KeyPart(column="district_id", number=True),
                    KeyPart(column="division_id", pattern=r"\.([0-9]+)$", number=True),
                ),
                areas=(("district", "district_id"),),
                cells=(("registered", "total_registered_voters"), ("gd", "CAND41")),
            ),
        ),
        3_095,
        {"gd": 1_118_736},
    ),
    "mx/mx2012_casillas.csv.gz": (
        election(
            ("total",),
            ("pri", "pan", "prd"),
            ("state", "district"),
            Layout(
                id="casillas",
                serves="both",
                station=(KeyPart(column="casilla_id"),),
                areas=(("state", "edo_id"), ("district", "distrito_fed_12")),
                cells=(("total", "total"), ("pri", "pri_pvem"), ("pan", "pan"), ("prd", "prd_pt_mc")),
            ),
        ),
        143_132,
        {"pri": 19_220_407, "prd": 15_881_019, "pan": 12_769_479, "total": 50_282_086},
    ),
    "ru/ru2011.csv.gz": (
        election(
            ("registered",),
            ("leader",),
            ("region", "tik"),
            Layout(
                id="uik",
                serves="reported",
                station=tuple(KeyPart(column=one) for one in ("region", "tik", "uik")),
                areas=(("region", "region"), ("tik", "tik")),
                cells=(("registered", "registered"), ("leader", "leader")),
            ),
        ),
        95_225,
        {"registered": 109_229_337, "leader": 32_371_737},
    ),
    "ru_spb2021/uik_federal_list.csv.gz": (
        election(
            ("registered", "valid", "invalid"),
            ("er",),
            (),
            Layout(
                id="uik",
                serves="reported",
                station=(KeyPart(column="uik"),),
                cells=(
                    ("registered", "registered"),
                    ("valid", "valid"),
                    ("invalid", "invalid"),
                    ("er", "p_ЕР"),
                ),
            ),
        ),
        2_053,
        {"er": 513_120},
    ),
    "id2019_kawalpemilu/bali.csv.gz": (
        election(("sah", "tSah", "jum"), ("pas1", "pas2"), ("province", "regency", "district", "village"), KPU),
        12_386,
        {},
    ),
}


@pytest.mark.parametrize("file", CASES)
def test_a_commissions_file_is_read_as_it_stands(file: str, shared: Path) -> None:
    """Every row is a station, sums are the ones that PROVENANCE.txt states, and nothing is an error."""
    land, stations, totals = CASES[file]
    path = shared / "data" / file
    read = parse_reported(path.name, path.read_bytes(), land, land.contests[0], 0)
    assert read.reported is not None
    assert read.reported.height == stations
    assert {cell: read.reported[cell].sum() for cell in totals} == totals
    assert [one.code for one in read.issues if one.severity is Severity.ERROR] == []
    made = {one.id for one in read.areas} | {"land"}
    assert set(read.reported["area"].unique()) <= made
    assert {one.parent for one in read.areas} <= made


def test_one_file_serves_both_sides(shared: Path) -> None:
    """Asked as published figures the commission's columns are read, asked as copies the crowd's."""
    land = replace(CASES["id2019_kawalpemilu/bali.csv.gz"][0], layouts=(KPU, CROWD))
    path = shared / "data/id2019_kawalpemilu/bali.csv.gz"
    published = parse_reported(path.name, path.read_bytes(), land, land.contests[0], 0).reported
    copies = parse_sheets(path.name, path.read_bytes(), land, land.contests[0]).frame
    assert published is not None
    assert published["station"].to_list() == copies["station"].to_list()
    both = published.join(copies, on="station", suffix="_crowd").filter(published["pas1"] != copies["pas1"])
    assert 0 < both.height < published.height
    text = gzip.decompress(path.read_bytes()).decode().splitlines()
    head, first = text[0].split(","), text[1].split(",")
    row = dict(zip(head, first, strict=True))
    assert f"{published['pas1'][0]}.0" == row["kpu_pas1"]
    assert f"{copies['pas1'][0]}.0" == row["cr_pas1"]
    assert set(copies["level"].unique()) == {1}
