"""How far a first round with alternatives is from another outcome: exact, held against trying every number."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path

import polars as pl
import pytest

from secondcount.allocation import Allocation, allocate
from secondcount.audit import assertions_of, margins_of
from secondcount.audit.linear import holds_on
from secondcount.jurisdictions import load_shipped
from secondcount.model.election import Contest

BOLIVIA = load_shipped("bolivia.president.2019").election.contests[0]
NAMES = ("mas_ipsp", "cc", "pdc")
SMALL = replace(BOLIVIA, contestants=tuple(one for one in BOLIVIA.contestants if one.id in NAMES))
SMALL = replace(SMALL, bases=(replace(SMALL.bases[0], cells=tuple(one.id for one in SMALL.contestants)),))
RULE = SMALL.rule


def result(votes: dict[str, int]) -> Allocation:
    """Apply the rule to votes that are the whole base."""
    return allocate(RULE, votes, sum(votes.values()))


def winner(votes: dict[str, int]) -> str:
    """Return who is elected in the first round, "" for nobody."""
    return next((one.contestant for one in result(votes).lists if one.seats), "")


WORLDS = [dict(zip(NAMES, one, strict=True)) for one in product(range(0, 21, 2), repeat=3) if sum(one) > 2]


@pytest.mark.parametrize("world", WORLDS[::7], ids=str)
def test_no_fewer_votes_moved_change_the_outcome(world: dict[str, int]) -> None:
    """The smallest margin is what every possible move of so many votes shows, and one fewer does not."""
    allocation = result(world)
    if allocation.lots:
        return
    found = margins_of(SMALL, world, allocation)
    told = min((one.moved for one in found if one.moved is not None), default=None)
    before = (winner(world), frozenset(allocation.second_round))
    tried = [
        size
        for change in product(range(-21, 22), repeat=2)
        if (size := (abs(change[0]) + abs(change[1]) + abs(sum(change))) // 2) <= (told or 60)
        for after in [
            dict(
                zip(
                    NAMES,
                    (world[NAMES[0]] + change[0], world[NAMES[1]] + change[1], world[NAMES[2]] - sum(change)),
                    strict=True,
                )
            )
        ]
        if min(after.values()) >= 0 and (winner(after), frozenset(result(after).second_round)) != before
    ]
    assert told == min(tried, default=None)


@pytest.mark.parametrize("world", WORLDS[::5], ids=str)
def test_the_assertions_prove_the_outcome(world: dict[str, int]) -> None:
    """They hold on the votes themselves, and wherever they hold the outcome is the same."""
    allocation = result(world)
    found = assertions_of(SMALL, world, allocation)
    if not found:
        return
    assert all(holds_on(one, world) for one in found)
    for other in WORLDS[::11]:
        if all(holds_on(one, other) for one in found):
            again = result(other)
            assert winner(other) == winner(world)
            assert set(again.second_round) == set(allocation.second_round)


def totals(contest: Contest, path: Path) -> dict[str, int]:
    """Return the sums of a table of 2019."""
    columns = dict(next(one for one in load_shipped("bolivia.president.2019").election.layouts).cells)
    frame = pl.read_csv(path, infer_schema=False)
    return {
        one.id: int(frame.select(pl.col(columns[one.id]).cast(pl.Float64).sum()).item()) for one in contest.contestants
    }


@pytest.mark.shared
def test_bolivia_2019_was_decided_by_17336_votes(shared: Path) -> None:
    """The official count: elected, until 17,336 votes move; the first transmission: a run-off."""
    final = totals(BOLIVIA, shared / "data" / "bo2019" / "computo_final.csv.gz")
    found = allocate(BOLIVIA.rule, final, sum(final.values()))
    assert (found.seats_of("mas_ipsp"), found.second_round) == (1, ())
    assert round(Fraction(final["mas_ipsp"] - final["cc"], sum(final.values())), 4) == Fraction(1056, 10000)
    closest = min(margins_of(BOLIVIA, final, found), key=lambda one: one.moved or 10**9)
    assert (closest.moved, closest.moved_from, closest.moved_to) == (17_336, "mas_ipsp", "cc")
    early = totals(BOLIVIA, shared / "data" / "bo2019" / "trep_20191020_1940.csv.gz")
    found = allocate(BOLIVIA.rule, early, sum(early.values()))
    assert (found.seats_of("mas_ipsp"), found.second_round) == (0, ("mas_ipsp", "cc"))
