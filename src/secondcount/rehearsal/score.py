"""What a rehearsal shows: which mistakes were made, which step caught them, and what was left in the agreed sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from secondcount.model.election import Contest
from secondcount.rehearsal.night import Night, Outcome
from secondcount.rehearsal.papers import Paper
from secondcount.rehearsal.photos import Sent
from secondcount.rehearsal.readers import Kind, Mistake, Typed
from secondcount.transcription.cells import CellRead
from secondcount.transcription.claims import check_place
from secondcount.transcription.hints import Favours, Hint, Meaning, broken_identities, hints
from secondcount.transcription.quality import Interval, add_gold, count_gold, measure_gold, pick_gold, residual
from secondcount.transcription.reading import CONTEST, PAGE, STATION, Answer, Reading
from secondcount.transcription.reconcile import Agreement
from secondcount.transcription.states import agreement_of

__all__ = ["Detection", "Estimate", "Found", "Score", "Total", "answers_of", "score_night", "truth_of"]


GOLD = 20
"""One sheet in so many is taken as known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """The mistakes of one kind in first and second readings, and what became of them."""

    kind: str
    made: int
    caught: int  # the other reading differed in one of their cells
    third: int  # corrected by a third reader
    adjudicated: int  # corrected by an adjudicator
    set_aside: int  # of copies from which no figures came
    left: int  # still in the agreed sheet
    identities: int  # the reading breaks an identity that the paper keeps: arithmetic alone would have shown it


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something planted in photos or papers, and how often the desk's rules found it."""

    kind: str
    made: int
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The votes of one contestant: as they stand on the papers that were agreed, and as they were agreed."""

    contest: str
    contestant: str
    papers: int
    agreed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """How many wrong cells `transcription.quality` expects, knowing only what the desk knows."""

    basis: str  # "assumed": from the differences; "gold": counted on a share of the sheets that was known
    low: float
    best: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The whole rehearsal in figures."""

    stations: int
    papers: int
    photos: int
    readings: int
    outcomes: Mapping[str, int]  # agreed, third_reading, adjudicated, set_aside
    detection: tuple[Detection, ...]
    planted: tuple[Found, ...]
    compared: int  # cells that two people read, the place included
    differing: int  # of these, in which they differed
    hints: Mapping[str, int]  # on slips of two readings: right, wrong, open
    cells: int  # in agreed sheets, the place included
    wrong: int  # cells of agreed sheets that are not as on the paper
    wrong_shown: int  # of these: in sheets that break an identity which the paper keeps
    estimates: tuple[Estimate, ...]  # of `wrong`
    totals: tuple[Total, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the score as JSON has it; always labelled."""
        return {"synthetic": True, **asdict(self)}


def truth_of(paper: Paper) -> dict[str, Answer]:
    """Return what a perfect reader would say of a paper."""
    return {STATION: paper.station, CONTEST: paper.contest, PAGE: 1, **paper.cells}


def answers_of(agreement: Agreement) -> dict[str, Answer]:
    """Return everything that was agreed of a copy, the place included."""
    place = agreement.place
    return {STATION: place.station, CONTEST: place.contest, PAGE: place.page_count, **agreement.cells}


def score_night(night: Night, outcomes: Iterable[Outcome]) -> Score:
    """Hold what was agreed against what stands on the papers."""
    listed = tuple(outcomes)
    fates = [fate for one in listed for fate in _fates(night, one)]
    agreed = [(one, found) for one in listed if (found := agreement_of(one.state))]
    wrong = [(night, one, cells) for one, found in agreed if (cells := _wrong(one.paper, found))]
    compared = tuple(one for one in listed if not one.whole and one.typed[0].reading.cells)
    return Score(
        stations=night.plan.stations,
        papers=len(night.papers),
        photos=len(night.photos),
        readings=sum(2 + bool(one.asked) for one in listed),
        outcomes=_outcomes(listed),
        detection=tuple(_detection(kind, fates) for kind in Kind),
        planted=_planted(night, listed),
        compared=_compared(compared),
        differing=_differing(compared),
        hints=_hints(night, compared),
        cells=sum(len(answers_of(found)) for _, found in agreed),
        wrong=sum(len(cells) for _, _, cells in wrong),
        wrong_shown=sum(len(cells) for _, one, cells in wrong if _shows(night, one)),
        estimates=_estimates(night, compared),
        totals=_totals(night, agreed),
    )


def _compared(listed: Sequence[Outcome]) -> int:
    return sum(len(one.typed[0].reading.answers) for one in listed)


def _differing(listed: Sequence[Outcome]) -> int:
    return sum(len(one.asked) for one in listed)


def _estimates(night: Night, listed: Sequence[Outcome]) -> tuple[Estimate, ...]:
    """Estimate the wrong cells as a desk would: from the differences, and on a share of sheets that is known."""
    gold = set(pick_gold([str(one.photo.file) for one in listed], GOLD, night.plan.seed))
    counts = [
        count_gold(one.paper.cells, [typed.reading.cells for typed in one.typed])
        for one in listed
        if str(one.photo.file) in gold
    ]
    cells = _compared(listed)
    seen = measure_gold(add_gold(counts)).after_two
    found = {
        "assumed": residual(cells, _differing(listed)).wrong_cells,
        "gold": Interval(low=seen.low * cells, best=seen.best * cells, high=seen.high * cells),
    }
    return tuple(
        Estimate(basis=name, low=round(one.low, 1), best=round(one.best, 1), high=round(one.high, 1))
        for name, one in found.items()
    )


def _hints(night: Night, listed: Sequence[Outcome]) -> dict[str, int]:
    """Count how often a hint favours the reading that is as on the paper."""
    counted = Counter(
        _judge(one, hint)
        for one in listed
        if one.asked
        for hint in hints(night.contest(one.paper.contest), *(typed.reading.cells for typed in one.typed))
        if hint.meaning is not Meaning.SHEET_WRONG
    )
    return {name: counted[name] for name in ("right", "wrong", "open")}


def _judge(outcome: Outcome, hint: Hint) -> str:
    if hint.favours is Favours.NEITHER:
        return "open"
    favoured = outcome.typed[hint.favours is Favours.SECOND].reading.cells
    return "right" if all(favoured[cell] == outcome.paper.cells[cell] for cell in hint.cells) else "wrong"


def _outcomes(listed: Sequence[Outcome]) -> dict[str, int]:
    """Count copies by how they ended."""
    counted = Counter(
        "set_aside" if agreement_of(one.state) is None
        else "adjudicated" if one.disputed
        else "third_reading" if one.asked
        else "agreed"
        for one in listed
    )  # fmt: skip
    return {name: counted[name] for name in ("agreed", "third_reading", "adjudicated", "set_aside")}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fate:
    kind: Kind
    step: str  # third, adjudicated, set_aside, left
    caught: bool
    identities: bool


def _fates(night: Night, outcome: Outcome) -> list[_Fate]:
    contest = night.contest(outcome.paper.contest)
    return [
        _fate(one, typed, outcome, _breaks_more(contest, typed.reading.cells, outcome.paper.cells))
        for typed in outcome.typed
        for one in typed.mistakes
    ]


def _fate(mistake: Mistake, typed: Typed, outcome: Outcome, shown: bool) -> _Fate:
    caught = outcome.whole or any(cell in outcome.asked for cell in mistake.cells)
    agreement = agreement_of(outcome.state)
    if agreement is None:
        step = "set_aside"
    elif _still_there(mistake, typed.reading, agreement):
        step = "left"
    else:
        step = "adjudicated" if outcome.disputed else "third"
    return _Fate(kind=mistake.kind, step=step, caught=caught, identities=shown and mistake.kind is not Kind.PLACE)


def _still_there(mistake: Mistake, reading: Reading, agreement: Agreement) -> bool:
    ours, agreed = reading.answers, answers_of(agreement)
    return any(ours.get(cell) == agreed.get(cell) for cell in mistake.cells)


def _detection(kind: Kind, fates: Sequence[_Fate]) -> Detection:
    these = [one for one in fates if one.kind is kind]
    steps = Counter(one.step for one in these)
    return Detection(
        kind=kind.value,
        made=len(these),
        caught=sum(one.caught for one in these),
        third=steps["third"],
        adjudicated=steps["adjudicated"],
        set_aside=steps["set_aside"],
        left=steps["left"],
        identities=sum(one.identities for one in these),
    )


def _breaks_more(contest: Contest, cells: Mapping[str, CellRead], paper: Mapping[str, CellRead]) -> bool:
    """Return whether these figures break an identity that the paper keeps."""
    if not cells or cells.keys() != paper.keys():
        return False
    return bool(_broken(contest, cells) - _broken(contest, paper))


def _broken(contest: Contest, cells: Mapping[str, CellRead]) -> set[str]:
    return {one.identity for one in broken_identities(contest, cells)}


def _wrong(paper: Paper, agreement: Agreement) -> list[str]:
    truth = truth_of(paper)
    return [name for name, said in answers_of(agreement).items() if said != truth.get(name)]


def _shows(night: Night, outcome: Outcome) -> bool:
    agreement = agreement_of(outcome.state)
    contest = night.contest(outcome.paper.contest)
    return agreement is not None and _breaks_more(contest, agreement.cells, outcome.paper.cells)


def _planted(night: Night, listed: Sequence[Outcome]) -> tuple[Found, ...]:
    """Count what was planted in photos and papers, and what of it the rules named."""
    by_sent = {
        sent: [one for one in listed if one.photo.sent is sent] for sent in (Sent.WRONG_STATION, Sent.WRONG_CONTEST)
    }
    unreadable = [one for one in listed if one.photo.sent is Sent.UNREADABLE]
    again = Counter(one.sent for one in night.photos if one.again)
    slips = [one for one in listed if one.paper.slip and agreement_of(one.state)]
    return (
        *(Found(kind=sent.value, made=len(those), found=sum(map(_named, those))) for sent, those in by_sent.items()),
        # The same bytes have the same digest: whatever the sender says, they are one file.
        *(Found(kind=sent.value, made=again[sent], found=again[sent]) for sent in (Sent.REUSED, Sent.FORWARDED)),
        Found(
            kind=Sent.UNREADABLE.value,
            made=len(unreadable),
            found=sum(agreement_of(one.state) is None for one in unreadable),
        ),
        Found(kind="broken", made=len(slips), found=sum(_slip_named(night, one) for one in slips)),
        _overwritten(listed),
    )


def _named(outcome: Outcome) -> bool:
    """Return whether a wrong claim was noticed and the place of the paper won."""
    agreement = agreement_of(outcome.state)
    return agreement is not None and bool(check_place(outcome.claim, agreement.place))


def _slip_named(night: Night, outcome: Outcome) -> bool:
    agreement = agreement_of(outcome.state)
    contest = night.contest(outcome.paper.contest)
    return agreement is not None and bool(_broken(contest, agreement.cells))


def _overwritten(listed: Sequence[Outcome]) -> Found:
    """Count corrections on paper, and those whose old and new number both came through."""
    made = [
        (cell, name, found)
        for one in listed
        if (found := agreement_of(one.state))
        for name, cell in one.paper.cells.items()
        if cell.overwritten
    ]
    return Found(kind="overwritten", made=len(made), found=sum(found.cells.get(n) == cell for cell, n, found in made))


def _totals(night: Night, agreed: Sequence[tuple[Outcome, Agreement]]) -> tuple[Total, ...]:
    return tuple(
        Total(
            contest=contest.id,
            contestant=one.id,
            papers=sum(_number(o.paper.cells[one.id]) for o, a in agreed if o.paper.contest == contest.id),
            agreed=sum(_number(a.cells.get(one.id)) for o, a in agreed if a.place.contest == contest.id),
        )
        for contest in night.election.contests
        for one in contest.contestants
    )


def _number(cell: CellRead | None) -> int:
    return cell.value or 0 if cell else 0
