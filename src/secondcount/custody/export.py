"""A consistent copy of the public part, to a folder or a bucket; running it again copies only what is new.

Names of tiles, bundles and blobs say what is in them, so they are copied once and never overwritten. The checkpoint
goes last: at every moment the copy is a whole archive, the old one or the new one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from secondcount.custody.archive import Archive, load_head
from secondcount.custody.layout import CHECKPOINT, MANIFEST, VKEY, blob_path
from secondcount.custody.sequencer import Progress, drain_with, writing
from secondcount.errors import InputError, VerificationError
from secondcount.evidence.location import open_store
from secondcount.evidence.log import remove_superseded
from secondcount.evidence.note import stated_checkpoint
from secondcount.evidence.store import Missing, Store

__all__ = ["Exported", "copy_public", "export_archive"]

IMMUTABLE = ("tile/", "blob/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What a copy has."""

    size: int  # entries
    files: int
    copied: int  # files that were new or had changed
    withdrawn: tuple[str, ...]  # digests of blobs that it does not have


def export_archive(archive: Archive, target: str, now: datetime, progress: Progress = lambda *_: None) -> Exported:
    """Copy the public part to `target`, a folder or a bucket with a prefix.

    Raises:
        InputError: A321 the target holds another log or a newer one, A322 it holds something else; or as `writing`.

    """
    with writing(archive, now) as writer:
        drain_with(writer)
        here = writer.archive
        if _within(target, here.location):
            raise InputError("A322", place=target)
        store = open_store(target)
        withdrawn = tuple(sorted(writer.withdrawn))
        _check_target(here, store, target)
        for digest in withdrawn:
            store.delete(blob_path(digest))
        size = load_head(here).checkpoint.size
        files, copied = copy_public(here.public, store, size, progress)
        return Exported(size=size, files=files, copied=copied, withdrawn=withdrawn)


def _within(target: str, location: str) -> bool:
    """Return whether a target lies in the archive itself: a copy of a thing into itself is none."""
    if "://" in target or "://" in location:
        return f"{target.rstrip('/')}/".startswith(f"{location.rstrip('/')}/")
    return Path(target).resolve().is_relative_to(Path(location).resolve())


def _check_target(archive: Archive, store: Store, place: str) -> None:
    """Refuse to overwrite what is neither an older state of this log nor a copy of it that was cut off."""
    own = load_head(archive).checkpoint
    try:
        found = stated_checkpoint(store.load(CHECKPOINT))
    except (Missing, VerificationError):
        # A copy begins with the key of the log.
        if any(True for _ in store.names()) and _line(store) != archive.public.load(VKEY):
            raise InputError("A322", place=place) from None
        return
    if found.origin != own.origin or found.size > own.size:
        raise InputError("A321", place=place, origin=found.origin, count=found.size, expected=own.origin)


def _line(store: Store) -> bytes:
    try:
        return store.load(VKEY)
    except Missing:
        return b""


def copy_public(
    source: Store, target: Store, size: int | None, progress: Progress = lambda *_: None
) -> tuple[int, int]:
    """Copy every file that is missing or has changed, the checkpoint last.

    Return how many files there are and how many were copied. `size` is that of the log where the target may hold an
    older state, whose partial tiles then go; None for a new target.
    """
    names = list(source.names())
    fixed = [one for one in names if one.startswith(IMMUTABLE)]
    others = [one for one in names if not one.startswith(IMMUTABLE) and one not in (CHECKPOINT, MANIFEST, VKEY)]
    copied = int(_refresh(source, target, VKEY))
    missing = [one for one in fixed if target.size(one) is None]

    def loaded() -> Iterator[tuple[str, bytes]]:
        for done, name in enumerate(missing, start=1):
            progress(done, len(missing))
            yield name, source.load(name)

    target.create_many(loaded())
    copied += len(missing)
    for name in (*others, MANIFEST, CHECKPOINT):
        copied += _refresh(source, target, name)
    if size is not None:
        remove_superseded(target, size)
    return len(names), copied


def _refresh(source: Store, target: Store, name: str) -> bool:
    data, version = source.load(name), target.version(name)
    if version is not None and target.load(name) == data:
        return False
    target.replace(name, data, version)
    return True
