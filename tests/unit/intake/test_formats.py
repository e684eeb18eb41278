"""Law: the same table in any format gives the same rows; damage in any of them is an issue or a refusal."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intaking.election import CONTEST, ELECTION, row, sheet
from intaking.workbooks import archive, cells, workbook
from museum.build_formats import HEADERS, frame, line, objects
from secondcount.errors import InputError
from secondcount.intake import parse_reported, parse_sheets, read_table
from secondcount.model.issue import Severity

SAME = {
    "text": sheet(row(), row("002", nur=7)),
    "workbook": workbook(cells([HEADERS, line(), line(station="002", nur=7)])),
    "json": objects({}, {"station": "002", "nur": 7}).encode(),
    "zip": archive({"copies.csv": sheet(row(), row("002", nur=7))}, packed=True),
}
DAMAGED = {**SAME, "parquet": frame()}


@pytest.mark.parametrize("kind", SAME)
def test_one_table_in_any_format(kind: str) -> None:
    """Cells and states do not depend on the format that brought them."""
    read = parse_sheets("copies", SAME[kind], ELECTION, CONTEST).frame.drop("basis")
    assert read.equals(parse_sheets("copies", SAME["text"], ELECTION, CONTEST).frame.drop("basis"))


@settings(max_examples=60)
@given(
    kind=st.sampled_from(sorted(DAMAGED)), changes=st.lists(st.tuples(st.integers(0), st.integers(0, 255)), max_size=4)
)
def test_damage_never_crashes(kind: str, changes: list[tuple[int, int]]) -> None:
    """Whatever bytes are changed, the file is read with issues or refused with a code."""
    data = bytearray(DAMAGED[kind])
    for place, value in changes:
        data[place % len(data)] = value
    with suppress(InputError):
        assert parse_sheets("copies", bytes(data), ELECTION, CONTEST).frame.height <= 2


def test_a_percentage_is_read_as_it_is_shown() -> None:
    """0.80738 in a cell that shows 80.74 % is the figure 80.74, with two decimals, of a column of shares."""
    head = ["area", "nur", "ak_zhol"]
    rows = cells([head, ["land", ('s="2"', "<v>0.80738</v>"), ('s="3"', "<v>1</v>")], ["north", ('s="2"', ""), 5]])
    read = parse_reported("shares.xlsx", workbook(rows), ELECTION, CONTEST, 0)
    shares = read.figures.filter(quantity="share").select("area", "cell", "value", "decimals").rows()
    assert ("land", "nur", 8074, 2) in shares
    assert ("north", "nur", 500, 2) not in shares


def test_an_empty_cell_takes_no_neighbours_mark() -> None:
    """A cell without a value stays empty, whatever stands to its right."""
    rows = cells([["station", "nur", "union"], ["1", ('s="2"', ""), 5]]).replace('s="2"></c>', 's="2"/>')
    assert read_table("a.xlsx", workbook(rows)).rows.select("c1", "c2").rows() == [("", "5")]


def test_a_cell_that_does_not_say_where_it_is() -> None:
    """A marked cell without a name cannot be placed: the workbook is refused, the mark is not lost."""
    rows = cells([["station", "nur"], ["1", ('s="2"', "<v>0.5</v>")]]).replace(' r="B2"', "")
    with pytest.raises(InputError) as caught:
        read_table("a.xlsx", workbook(rows))
    assert caught.value.code == "T183"


def test_lines_are_rows_of_the_sheet() -> None:
    """An issue names the row that the spreadsheet shows, whatever line ends the cells above have."""
    rows = cells([HEADERS, line(collector="a\nb")]) + cells([line(station="002", nur="many")], first=9)
    issues = parse_sheets("a.xlsx", workbook(rows), ELECTION, CONTEST).issues
    assert [one.where.line for one in issues if one.severity is Severity.ERROR] == [9]


def test_a_name_that_comes_late_is_empty_before() -> None:
    """JSON rows may have different names: what is not there is unknown, never moved."""
    table = read_table(
        "a.jsonl", b'{"station": "1", "a": 1}\n{"b": 2, "station": "2"}\n{"a": 3, "b": 4, "station": "3"}\n'
    )
    assert table.headers == ("station", "a", "b")
    assert table.rows.rows() == [(1, "1", "1", ""), (2, "2", "", "2"), (3, "3", "3", "4")]
