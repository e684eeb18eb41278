"""The order of steps: who takes part, which branch, what is refused, and the empty cases."""

from __future__ import annotations

from fractions import Fraction

import pytest

from secondcount.allocation import Outcome, allocate
from secondcount.model.rule import Leftover, Method, Rule, RunnerUp, Ties
from unit.allocation.rules import at_least, by, kazakh, named, seats

SEAT_METHODS = [method for method in Method if method is not Method.MAJORITY]
HARE = Rule(method=Method.HARE, seats=98, ties=Ties.LOT, threshold=at_least(Fraction(7, 100)))


class TestThresholdStep:
    def test_leaves_the_missing_lists_out_of_the_quota(self) -> None:
        """Q is the votes of the passing lists per seat, not all votes per seat (Art. 97-1(1))."""
        found = allocate(HARE, named(600, 300, 60, 40), 1_000)
        assert (found.passing_total, found.quota) == (900, Fraction(900, 98))
        assert [one.passes for one in found.lists] == [True, True, False, False]

    def test_uses_the_base_given(self) -> None:
        """Votes against all are in the base though not among the contestants, and can push a list below."""
        assert seats(allocate(HARE, named(930, 70), 1_000)) == (91, 7)
        assert seats(allocate(HARE, named(930, 70), 1_001)) == (98, 0)

    @pytest.mark.parametrize("method", SEAT_METHODS)
    def test_comes_before_every_method(self, method: Method) -> None:
        """A list below the threshold has no seat by any method."""
        rule = Rule(method=method, seats=2, ties=Ties.LOT, threshold=at_least(Fraction(1, 5)))
        assert seats(allocate(rule, named(50, 31, 19), 100))[2] == 0


class TestEmptyCases:
    @pytest.mark.parametrize("method", list(Method))
    def test_without_votes_nobody_gets_a_seat(self, method: Method) -> None:
        """No votes at all is a result: nobody, and the seats stay undistributed."""
        found = by(method, 1, 0, 0)
        assert (found.outcome, seats(found), found.undistributed) == (Outcome.NOBODY, (0, 0), 1)

    @pytest.mark.parametrize("method", list(Method))
    def test_without_contestants_nobody_gets_a_seat(self, method: Method) -> None:
        """An empty ballot is a result too."""
        found = by(method, 1)
        assert (found.outcome, found.lists, found.undistributed) == (Outcome.NOBODY, (), 1)

    @pytest.mark.parametrize("method", list(Method))
    def test_a_house_without_seats_is_decided(self, method: Method) -> None:
        """Nothing to distribute leaves nothing open."""
        found = by(method, 0, 7, 3)
        assert (found.outcome, seats(found), found.undistributed) == (Outcome.DECIDED, (0, 0), 0)

    @pytest.mark.parametrize("method", [Method.HARE, Method.DROOP, Method.DHONDT, Method.SAINTE_LAGUE])
    def test_one_list_gets_the_whole_house(self, method: Method) -> None:
        """A single list with votes takes all seats by every proportional method."""
        assert seats(by(method, 98, 100_000)) == (98,)

    def test_no_list_above_the_threshold_is_nobody(self) -> None:
        """A threshold that nobody reaches is a result, and the law is not stretched."""
        found = allocate(HARE, named(6, 6, 6), 100)
        assert (found.outcome, found.undistributed, found.passing_total) == (Outcome.NOBODY, 98, 0)


class TestRefusals:
    @pytest.mark.parametrize(
        ("rule", "votes", "base"),
        [
            (HARE, named(-1, 5), 100),
            (HARE, named(5), -1),
            (Rule(method=Method.HARE, seats=-1, ties=Ties.LOT), named(5), 5),
            (HARE, named(50, 51), 100),
            (Rule(method=Method.MAJORITY, seats=1, ties=Ties.LOT), named(50, 51), 100),
            (Rule(method=Method.MAJORITY, seats=2, ties=Ties.LOT), named(50, 49), 100),
            (
                Rule(
                    method=Method.DHONDT,
                    seats=98,
                    ties=Ties.LOT,
                    threshold=at_least(
                        Fraction(7, 100),
                        RunnerUp(correction=Fraction(7, 10), minimum_seats=2, leftover=Leftover.SILENT),
                    ),
                ),
                named(90, 5),
                95,
            ),
        ],
        ids=["votes", "base", "seats", "base below votes", "majority base", "two by majority", "runner-up by D'Hondt"],
    )
    def test_stop_at_once(self, rule: Rule, votes: dict[str, int], base: int) -> None:
        """What no caller may pass is a bug and stops; it is never computed into seats."""
        with pytest.raises(ValueError, match=r"negative|smaller|majority|runner-up"):
            allocate(rule, votes, base)

    def test_do_not_touch_a_base_that_the_rule_does_not_use(self) -> None:
        """Where voters have several votes, the votes exceed the voters; without a threshold that is no matter."""
        rule = Rule(method=Method.PLURALITY, seats=2, ties=Ties.LOT)
        assert seats(allocate(rule, named(60, 55, 50), 100)) == (1, 1, 0)


class TestResult:
    def test_keeps_the_order_of_the_contestants(self) -> None:
        """Rows come as the votes came, not by size."""
        assert [one.contestant for one in by(Method.HARE, 5, 1, 3, 2).lists] == ["a", "b", "c"]

    def test_answers_for_a_contestant_that_is_not_here(self) -> None:
        """A name that did not stand has no seat."""
        found = by(Method.HARE, 5, 3, 2)
        assert (found.seats_of("b"), found.seats_of("z")) == (2, 0)

    def test_says_which_base_was_used(self) -> None:
        """The denominator stands in the result."""
        assert allocate(kazakh(Leftover.SILENT), named(930, 70), 1_001).base_total == 1_001
