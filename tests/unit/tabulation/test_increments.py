"""From preliminary to final: domain.md §1.3 and Appendix D4, to the vote."""

from __future__ import annotations

from fractions import Fraction

from secondcount.model.issue import Issue, Severity
from secondcount.model.publication import Stage
from secondcount.tabulation import check_publications
from tabulating.elections import (
    COUNT,
    SHARE,
    Printed,
    codes,
    contest_of,
    election_of,
    figures_of,
    only,
    publication_of,
    values_of,
)
from tabulating.kazakhstan import PUBLICATIONS_2012, VOTES_2012, figures_2012, kz

EARLY, LATE = publication_of("early", Stage.PRELIMINARY), publication_of("late", Stage.FINAL)


def issues_2012() -> tuple[Issue, ...]:
    """Return what is found in the figures of 2012."""
    return check_publications(kz(VOTES_2012), PUBLICATIONS_2012, figures_2012())


def small(early: dict[str, dict[str, str]], late: dict[str, str]) -> list[Issue]:
    """Return the R2 issues of an early publication (quantity -> cell -> text) and late counts."""
    printed = [
        Printed(publication="early", quantity=quantity, cell=cell, text=text)
        for quantity, cells in early.items()
        for cell, text in cells.items()
    ]
    printed += [Printed(publication="late", quantity=COUNT, cell=cell, text=text) for cell, text in late.items()]
    election = election_of(contest_of(identities=()))
    return [one for one in check_publications(election, (EARLY, LATE), figures_of(*printed)) if one.code[:2] == "R2"]


class TestMajilis2012:
    """Auyl: 1.46 % on 16 January, 82,623 votes on 17 January."""

    def test_auyl_caps_the_votes_already_counted(self) -> None:
        """82,623 / 1.455 % = 5,678,556.70: at most 5,678,556 votes had been counted, 81.8 % of the final total."""
        issue = only(issues_2012(), "R201")
        assert issue.severity is Severity.UNUSUAL
        assert (issue.where.publication, issue.where.cell) == ("preliminary", "auyl")
        values = values_of(issue)
        assert (values["cap"], values["final"], values["total"]) == (5678556, 82623, 6941220)
        assert values["least"] == Fraction(1455, 100000)
        assert round(Fraction(str(values["part"])) * 1000) == 818

    def test_who_lost_if_everything_had_been_counted(self) -> None:
        """If 16 January spoke of all 6,941,220 votes, Auyl lost 18,372, the Patriots 3,698 and the CPPK 633."""
        lost = {one.where.cell: one.value("lost") for one in issues_2012() if one.code == "R203"}
        assert lost == {"cppk": 633, "auyl": 18372, "patriots": 3698}
        issue = next(one for one in issues_2012() if one.where.cell == "patriots")
        assert (issue.severity, issue.value("publication_turnout")) == (Severity.UNUSUAL, "turnout-2000")
        assert (issue.value("voters"), issue.value("total"), issue.value("then")) == (6980000, 6941220, 61430)

    def test_nobody_is_said_to_have_lost_without_the_condition(self) -> None:
        """The turnout of 20:00 is not the preliminary's own total: no unconditional R202."""
        assert "R202" not in codes(issues_2012())


class TestShares:
    """Percentages against later votes."""

    def test_that_fit_a_full_count_say_nothing(self) -> None:
        """Percentages of the final votes themselves cap nothing."""
        assert small({SHARE: {"a": "50", "b": "30", "c": "20"}}, {"a": "500", "b": "300", "c": "200"}) == []

    def test_with_their_own_total_are_held_against_it(self) -> None:
        """20 % of 900 are at least 175.5 votes; 150 in the end means at least 26 fewer, without any condition."""
        early = {SHARE: {"a": "50", "b": "30", "c": "20"}, COUNT: {"a": "450", "b": "270", "c": "180"}}
        issues = small(early, {"a": "540", "b": "310", "c": "150"})
        assert codes(issues) == ["R202", "R204"]
        assert values_of(issues[0]) == {
            "share": "20\u00a0%",
            "total": 900,
            "then": 176,
            "final": 150,
            "lost": 26,
            "publication_final": "late",
            "voters": 900,
            "publication_turnout": "early",
        }

    def test_with_a_small_enough_own_total_are_silent(self) -> None:
        """20 % of 700 may be 137 votes: 150 in the end is an increase, although 20 % of the final votes is more."""
        early = {SHARE: {"a": "50", "b": "30", "c": "20"}, COUNT: {"a": "350", "b": "210", "c": "140"}}
        assert small(early, {"a": "540", "b": "310", "c": "150"}) == []

    def test_are_not_held_against_voters_who_took_part(self) -> None:
        """Voters are more than votes: their number alone gives only the conditional statement."""
        early = {SHARE: {"a": "50", "b": "30", "c": "20"}, COUNT: {"took_part": "950"}}
        assert codes(small(early, {"a": "540", "b": "310", "c": "150"})) == ["R201", "R203"]

    def test_of_zero_cap_nothing(self) -> None:
        """0 % may be no vote at all: it bounds nothing."""
        assert small({SHARE: {"a": "60", "b": "40", "c": "0"}}, {"a": "600", "b": "400", "c": "1"}) == []


class TestCounts:
    """Counts that become smaller."""

    def test_are_unusual_not_a_contradiction(self) -> None:
        """Protocols are corrected and annulled: R204 asks which."""
        (issue,) = small({COUNT: {"a": "10", "b": "5"}}, {"a": "9", "b": "5", "c": "1"})
        assert (issue.code, issue.severity, issue.where.cell) == ("R204", Severity.UNUSUAL, "a")
        assert values_of(issue) == {"before": 10, "after": 9, "lost": 1, "publication_before": "early"}

    def test_of_other_lines_may_become_smaller(self) -> None:
        """Invalid ballots and the register go down by correction; only votes and voters are watched."""
        assert small({COUNT: {"invalid": "10", "registered": "99"}}, {"invalid": "9", "registered": "90"}) == []
        assert codes(small({COUNT: {"took_part": "10"}}, {"took_part": "9"})) == ["R204"]
