"""Law: further copies are counted as if each were taken by itself, the largest station first."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditing.piles import pile
from secondcount.audit.feasible import Scene, bound_of, scene_of
from secondcount.audit.further import NAMED, further
from secondcount.audit.linear import negate, value_on
from secondcount.audit.pile import Pile, UnseenPart
from secondcount.audit.result import Assertion, AssertionKind, Feasible, Further

CELLS = ("a", "b", "c")
masses = st.one_of(st.none(), st.integers(0, 6), st.integers(0, 3_000))
parts = st.builds(
    UnseenPart,
    id=st.sampled_from([f"u{at:02}" for at in range(30)]),
    stations=st.sampled_from([1, 1, 1, 1, 0, 2, 3, 7]),
    cap=masses,
    cast=masses,
)
rows = st.lists(st.fixed_dictionaries({cell: st.integers(0, 400) for cell in CELLS}), min_size=1, max_size=4)
assertions = st.builds(
    Assertion,
    kind=st.just(AssertionKind.LEAD),
    winner=st.just("a"),
    loser=st.just("b"),
    coefficients=st.tuples(*(st.tuples(st.just(cell), st.integers(-5, 20)) for cell in CELLS)),
    constant=st.integers(-3, 3),
    strict=st.booleans(),
)


@st.composite
def piles(draw: st.DrawFn) -> Pile:
    """Return copies with unseen stations, mostly of known size, sometimes with holes or of another number."""
    unseen = draw(st.lists(parts, max_size=28))
    if draw(st.booleans()):
        unseen = [replace(one, cap=one.cap or 0, cast=one.cast or 0) for one in unseen]
    copies = draw(rows)
    stations = len(copies) + sum(one.stations for one in unseen) + draw(st.sampled_from([0, 0, 0, 2]))
    more = draw(st.sampled_from([0, 0, 0, 5]))
    official = draw(st.one_of(st.none(), st.fixed_dictionaries({cell: st.integers(0, 900) for cell in CELLS})))
    held = pile(CELLS, copies, stations=stations, official=official)
    return replace(
        held,
        unseen_parts=tuple(unseen),
        unseen_cap=sum(one.cap or 0 for one in unseen) + more,
        unseen_cast=sum(one.cast or 0 for one in unseen) + more,
    )


def mass_of(part: UnseenPart, scene: Scene) -> int | None:
    """Return what a part can hold."""
    return part.cap if scene.feasible is Feasible.CAP else part.cast


def stations_of(scene: Scene) -> list[Fraction]:
    """Return the size of each unseen station, one by one, largest first."""
    count = scene.stations_unseen or 0
    if not count:
        return []
    known = [(one.stations, mass_of(one, scene)) for one in scene.pile.unseen_parts]
    several = sum(stations for stations, _ in known)
    if any(mass is None for _, mass in known) or (several, sum(mass or 0 for _, mass in known)) != (
        count,
        scene.unseen,
    ):
        return [Fraction(scene.unseen, count)] * count
    sizes = [Fraction(mass or 0, stations) for stations, mass in known for _ in range(stations)]
    return sorted(sizes, reverse=True)


def one_by_one(assertion: Assertion, scene: Scene, rate: Fraction) -> int | None:
    """Return how many copies it takes when they arrive one after the other."""
    bound = bound_of(assertion, scene)
    reached, taken = Fraction(bound.least), 0
    sizes = stations_of(scene)
    while not (reached > 0 if assertion.strict else reached >= 0):
        gain = (rate - bound.worst_coefficient) * sizes[taken] if taken < len(sizes) else Fraction(0)
        if gain <= 0:
            return None
        reached, taken = reached + gain, taken + 1
    return taken


def by_hand(assertion: Assertion, scene: Scene) -> Further:
    """Return all of it by its definition."""
    held, against = scene.pile, negate(assertion)
    turnout = Fraction(1)
    if scene.feasible is Feasible.CAP:
        caps = sum(held.sheets["cap"])
        turnout = Fraction(sum(held.sheets["cast"]), caps) if caps else Fraction(1)
        if held.unseen_cast is not None and 0 <= held.unseen_cast <= scene.unseen and scene.unseen:
            turnout = Fraction(held.unseen_cast, scene.unseen)

    def mean(of: Assertion, votes: dict[str, int]) -> Fraction | None:
        total = sum(votes.values())
        return Fraction(value_on(of, votes) - of.constant, total) if total else None

    seen, official = mean(assertion, dict(scene.copies)), mean(against, dict(held.official or {}))
    best, worst = Fraction(scene.best(assertion)), Fraction(scene.best(against))
    named = [
        (Fraction(mass, one.stations), one.id)
        for one in held.unseen_parts
        if one.stations and (mass := mass_of(one, scene)) is not None
    ]
    return Further(
        prove_best=one_by_one(assertion, scene, best),
        prove_like_seen=None if seen is None else one_by_one(assertion, scene, seen * turnout),
        refute_best=one_by_one(against, scene, worst),
        refute_like_official=None if official is None else one_by_one(against, scene, official * turnout),
        first=tuple(name for _, name in sorted(named, key=lambda one: (-one[0], one[1]))[:NAMED]),
        prove_best_usual_cast=one_by_one(assertion, scene, best * turnout),
        refute_best_usual_cast=one_by_one(against, scene, worst * turnout),
    )


@settings(max_examples=150, deadline=None)
@given(piles(), assertions, st.sampled_from(list(Feasible)))
def test_counts_are_those_of_one_copy_after_the_other(held: Pile, assertion: Assertion, feasible: Feasible) -> None:
    """Numbers and names are exactly those of taking every unseen station by itself."""
    scene = scene_of(held, feasible)
    if isinstance(scene, Scene):
        assert further(assertion, scene) == by_hand(assertion, scene)


@pytest.mark.parametrize(("strict", "copies"), [(False, 3), (True, 4)])
def test_a_strict_assertion_needs_one_copy_more_where_the_mass_just_reaches_nought(strict: bool, copies: int) -> None:
    """L is -15 with all five stations at their worst, and each new copy gains 5: three reach 0, four go beyond it."""
    held = pile(CELLS, [{"a": 0, "b": 0, "c": 0}], stations=6, unseen_cast=25)
    held = replace(held, unseen_parts=tuple(UnseenPart(id=f"u{at}", cap=5, cast=5) for at in range(5)))
    lead = Assertion(
        kind=AssertionKind.LEAD,
        winner="a",
        loser="b",
        coefficients=(("a", 0), ("b", -1), ("c", 0)),
        constant=10,
        strict=strict,
    )
    scene = scene_of(held, Feasible.TURNOUT)
    assert isinstance(scene, Scene)
    assert further(lead, scene).prove_best == copies
