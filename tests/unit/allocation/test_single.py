"""Rules that elect persons: plurality, and majority with a second round."""

from __future__ import annotations

from fractions import Fraction

from secondcount.allocation import Allocation, Lot, Outcome, allocate
from secondcount.model.rule import Method, Rule, Threshold, Ties
from unit.allocation.rules import at_least, by, named, seats


def first_round(*votes: int, base: int, threshold: Threshold | None = None, ties: Ties = Ties.LOT) -> Allocation:
    """Hold a first round on a base that can be larger than the votes."""
    return allocate(Rule(method=Method.MAJORITY, seats=1, ties=ties, threshold=threshold), named(*votes), base)


class TestPlurality:
    def test_gives_the_seat_to_the_most_votes(self) -> None:
        """East Kazakhstan regional assembly, district 3, as copied: 2,150 against 2,083."""
        assert seats(by(Method.PLURALITY, 1, 2_083, 2_150)) == (0, 1)

    def test_gives_at_most_one_seat_to_each(self) -> None:
        """Two seats go to the two with most votes, however far ahead the first is."""
        assert seats(by(Method.PLURALITY, 2, 90, 4, 6)) == (1, 0, 1)

    def test_reports_a_tie_for_the_last_seat(self) -> None:
        """The first is certain, the second seat is drawn."""
        found = by(Method.PLURALITY, 2, 9, 4, 4)
        assert (seats(found), found.lots) == ((1, 0, 0), (Lot(contestants=("b", "c"), seats=1),))

    def test_leaves_seats_without_contestants_open(self) -> None:
        """Three seats, two contestants with votes: the third seat has no owner in this rule."""
        found = by(Method.PLURALITY, 3, 9, 4, 0)
        assert (seats(found), found.undistributed, found.outcome) == ((1, 1, 0), 1, Outcome.LAW_SILENT)


class TestMajority:
    def test_elects_with_more_than_half(self) -> None:
        """51 of 100 is more than half."""
        found = first_round(51, 49, base=100)
        assert (found.outcome, seats(found)) == (Outcome.DECIDED, (1, 0))

    def test_does_not_elect_with_exactly_half(self) -> None:
        """50 of 100 is not more than half, even with nobody near."""
        found = first_round(20, 50, 30, base=100)
        assert (found.outcome, found.second_round) == (Outcome.SECOND_ROUND, ("b", "c"))
        assert (seats(found), found.undistributed) == ((0, 0, 0), 1)

    def test_is_taken_of_the_base_not_of_the_votes(self) -> None:
        """Against-all votes and invalid ballots can keep the leader below half."""
        assert first_round(51, 40, base=102).outcome is Outcome.SECOND_ROUND

    def test_takes_another_share_from_the_threshold(self) -> None:
        """Where the law elects with 40 %, 40 % elects; of two who reach it, the one with more votes."""
        assert seats(first_round(40, 30, 30, base=100, threshold=at_least(Fraction(2, 5)))) == (1, 0, 0)
        assert seats(first_round(42, 45, 13, base=100, threshold=at_least(Fraction(2, 5)))) == (0, 1, 0)

    def test_reports_a_tie_for_the_second_place(self) -> None:
        """The leader is certain of the second round; who else is in it is drawn."""
        found = first_round(40, 30, 30, base=100)
        assert (found.outcome, found.second_round) == (Outcome.LOT, ("a",))
        assert found.lots == (Lot(contestants=("b", "c"), seats=1),)
        assert found.undistributed == 1

    def test_reports_silence_on_a_tie_for_the_second_place(self) -> None:
        """Where the law says nothing about the tie, no lot is invented."""
        assert first_round(40, 30, 30, base=100, ties=Ties.SILENT).outcome is Outcome.LAW_SILENT

    def test_needs_two_for_a_second_round(self) -> None:
        """A single contestant without a majority: there are no first two, and the rule is silent."""
        found = first_round(40, base=100)
        assert (found.outcome, found.second_round, found.undistributed) == (Outcome.LAW_SILENT, (), 1)

    def test_lets_a_contestant_without_votes_into_the_second_round(self) -> None:
        """Of two contestants both are the first two."""
        assert first_round(40, 0, base=100).second_round == ("a", "b")
