"""Who takes part in the distribution: votes held against the share of a base that the law asks for."""

from __future__ import annotations

from collections.abc import Mapping

from secondcount.model.rule import Comparison, Threshold

__all__ = ["admitted", "reaches"]


def reaches(threshold: Threshold, votes: int, base_total: int) -> bool:
    """Return whether `votes` reach the threshold on a base of `base_total` votes; exact, no percentage is rounded.

    A share p/q is compared as integers, in lowest terms: "not less than" is votes x q >= p x base,
    "more than" is votes x q > p x base.

    Raises:
        ValueError: the comparison is not one that a threshold can have (a bug of the caller).

    """
    p, q = threshold.share.numerator, threshold.share.denominator
    if threshold.comparison is Comparison.AT_LEAST:
        return votes * q >= p * base_total
    if threshold.comparison is Comparison.MORE_THAN:
        return votes * q > p * base_total
    raise ValueError(threshold.comparison)


def admitted(threshold: Threshold | None, votes: Mapping[str, int], base_total: int) -> dict[str, int]:
    """Return the contestants that reach the threshold, with their votes, in the order given.

    A contestant without a single vote never takes part, whatever the threshold; without a threshold
    everybody else does, and so do those whom the law exempts from it (a national minority's list).
    """
    return {
        name: count
        for name, count in votes.items()
        if count > 0 and (threshold is None or name in threshold.exempt or reaches(threshold, count, base_total))
    }
