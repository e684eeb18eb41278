"""Published figures as exact intervals: what a rounded number still says about the true one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from secondcount.model.publication import Quantity

__all__ = ["Figure", "Interval", "read_figures", "total"]

NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """All numbers from `low` to `high`, both included: where the true value behind a rounded figure lies."""

    low: Fraction
    high: Fraction

    def meets(self, other: Interval) -> bool:
        """Return whether one true value may lie behind both."""
        return self.low <= other.high and other.low <= self.high

    @property
    def exact(self) -> bool:
        """Return whether the figure is the true value itself."""
        return self.low == self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One row of a frame of figures (`model.tables.FIGURES`)."""

    publication: str
    contest: str  # "" = concerns every contest
    area: str
    quantity: Quantity
    cell: str
    minus: str
    value: int
    decimals: int
    rounding: int
    source: str
    basis: str

    @property
    def unit(self) -> Fraction:
        """Return the size of one unit in the last place: 1/100 for 80.99."""
        return Fraction(1, 10**self.decimals)

    @property
    def number(self) -> Fraction:
        """Return the figure as printed: a count, or percent for shares and turnout."""
        return self.value * self.unit

    @property
    def step(self) -> Fraction:
        """Return the size of the rounding step: 0 for an exact figure."""
        return self.rounding * self.unit

    @property
    def interval(self) -> Interval:
        """Return where the true value lies if the figure was rounded to the nearest step.

        Both ends are included, so that rounding a half up, down or to even are all accepted.
        Only a lead may be negative.
        """
        half = Fraction(self.step, 2)
        low = self.number - half
        if self.quantity is not Quantity.LEAD and self.number >= 0:
            low = max(low, Fraction(0))
        return Interval(low=low, high=self.number + half)

    @property
    def cut_interval(self) -> Interval:
        """Return where the true value lies if the figure was cut off after its last place."""
        return Interval(low=self.number, high=self.number + self.step)

    @property
    def printed(self) -> str:
        """Return the figure as a publication prints it: 3 431 510 with no-break spaces, 53.3 %."""
        sign, digits = ("−" if self.value < 0 else ""), str(abs(self.value)).rjust(self.decimals + 1, "0")
        whole, part = (digits[: -self.decimals], digits[-self.decimals :]) if self.decimals else (digits, "")
        head = len(whole) % 3 or 3
        grouped = NO_BREAK.join([whole[:head], *(whole[at : at + 3] for at in range(head, len(whole), 3))])
        percent = NO_BREAK + "%" if self.quantity in (Quantity.SHARE, Quantity.TURNOUT) else ""
        return sign + grouped + (f".{part}" if part else "") + percent


def read_figures(frame: pl.DataFrame) -> tuple[Figure, ...]:
    """Return the rows of a frame of figures in their order, without exact repetitions of figure and source."""
    rows = (Figure(**{**row, "quantity": Quantity(row["quantity"])}) for row in frame.iter_rows(named=True))
    return tuple(dict.fromkeys(rows))


def total(intervals: Iterable[Interval]) -> Interval:
    """Return where the sum of several true values lies."""
    low, high = Fraction(0), Fraction(0)
    for one in intervals:
        low, high = low + one.low, high + one.high
    return Interval(low=low, high=high)
