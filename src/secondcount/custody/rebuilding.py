"""What a desk has done, as the archive knows it: for a database that was lost, or was cut off before it knew.

Everything here is read from files of the private part that were on the disk before anybody was told; a database holds
nothing that could not be made of it, but accounts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from secondcount.custody.agreeing import Decided, decided_copies
from secondcount.custody.archive import Archive
from secondcount.custody.arrivals import Waiting, stored_arrivals, waiting_arrivals
from secondcount.custody.decoding import CopyRecord, stored_copies
from secondcount.custody.readings import Committed, committed, is_revealed

__all__ = ["DeskState", "desk_state"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskState:
    """The work of a desk; every list in an order that does not change."""

    arrivals: tuple[Waiting, ...]  # all that were acknowledged, oldest first
    waiting: frozenset[str]  # receipts of those that nobody has looked at
    copies: Mapping[str, CopyRecord]  # by the digest of the `copy` entry
    commitments: tuple[Committed, ...]  # oldest first
    revealed: frozenset[str]  # digests of those commitments whose readings are shown
    agreed: tuple[Decided, ...]  # decisions, copies that were set aside among them


def desk_state(archive: Archive) -> DeskState:
    """Return what a desk has done.

    Raises:
        InputError: A505, the disk or the bucket refuses.

    """
    kept = sorted(committed(archive), key=lambda one: (one.time, one.digest))
    return DeskState(
        arrivals=tuple(sorted(stored_arrivals(archive), key=lambda one: (one.received, one.receipt))),
        waiting=frozenset(one.receipt for one in waiting_arrivals(archive)),
        copies=stored_copies(archive),
        commitments=tuple(kept),
        revealed=frozenset(one.digest for one in kept if is_revealed(archive, one.digest)),
        agreed=tuple(sorted(decided_copies(archive), key=lambda one: one.key)),
    )
