"""The order of steps from votes to seats: threshold, runner-up, method, and what stays open."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from secondcount.allocation.averages import highest_averages
from secondcount.allocation.distribution import Distribution
from secondcount.allocation.quota import droop_quota, hare_quota, largest_remainder
from secondcount.allocation.result import Allocation, ListResult, Outcome
from secondcount.allocation.runner_up import with_runner_up
from secondcount.allocation.single import majority, plurality
from secondcount.allocation.threshold import admitted
from secondcount.model.rule import Method, Rule, Ties

__all__ = ["allocate"]


def allocate(rule: Rule, votes: Mapping[str, int], base_total: int) -> Allocation:
    """Return the seats that the rule gives for these votes: exact, and independent of the order of contestants.

    `votes` holds the contestants that can take a seat, and no others: what merely enlarges a denominator
    ("against all", invalid ballots) is part of `base_total`, the total of the base that the threshold
    (or the majority) is taken of. Seats that the rule leaves open are counted in `undistributed`:
    certain seats and undistributed ones always add up to the house.

    Raises:
        ValueError: a bug of the caller: negative votes, seats or base; a base that is smaller than the votes
            though a threshold or majority is taken of it; more than one seat by majority; a runner-up rule with
            a method other than the Hare quota; alternatives without a majority
            or a lead; exempt lists beside a runner-up rule or a majority; a threshold
            with a comparison other than >= and >.

    """
    _refuse_nonsense(rule, votes, base_total)
    distribution = _distribute(rule, votes, base_total)
    undistributed = rule.seats - distribution.seats
    return Allocation(
        outcome=_outcome(rule, distribution, undistributed),
        house=rule.seats,
        lists=tuple(_list_result(distribution, name, count) for name, count in votes.items()),
        base_total=base_total,
        passing_total=distribution.total,
        quota=distribution.quota,
        runner_up=distribution.runner_up,
        lots=distribution.lots,
        undistributed=undistributed,
        second_round=distribution.second_round,
    )


def _refuse_nonsense(rule: Rule, votes: Mapping[str, int], base_total: int) -> None:
    """Stop on values that no caller may pass: they are bugs or law that is not coded, not data."""
    if rule.seats < 0 or base_total < 0 or any(count < 0 for count in votes.values()):
        raise ValueError("seats, votes and base cannot be negative")
    if (rule.threshold or rule.method is Method.MAJORITY) and base_total < sum(votes.values()):
        raise ValueError("the base is smaller than the votes that are part of it")
    if rule.method is Method.MAJORITY and rule.seats > 1:
        raise ValueError("a majority elects to one seat")
    if rule.alternatives and (rule.method is not Method.MAJORITY or any(one.lead <= 0 for one in rule.alternatives)):
        raise ValueError("an alternative belongs to a majority, and leads by more than nothing")
    if rule.threshold and rule.threshold.runner_up and rule.method is not Method.HARE:
        raise ValueError("the runner-up rule is defined for the Hare quota")
    if rule.threshold and rule.threshold.exempt and (rule.threshold.runner_up or rule.method is Method.MAJORITY):
        raise ValueError("no law that is coded exempts lists beside a runner-up rule or a majority")


def _distribute(rule: Rule, votes: Mapping[str, int], base_total: int) -> Distribution:
    """Choose the branch of the rule: who takes part decides which."""
    threshold = None if rule.method is Method.MAJORITY else rule.threshold
    passing = admitted(threshold, votes, base_total)
    if not passing or rule.seats == 0:
        return Distribution(whole=dict.fromkeys(passing, 0), total=sum(passing.values()))
    if rule.method is Method.MAJORITY:
        return majority(rule, votes, base_total)
    if threshold and threshold.runner_up and len(passing) == 1:
        return with_runner_up(rule, threshold.runner_up, votes, next(iter(passing)))
    return _by_method(rule, passing)


def _by_method(rule: Rule, passing: Mapping[str, int]) -> Distribution:
    """Apply the method to those who take part; there is at least one of them, and at least one seat."""
    if rule.method is Method.PLURALITY:
        return plurality(rule, passing)
    if rule.method is Method.HARE:
        return largest_remainder(rule, passing, hare_quota(sum(passing.values()), rule.seats))
    if rule.method is Method.DROOP:
        return largest_remainder(rule, passing, droop_quota(sum(passing.values()), rule.seats))
    return highest_averages(rule, passing)


def _outcome(rule: Rule, distribution: Distribution, undistributed: int) -> Outcome:
    """Say how far the rule alone decides; silence outranks lots, because lots alone do not end it."""
    if not distribution.whole:
        return Outcome.NOBODY
    if distribution.second_round and not distribution.lots:
        return Outcome.SECOND_ROUND
    drawn = sum(lot.seats for lot in distribution.lots)
    if undistributed > drawn or (drawn and rule.ties is not Ties.LOT):
        return Outcome.LAW_SILENT
    return Outcome.LOT if drawn else Outcome.DECIDED


def _list_result(distribution: Distribution, name: str, votes: int) -> ListResult:
    """Return one contestant's row: every column that applies to it, None where none does."""
    passes = name in distribution.whole
    quota = distribution.quota
    whole, extra = distribution.whole.get(name, 0), distribution.extra.get(name, 0)
    return ListResult(
        contestant=name,
        votes=votes,
        passes=passes,
        quotient=Fraction(votes * quota.denominator, quota.numerator) if passes and quota else None,
        whole=whole,
        remainder=distribution.remainders.get(name),
        extra=extra,
        seats=whole + extra,
    )
