"""The states of one copy on its way from a picture to figures, as types: what may follow, and what never can.

    Awaiting --reading--> OnceRead --reading--> Agreed                    the same in everything
                                           `--> SetAside                  the same problem twice
                                           `--> Differing --third--> Agreed      two of three, cell by cell
                                                                `--> SetAside    the same problem twice of three
                                                                `--> Disputed --decision--> Adjudicated
                                                                                       `--> SetAside

Figures come out of Agreed and Adjudicated alone, and each holds an `Agreement`, which cannot be made of fewer than
two people. A third reader is asked what differs and nothing else; an adjudicator decides what three people could not,
and is none of them. Every step that the diagram does not have is refused with K172; the state stays as it is.

The two readings of a copy are committed before either is revealed (`custody.readings`): these functions are called
when both are there, so that none of them can tell a reader what another one read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from secondcount.errors import InputError
from secondcount.transcription.reading import (
    CONTEST,
    Answer,
    PartReading,
    Problem,
    Reading,
    check_kinds,
    require_pseudonym,
)
from secondcount.transcription.reconcile import (
    Agreement,
    Differences,
    assemble,
    reconcile,
    require_different,
    require_exactly,
    settle,
)

__all__ = [
    "STATES",
    "Adjudicated",
    "Agreed",
    "Awaiting",
    "Decision",
    "Differing",
    "Disputed",
    "Ground",
    "OnceRead",
    "SetAside",
    "State",
    "add_reading",
    "add_third",
    "adjudicate",
    "agreement_of",
    "replay",
]


class Ground(StrEnum):
    """On what an adjudicator decides; the value is the `reason` of the entry."""

    PICTURE_SEEN = "picture_seen"  # the cells are legible after all
    ARITHMETIC = "arithmetic"  # only one of the numbers fits the sheet's own identities
    PAPER_SEEN = "paper_seen"  # the paper itself, or a better picture of it
    UNDECIDABLE = "undecidable"  # nobody can say: the cell is illegible, or the copy is set aside


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an adjudicator decides: answers to exactly the open cells, or that the copy is set aside.

    Of a `Disputed.whole` copy everything is open: all of the place, and every cell of the contest that is named.
    """

    adjudicator: str  # pseudonym
    ground: Ground
    answers: Mapping[str, Answer]
    problem: Problem | None = None

    def __post_init__(self) -> None:
        """Refuse a decision that says nothing, or two things."""
        require_pseudonym(self.adjudicator)
        check_kinds(self.answers)
        if bool(self.answers) == (self.problem is not None):
            raise InputError("K173", missing=0, surplus=len(self.answers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaiting:
    """Nobody has read it."""

    name: ClassVar[str] = "awaiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class OnceRead:
    """One person has read it."""

    name: ClassVar[str] = "once_read"
    first: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """Two people have read it differently: a third is asked `open.asked`, or everything where `open.whole`."""

    name: ClassVar[str] = "differing"
    first: Reading
    second: Reading
    open: Differences


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """Three people have read it and something is still open."""

    name: ClassVar[str] = "disputed"
    first: Reading
    second: Reading
    third: Reading | PartReading
    open: Differences


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """Two people, or two of three cell by cell, read the same."""

    name: ClassVar[str] = "agreed"
    agreement: Agreement

    def __post_init__(self) -> None:
        """Refuse a problem in the place of figures."""
        _require_figures(self.agreement)

    @property
    def reason(self) -> str:
        """Return the `reason` of the entry."""
        return "agreed" if len(self.agreement.readers) == 2 else "third_reading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjudicated:
    """Somebody who read none of it decided what three people could not."""

    name: ClassVar[str] = "adjudicated"
    agreement: Agreement
    adjudicator: str
    ground: Ground

    def __post_init__(self) -> None:
        """Refuse an adjudicator who was a reader, and a problem in the place of figures."""
        _require_outsider(self.adjudicator, self.agreement.readers)
        _require_figures(self.agreement)

    @property
    def reason(self) -> str:
        """Return the `reason` of the entry."""
        return self.ground.value


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Two people found the same problem, or an adjudicator decided so: no figures come of it, the picture stays."""

    name: ClassVar[str] = "set_aside"
    readers: tuple[str, ...]
    problem: Problem
    adjudicator: str = ""
    reason: ClassVar[str] = "set_aside"

    def __post_init__(self) -> None:
        """Refuse a copy that one person would set aside, and an adjudicator who read it."""
        require_different(*self.readers)
        if len(self.readers) < 2:
            raise InputError("K170", reader="".join(self.readers))
        _require_outsider(self.adjudicator, self.readers)


State = Awaiting | OnceRead | Differing | Disputed | Agreed | Adjudicated | SetAside

STATES: tuple[str, ...] = tuple(
    one.name for one in (Awaiting, OnceRead, Differing, Disputed, Agreed, Adjudicated, SetAside)
)
"""The names of all states, as the desk keeps them."""


def add_reading(state: State, reading: Reading) -> State:
    """Return the state after a first or second whole reading.

    Raises:
        InputError: K170, this person has read it; K172, it has been read twice; K174, the readings are of one contest
            and do not have the same cells.

    """
    match state:
        case Awaiting():
            return OnceRead(first=reading)
        case OnceRead(first=first):
            between = reconcile(first, reading)
            if isinstance(between, Differences):
                return Differing(first=first, second=reading, open=between)
            return _closed(between)
        case _:
            raise _refused(state, "reading")


def add_third(state: State, third: Reading | PartReading) -> State:
    """Return the state after a third person has read what two read differently.

    Raises:
        InputError: K170, this person has read it; K172, no third reading is asked for; K173, it does not answer
            exactly what is asked: a `PartReading` of `open.asked`, a whole `Reading` where `open.whole`.

    """
    if not isinstance(state, Differing):
        raise _refused(state, "third")
    between = settle(state.first, state.second, third)
    if isinstance(between, Differences):
        return Disputed(first=state.first, second=state.second, third=third, open=between)
    return _closed(between)


def adjudicate(state: State, decision: Decision) -> State:
    """Return the state after somebody who did not read it has decided what is still open.

    Raises:
        InputError: K171, the adjudicator was a reader; K172, nothing is disputed; K173, the decision does not answer
            exactly what is open.

    """
    if not isinstance(state, Disputed):
        raise _refused(state, "decision")
    readers = state.open.readers
    _require_outsider(decision.adjudicator, readers)
    if decision.problem is not None:
        return SetAside(readers=readers, problem=decision.problem, adjudicator=decision.adjudicator)
    agreement = assemble(readers, _decided(state, decision.answers))
    return Adjudicated(agreement=agreement, adjudicator=decision.adjudicator, ground=decision.ground)


def _decided(state: Disputed, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Lay what was decided beside what was settled, in the order of the contest's form.

    A contest that nobody read cannot be decided on: nobody has read its cells.
    """
    contest = answers.get(CONTEST, state.open.settled.get(CONTEST))
    form = next((one.answers for one in _whole_readings(state) if one.place.contest == contest), None)
    if form is None:
        raise InputError("K173", missing=1, surplus=len(answers))
    require_exactly(answers, tuple(form) if state.open.whole else state.open.asked)
    both = {**state.open.settled, **answers}
    return {name: both[name] for name in form}


def _whole_readings(state: Disputed) -> list[Reading]:
    third = [state.third] if isinstance(state.third, Reading) else []
    return [one for one in (state.first, state.second, *third) if one.problem is None]


def agreement_of(state: State) -> Agreement | None:
    """Return the figures that come of a copy in this state, None where none do."""
    return state.agreement if isinstance(state, Agreed | Adjudicated) else None


def replay(
    readings: Sequence[Reading], third: Reading | PartReading | None = None, decision: Decision | None = None
) -> State:
    """Return the state that a copy is in after all that is known of it, in the order in which it came.

    Raises:
        InputError: as the single steps.

    """
    state: State = Awaiting()
    for reading in readings:
        state = add_reading(state, reading)
    if third is not None:
        state = add_third(state, third)
    return state if decision is None else adjudicate(state, decision)


def _closed(agreement: Agreement) -> Agreed | SetAside:
    if agreement.problem is not None:
        return SetAside(readers=agreement.readers, problem=agreement.problem)
    return Agreed(agreement=agreement)


def _require_outsider(adjudicator: str, readers: tuple[str, ...]) -> None:
    if adjudicator in readers:
        raise InputError("K171", adjudicator=adjudicator)


def _require_figures(agreement: Agreement) -> None:
    if agreement.problem is not None or not agreement.cells:
        raise InputError("K172", state="set_aside", step="figures")


def _refused(state: State, step: str) -> InputError:
    return InputError("K172", state=state.name, step=step)
