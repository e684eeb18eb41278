"""Made-up readers: they read a paper cell by cell and go wrong at times; each mistake is remembered with its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from secondcount.rehearsal.dice import Dice
from secondcount.rehearsal.papers import Paper
from secondcount.rehearsal.rates import WHOLE, Rates
from secondcount.transcription.cells import CellRead, Mark
from secondcount.transcription.reading import STATION, Place, Problem, Reading

__all__ = ["Kind", "Mistake", "Typed", "give_up", "read_paper"]


class Kind(StrEnum):
    """What went wrong at the keyboard, or before the eyes."""

    DIGIT = "digit"
    TRANSPOSED = "transposed"
    MARK = "mark"
    SWAPPED = "swapped"
    SKIPPED = "skipped"
    PLACE = "place"
    MISREAD = "misread"  # the digit on paper is unclear: another reader may go wrong in the same way


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One mistake and the cells in which the reading differs from the paper because of it."""

    kind: Kind
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A reading, and what is wrong with it: known to the rehearsal alone."""

    reading: Reading
    mistakes: tuple[Mistake, ...] = ()


def read_paper(paper: Paper, reader: str, stations: Sequence[str], rates: Rates, dice: Dice) -> Typed:
    """Return what a reader types while looking at a paper, the place too; `stations` are those to choose from."""
    cells = dict(paper.cells)
    mistakes = [*_misread(paper, cells, rates, dice), *_rows(cells, rates, dice)]
    spoilt = {cell for one in mistakes for cell in one.cells}
    for cell in [one for one in cells if one not in spoilt]:
        if (kind := _slip(rates, dice)) and (typed := _TYPED[kind](cells[cell], dice)) != cells[cell]:
            cells[cell] = typed
            mistakes.append(Mistake(kind=kind, cells=(cell,)))
    station = paper.station
    if len(stations) > 1 and dice.below(WHOLE) < rates.place:
        station = stations[(stations.index(station) + 1 + dice.below(len(stations) - 1)) % len(stations)]
        mistakes.append(Mistake(kind=Kind.PLACE, cells=(STATION,)))
    place = Place(station=station, contest=paper.contest)
    return Typed(reading=Reading(reader=reader, place=place, cells=cells), mistakes=tuple(mistakes))


def give_up(reader: str) -> Typed:
    """Return the reading of a photo in which nothing can be read."""
    return Typed(reading=Reading(reader=reader, place=Place(page_count=0), problem=Problem.UNREADABLE))


def _misread(paper: Paper, cells: dict[str, CellRead], rates: Rates, dice: Dice) -> list[Mistake]:
    found = []
    for cell, taken_for in paper.unclear.items():
        if dice.below(WHOLE) < rates.misread:
            cells[cell] = replace(cells[cell], value=taken_for)
            found.append(Mistake(kind=Kind.MISREAD, cells=(cell,)))
    return found


def _rows(cells: dict[str, CellRead], rates: Rates, dice: Dice) -> list[Mistake]:
    """Exchange two rows or leave one out; the mistake is of those cells that then read differently."""
    before, names = dict(cells), list(cells)
    roll = dice.below(WHOLE)
    if roll < rates.swapped:
        kind, at = Kind.SWAPPED, dice.below(len(names) - 1)
        upper, lower = names[at : at + 2]
        cells[upper], cells[lower] = cells[lower], cells[upper]
    elif roll < rates.swapped + rates.skipped:
        kind, at = Kind.SKIPPED, dice.below(len(names) - 1)
        for upper, lower in zip(names[at:], names[at + 1 :], strict=False):
            cells[upper] = before[lower]
        cells[names[-1]] = CellRead(mark=Mark.BLANK)
    else:
        return []
    changed = tuple(name for name in names if cells[name] != before[name])
    return [Mistake(kind=kind, cells=changed)] if changed else []


def _slip(rates: Rates, dice: Dice) -> Kind | None:
    """Return what goes wrong with one cell, mostly nothing."""
    roll = dice.below(WHOLE)
    for kind, share in ((Kind.DIGIT, rates.digit), (Kind.TRANSPOSED, rates.transposed), (Kind.MARK, rates.mark)):
        if roll < share:
            return kind
        roll -= share
    return None


def _digit(cell: CellRead, dice: Dice) -> CellRead:
    if cell.value is None:
        return cell
    digits = str(cell.value)
    at = dice.below(len(digits))
    other = (int(digits[at]) + dice.between(1, 9)) % 10
    return replace(cell, value=int(f"{digits[:at]}{other}{digits[at + 1 :]}"))


def _transposed(cell: CellRead, dice: Dice) -> CellRead:
    digits = str(cell.value) if cell.value is not None else ""
    places = [at for at in range(len(digits) - 1) if digits[at] != digits[at + 1]]
    if not places:
        return cell
    at = places[dice.below(len(places))]
    return replace(cell, value=int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]))


def _mark(cell: CellRead, dice: Dice) -> CellRead:  # noqa: ARG001 - called like the others
    if cell.mark is Mark.BLANK:
        return CellRead(mark=Mark.READ, value=0)
    return CellRead(mark=Mark.ILLEGIBLE if cell.value else Mark.BLANK)


_TYPED = {Kind.DIGIT: _digit, Kind.TRANSPOSED: _transposed, Kind.MARK: _mark}
