"""What the audit room gives: assertions with margins, and claims with their standing. Exact integers and fractions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from secondcount.model.claim import Claim
from secondcount.model.issue import Value

__all__ = [
    "Assertion",
    "AssertionKind",
    "Assessment",
    "Bound",
    "Certificate",
    "Completion",
    "FalseSheets",
    "Feasible",
    "Further",
    "Margin",
    "Needs",
    "Refusal",
    "Standing",
]


class AssertionKind(StrEnum):
    """Which sentence of the rule an assertion expresses."""

    REACHES = "reaches"  # winner reaches the threshold
    FAILS = "fails"  # winner does not reach the threshold
    LEAD = "lead"  # winner has more votes than loser
    MAJORITY = "majority"  # winner has more than half
    NO_MAJORITY = "no_majority"  # winner does not have more than half
    AHEAD_BY = "ahead_by"  # winner leads loser by at least a share of the base
    NOT_AHEAD_BY = "not_ahead_by"  # winner leads loser by less than that
    REMAINDER = "remainder"  # Hamilton pair: winner keeps its seat against loser
    AVERAGE = "average"  # highest averages: winner's last quotient against loser's next
    RUNNER_UP_AT_LEAST = "runner_up_at_least"  # conditional rule: winner's seats are not fewer
    RUNNER_UP_AT_MOST = "runner_up_at_most"  # ... and not more
    QUOTA_AT_LEAST = "quota_at_least"  # winner's votes fill at least so many whole quotas
    QUOTA_AT_MOST = "quota_at_most"  # winner's votes fill at most so many quotas


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """An integer linear assertion on totals: sum of coefficient x cell + constant > 0 (strict) or >= 0."""

    kind: AssertionKind
    winner: str
    loser: str  # "" where there is none
    coefficients: tuple[tuple[str, int], ...]  # every category of the feasible set, zeros included
    constant: int = 0
    strict: bool = False
    share: Fraction | None = None  # the threshold, for REACHES and FAILS; the lead, for AHEAD_BY and NOT_AHEAD_BY
    base: str = ""  # its base


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """How far given totals are from breaking an assertion (audit-methods.md 2.3)."""

    assertion: Assertion
    value: int  # V: L for a strict assertion, L + 1 otherwise; <= 0 means that it does not hold
    moved: int | None  # least votes moved between categories that break it; None = cannot be broken so
    added: int | None  # least votes added to one category that break it; None = cannot be broken so
    moved_from: str = ""  # the category that loses votes in the cheapest move
    moved_to: str = ""


class Feasible(StrEnum):
    """What the stations without a copy are allowed to contain (audit-methods.md 2.4)."""

    CAP = "cap"  # anything up to the registered voters
    TURNOUT = "turnout"  # the published total is right, only its distribution may be wrong


class Standing(StrEnum):
    """The verdict word of a claim, always "if these copies are genuine"."""

    PROVED = "proved"
    REFUTED = "refuted"
    NOT_DECIDED = "not_decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One line of a certificate: an assertion, its value on the copies, and the worst that the unseen can do.

    `least = on_copies + worst_coefficient * unseen` must be > 0 (strict) or >= 0.
    """

    assertion: Assertion
    on_copies: int  # L(A), the constant included
    worst_coefficient: int  # min(0, c_min) under CAP, c_min under TURNOUT
    unseen: int  # votes (TURNOUT) or ballots (CAP) that unseen stations can hold
    least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Why a claim is PROVED or REFUTED: every bound holds, and together they decide the claim."""

    bounds: tuple[Bound, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A witness: totals of all stations that are compatible with the copies and the feasible set."""

    totals: tuple[tuple[str, int], ...]
    holds: bool  # whether the claim is true in it


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseSheets:
    """k: the least number of supporting copies that would have to be false to undo a conclusion."""

    k: int
    exact: bool  # False = at least this many
    stations: tuple[str, ...] = ()  # one smallest set, at most 20 named


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What would have to be true at the unseen stations for a share or lead claim to hold (4.2)."""

    votes: int | None  # least votes there; None = no votes can do it
    unseen_total: int  # of so many (base of the claim) under the feasible set
    stations: int | None  # number of unseen stations; None = not known
    share: Fraction | None  # votes / unseen_total
    official_votes: int | None  # what the published figures leave for the unseen stations
    official_share: Fraction | None
    seen_share: Fraction | None  # on the copies
    gain_ratio: Fraction | None = None  # break-even: hidden gain per unseen station / gain per seen one
    hidden_gain: Fraction | None = None  # break-even: votes per unseen station beyond the published ones
    official_elsewhere: Fraction | None = None  # the share if every published figure of an unseen station is right
    at_most: bool = False  # True: the claim is an upper limit, and `votes` are the most that may be there


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """How many further protocols would decide the claim; None = not even all of them, or not known."""

    prove_best: int | None  # if every new one shows only this contestant
    prove_like_seen: int | None  # if new ones look like those seen
    refute_best: int | None  # if new ones show nothing for this contestant
    refute_like_official: int | None  # if new ones look like the published figures
    first: tuple[str, ...] = ()  # which stations first (or areas, where stations are not listed)
    prove_best_usual_cast: int | None = None  # as prove_best, if each new one shows a usual turnout, not its cap
    refute_best_usual_cast: int | None = None  # as refute_best, likewise; both equal the best under TURNOUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A statement that is not made, with its reason (audit-methods.md 4.5): a C code and its values."""

    code: str
    values: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One claim, in one area, from the copies of at least one provenance level, under one feasible set."""

    claim: Claim
    area: str
    level: int  # copies of at least this provenance level were used (1..4; 0 only when nothing else exists)
    sheets: int  # how many
    stations: int | None  # N of the area
    feasible: Feasible
    standing: Standing
    lower: Fraction | None  # identified set of the share (share claims) or of the lead in votes (lead claims)
    upper: Fraction | None
    certificate: Certificate | None = None
    witnesses: tuple[Completion, ...] = ()  # for NOT_DECIDED: one in which it holds, one in which it fails
    false_sheets: FalseSheets | None = None
    needs: Needs | None = None
    further: Further | None = None
    refusals: tuple[Refusal, ...] = ()
    copies: tuple[tuple[str, int], ...] = ()  # totals of the copies, one per category
    unseen: int | None = None  # what all stations without a copy can hold under `feasible`; None = not known
    base: tuple[str, ...] = ()  # the categories that make up the denominator of a share claim
