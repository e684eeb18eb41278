"""The kinds of entry by name: what is not among them is kept and reported, never dropped."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from secondcount.evidence.entries.copies import Adjudication, Copy, Custody, Provenance, Reading, Sheet
from secondcount.evidence.entries.fields import Entry
from secondcount.evidence.entries.founding import Commitment, Deployment, Draw, Election, Key, Plan, Stations
from secondcount.evidence.entries.observed import Eligibility, Incident, Observation
from secondcount.evidence.entries.published import Outcome, Publication, Reply
from secondcount.evidence.entries.verdicts import Correction, Override, Verdict, Withdrawal

__all__ = ["KINDS", "AnyEntry", "UnknownEntry", "kind_of"]

AnyEntry = (
    Election
    | Stations
    | Deployment
    | Plan
    | Commitment
    | Draw
    | Key
    | Copy
    | Reading
    | Adjudication
    | Sheet
    | Custody
    | Provenance
    | Publication
    | Outcome
    | Reply
    | Observation
    | Incident
    | Eligibility
    | Verdict
    | Withdrawal
    | Override
    | Correction
)
"""Any kind of this release."""

KINDS: Mapping[str, type[Entry]] = MappingProxyType({kind.__name__.lower(): kind for kind in AnyEntry.__args__})
"""Name of the kind, as in its bytes -> its type; in the order of the reference page."""


class UnknownEntry(Struct, frozen=True, kw_only=True):
    """An entry of a kind that this release does not know: its bytes are kept as they are."""

    kind: str
    data: bytes


def kind_of(entry: Entry | UnknownEntry) -> str:
    """Return the name of an entry's kind."""
    return entry.kind if isinstance(entry, UnknownEntry) else type(entry).__name__.lower()
