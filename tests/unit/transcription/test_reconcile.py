"""Two readings, and a third: who agrees with whom, cell by cell."""

from __future__ import annotations

import pytest

from secondcount.errors import InputError
from secondcount.transcription import (
    Agreement,
    CellRead,
    Differences,
    Mark,
    PartReading,
    Place,
    Problem,
    Reading,
    agree_many,
    differences,
    part_of,
    reconcile,
    settle,
)
from transcribing.papers import ANNA, BORIS, CLARA, GOOD, cells, mark, number, other_contest, part, problem, reading


def open_cells(one: Agreement | Differences) -> tuple[str, ...]:
    """Return what is open; of an agreement nothing."""
    return one.asked if isinstance(one, Differences) else ()


class TestTwo:
    """Two readings of one copy."""

    def test_the_same_in_everything_is_agreed(self) -> None:
        """Equal readings are an agreement of both people, with the place as they read it."""
        assert reconcile(reading(BORIS), reading(ANNA)) == Agreement(
            readers=(ANNA, BORIS), place=Place(station="512", contest="list"), cells=cells()
        )

    def test_only_what_differs_is_asked(self) -> None:
        """The cells that differ, place first, then in the order of the protocol; all else is settled."""
        found = reconcile(reading(ANNA, green=1, issued=2), reading(BORIS, station="513"))
        assert isinstance(found, Differences)
        assert found.asked == ("@station", "issued", "green")
        assert not found.whole
        assert set(found.settled) == {"@contest", "@page", "registered", "invalid", "valid", "red"}

    @pytest.mark.parametrize(
        "other",
        [
            mark(Mark.BLANK),
            mark(Mark.ILLEGIBLE),
            CellRead(mark=Mark.READ, value=352, overwritten=True),
            CellRead(mark=Mark.READ, value=352, old=325, overwritten=True),
        ],
    )
    def test_everything_about_a_cell_counts(self, other: CellRead) -> None:
        """Another mark is a difference, and so is a correction that only one of them saw."""
        assert differences(reading(ANNA), reading(BORIS, red=other)) == ("red",)

    def test_cells_of_two_contests_are_not_compared(self) -> None:
        """Readers who saw sheets of two contests read two forms: only the place is compared, everything is open."""
        found = reconcile(reading(ANNA), other_contest(BORIS, station="513"))
        assert isinstance(found, Differences)
        assert (found.asked, found.whole, found.settled) == (("@station", "@contest"), True, {})

    def test_the_same_problem_is_agreed(self) -> None:
        """Two people who found the same problem agree; no figures and no place come of it."""
        found = reconcile(problem(ANNA), problem(BORIS))
        assert found == Agreement(readers=(ANNA, BORIS), place=Place(), cells={}, problem=Problem.UNREADABLE)

    @pytest.mark.parametrize("other", [reading(BORIS), problem(BORIS, Problem.OTHER_ELECTION)])
    def test_a_problem_against_anything_else_is_open(self, other: Reading) -> None:
        """One problem against a reading, or against another problem, leaves everything open."""
        found = reconcile(problem(ANNA), other)
        assert isinstance(found, Differences)
        assert (found.asked, found.whole, found.settled) == (("@problem",), True, {})

    def test_one_person_is_not_two(self) -> None:
        """The same reader twice is refused, whatever was read; and so is an agreement of one."""
        with pytest.raises(InputError, match="K170"):
            reconcile(reading(ANNA), reading(ANNA))
        with pytest.raises(InputError, match="K170"):
            settle(reading(ANNA), reading(BORIS, red=1), part(ANNA, red=1))
        for readers in ((), (ANNA,), (ANNA, ANNA)):
            with pytest.raises(InputError, match="K170"):
                Agreement(readers=readers, place=Place(station="512", contest="list"), cells=cells())

    def test_one_contest_has_one_form(self) -> None:
        """Two readings of one contest with different cells are a failure of ours, not a difference."""
        short = Reading(reader=BORIS, place=reading(ANNA).place, cells={"red": number(1)})
        with pytest.raises(InputError, match="K174"):
            differences(reading(ANNA), short)

    def test_many_are_as_one(self) -> None:
        """In bulk the same is said as of each pair alone, in the same order."""
        pairs = [
            (reading(ANNA), reading(BORIS)),
            (problem(ANNA), reading(BORIS)),
            (reading(ANNA, red=1), reading(BORIS)),
        ]
        assert list(agree_many(iter(pairs))) == [reconcile(*pair) for pair in pairs]


class TestThree:
    """A third reading of what differs."""

    def test_two_of_three_settle_a_cell(self) -> None:
        """Each open cell is taken as two of three read it, whichever two; all three people stand behind the result."""
        found = settle(reading(ANNA, red=1, green=2), reading(BORIS), part(CLARA, red=1, green=248))
        assert isinstance(found, Agreement)
        assert found.cells == cells(GOOD, red=1)
        assert tuple(found.cells) == tuple(GOOD)
        assert found.readers == (ANNA, BORIS, CLARA)

    def test_three_different_numbers_are_open(self) -> None:
        """What the third reads as neither of the others is disputed, and only that."""
        found = settle(reading(ANNA, red=1, green=2), reading(BORIS), part(CLARA, red=7, green=2))
        assert isinstance(found, Differences)
        assert (found.asked, found.whole) == (("red",), False)
        assert found.settled["green"] == number(2)

    def test_the_place_is_settled_like_a_cell(self) -> None:
        """Station and pages are pseudo-cells: two of three."""
        found = settle(reading(ANNA, station="513"), reading(BORIS, pages=2), part(CLARA, station="512", page=2))
        assert isinstance(found, Agreement)
        assert found.place == Place(station="512", contest="list", page_count=2)

    @pytest.mark.parametrize(
        "third", [part(CLARA), part(CLARA, red=1, green=248), part(CLARA, green=2), reading(CLARA)]
    )
    def test_a_third_answers_what_is_asked(self, third: Reading | PartReading) -> None:
        """No answer too few, none too many, and no whole reading where single cells are asked."""
        with pytest.raises(InputError, match="K173"):
            settle(reading(ANNA, red=1), reading(BORIS), third)

    def test_nothing_is_settled_twice(self) -> None:
        """Where two agree, no third reader is asked."""
        with pytest.raises(InputError, match="K173"):
            settle(reading(ANNA), reading(BORIS), part(CLARA, red=352))

    def test_a_whole_reading_is_needed_where_cells_cannot_be_compared(self) -> None:
        """After two contests, or one problem, the third reads everything."""
        for second in (other_contest(BORIS), problem(BORIS)):
            with pytest.raises(InputError, match="K173"):
                settle(reading(ANNA), second, part_of(reading(CLARA), ("red",)))

    def test_two_of_three_contests(self) -> None:
        """Who read the other contest's sheet is outvoted; the station is asked of all three, cells of the two."""
        found = settle(reading(ANNA), other_contest(BORIS), other_contest(CLARA))
        assert isinstance(found, Agreement)
        assert found.place.contest == "single"
        assert found.cells == other_contest(CLARA).cells
        told = settle(reading(ANNA, station="512"), other_contest(BORIS, station="512"), other_contest(CLARA, "513"))
        assert isinstance(told, Agreement)
        assert told.place.station == "512"

    def test_cells_of_the_two_that_can_be_compared_may_differ(self) -> None:
        """A contest that two read, and a cell of it that they read differently: the cell is open, nobody is left."""
        found = settle(reading(ANNA), other_contest(BORIS), other_contest(CLARA, ada=1))
        assert isinstance(found, Differences)
        assert (found.asked, found.whole) == (("ada",), False)
        assert found.settled["@contest"] == "single"

    def test_two_problems_of_three_set_aside(self) -> None:
        """The third finds the same problem as one of the two."""
        found = settle(problem(ANNA), reading(BORIS), problem(CLARA))
        assert isinstance(found, Agreement)
        assert found.problem is Problem.UNREADABLE

    def test_a_problem_against_two_readings_is_outvoted(self) -> None:
        """Two could read it, alike: it can be read."""
        found = settle(problem(ANNA), reading(BORIS), reading(CLARA))
        assert isinstance(found, Agreement)
        assert found.cells == cells()

    @pytest.mark.parametrize(
        ("second", "third", "asked"),
        [
            (problem(BORIS, Problem.NOT_A_PROTOCOL), reading(CLARA), ("@problem",)),
            (problem(BORIS, Problem.NOT_A_PROTOCOL), problem(CLARA, Problem.PAGE_MISSING), ("@problem",)),
            (reading(BORIS), other_contest(CLARA), ("@problem",)),
        ],
    )
    def test_three_that_have_nothing_in_common(self, second: Reading, third: Reading, asked: tuple[str, ...]) -> None:
        """No two can be compared: everything is open."""
        found = settle(problem(ANNA), second, third)
        assert isinstance(found, Differences)
        assert (found.asked, found.whole) == (asked, True)

    def test_the_order_does_not_matter(self) -> None:
        """First and second can change places."""
        pair, third = (reading(ANNA, red=1, green=2), reading(BORIS)), part(CLARA, red=7, green=2)
        assert settle(*pair, third) == settle(*reversed(pair), third)
        assert open_cells(reconcile(*pair)) == open_cells(reconcile(*reversed(pair)))
