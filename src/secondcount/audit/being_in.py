"""Grounds for "X is in": enough in every completion for at least one certain seat."""

from __future__ import annotations

from collections.abc import Iterable

from secondcount.audit import catalogue
from secondcount.audit.assertions import first_round
from secondcount.audit.case import Case, Ground
from secondcount.audit.catalogue import HALF
from secondcount.audit.result import Assertion
from secondcount.model.rule import Comparison, Method

__all__ = ["elected_by", "grounds_in", "majority_of", "two_that_pass"]


def grounds_in(case: Case) -> Iterable[Ground]:
    """Return the grounds for a seat, simplest first; the caller sees which of them are sure."""
    method = case.method
    if case.house == 0:
        return
    if method is Method.MAJORITY:
        yield from _by_majority(case)
    elif method is Method.PLURALITY:
        yield from _by_plurality(case)
    else:
        yield from _by_votes(case)
        yield from _by_second_place(case)


def majority_of(case: Case, name: str) -> tuple[Assertion, ...]:
    """Return what elects `name`: the majority, its leads where two could reach the law's share, and a vote at all."""
    threshold = case.frame.rule.threshold
    share = threshold.share if threshold else HALF
    strict = threshold is None or threshold.comparison is Comparison.MORE_THAN
    found = [catalogue.majority(case.frame.categories, name, case.frame.base, share, strict=strict)]
    if 2 * share < 1 or (2 * share == 1 and not strict):
        found += [case.lead(name, other) for other in case.takers if other != name]
    if not strict:
        found.append(catalogue.has_votes(case.frame.categories, name))
    return tuple(found)


def elected_by(case: Case, name: str) -> tuple[tuple[Assertion, ...], ...]:
    """Return every way in which the law elects `name` in the first round, the alternatives to a majority included."""
    return (majority_of(case, name), *first_round(case.frame).ways(name)[1:])


def _by_majority(case: Case) -> Iterable[Ground]:
    only = not case.frame.rule.alternatives  # with a second way the first is enough, and not needed
    for way in elected_by(case, case.contestant):
        yield Ground(assertions=way, exact=case.has_plain_ties and only)


def _by_plurality(case: Case) -> Iterable[Ground]:
    """Yield that fewer than S others have as many votes: leads over all but S - 1 of them."""
    beaten = max(0, len(case.rivals) - case.house + 1)
    leads = case.surest((case.lead(case.contestant, rival) for rival in case.rivals), beaten)
    if leads is None:
        return
    voted = () if any(one.strict for one in leads) else (catalogue.has_votes(case.frame.categories, case.contestant),)
    exact = beaten in (0, len(case.rivals)) and case.has_plain_ties
    yield Ground(assertions=(*case.reaches(case.contestant), *leads, *voted), exact=exact)


def _by_votes(case: Case) -> Iterable[Ground]:
    """Yield the threshold and a whole quota: then every method here gives a seat, whatever the others have.

    A share t of a base that holds all lists is at least S t quotas, so with S t >= 1 the threshold is enough.
    Droop: T > total / (S + 1) is a whole quota. Sainte-Lague: without a seat all S would be held by others with
    at least T for each first seat and 2 T for each next one, hence more than S T votes.
    """
    reaches = case.reaches(case.contestant)
    quota = () if _threshold_suffices(case) else (_quota(case),)
    voted = () if reaches else (catalogue.has_votes(case.frame.categories, case.contestant),)
    conditions = case.runner_up
    if conditions is None:
        yield Ground(assertions=(*reaches, *quota, *voted), exact=bool(reaches) and not quota)
        return
    both = two_that_pass(case, including=case.contestant)
    if both is not None:
        yield Ground(assertions=(*both, *quota))
    if case.rivals and conditions.minimum_seats < case.house > 1 >= conditions.correction:
        # Alone above the threshold, X has at least half of both lists' votes; but a second list must exist.
        yield Ground(assertions=(*reaches, *quota, *voted, *case.some_votes(case.rivals)))


def _threshold_suffices(case: Case) -> bool:
    return case.is_bound and case.threshold is not None and case.threshold.share * case.house >= 1


def _quota(case: Case) -> Assertion:
    return catalogue.quota_at_least(case.frame.categories, case.contestant, case.takers, case.house, 1)


def two_that_pass(case: Case, including: str = "") -> tuple[Assertion, ...] | None:
    """Return that two lists reach the threshold, so that the runner-up rule rests; None if that is not sure."""
    fixed = case.reaches(including) if including else ()
    others = [name for name in case.takers if name != including]
    rest = case.surest((one for name in others for one in case.reaches(name)), 2 - len(fixed))
    return None if rest is None or len(fixed) + len(rest) < 2 else (*fixed, *rest)


def _by_second_place(case: Case) -> Iterable[Ground]:
    """Yield that one list reaches the threshold and X is ahead of all others.

    Either X reaches it too, or none of the others does and X is the second list (Kazakhstan, Art. 97-1(2)).
    """
    if case.runner_up is None or case.runner_up.minimum_seats < 1:
        return
    quota = () if _threshold_suffices(case) else (_quota(case),)
    for first in case.rivals:
        leads = tuple(case.lead(case.contestant, name) for name in case.rivals if name != first)
        voted = () if any(one.strict for one in leads) else case.some_votes((case.contestant,))
        yield Ground(assertions=(*case.reaches(first), *leads, *voted, *quota))
