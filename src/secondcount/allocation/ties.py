"""Equal claims: who is certain of a place, and what the law draws lots for, ranks, or does not speak of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from secondcount.allocation.result import Lot
from secondcount.model.rule import Rule, Ties

__all__ = ["Settled", "highest", "settle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Places given: `winners` have one each for certain, `lot` is what stays open (None = nothing)."""

    winners: tuple[str, ...] = ()
    lot: Lot | None = None

    @property
    def lots(self) -> tuple[Lot, ...]:
        """Return the open draw as a tuple of none or one."""
        return () if self.lot is None else (self.lot,)


def settle(rule: Rule, tied: Sequence[str], places: int) -> Settled:
    """Give `places` equal places among contestants with equal claims.

    An order of the law decides only if it ranks all who are tied; otherwise the text seen is as silent
    as one without an order, and the tie is reported.
    """
    if places <= 0:
        return Settled()
    if places >= len(tied):
        return Settled(winners=tuple(tied))
    if rule.ties is Ties.ORDER and set(tied) <= set(rule.tie_order):
        # e.g. Kazakhstan, Art. 97-1: with equal remainders the list registered earlier comes first
        return Settled(winners=tuple(sorted(tied, key=rule.tie_order.index)[:places]))
    return Settled(lot=Lot(contestants=tuple(tied), seats=places))


def highest(rule: Rule, claims: Mapping[str, int] | Mapping[str, Fraction], places: int) -> Settled:
    """Give one place each to the `places` highest claims; only a tie across the cut needs settling.

    Winners come highest first, equals in the order given. With more places than contestants everybody has one.
    """
    if places <= 0 or not claims:
        return Settled()
    ranked = sorted(claims, key=lambda name: -claims[name])
    if places >= len(ranked):
        return Settled(winners=tuple(ranked))
    cut = claims[ranked[places - 1]]
    above = tuple(name for name in ranked if claims[name] > cut)
    equal = settle(rule, [name for name in ranked if claims[name] == cut], places - len(above))
    return Settled(winners=above + equal.winners, lot=equal.lot)
