"""Readings have one spelling, and nothing else becomes a reading."""

from __future__ import annotations

import json
from typing import Any

import pytest

from secondcount.errors import InputError
from secondcount.transcription import (
    CellRead,
    Decision,
    Ground,
    Mark,
    Place,
    Problem,
    Reading,
    encode_decision,
    encode_part,
    encode_reading,
    parse_cell,
    parse_decision,
    parse_part,
    parse_reading,
    part_of,
)
from transcribing.papers import ANNA, CONTESTS, mark, number, part, problem, reading

CORRECTED = CellRead(mark=Mark.READ, value=217, old=211, overwritten=True)


def spelt(**changes: object) -> dict[str, Any]:
    """Return a spelt reading with other values, or without those that are None."""
    data = {**encode_reading(reading(ANNA)), **changes}
    return {name: one for name, one in data.items() if one is not None}


def with_cells(**changes: object) -> dict[str, Any]:
    """Return a spelt reading with other cells, or without those that are None."""
    cells = {**spelt()["cells"], **changes}
    return spelt(cells={name: one for name, one in cells.items() if one is not None})


@pytest.mark.parametrize(
    "one",
    [
        reading(ANNA),
        reading(ANNA, station="", red=mark(Mark.ILLEGIBLE), green=CORRECTED),
        reading(ANNA, pages=3, valid=CellRead(mark=Mark.READ, value=0, overwritten=True)),
        problem(ANNA, Problem.PAGE_MISSING),
    ],
)
def test_a_reading_comes_back_whole(one: Reading) -> None:
    """What was sealed is what was read, corrections and problems included, through JSON and back."""
    assert parse_reading(json.loads(json.dumps(encode_reading(one))), CONTESTS) == one


def test_cells_stand_in_the_order_of_the_contest() -> None:
    """However the cells arrive, a reading has them in the order of the protocol."""
    data = spelt()
    data["cells"] = dict(reversed(data["cells"].items()))
    assert tuple(parse_reading(data, CONTESTS).cells) == CONTESTS[0].cells


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("K179", []),
        ("K179", {1: 2}),
        ("K179", spelt(reader=None)),
        ("K179", spelt(more=1)),
        ("K179", spelt(format=2)),
        ("K179", spelt(format=True)),
        ("K179", spelt(reader="Anna Ivanova")),
        ("K179", spelt(reader=7)),
        ("K179", spelt(station=512)),
        ("K179", spelt(page_count="1")),
        ("K179", spelt(page_count=True)),
        ("K179", spelt(problem="tired")),
        ("K179", spelt(cells=[])),
        ("K179", with_cells(red=5)),
        ("K179", with_cells(red={"value": 5})),
        ("K179", with_cells(red={"mark": "x"})),
        ("K179", with_cells(red={"mark": "=", "value": 5, "note": "see"})),
        ("K179", with_cells(red={"mark": "=", "value": "5"})),
        ("K179", with_cells(red={"mark": "=", "value": 5.0})),
        ("K179", with_cells(red={"mark": "=", "value": 5, "overwritten": False})),
        ("K174", with_cells(red=None)),
        ("K174", with_cells(blue={"mark": "a"})),
        ("K174", spelt(problem="unreadable")),
        ("K175", with_cells(red={"mark": "=", "value": -5})),
        ("K175", with_cells(red={"mark": "b", "value": 5})),
        ("K176", spelt(contest="mayor")),
        ("K176", spelt(station=" 512")),
        ("K176", spelt(station="5" * 201)),
        ("K176", spelt(page_count=100)),
        ("K176", spelt(page_count=-1)),
    ],
)
def test_nothing_else_becomes_a_reading(code: str, data: object) -> None:
    """Whatever is sent, it is a reading of this election or it is refused by a code."""
    with pytest.raises(InputError, match=code):
        parse_reading(data, CONTESTS)


def test_a_reading_says_something() -> None:
    """A reading without a cell and without a problem says nothing, one without a contest belongs nowhere."""
    with pytest.raises(InputError, match="K174"):
        Reading(reader=ANNA, place=Place(contest="list"))
    with pytest.raises(InputError, match="K176"):
        Reading(reader=ANNA, place=Place(station="512"), cells={"red": number(1)})


def test_a_part_comes_back_whole() -> None:
    """A third reading holds what was asked, pseudo-cells among it, in the order in which it was asked."""
    asked = ("@station", "@page", "red", "green")
    one = part_of(reading(ANNA, red=CORRECTED), asked)
    assert parse_part(json.loads(json.dumps(encode_part(one))), asked) == one
    assert tuple(one.answers) == asked
    assert one.cells == {"red": CORRECTED, "green": number(248)}


@pytest.mark.parametrize(
    ("code", "answers"),
    [
        ("K173", {}),
        ("K173", {"red": {"mark": "b"}, "green": {"mark": "b"}}),
        ("K173", {"red": 5}),
        ("K173", {"@page": "1", "red": {"mark": "b"}}),
        ("K173", {"@problem": "unreadable", "red": {"mark": "b"}}),
        ("K175", {"red": {"mark": "b", "value": 1}}),
        ("K179", {"red": None}),
        ("K179", None),
    ],
)
def test_a_part_answers_what_is_asked(code: str, answers: object) -> None:
    """Nothing is missing, nothing is added, and each answer is of the kind of its cell."""
    with pytest.raises(InputError, match=code):
        parse_part({"answers": answers, "format": 1, "reader": ANNA}, ("red",))


def test_an_asked_place_is_one_that_can_be() -> None:
    """Stations, contests and pages of a third reading are held to the same limits."""
    for name, answer in (("@station", "  "), ("@contest", "x" * 65), ("@page", 100), ("@page", True)):
        with pytest.raises(InputError, match="K176"):
            parse_part({"answers": {name: answer}, "format": 1, "reader": ANNA}, (name,))
    with pytest.raises(InputError, match="K173"):
        parse_part({"answers": {"@contest": ""}, "format": 1, "reader": ANNA}, ("@contest",))


def test_a_reading_without_the_cell_has_no_part() -> None:
    """A part cannot be taken of what is not there."""
    with pytest.raises(InputError, match="K173"):
        part_of(reading(ANNA), ("blue",))


@pytest.mark.parametrize(
    "one",
    [
        Decision(adjudicator=ANNA, ground=Ground.PAPER_SEEN, answers=part(ANNA, red=5, station="512").answers),
        Decision(adjudicator=ANNA, ground=Ground.UNDECIDABLE, answers={}, problem=Problem.UNREADABLE),
    ],
)
def test_a_decision_comes_back_whole(one: Decision) -> None:
    """What was decided, by whom and on what ground, through JSON and back."""
    assert parse_decision(json.loads(json.dumps(encode_decision(one)))) == one


def test_a_decision_says_one_thing() -> None:
    """A decision has answers or a problem, on a ground of the list."""
    for answers, reason in (({}, None), ({"red": number(1)}, Problem.UNREADABLE)):
        with pytest.raises(InputError, match="K173"):
            Decision(adjudicator=ANNA, ground=Ground.ARITHMETIC, answers=answers, problem=reason)
    data = encode_decision(Decision(adjudicator=ANNA, ground=Ground.ARITHMETIC, answers={"red": number(1)}))
    with pytest.raises(InputError, match="K179"):
        parse_decision({**data, "ground": "felt_like_it"})


def test_a_cell_comes_back_whole() -> None:
    """Each mark, and each way of a correction."""
    for data in ({"mark": "i"}, {"mark": "=", "value": 5, "overwritten": True, "old": 4}):
        assert parse_cell(data).mark.value == data["mark"]
