"""An XLSX workbook (ECMA-376 part 1) -> header and rows of text, row numbers of the sheet as lines.

The reader (calamine) gives the values; what it does not tell is looked up in the sheet itself: error values,
cells formatted as percentages, formulas, and how large a range a few far cells would make.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from secondcount.errors import InputError
from secondcount.intake.delimited import Delimited, read_delimited
from secondcount.intake.remarks import Place, shown
from secondcount.intake.sheet_marks import Marks, marks_of, refuse_range
from secondcount.intake.unpack import open_packed
from secondcount.model.issue import Issue

__all__ = ["read_workbook"]

_EXACT = 2**53  # from here on a floating number may stand for several whole ones
_BREAKS = re.compile(r"[\t\r\n\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")

_Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta
_Rows = list[list[_Value]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """The first sheet with anything in it: its place among all, its values from row 1 and column A on."""

    number: int
    name: str
    rows: _Rows
    merged: tuple[int, ...]  # first rows of merged ranges, from 0
    others: tuple[str, ...]


def read_workbook(place: Place, data: bytes) -> Delimited:
    """Return the parts of the first sheet with anything in it.

    Raises:
        InputError: T100 a range too large, T104 bomb, T108 nothing in any sheet, T183 damaged.

    """
    archive = open_packed(place.file, data, "XLSX")
    for entry in archive.entries:  # every byte is looked at before the reader sees any
        refuse_range(place.file, archive.read(entry))
    sheet = _first_sheet(place, data)
    marks = marks_of(archive, sheet.number)
    texts = [[_text(value) for value in row] for row in sheet.rows]
    for row, column, text in marks.cells:
        if row < len(texts) and column < len(texts[row]):
            texts[row][column] = text
    lines = "".join("\t".join(map(_field, row)) + "\n" for row in texts).encode("utf-8")
    read = read_delimited(place, lines, separator="\t")
    return replace(read, issues=(*_about(place, sheet, texts, marks), *read.issues))


def _first_sheet(place: Place, data: bytes) -> _Sheet:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for number, about in enumerate(book.sheets_metadata):
            if about.typ is SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_index(number)
                if sheet.start is not None:
                    return _sheet(sheet, number, [one.name for one in book.sheets_metadata])
    except (CalamineError, ValueError, OSError) as error:
        raise InputError("T183", file=place.file, kind="XLSX") from error
    raise InputError("T108", file=place.file)


def _sheet(sheet: CalamineSheet, number: int, names: Sequence[str]) -> _Sheet:
    others = tuple(name for place, name in enumerate(names) if place != number)
    merged = tuple(start[0] for start, _ in sheet.merged_cell_ranges or ())
    rows = sheet.to_python(skip_empty_area=False)
    return _Sheet(number=number, name=sheet.name, rows=rows, merged=merged, others=others)


def _text(value: _Value) -> str:
    """Return a value as it would be written: whole numbers without a fraction, times in ISO 8601."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number(value)
    return str(value)


def _number(value: float) -> str:
    """Return a number; a large one with its exponent, so that nobody takes it for exact."""
    if abs(value) >= _EXACT:
        return f"{value:.15e}"
    return str(int(value)) if value == int(value) else repr(value)


def _field(text: str) -> str:
    """Return a cell as a field of a tab-separated line; line ends inside it become spaces, so that lines are rows."""
    plain = _BREAKS.sub(" ", text)
    return '"' + plain.replace('"', '""') + '"' if '"' in plain else plain


def _about(place: Place, sheet: _Sheet, texts: Sequence[Sequence[str]], marks: Marks) -> Iterator[Issue]:
    """Say what was not read, and what of the header is merged."""
    if sheet.others:
        others = "; ".join(map(shown, sheet.others))
        yield place.issue("T186", value=shown(sheet.name), others=others)
    if marks.formulas:
        yield place.issue("T189", count=marks.formulas)
    head = next((number for number, row in enumerate(texts) if _is_header(row)), -1)
    merged = sheet.merged.count(head)
    if merged:
        yield place.issue("T191", line=head + 1, count=merged)


def _is_header(row: Sequence[str]) -> bool:
    return any(row) and not row[0].lstrip().startswith("#")
