"""The index says where an entry is; it is never evidence, and is made anew from the log whenever it is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from keeping.archives import BEGINNING, NOW, assert_whole, begin, leaf, sheet
from secondcount.custody.archive import Archive
from secondcount.custody.index import Index, open_index
from secondcount.custody.sequencer import append_batch, drain
from secondcount.custody.status import load_status
from secondcount.evidence.digest import leaf_hash

ENTRIES = [sheet(number, "0101" if number < 2 else "") for number in range(10)]


def said(index: Index) -> object:
    """Return everything that an index says."""
    stations = [index.by_station(station) for station in ("0101", "000005", "nowhere")]
    return index.size, index.kinds(), stations, [index.by_leaf(leaf(entry)) for entry in ENTRIES]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = begin(tmp_path / "log")
    append_batch(archive, ENTRIES, now=NOW)
    return archive


def read(archive: Archive) -> object:
    with open_index(archive.index_file) as index:
        return said(index)


def test_it_finds_what_is_there_and_nothing_else(archive: Archive) -> None:
    """By digest, by station (oldest first), by kind."""
    with open_index(archive.index_file) as index:
        assert [one.leaf for one in index.by_station("0101")] == [leaf(ENTRIES[0]), leaf(ENTRIES[1])]
        assert index.by_leaf("f" * 64) is None
        assert [one.position for one in index.of_kind("election")] == [0]
        assert index.kinds() == {"custody": 1, "election": 1, "sheet": len(ENTRIES)}
        asked = [leaf_hash(ENTRIES[3]), b"\0" * 32, leaf_hash(ENTRIES[7])]
        assert index.known(asked) == {asked[0], asked[2]}
        assert index.known([leaf_hash(b"%d" % number) for number in range(2_000)]) == set()


@pytest.mark.parametrize("damage", ["gone", "torn", "no database", "empty", "behind", "ahead"])
def test_it_is_made_anew_from_the_log(archive: Archive, damage: str) -> None:
    """Whatever became of the file, the next command has the same index as before."""
    before, file = read(archive), archive.index_file
    if damage == "gone":
        file.unlink()
    elif damage == "torn":
        file.write_bytes(file.read_bytes()[:3_000])
    elif damage == "no database":
        file.write_bytes(b"something else altogether" * 400)
    elif damage == "empty":
        file.write_bytes(b"")
    else:
        with open_index(file, rebuild=damage == "behind") as index:
            index.add(0 if damage == "behind" else BEGINNING + len(ENTRIES), [sheet(number) for number in (500, 501)])
            if damage == "behind":
                index.clear()
    drain(archive, NOW)
    assert read(archive) == before
    assert_whole(archive, ENTRIES, size=BEGINNING + len(ENTRIES))


def test_it_can_be_rebuilt_on_request(archive: Archive) -> None:
    """An index that somebody has changed says again what the log says."""
    before = read(archive)
    with open_index(archive.index_file) as index:
        index.add(0, [sheet(700)])
        index.add(BEGINNING + len(ENTRIES) - 1, [])
    load_status(archive, NOW.date(), rebuild=True)
    assert read(archive) == before


def test_duplicates_within_a_batch_are_one_entry(archive: Archive) -> None:
    """The same entry twice in one batch, or in the log already, is not appended."""
    step = append_batch(archive, [sheet(50), ENTRIES[0], sheet(50), sheet(51)], now=NOW)
    assert (step.added, step.repeated) == (2, 2)
    assert_whole(archive, [sheet(50), sheet(51)], size=BEGINNING + len(ENTRIES) + 2)
