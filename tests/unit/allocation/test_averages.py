"""D'Hondt and Sainte-Laguë by highest averages."""

from __future__ import annotations

import pytest

from secondcount.allocation import Lot, Outcome
from secondcount.allocation.averages import DIVISORS
from secondcount.model.rule import Method, Ties
from unit.allocation.rules import by, seats


class TestDivisors:
    def test_dhondt_divides_by_one_two_three(self) -> None:
        """The first seat costs all votes, the second half of them, the third a third."""
        assert [DIVISORS[Method.DHONDT].average(60, held) for held in range(4)] == [60, 30, 20, 15]

    def test_sainte_lague_divides_by_one_three_five(self) -> None:
        """The series of odd numbers, with no modified first divisor."""
        assert [DIVISORS[Method.SAINTE_LAGUE].average(105, held) for held in range(4)] == [105, 35, 21, 15]


class TestHighestAverages:
    def test_dhondt_favours_the_large_list(self) -> None:
        """53 : 24 : 23 for 7 seats: averages 53, 26.5, 24, 23, 17.7, 13.25, 12 (and not 11.5)."""
        assert seats(by(Method.DHONDT, 7, 53, 24, 23)) == (4, 2, 1)

    def test_sainte_lague_does_not(self) -> None:
        """53 : 24 : 23 for 7 seats: averages 53, 24, 23, 17.7, 10.6, 8, 7.67 (and not 7.57)."""
        assert seats(by(Method.SAINTE_LAGUE, 7, 53, 24, 23)) == (3, 2, 2)

    @pytest.mark.parametrize("method", [Method.DHONDT, Method.SAINTE_LAGUE])
    def test_leaves_only_the_equal_averages_open(self, method: Method) -> None:
        """Two equal lists and an odd seat: the third list is certain of its own."""
        found = by(method, 4, 10, 10, 6)
        assert (found.outcome, seats(found), found.undistributed) == (Outcome.LOT, (1, 1, 1), 1)
        assert found.lots == (Lot(contestants=("a", "b"), seats=1),)

    def test_counts_a_tie_of_three_for_two_seats(self) -> None:
        """Three equal averages for two seats: nobody of the three is certain of the seat."""
        found = by(Method.DHONDT, 2, 8, 8, 8)
        assert (seats(found), found.lots) == ((0, 0, 0), (Lot(contestants=("a", "b", "c"), seats=2),))

    def test_sees_a_tie_between_a_first_and_a_second_seat(self) -> None:
        """20 / 2 equals 10 / 1: the large list is certain of one seat, the last one is open between both."""
        found = by(Method.DHONDT, 2, 20, 10)
        assert (seats(found), found.lots) == ((1, 0), (Lot(contestants=("a", "b"), seats=1),))

    def test_settles_a_tie_by_the_order_of_the_law(self) -> None:
        """The seat goes to the list that the law puts first."""
        found = by(Method.DHONDT, 2, 20, 10, ties=Ties.ORDER, order=("b", "a"))
        assert (seats(found), found.outcome, found.lots) == ((1, 1), Outcome.DECIDED, ())

    def test_gives_whole_columns_only(self) -> None:
        """Divisor rules have no quota and no remainder: all seats stand in the column of whole seats."""
        found = by(Method.SAINTE_LAGUE, 5, 60, 28, 12)
        assert found.quota is None
        assert {(one.quotient, one.remainder, one.extra) for one in found.lists} == {(None, None, 0)}
        assert [one.whole for one in found.lists] == [one.seats for one in found.lists]

    @pytest.mark.parametrize("method", [Method.DHONDT, Method.SAINTE_LAGUE])
    def test_stays_exact_with_numbers_beyond_floating_point(self, method: Method) -> None:
        """One vote in 10^40 decides the last seat."""
        assert seats(by(method, 1, 10**40 + 1, 10**40)) == (1, 0)
        assert seats(by(method, 3, 10**40, 10**40 + 1)) == (1, 2)
