"""Coverage says how many stations of how many, at which level, and how many votes of how many."""

from __future__ import annotations

import polars as pl

from secondcount.model.publication import Stage
from secondcount.model.tables import STATIONS, empty_figures, empty_sheets
from secondcount.tabulation import cover, tabulate
from tabulating.elections import COUNT, LAND, Printed, contest_of, figures_of, publication_of, sheets_of

CONTEST = contest_of()
ROWS = [
    {"station": "1", "a": 10, "b": 5, "c": 1, "level": 0},
    {"station": "2", "a": 10, "b": 5, "c": "i", "level": 3},
    {"station": "3", "a": 10, "b": 5, "c": 2, "level": 2, "area": "south"},
    {"station": "4", "a": 1, "level": 2},
    {"station": "4", "a": 2, "level": 2, "copy": 2},
]
TABULATION = tabulate(sheets_of(CONTEST, ROWS), CONTEST, LAND)


def test_areas_come_deepest_first_and_levels_add_up() -> None:
    """Stations count at every level up to their own; conflicting ones are counted apart, in every area above."""
    port, *others, land = cover(TABULATION, LAND, CONTEST, empty_figures(), "")
    assert [port.area, *(one.area for one in others), land.area] == ["port", "north", "south", "land"]
    assert (port.seen, port.expected, port.by_level, port.conflicting) == (2, 3, (2, 1, 1, 1, 0), 1)
    assert (land.seen, land.expected, land.by_level, land.conflicting) == (3, None, (3, 2, 2, 1, 0), 1)
    assert (port.votes_seen, land.votes_seen) == (31, 48)


def test_the_whole_is_there_without_any_copy() -> None:
    """With no copies the whole territory still says that nothing was seen."""
    (land,) = cover(tabulate(empty_sheets(CONTEST), CONTEST, LAND), LAND, CONTEST, empty_figures(), "")
    assert (land.area, land.seen, land.by_level, land.votes_seen) == ("land", 0, (0, 0, 0, 0, 0), 0)


def test_official_votes_need_every_contestant() -> None:
    """The official votes of an area are known only when every contestant's are published."""
    votes = [
        Printed(publication="final", quantity=COUNT, cell=cell, text="100", area=area)
        for area in ("port", "land")
        for cell in "abc"
    ]
    found = cover(TABULATION, LAND, CONTEST, figures_of(*votes[:-1]), "final")
    assert [(one.area, one.votes_official) for one in found][::3] == [("port", 300), ("land", None)]


def test_an_area_without_official_votes_uses_its_own_final_ones() -> None:
    """A city's own published sum counts where the official publication is silent; a preliminary one does not."""
    votes = figures_of(
        *(Printed(publication="city", quantity=COUNT, cell=one, text="9", area="port") for one in "abc")
    )
    for stage, expected in ((Stage.FINAL, 27), (Stage.PRELIMINARY, None)):
        publications = (publication_of("final", Stage.FINAL), publication_of("city", stage))
        port = cover(TABULATION, LAND, CONTEST, votes, "final", publications=publications)[0]
        assert port.votes_official == expected


def test_the_register_says_how_many_where_the_definition_does_not() -> None:
    """Stations of the official register are counted up the areas; the definition's own number goes first."""
    rows = [(str(at), area, None, "") for at, area in enumerate(["port"] * 4 + ["south"] * 2)]
    register = pl.DataFrame(rows, schema=STATIONS, orient="row")
    found = cover(TABULATION, LAND, CONTEST, empty_figures(), "", stations=register)
    assert {one.area: one.expected for one in found} == {"port": 3, "north": 5, "south": 2, "land": 6}
