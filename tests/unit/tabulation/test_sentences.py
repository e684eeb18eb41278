"""Every issue of published figures and copies has a sentence in every language, and its values fill it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from secondcount.model.codes import CODES, make_issue
from secondcount.model.election import Electorate
from secondcount.model.issue import Issue, Where
from secondcount.model.naming import issue_values, label_map
from secondcount.model.publication import Stage
from secondcount.tabulation import (
    AtStations,
    check_contests,
    check_held,
    check_leads,
    check_publications,
    check_sheets,
    check_snapshots,
    check_stations,
    compare_snapshots,
    compare_stations,
    hold,
    tabulate,
)
from secondcount.wording import LANGUAGES, phrasebook
from secondcount.wording.naming import labelled
from tabulating.elections import (
    COUNT,
    LAND,
    LEAD,
    SHARE,
    TURNOUT,
    Printed,
    contest_of,
    election_of,
    figures_of,
    publication_of,
    sheets_of,
)

CONTEST = contest_of()
PUBLICATIONS = tuple(
    publication_of(name, stage)
    for name, stage in (
        ("noon", Stage.VOTING),
        ("night", Stage.VOTING),
        ("first", Stage.PRELIMINARY),
        ("final", Stage.FINAL),
    )
)
OURS = sorted(code for code in CODES if code[0] in "RS")


def printed(publication: str, quantity: str, cell: str, text: str, **more: Any) -> Printed:
    """Return one figure."""
    return Printed(publication=publication, quantity=quantity, cell=cell, text=text, **more)


def votes(publication: str, *texts: str, area: str = "land") -> list[Printed]:
    """Return the votes of a, b and c."""
    return [printed(publication, COUNT, cell, text, area=area) for cell, text in zip("abc", texts, strict=True)]


def shares(publication: str, *texts: str) -> list[Printed]:
    """Return the percentages of a, b and c."""
    return [printed(publication, SHARE, cell, text) for cell, text in zip("abc", texts, strict=False)]


def turnout(publication: str, percent: str, voters: str) -> list[Printed]:
    """Return a turnout and its voters."""
    return [printed(publication, TURNOUT, "", percent), printed(publication, COUNT, "took_part", voters)]


FINAL_50 = votes("final", "500", "300", "200")
FIGURES: list[list[Printed]] = [
    [*FINAL_50, *shares("final", "50", "30", "20")],
    [*FINAL_50, *shares("final", "45.45", "27.27", "18.18"), printed("final", COUNT, "took_part", "1100")],
    [*votes("final", "2000", "999", "1"), *shares("final", "66.66", "33.30", "0.03")],
    [*FINAL_50, *shares("final", "50", "30", "25")],
    [*FINAL_50, *shares("final", "70", "10", "1")],
    [*FINAL_50, *shares("final", "40.00", "24.00", "16.00"), printed("final", COUNT, "took_part", "1100")],
    [*FINAL_50, *shares("final", "40.00", "24.00", "16.00")],
    votes("final", "5120000", "4420000", "460000"),
    *([printed("noon", TURNOUT, "", "53.32"), printed("noon", TURNOUT, "", one, source="x")] for one in ("53.23",)),
    *([printed("final", COUNT, "a", "351"), printed("final", COUNT, "a", one, source="x")] for one in ("251", "352")),
    *([printed("final", SHARE, "a", "81.9"), printed("final", SHARE, "a", one, source="x")] for one in ("82", "81")),
    [printed("final", COUNT, "a", "351"), printed("final", COUNT, "a", "99", source="x")],
    [*FINAL_50, *(printed("final", COUNT, "took_part", one, source=one) for one in ("1000", "1100"))],
    [*turnout("final", "50.0", "500"), printed("final", COUNT, "registered", "2000")],
    [*FINAL_50, printed("final", COUNT, "took_part", "999")],
    [*(printed("final", COUNT, cell, text) for cell, text in (("took_part", "9"), ("issued", "8")))],
    [*FINAL_50, printed("final", LEAD, "a", "201", minus="b")],
    [printed("final", COUNT, "a", "9"), *(printed("final", COUNT, "a", "5", area=one) for one in ("north", "south"))],
    [printed("final", COUNT, "a", "4"), printed("final", COUNT, "a", "5", area="north")],
    [*shares("first", "50", "20", "30"), *turnout("night", "50.0", "1000"), *FINAL_50],
    [*shares("first", "50", "20", "30"), *votes("first", "450", "180", "270"), *FINAL_50],
    [*turnout("noon", "50.00", "500000"), *turnout("night", "60.00", "603000")],
    [*turnout("noon", "50.00", "500000"), *turnout("night", "40.00", "300000")],
    [printed("noon", TURNOUT, "", "65.00"), printed("night", TURNOUT, "", "64.98")],
]
SHEETS = sheets_of(
    CONTEST,
    [
        {"station": "1", "a": 1},
        {"station": "1", "a": 2, "copy": 2},
        {"station": "2"},
        {"station": "2", "copy": 2, "area": "south"},
        {"station": "3", "area": "nowhere"},
        {"station": "3s", "a": 30, "b": 20, "c": "s"},
        {"station": "3s", "a": 30, "b": 20, "c": 10, "copy": 2},
        {"station": "4", "a": 30, "b": 20, "c": "b", "version": 2},
        {"station": "4", "a": 31, "version": 1},
        {"station": "4", "c": 10, "copy": 2},
        {"station": "5", "received": 9, "issued": 5, "cancelled": 5, "a": 30, "b": 20, "c": 10},
        {"station": "6", "registered": 10, "took_part": 10, "issued": 10, "a": 30, "b": 20, "c": 10},
        {"station": "7", "a": 30, "b": 20, "c": 10},
        {"station": "7", "a": 31, "b": 20, "c": 10, "copy": 2, "level": 0},
        {"station": "8", "a": 1, "level": 0},
        {"station": "8", "a": 2, "copy": 2, "level": 0},
    ],
)
HELD = [
    Printed(publication="final", quantity=COUNT, cell="a", text="9", area="port"),
    Printed(publication="final", quantity=COUNT, cell="a", text="8", area="north"),
    Printed(publication="final", quantity=LEAD, cell="b", minus="a", text="9", area="port"),
]


EARLIER = [{"station": one, "invalid": 1, "a": 5, "b": 7, "c": 9} for one in ("gone", "zero", "none", "swap", "move")]
LATER = [
    {"station": "zero", "invalid": 0, "a": 0, "b": 0, "c": 0},
    {"station": "none", "invalid": 1},
    {"station": "swap", "invalid": 1, "a": 7, "b": 5, "c": 9},
    {"station": "move", "invalid": 1, "a": 4, "b": 8, "c": 9},
]


def between_tables() -> Iterator[Issue]:
    """Yield issues of one station table against another."""
    earlier, later = (
        sheets_of(CONTEST, rows).select(pl.lit(name).alias("publication"), pl.exclude("publication"))
        for rows, name in ((EARLIER, "first"), (LATER, "final"))
    )
    yield from check_snapshots(compare_snapshots(earlier, earlier, CONTEST), CONTEST, revised=True)
    for revised in (True, False):
        yield from check_snapshots(compare_snapshots(earlier, later, CONTEST), CONTEST, revised=revised)


def between_contests() -> Iterator[Issue]:
    """Yield issues of two contests at one station, from copies and from published tables."""
    wide = replace(CONTEST, electorate=Electorate.SAME)
    second = replace(contest_of(("x", "y"), contest="district"), electorate=Electorate.SAME)
    for other in (second, replace(second, electorate=Electorate.NARROWER)):
        sides = [
            AtStations(
                contest=one, copies=rows, table=rows.select(pl.lit("final").alias("publication"), pl.all()), final=True
            )
            for one, count in ((wide, 900), (other, 950))
            for rows in (sheets_of(one, [{"station": "1", "registered": count, "issued": count}]),)
        ]
        yield from check_contests(sides, LAND)


def found() -> Iterator[Issue]:
    """Yield issues of every code of this room, made by its rules."""
    for figures in FIGURES:
        yield from check_publications(election_of(CONTEST), PUBLICATIONS, figures_of(*figures))
    copies = tabulate(SHEETS, CONTEST, LAND)
    yield from copies.issues
    yield from check_sheets(copies.usable, CONTEST)
    rows = [{"station": str(at), "a": 5 + at, "b": 5} for at in range(3)]
    full = tabulate(sheets_of(CONTEST, rows), CONTEST, LAND)
    yield from check_held(hold(full, figures_of(*HELD), CONTEST, LAND, "final"), "list")
    yield from check_leads(full, figures_of(*HELD), CONTEST, LAND, "final")
    table = full.usable.select(
        pl.lit("final").alias("publication"), "station", "area", "states", "basis", *CONTEST.cells
    )
    table = table.with_columns(pl.col("a") + 1).head(2)
    yield from check_stations(compare_stations(full.usable, table, CONTEST))
    yield from between_tables()
    yield from between_contests()
    yield make_issue("R403", count=5)
    yield make_issue("R404", Where(publication="final"), listed=5)
    yield make_issue("R405", Where(publication="final"), listed=5, expected=7)
    yield make_issue("R406", Where(publication="final"), listed=5, count=2)
    yield make_issue("S900", issue_code="S201", total=1001, shown=1000)


@pytest.fixture(scope="module")
def issues() -> list[Issue]:
    """Return issues of every code of this room."""
    return list(found())


def test_every_code_of_the_room_is_met(issues: list[Issue]) -> None:
    """No code is registered that no rule can give."""
    assert sorted({one.code for one in issues}) == OURS


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_fill_every_sentence(issues: list[Issue], language: str) -> None:
    """Title, reason and advice of every issue can be said, ids become labels, and nothing is left empty."""
    book = phrasebook(language)
    labels = label_map(election_of(CONTEST), PUBLICATIONS, language)
    for issue in issues:
        values = labelled(issue_values(issue), labels)
        for part in ("title", "reason", "advice"):
            said = book.say(f"issue.{issue.code}.{part}", **values)
            assert said.strip()
            assert not [empty for empty in (", :", "()", "“”", "«»", ": ;", ", ,") if empty in said], said


@pytest.mark.parametrize("language", LANGUAGES)
def test_advice_has_an_innocent_explanation_or_nothing_to_correct(language: str) -> None:
    """Every code has an advice of at least a sentence."""
    book = phrasebook(language)
    assert all(len(book.say(f"issue.{code}.advice")) > 20 for code in OURS)
