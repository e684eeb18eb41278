"""The rule that admits a second list when only one reaches the threshold.

Source: Kazakhstan, Constitutional Law on Elections, Art. 97-1 (as amended on 9 February 2009). What its text
as seen leaves open (who gets the seats that the correction index leaves over) is configured, not invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from secondcount.allocation.distribution import Distribution
from secondcount.allocation.quota import hare_quota
from secondcount.allocation.result import Lot
from secondcount.allocation.ties import Settled, highest
from secondcount.model.rule import Leftover, Rule, RunnerUp

__all__ = ["with_runner_up"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Halves:
    """What the article gives to the first list and to the second, before seats are left over."""

    total: int  # v1 + v2
    quota: Fraction
    first: int
    second: int
    first_remainder: Fraction
    second_remainder: Fraction | None  # None: raised to the minimum, so more than its remainder was honoured


def with_runner_up(rule: Rule, conditions: RunnerUp, votes: Mapping[str, int], first: str) -> Distribution:
    """Distribute the seats between the one list that reaches the threshold and the next one by votes.

    In a tie for second place the first list's seats are certain, and the second's go together to whichever
    list is drawn. Without another list that has votes there is nobody to admit: the rule as given is silent,
    and no seat is certain.
    """
    others = {name: count for name, count in votes.items() if name != first and count > 0}
    if not others:
        return Distribution(whole={first: 0}, total=votes[first])
    found = highest(rule, others, 1)  # Art. 97-1(2): the list with the next largest number of votes
    candidates = found.winners or found.lots[0].contestants
    halves = _halve(conditions, rule.seats, votes[first], votes[candidates[0]])
    if found.winners:
        return _decided(rule, conditions.leftover, halves, (first, candidates[0]))
    return _drawn(rule, conditions.leftover, halves, first, candidates)


def _halve(conditions: RunnerUp, house: int, first: int, second: int) -> _Halves:
    """Apply Art. 97-1(3) to the votes of the two lists."""
    quota = hare_quota(first + second, house)  # Q = (v1 + v2) / seats
    of_quota = Fraction(first, quota)
    corrected = Fraction(conditions.correction * second, quota)  # "multiplied by the correction index"
    # "not fewer than two mandates" is a guarantee: within the house it comes before the first list's whole quotas
    of_second = min(house, max(conditions.minimum_seats, floor(corrected)))
    return _Halves(
        total=first + second,
        quota=quota,
        first=min(floor(of_quota), house - of_second),
        second=of_second,
        first_remainder=of_quota % 1,
        second_remainder=corrected % 1 if of_second == floor(corrected) else None,
    )


def _decided(rule: Rule, leftover: Leftover, halves: _Halves, pair: tuple[str, str]) -> Distribution:
    """Return the seats when it is known which list is the second: `pair` is (first, second)."""
    first, second = pair
    remainders = {first: halves.first_remainder}
    if halves.second_remainder is not None:
        remainders[second] = halves.second_remainder
    competing = leftover is Leftover.LARGEST_REMAINDER
    left = rule.seats - halves.first - halves.second
    settled = highest(rule, remainders, left) if competing else Settled()
    return Distribution(
        whole={first: halves.first, second: halves.second},
        total=halves.total,
        extra={first: left} if leftover is Leftover.FIRST_LIST else dict.fromkeys(settled.winners, 1),
        quota=halves.quota,
        remainders=remainders if competing else {},
        lots=settled.lots,
        runner_up=second,
    )


def _drawn(rule: Rule, leftover: Leftover, halves: _Halves, first: str, candidates: tuple[str, ...]) -> Distribution:
    """Return what is certain whichever of the equal `candidates` becomes the second list.

    The seats do not depend on which it is, so one of them stands in for all: one that no order of the law
    ranks, if there is any, so that its remainder is not ranked either. A second lot, for equal remainders, is
    between the first list and whichever list the first lot has made the second.
    """
    stand_in = min(candidates, key=lambda name: name in rule.tie_order)
    known = _decided(rule, leftover, halves, (first, stand_in))
    together = halves.second + known.extra.get(stand_in, 0)
    return Distribution(
        whole={first: halves.first},
        total=halves.total,
        extra={first: known.extra.get(first, 0)},
        quota=halves.quota,
        remainders={name: rest for name, rest in known.remainders.items() if name == first},
        lots=(
            Lot(contestants=candidates, seats=together, together=True),
            *(Lot(contestants=(first, *candidates), seats=lot.seats) for lot in known.lots),
        ),
    )
