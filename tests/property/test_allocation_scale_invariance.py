"""Law: scale. If every vote and the base are multiplied by one number, no seat moves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from property.allocation_worlds import ballots, many, rules
from secondcount.allocation import allocate
from secondcount.model.rule import Method, Rule
from unit.allocation.rules import by, seats

SCALED = tuple(method for method in Method if method is not Method.DROOP)


@many
@given(rule=rules(SCALED), votes=ballots, extra=st.integers(0, 500), factor=st.integers(2, 10**6))
def test_a_common_factor_changes_nothing(rule: Rule, votes: dict[str, int], extra: int, factor: int) -> None:
    """Seats, lots, outcome and second round stay; Droop's quota, rounded to whole votes, is the one exception."""
    base = sum(votes.values()) + extra
    larger = allocate(rule, {name: count * factor for name, count in votes.items()}, base * factor)
    smaller = allocate(rule, votes, base)
    assert seats(larger) == seats(smaller)
    assert (larger.outcome, larger.lots, larger.second_round) == (smaller.outcome, smaller.lots, smaller.second_round)


def test_droop_is_rounded_to_whole_votes() -> None:
    """A quota of 1 for 3 votes is not a tenth of the quota for 30 votes, so seats can move; the law is the integer."""
    assert seats(by(Method.DROOP, 10, 2, 1)) != seats(by(Method.DROOP, 10, 2_000, 1_000))
