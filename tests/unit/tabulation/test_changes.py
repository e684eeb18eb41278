"""Classes of a station's change between two tables: what each says, and what it does not say of unread numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl
import pytest

from secondcount.model.form import Line, Role
from secondcount.model.labels import Labels
from secondcount.model.publication import Stage
from secondcount.model.rule import Base
from secondcount.model.tables import table_columns
from secondcount.tabulation import (
    ChangeKind,
    SnapshotComparison,
    check_snapshots,
    check_tables,
    compare_snapshots,
    compare_stations,
    tabulate,
)
from secondcount.tabulation.changes import ballot_cells
from tabulating.elections import LAND, codes, contest_of, name, only, publication_of, sheets_of, values_of

LINES = (
    Line(id="registered", role=Role.REGISTERED, labels=name("registered")),
    Line(id="blank", role=Role.OTHER, labels=name("blank")),
    Line(id="invalid", role=Role.INVALID, labels=name("invalid")),
)
_VOTES = contest_of(lines=LINES, identities=())
CONTEST = replace(
    _VOTES, bases=(*_VOTES.bases, Base(id="cast", labels=Labels(en="cast"), cells=("a", "b", "c", "blank")))
)
CELLS = ("registered", "blank", "invalid", "a", "b", "c")
SAME = (900, 3, 4, 120, 345, 6)

Figures = Sequence[int | None]


def table(rows: Mapping[str, Figures], publication: str = "first") -> pl.DataFrame:
    """Return a station table of the six cells; None is unread."""
    full = [
        {
            "publication": publication,
            "station": station,
            "area": "port",
            "states": "".join("u" if one is None else "=" for one in figures),
            "basis": f"{publication}#{at}",
            **dict(zip(CELLS, figures, strict=True)),
        }
        for at, (station, figures) in enumerate(rows.items(), 1)
    ]
    return pl.DataFrame(full, schema=table_columns(CONTEST), orient="row")


def compared(before: Mapping[str, Figures], after: Mapping[str, Figures]) -> SnapshotComparison:
    """Return the comparison of two tables."""
    return compare_snapshots(table(before), table(after, "second"), CONTEST)


def test_ballots_are_contestants_and_the_lines_that_bases_add_to_them() -> None:
    """Blank ballots are found through a base; the register, a sum, or a line of no base is no ballot."""
    assert ballot_cells(CONTEST) == ("blank", "invalid", "a", "b", "c")
    assert ballot_cells(contest_of()) == ("invalid", "a", "b", "c")


@pytest.mark.parametrize(
    ("after", "kinds"),
    [
        ((900, 3, 4, 120, 346, 6), "one_digit ballots"),
        ((900, 3, 4, 1120, 345, 6), "one_digit ballots"),  # a digit more in front
        ((900, 3, 4, 120, 354, 6), "transposition ballots"),
        ((900, 3, 4, 120, 543, 6), "transposition ballots"),  # not only neighbours
        ((900, 3, 4, 120, 355, 7), "ballots"),  # two numbers: neither one digit nor a transposition
        ((900, 3, 4, 120, 336, 6), "ballots"),  # two digits, but other ones
        ((900, 3, 4, 345, 120, 6), "swap moved"),
        ((900, 3, 4, 119, 346, 6), "moved"),
        ((900, 3, 4, 119, 345, 7), "moved"),
        ((900, 4, 3, 120, 345, 6), "invalid_only"),
        ((900, 3, 5, 120, 345, 6), "invalid_only one_digit ballots"),
        ((900, 3, 64, 60, 345, 6), "moved_invalid"),
        ((900, 0, 0, 0, 0, 0), "annulled ballots"),
        ((910, 3, 4, 120, 345, 6), "other_lines"),
        ((None, 3, 4, 120, 345, 6), "emptied"),
        ((900, None, 4, 121, 344, 6), "untold emptied"),  # perhaps the blank ballots are others too
        ((900, None, None, None, None, None), "emptied"),  # not read is not zero: nothing was annulled
    ],
)
def test_each_change_has_its_classes_the_most_telling_first(after: Figures, kinds: str) -> None:
    """The classes of one station, from (900; 3 blank, 4 invalid; 120, 345, 6)."""
    found = compared({"1": SAME}, {"1": after}).changed
    assert found.select("kind", "kinds").rows() == [(kinds.split(maxsplit=1)[0], kinds)]


def test_all_zero_before_and_numbers_that_come_are_told_apart() -> None:
    """Zeros that became votes are ZERO_BEFORE; a station without numbers that got some is FILLED."""
    found = compared({"1": (900, 0, 0, 0, 0, 0), "2": (None,) * 6}, {"1": SAME, "2": SAME})
    assert found.changed["kinds"].to_list() == ["zero_before ballots", "filled"]


def test_ballots_are_not_known_where_a_number_is_unread() -> None:
    """Totals and their change are null, never counted with zero, where a ballot cell is no number."""
    (row,) = compared({"1": SAME}, {"1": (900, None, 4, 121, 344, 6)}).changed.rows(named=True)
    assert (row["ballots_before"], row["ballots_after"], row["ballots_change"], row["cells"]) == (478, None, None, 2)


def test_every_station_is_the_same_changed_added_or_removed() -> None:
    """No station is lost: both tables have it (equal or changed), or one of them has."""
    found = compared({"1": SAME, "2": SAME, "3": SAME}, {"2": SAME, "3": (900, 3, 4, 130, 345, 6), "4": SAME})
    assert (found.earlier, found.later, found.compared) == ("first", "second", 2)
    assert (found.changed["station"].to_list(), found.removed["station"].to_list()) == (["3"], ["1"])
    assert found.added["station"].to_list() == ["4"]
    kinds = {one.kind: (one.primary, one.stations) for one in found.kinds}
    assert kinds == {
        ChangeKind.ONE_DIGIT: (1, 1),
        ChangeKind.BALLOTS: (0, 1),
        ChangeKind.NEW_SHEET: (1, 1),
        ChangeKind.REMOVED_SHEET: (1, 1),
    }


def test_the_net_of_each_cell_says_where_changes_went() -> None:
    """Net is after - before, with the stations in which the cell gained and lost."""
    found = compared(
        {"1": SAME, "2": SAME, "3": SAME},
        {"1": (900, 3, 4, 130, 335, 6), "2": (900, 3, 4, 121, 344, 6), "3": (900, 3, 4, 119, 345, 6)},
    )
    assert [(one.cell, one.net, one.gained, one.lost) for one in found.net] == [("a", 10, 2, 1), ("b", -11, 0, 2)]
    assert (found.one_cell, found.same_ballots) == (1, 2)
    first = found.differing.row(0, named=True)
    assert (first["before"], first["after"], first["difference"]) == (120, 130, 10)
    assert (first["basis_before"], first["basis_after"]) == ("first#1", "second#1")


def test_a_table_that_did_not_change_is_said_to_be_the_same() -> None:
    """R410 is the whole answer where no number changed; nothing at all is said of tables without a common station."""
    issues = check_snapshots(compared({"1": SAME}, {"1": SAME, "2": SAME}), CONTEST, revised=True)
    assert codes(issues) == ["R410"]
    assert values_of(issues[0]) == {"publication_earlier": "first", "compared": 1}
    assert check_snapshots(compared({"1": SAME}, {"2": SAME}), CONTEST, revised=True) == ()


def test_the_reader_is_told_of_each_kind_of_change_once() -> None:
    """R411 between stages, R412 within one; gone, annulled, emptied, swapped and moved are named, none twice."""
    before = dict.fromkeys(("gone", "zero", "empty", "swap", "move", "digit"), SAME)
    after: dict[str, Figures] = {
        "zero": (900, 0, 0, 0, 0, 0),
        "empty": (900, None, None, None, None, None),
        "swap": (900, 3, 4, 345, 120, 6),
        "move": (900, 3, 4, 110, 355, 6),
        "digit": (900, 3, 4, 120, 346, 6),
    }
    found = compared(before, after)
    issues = check_snapshots(found, CONTEST, revised=False)
    assert codes(issues) == ["R412", "R413", "R414", "R415", "R416", "R417"]
    assert [dict(one.values).get("stations") for one in issues[1:]] == ["gone", "zero", "empty", "swap", "move"]
    assert values_of(issues[0]) == {
        "publication_earlier": "first",
        "compared": 5,
        "count": 4,
        "one_cell": 1,
        "same": 2,
    }
    assert only(issues, "R414").basis == ("first#2", "second#1")
    assert codes(check_snapshots(found, CONTEST, revised=True))[0] == "R411"


def test_each_table_is_held_against_the_one_before_it() -> None:
    """In the order of the publications, whatever that of the rows; a table of no named publication is left out."""
    tables = pl.concat(
        [
            table({"1": (900, 3, 4, 121, 345, 6)}, "final"),
            table({"1": SAME}, "night"),
            table({"1": SAME}, "late"),
            table({"1": (900, 9, 9, 9, 9, 9)}, "theirs"),
        ]
    )
    stages = {"night": Stage.PRELIMINARY, "late": Stage.PRELIMINARY, "none": Stage.FINAL, "final": Stage.FINAL}
    publications = [publication_of(one, stage) for one, stage in stages.items()]
    issues = check_tables(tables, publications, CONTEST)
    assert [(one.code, one.value("publication_earlier"), one.where.publication) for one in issues] == [
        ("R410", "night", "late"),
        ("R411", "late", "final"),
    ]


def test_a_copy_and_the_published_table_are_classified_alike() -> None:
    """Each differing station has its classes, beside each of its cells too; a cell that one side lacks has none."""
    sheet = dict(zip(CELLS, SAME, strict=True))
    copies = tabulate(
        sheets_of(CONTEST, [{"station": "1", **sheet}, {"station": "2", **sheet, "c": "i"}]), CONTEST, LAND
    ).usable
    found = compare_stations(copies, table({"1": (900, 3, 4, 345, 120, 6), "2": SAME}), CONTEST)
    assert found.stations.select("station", "kind", "kinds").rows() == [("1", "swap", "swap moved")]
    assert found.differing["kind"].to_list() == ["swap", "swap"]
    assert [(one.cell, one.net) for one in found.net] == [("a", 225), ("b", -225)]
    assert (found.compared, found.equal) == (2, 1)
