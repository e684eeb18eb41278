"""Law: seats equal the definition of each method, worked out by brute force on small elections.

A result with open lots must end in exactly the distributions that the definition allows, no more and no fewer.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from property.allocation_worlds import ballots, compositions, houses, many, successive, tiny_ballots
from secondcount.allocation import Outcome, allocate, droop_quota
from secondcount.model.rule import Leftover, Method, Rule, Ties
from unit.allocation.rules import by, completions, kazakh, named, seats


@many
@given(votes=tiny_ballots, house=st.integers(1, 6))
def test_hamilton_is_the_nearest_distribution_to_the_quotas(votes: dict[str, int], house: int) -> None:
    """Largest remainders under the Hare quota minimise the squared distance to votes x seats / total."""
    assume(sum(votes.values()) > 0)
    quotas = [Fraction(count * house, sum(votes.values())) for count in votes.values()]
    distance = {
        seats: sum((held - quota) ** 2 for held, quota in zip(seats, quotas, strict=True))
        for seats in compositions(house, len(votes))
        if all(count > 0 or held == 0 for count, held in zip(votes.values(), seats, strict=True))
    }
    nearest = {seats for seats, apart in distance.items() if apart == min(distance.values())}
    assert completions(by(Method.HARE, house, *votes.values())) == nearest


@many
@given(votes=tiny_ballots, house=st.integers(1, 8), method=st.sampled_from([Method.DHONDT, Method.SAINTE_LAGUE]))
def test_divisor_methods_are_successive_highest_averages(votes: dict[str, int], house: int, method: Method) -> None:
    """All at once equals one by one, with every way to break every tie."""
    assume(sum(votes.values()) > 0)
    assert completions(by(method, house, *votes.values())) == successive(votes, house, method)


@pytest.mark.parametrize("method", [Method.DHONDT, Method.SAINTE_LAGUE])
def test_divisor_methods_are_successive_highest_averages_in_a_large_house(method: Method) -> None:
    """The start that saves work leaves nothing out: 1,000 seats, unequal lists, odd and even numbers of them."""
    for size in (2, 5, 8):
        votes = named(*(7_919 * (index + 3) ** 3 % 1_000_003 for index in range(size)))
        assert completions(by(method, 1_000, *votes.values())) == successive(votes, 1_000, method)


@many
@given(votes=tiny_ballots, house=st.integers(1, 6))
def test_sainte_lague_minimises_its_own_distance(votes: dict[str, int], house: int) -> None:
    """Sainte-Laguë (1910): the sum of seats squared per vote is least, which is least squares per voter."""
    assume(sum(votes.values()) > 0)
    distance = {
        seats: sum(Fraction(held**2, count) for held, count in zip(seats, votes.values(), strict=True) if count)
        for seats in compositions(house, len(votes))
        if all(count > 0 or held == 0 for count, held in zip(votes.values(), seats, strict=True))
    }
    nearest = {seats for seats, apart in distance.items() if apart == min(distance.values())}
    assert completions(by(Method.SAINTE_LAGUE, house, *votes.values())) == nearest


@many
@given(votes=ballots, house=houses)
def test_droop_gives_whole_quotas_and_at_most_one_seat_more(votes: dict[str, int], house: int) -> None:
    """Every list has floor(votes / quota) seats or one more, and never more than the house has together."""
    assume(sum(votes.values()) > 0)
    found = by(Method.DROOP, house, *votes.values())
    quota = droop_quota(sum(votes.values()), house)
    for end in completions(found):
        assert sum(end) <= house
        for count, held in zip(votes.values(), end, strict=True):
            assert house == 0 or floor(Fraction(count) / quota) <= held <= floor(Fraction(count) / quota) + 1


@many
@given(votes=tiny_ballots, house=st.integers(1, 3))
def test_plurality_leaves_nobody_behind_who_has_more_votes(votes: dict[str, int], house: int) -> None:
    """In every way a tie can end, no loser has more votes than a winner."""
    for end in completions(by(Method.PLURALITY, house, *votes.values())):
        won = [count for count, held in zip(votes.values(), end, strict=True) if held]
        lost = [count for count, held in zip(votes.values(), end, strict=True) if not held]
        assert min(won, default=0) >= max(lost, default=0) or len(won) < house


@many
@given(first=st.integers(1, 10**7), second=st.integers(1, 10**7), house=st.integers(4, 120))
def test_runner_up_seats_are_the_integers_of_the_article(first: int, second: int, house: int) -> None:
    """max(2, floor(7 S v2 / 10 (v1 + v2))) and floor(S v1 / (v1 + v2)), the minimum being honoured first."""
    assume(first > second)
    base = 13 * second + first  # so large that the second list stays below 7/100 and the first may not
    assume(100 * first >= 7 * base > 100 * second)
    found = allocate(kazakh(Leftover.SILENT, seats=house), named(first, second), base)
    of_second = max(2, 7 * house * second // (10 * (first + second)))
    assert seats(found) == (min(house * first // (first + second), house - of_second), of_second)


@many
@given(votes=ballots, extra=st.integers(0, 1_000), ties=st.sampled_from(Ties))
def test_majority_elects_exactly_who_has_more_than_half(votes: dict[str, int], extra: int, ties: Ties) -> None:
    """A seat is given if and only if 2 x votes > base."""
    base = sum(votes.values()) + extra
    found = allocate(Rule(method=Method.MAJORITY, seats=1, ties=ties), votes, base)
    assert [one.seats for one in found.lists] == [int(2 * count > base) for count in votes.values()]
    if found.outcome is Outcome.SECOND_ROUND:
        third = sorted(votes.values(), reverse=True)[2:3]
        assert all(votes[name] >= other for name in found.second_round for other in third)
