"""Tables of stations without figures: every row that cannot be used is named by its line, nothing is guessed."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from secondcount.errors import InputError
from secondcount.intake import Listing, parse_postings, parse_priorities, parse_register
from secondcount.model.geography import Area, Geography, Level
from secondcount.model.labels import Labels

LAND = Geography(
    levels=(Level(id="country", labels=Labels(en="country")), Level(id="region", labels=Labels(en="region"))),
    areas=(
        Area(id="land", level="country", labels=Labels(en="Land")),
        Area(id="north", level="region", parent="land", labels=Labels(en="North", ru="Север")),
    ),
)


def named(listing: Listing) -> list[tuple[str, int]]:
    """Return the code and line of everything odd."""
    return [(one.code, one.where.line) for one in listing.issues]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_register_is_read_in_any_encoding(encoding: str) -> None:
    """Stations, their areas by any label, and voters, whatever program wrote the file."""
    found = parse_register("r.csv", "участок;область;избирателей\n001;Север;1 200\n002;;\n".encode(encoding), LAND)
    assert found.rows.select("station", "area", "registered").rows() == [("001", "north", 1200), ("002", "land", None)]


def test_a_register_may_be_a_workbook() -> None:
    """XLSX is read like CSV; leading zeros of a text stay."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate((("station", "registered"), ("007", 1500))):
            sheet.write_row(row, 0, cells)
    assert parse_register("r.xlsx", held.getvalue(), LAND).rows.row(0)[1:] == ("007", "land", 1500)


def test_bad_rows_of_a_register_are_named() -> None:
    """A formula, a row without station, a second row, an unknown area, and 2^63 voters each have code and line."""
    text = (
        f"station,area,registered\n1,North,9223372036854775808\n1,North,5\n=cmd(),North,1\n,North,1\n{'x' * 201},,\n"
    )
    found = parse_register("r.csv", (text + "2,Nowhere,-5\n").encode(), LAND)
    assert set(named(found)) >= {
        ("K163", 2),
        ("K162", 3),
        ("T126", 4),
        ("T123", 5),
        ("K161", 6),
        ("T127", 7),
        ("K163", 7),
    }
    assert found.rows.select("station", "registered").rows() == [("1", None), ("2", None)]


def test_the_greatest_number_of_voters_is_kept() -> None:
    """2^63 - 1 is what the archive can hold, and it is held."""
    found = parse_register("r.csv", b"station,registered\n1,9223372036854775807\n", LAND)
    assert found.rows["registered"].to_list() == [2**63 - 1]


def test_a_station_may_have_several_observers() -> None:
    """The same pair twice is a mistake; two observers at one station, or none yet, are not."""
    found = parse_postings("p.csv", b"station,observer\n1,anna\n1,bob\n1,anna\n2,\n3,=HYPERLINK()\n")
    assert found.rows.select("station", "observer").rows() == [("1", "anna"), ("1", "bob"), ("2", "")]
    assert named(found) == [("K162", 4), ("K161", 6)]


def test_priorities_are_whole_numbers() -> None:
    """No float, no other digits, nothing beyond 32 bits; zero and negative numbers are priorities."""
    lines = ("1,5", "2,-7", "3,0", "4,1e3", "5,2.5", "6,2147483648", "7,9223372036854775808", "8,٣", "9,", "1,6")
    found = parse_priorities("p.csv", ("station,priority\n" + "\n".join(lines) + "\n").encode())
    assert found.rows.select("station", "priority").rows() == [("1", 5), ("2", -7), ("3", 0)]
    assert sorted(named(found)) == [("K162", 11), *(("K167", line) for line in range(5, 11))]


@pytest.mark.parametrize(
    ("parse", "text", "code"),
    [
        (parse_postings, "station,whatever\n1,2\n", "K160"),
        (parse_priorities, "station,whatever\n1,2\n", "K160"),
        (parse_priorities, "place,priority\n1,2\n", "T109"),
        (parse_priorities, "station,precinct,priority\n1,1,2\n", "T111"),
        (parse_priorities, "", "T101"),
    ],
)
def test_a_table_of_another_kind_is_refused(parse: object, text: str, code: str) -> None:
    """A file without the column that it is for is no such file."""
    assert callable(parse)
    with pytest.raises(InputError) as raised:
        parse("p.csv", text.encode())
    assert raised.value.code == code
