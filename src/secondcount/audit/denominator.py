"""The denominator of a percentage, expressed in the disjoint categories into which every vote falls exactly once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from secondcount.model.election import Contest
from secondcount.model.form import Role

__all__ = ["Denominator", "categories_of", "denominator", "express", "rule_base"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Denominator:
    """A base as a set of categories; `base` is the id of the base that was formed, which need not be the one asked.

    `base` is empty where no base of the contest can be formed: then it is the votes of all contestants.
    """

    base: str
    asked: str
    cells: tuple[str, ...]

    @property
    def as_asked(self) -> bool:
        """Return whether this is the base that was asked for."""
        return self.base == self.asked


def categories_of(contest: Contest) -> tuple[str, ...]:
    """Return where a ballot can go: every contestant, "against all" included, then the line for invalid ballots."""
    invalid = contest.form.line_of(Role.INVALID)
    names = tuple(one.id for one in contest.contestants)
    return (*names, invalid.id) if invalid else names


def rule_base(contest: Contest) -> str:
    """Return the id of the base that the contest's rule takes its share of."""
    return contest.rule.threshold.base if contest.rule.threshold else contest.share_base


def denominator(contest: Contest, asked: str, categories: Sequence[str]) -> Denominator:
    """Return the base asked for, or where these categories cannot form it, the first of the others that they can.

    The base of the published percentages comes first among the others. What was used stands in `base`.
    """
    for base in dict.fromkeys((asked, contest.share_base, *(one.id for one in contest.bases))):
        cells = express(contest, base, categories)
        if cells:
            return Denominator(base=base, asked=asked, cells=cells)
    names = [one.id for one in contest.contestants]
    return Denominator(base="", asked=asked, cells=tuple(cell for cell in categories if cell in names))


def express(contest: Contest, base_id: str, categories: Sequence[str]) -> tuple[str, ...] | None:
    """Return the categories whose sum is the base, or None where it is not a sum of different ones of them.

    A line of valid votes is the sum of all contestants; a line of voters who took part, or of ballots found
    in boxes, is that and the invalid ones, where the form has a line for those.
    """
    base = contest.base(base_id)
    parts = [_cells_of(contest, cell) for cell in base.cells] if base else []
    flat = [cell for part in parts for cell in part]
    disjoint = len(flat) == len(set(flat)) and set(flat) <= set(categories)
    if not flat or not all(parts) or not disjoint:
        return None
    return tuple(cell for cell in categories if cell in flat)


def _cells_of(contest: Contest, cell: str) -> tuple[str, ...]:
    """Return the categories that one cell of a base is the sum of; none where it is no such sum."""
    names = tuple(one.id for one in contest.contestants)
    role = next((line.role for line in contest.form.lines if line.id == cell), None)
    invalid = contest.form.line_of(Role.INVALID)
    if cell in names or (invalid and cell == invalid.id):
        return (cell,)
    if role is Role.VALID:
        return names
    if role in (Role.TOOK_PART, Role.IN_BOXES) and invalid:
        return (*names, invalid.id)
    return ()
