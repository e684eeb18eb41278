"""Law: ties are reported. Equal votes get equal certain seats, and what lies between them is a lot or silence."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from property.allocation_worlds import ballots, many, rules
from secondcount.allocation import Outcome, allocate
from secondcount.model.rule import Rule, Ties
from unit.allocation.rules import completions, seats


@many
@given(rule=rules(), votes=ballots, twin=st.integers(0, 6), extra=st.integers(0, 500))
def test_equal_votes_have_equal_certain_seats(rule: Rule, votes: dict[str, int], twin: int, extra: int) -> None:
    """Without an order of the law no rule prefers one of two equal contestants."""
    assume(rule.ties is not Ties.ORDER)
    votes = votes | {"z": list(votes.values())[twin % len(votes)]}
    found = allocate(rule, votes, sum(votes.values()) + extra)
    drawn = [frozenset(lot.contestants) for lot in found.lots]
    for one in found.lists:
        for other in found.lists:
            if one.votes == other.votes:
                assert one.seats == other.seats
                assert all((one.contestant in lot) == (other.contestant in lot) for lot in drawn)


@many
@given(rule=rules(), votes=ballots, extra=st.integers(0, 500))
def test_silence_names_the_same_tie_as_a_lot(rule: Rule, votes: dict[str, int], extra: int) -> None:
    """What the law draws lots for and what it is silent on are the same seats among the same contestants."""
    base = sum(votes.values()) + extra
    lot = allocate(replace(rule, ties=Ties.LOT), votes, base)
    silent = allocate(replace(rule, ties=Ties.SILENT), votes, base)
    assert (lot.lists, lot.lots, lot.undistributed) == (silent.lists, silent.lots, silent.undistributed)
    assert Outcome.LOT is not silent.outcome
    assert bool(lot.lots) <= (silent.outcome is Outcome.LAW_SILENT)


@many
@given(rule=rules(), votes=ballots, extra=st.integers(0, 500), order=st.permutations("abcdefg"))
def test_an_order_of_the_law_picks_one_of_the_ends_of_the_lot(
    rule: Rule, votes: dict[str, int], extra: int, order: list[str]
) -> None:
    """A complete order leaves no tie, and gives a distribution that drawing lots could have given."""
    base = sum(votes.values()) + extra
    lot = allocate(replace(rule, ties=Ties.LOT), votes, base)
    assume(len(lot.lots) < 2)  # two lots depend on each other, see the unit tests of the runner-up rule
    ordered = allocate(replace(rule, ties=Ties.ORDER, tie_order=tuple(order)), votes, base)
    assert ordered.lots == ()
    assert set(lot.second_round) <= set(ordered.second_round)
    if not lot.second_round and not ordered.second_round:
        assert seats(ordered) in completions(lot)
