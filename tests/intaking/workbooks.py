"""Workbooks made by hand, part by part, so that each can be broken in one way only."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

__all__ = ["archive", "cells", "workbook"]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="170" formatCode="0.0%"/></numFmts>'
    '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="170"/></cellXfs>'
    "</styleSheet>"
)
"""Styles: 0 plain, 1 date, 2 percentage with two decimals, 3 percentage with one."""

Cell = str | int | tuple[str, str]


def cells(rows: Sequence[Sequence[Cell]], first: int = 1) -> str:
    """Return rows as XML: text and whole numbers, or (attributes, content) of a cell as it is to be written."""
    return "".join(
        f'<row r="{number}">'
        + "".join(_cell(f"{_letter(place)}{number}", one) for place, one in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, start=first)
    )


def _cell(name: str, value: Cell) -> str:
    if isinstance(value, tuple):
        return f'<c r="{name}" {value[0]}>{value[1]}</c>'
    if isinstance(value, int):
        return f'<c r="{name}"><v>{value}</v></c>'
    return f'<c r="{name}" t="inlineStr"><is><t>{escape(value)}</t></is></c>' if value else ""


def _letter(place: int) -> str:
    return chr(ord("A") + place)


def workbook(*sheets: str, merged: str = "", without: str = "", **extra: str) -> bytes:
    """Return a workbook with these sheets ("Sheet1", ...) of rows as XML, `without` one of its parts."""
    numbers = range(1, len(sheets) + 1)
    merge = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(f'<sheet name="Sheet{one}" sheetId="{one}" r:id="rId{one}"/>' for one in numbers)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{one}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{one}.xml"/>'
            for one in numbers
        )
        + f'<Relationship Id="rId99" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
    }
    for number, rows in zip(numbers, sheets, strict=True):
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{merge}</worksheet>'
        )
    kept = {name: text.encode() for name, text in (parts | extra).items() if name != without}
    return archive(kept)


def archive(entries: Mapping[str, bytes], *, packed: bool = False) -> bytes:
    """Return a ZIP archive, the same bytes each time unless `packed`."""
    out = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in entries.items():
            file.writestr(zipfile.ZipInfo(name, (2030, 5, 6, 0, 0, 0)), data, method)
    return out.getvalue()
