"""What would have to be true at the unseen stations for a share or lead claim to hold (audit-methods 4.2, 4.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from secondcount.audit.denominator import Denominator
from secondcount.audit.feasible import Scene
from secondcount.audit.result import Feasible, Needs
from secondcount.model.claim import LeadClaim, ShareClaim
from secondcount.model.rule import Comparison

__all__ = ["lead_needs", "share_needs"]


def share_needs(body: ShareClaim, base: Denominator, scene: Scene) -> Needs:
    """Return the least votes there with which the share is reached (for an upper limit: the most).

    TURNOUT: the base is known, tot = A_D + n_U (every unseen vote counts in it), so ceil(t tot) - A_b, and
    floor(t tot) + 1 - A_b where the claim says "more than". CAP: votes enlarge the base, so
    (t A_D - A_b) / (1 - t), if nobody else gets a vote there; for an upper limit t (A_D + B_U) - A_b,
    if every other ballot there is for somebody else.
    """
    votes = _votes_needed(body, base, scene)
    upper = body.comparison in (Comparison.AT_MOST, Comparison.LESS_THAN)
    if votes is None or (votes < 0 if upper else votes > scene.unseen):
        return _needs(scene, base.cells, body.contestant, None, at_most=upper)
    clipped = min(max(0, votes), scene.unseen)
    return _needs(scene, base.cells, body.contestant, clipped, at_most=upper)


def _votes_needed(body: ShareClaim, base: Denominator, scene: Scene) -> int | None:
    """Return the limit on the unseen votes, before it is held against what can be there; None = no votes can."""
    own, whole = scene.copies[body.contestant], sum(scene.copies[cell] for cell in base.cells)
    upper = body.comparison in (Comparison.AT_MOST, Comparison.LESS_THAN)
    if upper or scene.feasible is Feasible.TURNOUT:
        return _whole(body.share * (whole + scene.unseen), body.comparison) - own
    if body.share < 1:
        return _whole(Fraction(body.share * whole - own, 1 - body.share), body.comparison)
    return 0 if own == whole and body.comparison is Comparison.AT_LEAST else None


def _whole(bound: Fraction, comparison: Comparison) -> int:
    """Return the whole number nearest to a bound that satisfies the comparison with it."""
    if comparison is Comparison.AT_LEAST:
        return ceil(bound)
    if comparison is Comparison.MORE_THAN:
        return floor(bound) + 1
    return floor(bound) if comparison is Comparison.AT_MOST else ceil(bound) - 1


def lead_needs(body: LeadClaim, scene: Scene) -> Needs:
    """Return the least votes there with which the contestant is ahead of the other.

    Where the rest can go to a third, or need not be cast (CAP): A_y - A_x + 1. With two categories under TURNOUT
    the rest goes to the other: more than half of (n_U + A_y - A_x).
    """
    behind = scene.copies[body.over] - scene.copies[body.contestant]
    elsewhere = scene.feasible is Feasible.CAP or len(scene.copies) > 2
    votes = max(0, behind + 1 if elsewhere else (scene.unseen + behind) // 2 + 1)
    return _needs(scene, scene.pile.categories, body.contestant, votes if votes <= scene.unseen else None)


def _needs(scene: Scene, cells: Sequence[str], contestant: str, votes: int | None, *, at_most: bool = False) -> Needs:
    """Put the votes beside what the copies and the published figures show."""
    pile, stations = scene.pile, scene.stations_unseen
    there, elsewhere = _left_by_official(scene, cells), pile.official_unseen
    official = there[contestant] if there else None
    hidden = None
    if votes is not None and official is not None and stations and not at_most:
        hidden = Fraction(votes - official, stations)
    return Needs(
        votes=votes,
        unseen_total=scene.unseen,
        stations=stations,
        share=Fraction(votes, scene.unseen) if votes is not None and scene.unseen else None,
        official_votes=official,
        official_share=_share(there, contestant, cells) if there else None,
        seen_share=_share(scene.copies, contestant, cells),
        gain_ratio=_ratio(scene, contestant, hidden),
        hidden_gain=hidden,
        official_elsewhere=_share(_plus(scene.copies, elsewhere, cells), contestant, cells) if elsewhere else None,
        at_most=at_most,
    )


def _left_by_official(scene: Scene, cells: Sequence[str]) -> Mapping[str, int] | None:
    """Return the published votes of the unseen stations: from the station table, else the total minus the copies.

    None where nothing is published, or where the copies alone show more than the whole.
    """
    pile = scene.pile
    if pile.official_unseen is not None:
        return pile.official_unseen
    if pile.official is None or any(cell not in pile.official for cell in cells):
        return None
    left = {cell: pile.official[cell] - scene.copies[cell] for cell in cells}
    return None if any(count < 0 for count in left.values()) else left


def _share(votes: Mapping[str, int], contestant: str, cells: Sequence[str]) -> Fraction | None:
    whole = sum(votes.get(cell, 0) for cell in cells)
    return Fraction(votes.get(contestant, 0), whole) if whole else None


def _plus(first: Mapping[str, int], second: Mapping[str, int], cells: Sequence[str]) -> dict[str, int]:
    return {cell: first[cell] + second.get(cell, 0) for cell in cells}


def _ratio(scene: Scene, contestant: str, hidden: Fraction | None) -> Fraction | None:
    """Return the break-even: hidden gain per unseen station, in units of the gain found per seen one.

    The gain found needs the published figures of the seen stations themselves: a station table.
    """
    pile = scene.pile
    if hidden is None or pile.official is None or pile.official_unseen is None or not pile.seen:
        return None
    published = pile.official.get(contestant, 0) - pile.official_unseen.get(contestant, 0)
    found = scene.copies[contestant] - published
    return Fraction(hidden * pile.seen, found) if found > 0 else None
