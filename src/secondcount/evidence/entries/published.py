"""Entries about what authorities gave out: tables, answers, and what became of each expected copy."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

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
    file: File  # as it was captured, not a byte changed
    kind_of_table: Code = "reported"  # "reported": figures of an authority
    layout: OptionalPublicDigest = ""  # the mapping by which it is read, "" = by the definition alone
    order: Count  # place among the publications of the election, oldest first
    rows: Count  # of the table
    synthetic: bool = False  # made up for practice


class Outcome(Entry, frozen=True, kw_only=True):
    """What became of the copy that was expected from a station."""

    deployment: OptionalEntryDigest = ""  # the list that the station is on
    outcome: Code  # "received", "refused", "expelled", "promised", "lost", ...
    reason: Code | UnsetType = UNSET  # "no_copier", "not_entitled", "none_given", ...
    station: StationId
    time: OptionalTime = ""  # when it was known


class Reply(Entry, frozen=True, kw_only=True):
    """What a commission or court answered."""

    answer: OptionalCode = ""  # "confirmed", "corrected", "rejected", "no_answer", ...
    answered: Date  # of the answer
    blob: OptionalPublicDigest = ""  # the answer itself, without names
    to: EntryDigest  # what it answers
