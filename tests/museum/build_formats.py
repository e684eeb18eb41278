"""Exhibits in other formats than text: workbooks, Parquet files, JSON, archives."""

from __future__ import annotations

import gzip
import io
import json
from datetime import date, datetime, timedelta
from decimal import Decimal

import polars as pl

from intaking.election import HEADER, row, sheet
from intaking.workbooks import Cell, archive, cells, workbook
from museum.exhibits import Exhibit, copies, refused

__all__ = ["FORMATS", "PACKED_FORMATS"]

FIGURES = ("registered", "invalid", "nur", "ak_zhol", "union")
USUAL: dict[str, Cell] = {
    "station": "001",
    "area": "north",
    "level": 2,
    "copy": 1,
    "version": 1,
    "collector": "obs",
} | {
    "registered": 100,
    "invalid": 1,
    "nur": 50,
    "ak_zhol": 30,
    "union": 10,
}
HEADERS: list[Cell] = list(HEADER)
DATE, PERCENT = 's="1"', 's="2"'


def line(**values: Cell) -> list[Cell]:
    """Return one row of a sheet, complete unless said otherwise."""
    return [(USUAL | values)[name] for name in HEADER]


def book(*rows: list[Cell], header: list[Cell] = HEADERS, merged: str = "", without: str = "") -> bytes:
    """Return a workbook with one sheet of copies."""
    return workbook(cells([header, *rows]), merged=merged, without=without)


def odd(name: str, code: str, value: Cell) -> Exhibit:
    """Return a workbook with one odd cell, of the list "nur"."""
    return copies(f"{name}.xlsx", book(line(nur=value)), f"{code} 2", states="==u==")


def objects(*rows: dict[str, object]) -> str:
    """Return rows as JSON lines, complete unless said otherwise."""
    return "".join(json.dumps(USUAL | one) + "\n" for one in rows)


def raw(figure: str) -> str:
    """Return one JSON line in which the figure of the list "nur" is written like this."""
    return objects({"nur": 777}).replace("777", figure)


def frame(**values: object) -> bytes:
    """Return a Parquet file of one copy, complete unless said otherwise."""
    columns = {name: [values.get(name, USUAL[name])] for name in HEADER}
    columns |= {name: [value] for name, value in values.items() if name not in columns}
    out = io.BytesIO()
    pl.DataFrame(columns, strict=False).write_parquet(out)
    return out.getvalue()


def flagged(data: bytes) -> bytes:
    """Return an archive of one file whose flags say that it has a password (APPNOTE 4.4.4, bit 0)."""
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    changed = bytearray(data)
    changed[local + 6] |= 1
    changed[central + 8] |= 1
    return bytes(changed)


HEALTHY = book(line())
TABLE = sheet(row())
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
BOMB = bytes(20 * 2**20)

WORKBOOKS = (
    copies("workbook.xlsx", HEALTHY),
    copies("workbook_with_everything_named_csv.csv", HEALTHY),
    copies("workbook_in_gzip.xlsx.gz", gzip.compress(HEALTHY, mtime=0)),
    copies("workbook_in_zip.zip", archive({"copies.xlsx": HEALTHY}), "T190 0"),
    refused("workbook_cut_short.xlsx", "T183", HEALTHY[:-40]),
    refused("workbook_with_password.xlsx", "T105", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)),
    refused("workbook_of_1997.xls", "T105", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016)),
    refused("workbook_without_sheet.xlsx", "T183", book(line(), without="xl/worksheets/sheet1.xml")),
    refused("workbook_without_relations.xlsx", "T183", book(line(), without="xl/_rels/workbook.xml.rels")),
    refused("workbook_with_damaged_cell.xlsx", "T183", HEALTHY.replace(b"<v>50</v>", b"<v>50</w>")),
    refused("workbook_with_nothing_in_it.xlsx", "T108", workbook("")),
    refused("workbook_with_a_far_cell.xlsx", "T100", workbook(cells([HEADERS, line()]) + FAR)),
    refused("workbook_in_binary.xlsb", "T105", archive({"xl/workbook.bin": b"\x83\x01\x00"})),
    refused("opendocument.ods", "T105", archive({"mimetype": b"application/vnd.oasis", "content.xml": b"<office/>"})),
    refused("letter.docx", "T105", archive({"word/document.xml": b"<w:document/>"})),
    refused("workbook_with_a_title_above.xlsx", "T109", workbook(cells([["Result"], HEADERS, line()]))),
    copies("workbook_with_further_sheets.xlsx", workbook(cells([HEADERS, line()]), cells([["note"]])), "T186 0"),
    copies("workbook_with_an_empty_sheet_first.xlsx", workbook("", cells([HEADERS, line()])), "T186 0"),
    copies("workbook_with_merged_header.xlsx", book(line(), merged="G1:H1"), "T191 1"),
    copies("workbook_with_totals_row.xlsx", book(line(), line(station="Total")), "T124 3"),
    copies("workbook_with_duplicate_row.xlsx", book(line(), line()), "T160 3"),
    copies("workbook_with_comment.xlsx", workbook(cells([["# synthetic: by hand"], HEADERS, line()])), "T119 1"),
    copies(
        "workbook_with_blank_row.xlsx",
        workbook(cells([HEADERS, line()]) + cells([line(station="002")], 4)),
        "T125 0",
        rows=2,
    ),
    copies("workbook_with_formula.xlsx", book(line(nur=("", "<f>20+30</f><v>50</v>"))), "T189 0"),
    copies(
        "workbook_with_formula_never_computed.xlsx", book(line(nur=("", "<f>20+30</f>"))), "T189 0", states="==u=="
    ),
    copies("workbook_with_formula_as_text.xlsx", book(line(nur="=20+30")), "T145 2", states="==u=="),
    copies("workbook_with_line_end_in_cell.xlsx", book(line(collector="obs\nof two"))),
    copies("workbook_with_empty_cell.xlsx", book(line(nur="")), states="==u=="),
    odd("workbook_with_date", "T144", (DATE, "<v>45000</v>")),
    odd("workbook_with_time_of_day", "T144", (DATE, "<v>0.5</v>")),
    odd("workbook_with_percentage", "T143", (PERCENT, "<v>0.80738</v>")),
    odd("workbook_with_error", "T152", ('t="e"', "<v>#DIV/0!</v>")),
    odd("workbook_with_truth", "T152", ('t="b"', "<v>1</v>")),
    odd("workbook_with_decimals", "T141", ("", "<v>12.5</v>")),
    odd("workbook_with_negative", "T140", ("", "<v>-5</v>")),
    odd("workbook_with_huge_number", "T142", ("", "<v>9007199254740993</v>")),
    odd("workbook_with_unit", "T147", "50 votes"),
)

JSON = (
    copies("copies.jsonl", objects({}, {"station": "002"}), rows=2),
    copies("json_array.json", "[\n" + objects({}).strip() + "\n]"),
    copies("json_named_csv", objects({})),
    copies("json_with_numbers_as_text.jsonl", objects({"nur": "50"})),
    copies("json_with_null.jsonl", objects({"nur": None}), states="==u=="),
    copies(
        "json_without_a_name.jsonl",
        objects({}).replace('"nur": 50, ', "") + objects({"station": "2"}),
        rows=2,
        states="==u==",
    ),
    copies("json_with_exponent.jsonl", raw("1e3"), "T142 1", states="==u=="),
    copies("json_with_decimals.jsonl", raw("12.5"), "T141 1", states="==u=="),
    copies("json_with_point_zero.jsonl", raw("50.0"), "T157 1"),
    copies("json_with_nan.jsonl", raw("NaN"), "T156 1", states="==u=="),
    copies("json_with_infinity.jsonl", raw("Infinity"), "T152 1", states="==u=="),
    copies("json_with_negative.jsonl", raw("-5"), "T140 1", states="==u=="),
    copies("json_with_truth.jsonl", raw("true"), "T152 1", states="==u=="),
    copies("json_with_nested_list.jsonl", raw("[50]"), "T152 1", states="==u=="),
    copies("json_with_nested_object.jsonl", raw('{"votes": 50}'), "T152 1", states="==u=="),
    copies("json_with_name_twice.jsonl", raw('50, "nur": 60'), "T188 1", states="==u=="),
    copies("json_with_huge_number.jsonl", raw("9" * 400), "T152 1", states="==u=="),
    copies("json_with_half_a_character.jsonl", raw('"\\ud835"'), "T152 1", states="==u=="),
    copies("json_with_broken_line.jsonl", objects({}) + '{"station": "002"\n', "T187 2"),
    copies("json_with_line_that_is_no_object.jsonl", objects({}) + "[1, 2]\n", "T187 2"),
    copies("json_array_with_element_that_is_no_object.json", "[" + objects({}).strip() + ", 7]", "T187 2"),
    copies("json_too_deep.jsonl", objects({}) + "[" * 9_000 + "\n", "T187 2"),
    refused("json_array_cut_short.json", "T183", "[" + objects({}).strip() + ","),
    refused("json_array_of_arrays.json", "T183", "[[1, 2], [3, 4]]"),
    refused("json_over_many_lines.json", "T183", '{\n "station": "001",\n "nur": 50\n}\n'),
    refused("json_of_something_else.json", "T109", '{"type": "FeatureCollection", "features": []}'),
)

ARCHIVES = (
    copies("table_in_zip.zip", archive({"copies.csv": TABLE}), "T190 0"),
    copies("table_and_note_in_zip.zip", archive({"copies.csv": TABLE, "README.txt": b"Read me."}), "T190 0"),
    copies("zip_from_macos.zip", archive({"copies.csv": TABLE, "__MACOSX/._copies.csv": b"\0\5\x16\7"}), "T190 0"),
    copies("zip_with_path_upwards.zip", archive({"../../../etc/copies.csv": TABLE}), "T190 0"),
    copies("zip_with_absolute_path.zip", archive({"C:\\Windows\\copies.csv": TABLE}), "T190 0"),
    copies("zip_with_direction_mark_in_name.zip", archive({"copies\u202evsc.csv": TABLE}), "T190 0"),
    copies("json_in_zip.zip", archive({"copies.jsonl": objects({}).encode()}), "T190 0"),
    refused("zip_with_two_tables.zip", "T184", archive({"north.csv": TABLE, "south.csv": TABLE})),
    refused("zip_with_no_table.zip", "T184", archive({})),
    refused("zip_with_empty_table.zip", "T101", archive({"copies.csv": b""})),
    refused("zip_with_photo.zip", "T105", archive({"protocol.jpg": b"\xff\xd8\xff\xe0"})),
    refused("zip_in_zip.zip", "T105", archive({"inner.zip": archive({"copies.csv": TABLE})})),
    refused("gzip_in_zip.zip", "T105", archive({"copies.csv.gz": gzip.compress(TABLE, mtime=0)})),
    refused("zip_with_password.zip", "T183", flagged(archive({"copies.csv": TABLE}))),
    refused("zip_cut_short.zip", "T183", archive({"copies.csv": TABLE})[:-30]),
    refused("zip_with_changed_byte.zip", "T183", archive({"copies.csv": TABLE}).replace(b",50,", b",51,")),
)

FORMATS = (*WORKBOOKS, *JSON, *ARCHIVES)
"""The same bytes each time: archives are stored, not packed."""

PACKED_FORMATS = (
    refused("zip_bomb.zip", "T104", archive({"copies.csv": BOMB}, packed=True)),
    refused(
        "workbook_bomb.xlsx", "T104", archive({"xl/workbook.xml": b"<workbook/>", "xl/media/a": BOMB}, packed=True)
    ),
    copies("copies.parquet", frame()),
    copies("parquet_with_whole_floats.parquet", frame(nur=50.0), "T157 1"),
    copies("parquet_with_decimals.parquet", frame(nur=12.5), "T141 1", states="==u=="),
    copies("parquet_with_nan.parquet", frame(nur=float("nan")), "T156 1", states="==u=="),
    copies("parquet_with_huge_float.parquet", frame(nur=9007199254740992.0), "T142 1", states="==u=="),
    copies("parquet_with_null.parquet", frame(nur=None), states="==u=="),
    copies("parquet_with_negative.parquet", frame(nur=-5), "T140 1", states="==u=="),
    copies("parquet_with_list.parquet", frame(nur=[50]), "T185 0", states="==u=="),
    copies("parquet_with_structure.parquet", frame(nur={"votes": 50}), "T185 0", states="==u=="),
    copies("parquet_with_bytes.parquet", frame(nur=b"50"), "T185 0", states="==u=="),
    copies("parquet_with_duration.parquet", frame(nur=timedelta(50)), "T185 0", states="==u=="),
    copies("parquet_with_date.parquet", frame(nur=date(2030, 5, 5)), "T144 1", states="==u=="),
    copies("parquet_with_time.parquet", frame(nur=datetime(2030, 5, 5, 12)), "T144 1", states="==u=="),
    copies("parquet_with_truth.parquet", frame(nur=True), "T152 1", states="==u=="),
    copies("parquet_with_money.parquet", frame(nur=Decimal("50.25")), "T141 1", states="==u=="),
    copies("parquet_with_unknown_column.parquet", frame(weather="fine"), "T132 0"),
    refused("parquet_cut_short.parquet", "T183", frame()[:-100]),
    refused("parquet_of_nothing_but_its_mark.parquet", "T183", b"PAR1PAR1"),
    copies("parquet_in_gzip.parquet.gz", gzip.compress(frame(), mtime=0)),
    copies("parquet_in_zip.zip", archive({"copies.parquet": frame()}), "T190 0"),
)
"""Bytes that depend on the library that packs."""
