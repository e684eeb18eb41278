"""kill -9 at random moments while eight writers append: nothing that was acknowledged is lost (a small share of it).

`make soak` runs the whole series. The time of each moment is random, the seed is printed with a failure.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from keeping.archives import BEGINNING, NOW, assert_whole, begin
from keeping.kills import run_series
from secondcount.custody.archive import load_head, open_archive
from secondcount.custody.index import open_index
from secondcount.custody.outbox import waiting
from secondcount.custody.sequencer import drain

WRITERS = 8

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")


def _assert_nothing_is_lost(place: Path, kills: int, seed: int) -> None:
    begin(place)
    seen = run_series(place, kills, WRITERS, seed)
    archive = open_archive(str(place), {})
    drain(archive, NOW)  # what any next command does first: no repair by hand
    assert_whole(archive, [])
    assert list(waiting(archive)) == []
    with open_index(archive.index_file) as index:
        lost = [one for one in seen.acknowledged if index.by_leaf(one) is None]
    assert lost == []
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
