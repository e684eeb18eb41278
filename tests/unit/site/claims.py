"""The claims of the fixture: proved in the city under one feasible set, open everywhere else."""

from __future__ import annotations

from fractions import Fraction

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
    Needs,
    Standing,
)
from secondcount.verdict.result import ClaimVerdict
from unit.site.story import ALL, CITY, SEVEN, VOTES, claim


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
