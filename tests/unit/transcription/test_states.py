"""The states of a copy, step by step: what may follow, who may do it, and what never comes of one person."""

from __future__ import annotations

import pytest

from secondcount.errors import InputError
from secondcount.transcription import (
    STATES,
    Adjudicated,
    Agreed,
    Agreement,
    Answer,
    Awaiting,
    Decision,
    Differing,
    Disputed,
    Ground,
    OnceRead,
    Place,
    Problem,
    SetAside,
    State,
    add_reading,
    add_third,
    adjudicate,
    agreement_of,
    replay,
)
from transcribing.papers import (
    ANNA,
    BORIS,
    CLARA,
    DINA,
    GOOD,
    GOOD_SINGLE,
    cells,
    number,
    other_contest,
    part,
    problem,
    reading,
)


def decision(who: str = DINA, **answers: int) -> Decision:
    """Return a decision on some cells."""
    said = {name: number(one) for name, one in answers.items()}
    return Decision(adjudicator=who, ground=Ground.PICTURE_SEEN, answers=said)


DIFFERING = replay([reading(ANNA, red=1), reading(BORIS)])
DISPUTED = replay([reading(ANNA, red=1, green=2), reading(BORIS)], part(CLARA, red=7, green=2))
EXAMPLES: dict[str, State] = {
    "awaiting": Awaiting(),
    "once_read": replay([reading(ANNA)]),
    "differing": DIFFERING,
    "disputed": DISPUTED,
    "agreed": replay([reading(ANNA), reading(BORIS)]),
    "adjudicated": adjudicate(DISPUTED, decision(red=352)),
    "set_aside": replay([problem(ANNA), problem(BORIS)]),
}


def test_each_state_has_its_name() -> None:
    """The seven states of the diagram, under the names that the desk keeps."""
    assert tuple(EXAMPLES) == STATES
    assert {name: state.name for name, state in EXAMPLES.items()} == {name: name for name in STATES}


@pytest.mark.parametrize("name", STATES)
def test_only_the_steps_of_the_diagram_are_taken(name: str) -> None:
    """From each state every step that the diagram does not have is refused, and refused by name."""
    state, steps = (
        EXAMPLES[name],
        {"awaiting": "reading", "once_read": "reading", "differing": "third", "disputed": "decision"},
    )
    tried = {
        "reading": lambda: add_reading(state, reading(DINA)),
        "third": lambda: add_third(state, part(DINA, red=1)),
        "decision": lambda: adjudicate(state, decision(red=1)),
    }
    for step, take in tried.items():
        if steps.get(name) == step:
            assert take().name in STATES
        else:
            with pytest.raises(InputError, match="K172"):
                take()


def test_two_equal_readings_are_agreed() -> None:
    """Awaiting, read once, agreed: by both, because they were the same."""
    state = replay([reading(ANNA), reading(BORIS)])
    assert isinstance(state, Agreed)
    assert state.reason == "agreed"
    assert state.agreement.cells == cells()


def test_a_third_reader_settles() -> None:
    """Two of three: agreed as well, and the entry says how."""
    state = add_third(DIFFERING, part(CLARA, red=1))
    assert isinstance(state, Agreed)
    assert state.reason == "third_reading"
    assert state.agreement.cells == cells(GOOD, red=1)


def test_an_adjudicator_decides_what_is_open_and_nothing_else() -> None:
    """What two of three read alike stays; the decision is laid beside it, in the order of the protocol."""
    state = EXAMPLES["adjudicated"]
    assert isinstance(state, Adjudicated)
    assert state.agreement.cells == cells(GOOD, green=2)
    assert tuple(state.agreement.cells) == tuple(GOOD)
    assert (state.adjudicator, state.reason) == (DINA, "picture_seen")
    for wrong in (decision(red=1, green=2), decision(green=2)):
        with pytest.raises(InputError, match="K173"):
            adjudicate(DISPUTED, wrong)


@pytest.mark.parametrize("who", [ANNA, BORIS, CLARA])
def test_no_reader_decides(who: str) -> None:
    """Whoever read a copy does not decide it, not even by setting it aside."""
    aside = Decision(adjudicator=who, ground=Ground.UNDECIDABLE, answers={}, problem=Problem.UNREADABLE)
    for one in (decision(who, red=352), aside):
        with pytest.raises(InputError, match="K171"):
            adjudicate(DISPUTED, one)


def test_no_reader_reads_twice() -> None:
    """The second reader is another person than the first, the third than both."""
    for state in (EXAMPLES["once_read"],):
        with pytest.raises(InputError, match="K170"):
            add_reading(state, reading(ANNA, red=5))
    for who in (ANNA, BORIS):
        with pytest.raises(InputError, match="K170"):
            add_third(DIFFERING, part(who, red=1))


def test_an_adjudicator_can_set_aside() -> None:
    """What nobody can decide gives no figures."""
    aside = Decision(adjudicator=DINA, ground=Ground.UNDECIDABLE, answers={}, problem=Problem.UNREADABLE)
    state = adjudicate(DISPUTED, aside)
    assert state == SetAside(readers=(ANNA, BORIS, CLARA), problem=Problem.UNREADABLE, adjudicator=DINA)
    assert agreement_of(state) is None


def test_two_problems_of_three_set_aside() -> None:
    """A third who finds the same problem closes it."""
    state = replay([problem(ANNA), reading(BORIS)], problem(CLARA))
    assert state == SetAside(readers=(ANNA, BORIS, CLARA), problem=Problem.UNREADABLE)


class TestEverythingOpen:
    """Three people with nothing in common: the adjudicator decides the place and all cells."""

    state = replay([reading(ANNA), other_contest(BORIS)], problem(CLARA))

    def whole(self, **answers: Answer) -> Decision:
        """Return a decision on a whole sheet of the other contest."""
        place: dict[str, Answer] = {"@station": "512", "@contest": "single", "@page": 1}
        said = {**place, **cells(GOOD_SINGLE), **answers}
        return Decision(adjudicator=DINA, ground=Ground.PAPER_SEEN, answers=said)

    def test_a_whole_sheet_is_decided(self) -> None:
        """Place and every cell of a contest that somebody read."""
        assert isinstance(self.state, Disputed)
        assert self.state.open.whole
        decided = adjudicate(self.state, self.whole())
        assert isinstance(decided, Adjudicated)
        assert decided.agreement.place == Place(station="512", contest="single")
        assert decided.agreement.cells == cells(GOOD_SINGLE)

    @pytest.mark.parametrize("change", [{"@contest": "mayor"}, {"red": number(1)}])
    def test_nothing_is_made_up(self, change: dict[str, Answer]) -> None:
        """No contest that nobody read, no cell that the contest does not have."""
        with pytest.raises(InputError, match="K173"):
            adjudicate(self.state, self.whole(**change))

    def test_nothing_is_left_out(self) -> None:
        """A decision on some cells of an undecided sheet is none."""
        with pytest.raises(InputError, match="K173"):
            adjudicate(self.state, decision(ada=300))


def test_cells_of_the_outvoted_contest_are_not_mixed_in() -> None:
    """Two of three read the other contest: a decided sheet has that contest's cells, in its order, and no others."""
    state = replay([reading(ANNA), other_contest(BORIS)], other_contest(CLARA, ada=1))
    decided = adjudicate(state, decision(ada=300))
    assert isinstance(decided, Adjudicated)
    assert list(decided.agreement.cells.items()) == list(cells(GOOD_SINGLE).items())


def test_figures_come_of_two_states_alone() -> None:
    """Only what was agreed or decided has figures."""
    assert {name for name, state in EXAMPLES.items() if agreement_of(state)} == {"agreed", "adjudicated"}


def test_no_type_can_be_made_by_one_person() -> None:
    """The types themselves refuse: nobody sets aside alone, no reader adjudicates, no problem is a sheet."""
    good = Agreement(readers=(ANNA, BORIS), place=Place(station="512", contest="list"), cells=cells())
    bad = Agreement(readers=(ANNA, BORIS), place=Place(), cells={}, problem=Problem.UNREADABLE)
    with pytest.raises(InputError, match="K170"):
        SetAside(readers=(ANNA,), problem=Problem.UNREADABLE)
    with pytest.raises(InputError, match="K170"):
        SetAside(readers=(ANNA, ANNA), problem=Problem.UNREADABLE)
    with pytest.raises(InputError, match="K171"):
        SetAside(readers=(ANNA, BORIS), problem=Problem.UNREADABLE, adjudicator=ANNA)
    with pytest.raises(InputError, match="K171"):
        Adjudicated(agreement=good, adjudicator=BORIS, ground=Ground.ARITHMETIC)
    with pytest.raises(InputError, match="K172"):
        Adjudicated(agreement=bad, adjudicator=DINA, ground=Ground.ARITHMETIC)
    with pytest.raises(InputError, match="K172"):
        Agreed(agreement=bad)


def test_the_types_hold_what_was_read() -> None:
    """A state keeps the readings that it came from: a third form can be drawn from it, and nothing is lost."""
    once, differing = EXAMPLES["once_read"], DIFFERING
    assert isinstance(once, OnceRead)
    assert isinstance(differing, Differing)
    assert once.first == reading(ANNA)
    assert (differing.first, differing.second) == (reading(ANNA, red=1), reading(BORIS))
    assert differing.open.asked == ("red",)
