"""Law: the inequality that characterises a divisor method (Balinski and Young, 2001, appendix A, min-max)."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from property.allocation_worlds import DIVISOR, DIVISORS, ballots, houses, many
from secondcount.model.rule import Method
from unit.allocation.rules import by, completions


@many
@given(votes=ballots, house=houses, method=st.sampled_from(DIVISORS))
def test_nobody_waits_with_a_higher_average_than_one_that_was_served(
    votes: dict[str, int], house: int, method: Method
) -> None:
    """The highest average still waiting is not above the lowest average that got a seat, however lots end."""
    assume(sum(votes.values()) > 0)
    divisor = DIVISOR[method]
    for end in completions(by(method, house, *votes.values())):
        pairs = list(zip(votes.values(), end, strict=True))
        waiting = max(Fraction(count, divisor(held + 1)) for count, held in pairs)
        served = [Fraction(count, divisor(held)) for count, held in pairs if held]
        assert not served or waiting <= min(served)


@many
@given(votes=ballots, house=houses, method=st.sampled_from(DIVISORS))
def test_a_decided_result_is_strictly_better(votes: dict[str, int], house: int, method: Method) -> None:
    """Without lots the inequality is strict: an equality there would be a tie that was not reported."""
    found = by(method, house, *votes.values())
    assume(sum(votes.values()) > 0 and not found.lots)
    divisor = DIVISOR[method]
    waiting = max(Fraction(one.votes, divisor(one.seats + 1)) for one in found.lists)
    served = [Fraction(one.votes, divisor(one.seats)) for one in found.lists if one.seats]
    assert not served or waiting < min(served)
