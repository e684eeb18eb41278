"""Laws of hints: they change nothing, take no side by order, explain each number once, and find a planted slip."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from secondcount.transcription import (
    CellRead,
    Favours,
    Kind,
    Mark,
    Meaning,
    broken_identities,
    hints,
    kind_of_edit,
    numbers_of,
    single_edits,
)
from transcribing.papers import GOOD, LIST, cells
from transcribing.strategies import ANY_CELL

SHEETS = st.fixed_dictionaries(dict.fromkeys(LIST.cells, ANY_CELL))
SLIPS = st.dictionaries(st.sampled_from(LIST.cells), ANY_CELL, max_size=4).map(lambda slips: cells(GOOD, **slips))
SHEET = SHEETS | SLIPS
OTHER = {Favours.FIRST: Favours.SECOND, Favours.SECOND: Favours.FIRST, Favours.NEITHER: Favours.NEITHER}

Cells = dict[str, CellRead]


@given(SHEET, SHEET)
def test_hints_never_change_a_value(first: Cells, second: Cells) -> None:
    """Both readings are afterwards what they were, and every number of a hint is the one that was read."""
    before = deepcopy((first, second))
    found = hints(LIST, first, second)
    assert (first, second) == before
    for hint in found:
        assert hint.first == tuple(first[cell].value for cell in hint.cells)
        assert hint.second == tuple(second[cell].value for cell in hint.cells)


@given(SHEET, SHEET)
def test_hints_take_no_side_by_order(first: Cells, second: Cells) -> None:
    """With the readings the other way round each hint says the same of the other side."""
    turned = [
        replace(one, first=one.second, second=one.first, favours=OTHER[one.favours])
        for one in hints(LIST, second, first)
    ]
    assert list(hints(LIST, first, second)) == turned


@given(SHEET, SHEET)
def test_each_difference_of_numbers_is_explained_once(first: Cells, second: Cells) -> None:
    """Every cell with two numbers is in exactly one hint on typing; no cell that both read alike is."""
    numbers = numbers_of(first), numbers_of(second)
    apart = [
        name
        for name in LIST.cells
        if len({one.get(name) for one in numbers}) == 2 and all(name in one for one in numbers)
    ]
    typed = [
        cell for one in hints(LIST, first, second) if one.meaning is not Meaning.SHEET_WRONG for cell in one.cells
    ]
    assert sorted(typed) == sorted(apart)


@given(SHEET, SHEET)
def test_we_typed_means_that_one_reading_fits(first: Cells, second: Cells) -> None:
    """A hint that says so names identities which hold once the other takes the favoured numbers, and breaks none."""
    for hint in hints(LIST, first, second):
        if hint.meaning is Meaning.WE_TYPED:
            ours, theirs = (first, second) if hint.favours is Favours.FIRST else (second, first)
            mended = {**theirs, **{cell: ours[cell] for cell in hint.cells}}
            before = {one.identity for one in broken_identities(LIST, theirs) if one.hard}
            after = {one.identity for one in broken_identities(LIST, mended) if one.hard}
            assert set(hint.identities) == before - after != set()
            assert after <= before
            assert hint.kind is not Kind.UNEXPLAINED


@given(SHEET, SHEET)
def test_every_identity_that_the_sheet_breaks_is_named(first: Cells, second: Cells) -> None:
    """What is broken by numbers that both read alike stands in a hint on the sheet, and nothing else does."""
    same = {name: one for name, one in first.items() if one.value is not None and one.value == second[name].value}
    broken = {one.identity for one in broken_identities(LIST, same) if one.hard}
    on_sheet = [one for one in hints(LIST, first, second) if one.meaning is Meaning.SHEET_WRONG]
    assert {name for one in on_sheet for name in one.identities} == broken


PLANTED = [
    (cell, wrong)
    for cell in ("issued", "invalid", "valid", "red", "green")
    for wrong in range(10_000)
    if kind_of_edit(GOOD[cell], wrong)
]
"""Every number of up to four digits that one slip makes of a number of the good sheet's equations."""


@given(st.sampled_from(PLANTED))
def test_a_planted_slip_is_found(planted: tuple[str, int]) -> None:
    """On a good sheet with one number typed wrong, the hint finds cell and slip and favours the true number."""
    cell, wrong = planted
    typed = cells(GOOD, **{cell: wrong})
    (found,) = hints(LIST, cells(), typed)
    assert (found.cells, found.kind, found.favours) == ((cell,), kind_of_edit(GOOD[cell], wrong), Favours.FIRST)
    assert found.meaning is Meaning.WE_TYPED
    proposed = [(one.cells, one.would_be) for one in single_edits(LIST, typed)]
    assert ((cell,), (GOOD[cell],)) in proposed


@given(SHEET)
def test_a_proposal_mends_what_it_says(read: Cells) -> None:
    """Each single slip, made, mends the identities that it names and breaks no other hard one."""
    before = {one.identity for one in broken_identities(LIST, read) if one.hard}
    for edit in single_edits(LIST, read):
        made = {
            **read,
            **{cell: CellRead(mark=Mark.READ, value=one) for cell, one in zip(edit.cells, edit.would_be, strict=True)},
        }
        after = {one.identity for one in broken_identities(LIST, made) if one.hard}
        assert before - after == set(edit.identities) != set()
        assert after <= before


@given(st.integers(0, 10**9 - 1), st.integers(0, 10**9 - 1))
def test_a_slip_works_both_ways(one: int, other: int) -> None:
    """By whichever slip one number becomes another, the other becomes the one."""
    assert kind_of_edit(one, other) is kind_of_edit(other, one)
