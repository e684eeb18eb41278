"""Published percentages re-derived from published votes: of which base they are, and whether any base fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from secondcount.model.codes import make_issue
from secondcount.model.election import Contest
from secondcount.model.issue import Issue
from secondcount.model.publication import Quantity
from secondcount.model.rule import Base, Method
from secondcount.tabulation.figures import Figure, Interval
from secondcount.tabulation.published import Place, Published

__all__ = ["check_shares"]

HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A contestant's published percentage and votes."""

    share: Figure
    votes: Figure

    def shares(self, *, cut: bool) -> Interval:
        return self.share.cut_interval if cut else self.share.interval

    def fits(self, base: Interval, *, cut: bool = False) -> bool:
        """Return whether votes / base, both within their rounding, gives the percentage within its rounding."""
        share, votes = self.shares(cut=cut), self.votes.interval
        return share.low * base.low <= HUNDRED * votes.high and HUNDRED * votes.low <= share.high * base.high


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A base of the contest whose total is published."""

    base: Base
    total: Interval


def check_shares(published: Published) -> tuple[Issue, ...]:
    """Return what the published percentages say about their base, and where they contradict the votes.

    R101, R102 (notes, once per publication and base): the base that reproduces the percentages; R102 where the
    law's threshold names another one. R103: they fit only if cut off instead of rounded. R104: one percentage fits
    its votes on no base that fits the others. R105: no single base fits two of them. R106: they fit a base, but none
    of the contest's bases; R109: the same where not every base is published. R107, R108: they do not add up to 100.
    """
    issues: list[Issue] = []
    said: set[tuple[str, str, str, str]] = set()
    for place in published.places():
        contest = published.contest_of(place)
        shares = published.figures_at(place, Quantity.SHARE)
        if contest is None or not shares:
            continue
        for issue in (*_bases(published, place, contest, shares), *_hundred(place, contest, shares)):
            key = (issue.code, place.publication, contest.id, str(dict(issue.values).get("base", place.area)))
            if issue.code not in ("R101", "R102", "R103") or key not in said:
                issues.append(issue)
            said.add(key)
    return tuple(issues)


def _bases(published: Published, place: Place, contest: Contest, shares: dict[str, Figure]) -> Iterator[Issue]:
    pairs = [
        _Pair(share=share, votes=votes)
        for cell, share in shares.items()
        if (votes := published.count(place, cell)) is not None
    ]
    known = _known_bases(published, place, contest)
    for cut in (False, True):
        for one in known:
            if pairs and all(pair.fits(one.total, cut=cut) for pair in pairs):
                yield _named(place, contest, one, cut=cut)
                return
    for cut in (False, True):
        implied = _implied(pairs, cut=cut)
        if implied is not None:
            yield from _unnamed(place, contest, known, implied)
            return
    yield from _contradicted(place, known, pairs)


def _known_bases(published: Published, place: Place, contest: Contest) -> list[_Known]:
    """Return the bases with a published total, the one that the authority is said to use first."""
    ordered = sorted(contest.bases, key=lambda one: one.id != contest.share_base)
    totals = ((base, published.sum_of(place, base.cells)) for base in ordered)
    return [_Known(base=base, total=found) for base, found in totals if found is not None]


def _named(place: Place, contest: Contest, known: _Known, *, cut: bool) -> Issue:
    """Return the note that names the base; the law's own base is in `Threshold.base`."""
    threshold = contest.rule.threshold
    law = threshold.base if threshold else known.base.id
    total = floor(known.total.high)
    if cut or law == known.base.id:
        return make_issue("R103" if cut else "R101", place.where(), base=known.base.id, total=total)
    return make_issue("R102", place.where(), base=known.base.id, total=total, base_law=law)


def _implied(pairs: Sequence[_Pair], *, cut: bool) -> tuple[Fraction, Fraction] | None:
    """Return the least and the greatest base on which every percentage fits its votes, None where there is none.

    From (s - r)/100 <= votes/base <= (s + r)/100: 100 votes/(s + r) <= base <= 100 votes/(s - r).
    A percentage that may be 0 bounds no base from above; then the upper end is the largest lower one.
    """
    least, most = Fraction(0), list[Fraction]()
    for pair in pairs:
        share, votes = pair.shares(cut=cut), pair.votes.interval
        if share.high > 0:
            least = max(least, Fraction(HUNDRED * votes.low, share.high))
        elif votes.low > 0:
            return None
        if share.low > 0:
            most.append(Fraction(HUNDRED * votes.high, share.low))
    greatest = min(most, default=least)
    return (least, greatest) if pairs and least <= greatest else None


def _unnamed(
    place: Place, contest: Contest, known: Sequence[_Known], implied: tuple[Fraction, Fraction]
) -> Iterator[Issue]:
    least, most = ceil(implied[0]), floor(implied[1])
    if 0 < least <= most:
        code = "R106" if len(known) == len(contest.bases) else "R109"
        yield make_issue(code, place.where(), least=least, most=most, count=len(known))


def _contradicted(place: Place, known: Sequence[_Known], pairs: Sequence[_Pair]) -> Iterator[Issue]:
    """Return the percentages that fit no base: single ones where a published base fits most of the others."""
    if not pairs:
        return
    fitting = {one.base.id: sum(pair.fits(one.total) for pair in pairs) for one in known}
    best = max(known, key=lambda one: fitting[one.base.id], default=None)
    if best is not None and 2 * fitting[best.base.id] > len(pairs):
        yield from (_misfit(place, best, pair) for pair in pairs if not pair.fits(best.total))
        return
    above_zero = [pair for pair in pairs if pair.share.interval.low > 0]
    large = max(pairs, key=_least_base)
    small = min(above_zero, key=_most_base, default=large)
    yield make_issue(
        "R105",
        place.where(),
        contestant=large.share.cell,
        share=large.share.printed,
        votes=large.votes.value,
        least=ceil(_least_base(large)),
        contestant_other=small.share.cell,
        share_other=small.share.printed,
        votes_other=small.votes.value,
        most=floor(_most_base(small)) if above_zero else 0,
    )


def _least_base(pair: _Pair) -> Fraction:
    high = pair.share.interval.high
    return Fraction(HUNDRED * pair.votes.interval.low, high) if high > 0 else HUNDRED * pair.votes.interval.low


def _most_base(pair: _Pair) -> Fraction:
    return Fraction(HUNDRED * pair.votes.interval.high, pair.share.interval.low)


def _misfit(place: Place, known: _Known, pair: _Pair) -> Issue:
    return make_issue(
        "R104",
        place.where(pair.share.cell),
        share=pair.share.printed,
        votes=pair.votes.value,
        base=known.base.id,
        total=floor(known.total.high),
        computed=Fraction(pair.votes.number, known.total.high),
    )


def _hundred(place: Place, contest: Contest, shares: dict[str, Figure]) -> Iterator[Issue]:
    """Hold the sum of percentages against 100: each may be off by half a step, or by a whole one if cut off."""
    if contest.rule.method is Method.PLURALITY and contest.rule.seats > 1:
        return  # a voter may have several votes: percentages of voters add up to more
    added = sum((one.number for one in shares.values()), Fraction(0))
    steps = sum((one.step for one in shares.values()), Fraction(0))
    base = contest.base(contest.share_base)
    if added - Fraction(steps, 2) > HUNDRED:
        code, allowed = "R107", Fraction(steps, 2 * HUNDRED)
    elif base is not None and set(base.cells) <= set(shares) and added + steps < HUNDRED:
        code, allowed = "R108", Fraction(steps, HUNDRED)
    else:
        return
    yield make_issue(code, place.where(), total=Fraction(added, HUNDRED), count=len(shares), allowed=allowed)
