"""The second list of Art. 97-1: admitted below the threshold, with a correction index and a minimum."""

from __future__ import annotations

from fractions import Fraction

import pytest

from secondcount.allocation import Allocation, Lot, Outcome, allocate
from secondcount.model.rule import Leftover, Ties
from unit.allocation.rules import kazakh, named, seats

LARGE = 5_247_720  # the hypothetical first list of domain.md, D3


def second_list(*others: int, leftover: Leftover = Leftover.SILENT, ties: Ties = Ties.LOT) -> Allocation:
    """Apply the rule to a first list with 5,247,720 votes, the others being far below 7 % of the base."""
    return allocate(kazakh(leftover, ties=ties), named(LARGE, *others), 6_000_000)


class TestBranch:
    def test_is_taken_only_if_exactly_one_list_passes(self) -> None:
        """With two lists above 7 % nobody is admitted below it."""
        found = allocate(kazakh(Leftover.SILENT), named(900, 70, 30), 1000)
        assert (found.runner_up, seats(found)) == ("", (91, 7, 0))

    def test_gives_no_seat_where_no_list_passes(self) -> None:
        """The rule speaks of one list above the threshold, not of none."""
        found = allocate(kazakh(Leftover.SILENT), named(6, 5), 100)
        assert (found.outcome, found.undistributed, found.runner_up) == (Outcome.NOBODY, 98, "")

    def test_is_silent_where_there_is_nobody_to_admit(self) -> None:
        """One list has all the votes: the text as seen does not say what follows."""
        found = second_list(0)
        assert (found.outcome, found.undistributed, found.runner_up) == (Outcome.LAW_SILENT, 98, "")


class TestSeats:
    def test_come_from_the_quota_of_both_lists(self) -> None:
        """D3: v2 = 263,000 gives floor(0.7 x 4.677) = 3, v1 floor(93.3) = 93."""
        found = second_list(1_000, 263_000)
        assert (found.runner_up, seats(found)) == ("c", (93, 0, 3))
        assert found.quota == Fraction(LARGE + 263_000, 98)
        assert found.passing_total == LARGE + 263_000

    def test_are_raised_to_the_minimum(self) -> None:
        """D3: v2 = 150,000 gives floor(1.906) = 1, raised to 2; the first list has 95."""
        assert seats(second_list(150_000)) == (95, 2)

    def test_honour_the_minimum_before_the_first_list(self) -> None:
        """floor(97.98) + 2 would be 99 of 98 seats: the guarantee of two holds, the first list has 96."""
        found = second_list(1_000)
        assert (seats(found), found.outcome, found.undistributed) == ((96, 2), Outcome.DECIDED, 0)

    def test_reach_a_boundary_exactly(self) -> None:
        """Where 0.7 x v2 / Q is exactly 3, it is 3 and not 2."""
        votes = named(6_560, 300)  # Q = 70, 0.7 x 300 / 70 = 3
        assert seats(allocate(kazakh(Leftover.SILENT), votes, 6_860)) == (93, 3)


class TestLeftover:
    @pytest.mark.parametrize(
        ("second", "leftover", "expected", "open_seats"),
        [
            (263_000, Leftover.SILENT, (93, 3), 2),
            (263_000, Leftover.FIRST_LIST, (95, 3), 0),
            (263_000, Leftover.LARGEST_REMAINDER, (94, 4), 0),
            (150_000, Leftover.SILENT, (95, 2), 1),
            (150_000, Leftover.FIRST_LIST, (96, 2), 0),
            (150_000, Leftover.LARGEST_REMAINDER, (96, 2), 0),
        ],
    )
    def test_is_configured_not_invented(
        self, second: int, leftover: Leftover, expected: tuple[int, int], open_seats: int
    ) -> None:
        """D3, both cases: silence leaves the seats undistributed and says so; the other two give them out."""
        found = second_list(second, leftover=leftover)
        assert (seats(found), found.undistributed) == (expected, open_seats)
        assert found.outcome is (Outcome.LAW_SILENT if open_seats else Outcome.DECIDED)

    def test_gives_a_raised_list_no_remainder(self) -> None:
        """1.906 was raised to 2: its remainder has been honoured, and the seat left goes to the first list."""
        found = second_list(150_000, leftover=Leftover.LARGEST_REMAINDER)
        assert (found.lists[1].remainder, found.lists[1].extra, found.lists[0].extra) == (None, 0, 1)

    def test_gives_one_seat_for_one_remainder(self) -> None:
        """A large second list loses many seats to the index: two go to the remainders, the rest has no owner."""
        votes = named(80, 69, *([60] * 12))  # 52.6 and 0.7 x 45.4 = 31.8 quotas
        found = allocate(kazakh(Leftover.LARGEST_REMAINDER), votes, 1_000)
        assert (seats(found)[:2], found.undistributed, found.outcome) == ((53, 32), 13, Outcome.LAW_SILENT)

    def test_reports_equal_remainders(self) -> None:
        """16 and 1 votes, 50 seats: both remainders are 1/17, and one seat is left."""
        found = allocate(kazakh(Leftover.LARGEST_REMAINDER, seats=50), named(16, 1), 17)
        assert (seats(found), found.lots) == ((47, 2), (Lot(contestants=("a", "b"), seats=1),))
        assert {one.remainder for one in found.lists} == {Fraction(1, 17)}

    def test_settles_equal_remainders_by_the_order_of_the_law(self) -> None:
        """Art. 97-1: with equal remainders the list registered earlier gets the seat."""
        rule = kazakh(Leftover.LARGEST_REMAINDER, seats=50, ties=Ties.ORDER, order=("b", "a"))
        assert seats(allocate(rule, named(16, 1), 17)) == (47, 3)


class TestTieForRunnerUp:
    def test_is_drawn_for_all_its_seats_together(self) -> None:
        """Two equal second lists: the first list is certain, the other seats go to one of the two."""
        found = second_list(263_000, 263_000, 9, leftover=Leftover.FIRST_LIST)
        assert (found.outcome, found.runner_up, seats(found)) == (Outcome.LOT, "", (95, 0, 0, 0))
        assert found.lots == (Lot(contestants=("b", "c"), seats=3, together=True),)
        assert found.undistributed == 3

    def test_includes_the_seat_for_the_remainder(self) -> None:
        """Whoever is drawn gets the second list's seats with its share of the leftover ones."""
        found = second_list(263_000, 263_000, leftover=Leftover.LARGEST_REMAINDER)
        assert (found.outcome, seats(found)) == (Outcome.LOT, (94, 0, 0))
        assert found.lots == (Lot(contestants=("b", "c"), seats=4, together=True),)

    def test_does_not_hide_that_the_law_is_silent_on_leftover_seats(self) -> None:
        """A lot for the second list alone does not end it where two seats have no owner: silence outranks the lot."""
        found = second_list(263_000, 263_000)
        assert (found.outcome, found.undistributed) == (Outcome.LAW_SILENT, 5)
        assert found.lots == (Lot(contestants=("b", "c"), seats=3, together=True),)

    def test_is_silence_where_the_law_says_nothing_about_ties(self) -> None:
        """Who is second is not decided by the place in a table."""
        found = second_list(263_000, 263_000, leftover=Leftover.FIRST_LIST, ties=Ties.SILENT)
        assert (found.outcome, found.runner_up) == (Outcome.LAW_SILENT, "")

    def test_is_decided_by_the_order_of_the_law(self) -> None:
        """The list registered earlier is the second."""
        rule = kazakh(Leftover.FIRST_LIST, ties=Ties.ORDER, order=("c", "b"))
        found = allocate(rule, named(LARGE, 263_000, 263_000), 6_000_000)
        assert (found.runner_up, seats(found)) == ("c", (95, 0, 3))

    def test_can_leave_a_second_lot_for_equal_remainders(self) -> None:
        """Lots for who is second, and lots between the first list and that list for the last seat."""
        found = allocate(kazakh(Leftover.LARGEST_REMAINDER, seats=50), named(16, 1, 1), 18)
        assert (seats(found), found.outcome, found.undistributed) == ((47, 0, 0), Outcome.LOT, 3)
        assert found.lots == (
            Lot(contestants=("b", "c"), seats=2, together=True),
            Lot(contestants=("a", "b", "c"), seats=1),
        )

    def test_is_not_ranked_by_an_order_that_does_not_name_all(self) -> None:
        """An order that names the first list and one of two equal second ones decides neither of the two lots."""
        rule = kazakh(Leftover.LARGEST_REMAINDER, seats=50, ties=Ties.ORDER, order=("b", "a"))
        found = allocate(rule, named(16, 1, 1), 18)
        assert (seats(found), found.outcome, len(found.lots)) == ((47, 0, 0), Outcome.LAW_SILENT, 2)
