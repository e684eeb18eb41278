"""Readings as they come: mostly of the good sheet, with slips, marks, corrections, other places, and problems."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from secondcount.transcription import CellRead, Mark, PartReading, Place, Problem, Reading
from transcribing.papers import ANNA, BORIS, CLARA, CONTESTS, DINA, GOOD, GOOD_SINGLE, cells

READERS = (ANNA, BORIS, CLARA, DINA)

NUMBERS = st.sampled_from([0, 1, 2, 15, 51, 248, 352, 600])  # few, so that people agree often


def number_cells(numbers: st.SearchStrategy[int] = NUMBERS) -> st.SearchStrategy[CellRead]:
    """Return cells with a number, some of them corrected."""
    plain = numbers.map(lambda value: CellRead(mark=Mark.READ, value=value))
    old = st.none() | numbers
    corrected = st.builds(
        lambda value, was: CellRead(mark=Mark.READ, value=value, old=was, overwritten=True), numbers, old
    )
    return plain | plain | corrected


ANY_CELL = number_cells() | st.sampled_from([mark for mark in Mark if mark is not Mark.READ]).map(
    lambda mark: CellRead(mark=mark)
)


@st.composite
def readings(draw: st.DrawFn, reader: str | None = None) -> Reading:
    """Draw a reading: a problem, or a sheet of one of two contests with up to three cells read otherwise."""
    who = reader or draw(st.sampled_from(READERS))
    place = Place(
        station=draw(st.sampled_from(["512", "512", "513", ""])),
        contest=draw(st.sampled_from(["list", "list", "list", "single"])),
        page_count=draw(st.sampled_from([1, 1, 2])),
    )
    if draw(st.integers(0, 7)) == 0:
        return Reading(reader=who, place=Place(), problem=draw(st.sampled_from(Problem)))
    true = GOOD if place.contest == "list" else GOOD_SINGLE
    slips = draw(st.dictionaries(st.sampled_from(sorted(true)), ANY_CELL, max_size=3))
    return Reading(reader=who, place=place, cells=cells(true, **slips))


@st.composite
def parts(draw: st.DrawFn, asked: tuple[str, ...], reader: str | None = None) -> PartReading:
    """Draw a third reading of some cells."""
    said = {
        "@station": st.sampled_from(["512", "513", ""]),
        "@page": st.sampled_from([1, 2, 3]),
        "@contest": st.sampled_from([one.id for one in CONTESTS]),
    }
    answers = {name: draw(said.get(name, ANY_CELL)) for name in asked if name != "@problem"}
    return PartReading(reader=reader or draw(st.sampled_from(READERS)), answers=answers)


def by(reading: Reading, reader: str) -> Reading:
    """Return the same reading by somebody else."""
    return replace(reading, reader=reader)
