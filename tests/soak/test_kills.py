"""kill -9, or a disk that refuses, while eight writers append: nothing that was acknowledged is lost (a small share).

`make soak` runs the whole series. The time of each moment is random, the seed is printed with a failure.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from keeping.archives import BEGINNING, NOW, assert_whole, begin
from keeping.disks import full_disk, on_disk
from keeping.kills import Series, run_series, writers_at_work
from secondcount.custody.archive import Archive, load_head, open_archive
from secondcount.custody.index import open_index
from secondcount.custody.outbox import waiting
from secondcount.custody.sequencer import drain
from secondcount.errors import InputError
from unit.custody.test_refusals import NoBlobs

WRITERS = 8

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")


def _assert_all_are_there(archive: Archive, seen: Series) -> None:
    assert_whole(archive, [])
    assert list(waiting(archive)) == []
    with open_index(archive.index_file) as index:
        lost = [one for one in seen.acknowledged if index.by_leaf(one) is None]
    assert lost == []


def _assert_nothing_is_lost(place: Path, kills: int, seed: int) -> None:
    begin(place)
    seen = run_series(place, kills, WRITERS, seed)
    archive = open_archive(str(place), {})
    drain(archive, NOW)  # what any next command does first: no repair by hand
    _assert_all_are_there(archive, seen)
    assert seen.sequencers == kills
    assert seen.cut >= kills // 20  # within a step, so that something was there to heal
    # A writer that was killed between the disk and the telling leaves an entry that nobody was told of.
    size = load_head(archive).checkpoint.size
    assert len(seen.acknowledged) <= size - BEGINNING <= len(seen.acknowledged) + WRITERS + seen.writers


def test_twenty_kills(tmp_path: Path) -> None:
    """The share of the series that runs with every test."""
    _assert_nothing_is_lost(tmp_path / "log", 20, 2026)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_three_hundred_kills(tmp_path: Path, seed: int) -> None:
    """Three hundred moments in all, a hundred of each seed."""
    _assert_nothing_is_lost(tmp_path / "log", 100, seed)


def _broken(archive: Archive, dice: random.Random) -> Archive:
    """Return the archive on a disk that is full after some bytes, or with a store that refuses blobs."""
    assert archive.folder is not None
    if dice.random() < 0.5:
        return on_disk(archive, full_disk(dice.randrange(20_000)))
    return replace(archive, public=NoBlobs(archive.folder / "public"))


def test_what_refuses_while_eight_write_loses_nothing(tmp_path: Path) -> None:
    """Eight writers go on while the disk is full at random places, or blobs are refused: all is there afterwards."""
    place, dice, refused = tmp_path / "log", random.Random(2026), set[tuple[str, object]]()  # noqa: S311 - a series
    archive = begin(place)
    with writers_at_work(place, WRITERS) as seen:
        for _ in range(20):
            time.sleep(dice.random() * 0.05)
            try:
                drain(_broken(archive, dice), NOW)
            except InputError as refusal:
                refused.add((refusal.code, refusal.values["refusal"]))
    assert refused == {("A211", "A504"), ("A211", "A505")}
    drain(archive, NOW)  # on a sound disk, what any next command does first
    _assert_all_are_there(archive, seen)
    size = load_head(archive).checkpoint.size
    assert WRITERS < len(seen.acknowledged) <= size - BEGINNING <= len(seen.acknowledged) + WRITERS
