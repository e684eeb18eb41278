"""Priorities: three terms, each exact, and nothing in them that tells a figure of the election."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from secondcount.audit import parse_claim
from secondcount.model.publication import Stage
from secondcount.model.record import Record
from secondcount.model.tables import STATIONS
from secondcount.verdict.derive import derive_openly
from secondcount.verdict.priorities import priorities
from tabulating.elections import LEAD, Printed, contest_of, election_of, figures_of, publication_of, sheets_of

CONTEST = contest_of(("a", "b", "c"))
FINAL = publication_of("final", Stage.FINAL)
SEEN = {"station": "1", "area": "north", "registered": 400, "a": 300, "b": 20, "c": 10}


def register(*rows: tuple[str, str, int | None]) -> pl.DataFrame:
    """Return a register of stations: name, area, voters."""
    return pl.DataFrame([(*row, "r") for row in rows], schema=STATIONS, orient="row")


REGISTER = register(("1", "north", 400), ("2", "north", 1000), ("3", "south", 333), ("4", "south", None))


def recorded(*claims: str, sheets: list[dict[str, Any]], leads: tuple[str, ...] = ()) -> Record:
    """Return the record of copies, claims, and published leads of a over b in these areas."""
    election = election_of(CONTEST)
    figures = [
        Printed(publication="final", quantity=LEAD, cell="a", minus="b", text="33", area=area) for area in leads
    ]
    return Record(
        election=election,
        publications=(FINAL,),
        figures=figures_of(*figures),
        sheets={CONTEST.id: sheets_of(CONTEST, sheets)},
        stations=REGISTER,
        claims=tuple(parse_claim(one, election.contests, election.geography) for one in claims),
    )


def ranked(*claims: str, sheets: list[dict[str, Any]], leads: tuple[str, ...] = (), beside: Any = None) -> Any:
    """Return the priorities of such a record."""
    record = recorded(*claims, sheets=sheets, leads=leads)
    return priorities(record, *derive_openly(record), beside)


def test_an_open_claim_asks_for_the_largest_stations() -> None:
    """Voters in thousandths of the most, rounded down; unknown voters may be the most; a read station gets nothing."""
    assert ranked("a >= 50%", sheets=[SEEN]) == (("2", 1000), ("4", 1000), ("3", 333))


def test_every_open_claim_counts() -> None:
    """Two open claims ask twice."""
    assert ranked("a >= 50%", "b > c", sheets=[SEEN]) == (("2", 2000), ("4", 2000), ("3", 666))


@pytest.mark.parametrize("decided", [{"decided_by_cap": "proved"}, {"decided_by_turnout": "refuted"}])
def test_a_claim_that_is_decided_asks_for_nothing(decided: dict[str, Any]) -> None:
    """Under either set of what the unseen may hold: no copy of theirs changes the answer."""
    record = recorded("a >= 50%", sheets=[SEEN])
    verdict, workings = derive_openly(record)
    (contest,) = verdict.contests
    claims = tuple(replace(one, **decided) for one in contest.claims)
    settled = replace(verdict, contests=(replace(contest, claims=claims),))
    assert priorities(record, settled, workings) == ()


def test_without_an_open_question_nothing_comes_first() -> None:
    """No claim, no lead, no contradiction: the file has no rows."""
    assert ranked(sheets=[SEEN]) == ()


def test_a_published_lead_asks_for_the_last_stations_of_its_area() -> None:
    """The fewer are missing, the more each of them weighs: 1000 / 2, and 1000 / 1."""
    assert ranked(sheets=[SEEN], leads=("south",)) == (("3", 500), ("4", 500))
    assert ranked(sheets=[SEEN], leads=("north",)) == (("2", 1000),)
    assert ranked(sheets=[SEEN], leads=("land",)) == (("2", 334), ("3", 334), ("4", 334))


def test_a_contradiction_asks_for_another_copy() -> None:
    """A station whose copies differ comes first, and has no usable copy for any claim either."""
    differs = {**SEEN, "copy": 2, "a": 299}
    assert ranked(sheets=[SEEN, differs]) == (("1", 1000),)
    # 400 of 1,000 voters for the claim, and 1,000 for the contradiction
    asked = ranked("a >= 50%", sheets=[SEEN, differs])
    assert asked == (("1", 1400), ("2", 1000), ("4", 1000), ("3", 333))


def test_a_register_beside_the_publications_is_used() -> None:
    """Stations that only the archive's register names are known too; a station counts once."""
    beside = register(("9", "port", 500), ("4", "south", 250))
    assert ranked("a >= 50%", sheets=[SEEN], beside=beside) == (("2", 1000), ("9", 500), ("3", 333), ("4", 250))
