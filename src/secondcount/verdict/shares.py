"""Shares on every base, and every list held against the threshold on every base."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

import polars as pl

from secondcount.model.election import Contest
from secondcount.model.publication import Quantity
from secondcount.model.rule import Comparison, Threshold
from secondcount.verdict.official import Official
from secondcount.verdict.result import BaseTotal, PublishedFigure, ShareRow, ThresholdTest

__all__ = ["share_rows", "threshold_tests"]


def share_rows(
    figures: pl.DataFrame, contest: Contest, official: Official, bases: Sequence[BaseTotal], root: str
) -> tuple[ShareRow, ...]:
    """Return one row per contestant: votes, exact shares on every known base, and every published figure."""
    known = [(base.base, base.total) for base in bases if base.total]
    rows = []
    for contestant in contest.contestants:
        votes = official.votes.get(contestant.id)
        shares = tuple((base, Fraction(votes, total)) for base, total in known if total and votes is not None)
        rows.append(
            ShareRow(
                contestant=contestant.id,
                votes=votes,
                shares=shares,
                published=_published(figures, contest, contestant.id, root),
            )
        )
    return tuple(rows)


def _published(figures: pl.DataFrame, contest: Contest, cell: str, root: str) -> tuple[PublishedFigure, ...]:
    wanted = [Quantity.COUNT.value, Quantity.SHARE.value, Quantity.SEATS.value]
    rows = figures.filter(
        (pl.col("area") == root)
        & (pl.col("cell") == cell)
        & pl.col("quantity").is_in(wanted)
        & pl.col("contest").is_in(["", contest.id])
    ).select("publication", "quantity", "value", "decimals")
    return tuple(
        PublishedFigure(publication=publication, quantity=quantity, value=value, decimals=decimals)
        for publication, quantity, value, decimals in rows.iter_rows()
    )


def threshold_tests(contest: Contest, official: Official, bases: Sequence[BaseTotal]) -> tuple[ThresholdTest, ...]:
    """Return every list that it binds against the threshold, on the base of the law and on the published one."""
    threshold = contest.threshold
    if threshold is None or not official.votes:
        return ()
    wanted = dict.fromkeys([threshold.base, contest.share_base])
    return tuple(
        _test(threshold, contestant, official.votes[contestant], base)
        for base in bases
        if base.base in wanted
        for contestant in contest.seat_takers
        if contestant not in threshold.exempt
    )


def _test(threshold: Threshold, contestant: str, votes: int, base: BaseTotal) -> ThresholdTest:
    strict = threshold.comparison is Comparison.MORE_THAN
    margin = None if base.total is None else votes - threshold.share * base.total
    passes = _passes(threshold.share, votes, base, strict=strict)
    return ThresholdTest(
        contestant=contestant,
        base=base.base,
        legal=base.base == threshold.base,
        votes=votes,
        base_total=base.total,
        passes=passes,
        margin=margin,
        moved=None if margin is None else _moved(margin, strict=strict, passes=bool(passes)),
        added=None if margin is None or passes else _added(margin, threshold.share, strict=strict),
        break_even_base=votes / threshold.share,
    )


def _passes(share: Fraction, votes: int, base: BaseTotal, *, strict: bool) -> bool | None:
    """Return whether votes reach the share of the base, None where its bounds leave both answers possible."""

    def reaches(total: int) -> bool:
        return votes > share * total if strict else votes >= share * total

    if base.most is not None and reaches(base.most):
        return True
    if base.least is not None and not reaches(base.least):
        return False
    return None


def _moved(margin: Fraction, *, strict: bool, passes: bool) -> int:
    """Return the least whole number of votes that, moved to or from the list, turns the answer (base unchanged)."""
    if passes:  # least m with margin - m below the threshold
        return ceil(margin) if strict else floor(margin) + 1
    return floor(-margin) + 1 if strict else ceil(-margin)


def _added(margin: Fraction, share: Fraction, *, strict: bool) -> int | None:
    """Return the least number of votes to add when they enlarge the base too: (share x base - votes) / (1 - share)."""
    if share == 1:
        return None  # added votes never make a part the whole
    needed = -margin / (1 - share)  # domain.md, Appendix C
    return floor(needed) + 1 if strict else ceil(needed)
