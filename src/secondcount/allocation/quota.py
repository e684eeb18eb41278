"""Quota methods: whole quotas first, then the largest remainders, at most one seat for each.

Reference: M. Balinski and H. P. Young, Fair Representation (2nd ed., 2001), appendix A (Hamilton's method).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from secondcount.allocation.distribution import Distribution
from secondcount.allocation.ties import highest
from secondcount.model.rule import Rule

__all__ = ["droop_quota", "hare_quota", "largest_remainder"]


def hare_quota(total: int, seats: int) -> Fraction:
    """Return the votes of all who take part, divided by the seats: exact, not rounded."""
    return Fraction(total, seats)


def droop_quota(total: int, seats: int) -> Fraction:
    """Return floor(total / (seats + 1)) + 1, the least whole number of votes that at most `seats` can each have.

    This is Droop's own integer form (H. R. Droop, 1881). The unrounded total / (seats + 1) can give out
    seats + 1 whole quotas; this form never gives out more seats than there are.
    """
    return Fraction(total // (seats + 1) + 1)


def largest_remainder(rule: Rule, votes: Mapping[str, int], quota: Fraction) -> Distribution:
    """Give each contestant its whole quotas, and one seat each to the largest remainders while seats last.

    Under the Hare quota fewer seats remain than there are remainders. Under the Droop quota of a very small
    electorate more can remain than there are contestants: a remainder earns one seat, and what is left then
    stays undistributed, because no law seen speaks of it.

    `quota` is one of the two above (a smaller one could give out more seats than there are) and `rule.seats`
    is positive.

    """
    # votes / quota = whole + rest / quota.numerator, so the integers `rest` rank the remainders exactly
    parts = {name: divmod(count * quota.denominator, quota.numerator) for name, count in votes.items()}
    whole = {name: part[0] for name, part in parts.items()}
    settled = highest(rule, {name: part[1] for name, part in parts.items()}, rule.seats - sum(whole.values()))
    return Distribution(
        whole=whole,
        total=sum(votes.values()),
        extra=dict.fromkeys(settled.winners, 1),
        quota=quota,
        remainders={name: Fraction(part[1], quota.numerator) for name, part in parts.items()},
        lots=settled.lots,
    )
