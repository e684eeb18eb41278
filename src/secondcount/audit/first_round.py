"""Who is elected in the first round where the law has more than one way to be, and how far that is from changing.

"More than half, or at least 40 % and ten points ahead of each other" is a choice between sets of linear assertions
(Bolivia, Constitution, Art. 166). A set that holds proves the outcome; to undo it every set that holds must break.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from secondcount.allocation import Allocation
from secondcount.audit import catalogue
from secondcount.audit.denominator import Denominator
from secondcount.audit.linear import holds_on, negate, slack, value_on
from secondcount.audit.result import Assertion, AssertionKind, Margin
from secondcount.model.rule import Alternative, Comparison, Rule

__all__ = ["FirstRound"]

Way = tuple[Assertion, ...]
"""Assertions that together elect somebody in the first round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRound:
    """The first round of one contest: the rule, who stands, the categories of votes and the base of the shares."""

    rule: Rule
    takers: tuple[str, ...]
    categories: tuple[str, ...]
    base: Denominator

    def ways(self, name: str) -> tuple[Way, ...]:
        """Return the ways in which `name` is elected: more than half, then the alternatives in the law's order."""
        return (self._majority(name), *(self._alternative(name, one) for one in self.rule.alternatives))

    def standing(self, name: str, votes: Mapping[str, int]) -> tuple[Way, ...]:
        """Return those of the ways that these votes fulfil."""
        return tuple(way for way in self.ways(name) if all(holds_on(one, votes) for one in way))

    def missing(self, name: str, votes: Mapping[str, int]) -> Iterator[Assertion]:
        """Yield for each way that these votes do not fulfil one thing that is missing, as a true assertion."""
        for way in self.ways(name):
            broken = [one for one in way if not holds_on(one, votes)]
            if broken:
                yield negate(broken[-1] if broken[-1].loser == "" else _nearest(broken, votes))

    def margins(self, votes: Mapping[str, int], allocation: Allocation) -> tuple[Margin, ...]:
        """Return the fewest votes, moved between two or given to one, that make another outcome of the first round.

        Exact on given totals. Of an elected one: votes go to one rival, which lowers every share and lead at once.
        Of a second round: votes come from whoever is too near, as many from each as it takes.
        """
        elected = [one.contestant for one in allocation.lists if one.seats]
        if elected:
            rivals = (name for name in self.takers if name != elected[0])
            return _one_each(self._undone(elected[0], rival, votes) for rival in rivals)
        return tuple(self._reached(name, votes) for name in self.takers if votes.get(name))

    def _majority(self, name: str) -> Way:
        threshold = self.rule.threshold
        strict = threshold is None or threshold.comparison is Comparison.MORE_THAN
        share = threshold.share if threshold else catalogue.HALF
        found = [catalogue.majority(self.categories, name, self.base, share, strict=strict)]
        if 2 * share < 1 or (2 * share == 1 and not strict):  # two could reach it: then the first is elected
            found += [catalogue.lead(self.categories, name, other) for other in self.takers if other != name]
        return tuple(found)

    def _alternative(self, name: str, one: Alternative) -> Way:
        # Bolivia, Constitution, Art. 166 I: at least 40 %, and at least ten points more than the second
        others = [other for other in self.takers if other != name]
        share = one.share if others else max(one.share, one.lead)  # who stands alone leads no votes at all
        reaches = catalogue.compares(self.categories, name, Comparison.AT_LEAST, share, self.base)
        if not others:  # no share of no votes elects anybody
            return (reaches, catalogue.has_votes(self.categories, name))
        return (
            reaches,
            *(catalogue.ahead_by(self.categories, (name, other), self.base, one.lead) for other in others),
        )

    def _undone(self, winner: str, rival: str, votes: Mapping[str, int]) -> Margin:
        """Return what undoes the election by votes for one rival: each way breaks at its weakest."""
        ways = self.standing(winner, votes)
        last = [min(way, key=lambda one: _after(_moves(one, winner, rival, votes))) for way in ways]
        shown = max(last, key=lambda one: _after(_moves(one, winner, rival, votes)))
        moved = _moves(shown, winner, rival, votes)
        added = max(min(_after(_additions(one, rival, votes)) for one in way) for way in ways)
        possible = moved is not None and moved <= votes[winner]
        return Margin(
            assertion=shown,
            value=slack(shown, value_on(shown, votes)),
            moved=moved if possible else None,
            added=added[1] if not added[0] else None,
            moved_from=winner if possible else "",
            moved_to=rival if possible else "",
        )

    def _reached(self, name: str, votes: Mapping[str, int]) -> Margin:
        """Return the fewest votes with which somebody would be elected after all, by the way that needs fewest."""
        found = [(self._to_fulfil(way, name, votes), way) for way in self.ways(name)]
        moved, way = min(found, key=lambda one: _after(one[0]))
        added = min(max(_gain(one, name, votes) for one in each) for each in self.ways(name))
        broken = [one for one in way if not holds_on(one, votes)]
        shown = negate(_nearest(broken, votes))
        donor = max((one for one in self.takers if one != name), key=lambda one: votes.get(one, 0))
        return Margin(
            assertion=shown,
            value=slack(shown, value_on(shown, votes)),
            moved=moved,
            added=added,
            moved_from=donor if moved is not None else "",
            moved_to=name if moved is not None else "",
        )

    def _to_fulfil(self, way: Way, name: str, votes: Mapping[str, int]) -> int | None:
        """Return the fewest votes moved to `name`, from whom it takes, so that a way is fulfilled; None if none do."""
        low, high = 0, sum(votes.get(one, 0) for one in self.takers if one != name)
        if not self._is_enough(way, name, votes, high):
            return None
        while low < high:  # with more votes it stays fulfilled, so that halving finds the least number
            middle = (low + high) // 2
            low, high = (low, middle) if self._is_enough(way, name, votes, middle) else (middle + 1, high)
        return low

    def _is_enough(self, way: Way, name: str, votes: Mapping[str, int], moved: int) -> bool:
        """Return whether a way is fulfilled once `moved` votes came from those who were too near, and from others."""
        needed = 0
        total = sum(votes.get(cell, 0) for cell in self.base.cells)
        for one in way:
            if one.loser:
                ahead = ceil(one.share * total) if one.kind is AssertionKind.AHEAD_BY and one.share else 1
                needed += max(0, votes.get(one.loser, 0) + ahead - votes.get(name, 0) - moved)
            elif not holds_on(one, {**votes, name: votes.get(name, 0) + moved, **_less(self, name, votes, moved)}):
                return False
        return needed <= moved


def _one_each(found: Iterable[Margin]) -> tuple[Margin, ...]:
    """Return the cheapest margin of each assertion: to whom else the votes could go is no other change."""
    cheapest: dict[Assertion, Margin] = {}
    for one in sorted(found, key=lambda one: _after(one.moved)):
        first = cheapest.setdefault(one.assertion, one)
        cheapest[one.assertion] = replace(first, added=min(first.added, one.added, key=_after))
    return tuple(cheapest.values())


def _less(first_round: FirstRound, name: str, votes: Mapping[str, int], moved: int) -> dict[str, int]:
    """Return the votes of the others once so many of them are gone, from the largest on: the base stays as it was."""
    left: dict[str, int] = {}
    for other in sorted(first_round.takers, key=lambda one: -votes.get(one, 0)):
        if other != name:
            taken = min(moved, votes.get(other, 0))
            left[other], moved = votes.get(other, 0) - taken, moved - taken
    return left


def _nearest(broken: Sequence[Assertion], votes: Mapping[str, int]) -> Assertion:
    """Return the assertion that is furthest from being true: what is missing most."""
    return min(broken, key=lambda one: value_on(one, votes))


def _after(steps: int | None) -> tuple[bool, int]:
    """Return a number of votes as something that compares: what no number of votes can do comes last."""
    return (steps is None, steps or 0)


def _moves(one: Assertion, origin: str, target: str, votes: Mapping[str, int]) -> int | None:
    """Return the fewest votes moved from one to another that break an assertion."""
    factors = dict(one.coefficients)
    return _steps(slack(one, value_on(one, votes)), factors.get(origin, 0) - factors.get(target, 0))


def _additions(one: Assertion, target: str, votes: Mapping[str, int]) -> int | None:
    """Return the fewest votes given to one that break an assertion."""
    return _steps(slack(one, value_on(one, votes)), -dict(one.coefficients).get(target, 0))


def _gain(one: Assertion, name: str, votes: Mapping[str, int]) -> int:
    """Return the fewest votes given to `name` that make an assertion about it true: it gains by each of them."""
    other = negate(one)
    return _steps(max(0, slack(other, value_on(other, votes))), dict(one.coefficients)[name]) or 0


def _steps(gap: int, size: int) -> int | None:
    """Return how many steps of `size` make up a gap, None where no number does."""
    return -(-gap // size) if size > 0 else None
