"""Sources that disagree are classified; rounding differently is not disagreeing."""

from __future__ import annotations

import pytest

from secondcount.model.issue import Issue, Severity
from secondcount.model.publication import Stage
from secondcount.tabulation import check_publications
from tabulating.elections import COUNT, SHARE, TURNOUT, Printed, codes, figures_of, only, publication_of, values_of
from tabulating.kazakhstan import FINAL, FINAL_2023, VOTES_2023, kz, national, regional, results

CLOSE = publication_of("turnout-2000", Stage.VOTING)


def disagreement(quantity: str, first: str, *others: str) -> tuple[Issue, ...]:
    """Return the issues of one figure as several sources give it."""
    texts = [(f"source-{at}", text) for at, text in enumerate((first, *others))]
    cell = "" if quantity == TURNOUT else "auyl"
    figures = figures_of(
        *(regional("astana", "turnout-2000", quantity, cell, text, source=one) for one, text in texts)
    )
    return check_publications(kz(VOTES_2023, "astana"), (CLOSE,), figures)


@pytest.mark.parametrize(
    ("quantity", "first", "other", "code", "severity"),
    [
        (TURNOUT, "53.32", "53.3", "R125", Severity.NOTE),
        (TURNOUT, "53.32", "53.23", "R121", Severity.CONTRADICTION),
        (TURNOUT, "81.95", "81", "R126", Severity.UNUSUAL),
        (TURNOUT, "80.7", "80", "R126", Severity.UNUSUAL),
        (SHARE, "1.46", "0.46", "R122", Severity.CONTRADICTION),
        (COUNT, "3431510", "3341510", "R121", Severity.CONTRADICTION),
        (COUNT, "7566150", "7966150", "R123", Severity.CONTRADICTION),
        (COUNT, "6366441", "6521860", "R124", Severity.CONTRADICTION),
        (TURNOUT, "53.32", "53.33", "R126", Severity.UNUSUAL),
        (TURNOUT, "53.32", "53.34", "R123", Severity.CONTRADICTION),
        (TURNOUT, "53.32", "52", "R124", Severity.CONTRADICTION),
        (TURNOUT, "81", "81.95", "R126", Severity.UNUSUAL),
        (COUNT, "99", "101", "R124", Severity.CONTRADICTION),
    ],
)
def test_a_disagreement_is_classified(quantity: str, first: str, other: str, code: str, severity: Severity) -> None:
    """Digits swapped, leading digit, one digit, other; the same with fewer decimals; cut off."""
    (issue,) = [one for one in disagreement(quantity, first, other) if one.code.startswith("R12")]
    assert (issue.code, issue.severity) == (code, severity)
    assert (issue.value("source_first"), issue.value("source_second")) == ("source-0", "source-1")


def test_each_source_is_held_against_the_first() -> None:
    """Astana 2012: 53.32 (kazakhembus), 53.3 (tengrinews), 53.23 (vesti): a note and a contradiction."""
    issues = disagreement(TURNOUT, "53.32", "53.3", "53.23", "53.32")
    assert codes(issues) == ["R125", "R121"]
    assert only(issues, "R121").value("second") == "53.23\u00a0%"
    assert only(issues, "R121").where.cell == "took_part"  # turnout is shown under the line that it is of


def test_the_same_number_with_a_zero_more_is_no_issue() -> None:
    """71.0 and 71 are the same number."""
    assert disagreement(TURNOUT, "71.0", "71") == ()


def test_a_rounded_count_agrees_with_the_exact_one() -> None:
    """6.98 million to the nearest ten thousand and 6,978,123 are one figure."""
    rounded = Printed(
        publication="final", quantity=COUNT, cell="took_part", text="6980000", area="kazakhstan", rounding=10000
    )
    issues = check_publications(
        kz(VOTES_2023), (FINAL,), figures_of(rounded, national("final", COUNT, "took_part", "6978123", "other"))
    )
    assert codes(issues) == ["R125"]


def test_digits_are_compared_at_the_coarser_rounding() -> None:
    """2016: 7,566,150 and, to the nearest thousand, 7,966,000: one digit differs."""
    rounded = Printed(
        publication="final",
        quantity=COUNT,
        cell="took_part",
        text="7966000",
        area="kazakhstan",
        rounding=1000,
        source="inform.kz",
    )
    figures = figures_of(national("final", COUNT, "took_part", "7566150", "electionguide.org"), rounded)
    assert codes(check_publications(kz(VOTES_2023), (FINAL,), figures)) == ["R123"]


def test_votes_and_voters_under_one_name_are_a_note() -> None:
    """2023: 6,366,441 (sum of list votes) and 6,521,860 (cast) are two quantities; both can be right."""
    took_part = [
        national("final", COUNT, "took_part", "6366441", "sum of list votes"),
        national("final", COUNT, "took_part", "6521860", "electionguide.org"),
    ]
    issues = check_publications(
        kz(VOTES_2023), (FINAL,), figures_of(*results("final", VOTES_2023, FINAL_2023), *took_part)
    )
    issue = only(issues, "R127")
    assert issue.severity is Severity.NOTE
    assert values_of(issue)["source_second"] == "electionguide.org"


def test_fewer_voters_than_votes_is_no_note() -> None:
    """If the other number is less than the sum of votes, both cannot be right."""
    took_part = [
        national("final", COUNT, "took_part", "6366441", "sum of list votes"),
        national("final", COUNT, "took_part", "6321860", "elsewhere"),
    ]
    issues = check_publications(kz(VOTES_2023), (FINAL,), figures_of(*results("final", VOTES_2023, {}), *took_part))
    assert "R127" not in codes(issues)
    assert "R124" in codes(issues)
