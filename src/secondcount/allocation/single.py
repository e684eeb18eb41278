"""Rules that elect persons: most votes, or more than half (or what else the law takes), and else a second round."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from secondcount.allocation.distribution import Distribution
from secondcount.allocation.threshold import admitted
from secondcount.allocation.ties import highest
from secondcount.model.rule import Alternative, Comparison, Rule, Threshold

__all__ = ["majority", "plurality"]

HALF = Threshold(share=Fraction(1, 2), base="", comparison=Comparison.MORE_THAN)


def plurality(rule: Rule, votes: Mapping[str, int]) -> Distribution:
    """Give one seat each to the contestants with most votes; seats beyond the contestants stay undistributed."""
    settled = highest(rule, votes, rule.seats)
    return Distribution(
        whole={name: int(name in settled.winners) for name in votes},
        total=sum(votes.values()),
        lots=settled.lots,
    )


def majority(rule: Rule, votes: Mapping[str, int], base_total: int) -> Distribution:
    """Give the one seat to whoever has more than half of the base; else name the first two for a second round.

    `rule.threshold`, if there is one, takes the place of "more than half" (another share, or "not less than").
    Where nobody has that, `rule.alternatives` elect too: a lower share and a lead (Bolivia, Art. 166).
    In a tie for a place in the second round `second_round` holds who is certain of one, and the lot's `seats`
    counts places in that round. With one contestant and no majority there are no first two, and the rule is silent.
    """
    elected = highest(
        rule, admitted(rule.threshold or HALF, votes, base_total) or _far_ahead(rule, votes, base_total), 1
    )
    running = {name: count for name, count in votes.items() if count > 0}
    if elected.winners or elected.lot:
        whole = {name: int(name in elected.winners) for name in running}
        return Distribution(whole=whole, total=sum(votes.values()), lots=elected.lots)
    first = highest(rule, votes, rule.run_off_places) if len(votes) > 1 else highest(rule, {}, 0)
    return Distribution(
        whole=dict.fromkeys(running, 0),
        total=sum(votes.values()),
        lots=first.lots,
        second_round=first.winners,
    )


def _far_ahead(rule: Rule, votes: Mapping[str, int], base_total: int) -> dict[str, int]:
    """Return who fulfils an alternative: nobody or one, because the lead is over each other and above nothing."""
    return {
        name: count
        for name, count in votes.items()
        for one in rule.alternatives
        if count > 0 and is_far_ahead(one, name, votes, base_total)
    }


def is_far_ahead(alternative: Alternative, name: str, votes: Mapping[str, int], base_total: int) -> bool:
    """Return whether `name` has the share and, over each other, the lead of an alternative; exact integers."""
    share, lead = alternative.share, alternative.lead
    most = max((count for other, count in votes.items() if other != name), default=0)
    # Bolivia, Constitution, Art. 166 I: at least 40 % of valid votes, and at least 10 % more than the second
    has_share = votes[name] * share.denominator >= share.numerator * base_total
    return has_share and (votes[name] - most) * lead.denominator >= lead.numerator * base_total
