"""What an allocation gives: seats, and everything needed to re-derive them by hand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

__all__ = ["Allocation", "ListResult", "Lot", "Outcome"]


class Outcome(StrEnum):
    """How far the rule alone decides."""

    DECIDED = "decided"
    LOT = "lot"  # the law draws lots: `Allocation.lots` says among whom, for how many seats
    LAW_SILENT = "law_silent"  # the text seen does not say (ties, leftover seats): asked for, not invented
    SECOND_ROUND = "second_round"
    NOBODY = "nobody"  # no list reaches the threshold, or no votes at all


@dataclass(frozen=True, slots=True, kw_only=True)
class ListResult:
    """One contestant's way through the rule."""

    contestant: str
    votes: int
    passes: bool  # takes part in the distribution
    quotient: Fraction | None  # votes / quota, for quota rules
    whole: int  # seats from whole quotas (or all seats, for divisor rules)
    remainder: Fraction | None  # fractional part that competes for the rest
    extra: int  # seats from remainders (or from the leftover rule)
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """A draw that the law (or its silence) leaves open: `seats` seats among `contestants`, at most one for each.

    `together`: all of them go to one contestant (a tie for who is admitted as the runner-up).
    In a tie for the second round `seats` counts places in that round.
    """

    contestants: tuple[str, ...]
    seats: int
    together: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """The result of one rule on one set of votes; contestants in the order in which they were given."""

    outcome: Outcome
    house: int  # seats to distribute
    lists: tuple[ListResult, ...]
    base_total: int  # the denominator that the threshold used
    passing_total: int  # votes of the lists that take part
    quota: Fraction | None  # votes per seat
    runner_up: str = ""  # the second list admitted below the threshold, if any
    lots: tuple[Lot, ...] = ()
    undistributed: int = 0  # seats that the rule as known leaves open (lots included)
    second_round: tuple[str, ...] = ()

    def seats_of(self, contestant: str) -> int:
        """Return the seats certain for this contestant (0 for one that is not here)."""
        return next((one.seats for one in self.lists if one.contestant == contestant), 0)
