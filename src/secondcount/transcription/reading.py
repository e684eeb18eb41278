"""One person's reading of one copy: the place as it stands on the paper, and every cell; or why there is none.

Readers say station, contest and number of pages from the paper, without having seen what whoever brought the copy
claims: a photo of the other ballot's sheet is the commonest error. These three are cells like the others, under the
names `@station`, `@contest` and `@page`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from secondcount.errors import InputError
from secondcount.transcription.cells import CellRead

__all__ = [
    "CONTEST",
    "PAGE",
    "PLACES",
    "PROBLEM",
    "STATION",
    "Answer",
    "PartReading",
    "Place",
    "Problem",
    "Reading",
    "part_of",
    "require_pseudonym",
]

STATION, CONTEST, PAGE = "@station", "@contest", "@page"
PLACES = (STATION, CONTEST, PAGE)
"""The pseudo-cells of the place, in the order in which they are asked."""

PROBLEM = "@problem"
"""Pseudo-cell of the question whether this can be read at all."""

MOST_PAGES = 99
_LONGEST = {STATION: 200, CONTEST: 64}
_PSEUDONYM = re.compile("[a-z0-9][a-z0-9-]{2,63}")  # as of an entry

Answer = CellRead | str | int
"""What is said of one cell: of `@station` and `@contest` a text, of `@page` a number, of all others a `CellRead`."""


class Problem(StrEnum):
    """Why a copy cannot be read at all."""

    NOT_A_PROTOCOL = "not_a_protocol"
    UNREADABLE = "unreadable"
    PAGE_MISSING = "page_missing"
    OTHER_ELECTION = "other_election"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a copy belongs, as read on the paper.

    Stations are compared letter by letter: whoever offers them for choice offers the spelling of the register.

    Raises:
        InputError: K176, spaces where none belong, a text that is too long, a number of pages that cannot be.

    """

    station: str = ""  # "": no number of a station can be read on the paper
    contest: str = ""  # id; "" only beside a problem
    page_count: int = 1  # pages seen

    def __post_init__(self) -> None:
        """Refuse a place that cannot be."""
        for name, text in ((STATION, self.station), (CONTEST, self.contest)):
            if not isinstance(text, str) or len(text) > _LONGEST[name] or text != " ".join(text.split()):
                raise InputError("K176", cell=name)
        if type(self.page_count) is not int or not 0 <= self.page_count <= MOST_PAGES:
            raise InputError("K176", cell=PAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A whole reading: every cell of the contest in the order of `Contest.cells`, or a problem and no cell.

    Raises:
        InputError: K174, cells beside a problem, or neither; K176, a reading without a contest; K179, a reader whose
            pseudonym is none.

    """

    reader: str  # pseudonym, never a name
    place: Place
    cells: Mapping[str, CellRead] = field(default_factory=dict)
    problem: Problem | None = None

    def __post_init__(self) -> None:
        """Refuse a reading that says nothing, or two things."""
        require_pseudonym(self.reader)
        if bool(self.cells) == (self.problem is not None):
            raise InputError("K174", missing=0, surplus=len(self.cells))
        if self.problem is None and not self.place.contest:
            raise InputError("K176", cell=CONTEST)

    @property
    def answers(self) -> dict[str, Answer]:
        """Return everything that is said, the place first; of a problem nothing but the place."""
        place = self.place
        return {STATION: place.station, CONTEST: place.contest, PAGE: place.page_count, **self.cells}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartReading:
    """A third reading: exactly the cells that were asked, pseudo-cells under their names."""

    reader: str  # pseudonym, never a name
    answers: Mapping[str, Answer]

    def __post_init__(self) -> None:
        """Refuse an answer of the wrong kind."""
        require_pseudonym(self.reader)
        check_kinds(self.answers)

    @property
    def cells(self) -> dict[str, CellRead]:
        """Return the cells of the protocol that it answers, without the pseudo-cells."""
        return {name: said for name, said in self.answers.items() if isinstance(said, CellRead)}


def part_of(reading: Reading, asked: tuple[str, ...]) -> PartReading:
    """Return what a whole reading says of the cells that are asked (for rehearsals and tests).

    Raises:
        InputError: K173, the reading has no such cell.

    """
    said = reading.answers
    if missing := [name for name in asked if name not in said]:
        raise InputError("K173", missing=len(missing), surplus=0)
    return PartReading(reader=reading.reader, answers={name: said[name] for name in asked})


def check_kinds(answers: Mapping[str, Answer]) -> None:
    """Refuse an answer that is of another kind than its cell.

    Raises:
        InputError: K173 or K176.

    """
    for name, said in answers.items():
        if name == STATION and isinstance(said, str):
            Place(station=said)
        elif name == CONTEST and isinstance(said, str) and said:
            Place(contest=said)
        elif name == PAGE and isinstance(said, int):
            Place(page_count=said)
        elif name.startswith("@") or not isinstance(said, CellRead):
            raise InputError("K173", missing=0, surplus=1)


def require_pseudonym(name: str) -> None:
    """Refuse what is no pseudonym.

    Raises:
        InputError: K179.

    """
    if not isinstance(name, str) or not _PSEUDONYM.fullmatch(name):
        raise InputError("K179", key="reader")
