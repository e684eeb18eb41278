"""A published lead held against the copies of all stations: East Kazakhstan, district 3, 19 March 2023."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from secondcount.tabulation import check_leads, tabulate
from tabulating.elections import (
    LEAD,
    LINES,
    Printed,
    codes,
    contest_of,
    figures_of,
    geography_of,
    only,
    sheets_of,
    values_of,
)

CONTEST = contest_of(("self_nominated", "amanat"), lines=LINES[:1], identities=())
DISTRICT = geography_of({"east-3": None}, {"east-3": 15})
PUBLISHED = figures_of(
    Printed(publication="final", quantity=LEAD, cell="amanat", minus="self_nominated", text="33", area="east-3")
)


def rows(count: int = 15, registered: Any = "u") -> list[dict[str, Any]]:
    """Return SYNTHETIC rows that add up to the reported totals, 2,150 and 2,083."""
    votes = [(143 + (at < 5), 138 + (at < 13)) for at in range(15)]
    return [
        {"station": str(at), "area": "east-3", "self_nominated": one, "amanat": two, "registered": registered}
        for at, (one, two) in enumerate(votes[:count])
    ]


def leads(sheets: list[dict[str, Any]], figures: Any = PUBLISHED) -> Any:
    """Return the issues of these copies."""
    return check_leads(tabulate(sheets_of(CONTEST, sheets), CONTEST, DISTRICT), figures, CONTEST, DISTRICT, "final")


def test_the_reversal_of_east_3() -> None:
    """Copies: ahead by 67; published: the other ahead by 33; 100 votes apart, and one copy could explain it."""
    issue = only(leads(rows()), "R303")
    assert values_of(issue) == {
        "contestant": "self_nominated",
        "copies_lead": 67,
        "contestant_other": "amanat",
        "published_lead": 33,
        "difference": 100,
        "seen": 15,
        "k": 1,
    }


def test_k_counts_the_voters_that_could_have_voted_otherwise() -> None:
    """With 290 voters a station, 5 to 6 votes ahead move by at most 296: one copy; with 20 to spare, several."""
    assert only(leads(rows(registered=290)), "R303").value("k") == 1
    tight = [
        {"station": str(at), "area": "east-3", "self_nominated": 10, "amanat": 5, "registered": 15} for at in range(15)
    ]
    # Ahead by 75; each copy can turn by 5 + 15 = 20 votes; 108 votes apart need six copies.
    assert only(leads(tight), "R303").value("k") == 6


def test_part_of_the_stations_decides_no_lead() -> None:
    """Fourteen of fifteen copies: the last station could make up any lead."""
    assert leads(rows(14)) == ()


def test_an_unread_figure_is_an_unseen_station() -> None:
    """All stations have a copy, but one does not show one of the two figures."""
    sheets = rows()
    sheets[0]["amanat"] = "i"
    assert leads(sheets) == ()


@pytest.mark.parametrize(("text", "expected"), [("-67", []), ("-66", ["R303"]), ("-68", ["R303"])])
def test_the_published_lead_itself_is_no_contradiction(text: str, expected: list[str]) -> None:
    """A lead of minus 67 of the other is the same lead; one vote more or less is not."""
    printed = Printed(
        publication="final", quantity=LEAD, cell="amanat", minus="self_nominated", text=text, area="east-3"
    )
    figure = figures_of(printed)
    assert codes(leads(rows(), figure)) == expected


@pytest.mark.shared
def test_the_totals_are_the_reported_ones(shared: Path) -> None:
    """The totals of the synthetic rows and the lead are those of the shared facts."""
    facts = json.loads((shared / "data" / "kz_east3_2023" / "facts.json").read_text(encoding="utf-8"))
    assert facts["copies"]["self-nominated candidate"] == sum(one["self_nominated"] for one in rows())
    assert facts["copies"]["Amanat candidate"] == sum(one["amanat"] for one in rows())
    assert "by 33 votes" in facts["published"]["difference"]
    assert facts["polling_stations"] == len(rows())
