"""Law: every way of breaking a table gives its own code at its own line, in words of three languages."""

from __future__ import annotations

import gzip
import tomllib
from pathlib import Path

import pytest

from intaking.election import CONTEST, ELECTION
from museum.build_tables import EXHIBITS, PACKED, build
from museum.shelves import MUSEUM, can_be_said
from secondcount.errors import InputError
from secondcount.intake import parse_reported, parse_sheets
from secondcount.model.codes import CODES
from secondcount.model.codes.table import CODES as TABLE_CODES
from secondcount.model.issue import Issue
from secondcount.model.naming import issue_values

LIST = tomllib.loads((MUSEUM / "tables.toml").read_text(encoding="utf-8"))
WITHOUT_EXHIBIT = {
    "T102": "test_too_large_is_refused",
    "T131": "test_a_header_that_fits_two_cells_is_not_used",
    "T180": "test_rows_of_other_kinds_are_counted_once",
    "T181": "test_the_layout_with_most_columns_reads_the_file",
    "T182": "test_a_mapping_must_fit",
    "T199": "test_issues_beyond_the_limit_are_counted",
}


def load(name: str) -> tuple[str, tuple[Issue, ...], int, str]:
    """Return the refusal of an exhibit, or its issues, its number of rows and the states of its first row."""
    data = (MUSEUM / "tables" / name).read_bytes()
    try:
        if LIST[name].get("door") == "reported":
            read = parse_reported(name, data, ELECTION, CONTEST, 1)
            frame = read.figures if read.reported is None else read.reported
            return "", read.issues, frame.height, frame["states"][0] if "states" in frame.columns else ""
        copies = parse_sheets(name, data, ELECTION, CONTEST)
    except InputError as refusal:
        return refusal.code, (), 0, ""
    return "", copies.issues, copies.frame.height, copies.frame["states"][0] if copies.frame.height else ""


@pytest.mark.parametrize("name", sorted(LIST))
def test_each_exhibit_gives_exactly_its_faults(name: str) -> None:
    """The file gives the codes and lines of the list, all of them and no others, and leaves the rows of the list."""
    expected = LIST[name]
    refusal, issues, rows, states = load(name)
    assert refusal == expected.get("refusal", "")
    if not refusal:
        assert sorted(f"{one.code} {one.where.line}" for one in issues) == sorted(expected["issues"])
        assert (rows, states) == (expected["rows"], expected["states"])
    assert all(one.where.file == name for one in issues)


@pytest.mark.parametrize("name", sorted(LIST))
def test_each_issue_has_its_words(name: str) -> None:
    """Title, reason and advice of each issue and refusal can be said: no sentence asks for a missing value."""
    data = (MUSEUM / "tables" / name).read_bytes()
    said = [(one.code, issue_values(one)) for one in load(name)[1]]
    try:
        parse_sheets(name, data, ELECTION, CONTEST)
    except InputError as refusal:
        said.append((refusal.code, refusal.values))
    assert all(can_be_said(code, values) for code, values in said)


def test_a_refusal_names_the_file() -> None:
    """Every refusal says which file it is about, without any folder."""
    refused = [name for name, one in LIST.items() if one.get("refusal")]
    for name in refused:
        with pytest.raises(InputError) as caught:
            parse_sheets(f"some/folder/{name}", (MUSEUM / "tables" / name).read_bytes(), ELECTION, CONTEST)
        assert caught.value.values["file"] == name


def test_the_list_and_the_shelves_agree() -> None:
    """Every file is in the list and every entry has its file; there are at least 60."""
    files = {path.name for path in (MUSEUM / "tables").iterdir()}
    assert files == set(LIST)
    assert len(files) >= 60


def test_the_museum_is_what_its_script_builds(tmp_path: Path) -> None:
    """Building it again gives the same bytes: no exhibit was changed by hand (packed ones depend on the packer)."""
    build(tmp_path)
    assert (tmp_path / "tables.toml").read_bytes() == (MUSEUM / "tables.toml").read_bytes()
    packed = {one.name for one in PACKED}
    for one in EXHIBITS:
        if one.name not in packed:
            assert (MUSEUM / "tables" / one.name).read_bytes() == one.data, one.name


def test_the_bomb_is_one() -> None:
    """The packed exhibit that must be refused unpacks to more than a thousand times its size."""
    data = (MUSEUM / "tables" / "gzip_bomb.csv.gz").read_bytes()
    assert len(gzip.decompress(data)) > 1000 * len(data)


def test_every_code_has_an_exhibit() -> None:
    """Every code of tables occurs in the museum, or the test that shows it is named here."""
    shown = {one.get("refusal", "") for one in LIST.values()}
    shown |= {issue.split()[0] for one in LIST.values() for issue in one.get("issues", ())}
    assert set(TABLE_CODES) - shown == set(WITHOUT_EXHIBIT)
    assert set(TABLE_CODES) <= set(CODES)
