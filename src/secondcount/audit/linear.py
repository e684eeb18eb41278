"""Arithmetic of one assertion: its value on totals, its negation, and how far a value is from breaking it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from secondcount.audit.result import Assertion, AssertionKind

__all__ = ["coefficients", "holds_on", "is_true", "negate", "slack", "value_on"]

_OPPOSITE = {
    AssertionKind.REACHES: AssertionKind.FAILS,
    AssertionKind.FAILS: AssertionKind.REACHES,
    AssertionKind.MAJORITY: AssertionKind.NO_MAJORITY,
    AssertionKind.NO_MAJORITY: AssertionKind.MAJORITY,
    AssertionKind.LEAD: AssertionKind.LEAD,
    AssertionKind.AHEAD_BY: AssertionKind.NOT_AHEAD_BY,
    AssertionKind.NOT_AHEAD_BY: AssertionKind.AHEAD_BY,
}


def coefficients(categories: Sequence[str], terms: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return one coefficient for every category, zeros included, in the order of the categories."""
    return tuple((cell, terms.get(cell, 0)) for cell in categories)


def value_on(assertion: Assertion, totals: Mapping[str, int]) -> int:
    """Return L(T) = sum of coefficient x total + constant; a category without a total counts as 0 votes."""
    return sum(factor * totals.get(cell, 0) for cell, factor in assertion.coefficients) + assertion.constant


def is_true(assertion: Assertion, value: int) -> bool:
    """Return whether a value of L makes the assertion true: > 0 if strict, >= 0 otherwise."""
    return value > 0 if assertion.strict else value >= 0


def holds_on(assertion: Assertion, totals: Mapping[str, int]) -> bool:
    """Return whether the assertion is true of these totals."""
    return is_true(assertion, value_on(assertion, totals))


def slack(assertion: Assertion, value: int) -> int:
    """Return V, by how much L must fall before the assertion breaks; V <= 0 means that it does not hold.

    For L >= 0 it is L + 1, because L is an integer (audit-methods 2.2).
    """
    return value if assertion.strict else value + 1


def negate(assertion: Assertion) -> Assertion:
    """Return the assertion that is true exactly where this one is false: not (L > 0) is -L >= 0.

    Raises:
        KeyError: the kind has no named opposite (a bug of the caller).

    """
    swap = assertion.kind is AssertionKind.LEAD
    return replace(
        assertion,
        kind=_OPPOSITE[assertion.kind],
        winner=assertion.loser if swap else assertion.winner,
        loser=assertion.winner if swap else assertion.loser,
        coefficients=tuple((cell, -factor) for cell, factor in assertion.coefficients),
        constant=-assertion.constant,
        strict=not assertion.strict,
    )
