"""A hand-made verdict of Kazakhstan 2012 with every part filled: real totals, made-up copies of one city.

It is built from the shared nouns alone, so that the tests of the door do not depend on any room that counts.
"""

from __future__ import annotations

from fractions import Fraction

from secondcount.allocation.result import Allocation, ListResult, Outcome
from secondcount.audit.result import Assertion, AssertionKind, Margin
from secondcount.model.issue import Issue, Severity, Where
from secondcount.tabulation.result import AreaSum, CellSum, Coverage, Held, HeldKind
from secondcount.verdict.result import (
    Announced,
    BaseTotal,
    ContestVerdict,
    Counterfactual,
    PublishedFigure,
    SeatsVerdict,
    ShareRow,
    Statement,
    ThresholdTest,
    Verdict,
)
from unit.site.claims import city_claim, national_claim
from unit.site.story import ALL, CITY, EARLY, FINAL, SEVEN, VOTES, record


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
