"""Small and large elections for the laws of allocation, and the definitions of the methods written out naively."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import settings
from hypothesis import strategies as st

from secondcount.model.rule import Leftover, Method, Rule, Ties
from unit.allocation.rules import at_least, kazakh, more_than, named

many = settings(max_examples=300)  # an allocation takes microseconds, and ties are rare

QUOTAS = (Method.HARE, Method.DROOP)
DIVISORS = (Method.DHONDT, Method.SAINTE_LAGUE)
PROPORTIONAL = (*QUOTAS, *DIVISORS)
DIVISOR = {Method.DHONDT: lambda seat: seat, Method.SAINTE_LAGUE: lambda seat: 2 * seat - 1}

# Small counts make ties, large ones make remainders that floats would confuse.
counts = st.one_of(st.integers(0, 12), st.integers(0, 1_000), st.integers(0, 10_000_000))
# One large list and small ones that are often equal: where a second list is admitted, and tied for it.
dominated = st.builds(
    lambda small, large, place: [*small[:place], large, *small[place:]],
    st.lists(st.integers(0, 9), min_size=1, max_size=6),
    st.integers(200, 100_000),
    st.integers(0, 6),
)
ballots = st.one_of(st.lists(counts, min_size=1, max_size=7), dominated).map(lambda votes: named(*votes))
tiny_ballots = st.lists(st.integers(0, 9), min_size=1, max_size=4).map(lambda votes: named(*votes))
houses = st.integers(0, 120)
shares = st.builds(Fraction, st.integers(1, 30), st.just(100))
thresholds = st.one_of(st.none(), st.builds(at_least, shares), st.builds(more_than, shares))


@st.composite
def rules(draw: st.DrawFn, methods: tuple[Method, ...] = tuple(Method)) -> Rule:
    """Draw any rule that is coded: every method, threshold, way to settle ties, and the runner-up rule."""
    ties = draw(st.sampled_from(Ties))
    order = tuple(draw(st.permutations("abcdefg"))) if ties is Ties.ORDER else ()
    if Method.HARE in methods and draw(st.integers(0, 2)) == 0:
        return kazakh(draw(st.sampled_from(Leftover)), seats=draw(houses), ties=ties, order=order)
    method = draw(st.sampled_from(methods))
    house = draw(st.integers(0, 1)) if method is Method.MAJORITY else draw(houses)
    return Rule(method=method, seats=house, ties=ties, tie_order=order, threshold=draw(thresholds))


def compositions(house: int, lists: int) -> list[tuple[int, ...]]:
    """Return every way to give `house` seats to so many lists."""
    return [seats for seats in product(range(house + 1), repeat=lists) if sum(seats) == house]


def successive(votes: dict[str, int], house: int, method: Method) -> set[tuple[int, ...]]:
    """Give seats one by one to the highest average, and follow every way to break a tie: the definition itself."""
    names = [name for name in votes if votes[name] > 0]
    worlds = {tuple(0 for _ in names)}
    for _ in range(house):
        following = set()
        for seats in worlds:
            averages = [
                Fraction(votes[name], DIVISOR[method](held + 1)) for name, held in zip(names, seats, strict=True)
            ]
            best = max(averages)
            following |= {
                tuple(held + (index == winner) for index, held in enumerate(seats))
                for winner, average in enumerate(averages)
                if average == best
            }
        worlds = following
    return {tuple(dict(zip(names, seats, strict=True)).get(name, 0) for name in votes) for seats in worlds}
