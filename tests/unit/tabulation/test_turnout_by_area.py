"""Turnout by area: exact sums of what was read on both sides of the share, in areas that do not overlap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import polars as pl
import pytest

from secondcount.model.election import Contest
from secondcount.model.form import Line, Role
from secondcount.model.geography import Area, Geography, Level
from secondcount.model.tables import table_columns
from secondcount.tabulation.turnout_by_area import Numerator, TurnoutByArea, turnout_by_area
from tabulating.elections import contest_of, name

REGISTERED = Line(id="registered", role=Role.REGISTERED, labels=name("registered"))
INVALID = Line(id="invalid", role=Role.INVALID, labels=name("invalid"))
VALID = Line(id="valid", role=Role.VALID, labels=name("valid"))
BOXES = Line(id="in_boxes", role=Role.IN_BOXES, labels=name("in boxes"))
VOTERS = Line(id="took_part", role=Role.TOOK_PART, labels=name("took part"))
LEVELS = (Level(id="country", labels=name("country")), Level(id="region", labels=name("region")))


def area(one: str, parent: str | None = "all") -> Area:
    """Return an area."""
    return Area(id=one, level="region" if parent else "country", labels=name(one), parent=parent)


GEOGRAPHY = Geography(
    levels=(*LEVELS, Level(id="town", labels=name("town"))),
    areas=(
        area("all", None),
        area("home"),
        area("abroad"),
        area("west", "home"),
        area("east", "home"),
        area("port", "east"),
    ),
)


def contest(*lines: Line) -> Contest:
    """Return a contest of a and b with these lines."""
    return contest_of(("a", "b"), lines=lines, identities=())


def table(of: Contest, *rows: tuple[str, str, Mapping[str, int | None]]) -> pl.DataFrame:
    """Return a station table from (station, area, cells); a cell that is not given was not read."""
    full = [
        {
            "publication": "result",
            "station": station,
            "area": where,
            "states": "".join("u" if cells.get(one) is None else "=" for one in of.cells),
            "basis": f"result#{place}",
            **{one: cells.get(one) for one in of.cells},
        }
        for place, (station, where, cells) in enumerate(rows, 2)
    ]
    return pl.DataFrame(full, schema=table_columns(of), orient="row")


def turnout(of: Contest, *rows: tuple[str, str, Mapping[str, int | None]]) -> TurnoutByArea:
    """Return the turnout of a table that has one."""
    found = turnout_by_area(table(of, *rows), of, GEOGRAPHY)
    assert found is not None
    return found


def told(found: TurnoutByArea) -> list[tuple[str, int, int, int]]:
    """Return area, stations, voters on the list and ballots of each area."""
    return [(one.area, one.stations, one.registered, one.ballots) for one in found.areas]


VOTED = contest(REGISTERED, VOTERS)


def row(
    station: str, where: str, registered: int | None, voters: int | None
) -> tuple[str, str, dict[str, int | None]]:
    """Return one station with voters on its list and voters who took part."""
    return station, where, {"registered": registered, "took_part": voters}


def test_an_area_with_most_voters_is_replaced_by_its_parts() -> None:
    """Home has more than half of all voters: west and east stand beside abroad, the largest list first."""
    found = turnout(
        VOTED,
        row("1", "west", 500, 300),
        row("2", "east", 200, 150),
        row("3", "port", 200, 50),
        row("4", "abroad", 9, 3),
    )
    assert told(found) == [("west", 1, 500, 300), ("east", 2, 400, 200), ("abroad", 1, 9, 3)]
    assert (found.whole.stations, found.whole.registered, found.whole.ballots) == (4, 909, 503)
    assert [one.share for one in found.areas] == [Fraction(3, 5), Fraction(1, 2), Fraction(1, 3)]
    assert found.elsewhere is None


def test_no_station_is_in_two_areas_and_none_is_lost() -> None:
    """Stations right in an area that was opened, or in the root, are in none of the areas, and are counted."""
    found = turnout(
        VOTED, row("1", "west", 500, 300), row("2", "east", 300, 150), row("3", "home", 7, 5), row("4", "all", 2, 1)
    )
    assert told(found) == [("west", 1, 500, 300), ("east", 1, 300, 150)]
    assert found.elsewhere is not None
    assert (found.elsewhere.stations, found.elsewhere.registered, found.elsewhere.ballots) == (2, 9, 6)


def test_a_station_that_is_half_read_is_in_no_sum() -> None:
    """A number that was not read is not zero: its station is left out above and below, and counted as listed."""
    found = turnout(
        VOTED,
        row("1", "west", 500, 300),
        row("2", "east", 400, 100),
        row("3", "east", 400, None),
        row("4", "west", None, 70),
    )
    assert told(found) == [("west", 1, 500, 300), ("east", 1, 400, 100)]
    assert (found.whole.stations, found.listed) == (2, 4)


def test_more_voters_than_the_list_is_more_than_100_percent() -> None:
    """A share beyond 1 is not cut: voters may be added on the day."""
    found = turnout(VOTED, row("1", "west", 10, 25), row("2", "east", 9, 3))
    assert found.areas[0].share == Fraction(5, 2)


def test_an_area_without_voters_on_its_list_has_no_share() -> None:
    """Its ballots count for the whole, and it stands in none of the areas."""
    found = turnout(VOTED, row("1", "west", 10, 5), row("2", "east", 9, 3), row("3", "abroad", 0, 40))
    assert [one.area for one in found.areas] == ["west", "east"]
    assert found.whole.ballots == 48
    assert found.elsewhere is not None
    assert (found.elsewhere.registered, found.elsewhere.ballots) == (0, 40)


@pytest.mark.parametrize(
    ("lines", "cells", "numerator", "ballots"),
    [
        ((VOTERS, BOXES), {"took_part": 9, "in_boxes": 8, "a": 5, "b": 2}, Numerator.TOOK_PART, 9),
        ((VOTERS, BOXES), {"in_boxes": 8, "a": 5, "b": 2}, Numerator.IN_BOXES, 8),
        ((VALID, INVALID), {"valid": 7, "invalid": 1, "a": 5, "b": 2}, Numerator.CAST, 8),
        ((INVALID,), {"invalid": 1, "a": 5, "b": 2}, Numerator.CAST, 8),
        ((VALID, INVALID), {"valid": 7, "a": 5, "b": 2}, Numerator.VOTES, 7),
        ((), {"a": 5, "b": 2}, Numerator.VOTES, 7),
    ],
)
def test_what_is_counted_is_the_best_that_the_table_has(
    lines: tuple[Line, ...], cells: dict[str, int | None], numerator: Numerator, ballots: int
) -> None:
    """Voters, ballots in boxes, valid and invalid ballots, else contestants' votes: and which of them is said."""
    one = {"registered": 20, **cells}
    found = turnout(contest(REGISTERED, *lines), ("1", "west", one), ("2", "east", one))
    assert (found.numerator, found.areas[0].ballots) == (numerator, ballots)


def test_districts_that_only_keys_name_are_areas() -> None:
    """Where all stations lie in the root, the first part of their keys tells districts apart."""
    flat = Geography(levels=LEVELS, areas=(area("all", None),))
    rows = [row("1/1", "all", 10, 5), row("1/2", "all", 10, 7), row("2/1", "all", 5, 1), row("3/1", "all", 0, 4)]
    found = turnout_by_area(table(VOTED, *rows), VOTED, flat)
    assert found is not None
    assert (found.level, told(found)) == ("region", [("1", 2, 20, 12), ("2", 1, 5, 1)])
    assert (found.whole.area, found.whole.ballots) == ("all", 17)
    bare = [row("1", "all", 10, 5), row("1/2", "all", 10, 7)]
    assert turnout_by_area(table(VOTED, *bare), VOTED, flat) is None


def test_without_list_ballots_or_areas_there_is_none() -> None:
    """No register in the form, nothing read, nobody on the lists, or one area: nothing is drawn."""
    rows = (row("1", "west", 10, 5), row("2", "east", 9, 3))
    assert turnout_by_area(table(contest(VOTERS), *rows), contest(VOTERS), GEOGRAPHY) is None
    unread = (row("1", "west", None, 5), row("2", "east", None, 3))
    empty = (row("1", "west", 0, 5), row("2", "east", 0, 3))
    for rows in (unread, empty, (row("1", "abroad", 10, 5),), ()):
        assert turnout_by_area(table(VOTED, *rows), VOTED, GEOGRAPHY) is None


def test_an_area_that_nobody_knows_is_the_whole_only() -> None:
    """A station in an area that the geography does not have still counts for the whole."""
    found = turnout(VOTED, row("1", "west", 10, 5), row("2", "east", 9, 3), row("3", "moon", 1, 1))
    assert found.whole.registered == 20
    assert found.elsewhere is not None
    assert found.elsewhere.stations == 1


def test_a_circle_of_areas_ends() -> None:
    """Areas that contain each other are never opened for ever."""
    around = (area("all", None), replace(area("a"), parent="b"), replace(area("b"), parent="a"), area("c"))
    found = turnout_by_area(
        table(VOTED, row("1", "a", 10, 5), row("2", "b", 10, 5), row("3", "c", 10, 5)),
        VOTED,
        Geography(levels=LEVELS, areas=around),
    )
    assert found is None or found.whole.registered
