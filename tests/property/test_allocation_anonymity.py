"""Law: anonymity. Who a contestant is, and where it stands in a table, never changes what it gets."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from property.allocation_worlds import ballots, many, rules
from secondcount.allocation import Allocation, allocate
from secondcount.model.rule import Rule, Ties


def everything(found: Allocation) -> tuple[object, ...]:
    """Return all that a result says, apart from the order of contestants."""
    lots = frozenset((frozenset(lot.contestants), lot.seats, lot.together) for lot in found.lots)
    rest = (found.outcome, found.quota, found.passing_total, found.undistributed, found.runner_up)
    return frozenset(found.lists), lots, frozenset(found.second_round), *rest


@many
@given(rule=rules(), votes=ballots, extra=st.integers(0, 500), data=st.data())
def test_order_of_contestants_changes_nothing(
    rule: Rule, votes: dict[str, int], extra: int, data: st.DataObject
) -> None:
    """The same votes in another order of lines give the same result, under every rule."""
    shuffled = dict(data.draw(st.permutations(list(votes.items()))))
    base = sum(votes.values()) + extra
    assert everything(allocate(rule, shuffled, base)) == everything(allocate(rule, votes, base))


@many
@given(rule=rules(), votes=ballots, data=st.data())
def test_names_change_nothing(rule: Rule, votes: dict[str, int], data: st.DataObject) -> None:
    """If contestants swap their names, they swap their seats: certain seats by position stay as they are."""
    assume(rule.ties is not Ties.ORDER)  # an order of the law is about names
    names = data.draw(st.permutations(list(votes)))
    base = sum(votes.values())
    renamed = dict(zip(names, votes.values(), strict=True))
    assert [one.seats for one in allocate(rule, renamed, base).lists] == [
        one.seats for one in allocate(rule, votes, base).lists
    ]
