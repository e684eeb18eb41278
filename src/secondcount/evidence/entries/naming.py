"""What an entry names: public blobs that must be there, and other entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from secondcount.evidence.entries.fields import BLOB, ENTRY, Entry
from secondcount.evidence.entries.kinds import UnknownEntry
from secondcount.evidence.entries.rules import RULES, Rule
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
    rules = _NAMING[role].get(type(entry), ())
    return tuple(sorted({value for rule in rules for value in rule.values((entry,))} - {""})) if rules else ()


_NAMING: Mapping[str, Mapping[type[Struct], Sequence[Rule]]] = {
    role: {kind: tuple(rule for rule in rules if rule.role == role) for kind, rules in RULES.items()}
    for role in (BLOB, ENTRY)
}
"""Role of a digest -> kind -> its fields of this role."""
