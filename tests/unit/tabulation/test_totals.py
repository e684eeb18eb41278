"""Counts of one publication that cannot all be true, and areas that do not add up."""

from __future__ import annotations

from fractions import Fraction

import pytest

from secondcount.model.form import Identity, Relation
from secondcount.model.issue import Issue, Severity
from secondcount.tabulation import check_publications
from tabulating.elections import (
    COUNT,
    LEAD,
    TURNOUT,
    Printed,
    codes,
    contest_of,
    election_of,
    figures_of,
    identity,
    linear,
    only,
    values_of,
)
from tabulating.kazakhstan import FINAL, FINAL_2016, FINAL_2023, VOTES_2016, VOTES_2023, kz, national, results

SUM = identity(
    "a + b + c + invalid == took_part",
    linear((1, "a"), (1, "b"), (1, "c"), (1, "invalid")),
    Relation.EQUAL,
    linear((1, "took_part")),
)


def small(*printed: Printed, identities: tuple[Identity, ...] = (SUM,)) -> tuple[Issue, ...]:
    """Return the issues of one final publication about the land (north, south and, in the north, the port)."""
    contest = contest_of(identities=identities)
    return check_publications(election_of(contest), (FINAL,), figures_of(*printed))


def count(cell: str, text: str, area: str = "land", rounding: int = 0) -> Printed:
    """Return one published count."""
    return Printed(publication="final", quantity=COUNT, cell=cell, text=text, area=area, rounding=rounding)


class TestVotersAndTurnout:
    """Voters who took part, turnout and register."""

    def test_2016_a_digit_is_wrong_in_the_news_text(self) -> None:
        """7,966,000 took part; 77.12 % of about 9,810,000 are 7,561,126 to 7,569,819."""
        rounded = [("took_part", "7966000", 1000), ("registered", "9810000", 10000)]
        figures = figures_of(
            *results("final", VOTES_2016, FINAL_2016),
            national("final", TURNOUT, "", "77.12"),
            *(
                Printed(publication="final", quantity=COUNT, cell=cell, text=text, area="kazakhstan", rounding=step)
                for cell, text, step in rounded
            ),
        )
        issues = check_publications(kz(VOTES_2016), (FINAL,), figures)
        issue = only(issues, "R131")
        assert issue.severity is Severity.CONTRADICTION
        assert values_of(issue) == {
            "voters": 7966000,
            "turnout": "77.12\u00a0%",
            "register": 9810000,
            "least": 7561126,
            "most": 7569818,
            "publication_register": "final",
        }

    def test_the_right_digit_would_be_silent(self) -> None:
        """7,566,150 (electionguide.org) fits."""
        figures = figures_of(
            national("final", TURNOUT, "", "77.12"),
            national("final", COUNT, "took_part", "7566150"),
            Printed(
                publication="final",
                quantity=COUNT,
                cell="registered",
                text="9810000",
                area="kazakhstan",
                rounding=10000,
            ),
        )
        assert check_publications(kz(VOTES_2016), (FINAL,), figures) == ()


class TestVotesAndVoters:
    """Votes for the contestants and voters who took part."""

    def test_2023_are_two_quantities(self) -> None:
        """6,366,441 votes, 6,521,860 cast: 155,419 more, as a note, for both can be right."""
        issues = check_publications(
            kz(VOTES_2023),
            (FINAL,),
            figures_of(
                *results("final", VOTES_2023, FINAL_2023), national("final", COUNT, "took_part", "6521860", "cast")
            ),
        )
        issue = only(issues, "R133")
        assert issue.severity is Severity.NOTE
        assert values_of(issue) == {
            "votes": 6366441,
            "voters": 6521860,
            "rest": 155419,
            "part": Fraction(155419, 6521860),
        }

    def test_more_votes_than_voters_are_a_contradiction(self) -> None:
        """R132, unless an identity of the form says it already."""
        printed = [count("a", "50"), count("b", "30"), count("c", "21"), count("took_part", "100")]
        assert values_of(only(small(*printed), "R132")) == {"votes": 101, "voters": 100, "excess": 1}
        with_invalid = [*printed, count("invalid", "0")]
        assert codes(small(*with_invalid)) == ["R134"]
        assert codes(small(*with_invalid, identities=())) == ["R132"]

    def test_published_invalid_ballots_explain_the_rest(self) -> None:
        """With the invalid ballots published there is nothing to note."""
        printed = [count("a", "50"), count("b", "30"), count("c", "10"), count("took_part", "95")]
        assert codes(small(*printed)) == ["R133"]
        assert codes(small(*printed, count("invalid", "5"))) == []


class TestIdentities:
    """What holds for each protocol holds for their sums."""

    def test_are_evaluated_on_published_sums(self) -> None:
        """The arithmetic is written out."""
        printed = [count(cell, text) for cell, text in zip(("a", "b", "c", "invalid"), "5432", strict=True)]
        issue = only(small(*printed, count("took_part", "15")), "R134")
        assert values_of(issue) == {"identity": SUM.text, "arithmetic": "5 + 4 + 3 + 2 (= 14) ≠ 15"}

    def test_of_rounded_figures_are_broken_only_for_certain(self) -> None:
        """A total rounded to tens is right as long as some true total fits."""
        printed = [count(cell, text) for cell, text in zip(("a", "b", "c", "invalid"), "5432", strict=True)]
        assert codes(small(*printed, count("took_part", "10", rounding=10))) == []
        assert "R134" in codes(small(*printed, count("took_part", "30", rounding=10)))

    def test_with_a_constant_are_not(self) -> None:
        """A constant counts once per protocol, so a sum says nothing."""
        shifted = identity("a == b + 1", linear((1, "a")), Relation.EQUAL, linear((1, "b"), constant=1))
        assert small(count("a", "5"), count("b", "4"), identities=(shifted,)) == ()
        assert small(count("a", "5"), count("b", "3"), identities=(shifted,)) == ()

    @pytest.mark.parametrize(("relation", "broken"), [(Relation.AT_MOST, "54"), (Relation.AT_LEAST, "45")])
    def test_of_both_directions(self, relation: Relation, broken: str) -> None:
        """At most and at least are broken on their own side only."""
        one = identity("a ? b", linear((1, "a")), relation, linear((1, "b")))
        for votes in ("54", "45", "44"):
            found = codes(small(count("a", votes[0]), count("b", votes[1]), identities=(one,)))
            assert found == (["R134"] if votes == broken else [])


class TestLeads:
    """A lead and the votes it is the difference of."""

    @pytest.mark.parametrize(("lead", "expected"), [("20", []), ("21", ["R135"])])
    def test_agree_or_contradict(self, lead: str, expected: list[str]) -> None:
        """50 to 30 is 20 ahead."""
        printed = Printed(publication="final", quantity=LEAD, cell="a", minus="b", text=lead)
        assert codes(small(count("a", "50"), count("b", "30"), printed)) == expected


class TestAreas:
    """Areas inside add up to the whole."""

    def test_that_differ_from_the_whole_are_a_contradiction(self) -> None:
        """North 30 and south 21 are not 50."""
        issue = only(small(count("a", "50"), count("a", "30", "north"), count("a", "21", "south")), "R141")
        assert values_of(issue) == {"added": 51, "published": 50, "count": 2, "inside": 2, "difference": 1}
        assert small(count("a", "50"), count("a", "30", "north"), count("a", "20", "south")) == ()

    def test_some_of_them_may_be_less_but_never_more(self) -> None:
        """With the south missing, 30 in the north is fine and 51 is not."""
        assert small(count("a", "50"), count("a", "30", "north")) == ()
        assert codes(small(count("a", "50"), count("a", "51", "north"))) == ["R142"]

    def test_rounded_ones_contradict_only_for_certain(self) -> None:
        """30 and 20, each to the nearest ten, may add up to 59."""
        inside = [count("a", "30", "north", 10), count("a", "20", "south", 10)]
        assert small(count("a", "59"), *inside) == ()
        assert codes(small(count("a", "61"), *inside)) == ["R141"]
