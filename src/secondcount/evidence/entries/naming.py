"""What an entry names: public blobs that must be there, and other entries."""

from __future__ import annotations

from secondcount.evidence.entries.fields import BLOB, ENTRY, Entry
from secondcount.evidence.entries.kinds import UnknownEntry
from secondcount.evidence.entries.rules import RULES
from secondcount.evidence.entries.verdicts import Withdrawal

__all__ = ["public_blobs", "references"]


def public_blobs(entry: Entry | UnknownEntry) -> tuple[str, ...]:
    """Return the SHA-256 digests of the public blobs that an entry needs, each once, sorted.

    A withdrawal needs none: it says which blob is no longer there.
    """
    return () if isinstance(entry, Withdrawal) else _digests(entry, BLOB)


def references(entry: Entry | UnknownEntry) -> tuple[str, ...]:
    """Return the leaf hashes of the entries that an entry names, each once, sorted."""
    return _digests(entry, ENTRY)


def _digests(entry: Entry | UnknownEntry, role: str) -> tuple[str, ...]:
    if isinstance(entry, UnknownEntry):
        return ()
    named = {value for rule in RULES[type(entry)] if rule.role == role for value in rule.values((entry,))}
    return tuple(sorted(named - {""}))
