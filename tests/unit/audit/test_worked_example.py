"""The worked example of audit-methods 4.3, to the digit: 10,000 stations, 500 protocols, 20 % against 1.71 %."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from auditing.contests import contest, rule
from auditing.piles import pile
from secondcount.audit import Assessment, Feasible, Standing, UnseenPart, assess
from secondcount.audit.pile import Pile
from secondcount.model.claim import Claim, InClaim, ShareClaim
from secondcount.model.rule import Comparison, Method

STATIONS, SEEN = 10_000, 500
UNSEEN = STATIONS - SEEN
CONTEST = contest("bo", rule(Method.HARE, 98, share=Fraction(7, 100)))
CLAIM = Claim(
    text="b >= 7%",
    contest="list",
    body=ShareClaim(contestant="b", comparison=Comparison.AT_LEAST, share=Fraction(7, 100)),
)


@pytest.fixture(scope="module")
def copies() -> Pile:
    """Return 500 protocols that show 140 of 700 votes where 12 were published; 1,000 voters per station."""
    found = pile(
        "bo",
        [{"b": 140, "o": 560}] * SEEN,
        caps=[1_000] * SEEN,
        stations=STATIONS,
        unseen_cap=UNSEEN * 1_000,
        unseen_cast=UNSEEN * 700,
        official={"b": STATIONS * 12, "o": STATIONS * 688},
    )
    return replace(found, official_unseen={"b": UNSEEN * 12, "o": UNSEEN * 688})


@pytest.fixture
def turnout(copies: Pile) -> Assessment:
    """Return the claim under TURNOUT."""
    return assess(CLAIM, CONTEST, copies, Feasible.TURNOUT)


@pytest.fixture
def cap(copies: Pile) -> Assessment:
    """Return the claim under CAP."""
    return assess(CLAIM, CONTEST, copies, Feasible.CAP)


def test_the_identified_sets(turnout: Assessment, cap: Assessment) -> None:
    """TURNOUT gives [1 %, 96 %], CAP gives [0.7107 %, 97.1574 %]: NOT DECIDED under both."""
    assert (turnout.lower, turnout.upper) == (Fraction(1, 100), Fraction(96, 100))
    assert (cap.lower, cap.upper) == (Fraction(70_000, 9_850_000), Fraction(9_570_000, 9_850_000))
    assert (percent(cap.lower), percent(cap.upper)) == (7_107, 971_574)
    assert turnout.standing is cap.standing is Standing.NOT_DECIDED


def percent(share: Fraction | None) -> int:
    """Return a share in units of 0.0001 %, rounded to the nearest."""
    assert share is not None
    return round(share * 1_000_000)


def test_what_would_have_to_be_true(turnout: Assessment) -> None:
    """The unseen stations need 420,000 votes, 6.3158 % of theirs, where 114,000 were published."""
    needs = turnout.needs
    assert needs is not None
    assert (needs.votes, needs.unseen_total, needs.stations) == (420_000, 6_650_000, UNSEEN)
    assert (percent(needs.share), needs.official_votes) == (63_158, 114_000)
    assert (needs.seen_share, needs.official_share) == (Fraction(1, 5), Fraction(12, 700))
    assert percent(needs.official_elsewhere) == 26_286


def test_the_break_even(turnout: Assessment) -> None:
    """A hidden gain of 32.2105 votes per unseen station, .2516 of the gain found per seen one."""
    needs = turnout.needs
    assert needs is not None
    assert needs.hidden_gain is not None
    assert needs.gain_ratio is not None
    assert round(needs.hidden_gain * 10_000) == 322_105
    assert round(needs.gain_ratio * 10_000) == 2_516


def test_further_protocols_under_turnout(turnout: Assessment) -> None:
    """600 prove it at 100 %, 3,000 at the seen 20 %; 8,901 refute it at 0, 9,056 at the official 12."""
    more = turnout.further
    assert more is not None
    assert (more.prove_best, more.prove_like_seen, more.refute_best, more.refute_like_official) == (
        600,
        3_000,
        8_901,
        9_056,
    )
    assert (more.prove_best_usual_cast, more.refute_best_usual_cast) == (600, 8_901)


def test_further_protocols_under_cap(cap: Assessment) -> None:
    """620 and 8,881 at best; 860, 3,848, 9,071 and 9,184 if each new protocol shows 700 votes cast."""
    more = cap.further
    assert more is not None
    assert (more.prove_best, more.refute_best) == (620, 8_881)
    assert (more.prove_best_usual_cast, more.prove_like_seen) == (860, 3_848)
    assert (more.refute_best_usual_cast, more.refute_like_official) == (9_071, 9_184)


def test_the_witnesses_are_all_and_nothing(turnout: Assessment) -> None:
    """All unseen votes for b make the claim true, none make it false."""
    first, second = turnout.witnesses
    assert (dict(first.totals), first.holds) == ({"b": 6_720_000, "o": 280_000}, True)
    assert (dict(second.totals), second.holds) == ({"b": 70_000, "o": 6_930_000}, False)


def test_a_national_estimate_is_refused(turnout: Assessment, cap: Assessment) -> None:
    """The bounds are given, an estimate of the share in all 10,000 stations is not."""
    for one in (turnout, cap):
        assert [(refusal.code, dict(refusal.values)) for refusal in one.refusals] == [
            ("C126", {"sheets": SEEN, "stations": STATIONS})
        ]


def test_being_in_is_as_open_as_the_share(copies: Pile) -> None:
    """With 98 seats, 7 % of the votes are a seat: "b is in" has the same two witnesses."""
    claim = Claim(text="b is in", contest="list", body=InClaim(contestant="b"))
    found = assess(claim, CONTEST, copies, Feasible.TURNOUT)
    assert found.standing is Standing.NOT_DECIDED
    assert [one.holds for one in found.witnesses] == [True, False]


@pytest.mark.parametrize(("feasible", "counts"), [(Feasible.TURNOUT, (600, 8_900)), (Feasible.CAP, (619, 8_881))])
def test_unequal_stations_are_taken_largest_first(copies: Pile, feasible: Feasible, counts: tuple[int, int]) -> None:
    """Where the unseen stations are listed, the largest come first, by name, and fewer can be enough."""
    parts = [UnseenPart(id=f"u{number:04d}", cap=1_000, cast=700) for number in range(UNSEEN - 2)]
    parts += [UnseenPart(id="small", cap=500, cast=100), UnseenPart(id="large", cap=1_500, cast=1_300)]
    more = assess(CLAIM, CONTEST, replace(copies, unseen_parts=tuple(parts)), feasible).further
    assert more is not None
    assert (len(more.first), more.first[:2]) == (20, ("large", "u0000"))
    assert (more.prove_best, more.refute_best) == counts
