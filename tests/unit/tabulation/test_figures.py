"""A published figure stands for every true value that is printed so."""

from __future__ import annotations

from fractions import Fraction

import pytest

from secondcount.tabulation.figures import Figure, Interval, read_figures, total
from tabulating.elections import COUNT, LEAD, SHARE, Printed, figures_of


def figure(text: str, quantity: str = SHARE, rounding: int | None = None) -> Figure:
    """Return one figure as printed."""
    (found,) = read_figures(
        figures_of(Printed(publication="final", quantity=quantity, cell="a", text=text, rounding=rounding))
    )
    return found


def test_a_rounded_figure_is_half_a_step_wide_on_each_side() -> None:
    """1.46 % is anything from 1.455 % to 1.465 %, both included; cut off it is from 1.46 % to 1.47 %."""
    assert figure("1.46").interval == Interval(low=Fraction(1455, 1000), high=Fraction(1465, 1000))
    assert figure("1.46").cut_interval == Interval(low=Fraction(146, 100), high=Fraction(147, 100))
    assert figure("6980000", COUNT, 10000).interval == Interval(low=Fraction(6975000), high=Fraction(6985000))


def test_nothing_but_a_lead_is_negative() -> None:
    """0 votes to the nearest ten are 0 to 5; a lead of 0 to the nearest ten is from -5 to 5."""
    assert figure("0", COUNT, 10).interval == Interval(low=Fraction(0), high=Fraction(5))
    assert figure("0", LEAD, 10).interval == Interval(low=Fraction(-5), high=Fraction(5))


def test_an_exact_figure_is_one_number() -> None:
    """A count without rounding is itself."""
    assert figure("82623", COUNT).interval.exact
    assert not figure("53.3").interval.exact


@pytest.mark.parametrize(
    ("text", "quantity", "printed"),
    [
        ("3431510", COUNT, "3\u00a0431\u00a0510"),
        ("510", COUNT, "510"),
        ("0", COUNT, "0"),
        ("53.30", SHARE, "53.30\u00a0%"),
        ("0.46", SHARE, "0.46\u00a0%"),
        ("81", SHARE, "81\u00a0%"),
        ("-1033", COUNT, "−1\u00a0033"),
    ],
)
def test_printed_as_the_source_prints_it(text: str, quantity: str, printed: str) -> None:
    """Decimals are kept: 53.30 and 53.3 are two figures."""
    assert figure(text, quantity).printed == printed


def test_intervals_meet_in_one_point_and_add_up() -> None:
    """Ends are included; the sum of intervals is the interval of sums."""
    one, two = (
        Interval(low=Fraction(1), high=Fraction(2)),
        Interval(low=Fraction(2), high=Fraction(5)),
    )
    assert one.meets(two)
    assert not one.meets(Interval(low=Fraction(21, 10), high=Fraction(5)))
    assert total([one, two]) == Interval(low=Fraction(3), high=Fraction(7))


def test_the_same_row_twice_is_one_figure() -> None:
    """A figure repeated word for word by one source is not two sources."""
    one = Printed(publication="final", quantity=COUNT, cell="a", text="5")
    assert len(read_figures(figures_of(one, one))) == 1
