"""Grounds from the pairs of one contestant: "X has at least s seats" and "at most s", whatever the others share out.

X has s seats for certain if the others together cannot keep more than S - s: for each of them, find how many seats
it could hold at most while X has fewer than s. If list m holds n + 1 seats and X at most s - 1, the law has taken m's
last seat before X's next; the assertion "X keeps s against m with n" says that it would not have. The other way round
for "at most". Ties do not matter: the assertions are strict.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from secondcount.audit import catalogue
from secondcount.audit.being_in import two_that_pass
from secondcount.audit.case import Case, Ground
from secondcount.audit.result import Assertion
from secondcount.model.rule import Method

__all__ = ["pairs_at_least", "pairs_at_most"]

UNSURE = 3
"""With more lists that may pass or fail, the sets that could take part are too many to go through."""

Against = Callable[[str, int], Assertion]
"""The assertion about a rival that holds a number of seats."""


def pairs_at_least(case: Case, seats: int) -> Iterator[Ground]:
    """Yield the ground for at least `seats` seats, if there is one."""
    if not 0 < seats <= case.house:
        return
    passing = case.reaches(case.contestant) if case.runner_up is None else two_that_pass(case, case.contestant)
    sets = _possible_sets(case)
    if passing is None or sets is None:
        return
    found = list(passing) if passing else [catalogue.has_votes(case.frame.categories, case.contestant)]
    for lists in sets:
        rivals = [name for name in lists if name != case.contestant]
        pairs = _few(case, rivals, _keeps(case, lists, seats), case.house - seats)
        if pairs is None:
            return
        found += pairs
    yield _ground(case, found)


def pairs_at_most(case: Case, seats: int) -> Iterator[Ground]:
    """Yield the ground for at most `seats` seats, if there is one."""
    rest = two_that_pass(case) if case.runner_up else ()
    sets = _possible_sets(case)
    if seats < 0 or rest is None or sets is None:
        return
    found = list(rest)
    for lists in sets:
        rivals = [name for name in lists if name != case.contestant]
        pairs = _many(case, rivals, _loses(case, lists, seats), case.house - seats)
        if pairs is None:
            return
        found += pairs
    yield _ground(case, found)


def _ground(case: Case, found: Iterable[Assertion]) -> Ground:
    """Return the ground with what it presupposes: who surely passes, and who surely fails."""
    known = [one for name in case.takers for one in (*case.reaches(name), *case.fails(name)) if case.is_sure((one,))]
    return Ground(assertions=tuple(dict.fromkeys((*found, *known))))


def _possible_sets(case: Case) -> list[tuple[str, ...]] | None:
    """Return every set of lists that may take part together with X; None if they are too many.

    Only those that surely reach or surely fail the threshold are settled.
    """
    others = case.rivals
    sure = [name for name in others if case.is_sure(case.reaches(name))]
    open_ones = [name for name in others if name not in sure and not case.is_sure(case.fails(name))]
    if len(open_ones) > UNSURE or case.method not in (Method.HARE, Method.DHONDT, Method.SAINTE_LAGUE):
        return None
    return [
        (case.contestant, *sure, *chosen)
        for size in range(len(open_ones) + 1)
        for chosen in combinations(open_ones, size)
    ]


def _keeps(case: Case, lists: Sequence[str], seats: int) -> Against:
    """Return "X keeps seat number `seats` against a rival with n seats"."""
    return lambda rival, held: _pair(case, lists, (case.contestant, seats), (rival, held))


def _loses(case: Case, lists: Sequence[str], seats: int) -> Against:
    """Return "a rival keeps seat number n against X with `seats` seats"."""
    return lambda rival, held: _pair(case, lists, (rival, held), (case.contestant, seats))


def _pair(case: Case, lists: Sequence[str], winner: tuple[str, int], loser: tuple[str, int]) -> Assertion:
    """Return the pair in the form of the rule's method; nobody needs a pair to keep no seat."""
    rule, categories = case.frame.rule, case.frame.categories
    if rule.method is Method.HARE:
        return catalogue.remainder(categories, lists, rule.seats, (winner, loser))
    return catalogue.average(categories, rule.method, (winner, loser))


def _few(case: Case, rivals: Sequence[str], against: Against, places: int) -> list[Assertion] | None:
    """Return the pairs by which the rivals keep at most `places` seats between them, None if that is not sure."""
    found = []
    for rival in rivals:
        held = _first(range(places + 1), lambda one: case.is_sure((one,)), against, rival)
        if held is None:
            return None
        places -= held
        found.append(against(rival, held))
    return found


def _many(case: Case, rivals: Sequence[str], against: Against, places: int) -> list[Assertion] | None:
    """Return the pairs by which the rivals keep at least `places` seats between them, None if that is not sure."""
    found = []
    for rival in rivals:
        if places <= 0:
            break
        lost = _first(range(1, places + 1), lambda one: not case.is_sure((one,)), against, rival)
        held = places if lost is None else lost - 1
        if held > 0:
            places -= held
            found.append(against(rival, held))
    return found if places <= 0 else None


def _first(seats: range, fits: Callable[[Assertion], bool], against: Against, rival: str) -> int | None:
    """Return the first number of a rival's seats for which the pair fits; it then fits for all larger ones."""
    place = bisect_left(seats, True, key=lambda held: fits(against(rival, held)))
    return seats[place] if place < len(seats) else None
