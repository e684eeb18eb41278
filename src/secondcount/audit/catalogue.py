"""The catalogue of integer linear assertions (audit-methods 2.2 as corrected): one function per row.

A share t is taken as p/q in lowest terms, so that V is the same whoever computes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from secondcount.audit.denominator import Denominator
from secondcount.audit.linear import coefficients, negate
from secondcount.audit.result import Assertion, AssertionKind
from secondcount.model.rule import Comparison, Method

__all__ = [
    "ahead_by",
    "average",
    "compares",
    "has_votes",
    "lead",
    "majority",
    "quota_at_least",
    "quota_at_most",
    "remainder",
]

HALF = Fraction(1, 2)


def compares(
    categories: Sequence[str], contestant: str, comparison: Comparison, share: Fraction, base: Denominator
) -> Assertion:
    """Return "the contestant's share of the base is >=, >, <= or < t" (REACHES or FAILS)."""
    upper = comparison in (Comparison.AT_MOST, Comparison.LESS_THAN)
    reaches = Assertion(
        kind=AssertionKind.REACHES,
        winner=contestant,
        loser="",
        coefficients=_against_base(categories, contestant, share, base),
        strict=comparison in (Comparison.MORE_THAN, Comparison.AT_MOST),
        share=share,
        base=base.base,
    )
    # not (share >= t) is share < t, and not (share > t) is share <= t
    return negate(reaches) if upper else reaches


def majority(
    categories: Sequence[str], contestant: str, base: Denominator, share: Fraction = HALF, *, strict: bool = True
) -> Assertion:
    """Return "more than half of the base" (or the share that the law puts in its place): 2 T_w - sum of D > 0."""
    return Assertion(
        kind=AssertionKind.MAJORITY,
        winner=contestant,
        loser="",
        coefficients=_against_base(categories, contestant, share, base),
        strict=strict,
        share=share,
        base=base.base,
    )


def _against_base(
    categories: Sequence[str], contestant: str, share: Fraction, base: Denominator
) -> tuple[tuple[str, int], ...]:
    """Return the coefficients of q T_b - p sum of D."""
    terms = dict.fromkeys(base.cells, -share.numerator)
    terms[contestant] = terms.get(contestant, 0) + share.denominator
    return coefficients(categories, terms)


def lead(categories: Sequence[str], winner: str, loser: str, *, strict: bool = True) -> Assertion:
    """Return "winner has more votes than loser": T_w - T_l > 0, or >= 0 where the law ranks the winner first."""
    return Assertion(
        kind=AssertionKind.LEAD,
        winner=winner,
        loser=loser,
        coefficients=coefficients(categories, {winner: 1, loser: -1}),
        strict=strict,
    )


def ahead_by(categories: Sequence[str], pair: tuple[str, str], base: Denominator, share: Fraction) -> Assertion:
    """Return "the first of the pair leads the second by at least d of the base": q (T_w - T_l) - p sum of D >= 0."""
    winner, loser = pair
    terms = dict.fromkeys(base.cells, -share.numerator)
    terms[winner] = terms.get(winner, 0) + share.denominator
    terms[loser] = terms.get(loser, 0) - share.denominator
    return Assertion(
        kind=AssertionKind.AHEAD_BY,
        winner=winner,
        loser=loser,
        coefficients=coefficients(categories, terms),
        share=share,
        base=base.base,
    )


def has_votes(categories: Sequence[str], contestant: str) -> Assertion:
    """Return "the contestant has a vote at all": a lead over nobody (nobody without a vote takes part)."""
    return Assertion(
        kind=AssertionKind.LEAD,
        winner=contestant,
        loser="",
        coefficients=coefficients(categories, {contestant: 1}),
        strict=True,
    )


def remainder(
    categories: Sequence[str], passing: Iterable[str], seats: int, pair: tuple[tuple[str, int], tuple[str, int]]
) -> Assertion:
    """Return the Hamilton pair "m keeps its seat against n": S (T_m - T_n) - (a_m - a_n - 1) sum of P T_e > 0.

    `pair` is ((m, a_m), (n, a_n)); the sum goes over the lists that pass (Blom et al. 2021 with a threshold).
    """
    (winner, of_winner), (loser, of_loser) = pair
    terms = dict.fromkeys(passing, -(of_winner - of_loser - 1))
    terms[winner] = terms.get(winner, 0) + seats
    terms[loser] = terms.get(loser, 0) - seats
    return Assertion(
        kind=AssertionKind.REMAINDER,
        winner=winner,
        loser=loser,
        coefficients=coefficients(categories, terms),
        strict=True,
    )


def average(categories: Sequence[str], method: Method, pair: tuple[tuple[str, int], tuple[str, int]]) -> Assertion:
    """Return "A's last quotient beats B's next": d(W_B + 1) T_A - d(W_A) T_B > 0; `pair` is ((A, W_A), (B, W_B))."""
    (winner, of_winner), (loser, of_loser) = pair
    terms = {winner: _divisor(method, of_loser + 1), loser: -_divisor(method, of_winner)}
    return Assertion(
        kind=AssertionKind.AVERAGE,
        winner=winner,
        loser=loser,
        coefficients=coefficients(categories, terms),
        strict=True,
    )


def _divisor(method: Method, seat: int) -> int:
    """Return what the votes are divided by for the k-th seat: k (D'Hondt) or 2k - 1 (Sainte-Laguë)."""
    return seat if method is Method.DHONDT else 2 * seat - 1


def quota_at_least(
    categories: Sequence[str], contestant: str, lists: Iterable[str], house: int, seats: int
) -> Assertion:
    """Return "at least `seats` Hare quotas of these lists": S T_e - s sum of P T >= 0 (all-but-remainder)."""
    terms = dict.fromkeys(lists, -seats)
    terms[contestant] = terms.get(contestant, 0) + house
    return Assertion(
        kind=AssertionKind.QUOTA_AT_LEAST,
        winner=contestant,
        loser="",
        coefficients=coefficients(categories, terms),
    )


def quota_at_most(
    categories: Sequence[str], contestant: str, lists: Iterable[str], house: int, seats: int
) -> Assertion:
    """Return "at most `seats` Hare quotas of these lists": s sum of P T - S T_e >= 0."""
    terms = dict.fromkeys(lists, seats)
    terms[contestant] = terms.get(contestant, 0) - house
    return Assertion(
        kind=AssertionKind.QUOTA_AT_MOST,
        winner=contestant,
        loser="",
        coefficients=coefficients(categories, terms),
    )
