"""The rule applied to the official votes: seats, announced seats, margins, and what one list less would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor

from secondcount.allocation import allocate
from secondcount.allocation.result import Allocation, Outcome
from secondcount.audit import assertions_of, margin, margins_of
from secondcount.audit.result import Margin
from secondcount.model.codes import make_issue
from secondcount.model.election import Contest
from secondcount.model.issue import Issue, Where
from secondcount.model.rule import Ties
from secondcount.verdict.official import Official
from secondcount.verdict.result import Announced, BaseTotal, Counterfactual, SeatsVerdict, ThresholdTest

__all__ = ["seats_verdict", "unlike_announced"]


def seats_verdict(
    contest: Contest, official: Official, bases: Sequence[BaseTotal], tests: Sequence[ThresholdTest]
) -> tuple[SeatsVerdict, tuple[Issue, ...]]:
    """Return the seats of the rule held against the announced ones, with their margins, and the issues found.

    The threshold is computed on the base that the law names where its total is published,
    else on the base of the published percentages, and an Issue says so and how far that can matter.
    """
    if not official.votes:
        return SeatsVerdict(
            allocation=None, announced=official.announced, agrees=None, margins=(), counterfactuals=()
        ), ()
    takers = {cell: official.votes[cell] for cell in contest.seat_takers}
    base_total = _base_total(contest, official, bases)
    allocation = allocate(contest.rule, takers, base_total)
    margins = tuple(
        sorted(
            _margins(contest, official, bases, allocation),
            key=lambda one: (one.moved is None, one.moved or 0, one.assertion.winner, one.assertion.loser),
        )
    )
    verdict = SeatsVerdict(
        allocation=allocation,
        announced=official.announced,
        # What follows from a part of the law neither agrees with what was announced nor contradicts it.
        agrees=None if contest.rule.not_coded else _agrees(allocation, official.announced),
        margins=margins,
        counterfactuals=_counterfactuals(contest, takers, base_total, allocation),
    )
    return verdict, (*_law_issues(contest, allocation, verdict), *_base_issues(contest, tests))


def _margins(
    contest: Contest, official: Official, bases: Sequence[BaseTotal], allocation: Allocation
) -> tuple[Margin, ...]:
    """Return the margins of the outcome on the votes and the invalid ballots, where these are published.

    An assertion about a base whose total is not the one that the threshold was held against says nothing about the
    announced outcome: it is left out.
    """
    votes = {**official.votes, **official.invalid}
    if contest.rule.alternatives:
        return margins_of(contest, votes, allocation)
    totals = {base.base: base.total for base in bases}
    return tuple(
        margin(one, votes)
        for one in assertions_of(contest, votes, allocation)
        if not one.base or totals.get(one.base) == allocation.base_total
    )


def _base_total(contest: Contest, official: Official, bases: Sequence[BaseTotal]) -> int:
    """Return the denominator of the threshold: the law's, else that of the percentages, else all votes.

    A published denominator that is smaller than the votes cannot be one (R132 says so): then all votes count.
    """
    totals = {base.base: base.total for base in bases}
    legal = totals.get(contest.rule.threshold.base) if contest.rule.threshold else None
    votes = sum(official.votes.values())
    return max(legal or totals.get(contest.share_base) or votes, votes)


def _agrees(allocation: Allocation, announced: Sequence[Announced]) -> bool | None:
    if not announced or allocation.outcome is not Outcome.DECIDED:
        return None
    if any(allocation.seats_of(one.contestant) != one.seats for one in announced):
        return False
    return True if sum(one.seats for one in announced) == allocation.house else None  # some were not announced


def _counterfactuals(
    contest: Contest, votes: Mapping[str, int], base_total: int, allocation: Allocation
) -> tuple[Counterfactual, ...]:
    """Return the seats had one passing list, other than the largest and those exempt, missed the threshold."""
    threshold = contest.rule.threshold
    if threshold is None:
        return ()
    bound = (one for one in allocation.lists if one.passes and one.contestant not in threshold.exempt)
    passing = sorted(bound, key=lambda one: -one.votes)
    found = []
    for missed in passing[1:]:
        rest = {cell: (0 if cell == missed.contestant else number) for cell, number in votes.items()}
        other = allocate(contest.rule, rest, base_total)
        seats = tuple((one.contestant, one.seats) for one in other.lists if one.seats)
        found.append(Counterfactual(without=missed.contestant, seats=seats))
    return tuple(found)


def unlike_announced(contest: Contest, allocation: Allocation, announced: Sequence[Announced]) -> tuple[Issue, ...]:
    """Return one L101 for each list whose announced seats are not those of the rule, where the rule decides them all.

    What follows from a part of the law contradicts nothing.
    """
    if allocation.outcome is not Outcome.DECIDED or contest.rule.not_coded:
        return ()
    return tuple(
        make_issue(
            "L101",
            Where(contest=contest.id, cell=one.contestant, publication=one.publication),
            contestant=one.contestant,
            announced=one.seats,
            computed=allocation.seats_of(one.contestant),
        )
        for one in announced
        if one.seats != allocation.seats_of(one.contestant)
    )


def _law_issues(contest: Contest, allocation: Allocation, verdict: SeatsVerdict) -> tuple[Issue, ...]:
    where = Where(contest=contest.id)
    found = list(unlike_announced(contest, allocation, verdict.announced))
    tied = ", ".join(cell for lot in allocation.lots for cell in lot.contestants)
    drawn = sum(lot.seats for lot in allocation.lots)
    silent = allocation.outcome is Outcome.LAW_SILENT
    if allocation.lots:
        by_lot = not silent or contest.rule.ties is Ties.LOT
        found.append(make_issue("L103" if by_lot else "L108", where, seats=drawn, contestants=tied))
    if silent and allocation.undistributed > drawn:
        left = allocation.undistributed - drawn
        found.append(make_issue("L102", where, seats=left, contestant=allocation.runner_up))
    if allocation.outcome is Outcome.NOBODY:
        found.append(make_issue("L104", where))
    elif allocation.outcome is Outcome.SECOND_ROUND:
        found.append(make_issue("L105", where, contestants=", ".join(allocation.second_round)))
    if contest.rule.not_coded:
        found.append(make_issue("L111", where, condition=contest.id))
    return tuple(found)


def _base_issues(contest: Contest, tests: Sequence[ThresholdTest]) -> tuple[Issue, ...]:
    """Say where the law's own denominator is not published, and whether it could change who passes."""
    published = {one.contestant: one for one in tests if one.base == contest.share_base}
    found = []
    for one in tests:
        if not one.legal or one.base_total is not None:
            continue
        other = published.get(one.contestant)
        if other is None or other.passes == one.passes:
            continue
        place = Where(contest=contest.id, cell=one.contestant)
        found.append(
            make_issue(
                "L107" if one.passes is False else "L106",
                place,
                contestant=one.contestant,
                base=one.base,
                break_even=floor(one.break_even_base),
            )
        )
    return tuple(found)
