"""The founding case to the digit: what `check kazakhstan.majilis.2012` and its three acts must show."""

from __future__ import annotations

from fractions import Fraction

import pytest

from secondcount import api
from secondcount.audit.result import AssertionKind, Feasible, Standing
from secondcount.jurisdictions import load_shipped
from secondcount.model.issue import Issue
from secondcount.verdict import Verdict, encode
from secondcount.verdict.result import ContestVerdict, ThresholdTest


def verdict_of(name: str, *claims: str) -> Verdict:
    return api.check(name, claims=claims).verdict


@pytest.fixture(scope="module")
def kazakhstan() -> Verdict:
    return verdict_of("kazakhstan.majilis.2012", "OSDP >= 7%")


@pytest.fixture(scope="module")
def acts() -> tuple[api.Act, ...]:
    return api.demo_acts()


def contest(verdict: Verdict) -> ContestVerdict:
    return verdict.contests[0]


def held(verdict: Verdict, contestant: str, base: str) -> ThresholdTest:
    return next(one for one in contest(verdict).thresholds if (one.contestant, one.base) == (contestant, base))


def issues(verdict: Verdict, code: str) -> list[Issue]:
    return [one for one in verdict.issues if one.code == code]


class TestSeats:
    """The law's rule gives the announced seats in all four elections, and the margins are exact."""

    @pytest.mark.parametrize(
        ("year", "seats"),
        [
            ("2012", [83, 8, 7]),
            ("2016", [84, 7, 7]),
            ("2021", [76, 12, 10]),
            ("2023", [40, 8, 6, 6, 5, 4]),
        ],
    )
    def test_four_elections(self, year: str, seats: list[int]) -> None:
        found = contest(verdict_of(f"kazakhstan.majilis.{year}")).seats
        assert found.allocation is not None
        assert sorted((one.seats for one in found.allocation.lists if one.seats), reverse=True) == seats
        assert found.agrees is True

    def test_last_seat_flips_with_9809_votes(self, kazakhstan: Verdict) -> None:
        closest = contest(kazakhstan).seats.margins[0]
        assert closest.assertion.kind is AssertionKind.REMAINDER
        assert (closest.assertion.winner, closest.assertion.loser) == ("ak_zhol", "cppk")
        assert closest.moved == 9809

    def test_had_the_third_list_missed(self, kazakhstan: Verdict) -> None:
        without = {one.without: dict(one.seats) for one in contest(kazakhstan).seats.counterfactuals}
        assert without["cppk"] == {"nur_otan": 90, "ak_zhol": 8}


class TestThreshold:
    """Both bases are named; the distances are exact."""

    def test_third_list_stands_12902_point_6_above(self, kazakhstan: Verdict) -> None:
        assert held(kazakhstan, "cppk", "party_votes").margin == Fraction(129026, 10)

    def test_osdp_is_short_by_369351_point_4(self, kazakhstan: Verdict) -> None:
        osdp = held(kazakhstan, "osdp", "party_votes")
        assert osdp.margin == Fraction(-3693514, 10)
        assert osdp.moved == 369_352
        assert osdp.added == 397_153

    def test_the_base_of_the_law_is_named_and_not_invented(self, kazakhstan: Verdict) -> None:
        cppk = held(kazakhstan, "cppk", "took_part")
        assert cppk.legal
        assert cppk.base_total is None
        assert cppk.passes is True  # on any number of voters that the rounded register and turnout allow
        assert cppk.break_even_base == Fraction(498_788 * 100, 7)


class TestPublications:
    """Every disagreement of the published figures comes out as an issue with its arithmetic."""

    def test_auyl_caps_the_votes_counted_at_the_preliminary(self, kazakhstan: Verdict) -> None:
        (found,) = issues(kazakhstan, "R201")
        assert found.value("cap") == 5_678_556

    def test_noon_register_of_9_02_million_against_9_30(self, kazakhstan: Verdict) -> None:
        (found,) = issues(kazakhstan, "R211")
        assert 9_011_000 < int(found.value("least")) < int(found.value("most")) < 9_038_000

    @pytest.mark.parametrize(
        ("year", "code", "area", "cell"),
        [
            ("2012", "R121", "astana", "took_part"),
            ("2012", "R122", "kz", "auyl"),
            ("2012", "R126", "kyzylorda", "took_part"),
            ("2012", "R126", "north_kazakhstan", "took_part"),
            ("2016", "R123", "kz", "took_part"),
            ("2023", "R121", "kz", "amanat"),
            ("2023", "R127", "kz", "took_part"),
        ],
    )
    def test_each_source_conflict(self, year: str, code: str, area: str, cell: str) -> None:
        found = issues(verdict_of(f"kazakhstan.majilis.{year}"), code)
        assert any(one.where.area == area and one.where.cell == cell for one in found), [one.where for one in found]

    def test_turnout_cannot_fall(self) -> None:
        assert any(one.where.area == "turkistan" for one in issues(verdict_of("kazakhstan.majilis.2023"), "R221"))

    def test_kazakhstan_2012_itself_contradicts(self, kazakhstan: Verdict) -> None:
        assert kazakhstan.contradicts


class TestClaimWithoutCopies:
    """Without any protocol the claim is open, and the verdict says what would have to be true."""

    def test_not_decided_with_what_would_have_to_be_true(self, kazakhstan: Verdict) -> None:
        (claim,) = contest(kazakhstan).claims
        turnout = next(one for one in claim.assessments if one.feasible is Feasible.TURNOUT)
        assert turnout.standing is Standing.NOT_DECIDED
        assert turnout.needs is not None
        assert (turnout.needs.votes, turnout.needs.unseen_total) == (485_886, 6_941_220)
        assert turnout.needs.share == Fraction(485_886, 6_941_220)
        assert turnout.needs.stations == 9764
        assert {one.holds for one in turnout.witnesses} == {True, False}


class TestActs:
    """The three acts of the demo end in the three kinds of conclusion that they are told for."""

    def test_the_city_contradicts_its_sum_and_the_country_stays_open(self, acts: tuple[api.Act, ...]) -> None:
        act = acts[1].checked.verdict
        assert act.synthetic
        assert issues(act, "R301")
        by_area = {one.area: one for one in contest(act).claims}
        assert by_area["almaty_city"].decided_by_turnout == "proved"
        assert by_area["almaty_city"].decided_by_cap == "not_decided"
        assert by_area["kz"].decided_by_turnout == "not_decided"

    def test_the_proof_in_the_city_prints_k(self, acts: tuple[api.Act, ...]) -> None:
        claim = next(one for one in contest(acts[1].checked.verdict).claims if one.area == "almaty_city")
        proved = next(one for one in claim.assessments if one.standing is Standing.PROVED)
        assert proved.false_sheets is not None
        assert proved.false_sheets.exact
        assert proved.false_sheets.k == 8

    def test_the_district_is_decided_by_its_copies(self, acts: tuple[api.Act, ...]) -> None:
        act = acts[2].checked.verdict
        (lead,) = issues(act, "R303")
        assert (lead.value("copies_lead"), lead.value("published_lead"), lead.value("difference")) == (67, 33, 100)
        (claim,) = contest(act).claims
        assert (claim.decided_by_turnout, claim.decided_by_cap) == ("proved", "proved")

    def test_first_local_then_the_whole(self, acts: tuple[api.Act, ...]) -> None:
        areas = [one.area for one in acts[1].checked.verdict.statements]
        assert areas == sorted(areas, key=lambda one: one == "kz")


class TestPure:
    """The same record gives the same bytes."""

    def test_derivation_is_pure(self) -> None:
        first = encode(verdict_of("kazakhstan.majilis.2012", "OSDP >= 7%"))
        assert first == encode(verdict_of("kazakhstan.majilis.2012", "OSDP >= 7%"))

    def test_the_definition_comes_with_its_digest(self) -> None:
        definition = load_shipped("kazakhstan.majilis.2012")
        assert len(definition.input.digest) == 64
