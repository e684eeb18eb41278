"""Which blobs the log says are withdrawn: they are shown by no copy, whoever brings them again."""

from __future__ import annotations

from secondcount.custody.archive import Archive, load_head
from secondcount.custody.index import Index
from secondcount.evidence.entries import Withdrawal, parse_entry
from secondcount.evidence.log import Log

__all__ = ["withdrawn_blobs"]


def withdrawn_blobs(archive: Archive, index: Index) -> frozenset[str]:
    """Return the digests that the withdrawals in the log name; the index must speak for all of it."""
    log = Log(archive.public, load_head(archive).checkpoint.size)
    entries = (parse_entry(log.entry(one.position)) for one in index.of_kind("withdrawal"))
    return frozenset(one.blob for one in entries if isinstance(one, Withdrawal))
