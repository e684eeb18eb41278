"""`worksheet.xlsx`: what a person takes to a commission.

One line a figure, copies beside the published number, and empty columns for what only the paper shows: whether the
copy is certified, sealed, signed, when, and its number. A4 across, headings on every page, panes frozen, condition and
page number at the foot, made-up data marked at the head.
There is no formula, no link and no macro in it, and no clock: the same record gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import chain

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from secondcount.site.edition import Edition, Part
from secondcount.site.sections.stations import kind_texts, lead_sentence
from secondcount.site.side_by_side import StationCell, StationRow
from secondcount.wording import visible

__all__ = ["MOST_ROWS", "render_worksheet"]

MOST_ROWS = 2_000
"""So many lines are written; how many more stations `stations.csv` has is said above them."""
A4 = 9  # ISO/IEC 29500-1, 18.3.1.63, paperSize
HEAD = 3  # rows above the headings
LONGEST_MARGIN_TEXT = 240  # Excel takes 255 characters in a header or footer, its control codes included
LONGEST_SHEET_NAME = 31
NO_MOMENT = datetime(2000, 1, 1)

WIDTHS = {
    "station": 22,
    "area": 17,
    "line": 22,
    "first": 9,
    "second": 9,
    "published": 13,
    "difference": 12,
    "kind": 30,
    "certified": 9,
    "seal": 7,
    "signatures": 11,
    "moment": 13,
    "number": 9,
}
"""Columns and their widths in characters; together they fill a page of A4 across at about three quarters."""

_SAID = (0, 1, 2, 7)  # places of station, area, figure and what it is
LINE = 15  # points
_BY_HAND = ("certified", "seal", "signatures", "moment", "number")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Styles:
    title: Format
    note: Format
    made_up: Format
    heading: Format
    text: Format
    again: Format  # what the station's first line says already
    figure: Format
    signed: Format
    by_hand: Format
    closed: Format  # a requisite that the station's first line asks for


def render_worksheet(edition: Edition) -> bytes:
    """Return the workbook, one sheet for each contest that has stations, in the language of the edition."""
    file = BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(file, {"in_memory": True, **plain})
    book.set_properties({"title": edition.voice.say("worksheet.title"), "created": NO_MOMENT})
    styles = _styles(book)
    parts = [one for one in edition.parts if one.sides is not None]
    for place, part in enumerate(parts, start=1):
        _fill(book.add_worksheet(_sheet_name(part, place)), part, styles)
    book.close()
    return file.getvalue()


def _sheet_name(part: Part, place: int) -> str:
    """Return a name that a workbook allows: at most 31 characters, none of those of formulas."""
    name = "".join(" " if one in "[]:*?/\\'" else one for one in part.voice.name("contest", part.contest.id))
    return f"{place} {name}"[:LONGEST_SHEET_NAME].strip()


def _styles(book: Workbook) -> _Styles:
    cell = {"valign": "top", "border": 1, "border_color": "#999999"}
    return _Styles(
        title=book.add_format({"bold": True, "font_size": 14}),
        note=book.add_format({"font_size": 10}),
        made_up=book.add_format({"bold": True, "bg_color": "#FFD21F", "border": 1}),
        heading=book.add_format({**cell, "bold": True, "text_wrap": True, "bg_color": "#E4E1D8"}),
        text=book.add_format({**cell, "text_wrap": True}),
        again=book.add_format({**cell, "font_color": "#666666"}),
        figure=book.add_format({**cell, "num_format": "#,##0"}),
        signed=book.add_format({**cell, "num_format": "+#,##0;-#,##0;0", "bold": True}),
        by_hand=book.add_format({**cell, "bg_color": "#FFFFFF"}),
        closed=book.add_format({**cell, "bg_color": "#EEEEEE"}),
    )


def _fill(sheet: Worksheet, part: Part, styles: _Styles) -> None:
    """Write one contest: what is shown and what is not, the headings, the lines."""
    rows = _lines_that_fit(part)
    _set_up_page(sheet, part)
    _write_head(sheet, part, styles, len(rows))
    line = HEAD
    for one in rows:
        line = _write_station(sheet, part, styles, one, line + 1)
    sheet.print_area(0, 0, max(line, HEAD), len(WIDTHS) - 1)


def _lines_that_fit(part: Part) -> tuple[StationRow, ...]:
    """Return the stations whose lines come to at most 2,000 together; no station is cut in two."""
    found: list[StationRow] = []
    lines = 0
    for one in part.sides.rows if part.sides else ():
        lines += max(1, len(one.cells))
        if lines > MOST_ROWS:
            break
        found.append(one)
    return tuple(found)


def _set_up_page(sheet: Worksheet, part: Part) -> None:
    say = part.voice.say
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    sheet.freeze_panes(HEAD + 1, 1)
    for place, width in enumerate(WIDTHS.values()):
        sheet.set_column(place, place, width)
    stamp = f"&C&B{say('worksheet.synthetic')}" if part.verdict.synthetic else ""
    names = (part.voice.name("contest", part.contest.id), part.record.election.labels.get(part.voice.language))
    sheet.set_header(_margin_text("&L", " · ".join(names), stamp))
    paging = f"&R{say('worksheet.page')} &P / &N"
    sheet.set_footer(_margin_text("&L", say("worksheet.condition"), paging))


def _margin_text(place: str, text: str, rest: str) -> str:
    """Return a header or footer; an ampersand of the text stands for itself, and what is too long is cut."""
    room = LONGEST_MARGIN_TEXT - len(rest) - len(place)
    shown = visible(text)
    while len(shown.replace("&", "&&")) > room:
        shown = shown[:-1]
    return place + shown.replace("&", "&&") + rest


def _write_head(sheet: Worksheet, part: Part, styles: _Styles, shown: int) -> None:
    voice = part.voice
    election = part.record.election.labels.get(voice.language)
    sheet.write_string(0, 0, visible(f"{voice.say('worksheet.title')}. {election}"), styles.title)
    sheet.write_string(1, 0, visible(" ".join(_said(part, shown))), styles.note)
    if part.verdict.synthetic:
        sheet.write_string(2, 0, voice.say("worksheet.synthetic"), styles.made_up)
    sheet.set_row(HEAD, 2 * LINE)
    for place, name in enumerate(WIDTHS):
        sheet.write_string(HEAD, place, voice.say(f"worksheet.column.{name}"), styles.heading)


def _said(part: Part, shown: int) -> Iterator[str]:
    """Yield what the lines are, what they were held against, and what is left out of them."""
    say, sides = part.voice.say, part.sides
    hidden = (sides.notable.height if sides else 0) - shown
    yield say("worksheet.lead", n=shown) if shown else say("worksheet.nothing")
    if sides and not sides.comparison:  # nothing differs, because nothing was compared
        yield lead_sentence(part, sides)
    if sides and sides.comparison:
        yield f"{say('worksheet.against', publication=part.dated(sides.comparison.publication))}."
    if hidden:
        yield say("worksheet.left_out", n=hidden, file=part.file)
    else:
        yield say("worksheet.nothing_left_out", file=part.file)


def _write_station(sheet: Worksheet, part: Part, styles: _Styles, one: StationRow, line: int) -> int:
    """Write a station's lines and return the last one; requisites are asked for once, on the first of them."""
    first, texts = line, _texts(part, one)
    cells: tuple[StationCell | None, ...] = one.cells or (None,)
    for cell in cells:
        said = (*texts[:2], part.voice.short(cell.cell) if cell else "", texts[2] if line == first else "")
        sheet.set_row(line, _height(said if line == first else said[2:3]))
        for place, text in zip(_SAID, said, strict=True):
            sheet.write_string(line, place, visible(text), styles.again if line > first and place < 2 else styles.text)
        _write_figures(sheet, styles, cell, line)
        for place in range(len(WIDTHS) - len(_BY_HAND), len(WIDTHS)):
            sheet.write_blank(line, place, None, styles.by_hand if line == first else styles.closed)
        line += 1
    return line - 1


def _height(texts: tuple[str, ...]) -> int:
    """Return the height of a line in points, so that no program has to guess how texts break."""
    widths = [list(WIDTHS.values())[place] for place in (_SAID if len(texts) > 1 else _SAID[2:3])]
    return LINE * max(-(-len(text) * 11 // (10 * width)) or 1 for text, width in zip(texts, widths, strict=True))


def _texts(part: Part, one: StationRow) -> tuple[str, str, str]:
    """Return the station, its area, and what its row is."""
    voice = part.voice
    kinds = tuple(kind_texts(voice, part.contest, one))
    places = () if one.cells else (voice.say("worksheet.copies_differ_in_area"),)
    return one.station, voice.name("area", one.area), "; ".join(chain(kinds, places))


def _write_figures(sheet: Worksheet, styles: _Styles, cell: StationCell | None, line: int) -> None:
    """Write copy 1, copy 2, published and difference; what is no number stays an empty cell, never a zero."""
    figures = (cell.first, cell.second, cell.published, cell.difference) if cell else (None,) * 4
    for place, value in enumerate(figures, start=3):
        style = styles.signed if place == 6 else styles.figure
        if value is None:
            sheet.write_blank(line, place, None, style)
        else:
            sheet.write_number(line, place, value, style)
