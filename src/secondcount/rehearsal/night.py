"""An election night without a desk: photos arrive, people read, differences are settled, by `transcription` alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from secondcount.model.election import Contest, Election
from secondcount.rehearsal.dice import Dice
from secondcount.rehearsal.election_night import load_practice, write_protocols
from secondcount.rehearsal.papers import Paper, write_papers
from secondcount.rehearsal.photos import Photo, send_photos
from secondcount.rehearsal.rates import WHOLE, Rates
from secondcount.rehearsal.readers import Typed, give_up, read_paper
from secondcount.transcription.reading import Answer, PartReading, Place, Problem, Reading, part_of
from secondcount.transcription.states import (
    Awaiting,
    Decision,
    Differing,
    Disputed,
    Ground,
    State,
    add_reading,
    add_third,
    adjudicate,
)

__all__ = ["Night", "Outcome", "Plan", "decide", "prepare_night", "read_night", "type_reading"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How large a rehearsal is, and how often things go wrong in it."""

    stations: int
    seed: str
    rates: Rates
    readers: int = 24
    collectors: int = 40
    adjudicators: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """Everything that is made up before the first photo is read."""

    plan: Plan
    election: Election
    papers: tuple[Paper, ...]
    photos: tuple[Photo, ...]
    stations: tuple[str, ...]  # each once

    def contest(self, name: str) -> Contest:
        """Return a contest by its id."""
        return next(one for one in self.election.contests if one.id == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one copy: who typed what, and the state in which it ended."""

    photo: Photo
    paper: Paper
    typed: tuple[Typed, Typed]
    asked: tuple[str, ...]  # cells in which the two differed
    whole: bool  # one of them found a problem, so that nothing could be compared
    disputed: bool  # three people left something open
    state: State

    @property
    def claim(self) -> Place:
        """Return the place that whoever sent the photo says."""
        return Place(station=self.photo.station, contest=self.photo.contest)


def prepare_night(plan: Plan) -> Night:
    """Return the election, its papers and the photos of them: same plan, same night."""
    election = load_practice(plan.stations)
    papers = write_papers(write_protocols(election, plan.stations, plan.seed), plan.rates, plan.seed)
    photos = send_photos(papers, plan.collectors, plan.rates, plan.seed)
    stations = tuple(dict.fromkeys(one.station for one in papers))
    return Night(plan=plan, election=election, papers=papers, photos=photos, stations=stations)


def read_night(night: Night) -> Iterator[Outcome]:
    """Yield the outcome of every copy; a file that had arrived before is no second copy."""
    dice = Dice(f"secondcount.rehearsal.reading,{night.plan.seed}")
    for photo in night.photos:
        if not photo.again:
            yield _outcome(night, photo, dice)


def _outcome(night: Night, photo: Photo, dice: Dice) -> Outcome:
    people = _people(night.plan, dice)
    typed = [type_reading(night, photo, one, dice) for one in people[:2]]
    state: State = add_reading(add_reading(Awaiting(), typed[0].reading), typed[1].reading)
    asked: tuple[str, ...] = ()
    whole = False
    if isinstance(state, Differing):
        asked, whole = state.open.asked, state.open.whole
        state = add_third(state, _third(night, photo, state, people[2], dice))
    disputed = isinstance(state, Disputed)
    if isinstance(state, Disputed):
        adjudicator = f"adjudicator-{dice.below(night.plan.adjudicators):03}"
        state = adjudicate(state, decide(night, photo, state, adjudicator, dice))
    return Outcome(
        photo=photo,
        paper=night.papers[photo.paper],
        typed=(typed[0], typed[1]),
        asked=asked,
        whole=whole,
        disputed=disputed,
        state=state,
    )


def _third(night: Night, photo: Photo, state: Differing, reader: str, dice: Dice) -> Reading | PartReading:
    """Return a third reading: of what differs, or of everything where the first two cannot be compared."""
    if state.open.whole:
        return type_reading(night, photo, reader, dice).reading
    typed = read_paper(night.papers[photo.paper], reader, night.stations, night.plan.rates, dice)
    return part_of(typed.reading, state.open.asked)


def _people(plan: Plan, dice: Dice) -> list[str]:
    """Return three different readers."""
    first = dice.below(plan.readers)
    found = [(first + step) % plan.readers for step in (0, 1 + dice.below(plan.readers - 2))]
    third = next(at for at in range(plan.readers) if (first + at) % plan.readers not in found)
    return [f"reader-{one:03}" for one in (*found, (first + third) % plan.readers)]


def type_reading(night: Night, photo: Photo, reader: str, dice: Dice) -> Typed:
    """Return what a reader types who looks at a photo, seeing neither its claim nor another reading."""
    rates = night.plan.rates
    if not photo.legible or dice.below(WHOLE) < rates.given_up:
        return give_up(reader)
    return read_paper(night.papers[photo.paper], reader, night.stations, rates, dice)


def decide(night: Night, photo: Photo, state: Disputed, adjudicator: str, dice: Dice) -> Decision:
    """Return what an adjudicator decides, who looks as long as it takes: only unclear digits can deceive him."""
    if not photo.legible:
        return Decision(adjudicator=adjudicator, ground=Ground.UNDECIDABLE, answers={}, problem=Problem.UNREADABLE)
    careful = Rates(**dict.fromkeys(_OF_THE_HAND, 0), misread=night.plan.rates.misread // 2)
    paper = night.papers[photo.paper]
    seen = read_paper(paper, adjudicator, night.stations, careful, dice).reading
    if state.open.whole and not _somebody_read(state, paper.contest):
        return Decision(adjudicator=adjudicator, ground=Ground.UNDECIDABLE, answers={}, problem=Problem.UNREADABLE)
    asked: Sequence[str] = tuple(seen.answers) if state.open.whole else state.open.asked
    answers: Mapping[str, Answer] = part_of(seen, tuple(asked)).answers
    return Decision(adjudicator=adjudicator, ground=Ground.PICTURE_SEEN, answers=answers)


_OF_THE_HAND = ("digit", "transposed", "mark", "swapped", "skipped", "place")


def _somebody_read(state: Disputed, contest: str) -> bool:
    """Return whether there is a whole reading of a contest: of a form that nobody read nothing can be decided."""
    readings = [one for one in (state.first, state.second, state.third) if isinstance(one, Reading)]
    return any(one.problem is None and one.place.contest == contest for one in readings)
