"""How far totals are from breaking an assertion, in votes that a person can picture (audit-methods 2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor

from secondcount.audit.linear import slack, value_on
from secondcount.audit.result import Assertion, Margin
from secondcount.model.rule import Comparison

__all__ = ["lose_by_moving", "margin", "reach_by_adding", "reach_by_moving"]


def margin(assertion: Assertion, votes: Mapping[str, int]) -> Margin:
    """Return V and the least votes, moved between categories or added to one, that break the assertion.

    Moving is exact: votes go to the category with the lowest coefficient, first from the one with the highest,
    while that has any (a category cannot go below zero); so it can take more votes than V / (c_max - c_min).
    `votes` are the totals; a category that is not among them has no votes to give.
    """
    gap = slack(assertion, value_on(assertion, votes))
    worst, cheapest = min(((factor, cell) for cell, factor in assertion.coefficients), key=lambda one: one[0])
    moved, donor = _moved(assertion, votes, gap, worst)
    can_add = gap <= 0 or worst < 0
    return Margin(
        assertion=assertion,
        value=gap,
        moved=moved,
        added=_ceil_div(max(0, gap), -worst or 1) if can_add else None,
        moved_from=donor,
        moved_to=cheapest if donor else "",
    )


def _moved(assertion: Assertion, votes: Mapping[str, int], gap: int, worst: int) -> tuple[int | None, str]:
    """Return the least votes moved to the category with the lowest coefficient, and the first that gives some."""
    donors = sorted(
        ((factor - worst, cell) for cell, factor in assertion.coefficients if votes.get(cell, 0) > 0),
        key=lambda one: -one[0],
    )
    moved, left = 0, gap
    for worth, cell in donors:
        if left <= 0 or worth == 0:
            break
        taken = min(votes[cell], _ceil_div(left, worth))
        moved, left = moved + taken, left - taken * worth
    return (moved if left <= 0 else None), (donors[0][1] if moved else "")


def _ceil_div(amount: int, size: int) -> int:
    """Return the least whole number of steps of `size` that make up `amount`."""
    return -(-amount // size)


def reach_by_moving(votes: int, base: int, share: Fraction, comparison: Comparison) -> int | None:
    """Return the least votes to move to a list so that it reaches the share of an unchanged base.

    0 if it does already; None if not even the whole base would do (more than 100 %).
    """
    needed = _least(share * base, comparison)
    return max(0, needed - votes) if needed <= base else None


def reach_by_adding(votes: int, base: int, share: Fraction, comparison: Comparison) -> int | None:
    """Return the least votes to add to a list so that it reaches the share of the base that they enlarge.

    x >= (share x base - votes) / (1 - share) (domain.md, Appendix C); None where no number is enough.
    """
    short = share * base - votes
    if _is_reached(-short, comparison):
        return 0
    return None if share >= 1 else _least(Fraction(short, 1 - share), comparison)


def lose_by_moving(votes: int, base: int, share: Fraction, comparison: Comparison) -> int | None:
    """Return the least votes to take from a list so that it misses the share of an unchanged base.

    0 if it misses it already; None if it reaches it even without a vote.
    """
    needed = _least(share * base, comparison)
    return max(0, votes - needed + 1) if needed > 0 else None


def _is_reached(surplus: Fraction, comparison: Comparison) -> bool:
    return surplus > 0 if comparison is Comparison.MORE_THAN else surplus >= 0


def _least(bound: Fraction, comparison: Comparison) -> int:
    """Return the least whole number that is at least the bound, or more than it where the law says "more than"."""
    return floor(bound) + 1 if comparison is Comparison.MORE_THAN else ceil(bound)
