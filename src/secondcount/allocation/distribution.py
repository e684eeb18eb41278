"""What one method hands back: the same few columns for every rule, from which `procedure` makes the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from secondcount.allocation.result import Lot

__all__ = ["Distribution"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """Seats by contestant, as far as the rule makes them certain; the keys of `whole` are those who take part."""

    whole: Mapping[str, int]
    total: int  # votes of all who take part
    extra: Mapping[str, int] = field(default_factory=dict)
    quota: Fraction | None = None
    remainders: Mapping[str, Fraction] = field(default_factory=dict)
    lots: tuple[Lot, ...] = ()
    runner_up: str = ""
    second_round: tuple[str, ...] = ()

    @property
    def seats(self) -> int:
        """Return the number of seats that are certain."""
        return sum(self.whole.values()) + sum(self.extra.values())
