"""Lists held against the threshold: grouped by list, with shares that a bounded base leaves possible."""

from __future__ import annotations

from fractions import Fraction

from secondcount.site.edition import Part
from secondcount.verdict.result import ThresholdTest

__all__ = ["distance", "share_range", "tests_by_list"]


def tests_by_list(part: Part) -> tuple[tuple[ThresholdTest, ...], ...]:
    """Return every list's tests, the list with the most votes first; within a list the base of the law last."""
    tests = sorted(part.found.thresholds, key=lambda one: one.legal)
    order = sorted(dict.fromkeys(one.contestant for one in tests), key=lambda one: -_votes(part, one))
    return tuple(tuple(test for test in tests if test.contestant == one) for one in order)


def _votes(part: Part, contestant: str) -> int:
    return next(one.votes for one in part.found.thresholds if one.contestant == contestant)


def share_range(part: Part, test: ThresholdTest) -> tuple[Fraction | None, Fraction | None]:
    """Return the least and the greatest share that the published base, or its bounds, leave possible."""
    if test.base_total:
        return Fraction(test.votes, test.base_total), Fraction(test.votes, test.base_total)
    known = part.base(test.base)
    if known is None or not known.least or not known.most:
        return None, None
    return Fraction(test.votes, known.most), Fraction(test.votes, known.least)


def distance(part: Part, tests: tuple[ThresholdTest, ...]) -> str:
    """Return how far a list is above or below the threshold, in votes, on the first base with a known total."""
    margin = next((one.margin for one in tests if one.margin is not None), None)
    if margin is None:
        return part.voice.say("none")
    return part.voice.say("threshold.above" if margin >= 0 else "threshold.below", votes=abs(margin))
