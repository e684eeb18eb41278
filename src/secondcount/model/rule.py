"""The rule by which votes become seats, as a value: what an article of law says, without any country's name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from secondcount.model.labels import Labels

__all__ = ["Alternative", "Base", "Comparison", "Leftover", "Method", "Rule", "RunnerUp", "Threshold", "Ties"]


class Method(StrEnum):
    """Families of seat allocation, under the names of the literature."""

    HARE = "hare_largest_remainder"
    DROOP = "droop_largest_remainder"
    DHONDT = "dhondt"
    SAINTE_LAGUE = "sainte_lague"
    PLURALITY = "plurality"
    MAJORITY = "majority"  # more than half, else a second round between the first two


class Comparison(StrEnum):
    """How a share is held against a threshold."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    LESS_THAN = "<"


class Ties(StrEnum):
    """What the law does with equal claims to a seat."""

    LOT = "lot"
    ORDER = "order"  # the list that stands first in `Rule.tie_order` (e.g. registered earlier)
    SILENT = "silent"  # the text seen says nothing: a tie is reported, not decided


class Leftover(StrEnum):
    """What becomes of seats that a correction index leaves undistributed."""

    SILENT = "silent"  # the text seen says nothing: the seats stay undistributed and the user is asked
    FIRST_LIST = "first_list"
    LARGEST_REMAINDER = "largest_remainder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The denominator of a percentage: the sum of named cells (contestants or protocol lines)."""

    id: str
    labels: Labels
    cells: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunnerUp:
    """The rule that admits a second list when only one reaches the threshold.

    The second list's seats are `max(minimum_seats, floor(correction x votes / quota))`,
    the quota being (v1 + v2) / seats.
    """

    correction: Fraction
    minimum_seats: int
    leftover: Leftover
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """The share of a named base that a list needs in order to take part in the distribution."""

    share: Fraction  # 7/100
    base: str  # id of a Base
    comparison: Comparison  # AT_LEAST or MORE_THAN
    runner_up: RunnerUp | None = None
    exempt: tuple[str, ...] = ()  # contestants that take part whatever their share (minorities, direct seats)
    source: str = ""
    source_labels: Labels | None = None  # `source` in the languages of the screens


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A second way to be elected in the first round: at least `share` of the base, and a lead over each other.

    The lead is a part of the same base: 1/10 is ten percentage points.
    """

    share: Fraction
    lead: Fraction  # at least so much, above 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How seats follow from votes in one contest."""

    method: Method
    seats: int
    ties: Ties
    threshold: Threshold | None = None
    tie_order: tuple[str, ...] = ()  # contestant ids, first wins; only with Ties.ORDER
    source: str = ""
    source_labels: Labels | None = None  # `source` in the languages of the screens
    alternatives: tuple[Alternative, ...] = ()  # only with Method.MAJORITY
    run_off_places: int = 2  # only with Method.MAJORITY
    not_coded: str = ""  # a condition of the law that is not computed; "" = none
    not_coded_labels: Labels | None = None  # the same in the languages of the screens
