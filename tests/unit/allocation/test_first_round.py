"""A first round with more than one way to be elected (Bolivia, Constitution, Art. 166): exact at every border."""

from __future__ import annotations

from fractions import Fraction

import pytest

from secondcount.allocation import Allocation, Outcome, allocate
from secondcount.model.rule import Alternative, Method, Rule, Ties
from unit.allocation.rules import named, seats

BOLIVIA = Rule(
    method=Method.MAJORITY,
    seats=1,
    ties=Ties.SILENT,
    alternatives=(Alternative(share=Fraction(2, 5), lead=Fraction(1, 10)),),
)


def first_round(*votes: int) -> Allocation:
    """Hold a first round on the votes alone."""
    return allocate(BOLIVIA, named(*votes), sum(votes))


def test_more_than_half_elects_whatever_the_lead() -> None:
    """501 of 1,000 against 499: elected without ten points."""
    assert seats(first_round(501, 499)) == (1, 0)


def test_forty_percent_and_ten_points_elect() -> None:
    """Both are "not less than": exactly 40 %, exactly ten points."""
    assert seats(first_round(400, 300, 300)) == (1, 0, 0)


@pytest.mark.parametrize("votes", [(399, 289, 200, 112), (400, 301, 299), (500, 401, 99), (500, 500)])
def test_one_vote_less_is_a_second_round(votes: tuple[int, ...]) -> None:
    """399 of 1,000; a lead of 99; half and a lead of 99; half each: the first two run again."""
    found = first_round(*votes)
    assert (found.outcome, found.second_round) == (Outcome.SECOND_ROUND, ("a", "b"))
    assert sum(seats(found)) == 0


def test_the_lead_is_over_each_other_and_of_the_base() -> None:
    """The second in the list of the ballot need not be the second in votes."""
    assert first_round(450, 100, 360, 90).second_round == ("a", "c")


def test_the_official_count_of_2019_elects_and_the_first_transmission_does_not() -> None:
    """Final totals: 47.08 against 36.51 elect; 45.28 against 38.16 (MAS and CC with the rest as one) do not."""
    assert seats(first_round(2_889_359, 2_240_920, 539_081, 260_316, 76_827, 42_334, 39_826, 25_283, 23_725))[0] == 1
    assert first_round(4_528, 3_816, 1_656).outcome is Outcome.SECOND_ROUND


def test_an_alternative_without_a_lead_is_no_law() -> None:
    """Without a lead two could be elected at once; with another method nobody is."""
    none = (Alternative(share=Fraction(2, 5), lead=Fraction(0)),)
    with pytest.raises(ValueError, match="alternative"):
        allocate(Rule(method=Method.MAJORITY, seats=1, ties=Ties.LOT, alternatives=none), named(1), 1)
    other = Rule(method=Method.PLURALITY, seats=1, ties=Ties.LOT, alternatives=BOLIVIA.alternatives)
    with pytest.raises(ValueError, match="alternative"):
        allocate(other, named(1), 1)


def test_the_law_says_how_many_run_again() -> None:
    """Three places: the first three."""
    rule = Rule(method=Method.MAJORITY, seats=1, ties=Ties.LOT, run_off_places=3)
    assert allocate(rule, named(4, 3, 2, 1), 10).second_round == ("a", "b", "c")
