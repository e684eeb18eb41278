"""Law: each way of breaking a table that was named in the work order has exhibits that say code, place and value."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from intaking.election import CONTEST, ELECTION
from museum.shelves import MUSEUM
from secondcount.errors import InputError
from secondcount.intake import parse_reported, parse_sheets
from secondcount.model.issue import Issue
from unit.tabulation import test_swapped_columns

NAMED = (
    "wrong encoding",
    "BOM",
    "merged header",
    "thousands separators",
    "negative",
    "decimals",
    "1e3",
    "Excel dates for numbers",
    "duplicate stations",
    "duplicate columns",
    "totals row inside",
    "truncated gzip",
    "zip bomb",
    "formula injection",
    "right-to-left marks",
    "2^63",
    "empty",
    "HTML instead of CSV",
    "swapped columns",
    "unit in cell",
)
"""The list of the work order, in its order and words."""

SHELVES: dict[str, Any] = tomllib.loads((MUSEUM / "tables.toml").read_text(encoding="utf-8"))
EXHIBITS: list[dict[str, Any]] = tomllib.loads((MUSEUM / "named.toml").read_text(encoding="utf-8"))["exhibit"]


def read(file: str) -> tuple[Issue, ...]:
    """Return what is said of an exhibit; a refusal is raised."""
    data = (MUSEUM / "tables" / file).read_bytes()
    if SHELVES[file].get("door") == "reported":
        return parse_reported(file, data, ELECTION, CONTEST, 1).issues
    return parse_sheets(file, data, ELECTION, CONTEST).issues


def told(issue: Issue) -> dict[str, object]:
    """Return the whole of an issue but its file: code, place where there is one, values."""
    where = {name: getattr(issue.where, name) for name in ("line", "column", "station")}
    return {"code": issue.code, **{name: value for name, value in where.items() if value}, **dict(issue.values)}


def test_every_named_input_has_an_exhibit() -> None:
    """The list is whole and in its order, and every exhibit of it stands in the museum."""
    assert tuple(dict.fromkeys(one["input"] for one in EXHIBITS)) == NAMED
    assert {one["file"] for one in EXHIBITS} <= set(SHELVES)


@pytest.mark.parametrize("entry", EXHIBITS, ids=[f"{one['input']}: {one['file']}" for one in EXHIBITS])
def test_what_is_said_is_said_with_place_and_value(entry: dict[str, Any]) -> None:
    """Every issue of the exhibit names its file, and its line, column, station and values are those of the list."""
    file = entry["file"]
    if "refusal" in entry:
        with pytest.raises(InputError) as caught:
            read(file)
        assert {"code": caught.value.code, **caught.value.values} == {**entry["refusal"], "file": file}
        return
    issues = read(file)
    assert {one.where.file for one in issues} <= {file}
    assert sorted(map(told, issues), key=repr) == sorted(entry["issues"], key=repr)


def test_an_exhibit_in_which_nothing_is_odd_says_why() -> None:
    """An exhibit without an issue is explained; where other figures reveal it, a test that is there shows how."""
    silent = [one for one in EXHIBITS if not one.get("issues") and "refusal" not in one]
    assert all(one["why"] for one in silent)
    beyond = [one["beyond"] for one in EXHIBITS if one["input"] == "swapped columns" and one in silent]
    assert len(beyond) == 3
    assert all(callable(getattr(test_swapped_columns, name)) for name in beyond)
