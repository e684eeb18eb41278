"""Law: exhaustion. Every seat of the house is given for certain, drawn by lot, or reported as open."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from property.allocation_worlds import DIVISORS, ballots, houses, many, rules
from secondcount.allocation import Outcome, allocate
from secondcount.model.rule import Method, Rule, Ties
from unit.allocation.rules import by


@many
@given(rule=rules(), votes=ballots, extra=st.integers(0, 500))
def test_certain_and_open_seats_add_up_to_the_house(rule: Rule, votes: dict[str, int], extra: int) -> None:
    """No seat is lost and none is given twice, under every rule."""
    found = allocate(rule, votes, sum(votes.values()) + extra)
    assert sum(one.seats for one in found.lists) + found.undistributed == rule.seats
    assert found.undistributed >= 0
    assert all(one.seats == one.whole + one.extra >= 0 for one in found.lists)


@many
@given(rule=rules(), votes=ballots, extra=st.integers(0, 500))
def test_open_seats_have_a_reason(rule: Rule, votes: dict[str, int], extra: int) -> None:
    """DECIDED leaves nothing open; LOT leaves exactly the seats of its lots; a lot has fewer seats than names."""
    found = allocate(rule, votes, sum(votes.values()) + extra)
    drawn = sum(lot.seats for lot in found.lots)
    if found.outcome is Outcome.DECIDED:
        assert (found.undistributed, found.lots, found.second_round) == (0, (), ())
    if found.outcome is Outcome.LOT and rule.method is not Method.MAJORITY:
        assert found.undistributed == drawn > 0
    if found.outcome is Outcome.LOT:
        assert rule.ties is Ties.LOT
    assert all(lot.together or 0 < lot.seats < len(lot.contestants) for lot in found.lots)


@many
@given(votes=ballots, house=houses, method=st.sampled_from([Method.HARE, *DIVISORS]))
def test_only_lots_can_keep_a_seat_of_a_proportional_rule_open(
    votes: dict[str, int], house: int, method: Method
) -> None:
    """The Hare quota and the divisor methods always have an owner for every seat, once there are votes."""
    found = by(method, house, *votes.values())
    assert found.outcome in {Outcome.DECIDED, Outcome.LOT} or sum(votes.values()) == 0
    assert found.undistributed == sum(lot.seats for lot in found.lots) or sum(votes.values()) == 0


@many
@given(votes=ballots, house=houses)
def test_contestants_without_votes_get_nothing(votes: dict[str, int], house: int) -> None:
    """No vote, no seat and no lot, by every proportional method."""
    for method in (Method.HARE, Method.DROOP, *DIVISORS):
        found = by(method, house, *votes.values())
        idle = {name for name, count in votes.items() if count == 0}
        assert not any(one.passes or one.seats for one in found.lists if one.contestant in idle)
        assert not idle & {name for lot in found.lots for name in lot.contestants}
