"""How many further protocols would decide a claim that is open, and which first (audit-methods 4.2, 4.3).

A new copy of a station with mass m raises L_min by L(what it shows) - worst x m: the station is no longer at
its worst. Stations are taken in the order of m, largest first; where they are not listed, all count as average.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from secondcount.audit.feasible import Scene, bound_of, sum_of
from secondcount.audit.linear import negate, value_on
from secondcount.audit.pile import UnseenPart
from secondcount.audit.result import Assertion, Feasible, Further

__all__ = ["NAMED", "further"]

NAMED = 20
"""So many stations or areas are named as the first to get."""


_Sizes = Mapping[tuple[int, int], int]
"""(what they hold together, how many stations) -> parts of the unseen of which that is so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Unseen stations of equal size, and what all larger ones before them come to."""

    stations: int
    mass: Fraction  # what each can hold
    stations_before: int
    mass_before: Fraction

    @property
    def mass_after(self) -> Fraction:
        """Return what these stations and all larger ones hold together."""
        return self.mass_before + self.stations * self.mass


def further(assertion: Assertion, scene: Scene) -> Further:
    """Return how many further copies prove the claim or refute it, at best and if they show something expected."""
    sizes = _sizes(scene)
    groups, turnout = _groups(scene, sizes), _expected_turnout(scene)
    against = negate(assertion)
    seen = _per_vote(assertion, scene.copies)
    published = scene.pile.official_unseen or scene.pile.official
    official = _per_vote(against, published) if published else None
    best, best_against = Fraction(scene.best(assertion)), Fraction(scene.best(against))
    return Further(
        prove_best=_count(assertion, scene, groups, best),
        prove_like_seen=None if seen is None else _count(assertion, scene, groups, seen * turnout),
        refute_best=_count(against, scene, groups, best_against),
        refute_like_official=None if official is None else _count(against, scene, groups, official * turnout),
        first=_first(scene, sizes),
        prove_best_usual_cast=_count(assertion, scene, groups, best * turnout),
        refute_best_usual_cast=_count(against, scene, groups, best_against * turnout),
    )


def _sizes(scene: Scene) -> _Sizes:
    """Return how many parts of the unseen have each size, of those with stations and a known mass.

    Half a million stations have some thousand sizes: fractions are formed of those only.
    """
    parts = ((_mass_of(part, scene.feasible), part.stations) for part in scene.pile.unseen_parts)
    counted = Counter(parts)
    return {(mass, stations): count for (mass, stations), count in counted.items() if mass is not None and stations}


def _groups(scene: Scene, sizes: _Sizes) -> tuple[_Group, ...]:
    """Return the unseen stations by size, largest first; empty where their number is not known."""
    stations = scene.stations_unseen
    if not stations:
        return ()
    if not _is_complete(scene, stations):
        sizes = {(scene.unseen, stations): 1}
    by_size: dict[Fraction, int] = {}
    for (mass, several), count in sizes.items():
        size = Fraction(mass, several)
        by_size[size] = by_size.get(size, 0) + several * count
    return _ranked(by_size)


def _is_complete(scene: Scene, stations: int) -> bool:
    """Return whether the parts are all the unseen stations, each with a known mass, and all that these can hold."""
    parts = scene.pile.unseen_parts
    masses = [_mass_of(part, scene.feasible) for part in parts]
    known = [mass for mass in masses if mass is not None]
    every = len(known) == len(parts) and sum(part.stations for part in parts) == stations
    return every and sum(known) == scene.unseen


def _ranked(by_size: Mapping[Fraction, int]) -> tuple[_Group, ...]:
    """Return the stations of each size that is more than nothing, largest first."""
    found: list[_Group] = []
    stations, mass = 0, Fraction(0)
    for size in sorted((size for size in by_size if size > 0), reverse=True):
        group = _Group(stations=by_size[size], mass=size, stations_before=stations, mass_before=mass)
        stations, mass = stations + group.stations, group.mass_after
        found.append(group)
    return tuple(found)


def _expected_turnout(scene: Scene) -> Fraction:
    """Return the votes expected per unit of mass: all of it under TURNOUT; under CAP as published, else as seen."""
    pile = scene.pile
    if scene.feasible is Feasible.TURNOUT:
        return Fraction(1)
    if pile.unseen_cast is not None and 0 <= pile.unseen_cast <= scene.unseen and scene.unseen:
        return Fraction(pile.unseen_cast, scene.unseen)
    caps = sum_of(pile.sheets["cap"])
    return Fraction(sum_of(pile.sheets["cast"]), caps) if caps else Fraction(1)


def _mass_of(part: UnseenPart, feasible: Feasible) -> int | None:
    return part.cap if feasible is Feasible.CAP else part.cast


def _per_vote(assertion: Assertion, votes: Mapping[str, int]) -> Fraction | None:
    """Return the mean of L per vote in this distribution of votes, None where there are none."""
    cells = [cell for cell, _ in assertion.coefficients]
    total = sum(votes.get(cell, 0) for cell in cells)
    return Fraction(value_on(assertion, votes) - assertion.constant, total) if total else None


def _count(assertion: Assertion, scene: Scene, groups: Sequence[_Group], rate: Fraction) -> int | None:
    """Return the least number of new copies after which the assertion is met; None = not even all of them.

    Each shows L = rate x what its station can hold, and takes away the worst that this station could have shown: so
    every unit of mass gains the same, and the mass that is needed is found among the sums of the largest stations.
    """
    bound = bound_of(assertion, scene)
    if _is_enough(assertion, Fraction(bound.least)):
        return 0
    gain = rate - bound.worst_coefficient
    if gain <= 0:
        return None
    needed = Fraction(-bound.least, gain)
    # The first group after which the mass is enough: more than `needed` if strict, `needed` itself otherwise.
    at = bisect_left(
        groups, True, key=lambda one: one.mass_after > needed if assertion.strict else one.mass_after >= needed
    )
    if at == len(groups):
        return None
    group = groups[at]
    steps = Fraction(needed - group.mass_before, group.mass)
    return group.stations_before + (floor(steps) + 1 if assertion.strict else ceil(steps))


def _is_enough(assertion: Assertion, least: Fraction) -> bool:
    return least > 0 if assertion.strict else least >= 0


def _first(scene: Scene, sizes: _Sizes) -> tuple[str, ...]:
    """Return the stations or areas to get first: those whose stations can hold most, equal ones by their id."""
    ranks = {size: Fraction(*size) for size in sizes}
    wanted: set[Fraction] = set()
    named = 0
    for size in sorted(sizes, key=lambda one: ranks[one], reverse=True):
        if named >= NAMED and ranks[size] not in wanted:
            break
        wanted.add(ranks[size])
        named += sizes[size]
    least = {(mass, stations) for (mass, stations), rank in ranks.items() if rank in wanted}
    sized = [
        (ranks[mass, part.stations], part.id)
        for part in scene.pile.unseen_parts
        if (mass := _mass_of(part, scene.feasible)) is not None and (mass, part.stations) in least
    ]
    return tuple(name for _, name in sorted(sized, key=lambda one: (-one[0], one[1]))[:NAMED])
