"""What totals mean for a claim about seats: true, false, or open because the law draws lots or does not say."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from secondcount.allocation import Allocation, Outcome, allocate
from secondcount.audit.assertions import Frame
from secondcount.model.claim import InClaim, SeatsClaim
from secondcount.model.rule import Method

__all__ = ["Truth", "allocation_on", "seat_range", "truth_of"]


class Truth(StrEnum):
    """Whether a claim about seats is true of given totals."""

    TRUE = "true"
    FALSE = "false"
    OPEN = "open"  # the votes alone do not say: lots, a second round, or silence of the law


def allocation_on(frame: Frame, totals: Mapping[str, int]) -> Allocation:
    """Return what the contest's rule gives on these totals."""
    votes = {name: totals[name] for name in frame.contest.seat_takers}
    return allocate(frame.rule, votes, sum(totals[cell] for cell in frame.base.cells))


def truth_of(body: SeatsClaim | InClaim, allocation: Allocation, method: Method) -> Truth:
    """Return whether the claim is true however the open seats fall, false however they fall, or open."""
    low, high = seat_range(allocation, body.contestant, method)
    if isinstance(body, InClaim):
        true, false = low >= 1, high == 0
    else:
        true, false = low == body.seats == high, not low <= body.seats <= high
    if true:
        return Truth.TRUE
    return Truth.FALSE if false else Truth.OPEN


def seat_range(allocation: Allocation, contestant: str, method: Method) -> tuple[int, int]:
    """Return the fewest and the most seats that the contestant can have when everything open is settled.

    "Most" is generous where the law is silent, so nothing is excluded that it might allow; but a person has
    one seat at most, and seats for which there are too few persons go to none of them.
    """
    certain = allocation.seats_of(contestant)
    if allocation.outcome is Outcome.SECOND_ROUND or allocation.second_round:
        named = contestant in allocation.second_round
        return 0, int(named or any(contestant in lot.contestants for lot in allocation.lots))
    mine = [lot for lot in allocation.lots if contestant in lot.contestants]
    drawn = sum(lot.seats if lot.together else min(1, lot.seats) for lot in mine)
    takes_part = bool(mine) or any(one.passes for one in allocation.lists if one.contestant == contestant)
    silent = allocation.undistributed - sum(lot.seats for lot in allocation.lots)
    if allocation.outcome is not Outcome.LAW_SILENT or not takes_part or method is Method.PLURALITY:
        silent = 0
    return certain, certain + drawn + max(0, silent)
