"""Law: an allocation's assertions hold together exactly where the same allocation results, at any size."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from auditing.contests import contest
from auditing.truth import allocation_of
from property.allocation_worlds import counts, rules
from secondcount.allocation import Allocation
from secondcount.audit import assertions_of, margin, refusals_of
from secondcount.audit.linear import holds_on
from secondcount.model.election import Contest
from secondcount.model.rule import Method, Rule

pairs = st.integers(2, 5).flatmap(lambda size: st.tuples(votes(size), votes(size)))


def votes(size: int) -> st.SearchStrategy[list[int]]:
    """Return votes of so many lists, small ones for ties and large ones for near misses."""
    return st.lists(st.one_of(st.integers(0, 12), counts), min_size=size, max_size=size)


def outcome(held: Contest, found: Allocation) -> tuple[object, ...]:
    """Return what an allocation decides."""
    asks = held.rule.threshold is not None and held.rule.method is not Method.MAJORITY
    free = held.rule.threshold.exempt if held.rule.threshold else ()  # of these, only their votes decide
    passing = tuple(one.passes for one in found.lists if one.contestant not in free) if asks else ()
    seats = tuple(one.seats for one in found.lists)
    return seats, passing, found.runner_up, frozenset(found.second_round), found.undistributed, bool(found.lots)


def exempting(by: Rule, names: str, spared: set[str]) -> Rule:
    """Return the rule with some lists exempt from its threshold, where a rule may have them."""
    if by.threshold is None or by.threshold.runner_up or by.method is Method.MAJORITY:
        return by
    return replace(by, threshold=replace(by.threshold, exempt=tuple(sorted(spared & set(names)))))


@settings(max_examples=600)
@given(rules(), pairs, st.integers(0, 4), st.sets(st.sampled_from("abc")))
def test_assertions_are_necessary_and_sufficient(
    by: Rule, both: tuple[list[int], list[int]], moved: int, spared: set[str]
) -> None:
    """Of two elections, also ones a few votes apart: all assertions hold in the other iff its outcome is the same."""
    first, second = both
    names = "abcdefg"[: len(first)]
    by = exempting(by, names, spared)
    held = contest(names, by)
    near = [first[0] + moved, *first[1:]] if moved else second
    here, there = dict(zip(names, first, strict=True)), dict(zip(names, near, strict=True))
    if not any(first) or not any(near):
        return
    found, other = allocation_of(held, here), allocation_of(held, there)
    assertions = assertions_of(held, here, found)
    if refusals_of(held, found):
        assert assertions == ()
        return
    assert all(margin(one, here).value > 0 for one in assertions)
    assert all(holds_on(one, there) for one in assertions) == (outcome(held, found) == outcome(held, other))
