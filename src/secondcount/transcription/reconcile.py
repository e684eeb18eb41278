"""Two readings side by side, and the third of what differs: who agrees with whom, cell by cell.

`reconcile` and `settle` know nothing of states: they compare. What may be compared when is in `states`.

Laws (tests/property/test_transcription_agreement.py): the order of the readings does not matter; reading again what
was agreed changes nothing; nothing is ever settled that nobody read; the same person is never two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from secondcount.errors import InputError
from secondcount.transcription.cells import CellRead
from secondcount.transcription.reading import (
    CONTEST,
    PAGE,
    PLACES,
    PROBLEM,
    STATION,
    Answer,
    PartReading,
    Place,
    Problem,
    Reading,
)

__all__ = ["Agreement", "Differences", "assemble", "differences", "reconcile", "require_different", "settle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What at least two different people read alike, or that they found the same problem.

    Raises:
        InputError: K170, fewer than two different people.

    """

    readers: tuple[str, ...]  # pseudonyms, sorted: two, or all three where a third was asked
    place: Place  # as read on the paper; empty beside a problem
    cells: Mapping[str, CellRead]
    problem: Problem | None = None

    def __post_init__(self) -> None:
        """Refuse an agreement of one person with himself."""
        require_different(*self.readers)
        if len(self.readers) < 2:
            raise InputError("K170", reader="".join(self.readers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What is open between readings, and what is not."""

    readers: tuple[str, ...]  # pseudonyms, sorted
    asked: tuple[str, ...]  # the cells that differ, pseudo-cells first, then in the order of the contest
    whole: bool  # the readings are of two contests, or one is a problem: cells cannot be compared, all are open
    settled: Mapping[str, Answer]  # what is not open; nothing where `whole`


def require_different(*people: str) -> None:
    """Refuse one person in two places.

    Raises:
        InputError: K170.

    """
    for at, person in enumerate(people):
        if person in people[:at]:
            raise InputError("K170", reader=person)


def differences(first: Reading, second: Reading) -> tuple[str, ...]:
    """Return the names of the cells that two readings read differently.

    Where the contests differ, the cells are those of two forms and are not compared: the pseudo-cells alone are named.
    Where one found a problem, or both another one, it is `@problem` alone.

    Raises:
        InputError: K174, two readings of one contest that do not have the same cells.

    """
    if first.problem or second.problem:
        return () if first.problem is second.problem else (PROBLEM,)
    if first.place == second.place and first.cells == second.cells:
        return ()
    return (*_places_apart(first.place, second.place), *_cells_apart(first, second))


def _places_apart(first: Place, second: Place) -> tuple[str, ...]:
    ours = (first.station, first.contest, first.page_count)
    theirs = (second.station, second.contest, second.page_count)
    return tuple(name for name, one, other in zip(PLACES, ours, theirs, strict=True) if one != other)


def _cells_apart(first: Reading, second: Reading) -> tuple[str, ...]:
    if first.place.contest != second.place.contest:
        return ()
    ours, theirs = first.cells, second.cells
    if ours.keys() != theirs.keys():
        raise InputError("K174", missing=len(ours.keys() - theirs.keys()), surplus=len(theirs.keys() - ours.keys()))
    return tuple(name for name, cell in ours.items() if cell != theirs[name])


def reconcile(first: Reading, second: Reading) -> Agreement | Differences:
    """Return what two people agree on, or what is open between them.

    Raises:
        InputError: K170, both are by one person; K174, as `differences`.

    """
    require_different(first.reader, second.reader)
    readers = _sorted(first, second)
    asked = differences(first, second)
    if not asked:
        place = Place() if first.problem else first.place
        return Agreement(readers=readers, place=place, cells=first.cells, problem=first.problem)
    whole = CONTEST in asked or PROBLEM in asked
    said = {} if whole else {name: answer for name, answer in first.answers.items() if name not in asked}
    return Differences(readers=readers, asked=asked, whole=whole, settled=said)


def settle(first: Reading, second: Reading, third: Reading | PartReading) -> Agreement | Differences:
    """Return what two of three people read alike, cell by cell, or what is still open.

    Where the first two can be compared, the third answers exactly the cells in which they differ, as a `PartReading`.
    Where they cannot (`Differences.whole`), the third is a whole `Reading`: two that found the same problem set the
    copy aside; two readings of the same contest are compared; else everything is open.

    Raises:
        InputError: K170, one person twice; K173, the third did not answer exactly what was asked, or nothing was.

    """
    require_different(first.reader, second.reader, third.reader)
    between = reconcile(first, second)
    if isinstance(between, Agreement):
        raise InputError("K173", missing=0, surplus=len(third.cells))
    if between.whole:
        if not isinstance(third, Reading):
            raise InputError("K173", missing=1, surplus=len(third.answers))
        return _settle_whole((first, second, third))
    if not isinstance(third, PartReading):
        raise InputError("K173", missing=0, surplus=len(third.cells))
    return _settle_part(first, second, third, between)


def _settle_part(first: Reading, second: Reading, third: PartReading, between: Differences) -> Agreement | Differences:
    """Take each open cell as the third reads it, where that is what one of the two read."""
    require_exactly(third.answers, between.asked)
    ours, theirs = first.answers, second.answers
    said = {name: answer for name, answer in third.answers.items() if answer in (ours[name], theirs[name])}
    settled = {name: between.settled.get(name, said.get(name)) for name in ours}
    return _outcome(_sorted(first, second, third), settled)


def require_exactly(answers: Mapping[str, Answer], asked: Sequence[str]) -> None:
    """Refuse answers that leave out what was asked, or say more.

    Raises:
        InputError: K173.

    """
    missing, surplus = set(asked) - answers.keys(), answers.keys() - set(asked)
    if missing or surplus:
        raise InputError("K173", missing=len(missing), surplus=len(surplus))


def _settle_whole(readings: tuple[Reading, Reading, Reading]) -> Agreement | Differences:
    """Find the two of three that can be compared; the place is asked of all who could read one."""
    readers = _sorted(*readings)
    for problem in Problem:
        if sum(one.problem is problem for one in readings) >= 2:
            return Agreement(readers=readers, place=Place(), cells={}, problem=problem)
    read = [one for one in readings if one.problem is None]
    pair = next(([one, two] for one, two in _pairs(read) if one.place.contest == two.place.contest), None)
    if pair is None:
        asked = PROBLEM if len(read) < len(readings) else CONTEST
        return Differences(readers=readers, asked=(asked,), whole=True, settled={})
    _cells_apart(pair[0], pair[1])  # the same form, or K174
    ours, theirs = (one.answers for one in pair)
    settled: dict[str, Answer | None] = {name: said if said == theirs[name] else None for name, said in ours.items()}
    settled[STATION] = _majority([one.place.station for one in read])
    settled[PAGE] = _majority([one.place.page_count for one in read])
    return _outcome(readers, settled)


def _pairs(read: list[Reading]) -> list[tuple[Reading, Reading]]:
    return [(one, two) for at, one in enumerate(read) for two in read[at + 1 :]]


def _majority(said: Sequence[Answer]) -> Answer | None:
    return next((one for one in said if said.count(one) >= 2), None)


def _outcome(readers: tuple[str, ...], settled: Mapping[str, Answer | None]) -> Agreement | Differences:
    """Return the agreement where nothing is None, else what is open."""
    known = {name: said for name, said in settled.items() if said is not None}
    asked = tuple(name for name in settled if name not in known)
    if asked:
        return Differences(readers=readers, asked=asked, whole=False, settled=known)
    return assemble(readers, known)


def assemble(readers: tuple[str, ...], answers: Mapping[str, Answer]) -> Agreement:
    """Make an agreement of answers to all cells, pseudo-cells included; `Place` refuses what is of the wrong kind."""
    place = Place(
        station=cast("str", answers[STATION]),
        contest=cast("str", answers[CONTEST]),
        page_count=cast("int", answers[PAGE]),
    )
    cells = {name: said for name, said in answers.items() if isinstance(said, CellRead)}
    return Agreement(readers=readers, place=place, cells=cells)


def _sorted(*readings: Reading | PartReading) -> tuple[str, ...]:
    return tuple(sorted(one.reader for one in readings))
