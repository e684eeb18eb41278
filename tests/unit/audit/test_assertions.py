"""Assertions are necessary and sufficient: they hold together exactly where the same outcome results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from auditing.contests import AGAINST, INVALID, contest, rule, second_list
from auditing.truth import allocation_of
from secondcount.allocation import Allocation, allocate
from secondcount.audit import assertions_of, refusals_of
from secondcount.audit.denominator import categories_of, denominator
from secondcount.audit.linear import holds_on
from secondcount.audit.result import AssertionKind
from secondcount.model.election import Contest
from secondcount.model.rule import Comparison, Leftover, Method, Rule

LEAST, MORE = Comparison.AT_LEAST, Comparison.MORE_THAN
QUARTER, HALF, SEVEN = Fraction(1, 4), Fraction(1, 2), Fraction(7, 100)


def outcome(held: Contest, found: Allocation) -> tuple[object, ...]:
    """Return what an allocation decides: seats, who passes, the second list, the second round, what stays open."""
    threshold = held.rule.threshold is not None and held.rule.method is not Method.MAJORITY
    passing = tuple(one.passes for one in found.lists) if threshold else ()
    seats = tuple(one.seats for one in found.lists)
    return seats, passing, found.runner_up, frozenset(found.second_round), found.undistributed, bool(found.lots)


def worlds(held: Contest, most: int) -> Iterator[tuple[dict[str, int], Allocation]]:
    """Yield all totals up to `most` votes per category in which some list has a vote, with their allocation."""
    categories = categories_of(held)
    for votes in product(range(most + 1), repeat=len(categories)):
        totals = dict(zip(categories, votes, strict=True))
        if any(totals[name] for name in held.seat_takers):
            yield totals, allocation_of(held, totals)


def wrong_answers(held: Contest, most: int) -> tuple[int, int]:
    """Return how often the assertions of one outcome hold elsewhere or fail at home, and how often they were asked."""
    everything = list(worlds(held, most))
    firsts: dict[tuple[object, ...], tuple[dict[str, int], Allocation]] = {}
    for totals, found in everything:
        firsts.setdefault(outcome(held, found), (totals, found))
    wrong = asked = 0
    for home, (totals, found) in firsts.items():
        if refusals_of(held, found):
            assert assertions_of(held, totals, found) == ()
            continue
        assertions = assertions_of(held, totals, found)
        for other, elsewhere in everything:
            asked += 1
            wrong += all(holds_on(one, other) for one in assertions) != (outcome(held, elsewhere) == home)
    return wrong, asked


def quick_rules() -> Iterator[tuple[str, Rule, bool]]:
    """Yield rules for three lists: every method, threshold, tie law and leftover rule at least once."""
    for order in ("", "abc", "cba", "ab"):
        yield "plain Hare", rule(Method.HARE, 5, order=order), False
        yield "Hare with a threshold", rule(Method.HARE, 5, share=QUARTER, order=order), False
        yield "D'Hondt", rule(Method.DHONDT, 3, share=QUARTER, comparison=MORE, order=order), False
        yield "Sainte-Lague", rule(Method.SAINTE_LAGUE, 5, order=order), False
        yield "plurality", rule(Method.PLURALITY, 2, order=order), False
        yield "plurality with a threshold", rule(Method.PLURALITY, 2, share=QUARTER, order=order), False
        yield "majority", rule(Method.MAJORITY, 1, order=order), True
        yield "majority of a third", rule(Method.MAJORITY, 1, share=Fraction(1, 3), order=order), False
        yield "half is enough", rule(Method.MAJORITY, 1, share=HALF, order=order), False
    for leftover in Leftover:
        for seats, minimum in ((2, 2), (7, 2), (7, 0), (10, 1)):
            second = second_list(leftover, minimum=minimum)
            yield "second list", rule(Method.HARE, seats, share=HALF, runner_up=second), False
            yield "second list", rule(Method.HARE, seats, share=HALF, order="bca", runner_up=second), False


def test_assertions_hold_exactly_where_the_outcome_is_the_same() -> None:
    """Every outcome of small elections against all others: no assertion set holds elsewhere or fails at home."""
    total = 0
    for name, by, against_all in quick_rules():
        wrong, asked = wrong_answers(contest("abc", by, against_all=against_all), 4)
        assert wrong == 0, (name, by)
        total += asked
    assert total > 90_000


def every_rule(names: str) -> Iterator[Rule]:
    """Yield every rule that is coded, for a few houses and thresholds."""
    comparisons, shares = (LEAST, MORE), (SEVEN, QUARTER, HALF, Fraction(2, 3))
    for order, seats in product(("", names, names[::-1], names[:2]), (1, 2, 3, 5, 7)):
        for method in Method:
            if method is Method.MAJORITY and seats > 1:
                continue
            yield rule(method, seats, order=order)
            for share, comparison in product(shares, comparisons):
                yield rule(method, seats, share=share, comparison=comparison, order=order)
        for leftover, minimum, share, comparison in product(Leftover, (0, 2), shares, comparisons):
            second = second_list(leftover, minimum=minimum)
            yield rule(Method.HARE, seats, share=share, comparison=comparison, order=order, runner_up=second)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("names", "most", "against_all"), [("a", 5, True), ("ab", 7, False), ("ab", 4, True), ("abc", 5, False)]
)
def test_assertions_hold_exactly_where_the_outcome_is_the_same_in_a_larger_world(
    names: str, most: int, against_all: bool
) -> None:
    """The same for every rule that is coded: some ten million comparisons."""
    for by in every_rule(names):
        wrong, _ = wrong_answers(contest(names, by, against_all=against_all), most)
        assert wrong == 0, by


def kinds(held: Contest, totals: dict[str, int]) -> list[tuple[AssertionKind, str, str, bool]]:
    """Return kind, winner, loser and strictness of all assertions."""
    found = assertions_of(held, totals, allocation_of(held, totals))
    return [(one.kind, one.winner, one.loser, one.strict) for one in found]


class TestTheRunOff:
    """A run-off says of both leaders that they have no majority (2.2 as corrected: of the second too)."""

    def test_says_so_of_both(self) -> None:
        held = contest("abc", rule(Method.MAJORITY, 1))
        found = kinds(held, {"a": 4, "b": 4, "c": 2})
        assert [one[:2] for one in found[:2]] == [(AssertionKind.NO_MAJORITY, "a"), (AssertionKind.NO_MAJORITY, "b")]
        assert found[2:] == [(AssertionKind.LEAD, "a", "c", True), (AssertionKind.LEAD, "b", "c", True)]

    def test_is_not_strict_at_half(self) -> None:
        held = contest("abc", rule(Method.MAJORITY, 1))
        assert [one[3] for one in kinds(held, {"a": 5, "b": 4, "c": 1})[:2]] == [False, False]


class TestTheTieLaw:
    """A pair is non-strict exactly when the law itself ranks its winner first; a lot makes it strict."""

    def test_by_order(self) -> None:
        held = contest("ab", rule(Method.HARE, 5, order="ba"))
        strict = {one[1]: one[3] for one in kinds(held, {"a": 3, "b": 4})}
        assert strict == {"a": True, "b": False}

    def test_by_lot(self) -> None:
        held = contest("ab", rule(Method.HARE, 5))
        assert all(one[3] for one in kinds(held, {"a": 3, "b": 4}))


class TestTheConditionalRule:
    """Kazakhstan 2012, one list above the threshold: 686 T_y - 10 s (T_x + T_y) >= 0 and < for s + 1."""

    HELD = contest("xyz", rule(Method.HARE, 98, share=SEVEN, runner_up=second_list()))

    def bounds(self, second: int) -> dict[AssertionKind, tuple[int, int]]:
        totals = {"x": 5_247_720, "y": second, "z": 1}
        found = assertions_of(self.HELD, totals, allocation_of(self.HELD, totals))
        pairs = {one.kind: dict(one.coefficients) for one in found}
        wanted = (AssertionKind.RUNNER_UP_AT_LEAST, AssertionKind.RUNNER_UP_AT_MOST)
        return {kind: (pairs[kind]["x"], pairs[kind]["y"]) for kind in wanted if kind in pairs}

    def test_three_seats_have_both_bounds(self) -> None:
        assert self.bounds(263_000) == {
            AssertionKind.RUNNER_UP_AT_LEAST: (-30, 656),
            AssertionKind.RUNNER_UP_AT_MOST: (40, -646),
        }

    def test_the_guaranteed_minimum_has_no_lower_bound(self) -> None:
        assert self.bounds(150_000) == {AssertionKind.RUNNER_UP_AT_MOST: (30, -656)}


class TestTheBase:
    """Every assertion on a share names the base that it is really of."""

    def test_took_part_is_contestants_and_invalid_ballots(self) -> None:
        held = contest("ab", rule(), against_all=True, invalid=True)
        assert denominator(held, "took_part", categories_of(held)).cells == ("a", "b", AGAINST, INVALID)

    def test_falls_back_to_the_published_base(self) -> None:
        held = contest("ab", rule(), against_all=True)
        found = denominator(held, "took_part", categories_of(held))
        assert (found.base, found.asked, found.as_asked) == ("votes", "took_part", False)

    @pytest.mark.parametrize(("known", "base"), [({INVALID: 10}, "took_part"), ({}, "votes")])
    def test_the_base_of_the_law_needs_its_votes(self, known: dict[str, int], base: str) -> None:
        by = rule(Method.HARE, 5, share=QUARTER)
        assert by.threshold is not None
        by = replace(by, threshold=replace(by.threshold, base="took_part"))
        held = contest("ab", by, invalid=True)
        votes = {"a": 60, "b": 40, **known}
        found = allocate(by, {"a": 60, "b": 40}, 100 + known.get(INVALID, 0))
        assert {one.base for one in assertions_of(held, votes, found) if one.share} == {base}

    def test_a_base_with_a_cell_twice_is_no_base(self) -> None:
        held = contest("ab", rule(), base=("a", "a", "b"))
        assert denominator(held, "votes", ("a", "b")).base == ""

    def test_a_threshold_in_lowest_terms(self) -> None:
        held = contest("ab", rule(share=Fraction(5, 100)))
        totals = {"a": 96, "b": 4}
        first = assertions_of(held, totals, allocation_of(held, totals))[0]
        assert (dict(first.coefficients), first.base, first.share) == ({"a": 19, "b": -1}, "votes", Fraction(1, 20))


class TestRefusals:
    """Where an outcome has no assertions, the reason is a code, and nothing is listed."""

    @pytest.mark.parametrize(
        ("by", "votes", "code"),
        [
            (rule(Method.DROOP, 5), {"a": 5, "b": 2}, "C134"),
            (rule(Method.HARE, 1), {"a": 2, "b": 2}, "C135"),
            (rule(Method.PLURALITY, 5), {"a": 2, "b": 1}, "C136"),
            (
                rule(Method.HARE, 7, share=HALF, runner_up=second_list(Leftover.LARGEST_REMAINDER)),
                {"a": 9, "b": 4},
                "C136",
            ),
            (rule(Method.HARE, 5), {"a": 0, "b": 0}, "C137"),
            (rule(Method.HARE, 5, share=SEVEN), {"a": 0, "b": 0}, "C137"),
        ],
    )
    def test_name_their_reason(self, by: Rule, votes: dict[str, int], code: str) -> None:
        held = contest("ab", by)
        found = allocation_of(held, votes)
        assert [one.code for one in refusals_of(held, found)] == [code]
        assert assertions_of(held, votes, found) == ()
