"""What is said of a claim, what is refused, and what a conclusion about seats rests on."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from auditing.contests import AGAINST, INVALID, contest, rule, second_list
from auditing.piles import pile
from secondcount.audit import NEVER_SAID, Assessment, Feasible, Pile, Standing, assess
from secondcount.audit.result import AssertionKind
from secondcount.model.claim import Claim, ClaimBody, InClaim, LeadClaim, SeatsClaim, ShareClaim
from secondcount.model.codes import CODES
from secondcount.model.election import Contest
from secondcount.model.rule import Comparison, Leftover, Method, Rule

SEVEN = Fraction(7, 100)
KZ_2012 = {
    "nur_otan": 5_621_436,
    "ak_zhol": 518_405,
    "cppk": 498_788,
    "osdp": 116_534,
    "auyl": 82_623,
    "patriots": 57_732,
    "adilet": 45_702,
}
KAZAKHSTAN = contest(KZ_2012, rule(Method.HARE, 98, share=SEVEN, runner_up=second_list(Leftover.SILENT)))
PLAIN = contest("ab", rule())


def told(body: ClaimBody, held: Contest, copies: Pile, feasible: Feasible = Feasible.TURNOUT) -> Assessment:
    """Return what is said of a claim."""
    return assess(Claim(text="", contest=held.id, body=body), held, copies, feasible)


def share(contestant: str, least: Fraction, base: str = "") -> ShareClaim:
    """Return "at least this share"."""
    return ShareClaim(contestant=contestant, comparison=Comparison.AT_LEAST, share=least, base=base)


def codes(found: Assessment) -> list[str]:
    """Return the codes of all refusals."""
    return [one.code for one in found.refusals]


@pytest.fixture
def some() -> Pile:
    """Return two copies out of four stations."""
    rows = [{"a": 70, "b": 20}, {"a": 60, "b": 10}]
    return pile("ab", rows, caps=[100, 100], stations=4, unseen_cap=60, unseen_cast=40)


class TestTheFoundingClaim:
    """The claim "OSDP >= 7 %" of 2012, without a single protocol."""

    NOTHING = pile(tuple(KZ_2012), [], stations=9_764, unseen_cast=6_941_220, unseen_cap=9_300_000, official=KZ_2012)

    def test_is_not_decided(self) -> None:
        found = told(share("osdp", SEVEN), KAZAKHSTAN, self.NOTHING)
        assert (found.standing, found.sheets, found.lower, found.upper) == (Standing.NOT_DECIDED, 0, 0, 1)

    def test_says_what_would_have_to_be_true(self) -> None:
        needs = told(share("osdp", SEVEN), KAZAKHSTAN, self.NOTHING).needs
        assert needs is not None
        assert (needs.votes, needs.stations, needs.official_votes) == (485_886, 9_764, 116_534)
        assert needs.share == Fraction(485_886, 6_941_220)

    def test_says_how_many_protocols_would_decide(self) -> None:
        more = told(share("osdp", SEVEN), KAZAKHSTAN, self.NOTHING).further
        assert more is not None
        assert (more.prove_best, more.prove_like_seen) == (684, None)  # 7 % of 9,764 stations of equal size
        assert more.refute_best == 9_081
        assert more.refute_like_official == 9_236


class TestLevels:
    """Copies of level 0 support no conclusion, whatever they show."""

    def test_level_zero_decides_nothing(self, some: Pile) -> None:
        decided = told(LeadClaim(contestant="a", over="b"), PLAIN, some)
        assert decided.standing is Standing.PROVED
        found = told(LeadClaim(contestant="a", over="b"), PLAIN, replace(some, level=0))
        assert (found.standing, found.certificate, found.false_sheets) == (Standing.NOT_DECIDED, None, None)
        assert codes(found) == ["C120"]
        assert (found.lower, found.upper) == (decided.lower, decided.upper)

    def test_level_zero_refutes_nothing(self, some: Pile) -> None:
        found = told(LeadClaim(contestant="b", over="a"), PLAIN, replace(some, level=0), Feasible.CAP)
        assert found.standing is Standing.NOT_DECIDED


class TestSetsThatCannotBeFormed:
    """Where a feasible set has no content the claim stays open, and the reason is a code."""

    @pytest.mark.parametrize(
        ("change", "feasible", "code"),
        [
            ({"unseen_cap": None}, Feasible.CAP, "C121"),
            ({"unseen_cast": None}, Feasible.TURNOUT, "C122"),
            ({"unseen_cast": -5}, Feasible.TURNOUT, "C123"),
            ({"unseen_cap": -5}, Feasible.CAP, "C124"),
            ({"stations": 1}, Feasible.CAP, "C125"),
            ({"stations": 1}, Feasible.TURNOUT, "C125"),
        ],
    )
    def test_leave_the_claim_open(self, some: Pile, change: dict[str, int], feasible: Feasible, code: str) -> None:
        found = told(share("a", SEVEN), PLAIN, replace(some, **change), feasible)
        assert (found.standing, found.unseen, found.witnesses) == (Standing.NOT_DECIDED, None, ())
        assert codes(found) == [code]

    def test_an_unknown_cap_does_not_touch_turnout(self, some: Pile) -> None:
        found = told(share("a", SEVEN), PLAIN, replace(some, unseen_cap=None))
        assert found.standing is Standing.PROVED


class TestFullCoverage:
    """With a copy of every station nothing is unseen, under both sets, whatever was published."""

    ROWS = tuple({"a": 2_150 // 15 + (number < 5), "b": 2_083 // 15 + (number < 13)} for number in range(15))

    @pytest.mark.parametrize("feasible", Feasible)
    @pytest.mark.parametrize("known", [None, -3, 0, 4_000])
    def test_the_copies_decide(self, feasible: Feasible, known: int | None) -> None:
        copies = pile("ab", self.ROWS, stations=15, unseen_cap=known, unseen_cast=known)
        found = told(LeadClaim(contestant="a", over="b"), PLAIN, copies, feasible)
        assert (found.standing, found.unseen, found.lower) == (Standing.PROVED, 0, 67)

    def test_k_is_not_said_without_a_register(self) -> None:
        copies = pile("ab", self.ROWS, stations=15, unseen_cap=None)
        found = told(LeadClaim(contestant="a", over="b"), PLAIN, copies, Feasible.CAP)
        assert (found.standing, found.false_sheets, codes(found)) == (Standing.PROVED, None, ["C138"])
        assert told(LeadClaim(contestant="a", over="b"), PLAIN, copies).false_sheets is not None

    def test_a_number_of_stations_that_is_not_known_is_not_full(self) -> None:
        copies = pile("ab", self.ROWS, stations=None, unseen_cast=4_000)
        found = told(LeadClaim(contestant="a", over="b"), PLAIN, copies)
        assert (found.standing, found.needs and found.needs.stations) == (Standing.NOT_DECIDED, None)


class TestEstimates:
    """A share of the whole is never estimated from a part that nobody drew at random."""

    def test_is_refused_from_some_stations(self, some: Pile) -> None:
        assert codes(told(share("a", SEVEN), PLAIN, some)) == ["C126"]

    def test_is_refused_from_an_unknown_part(self, some: Pile) -> None:
        assert codes(told(share("a", SEVEN), PLAIN, replace(some, stations=None))) == ["C127"]

    def test_is_not_asked_for_without_copies(self) -> None:
        nothing = pile("ab", [], stations=4, unseen_cast=40)
        assert codes(told(share("a", SEVEN), PLAIN, nothing)) == []

    def test_is_not_asked_for_with_all_stations(self, some: Pile) -> None:
        assert codes(told(share("a", SEVEN), PLAIN, replace(some, stations=2))) == []

    def test_other_statements_are_never_made(self) -> None:
        assert [one.code for one in NEVER_SAID] == ["C140", "C141", "C142", "C143"]
        assert all(one.code in CODES for one in NEVER_SAID)


class TestBases:
    """A share is of the base that was named, or the claim says that it is not."""

    WITH_INVALID = contest("ab", rule(share=SEVEN), against_all=True, invalid=True)
    ROWS = ({"a": 60, "b": 30, AGAINST: 5, INVALID: 5},)

    def test_took_part_counts_invalid_ballots(self) -> None:
        copies = pile(("a", "b", AGAINST, INVALID), self.ROWS, stations=1)
        found = told(share("a", Fraction(3, 5), "took_part"), self.WITH_INVALID, copies)
        assert (found.standing, found.lower) == (Standing.PROVED, Fraction(60, 100))
        assert found.base == ("a", "b", AGAINST, INVALID)
        of_votes = told(share("a", Fraction(3, 5)), self.WITH_INVALID, copies)
        assert (of_votes.lower, of_votes.base) == (Fraction(60, 95), ("a", "b", AGAINST))

    def test_votes_outside_the_base_do_not_shrink_it(self) -> None:
        copies = pile(("a", "b", AGAINST, INVALID), self.ROWS, stations=2, unseen_cast=100)
        found = told(share("a", Fraction(1, 3)), self.WITH_INVALID, copies)
        assert found.lower == Fraction(60, 195)
        assert found.needs is not None
        assert found.needs.votes == 5

    def test_a_named_base_that_cannot_be_formed_is_refused(self) -> None:
        copies = pile(("a", "b", AGAINST), self.ROWS, stations=1)
        found = told(share("a", Fraction(1, 2), "took_part"), self.WITH_INVALID, copies)
        assert (found.standing, found.base, codes(found)) == (Standing.NOT_DECIDED, (), ["C128"])

    def test_a_rule_on_another_base_says_so_and_proves_no_passing(self) -> None:
        """Too small a base flatters every list: passing on it is no proof of passing by the law; failing on it is."""
        threshold = self.WITH_INVALID.rule.threshold
        assert threshold is not None
        by = replace(self.WITH_INVALID.rule, threshold=replace(threshold, base="took_part"))
        copies = pile(("a", "b", AGAINST), self.ROWS, stations=1)
        found = told(InClaim(contestant="a"), replace(self.WITH_INVALID, rule=by), copies)
        assert (found.standing, codes(found)) == (Standing.NOT_DECIDED, ["C129"])
        assert dict(found.refusals[0].values) == {"base": "took_part", "base_used": "votes"}

    def test_a_rule_on_a_base_without_all_lists_is_not_applied(self, some: Pile) -> None:
        held = contest("ab", rule(share=SEVEN), base=("a",))
        assert codes(told(InClaim(contestant="a"), held, some)) == ["C130"]

    def test_votes_that_are_not_there_are_named(self, some: Pile) -> None:
        assert codes(told(share("z", SEVEN), PLAIN, some)) == ["C130"]
        assert codes(told(LeadClaim(contestant="a", over="z"), PLAIN, some)) == ["C130"]
        assert codes(told(InClaim(contestant="a"), contest("abc", rule()), some)) == ["C130"]


class TestNeeds:
    """What the unseen stations would have to show, for every kind of comparison."""

    @pytest.mark.parametrize(
        ("comparison", "votes", "limit"),
        [
            (Comparison.AT_LEAST, 35, False),  # 7/10 of 200 is 140, of which 105 are seen
            (Comparison.MORE_THAN, 36, False),
            (Comparison.AT_MOST, 35, True),
            (Comparison.LESS_THAN, 34, True),
        ],
    )
    def test_of_a_share(self, comparison: Comparison, votes: int, limit: bool) -> None:
        copies = pile("ab", [{"a": 105, "b": 45}], stations=2, unseen_cast=50)
        body = ShareClaim(contestant="a", comparison=comparison, share=Fraction(7, 10))
        needs = told(body, PLAIN, copies).needs
        assert needs is not None
        assert (needs.votes, needs.at_most) == (votes, limit)

    def test_of_a_lead_with_a_third_list(self) -> None:
        copies = pile("abc", [{"a": 10, "b": 15, "c": 0}], stations=2, unseen_cast=50)
        needs = told(LeadClaim(contestant="a", over="b"), contest("abc", rule()), copies).needs
        assert needs is not None
        assert needs.votes == 6

    def test_of_a_lead_of_two(self) -> None:
        copies = pile("ab", [{"a": 10, "b": 15}], stations=2, unseen_cast=50)
        needs = told(LeadClaim(contestant="a", over="b"), PLAIN, copies).needs
        assert needs is not None
        assert needs.votes == 28  # 38 to 37


def part(votes: int) -> Pile:
    """Return copies of nine tenths of the votes of 2012, and so many unseen ones."""
    return pile(tuple(KZ_2012), [KZ_2012], stations=2, unseen_cast=votes, unseen_cap=votes)


class TestSeats2012:
    """Claims about the seats of 2012, from copies of all but a few votes."""

    def test_the_last_seat_is_safe_from_few_votes(self) -> None:
        found = told(SeatsClaim(contestant="ak_zhol", seats=8), KAZAKHSTAN, part(12_000))
        assert found.standing is Standing.PROVED
        assert found.certificate is not None
        assert AssertionKind.REMAINDER in {one.assertion.kind for one in found.certificate.bounds}

    def test_the_last_seat_is_open_with_more(self) -> None:
        found = told(SeatsClaim(contestant="ak_zhol", seats=8), KAZAKHSTAN, part(30_000))
        assert found.standing is Standing.NOT_DECIDED
        assert [one.holds for one in found.witnesses] == [True, False]

    def test_seats_far_away_are_refuted(self) -> None:
        for seats in (3, 6, 12, 98):
            assert (
                told(SeatsClaim(contestant="cppk", seats=seats), KAZAKHSTAN, part(12_000)).standing is Standing.REFUTED
            )

    def test_who_is_far_below_is_out(self) -> None:
        assert told(InClaim(contestant="osdp"), KAZAKHSTAN, part(100_000)).standing is Standing.REFUTED
        assert told(SeatsClaim(contestant="osdp", seats=0), KAZAKHSTAN, part(100_000)).standing is Standing.PROVED

    def test_who_is_near_is_open(self) -> None:
        found = told(InClaim(contestant="cppk"), KAZAKHSTAN, part(400_000))
        assert found.standing is Standing.NOT_DECIDED
        assert [one.holds for one in found.witnesses] == [True, False]

    def test_the_second_list_is_in_although_it_may_fail(self) -> None:
        """Ak Zhol is in with up to 19,616 unseen votes even if it fails 7 %: then it is the second list."""
        by = rule(Method.HARE, 98, share=Fraction(8, 100), runner_up=second_list(Leftover.SILENT))
        held = contest(KZ_2012, by)
        assert told(InClaim(contestant="ak_zhol"), held, part(19_616)).standing is Standing.PROVED
        assert told(InClaim(contestant="ak_zhol"), held, part(19_617)).standing is Standing.NOT_DECIDED

    def test_fewer_seats_than_the_threshold_gives_are_impossible(self) -> None:
        plain = contest(KZ_2012, rule(Method.HARE, 98, share=SEVEN))
        nothing = pile(tuple(KZ_2012), [], stations=2, unseen_cast=10**6)
        found = told(SeatsClaim(contestant="osdp", seats=5), plain, nothing)
        assert (found.standing, found.false_sheets) == (Standing.REFUTED, None)


class TestCap:
    """Under CAP nobody need vote at the unseen stations; under TURNOUT the published votes are there."""

    @pytest.mark.parametrize(
        ("feasible", "standing"), [(Feasible.CAP, Standing.NOT_DECIDED), (Feasible.TURNOUT, Standing.PROVED)]
    )
    def test_a_single_list_may_get_no_vote(self, feasible: Feasible, standing: Standing) -> None:
        alone = pile("a", [], stations=2, unseen_cap=5, unseen_cast=5)
        body = ShareClaim(contestant="a", comparison=Comparison.MORE_THAN, share=Fraction(0))
        assert told(body, contest("a", rule()), alone, feasible).standing is standing


class TestSmallHouses:
    """With few seats a list can pass the threshold and get none."""

    @pytest.mark.parametrize("method", [Method.HARE, Method.DHONDT, Method.SAINTE_LAGUE])
    def test_passing_is_not_a_seat(self, method: Method) -> None:
        held = contest("abc", rule(method, 2, share=Fraction(1, 5)))
        copies = pile("abc", [{"a": 20, "b": 30, "c": 30}], stations=2, unseen_cast=1)
        assert told(share("a", Fraction(1, 5)), held, copies).standing is Standing.PROVED
        assert told(InClaim(contestant="a"), held, copies).standing is Standing.REFUTED


class TestPersons:
    """Plurality and majority: a seat is a set of leads, or more than half."""

    @pytest.mark.parametrize(
        ("by", "standing"),
        [
            (rule(Method.PLURALITY, 1), Standing.PROVED),
            (rule(Method.PLURALITY, 2), Standing.PROVED),
            (rule(Method.MAJORITY, 1), Standing.NOT_DECIDED),
        ],
    )
    def test_a_seat(self, by: Rule, standing: Standing) -> None:
        copies = pile("abc", [{"a": 40, "b": 20, "c": 22}], stations=2, unseen_cast=10)
        found = told(InClaim(contestant="a"), contest("abc", by), copies)
        assert found.standing is standing

    def test_a_tie_is_not_a_seat(self) -> None:
        copies = pile("ab", [{"a": 40, "b": 40}], stations=1)
        found = told(InClaim(contestant="a"), contest("ab", rule(Method.PLURALITY, 1)), copies)
        assert (found.standing, codes(found)) == (Standing.NOT_DECIDED, ["C132"])
        assert [one.holds for one in found.witnesses] == [False]

    def test_who_cannot_take_a_seat(self) -> None:
        held = contest("ab", rule(), against_all=True)
        copies = pile(("a", "b", AGAINST), [{"a": 1, "b": 2, AGAINST: 3}], stations=1)
        assert codes(told(InClaim(contestant=AGAINST), held, copies)) == ["C133"]

    def test_what_the_method_does_not_settle_is_said(self) -> None:
        held = contest("ab", rule(Method.DROOP, 3))
        copies = pile("ab", [{"a": 1_000, "b": 900}], stations=2, unseen_cast=1)
        found = told(SeatsClaim(contestant="a", seats=2), held, copies)
        assert (found.standing, codes(found)) == (Standing.NOT_DECIDED, ["C131"])
