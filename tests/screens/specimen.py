"""A hand-made record and verdict that touch every section of the screen; figures are those of no election."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from secondcount.allocation.result import Allocation, ListResult, Outcome
from secondcount.audit.result import (
    Assertion,
    AssertionKind,
    Assessment,
    FalseSheets,
    Feasible,
    Further,
    Margin,
    Needs,
    Refusal,
    Standing,
)
from secondcount.model.claim import Claim, ShareClaim
from secondcount.model.codes import make_issue
from secondcount.model.election import Contest, Contestant, ContestantKind, Election
from secondcount.model.form import Form, Line, Role
from secondcount.model.geography import Area, Geography, Level
from secondcount.model.issue import Where
from secondcount.model.labels import Labels
from secondcount.model.publication import Publication, Stage
from secondcount.model.record import Record
from secondcount.model.rule import Base, Comparison, Method, Rule, Threshold, Ties
from secondcount.tabulation.result import Coverage
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

VOTES = {"nur": 5_621_436, "zhol": 518_405, "osdp": 116_534}
VALID = 6_941_220
SHARE = Fraction(7, 100)


def labels(en: str, ru: str, kk: str) -> Labels:
    return Labels(en=en, ru=ru, kk=kk)


def contestant(name: str, en: str, ru: str, kk: str) -> Contestant:
    return Contestant(
        id=name,
        labels=labels(f"{en} Party", f"Партия «{ru}»", f"«{kk}» партиясы"),
        short=labels(en, ru, kk),
        kind=ContestantKind.LIST,
    )


CONTEST = Contest(
    id="list",
    labels=labels("Party lists", "Партийные списки", "Партиялық тізімдер"),
    contestants=(
        contestant("nur", "Nur Otan", "Нур Отан", "Нұр Отан"),
        contestant("zhol", "Ak Zhol", "Ак жол", "Ақ жол"),
        contestant("osdp", "OSDP", "ОСДП", "ЖСДП"),
    ),
    rule=Rule(
        method=Method.HARE,
        seats=98,
        ties=Ties.ORDER,
        tie_order=("nur", "zhol", "osdp"),
        threshold=Threshold(share=SHARE, base="took_part", comparison=Comparison.AT_LEAST),
    ),
    bases=(
        Base(
            id="valid",
            labels=labels("votes for the lists", "голоса за списки", "тізімдерге берілген дауыстар"),
            cells=(),
        ),
        Base(
            id="took_part",
            labels=labels("voters who took part", "избиратели, принявшие участие", "дауыс беруге қатысқандар"),
            cells=("took_part",),
        ),
    ),
    share_base="valid",
    form=Form(
        lines=(Line(id="took_part", role=Role.TOOK_PART, labels=labels("Took part", "Приняли участие", "Қатысты")),),
        identities=(),
    ),
)

ELECTION = Election(
    id="kazakhstan.example",
    labels=labels("Kazakhstan, an example", "Казахстан, пример", "Қазақстан, мысал"),
    country="KZ",
    voting_day=date(2012, 1, 15),
    timezone="Asia/Almaty",
    contests=(CONTEST,),
    geography=Geography(
        levels=(Level(id="country", labels=labels("country", "страна", "ел")),),
        areas=(
            Area(id="kz", level="country", labels=labels("Kazakhstan", "Казахстан", "Қазақстан"), stations=9764),
            Area(id="almaty", level="city", labels=labels("Almaty", "Алма-Ата", "Алматы"), parent="kz", stations=413),
        ),
    ),
)

FINAL = Publication(
    id="final",
    issuer="cec",
    stage=Stage.FINAL,
    labels=labels("Final result of 17 January", "Итоги от 17 января", "17 қаңтардағы қорытынды"),
)


def row(name: str, shown: int) -> ShareRow:
    votes = VOTES[name]
    return ShareRow(
        contestant=name,
        votes=votes,
        shares=(("valid", Fraction(votes, VALID)),),
        published=(PublishedFigure(publication="final", quantity="share", value=shown, decimals=2),),
    )


def listed(name: str, seats: int) -> ListResult:
    return ListResult(
        contestant=name,
        votes=VOTES[name],
        passes=seats > 0,
        quotient=None,
        whole=seats,
        remainder=None,
        extra=0,
        seats=seats,
    )


def test_of(name: str, *, passes: bool) -> ThresholdTest:
    margin = VOTES[name] - SHARE * VALID
    return ThresholdTest(
        contestant=name,
        base="valid",
        legal=False,
        votes=VOTES[name],
        base_total=VALID,
        passes=passes,
        margin=margin,
        moved=abs(int(margin)) + 1,
        added=None if passes else 397_153,
        break_even_base=VOTES[name] / SHARE,
    )


def margin(kind: AssertionKind, winner: str, loser: str, moved: int) -> Margin:
    assertion = Assertion(kind=kind, winner=winner, loser=loser, coefficients=(), share=SHARE, base="valid")
    return Margin(assertion=assertion, value=1, moved=moved, added=None, moved_from=winner, moved_to=loser or "nur")


SEATS = SeatsVerdict(
    allocation=Allocation(
        outcome=Outcome.DECIDED,
        house=98,
        lists=(listed("nur", 90), listed("zhol", 8), listed("osdp", 0)),
        base_total=VALID,
        passing_total=6_139_841,
        quota=None,
    ),
    announced=(
        Announced(contestant="nur", seats=90, publication="final"),
        Announced(contestant="zhol", seats=8, publication="final"),
    ),
    agrees=True,
    margins=tuple(margin(kind, "zhol", "nur", 9_809 + number) for number, kind in enumerate(AssertionKind)),
    counterfactuals=(Counterfactual(without="zhol", seats=(("nur", 98),)),),
)

CLAIM = Claim(
    text="OSDP >= 7%",
    contest="list",
    body=ShareClaim(contestant="osdp", comparison=Comparison.AT_LEAST, share=SHARE),
)


def assessment(feasible: Feasible, standing: Standing, level: int = 2, **more: Any) -> Assessment:
    found = Assessment(
        claim=CLAIM,
        area="almaty",
        level=level,
        sheets=120,
        stations=413,
        feasible=feasible,
        standing=standing,
        lower=Fraction(699_999, 10_000_000),
        upper=Fraction(4, 5),
        unseen=310_000,
    )
    return replace(found, **more)


OPEN = ClaimVerdict(
    claim=CLAIM,
    area="almaty",
    assessments=(
        assessment(
            Feasible.TURNOUT,
            Standing.NOT_DECIDED,
            needs=Needs(
                votes=21_700,
                unseen_total=310_000,
                stations=293,
                share=SHARE,
                official_votes=5_200,
                official_share=Fraction(52, 3100),
                seen_share=Fraction(1, 5),
            ),
            further=Further(
                prove_best=31,
                prove_like_seen=112,
                refute_best=270,
                refute_like_official=None,
                first=("almaty", "station 7"),
            ),
            refusals=(Refusal(code="X104"),),
        ),
        assessment(Feasible.CAP, Standing.NOT_DECIDED, unseen=None),
    ),
    headline_level=2,
    decided_by_turnout="not_decided",
    decided_by_cap="",
)

PROVED = ClaimVerdict(
    claim=replace(CLAIM, text="OSDP > Ak Zhol"),
    area="almaty",
    assessments=(
        assessment(Feasible.TURNOUT, Standing.PROVED, false_sheets=FalseSheets(k=14, exact=True)),
        assessment(Feasible.CAP, Standing.REFUTED, false_sheets=FalseSheets(k=3, exact=False)),
        assessment(Feasible.TURNOUT, Standing.NOT_DECIDED, level=3, stations=None),
        assessment(Feasible.CAP, Standing.NOT_DECIDED, level=3, sheets=0),
    ),
    headline_level=2,
    decided_by_turnout="proved",
    decided_by_cap="refuted",
)

COVERAGE = (
    Coverage(
        area="almaty",
        seen=120,
        expected=413,
        by_level=(120, 118, 96, 12, 0),
        conflicting=2,
        votes_seen=98_412,
        votes_official=406_300,
    ),
    Coverage(
        area="kz",
        seen=120,
        expected=None,
        by_level=(120, 118, 96, 12, 0),
        conflicting=2,
        votes_seen=98_412,
        votes_official=VALID,
    ),
)

STATEMENTS = (
    Statement(
        key="exceeds",
        tone="contradiction",
        area="almaty",
        conditional=True,
        values=(
            ("area", "almaty"),
            ("contestant", "osdp"),
            ("copies_sum", 20_114),
            ("official", 9_120),
            ("excess", 10_994),
            ("seen", 120),
            ("expected", 413),
            ("publication", "final"),
            ("k", 14),
        ),
    ),
    Statement(
        key="seats_agree",
        tone="consistent",
        area="kz",
        values=(("house", 98), ("seats", "nur=90, zhol=8")),
    ),
    Statement(key="coverage", tone="fact", area="kz", values=(("seen", 120), ("expected", 9764))),
)

ISSUES = (
    *(make_issue("X110", Where(file=f"copies-{number}.csv"), reason="no reason") for number in range(12)),
    *(
        make_issue("L101", Where(contest="list", publication="final"), contestant="zhol", announced=9, computed=8)
        for _ in range(12)
    ),
    make_issue("L104", Where(contest="list")),
)

RECORD = Record(election=ELECTION, publications=(FINAL,), synthetic=("file:copies.csv", "publication:final"))

VERDICT = Verdict(
    format="secondcount.verdict/1",
    derivation="1",
    election=ELECTION.id,
    synthetic=True,
    synthetic_parts=RECORD.synthetic,
    one_side="the party that collected the copies",
    statements=STATEMENTS,
    contests=(
        ContestVerdict(
            contest="list",
            official="final",
            share_rows=(row("nur", 8099), row("zhol", 747), row("osdp", 168)),
            bases=(
                BaseTotal(base="valid", total=VALID, publication="final"),
                BaseTotal(base="took_part", total=None),
            ),
            thresholds=(test_of("nur", passes=True), test_of("zhol", passes=True), test_of("osdp", passes=False)),
            seats=SEATS,
            coverage=COVERAGE,
            sums=(),
            held=(),
            claims=(OPEN, PROVED),
        ),
    ),
    issues=ISSUES,
    inputs=(),
)
