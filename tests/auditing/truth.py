"""The truth about a claim on given totals, written out without the audit room: every way that open seats can fall."""

from __future__ import annotations

from collections.abc import Mapping

from secondcount.allocation import Allocation, Outcome, allocate
from secondcount.model.claim import ClaimBody, InClaim, LeadClaim, SeatsClaim, ShareClaim
from secondcount.model.election import Contest
from secondcount.model.rule import Method

Totals = Mapping[str, int]


def answers(contest: Contest, body: ClaimBody, totals: Totals) -> set[bool]:
    """Return whether the claim is true: one answer, or both where the votes alone do not say."""
    if isinstance(body, ShareClaim):
        return {share_is(contest, body, totals)}
    if isinstance(body, LeadClaim):
        return {totals[body.contestant] > totals[body.over]}
    return {seats_are(body, seats) for seats in possible_seats(contest, body.contestant, totals)}


def share_is(contest: Contest, body: ShareClaim, totals: Totals) -> bool:
    """Return whether the share compares as claimed; of an empty base, 0 votes are every share of it."""
    base = contest.base(body.base or contest.share_base)
    assert base is not None
    left = totals[body.contestant] * body.share.denominator
    right = sum(totals[cell] for cell in base.cells) * body.share.numerator
    return {">=": left >= right, ">": left > right, "<=": left <= right, "<": left < right}[body.comparison.value]


def seats_are(body: InClaim | SeatsClaim, seats: int) -> bool:
    """Return whether a number of seats is what is claimed."""
    return seats >= 1 if isinstance(body, InClaim) else seats == body.seats


def allocation_of(contest: Contest, totals: Totals) -> Allocation:
    """Return the seats on these totals; the threshold's base is "votes"."""
    base = contest.base("votes")
    assert base is not None
    votes = {name: totals[name] for name in contest.seat_takers}
    return allocate(contest.rule, votes, sum(totals[cell] for cell in base.cells))


def possible_seats(contest: Contest, name: str, totals: Totals) -> set[int]:
    """Return every number of seats that the contestant can end with."""
    found = allocation_of(contest, totals)
    if found.second_round:
        may = name in found.second_round or any(name in lot.contestants for lot in found.lots)
        return {0, 1} if may else {0}
    ends = {found.seats_of(name)}
    mine = [lot for lot in found.lots if name in lot.contestants]
    for lot in mine:
        ends |= {held + (lot.seats if lot.together else 1) for held in ends}
    takes_part = bool(mine) or any(one.passes for one in found.lists if one.contestant == name)
    left = found.undistributed - sum(lot.seats for lot in found.lots)
    if found.outcome is Outcome.LAW_SILENT and takes_part and contest.rule.method is not Method.PLURALITY:
        ends = {held + more for held in ends for more in range(left + 1)}
    return ends
