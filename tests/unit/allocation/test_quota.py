"""Hare and Droop quotas with the largest remainders."""

from __future__ import annotations

from fractions import Fraction

from secondcount.allocation import Lot, Outcome, droop_quota, hare_quota
from secondcount.model.rule import Method
from unit.allocation.rules import by, seats


class TestHare:
    def test_quota_is_not_rounded(self) -> None:
        """Votes per seat is a fraction, as in Q = 6,638,629 / 98 of 2012."""
        assert hare_quota(6_638_629, 98) == Fraction(6_638_629, 98)

    def test_rows_can_be_re_derived_by_hand(self) -> None:
        """Quotient, whole seats, remainder and the seat for it stand in each row."""
        first = by(Method.HARE, 10, 47, 16, 37).lists[0]
        assert (first.quotient, first.whole) == (Fraction(47, 10), 4)
        assert (first.remainder, first.extra, first.seats) == (Fraction(7, 10), 1, 5)

    def test_gives_a_contestant_without_votes_nothing(self) -> None:
        """A list without votes does not take part: no quotient, no remainder, no seat."""
        found = by(Method.HARE, 7, 3, 0, 1)
        assert seats(found) == (5, 0, 2)
        assert (found.lists[1].passes, found.lists[1].quotient, found.lists[1].remainder) == (False, None, None)

    def test_shows_the_alabama_paradox(self) -> None:
        """One more seat in the house can cost a list a seat: the method is what the law says, not what is fair."""
        assert seats(by(Method.HARE, 10, 6, 6, 2)) == (4, 4, 2)
        assert seats(by(Method.HARE, 11, 6, 6, 2)) == (5, 5, 1)

    def test_draws_lots_between_equal_remainders(self) -> None:
        """With equal remainders at the cut only these lists are uncertain."""
        found = by(Method.HARE, 6, 30, 15, 15)
        assert (seats(found), found.outcome) == ((3, 1, 1), Outcome.LOT)
        assert found.lots == (Lot(contestants=("b", "c"), seats=1),)


class TestDroop:
    def test_quota_is_the_least_that_only_so_many_can_have(self) -> None:
        """floor(V / (S + 1)) + 1: three times 26 fit into 100, four times do not; 25 would fit four times."""
        assert droop_quota(100, 3) == 26
        assert droop_quota(99, 3) == 25

    def test_gives_no_seat_too_many_where_the_unrounded_form_would(self) -> None:
        """Two equal lists and one seat: V / (S + 1) would give both a seat; here lots are drawn."""
        found = by(Method.DROOP, 1, 50, 50)
        assert (seats(found), found.lots) == ((0, 0), (Lot(contestants=("a", "b"), seats=1),))

    def test_differs_from_hare(self) -> None:
        """A smaller quota favours the large list."""
        assert seats(by(Method.HARE, 5, 70, 18, 12)) == (3, 1, 1)
        assert seats(by(Method.DROOP, 5, 70, 18, 12)) == (4, 1, 0)

    def test_leaves_open_what_remainders_cannot_take(self) -> None:
        """With fewer votes than seats a remainder earns one seat; for the rest the rule has no owner."""
        found = by(Method.DROOP, 10, 2, 1)
        assert (seats(found), found.undistributed, found.outcome) == ((3, 2), 5, Outcome.LAW_SILENT)
        assert found.lots == ()
