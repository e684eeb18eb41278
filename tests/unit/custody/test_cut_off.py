"""A step of the sequencer can be cut off at any operation: nothing is lost, and the next run heals."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from keeping.archives import BEGINNING, NOW, assert_whole, begin, register, sheet
from keeping.disks import Budget, Cut, cut_disk, on_disk
from secondcount.custody.archive import Archive, open_archive
from secondcount.custody.outbox import acknowledge, waiting
from secondcount.custody.rotate import rotate_key
from secondcount.custody.sequencer import append_batch, drain, put_files, writing
from secondcount.custody.withdraw import withdraw_blob
from secondcount.evidence.digest import sha256_hex

BLOB = b"station\n1\n"
ENTRIES = [register(BLOB), *(sheet(number) for number in range(4))]

Step = Callable[[Archive], object]


def _every_cut(whole: Path, tmp_path: Path, step: Step) -> list[Path]:
    """Do a step again and again, each time cut off one operation later; return the archives as they were left."""
    left: list[Path] = []
    for allowed in range(10_000):
        place = tmp_path / f"cut-{allowed}"
        shutil.copytree(whole, place)
        try:
            step(on_disk(open_archive(str(place), {}), cut_disk(Budget(allowed))))
        except Cut:
            left.append(place)
        else:
            return left
    raise AssertionError("the step never comes to an end")


def _whole(tmp_path: Path) -> Path:
    """Return an archive with entries in the log already, and some that wait."""
    place = tmp_path / "whole"
    archive = begin(place)
    for number in range(100, 103):
        acknowledge(archive, sheet(number))
    drain(archive, NOW)
    for entry in ENTRIES:
        acknowledge(archive, entry, [BLOB] if entry is ENTRIES[0] else [])
    return place


def test_no_cut_loses_what_was_acknowledged(tmp_path: Path) -> None:
    """Wherever a drain is cut off, the next one has every acknowledged entry in the log once, and all verifies."""
    cuts = _every_cut(_whole(tmp_path), tmp_path, lambda archive: drain(archive, NOW))
    assert len(cuts) > 40  # journal, blob, bundle, tile, checkpoint, what was superseded, the outbox
    for place in cuts:
        archive = open_archive(str(place), {})
        drain(archive, NOW)
        assert_whole(archive, ENTRIES, size=BEGINNING + 3 + len(ENTRIES))
        assert list(waiting(archive)) == []


def test_no_cut_of_a_batch_leaves_half_of_it(tmp_path: Path) -> None:
    """A batch that is cut off and not given again is in the log with its blobs, or neither is there."""
    whole = tmp_path / "whole"
    begin(whole)
    for place in _every_cut(whole, tmp_path, lambda archive: append_batch(archive, ENTRIES, [BLOB], now=NOW)):
        archive = open_archive(str(place), {})
        size = drain(archive, NOW).size
        assert size in (BEGINNING, BEGINNING + len(ENTRIES))
        assert_whole(archive, ENTRIES if size > BEGINNING else [])


def test_no_cut_of_the_healing_either(tmp_path: Path) -> None:
    """A healing that is cut off is healed by the next run."""
    whole = _whole(tmp_path)
    cuts = _every_cut(whole, tmp_path / "first", lambda archive: drain(archive, NOW))
    for number, place in enumerate(cuts[::7]):
        again = _every_cut(place, tmp_path / f"second-{number}", lambda archive: drain(archive, NOW))
        for found in again[::3]:
            archive = open_archive(str(found), {})
            drain(archive, NOW)
            assert_whole(archive, ENTRIES, size=BEGINNING + 3 + len(ENTRIES))


def test_no_cut_of_a_rotation_leaves_a_log_without_a_key(tmp_path: Path) -> None:
    """Wherever a rotation is cut off, the log goes on with the old key or the new one."""
    whole = _whole(tmp_path)
    drain(open_archive(str(whole), {}), NOW)

    def rotate(archive: Archive) -> None:
        rotate_key(archive, Path(archive.location).with_suffix(".new"), NOW)

    for place in _every_cut(whole, tmp_path, rotate):
        archive = open_archive(str(place), {})
        acknowledge(archive, sheet(7))
        drain(archive, NOW)
        assert_whole(open_archive(str(place), {}), [sheet(7)])


def test_no_cut_of_a_withdrawal_shows_the_blob(tmp_path: Path) -> None:
    """Once the withdrawal is in the log, the next run has the blob out of the public part, and kept."""
    whole = _whole(tmp_path)
    drain(open_archive(str(whole), {}), NOW)
    digest = sha256_hex(BLOB)
    for place in _every_cut(whole, tmp_path, lambda archive: withdraw_blob(archive, digest, "safety", NOW)):
        archive = open_archive(str(place), {})
        withdraw_blob(archive, digest, "safety", NOW)
        assert archive.public.size(f"blob/{digest[:2]}/{digest}") is None
        assert archive.private.load(f"withdrawn/{digest}") == BLOB
        assert_whole(archive, ENTRIES)


@pytest.mark.parametrize("content", [b"another policy\n", None], ids=["replaced", "removed"])
def test_no_cut_leaves_a_file_that_no_manifest_names(tmp_path: Path, content: bytes | None) -> None:
    """Wherever the writing of another public file is cut off, manifest and file agree after the next run."""
    whole = tmp_path / "whole"
    first = begin(whole)
    path = f"unverified/{'0' * 64}.sig"
    with writing(first, NOW) as writer:
        put_files(writer, {path: b"a line\n"})

    def put(archive: Archive) -> None:
        with writing(archive, NOW) as writer:
            put_files(writer, {path: content})

    for place in _every_cut(whole, tmp_path, put):
        archive = open_archive(str(place), {})
        drain(archive, NOW)
        assert_whole(archive, [])
