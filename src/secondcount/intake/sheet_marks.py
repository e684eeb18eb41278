"""What a spreadsheet reader does not tell of a sheet: error values, percentages, formulas, far-away cells.

Works on the XML text with patterns: a document is never expanded, no entity is ever resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from posixpath import normpath

from secondcount.errors import InputError
from secondcount.intake.archive import Archive

__all__ = ["Marks", "marks_of", "refuse_range"]

_MOST_CELLS = 20_000_000
"""Largest range of a sheet: the reader fills it with empty cells, some thirty bytes each."""

_CELL_NAME = rb"""\br\s*=\s*["']\s*([A-Za-z]{1,4})([0-9]{1,20})\s*["']"""
_FAR = re.compile(rb"""\br\s*=\s*["']\s*(?:[A-Za-z]{3}|[A-Za-z]*[0-9]{7})""")
_WIDE = re.compile(rb"""\br\s*=\s*["']\s*[A-Za-z]{2}""")
_LONG = re.compile(rb"""\br\s*=\s*["']\s*[A-Za-z]*[0-9]{5}""")

_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_FORMAT = re.compile(r"<(?:\w+:)?numFmt\s([^>]*)>")
_STYLES = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(r"<(?:\w+:)?xf\b([^>]*)>")
_FORMULA = re.compile(r"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(r"<(?:\w+:)?v\b[^>]*>([^<]*)<")
_NAME = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_PERCENT = re.compile(r"0(?:\.(0+))?%")
_BUILT_IN = {"9": 0, "10": 2}  # "0%" and "0.00%" (ECMA-376 part 1, 18.8.30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Cells (row and column from 0) of which the text is another than the value, and how many formulas there are."""

    cells: tuple[tuple[int, int, str], ...]
    formulas: int


def refuse_range(name: str, xml: bytes) -> None:
    """Refuse a sheet of which a few far cells would make a range that fills all memory.

    Raises:
        InputError: T100.

    """
    if not _FAR.search(xml) and not (_WIDE.search(xml) and _LONG.search(xml)):
        return  # at most 999,999 rows of 26 columns, or 9,999 rows of 702
    lines, width = _extent(xml)
    if lines * width > _MOST_CELLS:
        raise InputError("T100", file=name, lines=lines, width=width, limit=_MOST_CELLS)


def _extent(xml: bytes) -> tuple[int, int]:
    """Return the last row and the last column that any cell names."""
    lines = width = 0
    for found in re.finditer(_CELL_NAME, xml):
        lines = max(lines, int(found[2]))
        width = max(width, _column(found[1].decode().upper()))
    return lines, width


def _column(letters: str) -> int:
    """Return the number of a column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def marks_of(archive: Archive, number: int) -> Marks:
    """Return the marks of the sheet with this number.

    Raises:
        InputError: T183 the workbook does not say where its sheets are.

    """
    xml = _xml(archive, _path(archive, number))
    percent = _percentages(archive)
    return Marks(cells=tuple(_cells(xml, percent, archive.name)), formulas=sum(1 for _ in _FORMULA.finditer(xml)))


def _path(archive: Archive, number: int) -> str:
    """Return where a sheet is, by the relationships of the workbook (ECMA-376 part 2, 9.3)."""
    sheets = [_attributes(one[1]) for one in _SHEET.finditer(_xml(archive, "xl/workbook.xml"))]
    related = (_attributes(one[1]) for one in _RELATION.finditer(_xml(archive, "xl/_rels/workbook.xml.rels")))
    targets = {one.get("Id", ""): one.get("Target", "") for one in related}
    wanted = (
        next((value for key, value in sheets[number].items() if key.endswith(":id")), "")
        if number < len(sheets)
        else ""
    )
    target = targets.get(wanted, "")
    path = target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")
    if not target or path not in archive.entries:
        raise InputError("T183", file=archive.name, kind=archive.kind)
    return path


def _xml(archive: Archive, entry: str) -> str:
    if entry not in archive.entries:
        raise InputError("T183", file=archive.name, kind=archive.kind)
    return archive.read(entry).decode("utf-8", errors="replace")


def _attributes(text: str) -> dict[str, str]:
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(text)}


def _percentages(archive: Archive) -> dict[str, int]:
    """Return, for each style that shows percentages, how many decimals it shows."""
    if "xl/styles.xml" not in archive.entries:
        return {}
    xml = _xml(archive, "xl/styles.xml")
    shown = dict(_BUILT_IN)
    for one in _FORMAT.finditer(xml):
        about = _attributes(one[1])
        found = _PERCENT.search(about.get("formatCode", ""))
        if found:
            shown[about.get("numFmtId", "")] = len(found[1] or "")
    styles = _STYLES.search(xml)
    formats = [_attributes(one[1]).get("numFmtId", "") for one in _STYLE.finditer(styles[0])] if styles else []
    return {str(number): shown[one] for number, one in enumerate(formats) if one in shown}


def _cells(xml: str, percent: dict[str, int], name: str) -> Iterator[tuple[int, int, str]]:
    """Yield the cells that hold an error value or show a percentage."""
    for found in _marked(percent).finditer(xml):
        about = _attributes(found[1])
        value, place = _VALUE.search(found[2]), _NAME.fullmatch(about.get("r", ""))
        kind, style = about.get("t", "n"), about.get("s", "")
        if value is None or kind not in ("e", "n"):
            continue
        if place is None:  # a cell that does not say where it is: its mark would be lost
            raise InputError("T183", file=name, kind="XLSX")
        text = value[1] if kind == "e" else _percentage(value[1], percent[style])
        yield int(place[2]) - 1, _column(place[1]) - 1, text


def _marked(percent: dict[str, int]) -> re.Pattern[str]:
    """Return the pattern of cells with an error value or one of these styles; an empty element is none."""
    styles = rf"""|s\s*=\s*["'](?:{"|".join(percent)})["']""" if percent else ""
    mark = rf"""\b(?:t\s*=\s*["']e["']{styles})"""
    return re.compile(rf"<(?:\w+:)?c\s([^>]*?{mark}[^>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)


def _percentage(value: str, decimals: int) -> str:
    """Return what a cell with a percentage format shows: 0.80738 as 80.74%."""
    try:
        shown = (Decimal(value) * 100).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    except InvalidOperation:
        return value  # no number, as little as it was before
    return f"{shown:f}%"
