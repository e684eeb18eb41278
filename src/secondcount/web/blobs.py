"""Blobs of the archive as a desk reads them: public, or waiting in the outbox to become so."""

from __future__ import annotations

from contextlib import suppress

from secondcount.custody.archive import Archive
from secondcount.custody.layout import blob_path, outbox_blob
from secondcount.evidence.store import Missing

__all__ = ["load_blob"]


def load_blob(archive: Archive, digest: str) -> bytes | None:
    """Return a blob, None where it was withdrawn; it may move from the outbox between two looks."""
    tries = (
        (archive.public, blob_path(digest)),
        (archive.private, outbox_blob(digest)),
        (archive.public, blob_path(digest)),
    )
    for store, path in tries:
        with suppress(Missing):
            return store.load(path)
    return None
