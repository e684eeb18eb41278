"""A full disk, a store that refuses, a second writer: everything acknowledged waits, and the user is told."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from keeping.archives import BEGINNING, NOW, assert_whole, begin, leaf, register, sheet
from keeping.disks import full_disk, on_disk
from secondcount.custody.archive import Archive
from secondcount.custody.locking import locked
from secondcount.custody.outbox import acknowledge, waiting
from secondcount.custody.sequencer import append_batch, drain, writing
from secondcount.errors import InputError
from secondcount.evidence.local_store import LocalStore

BLOB = b"station\n1\n"
ENTRIES = [register(BLOB), *(sheet(number) for number in range(3))]


class NoBlobs(LocalStore):
    """A store that takes everything but blobs."""

    def create_many(self, items: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
        """Refuse blobs.

        Raises:
            InputError: A505.

        """
        lot = list(items)
        for path, _ in lot:
            if path.startswith("blob/"):
                raise InputError("A505", path=path, reason="refused")
        return super().create_many(lot)


def waiting_archive(tmp_path: Path) -> Archive:
    """Return an archive in whose outbox the entries wait."""
    archive = begin(tmp_path / "log")
    for entry in ENTRIES:
        acknowledge(archive, entry, [BLOB] if entry is ENTRIES[0] else [])
    return archive


def assert_refused_and_healed(archive: Archive, broken: Archive, cause: str) -> None:
    """Assert that a drain ends in A211 with everything still waiting, and that the next one on a sound disk works."""
    with pytest.raises(InputError) as refusal:
        drain(broken, NOW)
    assert refusal.value.code == "A211"
    assert refusal.value.values["count"] == len(ENTRIES)
    assert refusal.value.values["refusal"] == cause
    assert set(waiting(archive)) == {leaf(entry) for entry in ENTRIES}
    drain(archive, NOW)
    assert_whole(archive, ENTRIES, size=BEGINNING + len(ENTRIES))


@pytest.mark.parametrize("room", [0, 100, 300, 700, 1_500])
def test_a_full_disk(tmp_path: Path, room: int) -> None:
    """The disk is full in the journal, a blob, a bundle, a tile, the checkpoint: nothing acknowledged is lost."""
    archive = waiting_archive(tmp_path)
    assert_refused_and_healed(archive, on_disk(archive, full_disk(room)), "A504")


def test_a_store_of_blobs_that_refuses(tmp_path: Path) -> None:
    """No entry gets into the log whose blob could not be written."""
    archive = waiting_archive(tmp_path)
    assert archive.folder is not None
    assert_refused_and_healed(archive, replace(archive, public=NoBlobs(archive.folder / "public")), "A505")


def test_a_batch_on_a_full_disk_takes_nothing(tmp_path: Path) -> None:
    """A batch that does not fit is not half in the log: it can be given again."""
    archive = begin(tmp_path / "log")
    many = [sheet(number) for number in range(50)]
    with pytest.raises(InputError):
        append_batch(on_disk(archive, full_disk(3_000)), many, now=NOW)
    append_batch(archive, many, now=NOW)
    assert_whole(archive, many, size=BEGINNING + len(many))


def test_a_second_writer_waits_and_then_is_told(tmp_path: Path) -> None:
    """Two writers never write at once; the second one is told who is in the way, and for how long it has waited."""
    archive = begin(tmp_path / "log")
    with writing(archive, NOW), pytest.raises(InputError) as refusal, locked(archive, patience=0):
        pass
    assert refusal.value.code == "A201"


def _hold_and_die(archive: Archive) -> None:
    with locked(archive):
        multiprocessing.current_process().kill()


def test_a_writer_that_died_holds_nothing(tmp_path: Path) -> None:
    """The lock goes with its process: no file has to be deleted by hand."""
    archive = begin(tmp_path / "log")
    process = multiprocessing.get_context("fork").Process(target=_hold_and_die, args=(archive,))
    process.start()
    process.join()
    acknowledge(archive, sheet(1))
    assert drain(archive, NOW).added == 1
