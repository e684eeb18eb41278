"""Law: house monotonicity. By divisor methods a larger house never costs a list a seat; by quotas it can."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from property.allocation_worlds import DIVISORS, ballots, houses, many
from secondcount.model.rule import Method
from unit.allocation.rules import by, seats


@many
@given(votes=ballots, house=houses, method=st.sampled_from(DIVISORS))
def test_one_more_seat_never_costs_a_certain_seat(votes: dict[str, int], house: int, method: Method) -> None:
    """Component by component: nobody has fewer certain seats in a house with one seat more."""
    smaller = seats(by(method, house, *votes.values()))
    larger = seats(by(method, house + 1, *votes.values()))
    assert all(before <= after for before, after in zip(smaller, larger, strict=True))


def test_hamilton_is_not_house_monotone() -> None:
    """The Alabama paradox stands: where the statute says largest remainder, the paradox is the result."""
    assert seats(by(Method.HARE, 10, 6, 6, 2))[2] > seats(by(Method.HARE, 11, 6, 6, 2))[2]
