"""`correct`: what would be in doubt is refused before it is in the log for ever."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiving.archives import DEFINITION, NAME, sheet_table
from secondcount import archives
from secondcount.custody.archive import Archive
from secondcount.custody.beginning import Plan, create_archive
from secondcount.custody.correct import correct_entry
from secondcount.custody.importing import ArrivingTable
from secondcount.custody.sequencer import looking
from secondcount.errors import InputError
from secondcount.evidence.verify import Outcome, VerifyOptions, verify_archive

NOW = datetime(2030, 5, 6, tzinfo=UTC)
COPIES = sheet_table(
    ("1", "north", 2, 1, 1, "c1", 90, 1, 20, 30, 4),
    ("1", "north", 2, 1, 1, "c1", 90, 1, 25, 30, 4),
    ("1", "north", 2, 1, 2, "c1", 90, 1, 26, 30, 4),
    ("2", "south", 3, 1, 1, "c2", 80, 0, 9, 8, 7),
)
RIGHT = sheet_table(("2", "south", 3, 1, 1, "c2", 80, 0, 9, 8, 6))


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Return an archive with three copies of one station and one of another."""
    plan = Plan(
        location=str(tmp_path / "archive"),
        origin="example.org/testland",
        election="testland.council.2030",
        definition=NAME,
        data=DEFINITION,
        params={},
        key_file=tmp_path / "key",
        readme=b"An archive of a test.\n",
    )
    found = create_archive(plan, {})
    archives.import_into(found, sheets=[ArrivingTable(name="a.csv", data=COPIES)], now=NOW)
    return found


def leaves(archive: Archive, station: str) -> list[str]:
    """Return the digests of the entries of a station, in their order."""
    with looking(archive) as (_, index):
        return [one.leaf for one in index.by_station(station)]


def refused(archive: Archive, old: str, new: str) -> str:
    """Return the code with which a correction is refused; nothing is in the log then."""
    before = archives.load_archive(archive.location).sheets["list"]
    with pytest.raises(InputError) as refusal:
        correct_entry(archive, old, new, "misread", NOW)
    assert archives.load_archive(archive.location).sheets["list"].equals(before)
    return refusal.value.code


def test_a_correction_is_an_entry_and_the_archive_verifies(archive: Archive) -> None:
    """The corrected copy no longer counts; said again, the same correction adds nothing."""
    first, second, _ = leaves(archive, "1")
    assert correct_entry(archive, first, second, "misread", NOW).added == 1
    again = correct_entry(archive, first, second, "misread", NOW)
    assert (again.added, again.repeated) == (0, 1)
    record = archives.load_archive(archive.location)
    assert record.sheets["list"].filter(station="1")["nur"].to_list() == [25, 26]
    assert verify_archive(archive.public, VerifyOptions()).outcome is Outcome.VERIFIED


def test_by_a_row_of_a_table(archive: Archive) -> None:
    """The copy as it should be read comes with its correction, in one step."""
    (old,) = leaves(archive, "2")
    table = ArrivingTable(name="right.csv", data=RIGHT)
    assert archives.correct_by_table(archive, old, table, "misread", NOW).added == 3  # table, copy, correction
    record = archives.load_archive(archive.location)
    assert record.sheets["list"].filter(station="2")["union"].to_list() == [6]


def test_a_table_that_is_refused_leaves_nothing(archive: Archive) -> None:
    """A copy of another station does not come in by a correction that is refused; nor does a table of several."""
    first, *_ = leaves(archive, "1")
    with pytest.raises(InputError) as other:
        archives.correct_by_table(archive, first, ArrivingTable(name="right.csv", data=RIGHT), "misread", NOW)
    with pytest.raises(InputError) as several:
        archives.correct_by_table(archive, first, ArrivingTable(name="b.csv", data=COPIES + b"\n"), "misread", NOW)
    assert [other.value.code, several.value.code] == ["A473", "A478"]
    assert archives.load_archive(archive.location).sheets["list"].height == 4


def test_what_would_be_in_doubt_is_refused(archive: Archive) -> None:
    """No digest, no entry, another kind, another station, something earlier, twice, in a circle."""
    first, second, later = leaves(archive, "1")
    (away,) = leaves(archive, "2")
    with looking(archive) as (_, index):
        table = index.of_kind("custody")[0].leaf
    assert refused(archive, first[:9], second) == "A341"
    assert refused(archive, first, "0" * 64) == "A301"
    assert refused(archive, first, table) == "A472"
    assert refused(archive, first, away) == "A473"
    assert refused(archive, later, first) == "A476"
    correct_entry(archive, first, second, "misread", NOW)
    assert refused(archive, first, later) == "A475"
    assert refused(archive, second, first) == "A474"
