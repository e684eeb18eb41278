"""Two columns of a table under each other's header: what is noticed, beside which figures, and what is not.

Every cell may then be good where it stands, and no program can tell such a file from a right one by itself. What
the form of the protocol or the authority's table contradicts is said; these tests keep to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from intaking.election import CONTEST, ELECTION
from museum.shelves import MUSEUM
from secondcount.intake import parse_sheets
from secondcount.model.form import Form, Relation
from secondcount.model.issue import Issue
from secondcount.model.tables import table_columns
from secondcount.tabulation import check_sheets, check_stations, compare_stations, tabulate
from tabulating.elections import identity, linear

VOTES = ("nur", "ak_zhol", "union")
BALANCE = identity(
    "registered >= nur + ak_zhol + union + invalid",
    linear((1, "registered")),
    Relation.AT_LEAST,
    linear(*((1, one) for one in (*VOTES, "invalid"))),
)
WITH_BALANCE = replace(CONTEST, form=Form(lines=CONTEST.form.lines, identities=(BALANCE,)))
TRUE = {"001": (100, 1, 50, 30, 10), "002": (100, 1, 41, 12, 10), "003": (100, 1, 20, 20, 10)}
"""What the protocols of the exhibits say: registered, invalid, nur, ak_zhol, union."""


def copies(exhibit: str) -> pl.DataFrame:
    """Return the usable copies of an exhibit of the museum."""
    data = (MUSEUM / "tables" / exhibit).read_bytes()
    read = parse_sheets(exhibit, data, ELECTION, WITH_BALANCE)
    return tabulate(read.frame, WITH_BALANCE, ELECTION.geography).usable


def published(rows: Mapping[str, tuple[int, ...]]) -> pl.DataFrame:
    """Return the authority's station table."""
    full = [
        {
            "publication": "result",
            "station": station,
            "area": "north",
            "states": "=" * len(figures),
            "basis": f"result#{place}",
            **dict(zip(WITH_BALANCE.cells, figures, strict=True)),
        }
        for place, (station, figures) in enumerate(rows.items(), start=2)
    ]
    return pl.DataFrame(full, schema=table_columns(WITH_BALANCE), orient="row")


def told(issues: tuple[Issue, ...], *names: str) -> list[tuple[object, ...]]:
    """Return code, station and cell of each issue, and some of its values."""
    return [(one.code, one.where.station, one.where.cell, *map(one.value, names)) for one in issues]


def test_lists_swapped_are_swaps_beside_a_table_and_nothing_without_one() -> None:
    """Two lists interchanged: no identity can break; beside a table each station that differs is a swap.

    Station 003 gave both lists as many votes: there nothing differs, and nothing is said.
    """
    usable = copies("columns_of_two_lists_swapped.csv")
    assert check_sheets(usable, WITH_BALANCE) == ()
    compared = compare_stations(usable, published(TRUE), WITH_BALANCE)
    assert (compared.compared, compared.equal) == (3, 1)
    assert compared.stations.select("station", "kind").rows() == [("001", "swap"), ("002", "swap")]
    assert told(check_stations(compared), "copy", "published", "difference") == [
        ("R401", "001", "ak_zhol", 50, 30, 20),
        ("R401", "001", "nur", 30, 50, -20),
        ("R401", "002", "ak_zhol", 41, 12, 29),
        ("R401", "002", "nur", 12, 41, -29),
    ]


def test_lines_swapped_break_the_form() -> None:
    """Register and invalid ballots interchanged: the form's own identity breaks, and votes exceed the register."""
    issues = check_sheets(copies("columns_of_two_lines_swapped.csv"), WITH_BALANCE)
    assert [(one.code, one.where.station) for one in issues] == [("S201", "001"), ("S203", "001")]
    assert [issues[0].value(name) for name in ("left", "right", "difference")] == [1, 190, 189]
    assert [issues[1].value(name) for name in ("votes", "voters", "excess")] == [90, 1, 89]
    assert all(one.basis[0].endswith("#2") for one in issues)


def test_lines_swapped_in_a_form_without_identities_are_noticed_only_by_the_register() -> None:
    """Where the definition has no identity, only more votes than voters are noticed; that is all that can be."""
    issues = check_sheets(copies("columns_of_two_lines_swapped.csv"), CONTEST)
    assert [one.code for one in issues] == ["S203"]


def test_a_register_read_as_stations_knows_no_station() -> None:
    """Station and register interchanged: the table knows none of the stations, and the numbers are no registers."""
    usable = copies("station_and_register_swapped.csv")
    compared = compare_stations(usable, published(TRUE), WITH_BALANCE)
    assert (compared.compared, compared.copies_only, compared.published_only) == (0, ("100", "240"), 3)
    assert [(one.code, one.where.station) for one in check_stations(compared)] == [("R402", "100"), ("R402", "240")]
    codes = [(one.code, one.where.station) for one in check_sheets(usable, WITH_BALANCE)]
    assert sorted(codes) == [("S201", "100"), ("S201", "240"), ("S203", "100"), ("S203", "240"), ("S204", "100")]
