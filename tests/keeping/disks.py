"""Disks that fail: cut off after so many operations, full after so many bytes."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

from secondcount.custody.archive import Archive
from secondcount.evidence.local_store import Disk, LocalStore

__all__ = ["Budget", "Cut", "cut_disk", "full_disk", "on_disk"]


class Cut(BaseException):
    """The power has gone."""


class Budget:
    """How many operations are left; when they are spent nothing works any more."""

    def __init__(self, left: int) -> None:
        """Allow so many operations."""
        self.left = left

    def spend(self) -> None:
        """Take one operation off.

        Raises:
            Cut: there is none left.

        """
        self.left -= 1
        if self.left < 0:
            raise Cut


def cut_disk(budget: Budget) -> Disk:
    """Return a disk on which every operation that changes something is counted, and cut off when they are spent."""

    def write(descriptor: int, data: memoryview) -> int:
        budget.spend()
        return os.write(descriptor, data)

    def flush(descriptor: int) -> None:
        budget.spend()

    def link(source: Path, target: Path) -> None:
        budget.spend()
        target.hardlink_to(source)

    def rename(source: Path, target: Path) -> None:
        budget.spend()
        source.replace(target)

    def unlink(path: Path) -> None:
        budget.spend()
        path.unlink()

    return Disk(write=write, flush=flush, link=link, rename=rename, unlink=unlink)


def full_disk(room: int) -> Disk:
    """Return a disk that has room for so many bytes."""
    left = [room]

    def write(descriptor: int, data: memoryview) -> int:
        left[0] -= len(data)
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return os.write(descriptor, data)

    return Disk(write=write, flush=lambda _: None)


def on_disk(archive: Archive, disk: Disk) -> Archive:
    """Return an archive whose both parts lie on another disk."""
    assert archive.folder is not None
    public, private = (LocalStore(archive.folder / part, disk=disk) for part in ("public", "private"))
    return replace(archive, public=public, private=private)
