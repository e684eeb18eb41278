"""One contestant's claim to seats, and the assertions that can be made about it on one pile.

A ground is a set of assertions that suffices for a conclusion in every completion, lots included. The catalogue
of grounds (`being_in`, `being_out`, `seat_counts`) is sound, not complete: what no ground settles stays open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from secondcount.audit import catalogue
from secondcount.audit.assertions import Frame, law_ranks
from secondcount.audit.feasible import Scene, bound_of, is_met
from secondcount.audit.linear import negate
from secondcount.audit.result import Assertion
from secondcount.model.rule import Method, RunnerUp, Threshold, Ties

__all__ = ["Case", "Ground"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Assertions that decide together; `exact` = they are true wherever the conclusion is."""

    assertions: tuple[Assertion, ...]
    exact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One contestant's claim to seats, on one pile under one feasible set; the assertions that speak of it."""

    frame: Frame
    scene: Scene
    contestant: str

    @property
    def takers(self) -> tuple[str, ...]:
        """Return everyone who can take a seat."""
        return self.frame.contest.seat_takers

    @property
    def rivals(self) -> tuple[str, ...]:
        """Return everyone else who can take a seat."""
        return tuple(name for name in self.takers if name != self.contestant)

    @property
    def house(self) -> int:
        """Return the number of seats."""
        return self.frame.rule.seats

    @property
    def method(self) -> Method:
        """Return the rule's method."""
        return self.frame.rule.method

    @property
    def threshold(self) -> Threshold | None:
        """Return the threshold, None where there is none or it asks nothing."""
        threshold = self.frame.rule.threshold
        return threshold if threshold and threshold.share > 0 else None

    @property
    def is_bound(self) -> bool:
        """Return whether a threshold asks anything of the contestant: some lists are exempt."""
        return self.threshold is not None and self.contestant not in self.threshold.exempt

    @property
    def runner_up(self) -> RunnerUp | None:
        """Return the rule that admits a second list, if there is one."""
        threshold = self.frame.rule.threshold
        return threshold.runner_up if threshold else None

    def reaches(self, name: str) -> tuple[Assertion, ...]:
        """Return "reaches the threshold", nothing where there is none or `name` is exempt from it."""
        threshold, cells = self.threshold, self.frame.categories
        if threshold is None or name in threshold.exempt:
            return ()
        return (catalogue.compares(cells, name, threshold.comparison, threshold.share, self.frame.base),)

    def fails(self, name: str) -> tuple[Assertion, ...]:
        """Return "fails the threshold", nothing where there is none to fail: no conclusion may rest on nothing."""
        return tuple(negate(one) for one in self.reaches(name))

    @property
    def has_plain_ties(self) -> bool:
        """Return whether a tie of two is settled without looking at a third: by no order of the law, or a full one."""
        rule = self.frame.rule
        return rule.ties is not Ties.ORDER or set(self.takers) <= set(rule.tie_order)

    def lead(self, winner: str, loser: str) -> Assertion:
        """Return "more votes", non-strict only where the law's order ranks everybody: then no tie is left open."""
        strict = not (self.has_plain_ties and law_ranks(self.frame.rule, winner, loser))
        return catalogue.lead(self.frame.categories, winner, loser, strict=strict)

    def some_votes(self, names: Iterable[str]) -> tuple[Assertion, ...]:
        """Return "has a vote" of whichever of these has most on the copies."""
        most = max(names, key=lambda name: self.scene.copies[name], default=None)
        return () if most is None else (catalogue.has_votes(self.frame.categories, most),)

    def is_sure(self, assertions: Iterable[Assertion]) -> bool:
        """Return whether all of these are true in every completion."""
        return all(is_met(bound_of(one, self.scene)) for one in assertions)

    def surest(self, assertions: Iterable[Assertion], count: int) -> tuple[Assertion, ...] | None:
        """Return the `count` surest of these, None if fewer are true in every completion."""
        bounds = sorted((bound_of(one, self.scene) for one in assertions), key=lambda one: -one.least)
        met = [one.assertion for one in bounds if is_met(one)]
        return tuple(met[:count]) if len(met) >= count else None
