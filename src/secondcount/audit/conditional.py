"""The conditional rule: seats of the one list that passes and of the second list that it brings along.

Source: Kazakhstan, Constitutional Law on Elections, Art. 97-1; audit-methods 2.2 as corrected. The second list gets
max(minimum, floor(c S T_y / (T_x + T_y))) seats, which is not Hamilton's method.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from secondcount.allocation import Allocation
from secondcount.audit.linear import coefficients
from secondcount.audit.result import Assertion, AssertionKind
from secondcount.model.rule import Leftover, Rule, RunnerUp

__all__ = ["conditional_seats", "is_expressible"]


def is_expressible(conditions: RunnerUp) -> bool:
    """Return whether the seats are a set of linear forms.

    Not where leftover seats go by remainders: a list can then get the same seats as a whole quota
    or as a remainder, which is an "or".
    """
    return conditions.leftover is not Leftover.LARGEST_REMAINDER


def conditional_seats(categories: Sequence[str], rule: Rule, allocation: Allocation) -> tuple[Assertion, ...]:
    """Return the bounds that keep both lists at their seats; none without such a rule."""
    conditions = rule.threshold.runner_up if rule.threshold else None
    if conditions is None:
        return ()
    second = allocation.runner_up
    first = next(one.contestant for one in allocation.lists if one.passes and one.contestant != second)
    bounds = _Bounds(categories, first, second)
    of_second, of_first = allocation.seats_of(second), allocation.seats_of(first)
    found = list(_second(bounds, conditions, rule.seats, of_second))
    if conditions.leftover is Leftover.SILENT:  # else the first list gets whatever the second does not
        found += _first(bounds, rule.seats, of_first, rule.seats - of_second)
    return tuple(found)


class _Bounds:
    """Builds both kinds of bound on the two lists' votes."""

    def __init__(self, categories: Sequence[str], first: str, second: str) -> None:
        self.categories = categories
        self.first, self.second = first, second

    def at_least(self, winner: str, factor: int, seats: int) -> Assertion:
        """Return factor x T_winner - seats x (T_x + T_y) >= 0."""
        return self._bound(AssertionKind.RUNNER_UP_AT_LEAST, winner, factor, -seats)

    def at_most(self, winner: str, factor: int, seats: int) -> Assertion:
        """Return seats x (T_x + T_y) - factor x T_winner > 0."""
        return self._bound(AssertionKind.RUNNER_UP_AT_MOST, winner, -factor, seats)

    def _bound(self, kind: AssertionKind, winner: str, factor: int, both: int) -> Assertion:
        terms: Mapping[str, int] = {
            name: both + (factor if name == winner else 0) for name in (self.first, self.second)
        }
        return Assertion(
            kind=kind,
            winner=winner,
            loser=self.first if winner == self.second else self.second,
            coefficients=coefficients(self.categories, terms),
            strict=kind is AssertionKind.RUNNER_UP_AT_MOST,
        )


def _second(bounds: _Bounds, conditions: RunnerUp, house: int, seats: int) -> tuple[Assertion, ...]:
    """Bound floor(c S T_y / (T_x + T_y)), c = u/w: u S T_y - w s (T_x + T_y) >= 0, and < for s + 1.

    The lower bound falls away at the guaranteed minimum: fewer quotas give the same seats.
    """
    factor, weight = conditions.correction.numerator * house, conditions.correction.denominator
    found = []
    if seats > conditions.minimum_seats:
        found.append(bounds.at_least(bounds.second, factor, weight * seats))
    if seats < house:
        found.append(bounds.at_most(bounds.second, factor, weight * (seats + 1)))
    return tuple(found)


def _first(bounds: _Bounds, house: int, seats: int, most: int) -> tuple[Assertion, ...]:
    """Bound the first list's whole quotas; at `most` the house is full, and more quotas give the same seats."""
    found = []
    if seats > 0:
        found.append(bounds.at_least(bounds.first, house, seats))
    if seats < most:
        found.append(bounds.at_most(bounds.first, house, seats + 1))
    return tuple(found)
