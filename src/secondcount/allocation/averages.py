"""Highest averages: seats go one by one to the largest votes / divisor of the next seat.

Reference: M. Balinski and H. P. Young, Fair Representation (2nd ed., 2001), appendix A (divisor methods).
The k-th seat of a list costs votes / (step x k - back): D'Hondt 1, 2, 3, ...; Sainte-Laguë 1, 3, 5, ...
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heapreplace
from types import MappingProxyType

from secondcount.allocation.distribution import Distribution
from secondcount.allocation.ties import settle
from secondcount.model.rule import Method, Rule

__all__ = ["DIVISORS", "Divisors", "highest_averages"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Divisors:
    """An arithmetic series of divisors: step x k - back for the k-th seat."""

    step: int
    back: int

    def average(self, votes: int, seats: int) -> Fraction:
        """Return what the next seat of a list with `seats` seats is worth in votes."""
        return Fraction(votes, self.step * (seats + 1) - self.back)


DIVISORS: Mapping[Method, Divisors] = MappingProxyType(
    {
        Method.DHONDT: Divisors(step=1, back=0),  # 1, 2, 3, ...
        Method.SAINTE_LAGUE: Divisors(step=2, back=1),  # 1, 3, 5, ...
    }
)


def highest_averages(rule: Rule, votes: Mapping[str, int]) -> Distribution:
    """Give `rule.seats` seats by highest averages; every contestant must have at least one vote.

    The averages above some level are given at once (all of them belong to the highest), the last few one by
    one; so the work grows with the number of contestants, not of seats.
    """
    divisors = DIVISORS[rule.method]
    seats = _safe_start(divisors, votes, rule.seats)
    queue = [(-divisors.average(votes[name], seats[name]), name) for name in votes]
    heapify(queue)
    level, at_level = Fraction(0), list[str]()  # the average that is being served, and who got a seat for it
    for _ in range(rule.seats - sum(seats.values())):
        average, name = queue[0]
        if average != level:
            level, at_level = average, []
        at_level.append(name)
        seats[name] += 1
        heapreplace(queue, (-divisors.average(votes[name], seats[name]), name))
    waiting = {name for average, name in queue if average == level}
    if not waiting:
        return Distribution(whole=seats, total=sum(votes.values()))
    return _share_level(rule, votes, seats, at_level, waiting)


def _safe_start(divisors: Divisors, votes: Mapping[str, int], house: int) -> dict[str, int]:
    """Return the seats for all averages not below total / (step x s), s chosen so that they never exceed the house.

    List i has floor(s x v_i / total + back / step) such seats; summed over n lists that is at most
    s + n x back / step. So s = house - ceil(n x back / step).
    """
    total = sum(votes.values())
    step, back = divisors.step, divisors.back
    safe = max(0, house + (-len(votes) * back) // step)
    return {name: (step * safe * count + back * total) // (step * total) for name, count in votes.items()}


def _share_level(
    rule: Rule, votes: Mapping[str, int], seats: dict[str, int], at_level: list[str], waiting: set[str]
) -> Distribution:
    """Take back the seats given at the last average, for which others wait with equal right, and settle the tie."""
    for name in at_level:
        seats[name] -= 1
    tied = [name for name in votes if name in waiting or name in at_level]
    settled = settle(rule, tied, len(at_level))
    for name in settled.winners:
        seats[name] += 1
    return Distribution(whole=seats, total=sum(votes.values()), lots=settled.lots)
