"""What a record's copies must not be used for, because a correction is in doubt or has been applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Doubts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """Nothing, unless the record is that of an archive with corrections."""

    stations: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Contest -> stations whose copies are all in conflict, for it is in doubt which of them holds."""

    alone: frozenset[str] = frozenset()
    """Bases of copies that corroborate no other copy: what was corrected may agree, and confirms nothing by that."""
