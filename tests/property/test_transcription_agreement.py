"""Laws of agreement: no order among readers, nothing new by reading again, nothing invented, never one person."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from secondcount.transcription import (
    Agreement,
    Answer,
    Differences,
    PartReading,
    Reading,
    differences,
    part_of,
    reconcile,
    settle,
)
from transcribing.papers import ANNA, BORIS, CLARA
from transcribing.strategies import by, parts, readings


@st.composite
def three(draw: st.DrawFn) -> tuple[Reading, Reading, Reading | PartReading]:
    """Draw two readings that differ, and a third that answers what is asked."""
    first = draw(readings(ANNA))
    second = draw(readings(BORIS).filter(lambda one: bool(differences(first, one))))
    open_ = reconcile(first, second)
    assert isinstance(open_, Differences)
    third = readings(CLARA) if open_.whole else parts(open_.asked, CLARA)
    return first, second, draw(third)


def answers(one: Agreement | Differences) -> Mapping[str, Answer]:
    """Return everything that is settled."""
    if isinstance(one, Differences):
        return one.settled
    if one.problem is not None:
        return {}
    place = one.place
    return {"@station": place.station, "@contest": place.contest, "@page": place.page_count, **one.cells}


@given(readings(ANNA), readings(BORIS))
def test_reconciling_is_symmetric(first: Reading, second: Reading) -> None:
    """Who read first makes no difference to what is agreed and what is open; what is settled is the same."""
    assert reconcile(first, second) == reconcile(second, first)
    assert differences(first, second) == differences(second, first)


@given(readings(ANNA))
def test_reconciling_is_idempotent(reading: Reading) -> None:
    """A reading agrees with the same reading of another person; and whoever reads what was agreed agrees with it."""
    agreed = reconcile(reading, by(reading, BORIS))
    assert isinstance(agreed, Agreement)
    assert (agreed.cells, agreed.problem) == (reading.cells, reading.problem)
    again = Reading(reader=CLARA, place=agreed.place, cells=agreed.cells, problem=agreed.problem)
    repeated = reconcile(again, by(reading, ANNA))
    assert isinstance(repeated, Agreement)
    assert answers(repeated) == answers(agreed)


@given(readings(ANNA), readings(BORIS))
def test_open_and_settled_are_all_there_is(first: Reading, second: Reading) -> None:
    """Each cell is either open or settled as both read it, and never both."""
    found = reconcile(first, second)
    if isinstance(found, Differences) and not found.whole:
        assert set(found.asked) | set(found.settled) == set(first.answers)
        assert not set(found.asked) & set(found.settled)
        assert all(first.answers[name] == said == second.answers[name] for name, said in found.settled.items())
        assert all(first.answers[name] != second.answers[name] for name in found.asked)


@given(three())
def test_settling_never_invents(those: tuple[Reading, Reading, Reading | PartReading]) -> None:
    """Whatever is settled, two of the three people read exactly so."""
    found = settle(*those)
    said = [one.answers for one in those]
    for name, answer in answers(found).items():
        assert sum(one.get(name) == answer for one in said) >= 2, name
    if isinstance(found, Agreement) and found.problem is not None:
        assert sum(isinstance(one, Reading) and one.problem is found.problem for one in those) >= 2


@given(three())
def test_settling_does_not_ask_who_came_first(those: tuple[Reading, Reading, Reading | PartReading]) -> None:
    """First and second can change places; three whole readings can stand in any order."""
    first, second, third = those
    assert settle(first, second, third) == settle(second, first, third)
    if isinstance(third, Reading):
        between = reconcile(third, second)
        if isinstance(between, Differences) and between.whole:
            assert answers(settle(third, second, first)) == answers(settle(first, second, third))


@given(readings(ANNA), readings(BORIS), readings(CLARA))
def test_a_part_says_what_the_whole_would(first: Reading, second: Reading, third: Reading) -> None:
    """Asking a third reader about the open cells alone comes to the same as letting him read everything."""
    between = reconcile(first, second)
    if isinstance(between, Differences) and not between.whole and third.place.contest == first.place.contest:
        found = settle(first, second, part_of(third, between.asked))
        votes = [first.answers, second.answers, third.answers]
        for name, answer in answers(found).items():
            assert sum(one[name] == answer for one in votes) >= 2


@given(readings(ANNA), readings(BORIS), st.data())
def test_everybody_who_read_stands_behind_it(first: Reading, second: Reading, data: st.DataObject) -> None:
    """An agreement and a difference name all who read, each once, sorted."""
    found = reconcile(first, second)
    assert found.readers == (ANNA, BORIS)
    if isinstance(found, Differences):
        third = data.draw(readings(CLARA) if found.whole else parts(found.asked, CLARA))
        assert settle(first, second, third).readers == (ANNA, BORIS, CLARA)
