"""Grounds for "X gets k seats" and against it: bounds by quotas, and whole allocations that cannot change."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor

from secondcount.audit import catalogue
from secondcount.audit.assertions import assertions_under
from secondcount.audit.being_in import grounds_in, two_that_pass
from secondcount.audit.being_out import grounds_out
from secondcount.audit.case import Case, Ground
from secondcount.audit.outcomes import Truth, allocation_on, truth_of
from secondcount.audit.pairs import pairs_at_least, pairs_at_most
from secondcount.audit.result import Assertion, Feasible
from secondcount.model.claim import InClaim, SeatsClaim
from secondcount.model.rule import Method

__all__ = ["grounds_against", "grounds_for"]

_PERSONS = (Method.PLURALITY, Method.MAJORITY)


def grounds_for(case: Case, body: SeatsClaim | InClaim) -> Iterable[Ground]:
    """Return the grounds on which the claim is true in every completion."""
    yield from _settled(case, body, Truth.TRUE)
    if isinstance(body, InClaim):
        yield from _some(case)
    elif body.seats == 0:
        yield from _none(case)
    elif case.method in _PERSONS:
        yield from grounds_in(case) if body.seats == 1 else ()  # a person has one seat at most
    else:
        yield from (
            Ground(assertions=(*low.assertions, *high.assertions))
            for low in _at_least(case, body.seats)
            for high in _at_most(case, body.seats)
        )


def grounds_against(case: Case, body: SeatsClaim | InClaim) -> Iterable[Ground]:
    """Return the grounds on which the claim is false in every completion."""
    yield from _settled(case, body, Truth.FALSE)
    if isinstance(body, InClaim):
        yield from _none(case)
        return
    if body.seats == 0:
        yield from _some(case)
        return
    if body.seats > (1 if case.method in _PERSONS else case.house):
        yield Ground(assertions=())  # more than there are
        return
    yield from grounds_out(case)
    yield from _below_least(case, body.seats)
    if case.method not in _PERSONS:
        yield from _at_least(case, body.seats + 1)
        yield from _at_most(case, body.seats - 1)


def _below_least(case: Case, seats: int) -> Iterable[Ground]:
    """Yield that no list has so few seats: who passes a share t of all votes has at least S t quotas, hence seats.

    Whoever fails has none, which is not `seats` either. Hare and D'Hondt only (lower quota).
    """
    if case.threshold is None or not case.is_bound or case.method not in (Method.HARE, Method.DHONDT):
        return
    rest = two_that_pass(case) if case.runner_up else ()
    if rest is not None and seats < floor(case.threshold.share * case.house):
        yield Ground(assertions=rest)


def _some(case: Case) -> Iterable[Ground]:
    """Yield the grounds for at least one seat."""
    yield from grounds_in(case)
    yield from pairs_at_least(case, 1)


def _none(case: Case) -> Iterable[Ground]:
    """Yield the grounds for no seat."""
    yield from grounds_out(case)
    yield from pairs_at_most(case, 0)


def _settled(case: Case, body: SeatsClaim | InClaim, wanted: Truth) -> Iterable[Ground]:
    """Yield the assertions of one possible allocation: if all of them are sure, no other one is possible."""
    allocation = allocation_on(case.frame, _one_completion(case))
    if truth_of(body, allocation, case.method) is not wanted:
        return
    assertions = assertions_under(case.frame, allocation)
    if assertions:
        voted = () if any(one.strict for one in assertions) else case.some_votes(case.takers)
        yield Ground(assertions=(*assertions, *voted))


def _one_completion(case: Case) -> dict[str, int]:
    """Return the copies with the unseen votes, where they must be somewhere, in the first category."""
    scene = case.scene
    unseen = scene.unseen if scene.feasible is Feasible.TURNOUT else 0
    first = scene.pile.categories[0]
    return {cell: count + (unseen if cell == first else 0) for cell, count in scene.copies.items()}


def _at_least(case: Case, seats: int) -> Iterable[Ground]:
    """Yield the pairs, and the lower quota: with s whole quotas a list has s seats (Hare; D'Hondt keeps it too).

    The quotas are of all lists: those that fail only make each quota smaller.
    """
    yield from pairs_at_least(case, seats)
    if case.method not in (Method.HARE, Method.DHONDT) or not 0 < seats <= case.house:
        return
    passing = _passes(case)
    if passing is not None:
        voted = () if passing else case.some_votes((case.contestant,))
        quota = catalogue.quota_at_least(case.frame.categories, case.contestant, case.takers, case.house, seats)
        yield Ground(assertions=(*passing, *voted, quota))


def _passes(case: Case) -> tuple[Assertion, ...] | None:
    """Return that X passes, with a second list where only one would bring the runner-up rule in."""
    if case.runner_up is None:
        return case.reaches(case.contestant)
    return two_that_pass(case, including=case.contestant)


def _at_most(case: Case, seats: int) -> Iterable[Ground]:
    """Yield the pairs, and the upper quota: with at most s quotas of lists that surely pass, at most s seats (Hare).

    Further lists that pass only make each quota larger; a list that fails has none.
    """
    yield from pairs_at_most(case, seats)
    if case.method is not Method.HARE or seats < 1:
        return
    rest = two_that_pass(case) if case.runner_up else ()
    if rest is None:
        return
    lists = case.takers
    if case.threshold:
        lists = tuple(name for name in case.takers if name == case.contestant or case.is_sure(case.reaches(name)))
    passing = tuple(one for name in lists if name != case.contestant for one in case.reaches(name))
    quota = catalogue.quota_at_most(case.frame.categories, case.contestant, lists, case.house, seats)
    yield Ground(assertions=(*passing, *(one for one in rest if one not in passing), quota))
