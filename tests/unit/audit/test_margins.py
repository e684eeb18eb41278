"""Margins: the least votes that break an assertion, held against every way to move or add votes."""

from __future__ import annotations

from fractions import Fraction

import pytest

from auditing.piles import compositions
from secondcount.audit import lose_by_moving, margin, reach_by_adding, reach_by_moving
from secondcount.audit.linear import holds_on
from secondcount.audit.result import Assertion, AssertionKind
from secondcount.model.rule import Comparison
from secondcount.rehearsal.dice import Dice

NAMES = ("a", "b", "c", "d")
SHARES = (Fraction(0), Fraction(1, 20), Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(1))
REACHING = (Comparison.AT_LEAST, Comparison.MORE_THAN)


def form(*coefficients: int, strict: bool = False, constant: int = 0) -> Assertion:
    """Return an assertion with these coefficients on a, b, c, ..."""
    return Assertion(
        kind=AssertionKind.LEAD,
        winner="a",
        loser="b",
        coefficients=tuple(zip(NAMES, coefficients, strict=False)),
        constant=constant,
        strict=strict,
    )


def fewest_moves(assertion: Assertion, votes: dict[str, int]) -> int | None:
    """Return the least votes moved over all ways to divide the same total anew, None if none breaks it."""
    moves = [
        sum(max(0, votes[cell] - now) for cell, now in zip(votes, other, strict=True))
        for other in compositions(sum(votes.values()), len(votes))
        if not holds_on(assertion, dict(zip(votes, other, strict=True)))
    ]
    return min(moves, default=None)


def test_moved_votes_are_the_fewest_of_all_ways() -> None:
    """The greedy number of moved votes equals the minimum over all redistributions, availability included."""
    dice = Dice("moved")
    for _ in range(400):
        votes = {name: dice.between(0, 4) for name in NAMES[: dice.between(2, 3)]}
        factors = [dice.between(-5, 5) for _ in votes]
        assertion = form(*factors, strict=dice.below(2) == 1, constant=dice.between(-3, 3))
        assert margin(assertion, votes).moved == fewest_moves(assertion, votes), (assertion, votes)


def test_donors_run_dry() -> None:
    """A category cannot give more votes than it has: the next one gives, and that takes more votes."""
    found = margin(form(10, 5, -10), {"a": 1, "b": 100, "c": 0})
    assert found.value == 511
    assert found.moved == 1 + 33  # one vote from a is worth 20, then 33 from b are worth 15 each: 515 >= 511
    assert (found.moved_from, found.moved_to) == ("a", "c")


def test_what_cannot_break_has_no_margin() -> None:
    """Where no votes moved or added can break the assertion, there is no number, not a large one."""
    found = margin(form(1, 1), {"a": 3, "b": 4})
    assert (found.moved, found.added, found.moved_from, found.moved_to) == (None, None, "", "")


def test_a_broken_assertion_needs_no_votes() -> None:
    """V <= 0 says that the assertion does not hold: nothing has to be moved."""
    found = margin(form(1, -1, strict=True), {"a": 3, "b": 3})
    assert (found.value, found.moved, found.added, found.moved_from) == (0, 0, 0, "")


def test_added_votes_are_the_fewest_in_one_category() -> None:
    """The added votes break the assertion, one less do not, in whichever single category they are added."""
    dice = Dice("added")
    for _ in range(400):
        votes = {name: dice.between(0, 9) for name in NAMES}
        assertion = form(*(dice.between(-4, 4) for _ in votes), strict=dice.below(2) == 1)
        found = margin(assertion, votes)
        broken = [
            more
            for more in range(160)
            if any(not holds_on(assertion, {**votes, cell: votes[cell] + more}) for cell in votes)
        ]
        assert found.added == (broken[0] if broken else None)


@pytest.mark.parametrize("comparison", REACHING)
def test_reaching_and_losing_a_share_take_the_fewest_votes(comparison: Comparison) -> None:
    """Votes to move to a list, to add to it, or to take from it: each the first number that changes the answer."""

    def reaches(votes: int, base: int, share: Fraction) -> bool:
        return votes > share * base if comparison is Comparison.MORE_THAN else votes >= share * base

    for share in SHARES:
        for base in range(13):
            for votes in range(base + 1):
                to = [x for x in range(base - votes + 1) if reaches(votes + x, base, share)]
                added = [x for x in range(200) if reaches(votes + x, base + x, share)]
                away = [x for x in range(votes + 1) if not reaches(votes - x, base, share)]
                assert reach_by_moving(votes, base, share, comparison) == (to[0] if to else None)
                assert reach_by_adding(votes, base, share, comparison) == (added[0] if added else None)
                assert lose_by_moving(votes, base, share, comparison) == (away[0] if away else None)
