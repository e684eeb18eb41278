"""Law: population monotonicity. By divisor methods a list that gains on another never loses a seat to it."""

from __future__ import annotations

from itertools import permutations

from hypothesis import assume, given
from hypothesis import strategies as st

from property.allocation_worlds import DIVISORS, PROPORTIONAL, many
from secondcount.allocation import Outcome
from secondcount.model.rule import Method
from unit.allocation.rules import by, completions, named

pairs_of_ballots = st.integers(2, 5).flatmap(
    lambda size: st.tuples(
        *(st.lists(st.one_of(st.integers(1, 12), st.integers(1, 10**6)), min_size=size, max_size=size) for _ in "xy")
    )
)


@many
@given(elections=pairs_of_ballots, house=st.integers(1, 60), method=st.sampled_from(DIVISORS))
def test_relative_gain_never_moves_a_seat_to_the_loser(
    elections: tuple[list[int], list[int]], house: int, method: Method
) -> None:
    """If votes of i over votes of j do not fall, then not both: i has fewer seats and j has more."""
    before, after = elections
    results = [by(method, house, *votes) for votes in elections]
    assume(all(found.outcome is Outcome.DECIDED for found in results))
    old, new = ([one.seats for one in found.lists] for found in results)
    for i, j in permutations(range(len(before)), 2):
        if after[i] * before[j] >= before[i] * after[j]:
            assert new[i] >= old[i] or new[j] <= old[j]


@many
@given(votes=st.lists(st.integers(0, 50), min_size=2, max_size=6), house=st.integers(0, 40))
def test_more_votes_never_mean_fewer_seats(votes: list[int], house: int) -> None:
    """Within one election, by every proportional method, however lots end: the list with more votes has no fewer."""
    for method in PROPORTIONAL:
        for end in completions(by(method, house, *votes)):
            for i, j in permutations(range(len(votes)), 2):
                assert votes[i] <= votes[j] or end[i] >= end[j], (method, named(*votes))
