"""Law: quota. Under the Hare quota every list gets its quota rounded down or up, however lots end."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from hypothesis import assume, given

from property.allocation_worlds import ballots, houses, many
from secondcount.model.rule import Method
from unit.allocation.rules import by, completions


@many
@given(votes=ballots, house=houses)
def test_hamilton_stays_within_the_quota(votes: dict[str, int], house: int) -> None:
    """floor(quota) <= seats <= ceil(quota)."""
    total = sum(votes.values())
    assume(total > 0)
    for end in completions(by(Method.HARE, house, *votes.values())):
        for count, held in zip(votes.values(), end, strict=True):
            assert floor(Fraction(count * house, total)) <= held <= ceil(Fraction(count * house, total))


@many
@given(votes=ballots, house=houses)
def test_dhondt_never_falls_below_the_quota(votes: dict[str, int], house: int) -> None:
    """D'Hondt keeps the lower quota, which is what its quick start relies on."""
    total = sum(votes.values())
    assume(total > 0)
    for end in completions(by(Method.DHONDT, house, *votes.values())):
        assert all(held >= count * house // total for count, held in zip(votes.values(), end, strict=True))
