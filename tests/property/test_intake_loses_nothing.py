"""Laws of the intake: no input crashes it, no row leaves it in silence, no number changes on its way.

- any bytes give a result or an InputError with a registered code;
- every data row of a well-formed table, in each format, is in the frame or named in an issue;
- a number comes back as it was written, a state as the state that it was;
- the order of rows and of columns changes nothing;
- the quick ways of reading records and the exact one give the same.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator, Mapping
from functools import partial

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intaking.election import CELLS, CONTEST, ELECTION, HEADER
from intaking.formats import FIRST_LINE, FORMATS
from secondcount.errors import InputError
from secondcount.intake import SheetsRead, parse_reported, parse_sheets
from secondcount.intake.reading import LARGEST
from secondcount.intake.records import Records, read_exactly, read_records
from secondcount.model.codes import CODES
from secondcount.model.naming import issue_values
from secondcount.wording import phrasebook

BOOK = phrasebook("en")
ODD = [
    "",
    "?",
    "-",
    "n/a",
    "отказ",
    "1 234",
    "1,234",
    "1.5",
    "12.0",
    "-3",
    "1e3",
    "5%",
    "=1",
    "x",
    "٣",
    "\u200b1",
    "3-Jan",
]
STATIONS = ["", "1", "001", "2", "School 5", "Итого", "=A1", "Σ", " 7 ", "-"]
counts = st.integers(0, 2000)
cells = st.one_of(counts.map(str), st.sampled_from(ODD))
rows = st.tuples(
    st.sampled_from(STATIONS),
    st.sampled_from(["", "north", "Юг", "South", "Moon"]),
    st.sampled_from(["", "0", "1", "4", "9"]),
    st.sampled_from(["", "1", "2", "x"]),
    st.sampled_from(["", "1", "2"]),
    st.sampled_from(["", "obs", "a, b", "two\nlines", 'the "third"']),
    *([cells] * len(CELLS)),
)
tables = st.lists(rows, min_size=1, max_size=8)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16"]


def written(table: list[tuple[str, ...]], header: tuple[str, ...] = HEADER, delimiter: str = ",") -> str:
    """Return a well-formed table."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(table)
    return out.getvalue()


def copies(text: str) -> SheetsRead:
    """Return the copies of a table."""
    return parse_sheets("copies.csv", text.encode(), ELECTION, CONTEST)


def said(data: bytes) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Read bytes as copies and as figures; yield the codes and values of all that is said about them."""
    for parse in (parse_sheets, partial(parse_reported, order=1)):
        try:
            issues = parse("x.csv", data, ELECTION, CONTEST).issues
        except InputError as refusal:
            yield refusal.code, refusal.values
        else:
            yield from ((one.code, issue_values(one)) for one in issues[:20])


def try_every_door(data: bytes) -> None:
    """Read bytes as copies and as figures; whatever is said about them can be said in words."""
    for code, values in said(data):
        assert code in CODES
        assert BOOK.say(f"issue.{code}.reason", **values)


@given(st.binary(max_size=200))
@example(b"\x1f\x8b")
@example(b"\xff\xfe")
@example(b"\xff\xfe\x00\x00")
@example(b'station,nur\n"')
@example(b'"')
@example(b",")
@example(b"#")
@example(b"sep=;")
@example(b"sep=;\n\n")
@example(b"\r")
@settings(max_examples=200)
def test_no_bytes_crash(data: bytes) -> None:
    """Any bytes, packed or not, are read or refused."""
    try_every_door(data)
    try_every_door(gzip.compress(data))


@given(
    st.lists(
        st.sampled_from(["station,nur", "area,nur", *HEADER, *ODD, ",", ";", "\t", '"', "\n", "\r", "#", ": ", "0"])
    )
)
@settings(max_examples=100)
def test_no_scrambled_table_crashes(pieces: list[str]) -> None:
    """Pieces of real tables in any order are read or refused, below a good header as well."""
    text = "".join(pieces)
    try_every_door(text.encode())
    try_every_door((",".join(HEADER) + "\n" + text).encode())
    try_every_door(("area,quantity,cell,value\n" + text).encode())


@given(tables, st.sampled_from(ENCODINGS), st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["\n", "\r\n"]))
def test_every_row_is_kept_or_named(table: list[tuple[str, ...]], encoding: str, delimiter: str, ends: str) -> None:
    """The line of each data row is the basis of a row of the frame, or the line of an issue."""
    text = written(table, delimiter=delimiter)
    found = parse_sheets("x.csv", text.replace("\n", ends).encode(encoding), ELECTION, CONTEST)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    next(reader)
    starts = []
    before = reader.line_num
    for fields in reader:
        if any(field.strip() for field in fields):
            starts.append(before + 1)
        before = reader.line_num
    named = {int(basis.split("#")[1]) for basis in found.frame["basis"]} | {one.where.line for one in found.issues}
    assert set(starts) <= named


LEFT_OUT = {"T118", "T123", "T124", "T126", "T160", "T163"}
"""Codes that say of one row that it is no row of the frame, or that another row stands for it."""
BLANK = ("",) * len(HEADER)
ONE_LINE_ROWS = st.lists(
    st.one_of(rows.map(lambda one: tuple(" ".join(text.split("\n")) for text in one)), st.just(BLANK)),
    min_size=1,
    max_size=8,
)
DOORS = {"sheets": parse_sheets, "reported": partial(parse_reported, order=1)}


def without(table: list[tuple[str, ...]], left: set[str]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the header and the rows without some columns."""
    places = [place for place, name in enumerate(HEADER) if name not in left]
    return tuple(HEADER[place] for place in places), [tuple(row[place] for place in places) for row in table]


@pytest.mark.parametrize("kind", sorted(FORMATS))
@pytest.mark.parametrize("door", sorted(DOORS))
@given(table=ONE_LINE_ROWS, left=st.sets(st.sampled_from(HEADER[1:-1])))
@settings(max_examples=30)
def test_every_format_keeps_a_row_or_names_it(
    door: str, kind: str, table: list[tuple[str, ...]], left: set[str]
) -> None:
    """A row that is not in the frame is named at its own line by a code that leaves rows out, or counted as empty.

    Copies and an authority's station table, with odd cells, repeated rows and missing columns. A workbook has no rows
    below its last cell.
    """
    header, body = without([*table, *table[:2]], left)
    read = DOORS[door](f"x.{kind}", FORMATS[kind](header, body), ELECTION, CONTEST)
    frame = read.frame if isinstance(read, SheetsRead) else read.reported
    assert isinstance(frame, pl.DataFrame)
    lines = dict(enumerate(body, start=FIRST_LINE[kind]))
    blank = {line for line, row in lines.items() if kind in ("csv", "xlsx") and not any(map(str.strip, row))}
    kept = [int(basis.split("#")[1]) for basis in frame["basis"]]
    named = {one.where.line for one in read.issues if one.code in LEFT_OUT}
    assert len(set(kept)) == len(kept)
    assert lines.keys() - blank - named <= set(kept) <= lines.keys() - blank
    last = max(lines if kind == "csv" else lines.keys() - blank, default=0)
    counted = sum(line <= last for line in blank)
    assert [one.value("count") for one in read.issues if one.code == "T125"] == ([counted] if counted else [])


@given(tables, st.permutations(range(len(HEADER))), st.data())
def test_order_changes_nothing(table: list[tuple[str, ...]], columns: list[int], data: st.DataObject) -> None:
    """The same rows and columns in another order give the same copies."""
    shuffled = data.draw(st.permutations(table))
    turned = [tuple(row[place] for place in columns) for row in shuffled]
    one, other = copies(written(table)), copies(written(turned, tuple(HEADER[place] for place in columns)))
    assert sorted(one.frame.drop("basis").rows(), key=repr) == sorted(other.frame.drop("basis").rows(), key=repr)


@given(st.lists(st.tuples(*([st.integers(0, LARGEST)] * len(CELLS))), min_size=1, max_size=20))
def test_numbers_come_back(numbers: list[tuple[int, ...]]) -> None:
    """Every count up to 2^53 is read as it was written, with any spaces at its thousands."""
    plain = [(f"{place:04}", "north", "2", "1", "1", "obs", *map(str, row)) for place, row in enumerate(numbers)]
    spaced = [(*row[:6], *(f"{int(one):,}".replace(",", "\u202f") for one in row[6:])) for row in plain]
    for table in (plain, spaced):
        found = copies(written(table))
        assert found.frame.select(CELLS).rows() == numbers
        assert found.frame["states"].unique().to_list() == ["=" * len(CELLS)]
        assert {one.code for one in found.issues} == set()


@given(tables)
def test_states_and_numbers_agree(table: list[tuple[str, ...]]) -> None:
    """A cell has a number exactly where its state is "=", and no number is negative."""
    for *cells_of_row, states in copies(written(table)).frame.select(*CELLS, "states").rows():
        assert [one is not None for one in cells_of_row] == [sign == "=" for sign in states]
        assert all(one is None or one >= 0 for one in cells_of_row)


def stripped(records: Records) -> tuple[object, ...]:
    """Return what both ways of reading must agree on; blanks around a cell do not count."""
    texts = [tuple(one.strip() if isinstance(one, str) else one for one in row) for row in records.rows.rows()]
    return texts, records.remarks.select("code", "line").rows(), records.comments.rows(), records.blank


SCRAPS = ["a", "1", " ", ",", ",", "\n", "\n", '"', '""', '"b"', '"c,d"', '"e\nf"', "# x: y", "é"]


@given(st.lists(st.sampled_from(SCRAPS), max_size=30), st.integers(1, 4))
@example([], 1)
@example(["a", ",", '"', '"'], 2)
@settings(max_examples=500)
def test_quick_and_exact_reading_agree(pieces: list[str], width: int) -> None:
    """Counting delimiters in lines gives the records that the record-by-record reader gives."""
    text = "x,y\n" + "".join(pieces)
    quick = read_records(text.encode(), ",", width, 1)
    exact = read_exactly(text.split("\n"), ",", width, 1)
    assert sorted(map(repr, stripped(quick)[1])) == sorted(map(repr, stripped(exact)[1]))
    assert stripped(quick)[0] == stripped(exact)[0]
    assert stripped(quick)[2:] == stripped(exact)[2:]
