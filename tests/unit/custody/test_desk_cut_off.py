"""A desk that is cut off anywhere between photo and sheet, and does it again, has everything once."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from keeping.desks import NIGHT, PHOTO, agreed_sheet, arrived_copy, begin_desk, kinds_in_log
from keeping.disks import Budget, Cut, cut_disk, full_disk, on_disk
from secondcount.custody import decoding
from secondcount.custody.archive import Archive, open_archive
from secondcount.custody.rebuilding import desk_state
from secondcount.custody.sequencer import drain
from secondcount.errors import InputError
from secondcount.evidence.local_store import Disk
from secondcount.evidence.verify import Outcome, verify_archive
from secondcount.intake import read_photo

QUICK = Disk(flush=lambda _: None)
LATER = NIGHT + timedelta(hours=3)
ONCE = {"custody": 2, "copy": 1, "commitment": 2, "reading": 2, "adjudication": 1, "sheet": 1}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Decode the photo once: what is cut off here is what is written."""
    found = read_photo("-", PHOTO)
    monkeypatch.setattr(decoding, "read_photo", lambda *_: found)


def work(archive: Archive) -> None:
    """Take the photo in, look at it, let two people read it, agree; what waits goes into the log in between."""
    agreed_sheet(archive, arrived_copy(archive))


def cut_off(whole: Path, place: Path, allowed: int, *, drained: bool) -> bool:
    """Do the work on a disk that is cut off after some operations; return whether it was."""
    shutil.copytree(whole, place)
    archive = open_archive(str(place), {})
    try:
        work(on_disk(archive, cut_disk(Budget(allowed))))
    except Cut:
        if drained:  # the sequencer of another process goes on
            drain(on_disk(archive, QUICK), NIGHT)
        return True
    return False


@pytest.mark.parametrize("drained", [False, True], ids=["at once", "after a drain"])
def test_no_cut_loses_or_repeats(tmp_path: Path, *, drained: bool) -> None:
    """Wherever the work is cut off, done again hours later each entry is in the log exactly once, and all verifies."""
    whole = tmp_path / "whole"
    begin_desk(whole)
    allowed = 3 if drained else 0
    while cut_off(whole, place := tmp_path / f"cut-{allowed}", allowed, drained=drained):
        archive = on_disk(open_archive(str(place), {}), QUICK)
        agreed_sheet(archive, arrived_copy(archive, now=LATER), LATER)
        assert dict(kinds_in_log(archive)) == ONCE, allowed
        state = desk_state(archive)
        assert (len(state.arrivals), state.waiting, len(state.copies)) == (1, frozenset(), 1)
        assert (len(state.commitments), len(state.revealed), len(state.agreed)) == (2, 2, 1)
        assert verify_archive(archive.public).outcome is Outcome.VERIFIED
        shutil.rmtree(place)
        allowed += 7  # a file is some five operations: so many go through all of them
    assert allowed > 90


@pytest.mark.parametrize("room", [5_000, 8_000, 10_000, 12_000, 14_000, 16_000])
def test_a_full_disk_is_told_and_heals(tmp_path: Path, room: int) -> None:
    """Full anywhere on the way, the work stops with A504 and goes on when there is room."""
    archive = begin_desk(tmp_path / "archive")
    with pytest.raises(InputError) as refusal:
        work(on_disk(archive, full_disk(room)))
    assert refusal.value.code == "A504"
    work(archive)
    assert dict(kinds_in_log(archive)) == ONCE
    assert verify_archive(archive.public).outcome is Outcome.VERIFIED


def test_the_same_thing_at_the_same_moment(tmp_path: Path) -> None:
    """Eight processes that do the same work at once have one receipt, one copy, one commitment each, one sheet."""
    archive = on_disk(begin_desk(tmp_path / "archive"), QUICK)
    with ThreadPoolExecutor(8) as pool:
        copies = set(pool.map(lambda hour: arrived_copy(archive, now=NIGHT + timedelta(hours=hour)), range(8)))
        assert len(copies) == 1
        sheets = set(pool.map(lambda _: agreed_sheet(archive, *copies), range(8)))
    assert len(sheets) == 1
    assert dict(kinds_in_log(archive)) == ONCE
    assert verify_archive(archive.public).outcome is Outcome.VERIFIED
