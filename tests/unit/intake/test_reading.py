"""Law: a cell is a whole number, or one of five states, or an error that makes it unknown; it is never guessed."""

from __future__ import annotations

import pytest

from secondcount.intake.reading import LARGEST, read_cell
from secondcount.model.codes import CODES
from secondcount.model.issue import Severity
from secondcount.model.tables import CellState

NBSP, THIN, NARROW = "\u00a0", "\u2009", "\u202f"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("7", 7),
        ("007", 7),
        (" 12\t", 12),
        ("1 234", 1234),
        (f"1{NBSP}234{NBSP}567", 1234567),
        (f"12{THIN}345", 12345),
        (f"12{NARROW}345", 12345),
        ("1'234'567", 1234567),
        ("1’234", 1234),
        (str(LARGEST), LARGEST),
        ("0" * 100 + "5", 5),
    ],
)
def test_whole_numbers_are_read(text: str, value: int) -> None:
    """Digits, with or without spaces or apostrophes at the thousands, are a number without a remark."""
    read = read_cell(text)
    assert (read.value, read.state, read.error, read.note) == (value, CellState.READ, "", "")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", CellState.UNKNOWN),
        ("   ", CellState.UNKNOWN),
        ("unknown", CellState.UNKNOWN),
        ("-", CellState.BLANK),
        ("—", CellState.BLANK),
        ("–", CellState.BLANK),
        ("Blank", CellState.BLANK),
        ("бос", CellState.BLANK),
        ("?", CellState.ILLEGIBLE),
        ("???", CellState.ILLEGIBLE),
        ("illegible", CellState.ILLEGIBLE),
        ("Неразборчиво", CellState.ILLEGIBLE),
        ("оқылмайды", CellState.ILLEGIBLE),
        ("n/a", CellState.ABSENT),
        ("N/A", CellState.ABSENT),
        ("absent", CellState.ABSENT),
        ("нет  строки", CellState.ABSENT),
        ("refused", CellState.REFUSED),
        ("отказ", CellState.REFUSED),
        ("БАС ТАРТТЫ", CellState.REFUSED),
    ],
)
def test_states_stay_apart(text: str, state: CellState) -> None:
    """Unknown, blank, illegible, absent and refused are five things, and none of them is zero."""
    read = read_cell(text)
    assert (read.value, read.state, read.error, read.note) == (None, state, "", "")


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("T140", ["-5", "−5", "- 1 000", "(12)", "-0", "–7"]),
        ("T141", ["1.5", "1,5", "12.50", ".5", "5.", "1.234,56", "1,234.56", "1234.567", "0.001", "1 234,5"]),
        ("T142", ["1e3", "1E+03", "1,5e2", "12е4"]),
        ("T143", ["12%", "12 %", "1,5%", "٪12"]),
        ("T144", ["2030-05-05", "5.5.2030", "5/5/30", "3-Jan", "Jan-30", "12:30", "1/2", "янв.12", "03.мар"]),
        ("T145", ["=1+1", "+5", "+cmd|x", "@SUM(A1)", "-cmd", "=", "-A1"]),
        ("T146", [str(LARGEST + 1), "9" * 30, "9 007 199 254 740 993"]),
        ("T147", ["12 votes", "12голосов", "votes 12", "12 шт."]),
        ("T148", ["1O", "l2", "З5", "1о", "|2"]),
        ("T149", ["12*", "12†", "12¹", "12 [1]", "12(a)", "*12", "12#", "12)"]),
        ("T150", ["\u202e123", "12\u202d3"]),
        ("T152", ["many", "12 34", "1 2345", "1_000", "12;", "#", "1 234'567", "½", "Ⅻ", "9" * 201, "12\n13"]),
    ],
)
def test_everything_else_is_named_and_unknown(code: str, texts: list[str]) -> None:
    """What is no plain number is unknown, with the code of its trouble, and the trouble is an error."""
    for text in texts:
        read = read_cell(text)
        assert (read.value, read.state, read.error) == (None, CellState.UNKNOWN, code), text
    assert CODES[code] is Severity.ERROR


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("١٢٣", 123, "T154"),
        ("１２３", 123, "T154"),
        ("१२३", 123, "T154"),
        ("\u200f12", 12, "T155"),
        ("1\u200b2", 12, "T155"),
        ("\ufeff12", 12, "T155"),
        ("1\u00ad2", 12, "T155"),
    ],
)
def test_odd_spellings_are_read_and_noted(text: str, value: int, note: str) -> None:
    """Digits of another script and invisible characters are understood, and it is said that they were there."""
    read = read_cell(text)
    assert (read.value, read.note) == (value, note)
    assert CODES[note] is Severity.NOTE


def test_words_of_programs_are_unknown_not_absent() -> None:
    """NA of R, NaN and null say that a program had nothing there, not that the form has no such line."""
    for text in ("NA", "NaN", "null", "None", "#N/A", "<NA>"):
        read = read_cell(text)
        assert (read.value, read.state, read.error, read.note) == (None, CellState.UNKNOWN, "", "T156")


def test_a_superscript_is_never_a_digit() -> None:
    """12¹ is not 121, whatever Unicode compatibility says."""
    assert read_cell("12¹").value is None
    assert read_cell("①").value is None
