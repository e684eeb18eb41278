"""Laws of the states: any sequence of events ends in a documented state or a code, and no sheet is of one person."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from secondcount.errors import InputError
from secondcount.transcription import (
    STATES,
    Adjudicated,
    Agreed,
    Answer,
    Awaiting,
    Decision,
    Differing,
    Disputed,
    Ground,
    OnceRead,
    PartReading,
    Problem,
    Reading,
    SetAside,
    State,
    add_reading,
    add_third,
    adjudicate,
    agreement_of,
)
from transcribing.papers import GOOD, GOOD_SINGLE
from transcribing.strategies import ANY_CELL, READERS, by, parts, readings

CODE = re.compile("K17[0-9]")
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
"""A failing sequence is short enough to read; making it shorter takes minutes."""

PATHS = {
    "awaiting": {"once_read"},
    "once_read": {"agreed", "differing", "set_aside"},
    "differing": {"agreed", "disputed", "set_aside"},
    "disputed": {"adjudicated", "set_aside"},
}
"""The diagram of `states`: every other step is refused."""

ALL_CELLS = ("@station", "@contest", "@page", *dict.fromkeys((*GOOD, *GOOD_SINGLE)))


def asked_of(state: State) -> tuple[str, ...]:
    """Return what is open; of a copy that is open as a whole, a whole sheet."""
    if not isinstance(state, Differing | Disputed):
        return ()
    return ("@station", "@contest", "@page", *GOOD) if state.open.whole else state.open.asked


@st.composite
def decisions(draw: st.DrawFn, asked: tuple[str, ...]) -> Decision:
    """Draw a decision, mostly on what is open."""
    who, ground = draw(st.sampled_from([*READERS, "p-eva"])), draw(st.sampled_from(Ground))
    if not asked or draw(st.integers(0, 3)) == 0:
        return Decision(adjudicator=who, ground=ground, answers={}, problem=draw(st.sampled_from(Problem)))
    said: dict[str, Answer] = dict(draw(parts(asked)).answers)
    if draw(st.integers(0, 5)) == 0:
        said[draw(st.sampled_from(ALL_CELLS[3:]))] = draw(ANY_CELL)
    return Decision(adjudicator=who, ground=ground, answers=said)


def event(draw: st.DrawFn, state: State) -> tuple[str, object, Callable[[], State]]:
    """Draw any event, whether it fits the state or not; what is asked is answered more often than not."""
    fitting = {"differing": "third", "disputed": "decision"}.get(state.name, "reading")
    kind = draw(st.sampled_from(["reading", "third", "decision", *[fitting] * 4]))
    asked = asked_of(state)
    if kind == "reading":
        alike = [by(state.first, one) for one in READERS] if isinstance(state, OnceRead) else []
        reading = draw(readings() | readings() | st.sampled_from(alike) if alike else readings())
        return kind, reading, lambda: add_reading(state, reading)
    if kind == "third":
        third = draw(st.one_of(readings(), parts(asked) if asked else readings()))
        return kind, third, lambda: add_third(state, third)
    decision = draw(decisions(asked))
    return kind, decision, lambda: adjudicate(state, decision)


def taken(step: Callable[[], State]) -> State | str:
    """Return the state after a step, or the code by which it was refused."""
    try:
        return step()
    except InputError as error:
        return error.code


@settings(max_examples=300, phases=UNSHRUNK)
@given(st.data())
def test_any_sequence_of_events_ends_in_a_documented_state(data: st.DataObject) -> None:
    """Whatever comes, in whatever order: the next state is one of the diagram, or a code of K17 and nothing changed.

    At the end figures have at least two readers, an adjudicator is none of them, and no cell holds what nobody said.
    """
    state: State = Awaiting()
    said: list[Reading | PartReading | Decision] = []
    for _ in range(data.draw(st.integers(6, 14))):
        _, what, take = data.draw(st.composite(event)(state))
        following = taken(take)
        if isinstance(following, str):
            assert CODE.fullmatch(following)
            continue
        assert following.name in PATHS[state.name]
        state = following
        assert isinstance(what, Reading | PartReading | Decision)
        said.append(what)
    assert state.name in STATES
    check_end(state, said)


def check_end(state: State, said: list[Reading | PartReading | Decision]) -> None:
    """Hold the laws of figures against a state and everything that was accepted on the way to it."""
    if isinstance(state, SetAside):
        assert len(set(state.readers)) >= 2
        assert state.adjudicator not in state.readers
    agreement = agreement_of(state)
    if agreement is None:
        assert not isinstance(state, Agreed | Adjudicated)
        return
    assert len(set(agreement.readers)) == len(agreement.readers) >= 2
    assert set(agreement.readers) == {one.reader for one in said if not isinstance(one, Decision)}
    for name, cell in agreement.cells.items():
        votes = [one for one in said if one.answers.get(name) == cell]
        decided = [one for one in votes if isinstance(one, Decision)]
        assert decided or len({one.reader for one in votes if not isinstance(one, Decision)}) >= 2, name
    if isinstance(state, Adjudicated):
        assert state.adjudicator not in agreement.readers


@given(st.data())
def test_every_copy_can_be_finished(data: st.DataObject) -> None:
    """No state is a dead end: two readers, a third and an adjudicator are always enough."""
    state: State = Awaiting()
    for reader in READERS[:2]:
        state = add_reading(state, data.draw(readings(reader)))
    if isinstance(state, Differing):
        asked = state.open.asked
        third = readings(READERS[2]) if state.open.whole else parts(asked, READERS[2])
        state = add_third(state, data.draw(third))
    if isinstance(state, Disputed):
        aside = Decision(adjudicator="p-eva", ground=Ground.UNDECIDABLE, answers={}, problem=Problem.UNREADABLE)
        decided = aside
        if not state.open.whole:
            answers = data.draw(parts(state.open.asked)).answers
            decided = Decision(adjudicator="p-eva", ground=Ground.PICTURE_SEEN, answers=answers)
        state = adjudicate(state, decided)
    assert state.name in {"agreed", "adjudicated", "set_aside"}
