"""How many further protocols would decide a claim that is open, and which first (audit-methods 4.2, 4.3).

A new copy of a station with mass m raises L_min by L(what it shows) - worst x m: the station is no longer at
its worst. Stations are taken in the order of m, largest first; where they are not listed, all count as average.
"""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Unseen stations of equal size: what each can hold, and how many votes it is expected to show."""

    stations: int
    mass: Fraction
    cast: Fraction


def further(assertion: Assertion, scene: Scene) -> Further:
    """Return how many further copies prove the claim or refute it, at best and if they show something expected."""
    groups = _groups(scene)
    against = negate(assertion)
    seen = _per_vote(assertion, scene.copies)
    published = scene.pile.official_unseen or scene.pile.official
    official = _per_vote(against, published) if published else None
    return Further(
        prove_best=_count(assertion, scene, groups, None, full=True),
        prove_like_seen=None if seen is None else _count(assertion, scene, groups, seen),
        refute_best=_count(against, scene, groups, None, full=True),
        refute_like_official=None if official is None else _count(against, scene, groups, official),
        first=_first(scene),
        prove_best_usual_cast=_count(assertion, scene, groups, None),
        refute_best_usual_cast=_count(against, scene, groups, None),
    )


def _groups(scene: Scene) -> tuple[_Group, ...]:
    """Return the unseen stations by size, largest first; empty where their number is not known."""
    stations = scene.stations_unseen
    if not stations:
        return ()
    turnout = _expected_turnout(scene)
    parts = scene.pile.unseen_parts
    masses = [_mass_of(part, scene.feasible) for part in parts]
    known = [mass for mass in masses if mass is not None]
    complete = len(known) == len(parts) and sum(known) == scene.unseen
    if not complete or sum(part.stations for part in parts) != stations:
        parts, known = (UnseenPart(id="", stations=stations),), [scene.unseen]
    by_size: dict[Fraction, int] = {}
    for part, mass in zip(parts, known, strict=True):
        if part.stations:
            size = Fraction(mass, part.stations)
            by_size[size] = by_size.get(size, 0) + part.stations
    sizes = sorted(by_size, reverse=True)
    return tuple(_Group(stations=by_size[size], mass=size, cast=turnout * size) for size in sizes)


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


def _count(
    assertion: Assertion, scene: Scene, groups: Sequence[_Group], per_vote: Fraction | None, *, full: bool = False
) -> int | None:
    """Return the least number of new copies after which the assertion is met; None = not even all of them.

    Each shows L = per_vote x votes cast (None: the best there is), of its whole mass if `full`.
    """
    bound = bound_of(assertion, scene)
    rate = Fraction(scene.best(assertion)) if per_vote is None else per_vote
    reached, count = Fraction(bound.least), 0
    for group in groups:
        gain = rate * (group.mass if full else group.cast) - bound.worst_coefficient * group.mass
        if gain <= 0 or _is_enough(assertion, reached):
            break
        steps = Fraction(-reached, gain)
        taken = min(group.stations, floor(steps) + 1 if assertion.strict else ceil(steps))
        count, reached = count + taken, reached + taken * gain
    return count if _is_enough(assertion, reached) else None


def _is_enough(assertion: Assertion, least: Fraction) -> bool:
    return least > 0 if assertion.strict else least >= 0


def _first(scene: Scene) -> tuple[str, ...]:
    """Return the stations or areas to get first: those whose stations can hold most."""
    sized = [
        (Fraction(mass, part.stations), part.id)
        for part in scene.pile.unseen_parts
        if part.stations and (mass := _mass_of(part, scene.feasible)) is not None
    ]
    return tuple(name for _, name in sorted(sized, key=lambda one: (-one[0], one[1]))[:NAMED])
