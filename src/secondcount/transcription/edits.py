"""The slips by which a number on paper becomes another one on the screen, and which single one would mend a sheet.

Proposals, never corrections: nothing here changes a reading. Integers only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from secondcount.model.election import Contest
from secondcount.model.form import Identity, Relation
from secondcount.transcription.cells import LARGEST_VALUE, CellRead, numbers_of
from secondcount.transcription.identities import broken_among

__all__ = ["Edit", "Kind", "kind_of_edit", "single_edits"]


class Kind(StrEnum):
    """What happened between two numbers, or between two rows."""

    ONE_DIGIT = "one_digit"
    TRANSPOSITION = "transposition"  # two neighbouring digits the other way round
    MISSING_DIGIT = "missing_digit"  # one digit too few, or one too many
    SWAPPED_ROWS = "swapped_rows"
    SHIFTED_ROWS = "shifted_rows"  # three rows or more, each with the number of its neighbour
    UNEXPLAINED = "unexplained"  # none of these


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A single slip that would explain why a sheet breaks its identities."""

    kind: Kind
    cells: tuple[str, ...]
    numbers: tuple[int, ...]  # as read
    would_be: tuple[int, ...]  # with which these identities would hold
    identities: tuple[str, ...]  # ids


def kind_of_edit(one: int, other: int) -> Kind | None:
    """Return by which slip of digits one number becomes the other, whichever way round; None if by none."""
    short, long = sorted((str(one), str(other)), key=len)
    if len(short) == len(long):
        return _same_length(short, long)
    removed = (long[:at] + long[at + 1 :] for at in range(len(long)))
    return Kind.MISSING_DIGIT if len(long) == len(short) + 1 and short in removed else None


def _same_length(one: str, other: str) -> Kind | None:
    apart = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(apart) == 1:
        return Kind.ONE_DIGIT
    if len(apart) != 2:
        return None
    at = apart[0]  # two digits that are not neighbours cannot be each other's
    return Kind.TRANSPOSITION if one[at : at + 2] == other[at + 1] + other[at] else None


def single_edits(contest: Contest, cells: Mapping[str, CellRead]) -> tuple[Edit, ...]:
    """Return every single slip without which broken hard identities would hold and no other would break.

    Asked of equations alone: an inequality that does not hold says by how much at least, not which number was meant.
    Those that explain most come first, then in the order of the form.
    """
    numbers = numbers_of(cells)
    hard = tuple(one for one in contest.form.identities if one.hard)
    before = {one.identity for one in broken_among(hard, numbers)}
    found: dict[tuple[tuple[str, int], ...], Edit] = {}
    for identity in (one for one in hard if one.id in before and one.relation is Relation.EQUAL):
        for kind, would_be in _candidates(identity, numbers):
            after = {one.identity for one in broken_among(hard, {**numbers, **would_be})}
            if not after - before:
                edit = _edit(kind, numbers, would_be, [one.id for one in hard if one.id in before - after])
                found.setdefault(tuple(would_be.items()), edit)
    return tuple(sorted(found.values(), key=lambda one: -len(one.identities)))


def _edit(kind: Kind, numbers: Mapping[str, int], would_be: Mapping[str, int], identities: list[str]) -> Edit:
    return Edit(
        kind=kind,
        cells=tuple(would_be),
        numbers=tuple(numbers[cell] for cell in would_be),
        would_be=tuple(would_be.values()),
        identities=tuple(identities),
    )


def _candidates(identity: Identity, numbers: Mapping[str, int]) -> Iterator[tuple[Kind, dict[str, int]]]:
    """Yield each slip that would close the gap of one equation: a number by its digits, or two rows swapped."""
    times = _coefficients(identity)
    gap = sum(many * numbers[cell] for cell, many in times.items())
    gap += identity.left.constant - identity.right.constant
    for cell, many in times.items():
        if many and gap % many == 0 and 0 <= (meant := numbers[cell] - gap // many) <= LARGEST_VALUE:
            kind = kind_of_edit(numbers[cell], meant)
            if kind is not None:
                yield kind, {cell: meant}
    rows = tuple(times.items())
    for at, (one, many) in enumerate(rows):
        for other, more in rows[at + 1 :]:
            if (many - more) * (numbers[other] - numbers[one]) == -gap:
                yield Kind.SWAPPED_ROWS, {one: numbers[other], other: numbers[one]}


def _coefficients(identity: Identity) -> dict[str, int]:
    """Return how often each cell counts in left minus right."""
    times: dict[str, int] = {}
    for sign, side in ((1, identity.left), (-1, identity.right)):
        for many, cell in side.terms:
            times[cell] = times.get(cell, 0) + sign * many
    return times
