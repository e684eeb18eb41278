"""Law: docs/reference/tables.md says what the program does: its examples load, its words and codes are all there."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from secondcount.intake import parse_reported, parse_sheets
from secondcount.intake.cells import TEXTS, read_texts
from secondcount.intake.metadata import KEYS
from secondcount.intake.reading import read_cell
from secondcount.intake.vocabulary import ROLES
from secondcount.jurisdictions import load_shipped
from secondcount.model.codes.table import CODES
from secondcount.model.issue import Severity
from secondcount.model.tables import CellState

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "reference" / "tables.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(sheets|published)\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
CELL = r"^\| (?:`([^`]*)`|empty) \| (number|unknown|illegible|blank|struck|absent|refused) \| ?(T\d+)? ?\|$"
CELLS = re.findall(CELL, PAGE, re.MULTILINE)
STATES = {"number": CellState.READ, **{one.name.casefold(): one for one in CellState}}


@pytest.mark.parametrize(("kind", "text"), BLOCKS)
def test_every_example_loads(kind: str, text: str) -> None:
    """Each example is read with nothing worse than notes, and every row of it is used."""
    election = load_shipped("kazakhstan.majilis.2012").election
    contest = election.contests[0]
    rows = sum(not line.startswith("#") for line in text.splitlines()) - 1
    if kind == "sheets":
        copies = parse_sheets("example.csv", text.encode(), election, contest)
        assert copies.frame.height == rows
        issues = copies.issues
    else:
        figures = parse_reported("example.csv", text.encode(), election, contest, 1)
        frame = figures.figures if figures.reported is None else figures.reported
        assert frame["basis"].n_unique() == rows
        issues = figures.issues
    assert {one.severity for one in issues} <= {Severity.NOTE}


def test_there_is_an_example_of_each_kind() -> None:
    """Copies, and published figures by station, wide and long."""
    assert [kind for kind, _ in BLOCKS] == ["sheets", "published", "published", "published"]


@pytest.mark.parametrize(("written", "read", "code"), CELLS)
def test_every_cell_is_read_as_documented(written: str, read: str, code: str) -> None:
    """The table of cells is what a column of one such cell gives."""
    texts = pl.DataFrame([(0, 2, "a", "a", written)], schema=TEXTS, orient="row")
    ((state, error, note),) = read_texts(texts).select("state", "error", "note").rows()
    assert (state, error or note) == (STATES[read].value, code)


def test_the_table_of_cells_is_long_enough() -> None:
    """The table was found, with every state and many codes."""
    assert len(CELLS) >= 35
    assert {read for _, read, _ in CELLS} == {"number", "unknown", "illegible", "blank", "struck", "absent", "refused"}
    assert read_cell("1,234").shape == "group"


def test_every_word_for_a_column_is_documented() -> None:
    """Each header that the program understands stands in the table of columns, in its row."""
    for role, words in ROLES.items():
        (line,) = [one for one in PAGE.splitlines() if one.startswith(f"| `{role}` | ") and one.count("|") == 5]
        listed = {word.strip() for word in line.split("|")[2].split(",")} - {""}
        assert listed == set(words[1:]), role


def test_every_key_and_code_is_documented() -> None:
    """Each metadata key, and each code that a row, cell or column can give, is on the page."""
    assert [key for key in KEYS if f"`{key}`" not in PAGE] == []
    of_files = {"T101", "T106", "T107", "T108", "T110", "T111", "T114", "T125"}
    assert {code for code in CODES if code not in PAGE} == of_files
