"""What two readings that differ, or that agree on a sheet which does not add up, most simply come from.

For whoever decides, and for nobody before: a reader who saw a hint would not be blind any more. A hint says one of
three things: WE_TYPED, one reading fits the sheet's identities and the other is one slip away from it; SHEET_WRONG,
both readings agree and the sheet itself breaks an identity (it is accepted as it stands, and the identity is named);
OPEN, the identities do not tell. Hints change nothing: the figures come from readers and adjudicators alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from secondcount.model.election import Contest
from secondcount.transcription.cells import CellRead, numbers_of
from secondcount.transcription.edits import Edit, Kind, kind_of_edit, single_edits
from secondcount.transcription.identities import Broken, broken_among, broken_identities

__all__ = ["Broken", "Favours", "Hint", "Kind", "Meaning", "broken_identities", "hints"]

FEWEST_SHIFTED = 3
"""Two neighbouring rows are swapped or not; from three on they can have slid."""


class Favours(StrEnum):
    """Which reading fits the identities of the sheet."""

    FIRST = "first"
    SECOND = "second"
    NEITHER = "neither"


class Meaning(StrEnum):
    """Whose slip it is."""

    WE_TYPED = "we_typed"
    SHEET_WRONG = "sheet_wrong"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """The simplest explanation of some cells."""

    kind: Kind
    cells: tuple[str, ...]  # in the order of the contest
    first: tuple[int, ...]  # numbers of the first reading
    second: tuple[int, ...]  # numbers of the second reading
    favours: Favours
    identities: tuple[str, ...]  # ids: which hold by the favoured reading and not by the other; or which are broken
    meaning: Meaning
    would_be: tuple[int, ...] = ()  # of a sheet that is wrong: with which numbers the identities would hold


def hints(contest: Contest, first: Mapping[str, CellRead], second: Mapping[str, CellRead]) -> tuple[Hint, ...]:
    """Return hints on two readings: each cell with two numbers is in exactly one; then what the sheet breaks."""
    pair = numbers_of(first), numbers_of(second)
    both = [cell for cell in contest.cells if cell in pair[0] and cell in pair[1]]
    apart = [cell for cell in both if pair[0][cell] != pair[1][cell]]
    typed = [_judged(contest, kind, cells, pair) for kind, cells in _groups(contest, apart, pair)]
    return (*typed, *_sheet(contest, {cell: first[cell] for cell in both if cell not in apart}))


Pair = tuple[dict[str, int], dict[str, int]]
Group = tuple[Kind, tuple[str, ...]]


def _groups(contest: Contest, apart: Sequence[str], pair: Pair) -> list[Group]:
    """Part the differing cells into slips: of several rows where there are any, else cell by cell."""
    found: list[Group] = []
    left = list(apart)
    for group in (*_shifted(contest, apart, pair), *_swapped(apart, pair)):
        if set(group[1]) <= set(left):
            found.append(group)
            left = [cell for cell in left if cell not in group[1]]
    single = [(kind_of_edit(pair[0][cell], pair[1][cell]) or Kind.UNEXPLAINED, (cell,)) for cell in left]
    order = {cell: at for at, cell in enumerate(apart)}
    return sorted([*found, *single], key=lambda group: order[group[1][0]])


def _swapped(apart: Sequence[str], pair: Pair) -> list[Group]:
    """Return pairs of rows whose numbers stand the other way round, the nearest pairs first."""
    first, second = pair
    pairs = [(two - one, apart[one], apart[two]) for one in range(len(apart)) for two in range(one + 1, len(apart))]
    crossed = [(away, one, two) for away, one, two in pairs if first[one] == second[two] and first[two] == second[one]]
    return [(Kind.SWAPPED_ROWS, (one, two)) for _, one, two in sorted(crossed, key=lambda found: found[0])]


def _shifted(contest: Contest, apart: Sequence[str], pair: Pair) -> list[Group]:
    """Return runs of neighbouring rows of which one reading has each number one row lower than the other."""
    first, second = pair
    found: list[Group] = []
    for upper, lower in ((first, second), (second, first)):
        run: list[str] = []
        for cell in contest.cells:
            if run and cell in apart and upper[run[-1]] == lower[cell]:
                run.append(cell)
                continue
            found += [(Kind.SHIFTED_ROWS, tuple(run))] if len(run) >= FEWEST_SHIFTED else []
            run = [cell] if cell in apart else []
        found += [(Kind.SHIFTED_ROWS, tuple(run))] if len(run) >= FEWEST_SHIFTED else []
    return sorted(found, key=lambda group: (-len(group[1]), contest.cells.index(group[1][0])))


def _judged(contest: Contest, kind: Kind, cells: tuple[str, ...], pair: Pair) -> Hint:
    """Ask the identities which of two readings of some cells fits, everything else left as each reading has it."""
    by_first, by_second = _mended(contest, pair[1], pair[0], cells), _mended(contest, pair[0], pair[1], cells)
    favours = Favours.NEITHER
    if bool(by_first) != bool(by_second):
        favours = Favours.FIRST if by_first else Favours.SECOND
    told = favours is not Favours.NEITHER and kind is not Kind.UNEXPLAINED
    return Hint(
        kind=kind,
        cells=cells,
        first=tuple(pair[0][cell] for cell in cells),
        second=tuple(pair[1][cell] for cell in cells),
        favours=favours,
        identities=() if favours is Favours.NEITHER else by_first or by_second,
        meaning=Meaning.WE_TYPED if told else Meaning.OPEN,
    )


def _mended(
    contest: Contest, numbers: Mapping[str, int], others: Mapping[str, int], cells: tuple[str, ...]
) -> tuple[str, ...]:
    """Return which hard identities a reading would keep if it had these cells of the other; none if it broke more."""
    hard = tuple(one for one in contest.form.identities if one.hard)
    before = {one.identity for one in broken_among(hard, numbers)}
    after = {one.identity for one in broken_among(hard, {**numbers, **{cell: others[cell] for cell in cells}})}
    return () if after - before else tuple(one.id for one in hard if one.id in before - after)


def _sheet(contest: Contest, same: Mapping[str, CellRead]) -> tuple[Hint, ...]:
    """Name each identity that is broken by what both read alike, with its single explanation where there is one."""
    edits = single_edits(contest, same)
    numbers = numbers_of(same)
    found: list[Hint] = []
    for broken in (one for one in broken_identities(contest, same) if one.hard):
        fitting = [one for one in edits if broken.identity in one.identities]
        found.append(_of_sheet(fitting[0]) if len(fitting) == 1 else _unexplained(contest, broken.identity, numbers))
    return tuple(dict.fromkeys(found))


def _of_sheet(edit: Edit) -> Hint:
    return Hint(
        kind=edit.kind,
        cells=edit.cells,
        first=edit.numbers,
        second=edit.numbers,
        favours=Favours.NEITHER,
        identities=edit.identities,
        meaning=Meaning.SHEET_WRONG,
        would_be=edit.would_be,
    )


def _unexplained(contest: Contest, name: str, numbers: Mapping[str, int]) -> Hint:
    cells = next(one.cells for one in contest.form.identities if one.id == name)
    read = tuple(numbers[cell] for cell in cells)
    return Hint(
        kind=Kind.UNEXPLAINED,
        cells=cells,
        first=read,
        second=read,
        favours=Favours.NEITHER,
        identities=(name,),
        meaning=Meaning.SHEET_WRONG,
    )
