"""The journal: what the sequencer is about to do, written before it is done, so that the next run can finish it."""

from __future__ import annotations

import msgspec

from secondcount.custody.archive import Archive
from secondcount.custody.layout import JOURNAL
from secondcount.evidence.store import Missing

__all__ = ["Journal", "clear_journal", "load_journal", "store_journal"]


class Journal(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the sequencer."""

    began: str = ""  # ISO 8601, for people
    size: int = 0  # of the log before the step
    blobs: tuple[str, ...] = ()  # digests that are new in the public part
    hidden: tuple[str, ...] = ()  # digests of blobs that leave the public part
    files: tuple[str, ...] = ()  # other public files that change with it
    former: str = ""  # the key that signed before this step, where the key changes
    vkey: str = ""  # the key that signs from this step on
    key: str = ""  # and its file


def store_journal(archive: Archive, journal: Journal) -> None:
    """Write the journal durably; whatever is left of a step before has been dealt with."""
    archive.private.replace(JOURNAL, msgspec.json.encode(journal), archive.private.version(JOURNAL))


def load_journal(archive: Archive) -> Journal | None:
    """Return the step that was cut off, None where none was."""
    try:
        return msgspec.json.decode(archive.private.load(JOURNAL), type=Journal)
    except Missing:
        return None


def clear_journal(archive: Archive) -> None:
    """Forget the step: it has been done, or undone."""
    archive.private.delete(JOURNAL)
