"""Which areas are told one by one, and that what is told of an area is all that lies in it."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from secondcount.audit import parse_claim
from secondcount.model.geography import Geography
from secondcount.model.publication import Stage
from secondcount.model.record import Record
from secondcount.model.tables import empty_figures, table_columns
from secondcount.tabulation import AreaSum
from secondcount.tabulation.result import CellSum
from secondcount.verdict import Verdict, derive
from secondcount.verdict.places import place_rows
from secondcount.verdict.told import TOLD_AREAS, contradicted, near_the_root, told_areas
from tabulating.elections import (
    COUNT,
    Printed,
    contest_of,
    election_of,
    figures_of,
    geography_of,
    publication_of,
    sheets_of,
)

CONTEST = contest_of(("a", "b"), lines=contest_of().form.lines)
DEEP = {"land": None, "north": "land", "south": "land", "town": "north", "city": "south", "village": "town"}
FINAL = replace(publication_of("final", Stage.FINAL), complete=True)


def wide(areas: int) -> Geography:
    """Return a country with so many areas inside it."""
    return geography_of({"land": None} | {f"r{at}": "land" for at in range(areas)})


def derived(*claims: str, shown: int) -> Verdict:
    """Return the verdict of two villages of one station each: one copy shows `shown` votes for a, the table 10."""
    election = election_of(CONTEST, geography_of(DEEP))
    rows = [{"station": name, "area": area, "registered": 90, "a": 10, "b": 5} for name, area in STATIONS]
    table = [{"publication": "final", "states": "", "basis": "t", **row} for row in rows]
    return derive(
        Record(
            election=election,
            publications=(FINAL,),
            reported={CONTEST.id: pl.DataFrame(table, schema=table_columns(CONTEST))},
            sheets={CONTEST.id: sheets_of(CONTEST, [{**rows[0], "a": shown}])},
            claims=tuple(parse_claim(one, election.contests, election.geography) for one in claims),
        )
    )


STATIONS = (("1", "village"), ("2", "village"), ("3", "city"))


def test_two_levels_are_told() -> None:
    """The whole and two levels below it are told; a third level is not."""
    assert near_the_root(geography_of(DEEP)) == {"land", "north", "south", "town", "city"}


def test_a_level_too_wide_is_not_told() -> None:
    """A level is told as long as all told areas are no more than 400 together."""
    assert len(near_the_root(wide(TOLD_AREAS - 1))) == TOLD_AREAS
    assert near_the_root(wide(TOLD_AREAS)) == {"land"}


def test_what_somebody_named_is_told() -> None:
    """An area with a published figure of its own is told, and one that a claim names, however deep."""
    geography = geography_of(DEEP | {"hamlet": "village"})
    figures = figures_of(Printed(publication="final", quantity=COUNT, cell="a", text="7", area="village"))
    claim = parse_claim("a > b in hamlet", (CONTEST,), geography)
    assert told_areas(geography, figures, ()) - near_the_root(geography) == {"village"}
    assert told_areas(geography, empty_figures(), (claim,)) - near_the_root(geography) == {"hamlet"}


def test_a_contradiction_is_told_wherever_it_is() -> None:
    """More copies than the published count, or another number from all stations, makes any area told."""
    figures = figures_of(Printed(publication="final", quantity=COUNT, cell="a", text="10", area="village"))

    def found(total: int, read: int) -> frozenset[str]:
        cells = (CellSum(cell="a", total=total, read=read, unread=0),)
        return contradicted(
            [AreaSum(area="village", stations=read, cells=cells)], figures, {"village": 2}, frozenset()
        )

    assert found(11, 1) == found(11, 2) == found(9, 2) == {"village"}
    assert found(10, 1) == found(9, 1) == found(10, 2) == frozenset()


def test_a_deep_excess_is_held_against_the_copies() -> None:
    """The verdict names the deep area that the copies contradict, and leaves it out where they do not."""
    (more,), (less,) = derived(shown=21).contests, derived(shown=9).contests
    assert {one.area for one in more.held} == {"land", "north", "town", "village"}
    assert {one.area for one in less.held} == {one.area for one in less.sums} == {"land", "north", "town"}
    assert {one.area for one in less.coverage} == {"land", "north", "town", "village"}


def test_a_claim_without_an_area_is_weighed_near_the_root() -> None:
    """A claim is weighed in told areas with copies; in a deeper one only if it names it."""
    (contest,) = derived("a > b", "a > b in village", shown=9).contests
    assert [one.area for one in contest.claims] == ["town", "north", "land", "village"]


def test_a_slice_is_the_area_with_its_parts() -> None:
    """Rows of an area and of everything in it, and no other row, are within it; strangers are nowhere."""
    geography = geography_of(DEEP)
    areas = ["village", "land", "city", "north", "mars", "village", "south", None, "town"]
    placed = place_rows(pl.DataFrame({"area": areas, "row": range(9)}), geography)
    for area in DEEP:
        inside = {row for row, one in enumerate(areas) if one and area in geography.lineage(one)}
        assert set(placed.within(area)["row"]) == inside, area
    assert placed.within("mars").height == 0
    assert placed.rows.height == len(areas)
