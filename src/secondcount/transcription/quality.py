"""How many cells are wrong although two people read them alike: estimated from how often they differ.

The one module of the room with floats: what comes out is an estimate of our own work, never a figure of an election.

Let e be the chance that one reader gets a cell wrong, and q the chance that two wrong readings of one cell are the
same. Readers who err independently of each other differ in a share d of the cells, and

    d = 2 e (1 - e) + e^2 (1 - q) = 2 e - (1 + q) e^2,   so   e = (1 - sqrt(1 - (1 + q) d)) / (1 + q)
    wrong and unseen after two readings:  e^2 q          (both wrong, and alike)
    wrong after the third reader:         3 e^2 q - 2 e^3 q^2   (some two of three wrong alike: e^2 q of the first two,
                                          2 e^2 (1 - e) q where one was right, 2 e^3 (1 - q) q where both were wrong)

All three wrong alike has the chance e^3 q^2 (domain brief, appendix C, "Triple keying"); two of three suffice here.
Each of them grows with d and with q, so that the ends of an interval come from the ends of theirs. The interval of a
share is that of Clopper and Pearson (Biometrika 26, 1934): with no error in n cells its upper end is about 3 / n.

What the formula cannot see: cells that are hard for everybody (a blurred photo) make errors meet more often than
independent ones do. Gold sheets, whose truth is known, measure how often that is, without assuming anything.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from secondcount.transcription.cells import CellRead

__all__ = [
    "ASSUMED_ALIKE",
    "GoldCount",
    "GoldMeasure",
    "Interval",
    "Residual",
    "add_gold",
    "count_gold",
    "interval",
    "measure_gold",
    "pick_gold",
    "residual",
]

CONFIDENCE = 0.95
_HALVINGS = 100
_TINY = 1e-300
_CLOSE = 1e-15


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A share or a number, with the ends between which it lies at the confidence that was asked."""

    low: float
    best: float
    high: float


ASSUMED_ALIKE = Interval(low=0.0, best=1 / 9, high=1.0)
"""q where nothing was measured: a digit is misread as each of nine others alike, and nothing better is sure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Residual:
    """What the observed differences say of the errors that nobody saw; shares are per cell."""

    cells: int  # compared
    differing: int
    disagreement: Interval  # d
    error: Interval  # e
    after_two: Interval
    after_three: Interval
    wrong_cells: Interval  # expected number of wrong cells among those compared, after the third reader


def residual(cells: int, differing: int, alike: Interval = ASSUMED_ALIKE, confidence: float = CONFIDENCE) -> Residual:
    """Estimate the errors left in `cells` that two people read, of which they read `differing` differently.

    Args:
        cells: how many cells both read.
        differing: in how many of them they differed.
        alike: q, as measured on gold sheets (`measure_gold`) or assumed.
        confidence: of the interval of d; `alike` brings its own.

    """
    apart = interval(differing, cells, confidence)
    pairs = ((apart.low, alike.low), (apart.best, alike.best), (apart.high, alike.high))
    errors = [(_error_rate(d, q), q) for d, q in pairs]
    three = [3 * e**2 * q - 2 * e**3 * q**2 for e, q in errors]
    return Residual(
        cells=cells,
        differing=differing,
        disagreement=apart,
        error=_interval_of([e for e, _ in errors]),
        after_two=_interval_of([e**2 * q for e, q in errors]),
        after_three=_interval_of(three),
        wrong_cells=_interval_of([cells * share for share in three]),
    )


def _interval_of(ends: Sequence[float]) -> Interval:
    return Interval(low=ends[0], best=ends[1], high=ends[2])


def _error_rate(apart: float, alike: float) -> float:
    """Solve d = 2 e - (1 + q) e^2 for the smaller e; nobody is taken to be wrong more often than right."""
    return min(0.5, (1 - math.sqrt(max(0.0, 1 - (1 + alike) * apart))) / (1 + alike))


def interval(found: int, among: int, confidence: float = CONFIDENCE) -> Interval:
    """Return the share `found` / `among` with its Clopper-Pearson interval; of nothing at all, everything is possible.

    Raises:
        ValueError: more found than there are, or a confidence that is none (a bug of the caller).

    """
    if not 0 <= found <= among or not 0 < confidence < 1:
        raise ValueError((found, among, confidence))
    if among == 0:
        return Interval(low=0.0, best=0.0, high=1.0)
    tail = (1 - confidence) / 2
    low = 0.0 if found == 0 else _where(tail, found, among - found + 1)
    high = 1.0 if found == among else _where(1 - tail, found + 1, among - found)
    return Interval(low=low, best=found / among, high=high)


def _where(chance: float, a: int, b: int) -> float:
    """Return the x at which the incomplete beta function I_x(a, b) reaches a chance, by halving."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _incomplete_beta(middle, a, b) < chance:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _incomplete_beta(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b), 0 < x < 1 (DLMF 8.17.22; mirrored by 8.17.4).

    Good to six digits up to a billion cells; beyond that the logarithms of the gamma function cancel each other.
    """
    if x > (a + 1) / (a + b + 2):
        return 1 - _incomplete_beta(1 - x, b, a)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(front) / (a * _continued_fraction(x, a, b))


def _continued_fraction(x: float, a: float, b: float) -> float:
    """Evaluate 1 + d_1 / (1 + d_2 / (1 + ...)) of DLMF 8.17.22 from the front, by the method of Lentz."""
    upper, lower, value = 1.0, 0.0, 1.0
    for step in range(1, 2 * int(math.sqrt(a + b)) + 400):
        m = step // 2
        if step % 2:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        lower = 1 / ((1 + term * lower) or _TINY)
        upper = (1 + term / upper) or _TINY
        value *= upper * lower
        if abs(upper * lower - 1) < _CLOSE:
            break
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldCount:
    """What happened to sheets whose truth is known."""

    cells: int = 0  # cells read, each reader's of their own
    wrong: int = 0  # read otherwise than the truth
    pairs: int = 0  # cells read by two people
    both_wrong: int = 0  # of those: wrong by both
    wrong_alike: int = 0  # of those: wrong by both in the same way


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldMeasure:
    """What gold sheets measure, per cell."""

    error: Interval  # e
    alike: Interval  # q, for `residual`
    after_two: Interval  # wrong and unseen after two readings, counted: nothing is assumed


def count_gold(truth: Mapping[str, CellRead], readings: Sequence[Mapping[str, CellRead]]) -> GoldCount:
    """Count the errors of several readings of one sheet whose truth is known, pair by pair."""
    wrong = [[cell for cell, true in truth.items() if cell in read and read[cell] != true] for read in readings]
    pairs = [(one, two) for one in range(len(readings)) for two in range(one + 1, len(readings))]
    both = [(one, two, cell) for one, two in pairs for cell in wrong[one] if cell in wrong[two]]
    return GoldCount(
        cells=sum(cell in read for read in readings for cell in truth),
        wrong=sum(map(len, wrong)),
        pairs=sum(cell in readings[one] and cell in readings[two] for one, two in pairs for cell in truth),
        both_wrong=len(both),
        wrong_alike=sum(readings[one][cell] == readings[two][cell] for one, two, cell in both),
    )


def add_gold(counts: Iterable[GoldCount]) -> GoldCount:
    """Add up what happened to many gold sheets."""
    rows = [(one.cells, one.wrong, one.pairs, one.both_wrong, one.wrong_alike) for one in counts]
    cells, wrong, pairs, both, alike = (sum(column) for column in zip(*rows, strict=True)) if rows else (0,) * 5
    return GoldCount(cells=cells, wrong=wrong, pairs=pairs, both_wrong=both, wrong_alike=alike)


def measure_gold(count: GoldCount, confidence: float = CONFIDENCE) -> GoldMeasure:
    """Return what gold sheets measure; where nobody erred twice, q is as unknown as before."""
    return GoldMeasure(
        error=interval(count.wrong, count.cells, confidence),
        alike=interval(count.wrong_alike, count.both_wrong, confidence) if count.both_wrong else ASSUMED_ALIKE,
        after_two=interval(count.wrong_alike, count.pairs, confidence),
    )


def pick_gold(copies: Iterable[str], one_in: int, seed: str) -> tuple[str, ...]:
    """Return about one in so many copies, to be read again by people who know the truth, or seeded with it.

    Each copy is picked or not by the SHA-256 of seed and name, whatever else arrives: nobody can foresee it without
    the seed, and everybody can check it afterwards. The seed is committed before the first copy (`commitment`).
    """
    return tuple(one for one in copies if _draw(seed, one) % one_in == 0)


def _draw(seed: str, name: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}\n{name}".encode()).digest(), "big")
