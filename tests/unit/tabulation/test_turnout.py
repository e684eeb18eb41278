"""Turnout in time: implied registers and figures that cannot fall (domain.md, D5)."""

from __future__ import annotations

import pytest

from secondcount.model.issue import Issue, Severity
from secondcount.model.publication import Stage
from secondcount.tabulation import check_publications
from tabulating.elections import COUNT, TURNOUT, Printed, codes, figures_of, only, publication_of, values_of
from tabulating.kazakhstan import (
    HOURS_2012,
    HOURS_2023,
    PUBLICATIONS_2012,
    VOTES_2012,
    VOTES_2023,
    figures_2012,
    kz,
    regional,
    turnout,
)


def hours(*printed: Printed) -> tuple[Issue, ...]:
    """Return the issues of the hours of 2012."""
    return check_publications(kz(VOTES_2012), HOURS_2012, figures_of(*printed))


class TestRegister:
    """Voters who took part divided by turnout."""

    def test_noon_of_2012_implies_another_register(self) -> None:
        """3,185,546 / 35.3 % = 9.02 M; 6,980,000 / 75.07 % = 9.30 M: no register gives both within rounding."""
        issue = only(check_publications(kz(VOTES_2012), PUBLICATIONS_2012, figures_2012()), "R211")
        assert (issue.severity, issue.where.publication) == (Severity.CONTRADICTION, "turnout-1200")
        assert values_of(issue) == {
            "voters": 3185546,
            "turnout": "35.3\u00a0%",
            "least": 9011446,
            "most": 9037009,
            "publication_other": "turnout-2000",
            "voters_other": 6980000,
            "turnout_other": "75.07\u00a0%",
            "least_other": 9290710,
            "most_other": 9305268,
            "gap": 253700,
        }

    def test_fourteen_hours_agrees_with_twenty(self) -> None:
        """5,162,922 / 55.5 % = 9.30 M, as at 20:00."""
        assert hours(*turnout("turnout-1400", "55.5", "5162922"), *turnout("turnout-2000", "75.07", "6980000")) == ()

    def test_a_register_that_grew_a_little_is_only_unusual(self) -> None:
        """Voters are added on the day: half a percent more is no contradiction."""
        issues = hours(*turnout("turnout-1200", "50.00", "500000"), *turnout("turnout-2000", "60.00", "603000"))
        assert (codes(issues), issues[0].severity) == (["R212"], Severity.UNUSUAL)
        issues = hours(*turnout("turnout-1200", "50.00", "500000"), *turnout("turnout-2000", "60.00", "610000"))
        assert codes(issues) == ["R211"]

    def test_the_one_that_stands_alone_is_named(self) -> None:
        """Of three hours the two that agree are right until shown otherwise, whichever comes last."""
        printed = [
            *turnout("turnout-1200", "30.0", "300000"),
            *turnout("turnout-1400", "50.0", "500000"),
            *turnout("turnout-2000", "70.0", "900000"),
        ]
        issue = only(hours(*printed), "R211")
        assert (issue.where.publication, issue.value("publication_other")) == ("turnout-2000", "turnout-1400")

    def test_a_turnout_of_zero_implies_nothing(self) -> None:
        """At the start of voting a turnout may round to 0: no division, no issue."""
        assert hours(*turnout("turnout-1200", "0.0", "100"), *turnout("turnout-2000", "70.0", "700000")) == ()


class TestFalling:
    """What is counted from the start of voting cannot fall."""

    def test_turkistan_fell_in_2023(self) -> None:
        """49.14 % at 16:10, 41.07 % at 18:10."""
        figures = figures_of(
            regional("turkistan", "turnout-1610", TURNOUT, "", "49.14"),
            regional("turkistan", "turnout-1810", TURNOUT, "", "41.07"),
            regional("ulytau", "turnout-1610", TURNOUT, "", "58.26"),
            regional("ulytau", "turnout-1810", TURNOUT, "", "63.63"),
        )
        (issue,) = check_publications(kz(VOTES_2023, "turkistan", "ulytau"), HOURS_2023, figures)
        assert (issue.code, issue.severity, issue.where.area) == ("R221", Severity.CONTRADICTION, "turkistan")
        assert values_of(issue) == {
            "before": "49.14\u00a0%",
            "after": "41.07\u00a0%",
            "publication_before": "turnout-1610",
        }

    @pytest.mark.parametrize(
        ("before", "after", "expected"),
        [("65.00", "65.00", []), ("65.0", "64.95", []), ("65.00", "64.98", ["R222"]), ("65.00", "64.00", ["R221"])],
    )
    def test_a_growing_register_lowers_a_percentage_only_a_little(
        self, before: str, after: str, expected: list[str]
    ) -> None:
        """Rounding explains nothing, some growth of the register little, a percent of it not all."""
        issues = hours(*turnout("turnout-1200", before), *turnout("turnout-1400", after))
        assert codes(issues) == expected

    def test_a_result_may_lower_the_turnout(self) -> None:
        """After the protocols a lower turnout asks for an explanation: it is no contradiction."""
        final = publication_of("final", Stage.FINAL)
        figures = figures_of(*turnout("turnout-2000", "75.07"), *turnout("final", "70.00"))
        issues = check_publications(kz(VOTES_2012), (*HOURS_2012, final), figures)
        assert codes(issues) == ["R222"]

    def test_the_highest_earlier_one_counts(self) -> None:
        """A fall is not hidden by a second fall."""
        printed = [
            *turnout("turnout-1200", "60.0"),
            *turnout("turnout-1400", "40.0"),
            *turnout("turnout-2000", "50.0"),
        ]
        issues = hours(*printed)
        assert codes(issues) == ["R221", "R221"]
        assert {one.value("publication_before") for one in issues} == {"turnout-1200"}

    def test_voters_cannot_become_fewer(self) -> None:
        """Counts of voters who took part fall by no growth of any register."""
        counts = [
            Printed(publication=hour, quantity=COUNT, cell="took_part", text=text, area="kazakhstan")
            for hour, text in (("turnout-1200", "100000"), ("turnout-1400", "99999"))
        ]
        issue = only(hours(*counts), "R223")
        assert (issue.severity, issue.where.cell) == (Severity.CONTRADICTION, "took_part")
