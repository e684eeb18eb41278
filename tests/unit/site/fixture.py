"""A hand-made verdict of Kazakhstan 2012 with every part filled: real totals, made-up copies of one city.

It is built from the shared nouns alone, so that the tests of the door do not depend on any room that counts.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import polars as pl

from secondcount.allocation.result import Allocation, ListResult, Outcome
from secondcount.audit.result import (
    Assertion,
    AssertionKind,
    Assessment,
    Bound,
    Certificate,
    Completion,
    FalseSheets,
    Feasible,
    Further,
    Margin,
    Needs,
    Standing,
)
from secondcount.model.claim import Claim, ShareClaim
from secondcount.model.election import Contest, Contestant, ContestantKind, Election
from secondcount.model.form import Form, Line, Role
from secondcount.model.geography import Area, Geography, Level
from secondcount.model.issue import Issue, Severity, Where
from secondcount.model.labels import Labels
from secondcount.model.publication import Publication, Stage
from secondcount.model.record import Input, Record
from secondcount.model.rule import Base, Comparison, Method, Rule, Threshold, Ties
from secondcount.model.tables import FIGURES, sheet_schema
from secondcount.tabulation.result import AreaSum, CellSum, Coverage, Held, HeldKind
from secondcount.verdict.result import (
    Announced,
    BaseTotal,
    ClaimVerdict,
    ContestVerdict,
    Counterfactual,
    PublishedFigure,
    SeatsVerdict,
    ShareRow,
    Statement,
    ThresholdTest,
    Verdict,
)

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


def allocation() -> Allocation:
    """Return 83, 8 and 7 seats with the quotients of domain.md 1.3."""
    passing = sum(VOTES[one] for one in ("nur_otan", "ak_zhol", "cppk"))
    quota = Fraction(passing, 98)
    extra = {"nur_otan": 1, "ak_zhol": 1, "cppk": 0}
    lists = []
    for one, votes in VOTES.items():
        passes = one in extra
        quotient = votes / quota if passes else None
        whole = int(quotient) if quotient is not None else 0
        lists.append(
            ListResult(
                contestant=one,
                votes=votes,
                passes=passes,
                quotient=quotient,
                whole=whole,
                remainder=quotient - whole if quotient is not None else None,
                extra=extra.get(one, 0),
                seats=whole + extra.get(one, 0),
            )
        )
    return Allocation(
        outcome=Outcome.DECIDED, house=98, lists=tuple(lists), base_total=ALL, passing_total=passing, quota=quota
    )


def margin(kind: AssertionKind, winner: str, loser: str, moved: int, added: int) -> Margin:
    """Return one margin; the coefficients do not matter to the door."""
    assertion = Assertion(kind=kind, winner=winner, loser=loser, coefficients=(), share=SEVEN, base="party_votes")
    ends = (winner, loser or "nur_otan")
    return Margin(assertion=assertion, value=1, moved=moved, added=added, moved_from=ends[0], moved_to=ends[1])


def seats() -> SeatsVerdict:
    """Return seats that agree with the announced ones."""
    return SeatsVerdict(
        allocation=allocation(),
        announced=tuple(
            Announced(contestant=one, seats=number, publication="final")
            for one, number in (("nur_otan", 83), ("ak_zhol", 8), ("cppk", 7))
        ),
        agrees=True,
        margins=(
            margin(AssertionKind.REMAINDER, "ak_zhol", "cppk", 9_809, 19_418),
            margin(AssertionKind.REACHES, "cppk", "", 12_903, 184_324),
            margin(AssertionKind.REMAINDER, "nur_otan", "cppk", 21_029, 41_630),
            margin(AssertionKind.REACHES, "ak_zhol", "", 32_520, 464_566),
            margin(AssertionKind.FAILS, "osdp", "", 369_352, 397_153),
        ),
        counterfactuals=(Counterfactual(without="cppk", seats=(("nur_otan", 90), ("ak_zhol", 8))),),
    )


def share_rows() -> tuple[ShareRow, ...]:
    """Return votes, shares of the published base, and the printed percentages."""
    return tuple(
        ShareRow(
            contestant=one,
            votes=votes,
            shares=(("party_votes", Fraction(votes, ALL)),),
            published=(
                PublishedFigure(publication="preliminary", quantity="share", value=EARLY[one], decimals=2),
                PublishedFigure(publication="final", quantity="count", value=votes, decimals=0),
                PublishedFigure(publication="final", quantity="share", value=FINAL[one], decimals=2),
            ),
        )
        for one, votes in VOTES.items()
    )


def thresholds() -> tuple[ThresholdTest, ...]:
    """Return every list on both bases."""
    found = []
    for one, votes in VOTES.items():
        distance = votes - SEVEN * ALL
        passes = distance >= 0
        found.append(
            ThresholdTest(
                contestant=one,
                base="party_votes",
                legal=False,
                votes=votes,
                base_total=ALL,
                passes=passes,
                margin=distance,
                moved=int(distance) + 1 if passes else int(-distance) + 1,
                added=None if passes else int(-distance / (1 - SEVEN)) + 1,
                break_even_base=votes / SEVEN,
            )
        )
        found.append(
            ThresholdTest(
                contestant=one,
                base="took_part",
                legal=True,
                votes=votes,
                base_total=None,
                passes=passes,
                margin=None,
                moved=None,
                added=None,
                break_even_base=votes / SEVEN,
            )
        )
    return tuple(found)


def share_assertion(kind: AssertionKind, of: int, rest: int) -> Assertion:
    """Return a threshold assertion on the party votes."""
    coefficients = tuple((one, of if one == "osdp" else rest) for one in VOTES)
    return Assertion(kind=kind, winner="osdp", loser="", coefficients=coefficients, share=SEVEN, base="party_votes")


def city_claim() -> ClaimVerdict:
    """Return the claim, proved in the city with k under TURNOUT, open under CAP."""
    copies = tuple(CITY.items())
    total = sum(CITY.values())
    unseen = 90_000
    on_copies = 93 * CITY["osdp"] - 7 * (total - CITY["osdp"])
    bound = Bound(
        assertion=share_assertion(AssertionKind.REACHES, 93, -7),
        on_copies=on_copies,
        worst_coefficient=-7,
        unseen=unseen,
        least=on_copies - 7 * unseen,
    )
    proved = assessment("almaty", Feasible.TURNOUT, Standing.PROVED, 120, 412)
    proved = Assessment(
        **{
            **fields(proved),
            "lower": Fraction(CITY["osdp"], total + unseen),
            "upper": Fraction(CITY["osdp"] + unseen, total + unseen),
            "certificate": Certificate(bounds=(bound,)),
            "false_sheets": FalseSheets(k=31, exact=True, stations=("101", "102", "103")),
            "copies": copies,
            "unseen": unseen,
        }
    )
    cap = assessment("almaty", Feasible.CAP, Standing.NOT_DECIDED, 120, 412)
    cap = Assessment(
        **{
            **fields(cap),
            "lower": Fraction(CITY["osdp"], total + 500_000),
            "upper": Fraction(CITY["osdp"] + 500_000, total + 500_000),
            "witnesses": witnesses(CITY, 500_000),
            "copies": copies,
            "unseen": 500_000,
            "base": tuple(VOTES),
        }
    )
    return ClaimVerdict(
        claim=claim(),
        area="almaty",
        assessments=(proved, cap),
        headline_level=3,
        decided_by_turnout="proved",
        decided_by_cap="not_decided",
    )


def witnesses(copies: dict[str, int], unseen: int) -> tuple[Completion, ...]:
    """Return all unseen votes for the claimed list, and all of them for the largest."""
    return tuple(
        Completion(totals=tuple((one, n + (unseen if one == who else 0)) for one, n in copies.items()), holds=holds)
        for who, holds in (("osdp", True), ("nur_otan", False))
    )


def fields(one: Assessment) -> dict[str, object]:
    """Return the fields of an assessment by name."""
    return {name: getattr(one, name) for name in Assessment.__dataclass_fields__}


def assessment(area: str, feasible: Feasible, standing: Standing, sheets: int, stations: int | None) -> Assessment:
    """Return an assessment with only its head."""
    return Assessment(
        claim=claim(),
        area=area,
        level=3,
        sheets=sheets,
        stations=stations,
        feasible=feasible,
        standing=standing,
        lower=None,
        upper=None,
    )


def national_claim() -> ClaimVerdict:
    """Return the claim for the whole country: open, with needs and further protocols."""
    total = sum(CITY.values())
    unseen = ALL - total
    open_one = assessment("kz", Feasible.TURNOUT, Standing.NOT_DECIDED, 120, 9764)
    turnout = Assessment(
        **{
            **fields(open_one),
            "lower": Fraction(CITY["osdp"], ALL),
            "upper": Fraction(CITY["osdp"] + unseen, ALL),
            "witnesses": witnesses(CITY, unseen),
            "copies": tuple(CITY.items()),
            "unseen": unseen,
            "base": tuple(VOTES),
            "needs": Needs(
                votes=464_009,
                unseen_total=unseen,
                stations=9644,
                share=Fraction(464_009, unseen),
                official_votes=94_657,
                official_share=Fraction(94_657, unseen),
                seen_share=Fraction(CITY["osdp"], total),
                gain_ratio=Fraction(1, 4),
                hidden_gain=Fraction(383, 10),
                official_elsewhere=Fraction(193, 10_000),
            ),
            "further": Further(
                prove_best=650,
                prove_like_seen=2_900,
                refute_best=8_700,
                refute_like_official=8_850,
                first=("astana", "akmola"),
            ),
        }
    )
    cap = assessment("kz", Feasible.CAP, Standing.NOT_DECIDED, 120, 9764)
    return ClaimVerdict(
        claim=claim(),
        area="kz",
        assessments=(turnout, cap),
        headline_level=3,
        decided_by_turnout="not_decided",
        decided_by_cap="",
    )


def statements() -> tuple[Statement, ...]:
    """Return local headlines, then national ones."""
    exceeds: tuple[tuple[str, int | str], ...] = (
        ("area", "almaty"),
        ("contestant", "osdp"),
        ("copies_sum", 21_877),
        ("official", 19_034),
        ("excess", 2_843),
        ("seen", 120),
        ("expected", 412),
        ("publication", "final"),
        ("k", 9),
    )
    proved: tuple[tuple[str, int | str], ...] = (
        ("claim", "OSDP >= 7%"),
        ("area", "almaty"),
        ("sheets", 120),
        ("stations", 412),
        ("phrase_from", "statement.from_known"),
        ("base", "party_votes"),
        ("phrase_base", "statement.of_base"),
        ("level", 3),
        ("k", 31),
        ("contestant", "osdp"),
    )
    open_one: tuple[tuple[str, int | str | Fraction], ...] = (
        ("claim", "OSDP >= 7%"),
        ("area", "kz"),
        ("sheets", 120),
        ("stations", 9764),
        ("phrase_from", "statement.from_known"),
        ("base", "party_votes"),
        ("phrase_base", "statement.of_base"),
        ("contestant", "osdp"),
        ("votes", 464_009),
        ("unseen_total", 6_879_278),
        ("need_share", Fraction(464_009, 6_879_278)),
    )
    return (
        Statement(key="exceeds", tone="contradiction", area="almaty", values=exceeds, conditional=True),
        Statement(key="claim_proved_turnout", tone="proved", area="almaty", values=proved, conditional=True),
        Statement(key="claim_open_needs", tone="open", area="kz", values=open_one),
        Statement(key="seats_agree", tone="consistent", area="kz", values=(("house", 98), ("seats", "83/8/7"))),
        Statement(
            key="closest_seat",
            tone="fact",
            area="kz",
            values=(("contestant", "ak_zhol"), ("contestant_other", "cppk"), ("moved", 9_809)),
        ),
        Statement(key="publications_contradict", tone="contradiction", area="kz", values=(("count", 2),)),
    )


def issues() -> tuple[Issue, ...]:
    """Return one issue of each kind whose sentence the shipped catalogues know."""
    place = Where(contest="list", cell="cppk", publication="final")
    announced = (("contestant", "cppk"), ("announced", 7), ("computed", 8))
    base = (("contestant", "cppk"), ("base", "took_part"), ("break_even", Fraction(49_878_800, 7)))
    return (
        Issue(code="L101", severity=Severity.CONTRADICTION, where=place, values=announced),
        Issue(code="L106", severity=Severity.NOTE, where=Where(contest="list", cell="cppk"), values=base),
        Issue(
            code="X109",
            severity=Severity.ERROR,
            where=Where(file="copies.csv", line=12, column="osdp"),
            values=(("file", "copies.csv"), ("megabytes", 90), ("allowed", 64)),
        ),
        Issue(code="L104", severity=Severity.UNUSUAL, where=Where(contest="list")),
    )


def contest_verdict(*, copies: bool = True) -> ContestVerdict:
    """Return everything derived for the contest."""
    seen = Coverage(
        area="almaty",
        seen=120,
        expected=412,
        by_level=(120, 118, 90, 70, 20),
        conflicting=2,
        votes_seen=61_942,
        votes_official=240_000,
    )
    unknown = Coverage(
        area="astana",
        seen=6,
        expected=None,
        by_level=(6, 6, 0, 0, 0),
        conflicting=0,
        votes_seen=2_100,
        votes_official=None,
    )
    whole = Coverage(
        area="kz",
        seen=126,
        expected=9764,
        by_level=(126, 124, 90, 70, 20),
        conflicting=2,
        votes_seen=64_042,
        votes_official=ALL,
    )
    sums = AreaSum(
        area="almaty",
        stations=120,
        cells=tuple(CellSum(cell=one, total=total, read=120, unread=0) for one, total in CITY.items()),
    )
    return ContestVerdict(
        contest="list",
        official="final",
        share_rows=share_rows(),
        bases=(
            BaseTotal(base="party_votes", total=ALL, publication="final", least=ALL, most=ALL),
            BaseTotal(base="took_part", total=None, least=6_941_220, most=7_125_482),
        ),
        thresholds=thresholds(),
        seats=seats(),
        coverage=(seen, unknown, whole) if copies else (),
        sums=(sums,) if copies else (),
        held=held() if copies else (),
        claims=(city_claim(), national_claim()) if copies else (),
    )


def held() -> tuple[Held, ...]:
    """Return a certain contradiction and a remainder."""
    return (
        Held(
            kind=HeldKind.EXCEEDS,
            area="almaty",
            cell="osdp",
            publication="final",
            copies_sum=21_877,
            official=19_034,
            seen=120,
            expected=412,
            remainder=-2_843,
            k=9,
        ),
        Held(
            kind=HeldKind.REMAINDER,
            area="almaty",
            cell="nur_otan",
            publication="final",
            copies_sum=30_112,
            official=150_000,
            seen=120,
            expected=412,
            remainder=119_888,
            k=None,
        ),
    )


def verdict(*, copies: bool = True) -> Verdict:
    """Return the whole verdict; without copies it is the official figures alone and nothing is made up."""
    inputs = record(copies=copies).inputs
    return Verdict(
        format="secondcount.verdict/1",
        derivation="1",
        election="kazakhstan.majilis.2012",
        synthetic=copies,
        synthetic_parts=("file:copies.csv",) if copies else (),
        one_side="",
        statements=statements() if copies else statements()[3:],
        contests=(contest_verdict(copies=copies),),
        issues=issues(),
        inputs=inputs,
    )
