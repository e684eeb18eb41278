"""Equal claims: lots by law, an order by law, or silence; those not involved are certain."""

from __future__ import annotations

from secondcount.allocation import Lot, Outcome
from secondcount.allocation.ties import Settled, highest, settle
from secondcount.model.rule import Method, Rule, Ties
from unit.allocation.rules import by, named, seats


def tied_by(ties: Ties, order: tuple[str, ...] = ()) -> Rule:
    """Return a rule with this way to settle ties."""
    return Rule(method=Method.PLURALITY, seats=1, ties=ties, tie_order=order)


class TestSettle:
    def test_gives_everybody_a_place_where_there_are_enough(self) -> None:
        """Equal claims are no tie while places last."""
        assert settle(tied_by(Ties.LOT), ["a", "b"], 2) == Settled(winners=("a", "b"))

    def test_gives_nothing_where_there_is_no_place(self) -> None:
        """No place, no lot."""
        assert settle(tied_by(Ties.LOT), ["a", "b"], 0) == Settled()

    def test_follows_the_order_of_the_law(self) -> None:
        """The list registered earlier comes first, not the one that is listed first in a table."""
        rule = tied_by(Ties.ORDER, ("c", "a", "b"))
        assert settle(rule, ["a", "b", "c"], 2).winners == ("c", "a")

    def test_does_not_rank_whom_the_order_does_not_name(self) -> None:
        """An order that leaves out a tied contestant does not decide the tie."""
        rule = tied_by(Ties.ORDER, ("a",))
        assert settle(rule, ["a", "b"], 1) == Settled(lot=Lot(contestants=("a", "b"), seats=1))

    def test_ignores_an_order_where_the_law_draws_lots(self) -> None:
        """A tie order is used only if the law says that it is."""
        assert settle(tied_by(Ties.LOT, ("a", "b")), ["a", "b"], 1).lot == Lot(contestants=("a", "b"), seats=1)


class TestHighest:
    def test_lists_the_highest_claims_first(self) -> None:
        """Winners come in descending order of their claims."""
        assert highest(tied_by(Ties.LOT), named(1, 5, 3), 2).winners == ("b", "c")

    def test_sees_no_tie_above_or_below_the_cut(self) -> None:
        """Equal claims that are all served, or all not served, leave nothing open."""
        assert highest(tied_by(Ties.LOT), named(5, 5, 3, 3), 2) == Settled(winners=("a", "b"))

    def test_leaves_only_the_tie_across_the_cut_open(self) -> None:
        """Who is above the cut is certain; the lot is among the equal ones, for the places left."""
        found = highest(tied_by(Ties.LOT), named(3, 5, 3, 3), 3)
        assert found == Settled(winners=("b",), lot=Lot(contestants=("a", "c", "d"), seats=2))


class TestOutcome:
    def test_is_a_lot_where_the_law_draws_lots(self) -> None:
        """Drawing lots is a result: the certain seats are given, the open one is named."""
        found = by(Method.HARE, 3, 5, 5, ties=Ties.LOT)
        assert (found.outcome, seats(found), found.undistributed) == (Outcome.LOT, (1, 1), 1)
        assert found.lots == (Lot(contestants=("a", "b"), seats=1),)

    def test_is_silence_where_the_text_says_nothing(self) -> None:
        """The tie is named, and is not turned into a lot that no law orders."""
        found = by(Method.HARE, 3, 5, 5, ties=Ties.SILENT)
        assert (found.outcome, seats(found), found.undistributed) == (Outcome.LAW_SILENT, (1, 1), 1)
        assert found.lots == (Lot(contestants=("a", "b"), seats=1),)

    def test_is_decided_where_the_law_has_an_order(self) -> None:
        """The order gives the seat, and nothing stays open."""
        found = by(Method.HARE, 3, 5, 5, ties=Ties.ORDER, order=("b", "a"))
        assert (found.outcome, seats(found), found.lots) == (Outcome.DECIDED, (1, 2), ())

    def test_is_silence_where_the_order_does_not_name_all(self) -> None:
        """An incomplete order is silence, not a lot."""
        assert by(Method.HARE, 3, 5, 5, ties=Ties.ORDER, order=("b",)).outcome is Outcome.LAW_SILENT
