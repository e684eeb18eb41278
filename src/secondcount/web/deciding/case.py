"""A case: what is open of one copy, what was read of it, and what was chosen.

The readings have letters, in the order of their commitments, which is chance: nothing on the page tells who read
which, or which was first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from secondcount.errors import InputError
from secondcount.model.election import Contest, Election
from secondcount.transcription.cells import CellRead
from secondcount.transcription.hints import Favours, Hint, hints
from secondcount.transcription.reading import CONTEST, PAGE, STATION, Answer, PartReading, Problem, Reading
from secondcount.transcription.states import Decision, Disputed, Ground
from secondcount.web.desk import Desk
from secondcount.web.models import PaperCopy
from secondcount.web.reading.agreeing import Readings, readings_of
from secondcount.web.reading.typed import TypedForm, typed_form

__all__ = ["OWN", "Case", "Chosen", "Favoured", "case_of", "chosen_of"]

OWN = "own"
"""Choice of a cell that is none of the readings."""

LETTERS = "ABC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Favoured:
    """A hint, with the letter of the reading that it favours ("" = neither)."""

    hint: Hint
    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One disputed copy. `contest` is None as long as it is open and nobody has chosen it."""

    readings: Readings
    state: Disputed
    lettered: Mapping[str, Reading | PartReading]
    contest: Contest | None
    contests: tuple[str, ...]  # that may be chosen: somebody read them; () = it is not open

    @property
    def asked(self) -> tuple[str, ...]:
        """Return the cells to be decided."""
        if not self.state.open.whole:
            return self.state.open.asked
        return (STATION, PAGE, *self.contest.cells) if self.contest else ()

    def read_of(self, cell: str) -> dict[str, Answer]:
        """Return what each reading says of a cell, by letter."""
        found = {}
        for letter, reading in self.lettered.items():
            said = _answers(reading, self.contest)
            if cell in said:
                found[letter] = said[cell]
        return found

    def settled(self) -> dict[str, CellRead]:
        """Return the cells that are not open."""
        return {name: one for name, one in self.state.open.settled.items() if isinstance(one, CellRead)}

    def by_letter(self, letter: str) -> dict[str, CellRead]:
        """Return the cells as they are if one reading is taken for everything that is open."""
        said = {cell: self.read_of(cell).get(letter) for cell in self.asked}
        return self.settled() | {cell: one for cell, one in said.items() if isinstance(one, CellRead)}

    def favoured(self) -> list[Favoured]:
        """Return the hints on the first two readings, where these can be compared."""
        first, second = self.readings.first_two
        if self.contest is None or first.problem or second.problem or first.place.contest != second.place.contest:
            return []
        letters = {id(reading): letter for letter, reading in self.lettered.items()}
        of = {Favours.FIRST: letters[id(first)], Favours.SECOND: letters[id(second)], Favours.NEITHER: ""}
        return [Favoured(hint=one, letter=of[one.favours]) for one in hints(self.contest, first.cells, second.cells)]


def _answers(reading: Reading | PartReading, contest: Contest | None) -> Mapping[str, Answer]:
    """Return what a reading says; of another contest than the chosen one the place alone."""
    if isinstance(reading, PartReading):
        return reading.answers
    if reading.problem:
        return {}
    said = reading.answers
    alike = contest is None or reading.place.contest == contest.id
    return said if alike else {name: said[name] for name in (STATION, PAGE)}


def case_of(place: Desk, copy: PaperCopy, contest: str = "") -> Case:
    """Return the case of a copy.

    Raises:
        InputError: K155, nothing of it is open.

    """
    readings = readings_of(place, copy)
    state = readings.state() if len(readings.first_two) == 2 else None
    if not isinstance(state, Disputed):
        raise InputError("K155")
    order = sorted(zip([row.commitment for row in readings.rows], _in_order(readings), strict=True))
    contests = _contests(state) if state.open.whole else ()
    wanted = (contest if contest in contests else "") if contests else str(state.open.settled.get(CONTEST, ""))
    return Case(
        readings=readings,
        state=state,
        lettered={letter: reading for letter, (_, reading) in zip(LETTERS, order, strict=False)},
        contest=place.contest(wanted),
        contests=contests,
    )


def _in_order(readings: Readings) -> list[Reading | PartReading]:
    third = [readings.third] if readings.third is not None else []
    return [*readings.first_two, *third]


def _contests(state: Disputed) -> tuple[str, ...]:
    whole = [one for one in (state.first, state.second, state.third) if isinstance(one, Reading) and not one.problem]
    return tuple(dict.fromkeys(one.place.contest for one in whole))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was chosen of a case so far."""

    picks: Mapping[str, str]  # cell -> letter or OWN
    answers: Mapping[str, Answer]  # what these choices say
    ground: Ground | None
    problem: Problem | None
    form: TypedForm  # what was typed instead of a reading
    troubles: Mapping[str, str]  # cell -> key of a sentence

    @property
    def complete(self) -> bool:
        """Return whether it is a decision."""
        return self.ground is not None and (self.problem is not None or not self.troubles)

    def decision(self, adjudicator: str, case: Case) -> Decision:
        """Return the decision; only of what is complete."""
        answers = {} if self.problem else dict(self.answers)
        if answers and case.contests and case.contest:
            answers[CONTEST] = case.contest.id
        return Decision(
            adjudicator=adjudicator, ground=Ground(str(self.ground)), answers=answers, problem=self.problem
        )

    def cells(self, case: Case) -> dict[str, CellRead]:
        """Return all cells as they are by what was chosen so far."""
        return case.settled() | {name: one for name, one in self.answers.items() if isinstance(one, CellRead)}


def chosen_of(case: Case, post: Mapping[str, str], election: Election) -> Chosen:
    """Return what a form says of a case."""
    asked = case.asked
    form = typed_form(post, election, contest=case.contest.id if case.contest else "", asked=asked)
    picks = {cell: post.get(f"c-{cell}", "") for cell in asked}
    answers: dict[str, Answer] = {}
    troubles: dict[str, str] = {}
    for cell, pick in picks.items():
        read = case.read_of(cell)
        if pick in read:
            answers[cell] = read[pick]
        elif pick == OWN and cell not in form.troubles:
            answers[cell] = form.answers()[cell]
        else:
            troubles[cell] = f"reading.trouble.{form.troubles[cell]}" if pick == OWN else "deciding.trouble.choose"
    if case.contest is None:  # everything is open, also which form it is: that, or a problem, has to be said
        troubles[CONTEST] = "deciding.trouble.choose"
    return Chosen(
        picks=picks,
        answers=answers,
        ground=_ground(post.get("ground", "")),
        problem=form.problem,
        form=form,
        troubles=troubles,
    )


def _ground(text: str) -> Ground | None:
    return Ground(text) if text in tuple(Ground) else None
