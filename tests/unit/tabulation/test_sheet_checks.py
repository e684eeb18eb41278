"""A copy is held against its own form: identities are three-valued, and unusual is not a contradiction."""

from __future__ import annotations

from typing import Any

from secondcount.model.form import Identity, Relation
from secondcount.model.issue import Issue, Severity
from secondcount.tabulation import check_sheets, tabulate
from secondcount.tabulation.listing import MOST_LISTED
from tabulating.elections import LAND, codes, contest_of, identity, linear, only, sheets_of, values_of

GOOD = {
    "registered": 1000,
    "received": 900,
    "issued": 600,
    "cancelled": 300,
    "took_part": 600,
    "invalid": 10,
    "a": 300,
    "b": 200,
    "c": 90,
}


def checked(*rows: dict[str, Any], identities: tuple[Identity, ...] | None = None) -> tuple[Issue, ...]:
    """Return the issues of copies that show good figures except where a row says otherwise."""
    contest = contest_of() if identities is None else contest_of(identities=identities)
    frame = sheets_of(contest, [{"station": str(at), **GOOD, **row} for at, row in enumerate(rows, 1)])
    return check_sheets(tabulate(frame, contest, LAND).usable, contest)


class TestIdentities:
    """Relations that the form requires."""

    def test_that_hold_are_silent(self) -> None:
        """A good copy has no issue."""
        assert checked({}) == ()

    def test_broken_hard_ones_are_contradictions_with_the_arithmetic(self) -> None:
        """S201 shows both sides with their numbers, the relation and the difference."""
        issue = only(checked({"received": 950}), "S201")
        assert issue.severity is Severity.CONTRADICTION
        assert issue.where.station == "1"
        assert issue.basis == ("digest#1",)
        assert values_of(issue) == {
            "identity": "received == issued + cancelled",
            "arithmetic": "950 ≠ 600 + 300 (= 900)",
            "left": 950,
            "relation": "==",
            "right": 900,
            "difference": 50,
        }

    def test_broken_soft_ones_are_unusual(self) -> None:
        """S202: a turnout above 95 % is no contradiction."""
        issue = only(checked({"registered": 610, "received": 600, "cancelled": 0}), "S202")
        assert issue.severity is Severity.UNUSUAL
        assert issue.value("arithmetic") == "20 × 600 (= 12000) > 19 × 610 (= 11590)"

    def test_with_an_unread_cell_are_not_evaluated(self) -> None:
        """Unread is neither equal nor different: no issue, whatever the state."""
        assert checked(*({"received": state, "a": at} for at, state in enumerate("ibsaur"))) == ()

    def test_are_exact_at_their_edge(self) -> None:
        """At most means at most: equality holds, one more does not."""
        assert codes(checked({"took_part": 600}, {"took_part": 601, "a": 1})) == ["S201"]
        at_least = identity("issued >= took_part", linear((1, "issued")), Relation.AT_LEAST, linear((1, "took_part")))
        assert checked({"took_part": 600}, identities=(at_least,)) == ()
        found = only(checked({"took_part": 601}, identities=(at_least,)), "S201")
        assert found.value("arithmetic") == "600 < 601"

    def test_of_huge_numbers_do_not_wrap_around(self) -> None:
        """A sum beyond 64 bits is not taken for a negative number."""
        huge = 2**62
        assert checked({"received": 2 * huge - 1, "issued": huge, "cancelled": huge - 1, "took_part": 0}) == ()
        assert "S201" in codes(checked({"received": 0, "issued": huge, "cancelled": huge}))


class TestVotesAboveTheRegister:
    """More votes than voters."""

    def test_are_unusual_never_a_contradiction(self) -> None:
        """506 votes at a 300-voter station were genuine once (TPS 016 Bangil): UNUSUAL, with innocent reasons."""
        row = {"registered": 300, "a": 406, "b": 90, "c": 10}
        issue = only(checked(row, identities=()), "S203")
        assert issue.severity is Severity.UNUSUAL
        assert values_of(issue) == {"votes": 506, "voters": 300, "excess": 206}

    def test_are_not_there_when_equal_or_unread(self) -> None:
        """As many votes as voters are fine; an unread register is not evaluated; unread votes count as none."""
        assert checked({"registered": 590}, identities=()) == ()
        assert checked({"registered": "i"}, identities=()) == ()
        assert checked({"registered": 300, "a": "i"}, identities=()) == ()


class TestEqualColumns:
    """The same votes for every contestant at several stations."""

    def test_are_unusual_and_name_the_stations(self) -> None:
        """S204 gives the figures and the stations that share them."""
        issues = checked({}, {"c": 91}, {"registered": 1200})
        assert values_of(only(issues, "S204")) == {"count": 2, "stations": "1, 3", "votes": "300 | 200 | 90"}

    def test_of_small_or_one_sided_stations_are_no_wonder(self) -> None:
        """Below 50 votes, or with fewer than three contestants that have any, equal figures say nothing."""
        assert checked({"a": 30, "b": 15, "c": 4}, {"a": 30, "b": 15, "c": 4}) == ()
        assert codes(checked({"a": 30, "b": 15, "c": 5}, {"a": 30, "b": 15, "c": 5})) == ["S204"]
        assert checked({"a": 300, "b": 15, "c": 0}, {"a": 300, "b": 15, "c": 0}) == ()

    def test_with_an_unread_vote_are_not_compared(self) -> None:
        """Two unread cells are not equal figures."""
        assert checked({"c": "i"}, {"c": "i"}) == ()


class TestLongLists:
    """A thousand of one code."""

    def test_are_cut_and_counted(self) -> None:
        """1,001 broken copies give 1,000 issues and one that says how many there are; nothing is dropped silently."""
        issues = checked(*({"received": 950 + at} for at in range(MOST_LISTED + 1)), *({},) * 3)
        assert codes(issues).count("S201") == MOST_LISTED
        assert values_of(only(issues, "S900")) == {"issue_code": "S201", "total": 1001, "shown": 1000}

    def test_of_exactly_a_thousand_are_whole(self) -> None:
        """The thousandth is still listed and nothing more is said."""
        assert codes(checked(*({"received": 950 + at, "a": at} for at in range(MOST_LISTED)))).count("S900") == 0


def test_form_that_names_other_cells_is_not_evaluated() -> None:
    """An identity over a cell that the contest does not have cannot be evaluated, and nothing falls over."""
    stray = identity("a <= nowhere", linear((1, "a")), Relation.AT_MOST, linear((1, "nowhere")))
    assert checked({}, identities=(stray,)) == ()
