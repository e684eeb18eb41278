"""From preliminary to final: what the first figures can have been, if they were part of the last ones.

domain.md §1.3: for a published share s_p with rounding r and a final count F_p, accumulation needs
s_p - r <= F_p / V_pre, so V_pre <= min_p F_p / (s_p - r); and no count may become smaller.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from secondcount.model.codes import make_issue
from secondcount.model.election import Contest
from secondcount.model.form import Role
from secondcount.model.issue import Issue
from secondcount.model.publication import Publication, Quantity, Stage
from secondcount.tabulation.figures import Figure, Interval
from secondcount.tabulation.published import Place, Published

__all__ = ["Cap", "cap_of", "check_increments"]

HUNDRED = 100
_GROWING = (Role.TOOK_PART, Role.VALID)  # lines that only grow while protocols are being added


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """The most votes that had been counted when a percentage was published, if these votes are part of the final."""

    contestant: str
    share: Figure
    final: Interval
    votes: Fraction  # F / (s - r)

    def lost(self, base: Interval) -> int:
        """Return how many votes the contestant must have lost if the percentage was of `base`; 0 = none."""
        least_then = Fraction(self.share.interval.low * base.low, HUNDRED)
        return max(0, ceil(least_then - self.final.high))


def cap_of(contestant: str, share: Figure, final: Interval) -> Cap | None:
    """Return the cap that one percentage sets, or None where it may be 0 and so sets none."""
    low = share.interval.low
    return (
        Cap(contestant=contestant, share=share, final=final, votes=Fraction(HUNDRED * final.high, low))
        if low > 0
        else None
    )


def check_increments(published: Published) -> tuple[Issue, ...]:
    """Return what does not fit when earlier figures are read as a part of later ones. All of it asks for an answer.

    R201: percentages without their total fit only a partial count; names the most votes that can have been counted.
    R203: what contestants must have lost if all votes were counted by then (never more than had taken part by then).
    R202: the same with the total that was published beside the percentages. R204: a count became smaller.
    """
    issues: list[Issue] = []
    for place in published.places():
        contest = published.contest_of(place)
        if contest is None:
            continue
        if published.stage(place) is Stage.PRELIMINARY:
            issues.extend(_shares_then_votes(published, place, contest))
        if published.stage(place) is not Stage.VOTING:
            issues.extend(_smaller(published, place, contest))
    return tuple(issues)


def _shares_then_votes(published: Published, place: Place, contest: Contest) -> Iterator[Issue]:
    """Hold a preliminary publication's percentages against the votes of the last final one."""
    final = _final(published, place, contest)
    total = None if final is None else _base_total(published, final, contest)
    if final is None or total is None:
        return
    caps = _caps(published, place, final)
    smallest = min(caps, key=lambda one: one.votes, default=None)
    if smallest is None or smallest.votes >= total.low:
        return
    own = _base_total(published, place, contest)
    if own is not None:
        yield from (_lost(place, cap, own, final.publication) for cap in caps if cap.lost(own))
        return
    yield make_issue(
        "R201",
        place.where(smallest.contestant),
        share=smallest.share.printed,
        least=smallest.share.interval.low / Fraction(HUNDRED),
        final=floor(smallest.final.high),
        cap=floor(smallest.votes),
        total=floor(total.high),
        part=Fraction(smallest.votes, total.high),
        publication_final=final.publication,
    )
    voters = _voters_by_then(published, place)
    if voters is not None:
        base = Interval(low=min(voters.interval.low, total.low), high=total.high)
        yield from (_lost(place, cap, base, final.publication, voters) for cap in caps if cap.lost(base))


def _voters_by_then(published: Published, place: Place) -> Figure | None:
    """Return the last number of those who took part that was published by the time of these percentages."""
    earlier = reversed(_before(published, place))
    places = (place, *(replace(place, publication=one.id) for one in earlier))
    found = (published.by_role(one, Role.TOOK_PART) for one in places)
    return next((one for one in found if one is not None), None)


def _lost(place: Place, cap: Cap, base: Interval, final: str, voters: Figure | None = None) -> Issue:
    """Return R202, or R203 where the base is only what it can have been: all votes, as so many had taken part."""
    return make_issue(
        "R203" if voters else "R202",
        place.where(cap.contestant),
        share=cap.share.printed,
        total=ceil(base.low),
        then=floor(cap.final.high) + cap.lost(base),
        final=floor(cap.final.high),
        lost=cap.lost(base),
        publication_final=final,
        voters=voters.value if voters else ceil(base.low),
        publication_turnout=voters.publication if voters else place.publication,
    )


def _caps(published: Published, place: Place, final: Place) -> list[Cap]:
    shares = published.figures_at(place, Quantity.SHARE)
    counts = {cell: published.count(final, cell) for cell in shares}
    found = (cap_of(cell, share, votes.interval) for cell, share in shares.items() if (votes := counts[cell]))
    return [one for one in found if one is not None]


def _final(published: Published, place: Place, contest: Contest) -> Place | None:
    """Return the same area in the newest final publication that has the votes of every contestant."""
    for one in reversed(published.publications):
        there = replace(place, publication=one.id)
        if one.stage is Stage.FINAL and published.votes_of_all(there) is not None:
            return there if contest.contestants else None
    return None


def _base_total(published: Published, place: Place, contest: Contest) -> Interval | None:
    """Return the total that percentages are published of, or the sum of all votes where that is not published.

    Never those who took part for want of it: with their invalid ballots they would make every share too many votes.
    """
    base = contest.base(contest.share_base)
    total = published.sum_of(place, base.cells) if base else None
    return total or published.votes_of_all(place)


def _before(published: Published, place: Place) -> tuple[Publication, ...]:
    ids = [one.id for one in published.publications]
    return published.publications[: ids.index(place.publication)]


def _smaller(published: Published, place: Place, contest: Contest) -> Iterator[Issue]:
    """Return R204 for each count of this place that is smaller than in the result publication before it."""
    votes = {one.id for one in contest.contestants}
    counts = published.figures_at(place, Quantity.COUNT)
    growing = (cell for cell in counts if cell in votes or published.roles.get((place.contest, cell)) in _GROWING)
    for cell in growing:
        for earlier in reversed(_before(published, place)):
            before = published.figures_at(replace(place, publication=earlier.id), Quantity.COUNT).get(cell)
            if earlier.stage is Stage.VOTING or before is None:
                continue
            if counts[cell].interval.high < before.interval.low:
                yield make_issue(
                    "R204",
                    place.where(cell),
                    before=before.value,
                    after=counts[cell].value,
                    lost=before.value - counts[cell].value,
                    publication_before=earlier.id,
                )
            break
