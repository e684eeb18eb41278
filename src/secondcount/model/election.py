"""An election as its law defines it: contests, contestants, rules, forms, areas, deadlines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from secondcount.model.form import Form
from secondcount.model.geography import Geography
from secondcount.model.labels import Labels
from secondcount.model.layout import Layout
from secondcount.model.rule import Base, Rule, Threshold

__all__ = ["Contest", "Contestant", "ContestantKind", "Deadline", "Election", "Electorate", "Status"]

EVERYBODY = "contestants"
"""Stands in a base for all contestants, until the table that names them is read."""


class ContestantKind(StrEnum):
    """What stands on the ballot."""

    LIST = "list"
    CANDIDATE = "candidate"
    AGAINST_ALL = "against_all"  # counts in the base where the law says so, never gets a seat


class Status(StrEnum):
    """Whether votes for the contestant count."""

    RUNNING = "running"
    STRUCK_OFF = "struck_off"  # after the ballots were printed
    WITHDRAWN = "withdrawn"


class Electorate(StrEnum):
    """Who may vote in a contest, beside the other contests at the same polling station."""

    SAME = "same"  # all voters of the station
    NARROWER = "narrower"  # only some of them: residents of the district, no holders of certificates
    APART = "apart"  # not to be compared, as nothing is said: another day, another register


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """A list, a candidate, or the line "against all"."""

    id: str
    labels: Labels
    kind: ContestantKind
    status: Status = Status.RUNNING
    short: Labels | None = None  # for charts and narrow screens
    aliases: tuple[str, ...] = ()  # other spellings that tables and claims may use


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """One question to the voters: who stands, how many seats, by which rule, on which protocol."""

    id: str
    labels: Labels
    contestants: tuple[Contestant, ...]
    rule: Rule
    bases: tuple[Base, ...]
    share_base: str  # id of the base on which the authority publishes percentages
    form: Form
    electorate: Electorate = Electorate.APART
    allocated_in: str = ""  # id of a level: each of its areas has seats of its own, and the threshold is held there

    def with_contestants(self, contestants: tuple[Contestant, ...]) -> Contest:
        """Return the contest with the contestants of a table; bases that name all of them then consist of them."""
        ids = tuple(one.id for one in contestants)
        bases = tuple(
            replace(base, cells=tuple(cell for one in base.cells for cell in (ids if one == EVERYBODY else (one,))))
            for base in self.bases
        )
        return replace(self, contestants=contestants, bases=bases)

    @property
    def threshold(self) -> Threshold | None:
        """Return the threshold that is held against the votes of the whole contest, None where districts have it."""
        return None if self.allocated_in else self.rule.threshold

    def contestant(self, name: str) -> Contestant | None:
        """Return the contestant with this id, or None."""
        return next((one for one in self.contestants if one.id == name), None)

    def base(self, base_id: str) -> Base | None:
        """Return the base with this id, or None."""
        return next((one for one in self.bases if one.id == base_id), None)

    @property
    def cells(self) -> tuple[str, ...]:
        """Return all column names of this contest's tables: protocol lines, then contestants."""
        return tuple(line.id for line in self.form.lines) + tuple(one.id for one in self.contestants)

    @property
    def seat_takers(self) -> tuple[str, ...]:
        """Return the ids of the contestants that can get a seat, in ballot order."""
        return tuple(
            one.id
            for one in self.contestants
            if one.kind is not ContestantKind.AGAINST_ALL and one.status is Status.RUNNING
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A time limit of the law, with the dates between which this text of the law was in force."""

    id: str
    labels: Labels
    kind: str  # "count" | "publication" | "complaint" | "court" | "storage"
    valid_from: date
    valid_to: date | None  # None = still in force when the definition was written
    source: str
    days: int | None = None  # after the event named in `after`
    hours: int | None = None
    after: str = "voting_day"  # "voting_day" | "count_start" | "decision" | "final_result" ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Election:
    """One voting day under one law, with everything needed to weigh its figures."""

    id: str  # "kazakhstan.majilis.2012"
    labels: Labels
    country: str
    voting_day: date
    timezone: str
    contests: tuple[Contest, ...]
    geography: Geography
    deadlines: tuple[Deadline, ...] = ()
    remedies: tuple[Deadline, ...] = ()
    publication_not_before: datetime | None = None
    publication_source: str = ""
    sources: tuple[str, ...] = ()
    one_side: str = ""  # non-empty: the figures are one side's account, and this says whose
    version: int = 1  # format version of the definition
    one_side_labels: Labels | None = None  # `one_side` in the languages of the screens
    layouts: tuple[Layout, ...] = ()  # tables of this election that are read as they stand
    polls_close: datetime | None = None  # when the first polling stations close: figures may be known from here on
    polls_close_source: str = ""
    synthetic: bool = False  # made up for practice: whatever is made of it says so

    def contest(self, contest_id: str) -> Contest | None:
        """Return the contest with this id, or None."""
        return next((one for one in self.contests if one.id == contest_id), None)
