"""All published figures of one election, found by place, quantity and role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from secondcount.model.election import Contest, Election
from secondcount.model.form import Role
from secondcount.model.issue import Where
from secondcount.model.publication import Publication, Quantity, Stage
from secondcount.tabulation.figures import Figure, Interval, total

__all__ = ["Measure", "Place", "Published", "index_figures"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """One area in one publication, for one contest ("" = for every contest)."""

    publication: str
    contest: str
    area: str

    def where(self, cell: str = "") -> Where:
        """Return this place as the place of an issue."""
        return Where(publication=self.publication, contest=self.contest, area=self.area, cell=cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a figure of a place measures: a quantity, of a cell, for leads also over whom."""

    quantity: Quantity
    cell: str = ""
    minus: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The figures of all publications; of several sources of one figure the first row counts, the others are checked.

    `publications` are those that have figures, oldest first.
    """

    election: Election
    publications: tuple[Publication, ...]
    sources: Mapping[Place, Mapping[Measure, tuple[Figure, ...]]]
    roles: Mapping[tuple[str, str], Role]  # (contest, line id) -> role; contest "" = any

    def places(self) -> Iterator[Place]:
        """Yield every place that has figures, publications oldest first."""
        return iter(self.sources)

    def contest_of(self, place: Place) -> Contest | None:
        """Return the contest of a place, or None where the figures concern every contest."""
        return self.election.contest(place.contest)

    def figures_at(self, place: Place, quantity: Quantity) -> dict[str, Figure]:
        """Return the figures of one quantity, by cell, each from its first source."""
        measures = self.sources.get(place, {})
        return {one.cell: rows[0] for one, rows in measures.items() if one.quantity is quantity}

    def count(self, place: Place, cell: str) -> Figure | None:
        """Return a published count, from the contest's own figures or else from those for every contest."""
        measure = Measure(quantity=Quantity.COUNT, cell=cell)
        for one in (place, replace(place, contest="")):
            rows = self.sources.get(one, {}).get(measure)
            if rows:
                return rows[0]
        return None

    def by_role(self, place: Place, role: Role) -> Figure | None:
        """Return the published count of the line with this role.

        It is looked for in the contest's own figures, then in those for every contest;
        for a place without a contest also in those of each contest.
        """
        others = ("",) if place.contest else tuple(one.id for one in self.election.contests)
        for contest in (place.contest, *others):
            for cell, figure in self.figures_at(replace(place, contest=contest), Quantity.COUNT).items():
                if self.roles.get((contest, cell)) is role:
                    return figure
        return None

    def line_of_role(self, place: Place, role: Role) -> str:
        """Return the id of the contest's (or any contest's) line with this role, "" where there is none."""
        found = (line for (contest, line), one in self.roles.items() if contest == place.contest and one is role)
        return next(found, "")

    def turnout(self, place: Place) -> Figure | None:
        """Return the published turnout of a place, from the contest's own figures or else from those for all."""
        for contest in (place.contest, ""):
            found = self.figures_at(replace(place, contest=contest), Quantity.TURNOUT)
            if found:
                return next(iter(found.values()))
        return None

    def sum_of(self, place: Place, cells: Iterable[str]) -> Interval | None:
        """Return the sum of published counts, or None where one of them is missing or none is asked for."""
        found = [self.count(place, cell) for cell in cells]
        known = [one.interval for one in found if one is not None]
        return total(known) if known and len(known) == len(found) else None

    def votes_of_all(self, place: Place) -> Interval | None:
        """Return the votes for all contestants together, or None where one of them is not published."""
        contest = self.contest_of(place)
        return None if contest is None else self.sum_of(place, (one.id for one in contest.contestants))

    def stage(self, place: Place) -> Stage:
        """Return the stage of the place's publication."""
        return next(one.stage for one in self.publications if one.id == place.publication)


def index_figures(election: Election, publications: Sequence[Publication], figures: Iterable[Figure]) -> Published:
    """Return the figures as an index; rows of a publication that is not listed are left out.

    Where the election has one contest, figures for every contest are that contest's.
    """
    only = election.contests[0].id if len(election.contests) == 1 else ""
    order = {one.id: rank for rank, one in enumerate(publications)}
    sources: dict[Place, dict[Measure, tuple[Figure, ...]]] = {}
    for one in sorted((row for row in figures if row.publication in order), key=lambda row: order[row.publication]):
        place = Place(publication=one.publication, contest=one.contest or only, area=one.area)
        measure = Measure(quantity=one.quantity, cell=one.cell, minus=one.minus)
        measures = sources.setdefault(place, {})
        measures[measure] = (*measures.get(measure, ()), one)
    used = {place.publication for place in sources}
    return Published(
        election=election,
        publications=tuple(one for one in publications if one.id in used),
        sources=sources,
        roles=_roles(election),
    )


def _roles(election: Election) -> Mapping[tuple[str, str], Role]:
    """Return the role of every protocol line; under contest "" the first contest that has such a line."""
    found: dict[tuple[str, str], Role] = {}
    for contest in election.contests:
        for line in contest.form.lines:
            found[contest.id, line.id] = line.role
            found.setdefault(("", line.id), line.role)
    return found
