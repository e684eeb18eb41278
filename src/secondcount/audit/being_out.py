"""Grounds for "X is out": enough in every completion for no seat at all, not even by lot."""

from __future__ import annotations

from collections.abc import Iterable

from secondcount.audit.being_in import elected_by, two_that_pass
from secondcount.audit.case import Case, Ground
from secondcount.audit.result import Assertion
from secondcount.model.rule import Method

__all__ = ["grounds_out"]


def grounds_out(case: Case) -> Iterable[Ground]:
    """Return the grounds for no seat, simplest first; the caller sees which of them are sure."""
    method = case.method
    if case.house == 0:
        yield Ground(assertions=())
    elif method is Method.MAJORITY:
        yield from _by_majority(case)
    elif method is Method.PLURALITY:
        yield from _by_plurality(case)
    else:
        yield from _by_threshold(case)


def _ahead(case: Case, count: int) -> tuple[Assertion, ...] | None:
    """Return that `count` others have more votes, None if that is not sure."""
    return case.surest((case.lead(rival, case.contestant) for rival in case.rivals), count)


def _by_majority(case: Case) -> Iterable[Ground]:
    """Yield that somebody else is elected, or that others have every place of the second round: X is in neither."""
    for rival in case.rivals:
        yield from (Ground(assertions=way) for way in elected_by(case, rival))
    ahead = _ahead(case, case.frame.rule.run_off_places)
    if ahead is not None:
        yield Ground(assertions=ahead)


def _by_plurality(case: Case) -> Iterable[Ground]:
    """Yield that as many others as there are seats have more votes; if they fail a threshold, so does X."""
    if case.is_bound:
        yield Ground(assertions=case.fails(case.contestant))
    ahead = _ahead(case, case.house)
    if ahead is not None and (case.is_bound or case.threshold is None):  # others may fail what does not bind X
        yield Ground(assertions=ahead, exact=len(case.rivals) == case.house == 1 and case.threshold is None)


def _by_threshold(case: Case) -> Iterable[Ground]:
    """Yield that X fails the threshold, and that if a second list can be admitted, it is not X."""
    fails = case.fails(case.contestant)
    if not fails:
        return
    if case.runner_up is None:
        suffices = case.threshold is not None and case.threshold.share * case.house >= 1
        yield Ground(assertions=fails, exact=suffices)
        return
    both = two_that_pass(case)
    if both is not None:
        yield Ground(assertions=(*fails, *both))
    ahead = _ahead(case, 2)  # one of the two may be the first list; then the other is before X
    if ahead is not None:
        yield Ground(assertions=(*fails, *ahead))
    nobody = tuple(one for name in case.takers for one in case.fails(name))
    yield Ground(assertions=nobody)
