"""Published percentages name their base, or contradict their votes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from secondcount.model.issue import Issue, Severity
from secondcount.tabulation import check_publications
from tabulating.elections import COUNT, SHARE, Printed, codes, contest_of, election_of, figures_of, only, values_of
from tabulating.kazakhstan import (
    FINAL,
    FINAL_2012,
    FINAL_2016,
    FINAL_2021,
    FINAL_2023,
    VOTES_2012,
    VOTES_2016,
    VOTES_2021,
    VOTES_2023,
    kz,
    national,
    results,
)


def majilis(votes: Mapping[str, int], shares: Mapping[str, str], *more: Printed) -> tuple[Issue, ...]:
    """Return the issues of one final publication."""
    return check_publications(kz(votes), (FINAL,), figures_of(*results("final", votes, shares), *more))


def small(votes: Mapping[str, int], shares: Mapping[str, str], took_part: str = "") -> tuple[Issue, ...]:
    """Return the issues of a small final publication for a, b, c."""
    printed = [Printed(publication="final", quantity=COUNT, cell=cell, text=str(one)) for cell, one in votes.items()]
    printed += [Printed(publication="final", quantity=SHARE, cell=cell, text=one) for cell, one in shares.items()]
    if took_part:
        printed.append(Printed(publication="final", quantity=COUNT, cell="took_part", text=took_part))
        printed.append(Printed(publication="final", quantity=COUNT, cell="invalid", text="0"))
    return check_publications(election_of(contest_of(identities=())), (FINAL,), figures_of(*printed))


@pytest.mark.parametrize(
    ("votes", "shares", "total"),
    [
        (VOTES_2012, FINAL_2012, 6941220),
        (VOTES_2016, FINAL_2016, 7522868),
        (VOTES_2021, FINAL_2021, 7241562),
        (VOTES_2023, FINAL_2023, 6366441),
    ],
    ids=["2012", "2016", "2021", "2023"],
)
def test_published_percentages_are_of_party_votes_while_the_law_names_voters(
    votes: Mapping[str, int], shares: Mapping[str, str], total: int
) -> None:
    """All four Majilis elections: one note, naming both bases, and no contradiction."""
    issues = majilis(votes, shares)
    assert codes(issues) == ["R102"]
    assert values_of(only(issues, "R102")) == {"base": "votes", "total": total, "base_law": "voters"}


def test_against_all_belongs_to_the_base_of_2023() -> None:
    """53.90 % is reproduced only with "against all" in the base: without it the percentages fit no known base."""
    votes = {cell: one for cell, one in VOTES_2023.items() if cell != "against_all"}
    shares = {cell: one for cell, one in FINAL_2023.items() if cell != "against_all"}
    issue = only(majilis(votes, shares), "R109")
    assert int(str(issue.value("least"))) <= 6366441 <= int(str(issue.value("most")))


def test_percentages_of_voters_are_recognised() -> None:
    """Switching the base is seen: 575 are 57.5 % of 1,000 voters and 59.9 % of 960 votes."""
    votes = {"a": 575, "b": 300, "c": 85}
    assert values_of(only(small(votes, {"a": "57.5", "b": "30.0", "c": "8.5"}, "1000"), "R101")) == {
        "base": "voters",
        "total": 1000,
    }
    assert only(small(votes, {"a": "59.9", "b": "31.2", "c": "8.9"}, "1000"), "R102").value("base") == "votes"


def test_isfed_both_bases_are_reproducible() -> None:
    """Georgia 2020 (ISFED): 45.8 % with invalid ballots in the base, 47.6 % without; each names its base."""
    votes = {"a": 4760, "b": 3240, "c": 2000}  # SYNTHETIC counts with the published ratio; 393 ballots invalid
    with_invalid = small(votes, {"a": "45.8", "b": "31.2", "c": "19.2"}, "10393")
    assert only(with_invalid, "R101").value("base") == "voters"
    without = small(votes, {"a": "47.6", "b": "32.4", "c": "20.0"}, "10393")
    assert only(without, "R102").value("base") == "votes"


def test_a_percentage_that_does_not_fit_is_a_contradiction() -> None:
    """Auyl with 2.19 % for 82,623 votes: the one wrong figure is named with its arithmetic."""
    issue = only(majilis(VOTES_2012, {**FINAL_2012, "auyl": "2.19"}), "R104")
    assert issue.severity is Severity.CONTRADICTION
    assert (issue.where.cell, issue.value("share"), issue.value("votes")) == ("auyl", "2.19\u00a0%", 82623)
    assert issue.value("total") == 6941220


def test_half_a_unit_fits_rounded_either_way() -> None:
    """1/8 is 12.5 %: 12 (to even) and 13 (up) are both accepted, 14 is not."""
    votes = {"a": 1, "b": 3, "c": 4}
    for share in ("12", "13"):
        assert codes(small(votes, {"a": share, "b": "38", "c": "50"})) == ["R102"]
    assert "R104" in codes(small(votes, {"a": "14", "b": "38", "c": "50"}))


def test_percentages_that_were_cut_off_are_a_note() -> None:
    """2/3 as 66.66 fits only if the rest was dropped: R103, no contradiction."""
    issues = small({"a": 2000, "b": 999, "c": 1}, {"a": "66.66", "b": "33.30", "c": "0.03"})
    assert codes(issues) == ["R103"]


def test_percentages_without_any_common_base_are_a_contradiction() -> None:
    """Where no total of the bases is known, two percentages can still exclude each other."""
    issue = only(small({"a": 600, "b": 300}, {"a": "50.0", "b": "30.0"}), "R105")
    assert values_of(issue) == {
        "contestant": "a",
        "share": "50.0\u00a0%",
        "votes": 600,
        "least": 1199,
        "contestant_other": "b",
        "share_other": "30.0\u00a0%",
        "votes_other": 300,
        "most": 1001,
    }


def test_most_percentages_decide_which_base_the_wrong_one_is_held_against() -> None:
    """If only one of three fits the known base, nothing is said about the others on that base: they may be right."""
    issues = small({"a": 500, "b": 300, "c": 200}, {"a": "50.0", "b": "40.0", "c": "29.0"})
    assert "R104" not in codes(issues)
    assert "R105" in codes(issues)


def test_zero_percent_fits_few_votes() -> None:
    """3 of 10,003 votes are 0.0 %; they bound no base from above and fit this one."""
    assert codes(small({"a": 6000, "b": 4000, "c": 3}, {"a": "60.0", "b": "40.0", "c": "0.0"})) == ["R102"]


def test_a_base_that_is_none_of_the_known_ones_is_unusual() -> None:
    """All percentages fit 1,250 while votes are 1,000 and voters 1,100: not certainly wrong, but unnamed."""
    issue = only(small({"a": 500, "b": 300, "c": 200}, {"a": "40.00", "b": "24.00", "c": "16.00"}, "1100"), "R106")
    assert issue.severity is Severity.UNUSUAL
    assert int(str(issue.value("least"))) <= 1250 <= int(str(issue.value("most")))


@pytest.mark.parametrize(
    ("shares", "code"),
    [
        ({"a": "50.1", "b": "30.0", "c": "20.0"}, None),
        ({"a": "50.2", "b": "30.0", "c": "20.0"}, "R107"),
        ({"a": "49.7", "b": "30.0", "c": "20.0"}, None),
        ({"a": "49.6", "b": "30.0", "c": "20.0"}, "R108"),
        ({"a": "49.6", "b": "30.0"}, None),
    ],
)
def test_percentages_add_up_to_100_within_their_rounding(shares: dict[str, str], code: str | None) -> None:
    """Three percentages with one decimal: up to 0.15 above, 0.3 below (cut off); without one, no sum."""
    assert codes(small({}, shares)) == ([code] if code else [])


def test_the_note_is_given_once_for_many_areas() -> None:
    """Areas of one publication with one base give one note, not one each."""
    contest = contest_of(identities=())
    printed = [
        Printed(publication="final", quantity=quantity, cell=cell, text=text, area=area)
        for area in ("land", "north", "south")
        for cell, votes, share in (("a", "50", "50.0"), ("b", "30", "30.0"), ("c", "20", "20.0"))
        for quantity, text in ((COUNT, votes), (SHARE, share))
    ]
    printed = [one for one in printed if one.area != "land"]
    assert codes(check_publications(election_of(contest), (FINAL,), figures_of(*printed))) == ["R102"]


def test_figures_of_an_unknown_publication_or_contest_are_left_alone() -> None:
    """A figure whose publication is not listed is not compared with anything."""
    stray: list[Any] = [national("elsewhere", COUNT, "auyl", "1")]
    assert codes(majilis(VOTES_2012, FINAL_2012, *stray)) == ["R102"]
