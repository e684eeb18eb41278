"""Acknowledged means on the disk, once; and what cannot be written is not acknowledged."""

from __future__ import annotations

from pathlib import Path

import pytest

from keeping.archives import BEGINNING, NOW, assert_whole, begin, leaf, register, sheet
from keeping.disks import Budget, Cut, cut_disk, full_disk, on_disk
from secondcount.custody.outbox import acknowledge, waiting, waiting_blobs
from secondcount.custody.sequencer import append_batch, drain
from secondcount.errors import InputError, VerificationError
from secondcount.evidence.digest import sha256_hex

BLOB = b"station\n1\n"


def test_the_same_thing_twice_is_one_file(tmp_path: Path) -> None:
    """The digest is that of the entry, and a repeat changes nothing."""
    archive = begin(tmp_path / "log")
    assert acknowledge(archive, sheet(1)) == acknowledge(archive, sheet(1)) == leaf(sheet(1))
    assert list(waiting(archive)) == [leaf(sheet(1))]


def test_what_is_in_the_log_is_not_added_again(tmp_path: Path) -> None:
    """An entry that was drained and is acknowledged again leaves the outbox, and the log as it was."""
    archive = begin(tmp_path / "log")
    acknowledge(archive, sheet(1))
    first = drain(archive, NOW)
    acknowledge(archive, sheet(1))
    again = drain(archive, NOW)
    assert (first.added, again.added, again.repeated) == (1, 0, 1)
    assert (again.size, again.root) == (first.size, first.root)
    assert list(waiting(archive)) == []


def test_a_drain_of_nothing_keeps_the_cosigned_checkpoint(tmp_path: Path) -> None:
    """The checkpoint is signed anew only when the log has grown: cosignatures stay."""
    archive = begin(tmp_path / "log")
    note = archive.public.load("checkpoint")
    drain(archive, NOW)
    append_batch(archive, [], now=NOW)
    assert archive.public.load("checkpoint") == note


def test_a_lost_blob_is_put_back(tmp_path: Path) -> None:
    """A blob that is missing and is brought again is there again, under the same cosigned checkpoint."""
    archive = begin(tmp_path / "log")
    append_batch(archive, [register(BLOB)], [BLOB], now=NOW)
    note = archive.public.load("checkpoint")
    archive.public.delete(f"blob/{sha256_hex(BLOB)[:2]}/{sha256_hex(BLOB)}")
    acknowledge(archive, register(BLOB), [BLOB])
    drain(archive, NOW)
    assert archive.public.load("checkpoint") == note
    assert_whole(archive, [register(BLOB)], size=BEGINNING + 1)


def test_a_blob_is_public_with_its_entry_and_not_before(tmp_path: Path) -> None:
    """Until it is drained a blob waits in the private part."""
    archive = begin(tmp_path / "log")
    acknowledge(archive, register(BLOB), [BLOB])
    path = f"blob/{sha256_hex(BLOB)[:2]}/{sha256_hex(BLOB)}"
    assert archive.public.size(path) is None
    drain(archive, NOW)
    assert archive.public.load(path) == BLOB
    assert list(waiting_blobs(archive)) == []
    assert_whole(archive, [register(BLOB)], size=BEGINNING + 1)


def test_what_is_no_entry_is_not_acknowledged(tmp_path: Path) -> None:
    """Another spelling of the same JSON is refused before anything is written."""
    archive = begin(tmp_path / "log")
    with pytest.raises(VerificationError) as refusal:
        acknowledge(archive, sheet(1).replace(b",", b", ", 1), [BLOB])
    assert refusal.value.code == "V604"
    assert list(waiting_blobs(archive)) == []


def test_no_entry_is_there_before_its_blob(tmp_path: Path) -> None:
    """Wherever an acknowledgement is cut off, an entry in the outbox has its blobs beside it."""
    place = tmp_path / "log"
    archive = begin(place)
    for allowed in range(1_000):
        try:
            acknowledge(on_disk(archive, cut_disk(Budget(allowed))), register(BLOB), [BLOB])
        except Cut:
            assert not list(waiting(archive)) or list(waiting_blobs(archive)) == [sha256_hex(BLOB)]
        else:
            break
    drain(archive, NOW)
    assert_whole(archive, [register(BLOB)])


@pytest.mark.parametrize("room", [0, 5, 40, 200])
def test_a_full_disk_acknowledges_nothing(tmp_path: Path, room: int) -> None:
    """Where there is no room the writer is told so, and the outbox has no entry."""
    archive = begin(tmp_path / "log")
    with pytest.raises(InputError) as refusal:
        acknowledge(on_disk(archive, full_disk(room)), sheet(1), [BLOB])
    assert refusal.value.code == "A504"
    assert list(waiting(archive)) == []
