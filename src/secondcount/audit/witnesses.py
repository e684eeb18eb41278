"""The search for completions in which a claim about seats is true, and for others in which it is not.

Where the outcome changes on the way from one extreme completion to another, the place is found by bisection.
The search is finite and deterministic, and proves nothing by finding nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise

from secondcount.allocation import Allocation
from secondcount.audit.case import Case
from secondcount.audit.outcomes import Truth, allocation_on, seat_range, truth_of
from secondcount.audit.result import Feasible
from secondcount.model.claim import InClaim, SeatsClaim

__all__ = ["find_witnesses"]

BUDGET = 800
"""Most allocations computed for one claim."""

Totals = Mapping[str, int]
Signature = tuple[object, ...]


def find_witnesses(case: Case, body: SeatsClaim | InClaim) -> dict[Truth, Totals]:
    """Return the first completion found for each truth value; TRUE and FALSE together end the search."""
    search = _Search(case, body)
    extremes = list(_extremes(case))
    marks = [search.look(totals) for totals in extremes]
    for first, second in combinations(range(len(extremes)), 2):
        search.walk(extremes[first], extremes[second], (marks[first], marks[second]))
    return search.found


class _Search:
    """What was found so far, and how many more allocations may be computed."""

    def __init__(self, case: Case, body: SeatsClaim | InClaim) -> None:
        self.case, self.body = case, body
        self.found: dict[Truth, Totals] = {}
        self.left = BUDGET

    @property
    def is_over(self) -> bool:
        """Return whether both answers were found, or the budget is spent."""
        return self.left <= 0 or {Truth.TRUE, Truth.FALSE} <= self.found.keys()

    def look(self, totals: Totals) -> Signature:
        """Compute one allocation, remember what it says, and return what distinguishes its outcome."""
        if self.is_over:
            return ()
        self.left -= 1
        allocation = allocation_on(self.case.frame, totals)
        self.found.setdefault(truth_of(self.body, allocation, self.case.method), totals)
        passing = tuple(one.contestant for one in allocation.lists if one.passes)
        return (self._side(allocation), *passing)

    def _side(self, allocation: Allocation) -> int:
        """Return on which side of the claimed number of seats this is: -1 below, 1 above, 0 neither."""
        low, high = seat_range(allocation, self.body.contestant, self.case.method)
        if isinstance(self.body, InClaim):
            return -int(high < 1)
        return int(low > self.body.seats) - int(high < self.body.seats)

    def walk(self, first: Totals, second: Totals, marks: tuple[Signature, Signature]) -> None:
        """Look at quarters of the way between two completions, then around every change of the outcome."""
        steps = max(abs(second[cell] - first[cell]) for cell in first)
        places = sorted({0, steps // 4, steps // 2, steps - steps // 4, steps})
        known = {0: marks[0], steps: marks[1]}
        waiting = list(pairwise(places))
        for place in places[1:-1]:
            known[place] = self.look(_on_the_way(first, second, place, steps))
        while waiting and not self.is_over:
            low, high = waiting.pop()
            if high - low < 2 or known[low] == known[high]:
                continue
            middle = (low + high) // 2
            known[middle] = self.look(_on_the_way(first, second, middle, steps))
            waiting += [(low, middle), (middle, high)]


def _extremes(case: Case) -> Iterator[Totals]:
    """Yield: nobody votes (CAP); all unseen votes for one; all as on the copies, or as published."""
    scene = case.scene
    if scene.feasible is Feasible.CAP:
        yield dict(scene.copies)
    for chosen in scene.pile.categories:
        yield {cell: count + (scene.unseen if cell == chosen else 0) for cell, count in scene.copies.items()}
    for shape in (scene.copies, scene.pile.official):
        if shape and sum(shape.get(cell, 0) for cell in scene.copies):
            yield _in_proportion(case, shape)


def _in_proportion(case: Case, shape: Totals) -> Totals:
    """Return the copies and the unseen votes divided like `shape`; what rounding leaves over goes to the first."""
    scene = case.scene
    whole = sum(shape.get(cell, 0) for cell in scene.copies)
    parts = {cell: scene.unseen * shape.get(cell, 0) // whole for cell in scene.copies}
    parts[scene.pile.categories[0]] += scene.unseen - sum(parts.values())
    return {cell: count + parts[cell] for cell, count in scene.copies.items()}


def _on_the_way(first: Totals, second: Totals, step: int, steps: int) -> Totals:
    """Return whole numbers `step` of `steps` from one completion to the other, with the total that belongs there."""
    parts = {cell: first[cell] + (second[cell] - first[cell]) * step // steps for cell in first}
    total = sum(first.values()) + (sum(second.values()) - sum(first.values())) * step // steps
    some = next(iter(parts))
    parts[some] += total - sum(parts.values())  # rounding down leaves at most a vote per category
    return parts
