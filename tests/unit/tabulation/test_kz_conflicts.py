"""Every disagreement noted in ../shared/data/kz_majilis comes out as an issue; the typed figures are its figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from secondcount.model.issue import Issue, Severity
from secondcount.tabulation import check_publications
from tabulating.elections import COUNT, SHARE, TURNOUT, Printed, codes, figures_of, publication_of
from tabulating.kazakhstan import (
    FINAL,
    FINAL_2012,
    FINAL_2016,
    FINAL_2021,
    FINAL_2023,
    HOURS_2012,
    HOURS_2023,
    PRELIMINARY,
    PRELIMINARY_2012,
    PUBLICATIONS_2012,
    VOTES_2012,
    VOTES_2016,
    VOTES_2021,
    VOTES_2023,
    kz,
    national,
    regional,
    results,
    turnout,
)

pytestmark = pytest.mark.shared
TYPED = {
    "2012": (VOTES_2012, FINAL_2012),
    "2016": (VOTES_2016, FINAL_2016),
    "2021": (VOTES_2021, FINAL_2021),
    "2023": (VOTES_2023, FINAL_2023),
}


@pytest.fixture(scope="module")
def facts(shared: Path) -> dict[str, Any]:
    """Return the shared facts."""
    found: dict[str, Any] = json.loads(
        (shared / "data" / "kz_majilis" / "kz_majilis.json").read_text(encoding="utf-8")
    )
    return found


def region(name: str) -> str:
    """Return the id of a region."""
    return name.lower().replace(" ", "_")


def hour(publication: str, percents: dict[str, float]) -> list[Printed]:
    """Return the turnout of every region at one hour, as JSON prints the numbers."""
    return [regional(region(name), publication, TURNOUT, "", str(one)) for name, one in percents.items()]


@pytest.mark.parametrize("year", TYPED)
def test_the_typed_figures_are_the_shared_ones(facts: dict[str, Any], year: str) -> None:
    """Votes and percentages of the tests are those of the file, contestant by contestant in its order."""
    votes, shares = TYPED[year]
    theirs = [*(one[0] for one in facts[year]["parties"].values())]
    theirs += [facts[year]["against_all"]] if "against_all" in facts[year] else []
    assert list(votes.values()) == theirs
    assert [float(one) for one in shares.values()] == list(facts[year]["published_pct"].values())


def test_the_typed_preliminary_figures_are_the_shared_ones(facts: dict[str, Any]) -> None:
    """So are the preliminary percentages and the national turnout of 2012."""
    theirs = facts["2012"]["preliminary_pct_20120116"]
    assert [float(one) for one in PRELIMINARY_2012.values()] == list(theirs.values())
    assert facts["2012"]["turnout_national"]["2000h_prelim"] == [6980000, 75.07]


@pytest.fixture(scope="module")
def issues_2012(facts: dict[str, Any]) -> tuple[Issue, ...]:
    """Return what is found in everything that was published in 2012."""
    noon, close = facts["2012"]["turnout_region_1200h_pct"], facts["2012"]["turnout_region_2000h_prelim_pct"]
    figures = figures_of(
        *turnout("turnout-1200", "35.3", "3185546"),
        *hour("turnout-1200", noon),
        *turnout("turnout-1400", "55.5", "5162922"),
        *turnout("turnout-2000", "75.07", "6980000", 10000),
        *hour("turnout-2000", close),
        regional("astana", "turnout-2000", TURNOUT, "", "53.3", source="tengrinews.kz"),
        regional("astana", "turnout-2000", TURNOUT, "", "53.23", source="vesti.kz"),
        regional("kyzylorda", "turnout-2000", TURNOUT, "", "81", source="tengrinews.kz"),
        regional("north_kazakhstan", "turnout-2000", TURNOUT, "", "80", source="vesti.kz"),
        *results("preliminary", {}, PRELIMINARY_2012),
        national("preliminary", SHARE, "auyl", "0.46", "milli-firka.org"),
        *results("final", VOTES_2012, FINAL_2012),
        *turnout("final", "75.45"),
    )
    election = kz(VOTES_2012, *(region(one) for one in noon))
    return check_publications(election, PUBLICATIONS_2012, figures)


class TestTwentyTwelve:
    """Five disagreements."""

    @pytest.mark.parametrize(
        ("area", "cell", "expected"),
        [
            ("astana", "took_part", ["R125", "R121"]),
            ("kyzylorda", "took_part", ["R126"]),
            ("north_kazakhstan", "took_part", ["R126"]),
            ("kazakhstan", "auyl", ["R122", "R201", "R203"]),
        ],
    )
    def test_each_source_conflict(
        self, issues_2012: tuple[Issue, ...], area: str, cell: str, expected: list[str]
    ) -> None:
        """Astana (rounded; swapped), Kyzylorda and North Kazakhstan (cut off), Auyl (leading digit)."""
        assert codes([one for one in issues_2012 if (one.where.area, one.where.cell) == (area, cell)]) == expected

    def test_the_registers_of_noon_and_evening(self, issues_2012: tuple[Issue, ...]) -> None:
        """9.02 M against 9.30 M."""
        assert [one.where.publication for one in issues_2012 if one.code == "R211"] == ["turnout-1200"]

    def test_and_nothing_else_contradicts(self, issues_2012: tuple[Issue, ...]) -> None:
        """Three contradictions in all: two sources and the register."""
        contradictions = [one for one in issues_2012 if one.severity is Severity.CONTRADICTION]
        assert sorted(codes(contradictions)) == ["R121", "R122", "R211"]


def test_twenty_sixteen() -> None:
    """The voters in the news text against turnout, register and party votes."""
    figures = figures_of(
        *results("final", VOTES_2016, FINAL_2016),
        *turnout("final", "77.12", "7966000", 1000),
        Printed(
            publication="final", quantity=COUNT, cell="registered", text="9810000", area="kazakhstan", rounding=10000
        ),
    )
    assert codes(check_publications(kz(VOTES_2016), (FINAL,), figures)) == ["R102", "R131", "R133"]


def test_twenty_twenty_three(facts: dict[str, Any]) -> None:
    """Amanat's swapped digits, Turkistan's falling turnout, votes and voters under one name."""
    early, late = facts["2023"]["turnout_region_1610h_pct"], facts["2023"]["turnout_region_1810h_pct"]
    figures = figures_of(
        *hour("turnout-1610", early),
        *hour("turnout-1810", late),
        *results("final", VOTES_2023, FINAL_2023),
        national("final", COUNT, "amanat", "3341510", "en.inform.kz"),
        national("final", COUNT, "took_part", "6366441", "sum of list votes"),
        national("final", COUNT, "took_part", "6521860", "electionguide.org"),
    )
    issues = check_publications(kz(VOTES_2023, *(region(one) for one in early)), (*HOURS_2023, FINAL), figures)
    assert codes(issues) == ["R121", "R127", "R102", "R221"]
    assert [one.where.area for one in issues if one.code == "R221"] == ["turkistan"]


def test_twenty_twenty_one() -> None:
    """The file notes no disagreement for 2021, and none is found."""
    figures = figures_of(*results("final", VOTES_2021, FINAL_2021), *turnout("final", "63.3"))
    assert codes(check_publications(kz(VOTES_2021), (FINAL,), figures)) == ["R102"]


def test_publications_are_those_of_the_file() -> None:
    """The hours that the tests speak of are the hours of the file."""
    assert [one.id for one in HOURS_2012] == ["turnout-1200", "turnout-1400", "turnout-2000"]
    assert publication_of("preliminary", PRELIMINARY.stage) == PRELIMINARY
