"""The reverse-rounding test: whether all published counts are the nearest number to a round percentage of the total.

domain.md §1.3 (Venezuela, 28 July 2024) and Appendix C.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import floor

from secondcount.model.codes import make_issue
from secondcount.model.issue import Issue
from secondcount.tabulation.published import Place, Published

__all__ = ["RAREST", "check_reverse_rounding", "rounded_percentages"]

RAREST = Fraction(1, 1_000_000)
"""A hit is reported only if free counts would all hit by chance at most this often: over the thousands of areas
of a whole country less than one false alarm in a hundred elections."""

DECIMALS = (0, 1, 2)  # of the percentages that are tried
_FEWEST = 2  # one free count that hits is no pattern


def check_reverse_rounding(published: Published) -> tuple[Issue, ...]:
    """Return R110 for each place whose counts look as if they had been computed from round percentages.

    With total T and percentages of d decimals, the whole numbers that such a percentage can give are
    g = T * 10^-(d+2) apart; one free count is one of them with chance about 1/g, k free counts with g^-k.
    """
    return tuple(issue for place in published.places() for issue in _check(published, place))


def _check(published: Published, place: Place) -> Iterator[Issue]:
    contest = published.contest_of(place)
    if contest is None:
        return
    figures = [published.count(place, one.id) for one in contest.contestants]
    votes = [one.value for one in figures if one is not None and one.interval.exact]
    if len(votes) < len(figures):
        return
    sums = (published.sum_of(place, base.cells) for base in contest.bases)
    totals = {floor(one.low) for one in sums if one is not None and one.exact} | {sum(votes)}
    for total in sorted(totals):
        decimals = rounded_percentages(votes, total)
        if decimals is not None:
            yield _issue(place, votes, total, decimals)
            return


def rounded_percentages(votes: Sequence[int], total: int) -> int | None:
    """Return the fewest decimals (0, 1 or 2) of percentages that give all these votes, None where that is no wonder.

    Args:
        votes: the votes of all contestants; zeros prove nothing and are not counted as hits.
        total: the total that the percentages would be of; if it is the sum of the votes, the last count is not free.

    """
    for decimals in DECIMALS:
        if all(_hits(one, total, decimals) for one in votes):
            return decimals if _chance(votes, total, decimals) <= RAREST else None
    return None


def _free(votes: Sequence[int], total: int) -> int:
    return sum(1 for one in votes if one) - (1 if sum(votes) == total else 0)


def _chance(votes: Sequence[int], total: int, decimals: int) -> Fraction:
    """Return g^-k, or 1 where there are too few free counts or the grid is too fine to say anything."""
    grid = Fraction(total, 10 ** (decimals + 2))
    free = _free(votes, total)
    return Fraction(1, grid**free) if grid > 1 and free >= _FEWEST else Fraction(1)


def _hits(votes: int, total: int, decimals: int) -> bool:
    """Return whether the votes are the nearest whole number to their own rounded percentage of the total."""
    if total <= 0:
        return False
    whole = 10 ** (decimals + 2)
    percentage = _nearest(Fraction(votes * whole, total))
    return abs(Fraction(percentage * total, whole) - votes) <= Fraction(1, 2)


def _nearest(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def _issue(place: Place, votes: Sequence[int], total: int, decimals: int) -> Issue:
    chance = _chance(votes, total, decimals)
    shares = (_nearest(Fraction(one * 10 ** (decimals + 2), total)) for one in votes)
    return make_issue(
        "R110",
        place.where(),
        total=total,
        decimals=decimals,
        percentages=" | ".join(_printed(one, decimals) for one in shares),
        free=_free(votes, total),
        grid=Fraction(total, 10 ** (decimals + 2)),
        one_in=floor(Fraction(1, chance)),
        chance=chance,
    )


def _printed(value: int, decimals: int) -> str:
    digits = str(value).rjust(decimals + 1, "0")
    return f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
