"""Short ways to say a rule in a test, and what its open lots can end in."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product

from secondcount.allocation import Allocation, Lot, allocate
from secondcount.model.rule import Comparison, Leftover, Method, Rule, RunnerUp, Threshold, Ties


def at_least(share: Fraction, runner_up: RunnerUp | None = None) -> Threshold:
    """Return a threshold of the kind "not less than"."""
    return Threshold(share=share, base="base", comparison=Comparison.AT_LEAST, runner_up=runner_up)


def more_than(share: Fraction) -> Threshold:
    """Return a threshold of the kind "more than"."""
    return Threshold(share=share, base="base", comparison=Comparison.MORE_THAN)


def kazakh(leftover: Leftover, *, seats: int = 98, ties: Ties = Ties.LOT, order: tuple[str, ...] = ()) -> Rule:
    """Return the rule of Art. 97-1 with one of the ways to deal with leftover seats."""
    second = RunnerUp(correction=Fraction(7, 10), minimum_seats=2, leftover=leftover)
    threshold = at_least(Fraction(7, 100), second)
    return Rule(method=Method.HARE, seats=seats, ties=ties, tie_order=order, threshold=threshold)


def named(*votes: int) -> dict[str, int]:
    """Return the votes under the names a, b, c, ..."""
    return {chr(ord("a") + index): count for index, count in enumerate(votes)}


def by(method: Method, seats: int, *votes: int, ties: Ties = Ties.LOT, order: tuple[str, ...] = ()) -> Allocation:
    """Allocate without a threshold, to contestants named a, b, c, ..., the votes being the whole base."""
    return allocate(Rule(method=method, seats=seats, ties=ties, tie_order=order), named(*votes), sum(votes))


def seats(allocation: Allocation) -> tuple[int, ...]:
    """Return the certain seats in the order of the contestants."""
    return tuple(one.seats for one in allocation.lists)


def completions(allocation: Allocation) -> set[tuple[int, ...]]:
    """Return every distribution that the open lots can end in, in the order of the contestants."""
    certain = {one.contestant: one.seats for one in allocation.lists}
    found = set()
    for draws in product(*(tuple(_draws(lot)) for lot in allocation.lots)):
        won = dict(certain)
        for draw in draws:
            for name, number in draw.items():
                won[name] += number
        found.add(tuple(won.values()))
    return found


def _draws(lot: Lot) -> Iterator[dict[str, int]]:
    if lot.together:
        yield from ({name: lot.seats} for name in lot.contestants)
    else:
        yield from (dict.fromkeys(drawn, 1) for drawn in combinations(lot.contestants, lot.seats))
