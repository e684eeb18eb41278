"""An archive of tables says what the tables say, whatever is in them and whatever order its entries came in.

Sums, coverage, claims, statements and issues are equal; inputs and bases are the archive's own, texts that are
withheld from everybody are left out on both sides. (Collectors whose names differ in case alone are one in an archive
and two in a table: `custody.pseudonyms` says why; the tables here have none such.)
"""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from archiving.archives import CELLS, hold, of_files, same, sheet_table
from secondcount.errors import InputError
from secondcount.verdict import derive, encode

ODD = ["", "?", "-", "отказ", "1 234", "12.0", "-3", "x", "\u200b1"]
cells = st.one_of(st.integers(0, 300).map(str), st.sampled_from(ODD))
rows = st.tuples(
    st.sampled_from(["1", "2", "01", "School 5", "Итого", ""]),
    st.sampled_from(["", "north", "South", "Moon"]),
    st.sampled_from(["", "0", "1", "2", "4", "9"]),
    st.sampled_from(["", "1", "2"]),
    st.sampled_from(["", "1", "2"]),
    st.sampled_from(["", "c1", "c2", "Ivan Petrov"]),
    *([cells] * len(CELLS)),
)
copies = st.lists(rows, min_size=1, max_size=6).map(lambda table: sheet_table(*table))
figures = st.tuples(st.sampled_from(["land", "north", "Moon"]), st.integers(0, 500), st.integers(0, 90))
published = st.lists(figures, min_size=1, max_size=3, unique_by=lambda row: row[0]).map(
    lambda table: "\n".join(["# stage: final", "area,registered,nur", *(",".join(map(str, row)) for row in table)])
)
stations = st.lists(rows, min_size=1, max_size=5).map(lambda table: sheet_table(*table, head="# stage: final\n"))
claims = st.sampled_from([(), ("nur > union",), ("union >= 7%", "nur > ak_zhol in north")])


def outcome(make: Any) -> Any:
    """Return what comes of a record: what its verdict says, or the code of a refusal."""
    try:
        return same(derive(make()))
    except InputError as refusal:
        return refusal.code


@given(
    st.lists(copies, max_size=3),
    st.lists(st.one_of(published.map(str.encode), stations), max_size=2, unique=True),
    claims,
    st.integers(0, 1000),
)
@settings(max_examples=25)
def test_an_archive_says_what_its_tables_say(
    sheets: list[bytes], reported: list[bytes], asked: tuple[str, ...], seed: int
) -> None:
    """For any tables; and the bytes of the verdict do not depend on the order of the entries."""
    # A table that is given twice counts twice among files, and once in an archive.
    ours = [(f"{place}.csv", data) for place, data in enumerate(dict.fromkeys(sheets))]
    theirs = [(f"p{place}.csv", data) for place, data in enumerate(reported)]
    files = outcome(lambda: of_files(theirs, ours, *asked))
    assert outcome(lambda: hold(theirs, ours).record(*asked)) == files
    if isinstance(files, str):
        return
    held = hold(theirs, ours)
    order = list(range(len(held.entries)))
    Random(seed).shuffle(order)  # noqa: S311 - an order, no secret
    assert encode(derive(held.shuffled(order).record(*asked))) == encode(derive(held.record(*asked)))
