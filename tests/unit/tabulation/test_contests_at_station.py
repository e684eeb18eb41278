"""Two contests at one polling station: one register, nearly as many ballots, and nothing that is not comparable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from secondcount.errors import InputError
from secondcount.intake import parse_reported, parse_sheets
from secondcount.jurisdictions import load_definition, template
from secondcount.model.election import Contest, Election, Electorate
from secondcount.model.form import Line, Role
from secondcount.model.issue import Severity
from secondcount.model.publication import Stage
from secondcount.model.record import Record
from secondcount.tabulation import AtStations, check_contests, tabulate
from secondcount.verdict import derive
from tabulating.elections import LAND, LINES, codes, contest_of, election_of, name, publication_of, sheets_of

WIDE = replace(contest_of(identities=()), electorate=Electorate.SAME)
DISTRICT = replace(contest_of(("x", "y"), identities=(), contest="district"), electorate=Electorate.NARROWER)
SECOND = replace(DISTRICT, electorate=Electorate.SAME)


def at(contest: Contest, *rows: Mapping[str, Any], published: bool = False, final: bool = True) -> AtStations:
    """Return what is known of a contest: rows with a station, an area and some of the cells."""
    copies = tabulate(sheets_of(contest, rows), contest, LAND).usable
    table = copies.select(pl.lit(f"{contest.id}-final").alias("publication"), pl.all())
    return AtStations(
        contest=contest,
        copies=copies.clear() if published else copies,
        table=table if published else table.clear(),
        final=final,
    )


def row(registered: int | str, issued: int | str = "u", station: str = "1", area: str = "port") -> dict[str, Any]:
    """Return a protocol of one station."""
    return {"station": station, "area": area, "registered": registered, "issued": issued}


def told(here: AtStations, there: AtStations) -> list[tuple[Any, ...]]:
    """Return code, contest, the other contest, both numbers and their difference."""
    return [
        (one.code, one.where.contest, *(value for _, value in one.values))
        for one in check_contests((here, there), LAND)
    ]


def test_one_register_at_one_station() -> None:
    """Contests with the same voters show one number of them; the issue names station, contests and figures."""
    issues = check_contests((at(WIDE, row(900)), at(SECOND, row(905))), LAND)
    assert codes(issues) == ["S211"]
    assert issues[0].severity is Severity.CONTRADICTION
    assert (issues[0].where.contest, issues[0].where.station, issues[0].where.area) == ("list", "1", "port")
    assert dict(issues[0].values) == {"contest_other": "district", "here": 900, "there": 905, "difference": 5}
    assert issues[0].basis == ("digest#1", "digest#1")
    assert told(at(WIDE, row(900)), at(SECOND, row(900))) == []


def test_published_tables_name_their_publication() -> None:
    """Between published tables the code is R, and the publication stands in the place."""
    issues = check_contests((at(WIDE, row(900), published=True), at(SECOND, row(905), published=True)), LAND)
    assert [(one.code, one.where.publication) for one in issues] == [("R421", "list-final")]


@pytest.mark.parametrize(("district", "code"), [(899, []), (900, []), (901, ["S212"])])
def test_a_narrower_contest_has_at_most_as_many_voters(district: int, code: list[str]) -> None:
    """Fewer voters in a part of the electorate are expected; more are not, whichever contest stands first."""
    for pair in ((at(WIDE, row(900)), at(DISTRICT, row(district))), (at(DISTRICT, row(district)), at(WIDE, row(900)))):
        issues = check_contests(pair, LAND)
        assert codes(issues) == code
        assert all((one.where.contest, dict(one.values)["here"]) == ("district", district) for one in issues)


@pytest.mark.parametrize(
    ("here", "there", "code"),
    [(500, 505, []), (500, 506, ["S213"]), (2000, 1980, []), (2000, 1979, ["S213"]), (1979, 2000, ["S213"])],
)
def test_ballots_issued_differ_within_reason(here: int, there: int, code: list[str]) -> None:
    """A few voters refuse a ballot: up to five, or one in a hundred of the larger number, is no word worth."""
    assert codes(check_contests((at(WIDE, row("u", here)), at(SECOND, row("u", there))), LAND)) == code


def test_fewer_ballots_of_a_narrower_contest_are_expected() -> None:
    """Only more ballots than for the wider contest are told."""
    assert told(at(WIDE, row("u", 500)), at(DISTRICT, row("u", 100))) == []
    assert told(at(WIDE, row("u", 500)), at(DISTRICT, row("u", 501))) == [("S213", "district", "list", 501, 500, 1)]


@pytest.mark.parametrize(
    "kinds", [("narrower", "narrower"), ("apart", "same"), ("same", "apart"), ("apart", "narrower")]
)
def test_what_is_not_said_to_be_comparable_is_not_compared(kinds: Sequence[str]) -> None:
    """Two parts of one electorate, and contests set apart, say nothing of each other."""
    here, there = (replace(one, electorate=Electorate(kind)) for one, kind in zip((WIDE, SECOND), kinds, strict=True))
    assert told(at(here, row(900, 500)), at(there, row(100, 900))) == []


def test_unread_is_not_different() -> None:
    """An illegible register, a station with one protocol only, and a form without the line are not compared."""
    assert told(at(WIDE, row("i")), at(SECOND, row(905))) == []
    assert told(at(WIDE, row(900)), at(SECOND, row(905, station="2"))) == []
    bare = contest_of(("x", "y"), lines=LINES[4:], identities=(), contest="district")
    assert told(at(WIDE, row(900)), at(bare, {"station": "1", "x": 1})) == []


def test_registers_that_count_differently_are_not_compared() -> None:
    """Where one form alone counts voters added on the day apart, its register is another number."""
    added = (*LINES, Line(id="added", role=Role.ADDED, labels=name("added")))
    apart = replace(SECOND, form=contest_of(("x", "y"), lines=added, identities=()).form)
    alike = replace(WIDE, form=contest_of(lines=added, identities=()).form)
    assert told(at(WIDE, row(905)), at(apart, row(900))) == []
    assert told(at(alike, row(905)), at(apart, row(900))) != []


def test_one_number_in_two_areas_is_two_stations() -> None:
    """Station 1 of the port and station 1 of the south are two; a copy that names only the whole may be either's."""
    assert told(at(WIDE, row(900)), at(SECOND, row(905, area="south"))) == []
    assert len(told(at(WIDE, row(900)), at(SECOND, row(905, area="land")))) == 1
    assert len(told(at(WIDE, row(900, area="land")), at(SECOND, row(905)))) == 1


def test_preliminary_figures_are_not_held_against_final_ones() -> None:
    """A later stage corrects: only tables of the same finality are held against each other."""
    early = at(WIDE, row(900), published=True, final=False)
    assert told(early, at(SECOND, row(905), published=True)) == []
    assert len(told(early, at(SECOND, row(905), published=True, final=False))) == 1


def test_a_thousand_are_listed_and_the_rest_is_counted() -> None:
    """More than 1,000 of one code are counted in S900, over all pairs of contests."""
    rows = [row(900, station=f"{number:04}") for number in range(600)]
    third = replace(contest_of(("p", "q"), identities=(), contest="mayor"), electorate=Electorate.SAME)
    other = [{**one, "registered": 1} for one in rows]
    last = [{**one, "registered": 2} for one in rows]
    issues = check_contests((at(WIDE, *rows), at(SECOND, *other), at(third, *last)), LAND)
    assert [one.code for one in issues].count("S211") == 1000
    assert dict(issues[-1].values) == {"issue_code": "S211", "total": 1800, "shown": 1000}


def both() -> Election:
    """Return an election with two contests of the same voters."""
    return replace(election_of(WIDE), contests=(WIDE, SECOND), voting_day=date(2012, 1, 15))


def test_a_verdict_has_them() -> None:
    """`derive` holds the contests of a record against each other; a copy from nobody contradicts no one."""
    for level, expected in ((2, ["S211"]), (0, [])):
        sheets = {
            one.id: sheets_of(one, [{**row(900 + place), "level": level}]) for place, one in enumerate(both().contests)
        }
        verdict = derive(Record(election=both(), sheets=sheets, publications=(publication_of("final", Stage.FINAL),)))
        assert [one.code for one in verdict.issues if one.code == "S211"] == expected


def test_a_file_says_which_contest_it_is_of() -> None:
    """`# contest:` counts before the contest asked for; a contest that does not exist is refused, not replaced."""
    data = b"# contest: district\nstation,area,registered,x,y\n1,port,905,1,2\n"
    sheets = parse_sheets("a.csv", data, both(), WIDE)
    reported = parse_reported("a.csv", data, both(), WIDE, 0)
    assert (sheets.contest, sheets.frame["x"].to_list()) == ("district", [1])
    assert reported.contest == "district"
    assert parse_sheets("a.csv", data.split(b"\n", 1)[1], both(), SECOND).contest == "district"


def test_the_definition_says_who_may_vote() -> None:
    """`electorate` is read; where it is left out, nothing is compared; another word is refused."""
    text = template()
    narrower = text.replace("\nshare_base =", '\nelectorate = "narrower"\nshare_base =', 1)
    assert load_definition("t", text.encode()).election.contests[0].electorate is Electorate.APART
    assert load_definition("t", narrower.encode()).election.contests[0].electorate is Electorate.NARROWER
    assert "D107" in codes(load_definition("t", narrower.replace('"narrower"', '"part"').encode()).issues)


def test_a_contest_that_is_none_is_refused() -> None:
    """Figures of a contest that the definition does not have must not become another's."""
    with pytest.raises(InputError, match="X112"):
        parse_sheets("a.csv", b"# contest: mayor\nstation,registered,a\n1,905,1\n", both(), WIDE)
