"""Sources that disagree on one and the same published figure, each disagreement classified."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from secondcount.model.codes import make_issue
from secondcount.model.form import Role
from secondcount.model.issue import Issue
from secondcount.model.publication import Quantity
from secondcount.tabulation.figures import Figure, Interval
from secondcount.tabulation.published import Measure, Place, Published

__all__ = ["check_sources", "classify"]


def check_sources(published: Published) -> tuple[Issue, ...]:
    """Return an issue for each source whose figure is not the one of the first source.

    R121 to R124 are contradictions: two digits swapped, the leading digit differs, one other digit differs,
    or something else. R125 (note): the same number with fewer decimals. R126: the same number cut off instead of
    rounded. R127 (note): one source gives the votes for all contestants, the other those who took part.
    """
    issues: list[Issue] = []
    for place, measures in published.sources.items():
        for measure, (first, *others) in measures.items():
            issues.extend(_issue(published, place, measure, first, other) for other in _differing(first, others))
    return tuple(issues)


def _differing(first: Figure, others: Sequence[Figure]) -> Iterable[Figure]:
    """Return one figure for each number that is not the first source's, in the order of the sources."""
    distinct: dict[tuple[int, int], Figure] = {}
    for one in others:
        if one.number != first.number:
            distinct.setdefault((one.value, one.decimals), one)
    return distinct.values()


def _issue(published: Published, place: Place, measure: Measure, first: Figure, other: Figure) -> Issue:
    # Turnout has no cell of its own: it is shown under the line of those who took part.
    code = "R127" if _other_quantity(published, place, first, other) else classify(first, other)
    return make_issue(
        code,
        place.where(measure.cell or published.line_of_role(place, Role.TOOK_PART)),
        basis=tuple(one.basis for one in (first, other) if one.basis),
        first=first.printed,
        source_first=first.source,
        second=other.printed,
        source_second=other.source,
    )


def _other_quantity(published: Published, place: Place, first: Figure, other: Figure) -> bool:
    """Return whether one of two figures for those who took part is the sum of the contestants' votes."""
    if published.roles.get((place.contest, first.cell)) is not Role.TOOK_PART or first.quantity is not Quantity.COUNT:
        return False
    votes = published.votes_of_all(place)
    if votes is None or not votes.exact:
        return False
    # The votes are never more than those who took part: only then can both sources be right.
    return votes.low in (first.number, other.number) and votes.low == min(first.number, other.number)


def classify(first: Figure, other: Figure) -> str:
    """Return the code of a disagreement between two figures with different numbers."""
    if _overlap(first.interval, other.interval):
        return "R125"
    # 81.95 and 81; also 53.33 (rounded) and 53.32 (cut off, or an exact half rounded to even).
    if _overlap(first.interval, other.cut_interval) or _overlap(first.cut_interval, other.interval):
        return "R126"
    return "R124" if first.decimals != other.decimals else _by_digits(first, other)


def _overlap(one: Interval, other: Interval) -> bool:
    """Return whether more than a common end lies in both."""
    return one.low < other.high and other.low < one.high


def _by_digits(first: Figure, other: Figure) -> str:
    """Return the code by the digits in which two figures differ, both taken to the coarser rounding step."""
    step = max(first.rounding, other.rounding, 1)
    digits = [str((abs(figure.value) + step // 2) // step) for figure in (first, other)]
    width = max(len(digits[0]), len(digits[1]), first.decimals + 1)
    one, two = (text.rjust(width, "0") for text in digits)
    apart = [place for place in range(width) if one[place] != two[place]]
    if len(apart) == 1:
        return "R122" if apart == [0] else "R123"
    if len(apart) == 2 and (one[apart[0]], one[apart[1]]) == (two[apart[1]], two[apart[0]]):
        return "R121"
    return "R124"
