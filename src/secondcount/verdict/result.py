"""The verdict: facts, findings and standings of one record, as frozen values; doors turn them into text.

Nothing here is a sentence. Texts are made by doors from phrase keys and values, in every language.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from secondcount.allocation.result import Allocation
from secondcount.audit.result import Assessment, Feasible, Margin, Standing
from secondcount.model.claim import Claim
from secondcount.model.issue import Issue, Value
from secondcount.model.record import Input
from secondcount.tabulation.result import AreaSum, Coverage, Held

__all__ = [
    "Announced",
    "BaseTotal",
    "ClaimVerdict",
    "ContestVerdict",
    "Counterfactual",
    "DistrictSeats",
    "PublishedFigure",
    "SeatsVerdict",
    "ShareRow",
    "Statement",
    "StationsVerdict",
    "ThresholdTest",
    "Tone",
    "Verdict",
]

Tone = str
"""Kind of a headline statement: "proved", "refuted", "open", "contradiction", "consistent", "fact", "refused"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One headline: a phrase key (`statement.<key>`), its values, its kind, and the area it speaks of.

    Values that are Fractions are shares or vote numbers as the phrase says; ids are turned into labels
    by the door: every value named `contestant*`, `area*`, `publication*` or `base*` is an id.
    """

    key: str
    tone: Tone
    area: str
    values: tuple[tuple[str, Value], ...] = ()
    conditional: bool = False  # True: holds only if the copies are genuine; the door says so in the sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseTotal:
    """The value of one denominator for the whole contest; `total` is None where the authority published none."""

    base: str
    total: int | None
    publication: str = ""
    least: int | None = None  # what published rounded figures imply, where the exact figure is missing
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFigure:
    """One published figure of a contestant: value / 10**decimals, in the unit of its quantity."""

    publication: str
    quantity: str  # "count" | "share" | "seats"
    value: int
    decimals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    """One contestant: votes, exact shares on every base with a known total, and what was published."""

    contestant: str
    votes: int | None
    shares: tuple[tuple[str, Fraction], ...]  # (base id, share)
    published: tuple[PublishedFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdTest:
    """One list held against the threshold on one base."""

    contestant: str
    base: str
    legal: bool  # whether this is the base that the law names
    votes: int
    base_total: int | None
    passes: bool | None  # None: the base is not published and the figures at hand do not settle it
    margin: Fraction | None  # votes - share x base; negative = short by so much
    moved: int | None  # least votes to move to (or from) this list to change the answer, base unchanged
    added: int | None  # least votes to add (base grows) to reach; None for a list that passes
    break_even_base: Fraction  # the largest base on which these votes still pass: votes / share


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """Seats as the authority announced them."""

    contestant: str
    seats: int
    publication: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterfactual:
    """What the rule would have given without one passing list, everything else unchanged."""

    without: str
    seats: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsVerdict:
    """The rule applied to the published votes, the announced seats, and how far each seat is from flipping."""

    allocation: Allocation | None
    announced: tuple[Announced, ...]
    agrees: bool | None  # None: nothing announced, or nothing to compute from
    margins: tuple[Margin, ...]  # of all assertions, closest to flipping first
    counterfactuals: tuple[Counterfactual, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictSeats:
    """The rule applied in one area that has seats of its own, and the seats announced there."""

    area: str
    publication: str  # whose votes and whose announced seats these are
    allocation: Allocation
    announced: tuple[Announced, ...]
    agrees: bool | None  # None: nothing announced, or lots decide


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimVerdict:
    """One claim in one area: all assessments (levels x feasible sets) and the pair that the headline uses."""

    claim: Claim
    area: str
    assessments: tuple[Assessment, ...]
    headline_level: int  # the highest level with a decision, else the lowest usable level
    decided_by_turnout: str  # Standing under TURNOUT at the headline level ("" if it cannot be used)
    decided_by_cap: str  # Standing under CAP at the headline level ("" if it cannot be used)

    def rests_on_total(self, one: Assessment) -> bool:
        """Return whether a decision needs the published total of votes to be right: CAP does not decide it too."""
        if one.feasible is not Feasible.TURNOUT or one.standing is Standing.NOT_DECIDED or one.unseen == 0:
            return False
        same = (other for other in self.assessments if other.level == one.level and other.feasible is Feasible.CAP)
        return all(other.standing is not one.standing for other in same)

    @property
    def headline_rests_on_total(self) -> bool:
        """Return whether the headline's standing needs the published total of votes, as well as genuine copies."""
        return any(self.rests_on_total(one) for one in self.assessments if one.level == self.headline_level)


@dataclass(frozen=True, slots=True, kw_only=True)
class StationsVerdict:
    """Copies held against a published station table, in counts; each difference is an Issue R401."""

    publication: str
    compared: int  # stations on both sides
    equal: int  # of these, stations in which every cell read on both sides is equal
    cells: int  # figures that differ
    copies_only: int  # stations with a copy that the table does not have
    published_only: int  # stations of the table without a copy


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestVerdict:
    """Everything derived for one contest."""

    contest: str
    official: str  # id of the publication whose votes are "the official votes"; "" = none
    share_rows: tuple[ShareRow, ...]
    bases: tuple[BaseTotal, ...]
    thresholds: tuple[ThresholdTest, ...]
    seats: SeatsVerdict
    coverage: tuple[Coverage, ...]  # areas with copies, deepest first, the whole last
    sums: tuple[AreaSum, ...]  # of the areas that are told one by one (`verdict.told`)
    held: tuple[Held, ...]  # of the same areas
    claims: tuple[ClaimVerdict, ...]
    districts: tuple[DistrictSeats, ...] = ()  # where each area of a level has seats of its own
    stations: StationsVerdict | None = None  # None: no station table was published, or there is no copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The verdict of one record: the same record gives the same value, byte for byte in `verdict.json`."""

    format: str  # "secondcount.verdict/1"
    derivation: str  # version of the derivation
    election: str
    synthetic: bool
    synthetic_parts: tuple[str, ...]  # phrase keys: what is made up
    one_side: str
    statements: tuple[Statement, ...]  # local first, then the whole
    contests: tuple[ContestVerdict, ...]
    issues: tuple[Issue, ...]
    inputs: tuple[Input, ...]

    def claim_of(self, statement: Statement) -> tuple[str, ClaimVerdict] | None:
        """Return the contest and the claim that a headline speaks of, None where it speaks of no claim."""
        text = dict(statement.values).get("claim")
        found = (
            (contest.contest, one)
            for contest in self.contests
            for one in contest.claims
            if one.claim.text == text and one.area == statement.area
        )
        return next(found, None)

    @property
    def contradicts(self) -> bool:
        """Return whether anything contradicts: exit code 1 instead of 0."""
        return any(one.severity.value == "contradiction" for one in self.issues)
