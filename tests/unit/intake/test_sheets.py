"""Law: a table of copies becomes the frame of the contract, each row with its basis, each default said aloud."""

from __future__ import annotations

import hashlib

import polars as pl
import pytest

from intaking.election import CELLS, CONTEST, ELECTION, HEADER, row, sheet
from secondcount.intake import SheetsRead, parse_sheets
from secondcount.intake.remarks import LIMIT
from secondcount.model.issue import Severity
from secondcount.model.tables import sheet_schema


def read(data: bytes | str, name: str = "copies.csv") -> SheetsRead:
    """Return the copies of a table."""
    return parse_sheets(name, data if isinstance(data, bytes) else data.encode(), ELECTION, CONTEST)


def codes(copies: SheetsRead) -> list[str]:
    """Return the codes of all issues."""
    return [one.code for one in copies.issues]


@pytest.mark.parametrize("rows", [(), (row(),), (row(), row("002", nur="")), (row(), row(), row(nur=1))])
def test_the_frame_keeps_the_contract(rows: tuple[str, ...]) -> None:
    """Whatever the file holds, the frame has exactly the columns and types of `sheet_schema`."""
    assert read(sheet(*rows)).frame.schema == pl.Schema(sheet_schema(CONTEST))


def test_a_healthy_table_gives_no_issue() -> None:
    """Nothing odd, nothing said."""
    copies = read(sheet(row(), row("002", area="south", level=3, copy=2, version=2, collector="other")))
    assert copies.issues == ()
    assert copies.frame.drop("basis").rows() == [
        ("001", "north", 1, 1, 2, "obs", "=====", 100, 1, 50, 30, 10),
        ("002", "south", 2, 2, 3, "other", "=====", 100, 1, 50, 30, 10),
    ]


def test_each_row_names_its_line_of_its_file() -> None:
    """The basis is the digest of the bytes and the physical line: comments, blank lines, line ends in cells count."""
    above = "# label: Copies\n\n"
    data = sheet(row(), "", row("002", collector='"obs\nof two\nlines"'), row("003"), above=above)
    copies = read(data)
    digest = hashlib.sha256(data).hexdigest()
    assert copies.frame["basis"].to_list() == [f"{digest}#4", f"{digest}#6", f"{digest}#9"]
    assert (copies.input.digest, copies.input.rows, copies.input.kind) == (digest, 3, "sheets")
    assert copies.frame["collector"].to_list()[1] == "obs of two lines"


def test_an_issue_names_line_column_cell_and_basis() -> None:
    """The place of an issue can be found in the file without counting."""
    data = sheet(row(), row("002", nur="1e3"), header=",".join(HEADER).replace("nur", "Партия Света"))
    issue = read(data).issues[-1]
    assert (issue.where.file, issue.where.line, issue.where.column) == ("copies.csv", 3, "Партия Света")
    assert (issue.where.cell, issue.where.contest, issue.value("value")) == ("nur", "list", "1e3")
    assert issue.basis == (f"{hashlib.sha256(data).hexdigest()}#3",)


def test_leading_zeros_stay() -> None:
    """A polling station is a text."""
    assert read(sheet(row("0012"), row("00120"))).frame["station"].to_list() == ["0012", "00120"]


def test_missing_columns_have_defaults_that_are_said() -> None:
    """Without head columns: whole territory, level 0, copy 1, version 1, nobody; and it is said what matters."""
    copies = read("station,nur,ak_zhol,union\n001,5,3,1\n")
    assert copies.frame.drop("basis", *CELLS).rows() == [("001", "land", 1, 1, 0, "", "aa===")]
    assert codes(copies) == ["T134", "T135", "T136"]
    assert {one.severity for one in copies.issues} == {Severity.NOTE}


def test_unknown_levels_are_never_raised() -> None:
    """A level that is empty, above 4, negative or no number is level 0."""
    levels = ["", "5", "-1", "2.0", "two", "1"]
    copies = read(sheet(*(row(str(number), level=level) for number, level in enumerate(levels))))
    assert copies.frame["level"].to_list() == [0, 0, 0, 0, 0, 1]
    assert codes(copies) == ["T137", "T129", "T129", "T129", "T129"]


def test_an_unknown_area_is_the_whole_territory() -> None:
    """A copy from an area that the definition does not know still counts, for the whole."""
    copies = read(sheet(row(area="Moon"), row("002", area="")))
    assert copies.frame["area"].to_list() == ["land", "land"]
    assert codes(copies) == ["T127"]


def test_synthetic_is_never_lost() -> None:
    """Wherever the label stands, however it is spelt or mangled by a spreadsheet, the record becomes synthetic."""
    plain = sheet(row()).decode()
    labelled = [
        "# synthetic: seed 7\n" + plain,
        "#Synthetic:seed 7\n" + plain,
        "# label: x\n\n  # SYNTHETIC : seed 7\n" + plain,
        '"# synthetic: seed 7",,,,\n' + plain,
        "# synthetic: seed 7;;;;\n" + plain,
        "# synthetic seed 7\n" + plain,
        "# synthetic\n" + plain,
        "# synthetic:\n" + plain,
        plain + "# synthetic: seed 7\n",
        plain + '"# synthetic: seed 7",,,,,,,,,,\n',
        plain + "# synthetic: seed 7,,,,,,,,,,\n",
        ",".join((*HEADER, "Synthetic")) + "\n" + row() + ",\n",
        ",".join((*HEADER, "note")) + "\n" + row() + ',"two\nlines"\n# synthetic: seed 7\n',
    ]
    for text in labelled:
        copies = read(text)
        assert copies.synthetic, text
        assert copies.input.synthetic
        assert "T119" in codes(copies)
        assert copies.frame.height == 1
    assert not read(plain).synthetic


def test_what_a_file_says_of_its_making_is_kept() -> None:
    """The label is kept word for word."""
    assert read(sheet(row(), above="# synthetic: seed 7; made by hand\n")).synthetic == "seed 7; made by hand"


def test_issues_beyond_the_limit_are_counted() -> None:
    """The first thousand of one code are listed, in file order; the others are one T199 with their number."""
    copies = read(sheet(*(row(f"{number:05}", nur="x") for number in range(LIMIT + 234)), row("last", union="-1")))
    assert codes(copies).count("T152") == LIMIT
    (rest,) = [one for one in copies.issues if one.code == "T199"]
    assert (rest.value("of"), rest.value("more")) == ("T152", 234)
    assert codes(copies).count("T140") == 1
    assert [one.where.line for one in copies.issues if one.code == "T152"] == list(range(2, LIMIT + 2))
    assert copies.frame["nur"].null_count() == LIMIT + 234


def test_text_from_outside_cannot_drive_a_terminal() -> None:
    """Control characters and direction marks reach nobody: they are cut from names and spelt out in issues."""
    copies = read(sheet(row("\x1b[31m001\u202e", nur="\x1b[2J", collector="a\x07b")))
    assert copies.frame.select("station", "collector").rows() == [("[31m001", "ab")]
    (cell,) = [one for one in copies.issues if one.code == "T152"]
    assert cell.value("value") == "<U+001B>[2J"


def test_long_values_are_cut_in_issues() -> None:
    """A cell of a thousand characters does not fill the report."""
    (issue,) = read(sheet(row(nur="x" * 1000))).issues
    assert len(str(issue.value("value"))) == 60
