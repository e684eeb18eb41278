"""The record behind the fixture: Kazakhstan 2012 with three of its regions, four publications, made-up copies."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import polars as pl

from secondcount.model.claim import Claim, ShareClaim
from secondcount.model.election import Contest, Contestant, ContestantKind, Election
from secondcount.model.form import Form, Line, Role
from secondcount.model.geography import Area, Geography, Level
from secondcount.model.labels import Labels
from secondcount.model.publication import Publication, Stage
from secondcount.model.record import Input, Record
from secondcount.model.rule import Base, Comparison, Method, Rule, Threshold, Ties
from secondcount.model.tables import FIGURES, sheet_schema

SEVEN = Fraction(7, 100)
VOTES = {
    "nur_otan": 5_621_436,
    "ak_zhol": 518_405,
    "cppk": 498_788,
    "osdp": 116_534,
    "auyl": 82_623,
    "patriots": 57_732,
    "adilet": 45_702,
}
NAMES = {
    "nur_otan": ("Nur Otan", "Нур Отан", "Нұр Отан"),
    "ak_zhol": ("Ak Zhol", "Ак жол", "Ақ жол"),
    "cppk": ("Communist People's Party", "Коммунистическая народная партия", "Коммунистік халық партиясы"),
    "osdp": ("OSDP", "ОСДП", "ЖСДП"),
    "auyl": ("Auyl", "Ауыл", "Ауыл"),
    "patriots": ("Party of Patriots", "Партия патриотов", "Патриоттар партиясы"),
    "adilet": ("Adilet", "Адилет", "Әділет"),
}
FINAL = {"nur_otan": 8099, "ak_zhol": 747, "cppk": 719, "osdp": 168, "auyl": 119, "patriots": 83, "adilet": 66}
EARLY = {"nur_otan": 8074, "ak_zhol": 746, "cppk": 720, "osdp": 159, "auyl": 146, "patriots": 89, "adilet": 66}
CITY = {
    "nur_otan": 30_112,
    "ak_zhol": 4_205,
    "cppk": 3_911,
    "osdp": 21_877,
    "auyl": 702,
    "patriots": 655,
    "adilet": 480,
}
ALL = sum(VOTES.values())
AREAS = (
    ("kz", "country", None, 9764, ("Kazakhstan", "Казахстан", "Қазақстан")),
    ("almaty", "region", "kz", 412, ("Almaty city", "город Алматы", "Алматы қаласы")),
    ("astana", "region", "kz", None, ("Astana", "Астана", "Астана")),
    ("akmola", "region", "kz", None, ("Akmola region", "Акмолинская область", "Ақмола облысы")),
)


def labels(names: tuple[str, str, str]) -> Labels:
    """Return a name in three languages."""
    return Labels(en=names[0], ru=names[1], kk=names[2])


def contest() -> Contest:
    """Return the contest: seven lists, 98 seats, 7 % of the voters who took part."""
    rule = Rule(
        method=Method.HARE,
        seats=98,
        ties=Ties.SILENT,
        threshold=Threshold(share=SEVEN, base="took_part", comparison=Comparison.AT_LEAST, source="Art. 97-1(1)"),
        source="Art. 97-1(1) and (3)",
    )
    took_part = Line(
        id="took_part", role=Role.TOOK_PART, labels=labels(("Voters who took part", "Приняли участие", "Қатысқандар"))
    )
    return Contest(
        id="list",
        labels=labels(("98 seats by party list", "98 мандатов по спискам", "Тізім бойынша 98 мандат")),
        contestants=tuple(
            Contestant(id=one, labels=labels(names), kind=ContestantKind.LIST) for one, names in NAMES.items()
        ),
        rule=rule,
        bases=(
            Base(
                id="party_votes",
                labels=labels(("votes for the lists", "голоса за списки", "тізімдерге берілген дауыстар")),
                cells=tuple(NAMES),
            ),
            Base(
                id="took_part",
                labels=labels(("voters who took part", "принявшие участие", "дауыс беруге қатысқандар")),
                cells=("took_part",),
            ),
        ),
        share_base="party_votes",
        form=Form(lines=(took_part,), identities=()),
    )


def election() -> Election:
    """Return the election with a country and three of its regions."""
    return Election(
        id="kazakhstan.majilis.2012",
        labels=labels(
            (
                "Kazakhstan: Majilis election of 15 January 2012",
                "Казахстан: выборы в Мажилис 15 января 2012 года",
                "Қазақстан: 2012 жылғы 15 қаңтардағы Мәжіліс сайлауы",
            )
        ),
        country="kz",
        voting_day=date(2012, 1, 15),
        timezone="Asia/Almaty",
        contests=(contest(),),
        geography=Geography(
            levels=(
                Level(id="country", labels=labels(("country", "страна", "ел"))),
                Level(id="region", labels=labels(("region", "область", "облыс"))),
            ),
            areas=tuple(
                Area(id=one, level=level, parent=parent, stations=stations, labels=labels(names))
                for one, level, parent, stations, names in AREAS
            ),
        ),
    )


def publications() -> tuple[Publication, ...]:
    """Return turnout at two hours, the preliminary and the final result."""
    told = (
        ("turnout-1200", Stage.VOTING, ("Turnout at 12:00", "Явка на 12:00", "Қатысу, 12:00"), None),
        ("turnout-2000", Stage.VOTING, ("Turnout at 20:00", "Явка на 20:00", "Қатысу, 20:00"), None),
        (
            "preliminary",
            Stage.PRELIMINARY,
            ("Preliminary result", "Предварительные итоги", "Алдын ала қорытынды"),
            datetime(2012, 1, 16, 6, 38, tzinfo=UTC),
        ),
        ("final", Stage.FINAL, ("Final result", "Окончательные итоги", "Түпкілікті қорытынды"), datetime(2012, 1, 17)),
    )
    return tuple(
        Publication(
            id=one,
            issuer="Central Election Commission",
            stage=stage,
            labels=labels(names),
            published=when,
            sources=("a newspaper",),
        )
        for one, stage, names, when in told
    )


def figures() -> pl.DataFrame:
    """Return published turnout of the areas at two hours."""
    turnout = {
        "turnout-1200": {"kz": 353, "almaty": 64, "astana": 109, "akmola": 447},
        "turnout-2000": {"kz": 751, "almaty": 414, "astana": 533, "akmola": 780},
    }
    rows = [
        (publication, "", area, "turnout", "", "", value, 1, 1, "a newspaper", "f#1")
        for publication, areas in turnout.items()
        for area, value in areas.items()
    ]
    return pl.DataFrame(rows, schema=FIGURES, orient="row")


def sheets() -> pl.DataFrame:
    """Return one row of copies: the door reads only who collected them."""
    schema = sheet_schema(contest())
    row = {"station": "101", "area": "almaty", "copy": 1, "version": 1, "level": 3, "collector": "OSDP observers"}
    return pl.DataFrame([{**dict.fromkeys(schema), **row}], schema=schema)


def record(*, copies: bool = True) -> Record:
    """Return the record that the verdict speaks of."""
    made = Input(name="copies.csv", digest="b" * 64, rows=120, kind="sheets", synthetic=True)
    definition = Input(name="kazakhstan.majilis.2012.toml", digest="a" * 64, rows=73, kind="definition")
    return Record(
        election=election(),
        publications=publications(),
        figures=figures(),
        sheets={"list": sheets()} if copies else {},
        claims=(claim(),),
        inputs=(definition, made) if copies else (definition,),
        synthetic=("file:copies.csv",) if copies else (),
    )


def claim() -> Claim:
    """Return the claim of the founding story."""
    body = ShareClaim(contestant="osdp", comparison=Comparison.AT_LEAST, share=SEVEN)
    return Claim(text="OSDP >= 7%", contest="list", body=body)
