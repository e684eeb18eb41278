"""Which assertions are necessary and sufficient for an allocation: who passes, and the seats (audit-methods 2.2).

The set is exact on totals in which some contestant that can take a seat has a vote.
Where the law decides ties by an order, the pair (m, n) is non-strict if m stands before n; otherwise, lots included,
it is strict: a tie is another outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import permutations

from secondcount.allocation import Allocation, ListResult, Outcome
from secondcount.audit import catalogue
from secondcount.audit.conditional import conditional_seats, is_expressible
from secondcount.audit.denominator import Denominator, categories_of, denominator, rule_base
from secondcount.audit.first_round import FirstRound
from secondcount.audit.linear import negate
from secondcount.audit.margins import margin
from secondcount.audit.result import Assertion, AssertionKind, Margin, Refusal
from secondcount.model.election import Contest
from secondcount.model.rule import Comparison, Method, Rule, Ties

__all__ = ["Frame", "assertions_of", "assertions_under", "first_round", "law_ranks", "margins_of", "refusals_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What an assertion is written in: the contest's rule, the categories of votes, and the base of the share."""

    contest: Contest
    categories: tuple[str, ...]
    base: Denominator

    @property
    def rule(self) -> Rule:
        """Return the contest's rule."""
        return self.contest.rule


def law_ranks(rule: Rule, first: str, second: str) -> bool:
    """Return whether the law itself puts `first` before `second` in a tie."""
    if rule.ties is not Ties.ORDER or not {first, second} <= set(rule.tie_order):
        return False
    return rule.tie_order.index(first) < rule.tie_order.index(second)


def assertions_of(contest: Contest, votes: Mapping[str, int], allocation: Allocation) -> tuple[Assertion, ...]:
    """Return the assertions that hold exactly where this allocation results; none where `refusals_of` says why.

    `votes` are the totals behind the allocation, lines of the form included where they are known. The base of
    the threshold is the one that the law names, if those votes form it and it is what the allocation used; else
    the base of the published percentages. `Assertion.base` says which.
    """
    categories = categories_of(contest)
    frame = Frame(contest=contest, categories=categories, base=_base_used(contest, votes, allocation))
    return assertions_under(frame, allocation)


def assertions_under(frame: Frame, allocation: Allocation) -> tuple[Assertion, ...]:
    """Return the same for given categories and a given base (those of a pile of copies)."""
    if refusals_of(frame.contest, allocation):
        return ()
    if frame.rule.alternatives:
        return _with_alternatives(frame, allocation)
    if frame.rule.method is Method.MAJORITY:
        return _second_round(frame, allocation) if allocation.second_round else _elected(frame, allocation)
    # Whom no threshold binds counts as passing: a list without votes changes no quota and beats nobody.
    passing = {one.contestant: one.seats for one in allocation.lists if one.passes or not _binds(frame.rule, one)}
    if allocation.runner_up:
        reaching = [name for name in passing if name != allocation.runner_up]
        return (
            *_threshold(frame, allocation, reaching),
            *_second_list(frame, allocation),
            *conditional_seats(frame.categories, frame.rule, allocation),
        )
    if allocation.outcome is Outcome.NOBODY:
        return tuple(_threshold(frame, allocation, ()))
    seated = _seat_pairs(frame, allocation, passing)
    return (*_threshold(frame, allocation, passing), *(_by_law(frame.rule, one) for one in seated))


def refusals_of(contest: Contest, allocation: Allocation) -> tuple[Refusal, ...]:
    """Return why an allocation has no assertions: C134 to C137, or nothing where it has them."""
    rule = contest.rule
    nobody = not any(one.passes for one in allocation.lists)
    if allocation.house == 0 or (nobody and not (rule.threshold and any(one.votes for one in allocation.lists))):
        return (Refusal(code="C137"),)  # without a seat or a single vote there is nothing to hold on to
    if rule.method is Method.DROOP and allocation.outcome is not Outcome.NOBODY:
        return (Refusal(code="C134"),)  # the quota is rounded to a whole number: no finite set of linear forms
    if allocation.lots:
        return (Refusal(code="C135", values=(("seats", allocation.undistributed),)),)
    conditions = rule.threshold.runner_up if rule.threshold else None
    if allocation.runner_up and conditions and not is_expressible(conditions):
        return (Refusal(code="C136", values=(("seats", allocation.undistributed),)),)
    silent = allocation.outcome is Outcome.LAW_SILENT and not allocation.runner_up
    return (Refusal(code="C136", values=(("seats", allocation.undistributed),)),) if silent else ()


def _base_used(contest: Contest, votes: Mapping[str, int], allocation: Allocation) -> Denominator:
    """Return the first base that is known from these votes and has the total that the allocation used."""
    known = tuple(cell for cell in categories_of(contest) if cell in votes)
    asked = rule_base(contest)
    wanted = (denominator(contest, base, known) for base in (asked, contest.share_base))
    for base in wanted:
        if sum(votes[cell] for cell in base.cells) == allocation.base_total:
            return replace(base, asked=asked)
    return denominator(contest, asked, known)


def _asks(rule: Rule) -> bool:
    """Return whether there is a threshold that asks for anything."""
    return rule.threshold is not None and rule.threshold.share > 0


def _binds(rule: Rule, one: ListResult) -> bool:
    """Return whether a threshold asks anything of this list: an exempt one takes part whatever its share."""
    return _asks(rule) and rule.threshold is not None and one.contestant not in rule.threshold.exempt


def _threshold(frame: Frame, allocation: Allocation, passing: Iterable[str]) -> Iterable[Assertion]:
    """Say of each list that the threshold binds that it reaches or fails it; a threshold of nothing asks nothing.

    Where nobody takes part, the exempt lists are known not to have a vote: with one they would take part.
    """
    threshold = frame.rule.threshold
    if threshold is None or not _asks(frame.rule):
        return
    above = set(passing)
    for one in allocation.lists:
        reaches = catalogue.compares(
            frame.categories, one.contestant, threshold.comparison, threshold.share, frame.base
        )
        if _binds(frame.rule, one):
            yield reaches if one.contestant in above else negate(reaches)
        elif allocation.outcome is Outcome.NOBODY:
            yield negate(catalogue.has_votes(frame.categories, one.contestant))


def _seat_pairs(frame: Frame, allocation: Allocation, passing: Mapping[str, int]) -> tuple[Assertion, ...]:
    """Return the pairs by which the passing lists hold their seats, all strict."""
    method, seats = frame.rule.method, frame.rule.seats
    if method is Method.PLURALITY:
        return _most_votes(frame, allocation)
    if method is Method.HARE:
        return tuple(
            catalogue.remainder(frame.categories, passing, seats, pair) for pair in permutations(passing.items(), 2)
        )
    return tuple(  # highest averages; nobody passes under Droop here
        catalogue.average(frame.categories, method, pair)
        for pair in permutations(passing.items(), 2)
        if pair[0][1] > 0
    )


def _most_votes(frame: Frame, allocation: Allocation) -> tuple[Assertion, ...]:
    """Return the leads of everyone elected over everyone who is not, among those who take part or have no vote."""
    elected = [one.contestant for one in allocation.lists if one.seats]
    bound = {one.contestant for one in allocation.lists if _binds(frame.rule, one)}
    beaten = [
        one.contestant for one in allocation.lists if not one.seats and (one.passes or one.contestant not in bound)
    ]
    found = [catalogue.lead(frame.categories, winner, loser) for winner in elected for loser in beaten]
    # A lead that the law's order makes non-strict also holds between two without a vote, who take no part.
    strict = {one.winner for one in found if not law_ranks(frame.rule, one.winner, one.loser)}
    unsure = [name for name in elected if name not in strict and name not in bound]
    return (*found, *(catalogue.has_votes(frame.categories, name) for name in unsure))


def _second_list(frame: Frame, allocation: Allocation) -> Iterable[Assertion]:
    """Say that the second list has more votes than every other but the first (Kazakhstan, Art. 97-1(2))."""
    second = allocation.runner_up
    first = next(one.contestant for one in allocation.lists if one.passes and one.contestant != second)
    others = [one.contestant for one in allocation.lists if one.contestant not in (first, second)]
    yield from (_by_law(frame.rule, catalogue.lead(frame.categories, second, other)) for other in others)
    if all(law_ranks(frame.rule, second, other) for other in others):
        yield catalogue.has_votes(frame.categories, second)  # else nobody is admitted


def _elected(frame: Frame, allocation: Allocation) -> tuple[Assertion, ...]:
    """Return the majority of the one elected, and its leads where the law's share lets two reach it."""
    winner = next(one.contestant for one in allocation.lists if one.seats)
    comparison, share = _majority_of(frame.rule)
    strict = comparison is Comparison.MORE_THAN
    found = [catalogue.majority(frame.categories, winner, frame.base, share, strict=strict)]
    if 2 * share < 1 or (2 * share == 1 and not strict):
        others = [one.contestant for one in allocation.lists if one.contestant != winner]
        found += [_by_law(frame.rule, catalogue.lead(frame.categories, winner, other)) for other in others]
    return tuple(found)


def _second_round(frame: Frame, allocation: Allocation) -> tuple[Assertion, ...]:
    """Return "neither of the two has a majority, and both are ahead of all others" (2.2 as corrected: of both)."""
    comparison, share = _majority_of(frame.rule)
    strict = comparison is Comparison.MORE_THAN
    two = allocation.second_round
    others = [one.contestant for one in allocation.lists if one.contestant not in two]
    return (
        *(negate(catalogue.majority(frame.categories, one, frame.base, share, strict=strict)) for one in two),
        *(_by_law(frame.rule, catalogue.lead(frame.categories, one, other)) for one in two for other in others),
    )


def first_round(frame: Frame) -> FirstRound:
    """Return the first round of a contest in which alternatives elect too."""
    takers = frame.contest.seat_takers
    return FirstRound(rule=frame.rule, takers=takers, categories=frame.categories, base=frame.base)


def _with_alternatives(frame: Frame, allocation: Allocation) -> tuple[Assertion, ...]:
    """Return assertions that prove the outcome: with alternatives these are enough, and not the only ones."""
    votes = {one.contestant: one.votes for one in allocation.lists}
    beside = [cell for cell in frame.base.cells if cell not in votes]  # they only enlarge the base, all of them alike
    rest = allocation.base_total - sum(votes.get(cell, 0) for cell in frame.base.cells)
    votes |= dict.fromkeys(beside[:1], rest)
    held = first_round(frame)
    if not allocation.second_round:
        winner = next(one.contestant for one in allocation.lists if one.seats)
        return next(iter(held.standing(winner, votes)), ())
    two = allocation.second_round
    others = [one.contestant for one in allocation.lists if one.contestant not in two]
    return (
        *(missing for one in two for missing in held.missing(one, votes)),
        *(_by_law(frame.rule, catalogue.lead(frame.categories, one, other)) for one in two for other in others),
    )


def margins_of(contest: Contest, votes: Mapping[str, int], allocation: Allocation) -> tuple[Margin, ...]:
    """Return how far a first round with alternatives is from another outcome; none where `refusals_of` says why.

    Margins on a base whose total is not the one that the allocation used would say nothing about the outcome: none.
    """
    found = assertions_of(contest, votes, allocation)
    if not found:
        return ()
    frame = Frame(contest=contest, categories=categories_of(contest), base=_base_used(contest, votes, allocation))
    if sum(votes.get(cell, 0) for cell in frame.base.cells) != allocation.base_total:
        return ()
    places = [one for one in found if one.kind is AssertionKind.LEAD] if allocation.second_round else []
    return (*first_round(frame).margins(votes, allocation), *(margin(one, votes) for one in places))


def _majority_of(rule: Rule) -> tuple[Comparison, Fraction]:
    """Return what elects: more than half, or the share that the law puts in its place."""
    if rule.threshold is None:
        return Comparison.MORE_THAN, catalogue.HALF
    return rule.threshold.comparison, rule.threshold.share


def _by_law(rule: Rule, assertion: Assertion) -> Assertion:
    """Return the pair as the law of ties has it: non-strict where the winner is ranked first."""
    ranked = bool(assertion.loser) and law_ranks(rule, assertion.winner, assertion.loser)
    return replace(assertion, strict=False) if ranked else assertion
