"""A claim about a result: a sentence that copies of protocols may prove, refute or leave open."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from secondcount.model.rule import Comparison

__all__ = ["Claim", "ClaimBody", "InClaim", "LeadClaim", "SeatsClaim", "ShareClaim"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareClaim:
    """The claim "X >= 7%": the contestant's share of a base compared with a fraction."""

    contestant: str
    comparison: Comparison
    share: Fraction
    base: str = ""  # id of a Base; empty = the base of the contest's published percentages


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadClaim:
    """The claim "X > Y": the contestant has more votes than the other."""

    contestant: str
    over: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsClaim:
    """The claim "X gets k seats": exactly k, by the contest's rule."""

    contestant: str
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InClaim:
    """The claim "X is in": the contestant gets at least one seat by the contest's rule."""

    contestant: str


ClaimBody = ShareClaim | LeadClaim | SeatsClaim | InClaim


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim as the user typed it, what it means, and the area that it speaks of ("" = the whole contest)."""

    text: str
    contest: str
    body: ClaimBody
    area: str = ""
