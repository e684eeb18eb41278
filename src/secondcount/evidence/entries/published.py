"""Entries about what authorities gave out: tables, answers, and what became of each expected copy."""

from __future__ import annotations

from secondcount.evidence.entries.fields import (
    Code,
    Count,
    Date,
    Entry,
    EntryDigest,
    File,
    OptionalCode,
    OptionalEntryDigest,
    OptionalPublicDigest,
    OptionalSlug,
    OptionalTime,
    StationId,
)

__all__ = ["Outcome", "Publication", "Reply"]


class Publication(Entry, frozen=True, kw_only=True):
    """A table that somebody published, as it was captured."""

    contest: OptionalSlug = ""  # "" = as the definition or the file says
    file: File
    kind_of_table: Code = "reported"
    layout: OptionalPublicDigest = ""  # the mapping by which it is read, "" = by the definition alone
    order: Count  # place among the publications of the election, oldest first
    rows: Count
    synthetic: bool = False


class Outcome(Entry, frozen=True, kw_only=True):
    """What became of the copy that was expected from a station."""

    deployment: OptionalEntryDigest = ""
    outcome: Code  # "received", "refused", "expelled", "promised", "lost", ...
    station: StationId
    time: OptionalTime = ""


class Reply(Entry, frozen=True, kw_only=True):
    """What a commission or court answered."""

    answer: OptionalCode = ""  # "confirmed", "corrected", "rejected", "no_answer", ...
    answered: Date
    blob: OptionalPublicDigest = ""
    to: EntryDigest
