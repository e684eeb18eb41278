"""Votes that equal round percentages: Venezuela 2024 is flagged, Kazakhstan is not (domain.md, D9)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from secondcount.model.issue import Severity
from secondcount.tabulation import check_publications
from secondcount.tabulation.reverse_rounding import rounded_percentages
from tabulating.elections import COUNT, Printed, codes, contest_of, election_of, figures_of, only, values_of
from tabulating.kazakhstan import FINAL, VOTES_2012, VOTES_2016, VOTES_2021, VOTES_2023

VENEZUELA = {"maduro": 5150092, "gonzalez": 4445978, "others": 462704}


def found(votes: Mapping[str, int]) -> list[str]:
    """Return the codes for these votes."""
    printed = [Printed(publication="final", quantity=COUNT, cell=cell, text=str(one)) for cell, one in votes.items()]
    contest = contest_of(tuple(votes), identities=())
    return codes(check_publications(election_of(contest), (FINAL,), figures_of(*printed)))


def test_venezuela_2024_is_flagged() -> None:
    """5,150,092 / 4,445,978 / 462,704 of 10,058,774 are 51.2 / 44.2 / 4.6 %; chance (1000/10058774)^2."""
    printed = [
        Printed(publication="final", quantity=COUNT, cell=cell, text=str(one)) for cell, one in VENEZUELA.items()
    ]
    contest = contest_of(tuple(VENEZUELA), identities=())
    issue = only(check_publications(election_of(contest), (FINAL,), figures_of(*printed)), "R110")
    assert issue.severity is Severity.UNUSUAL
    assert values_of(issue) == {
        "total": 10058774,
        "decimals": 1,
        "percentages": "51.2 | 44.2 | 4.6",
        "free": 2,
        "grid": Fraction(10058774, 1000),
        "one_in": 101178934,
        "chance": Fraction(1000, 10058774) ** 2,
    }


@pytest.mark.parametrize(
    "votes", [VOTES_2012, VOTES_2016, VOTES_2021, VOTES_2023], ids=["2012", "2016", "2021", "2023"]
)
def test_kazakhstan_is_not_flagged(votes: Mapping[str, int]) -> None:
    """In none of the four Majilis elections do all counts hit a round percentage."""
    assert found(votes) == []


def test_one_vote_off_is_no_hit() -> None:
    """The test is exact: moving one vote between two of the counts silences it."""
    assert found({**VENEZUELA, "maduro": 5150093, "gonzalez": 4445977}) == []


def test_hits_that_chance_explains_are_not_reported() -> None:
    """Small totals, a single free count and zeros prove nothing."""
    assert rounded_percentages([500, 300, 200], 1000) is None
    assert rounded_percentages([5_120_000, 4_880_000], 10_000_000) is None
    assert rounded_percentages([5_120_000, 4_880_000, 0, 0, 0], 10_000_000) is None
    assert rounded_percentages([], 0) is None


def test_the_fewest_decimals_are_named() -> None:
    """51 / 44 / 5 % of ten million need no decimals."""
    assert rounded_percentages([5_100_000, 4_400_000, 500_000], 10_000_000) == 0
    assert rounded_percentages([5_123_000, 4_377_000, 500_000], 10_000_000) == 2
