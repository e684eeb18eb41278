"""How many errors nobody saw: the formulas against counting by hand, the intervals against the binomial law."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb

import pytest

from secondcount.transcription.quality import (
    ASSUMED_ALIKE,
    GoldCount,
    Interval,
    add_gold,
    count_gold,
    interval,
    measure_gold,
    pick_gold,
    residual,
)
from transcribing.papers import GOOD, cells


def at_least(found: int, among: int, chance: float) -> float:
    """Return the chance of so many or more, summed term by term."""
    return sum(comb(among, one) * chance**one * (1 - chance) ** (among - one) for one in range(found, among + 1))


@pytest.mark.parametrize(("found", "among"), [(0, 1), (1, 1), (0, 300), (3, 50), (7, 20), (20, 20), (49, 400)])
def test_an_interval_ends_where_the_binomial_law_says(found: int, among: int) -> None:
    """At each end, what was found is just not too surprising: 2.5 % on either side (Clopper and Pearson)."""
    ends = interval(found, among)
    assert ends.low <= ends.best <= ends.high
    assert at_least(found, among, ends.low) == pytest.approx(0.025 if found else 1)
    assert 1 - at_least(found + 1, among, ends.high) == pytest.approx(0.025 if found < among else 1)


def test_no_error_is_not_no_chance_of_one() -> None:
    """With no error in n cells up to about 3 / n may be wrong (at 95 %, one-sided)."""
    assert interval(0, 1000, confidence=0.90).high == pytest.approx(3 / 1000, rel=0.01)
    assert interval(0, 0) == Interval(low=0.0, best=0.0, high=1.0)


def test_large_numbers_are_at_hand() -> None:
    """Ten thousand of a million: the interval is that of the normal law, nearly."""
    ends = interval(10_000, 1_000_000)
    away = 1.96 * (0.01 * 0.99 / 1_000_000) ** 0.5
    assert (ends.low, ends.high) == pytest.approx((0.01 - away, 0.01 + away), rel=1e-3)


def test_a_billion_cells_are_at_hand() -> None:
    """All but one of a billion, and one of a billion, mirror each other, and lie where the law of rare events says."""
    few, many = interval(1, 10**9), interval(10**9 - 1, 10**9)
    assert (1 - many.high, 1 - many.low) == pytest.approx((few.low, few.high), rel=1e-3)
    assert (few.low, few.high) == pytest.approx((0.0253e-9, 5.572e-9), rel=1e-3)  # Poisson, 1 seen


@pytest.mark.parametrize("asked", [(-1, 5, 0.9), (6, 5, 0.9), (1, 5, 0.0), (1, 5, 1.0)])
def test_an_impossible_question_is_a_bug(asked: tuple[int, int, float]) -> None:
    """More found than there are, or no confidence, is heard at once."""
    with pytest.raises(ValueError, match=str(asked[0])):
        interval(*asked)


def counted(error: Fraction, others: int) -> tuple[Fraction, Fraction, Fraction]:
    """Return by counting all cases: how often two differ, are wrong alike, and two of three are wrong alike.

    A wrong reading is each of `others` numbers alike, so that q = 1 / others.
    """
    chances = [1 - error, *[error / others] * others]
    numbers = range(others + 1)  # 0 is the truth
    two = {(a, b): chances[a] * chances[b] for a, b in product(numbers, repeat=2)}
    differ = sum(chance for (a, b), chance in two.items() if a != b)
    alike = sum(chance for (a, b), chance in two.items() if a == b != 0)
    three = Fraction(0)
    for a, b, c in product(numbers, repeat=3):
        wrong = (a == b != 0) or (a != b and c in (a, b) and c != 0)
        three += chances[a] * chances[b] * chances[c] if wrong else 0
    return Fraction(differ), Fraction(alike), three


@pytest.mark.parametrize("error", [Fraction(1, 50), Fraction(1, 10), Fraction(2, 5)])
@pytest.mark.parametrize("others", [1, 3, 9])
def test_the_formulas_are_those_of_counting(error: Fraction, others: int) -> None:
    """From the share of differences come back the error rate and what two and three readers leave wrong, exactly."""
    differ, alike, three = counted(error, others)
    cells_read = differ.denominator
    q = Interval(low=1 / others, best=1 / others, high=1 / others)
    found = residual(cells_read, differ.numerator, q)
    assert found.error.best == pytest.approx(float(error))
    assert found.after_two.best == pytest.approx(float(alike))
    assert found.after_three.best == pytest.approx(float(three))
    assert found.wrong_cells.best == pytest.approx(float(three * cells_read))


@pytest.mark.parametrize("differing", [0, 1, 600, 10_000, 19_999, 20_000])
def test_the_estimate_lies_between_its_ends(differing: int) -> None:
    """However many differ: low, best and high are in order, of each estimate, and are shares."""
    found = residual(20_000, differing)
    for one in (found.disagreement, found.error, found.after_two, found.after_three):
        assert 0 <= one.low <= one.best <= one.high <= 1


def test_a_typical_night() -> None:
    """3 % of 40,000 cells differ: each reader errs in 1.5 %, about 3 cells stay wrong, 31 at the worst assumption."""
    found = residual(40_000, 1_200)
    assert found.error.best == pytest.approx(0.0151, abs=1e-4)
    assert found.wrong_cells.best == pytest.approx(3.05, abs=0.01)
    assert found.wrong_cells.high == pytest.approx(30.8, abs=0.1)


def test_more_differences_mean_more_errors() -> None:
    """Every estimate grows with the differences."""
    few, many = residual(1_000, 10), residual(1_000, 100)
    assert few.error.best < many.error.best
    assert few.after_two.high < many.after_two.high
    assert few.wrong_cells.best < many.wrong_cells.best


class TestGold:
    """Sheets whose truth is known."""

    counts = count_gold(cells(), [cells(GOOD, red=1), cells(GOOD, red=1, green=2), cells(GOOD, red=3)])

    def test_errors_are_counted_by_reader_and_by_pair(self) -> None:
        """Four wrong cells of eighteen; three pairs, in each of which both got one cell wrong, once alike."""
        assert self.counts == GoldCount(cells=18, wrong=4, pairs=18, both_wrong=3, wrong_alike=1)

    def test_counts_add_up(self) -> None:
        """Many sheets are one count; no sheet is none."""
        assert add_gold([self.counts, self.counts]) == GoldCount(
            cells=36, wrong=8, pairs=36, both_wrong=6, wrong_alike=2
        )
        assert add_gold([]) == GoldCount()

    def test_what_is_measured_assumes_nothing(self) -> None:
        """Error, share of alike among double errors, and wrong unseen, each as counted."""
        found = measure_gold(self.counts)
        assert (found.error, found.alike, found.after_two) == (interval(4, 18), interval(1, 3), interval(1, 18))

    def test_nobody_erred_twice(self) -> None:
        """Then nothing is known of double errors, and the assumption stays as wide as it was."""
        assert measure_gold(count_gold(cells(), [cells(), cells()])).alike == ASSUMED_ALIKE

    def test_a_pick_depends_on_seed_and_copy_alone(self) -> None:
        """About one in ten; each copy by itself, whatever else arrives; another seed picks others."""
        copies = [f"copy-{at}" for at in range(2_000)]
        picked = pick_gold(copies, 10, "seed")
        assert 150 <= len(picked) <= 250
        assert set(pick_gold(copies[::2], 10, "seed")) == set(picked) & set(copies[::2])
        assert set(pick_gold(copies, 10, "other")) != set(picked)
