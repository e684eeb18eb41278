"""Entries that follow one copy of a protocol: arrival, readings, the agreed sheet, custody, provenance."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from secondcount.evidence.entries.fields import (
    AreaId,
    Basis,
    Blob,
    Cells,
    Code,
    Collector,
    Count,
    Entry,
    EntryDigest,
    EntryDigests,
    Level,
    OptionalEntryDigest,
    OptionalFileName,
    OptionalPrivateDigest,
    OptionalPseudonym,
    OptionalPublicDigest,
    OptionalTime,
    Ordinal,
    Overwritten,
    PrivateDigest,
    Pseudonym,
    Salt,
    Slug,
    States,
    StationId,
)

__all__ = ["Adjudication", "Copy", "Custody", "Provenance", "Reading", "Sheet"]


class Copy(Entry, frozen=True, kw_only=True):
    """An image of a protocol arrived: its masked public derivative, and the digest of the original."""

    collector: Collector = ""  # who sent it
    contest: Slug
    derivative: Blob  # without metadata, with masked regions
    first: EntryDigest | UnsetType = UNSET  # of a further page: the entry of the first one
    holder: OptionalPseudonym = ""  # who keeps the paper
    level: Level  # 0 ... 4
    original: PrivateDigest  # as it arrived, with metadata; stays private
    page: Ordinal | UnsetType = UNSET  # of a copy that has several
    received: OptionalTime = ""  # when it arrived
    station: StationId  # as whoever sent it says
    supersedes: OptionalEntryDigest = ""  # an earlier image of the same paper
    synthetic: bool = False  # made up for practice


class Reading(Entry, frozen=True, kw_only=True):
    """What one reader, person or machine, read on a copy without seeing any other reading."""

    cells: Cells  # exactly those whose state is "="
    commitment: EntryDigest | UnsetType = UNSET  # what fixed this reading before any other of the copy was shown
    contest: Slug
    copy: EntryDigest  # the image that was read, of several pages the first
    means: Code  # "person", "machine"
    overwritten: Overwritten | UnsetType = UNSET  # cells in which one number stands over another
    page_count: Count | UnsetType = UNSET  # pages that the reader saw
    problem: Code | UnsetType = UNSET  # why nothing was read: "not_a_protocol", "unreadable", "page_missing", ...
    reader: Pseudonym  # of a machine: its name
    salt: Salt | UnsetType = UNSET  # opens the commitment: SHA-256(salt, this entry without commitment and salt)
    states: States  # in the order of the contest's cells: lines, then contestants
    station: StationId  # as read on the copy


class Adjudication(Entry, frozen=True, kw_only=True):
    """Readings of one copy were laid side by side, and this is what was decided."""

    adjudicator: OptionalPseudonym = ""  # "" = they agreed, nobody had to decide
    cells: Cells  # exactly those whose state is "="
    contest: Slug
    copy: EntryDigest  # the image that was read, of several pages the first
    pages: EntryDigests | UnsetType = UNSET  # all images that were read, in the order of the pages
    readings: EntryDigests  # two or more, sorted
    reason: Code  # "agreed", "third_reading", "arithmetic", "paper_seen", ...
    states: States  # in the order of the contest's cells: lines, then contestants
    station: StationId


class Sheet(Entry, frozen=True, kw_only=True):
    """The figures of one copy of one station's protocol in one contest."""

    area: AreaId  # deepest known area; the root where nothing is said
    basis: Basis  # where the figures stand
    cells: Cells  # exactly those whose state is "="
    collector: Collector = ""  # who brought the copy
    contest: Slug
    copy: Ordinal  # independent copies of one protocol
    level: Level  # 0 ... 4
    states: States  # in the order of the contest's cells: lines, then contestants
    station: StationId
    version: Ordinal  # later protocols of the same commission


class Custody(Entry, frozen=True, kw_only=True):
    """Something was done with an item: imported, received, moved, handed over."""

    actor: OptionalPseudonym = ""  # whose act it was, or whom it concerns
    event: Code  # "table_imported", "image_received", "paper_held", "handed_over", "name_released", ...
    file: OptionalPrivateDigest = ""  # the item, where it is a file
    issues: OptionalPublicDigest = ""  # canonical JSON list of what was found on the way in
    layout: OptionalPublicDigest = ""  # the mapping by which the table was read
    name: OptionalFileName = ""  # of the file; choose one that names nobody
    of: OptionalEntryDigest = ""  # the item, where it is an entry
    rows: Count = 0  # of a table: rows that became entries
    synthetic: bool = False  # made up for practice
    time: OptionalTime = ""  # of the event; never the clock of an import


class Provenance(Entry, frozen=True, kw_only=True):
    """A copy or sheet gets another provenance level, with the grounds."""

    by: OptionalPseudonym = ""  # who judged it
    corroborated_by: EntryDigests = ()  # independent copies, sorted
    grounds: tuple[Code, ...]  # "receipt", "certified", "stamp", "second_copy", ...; sorted
    level: Level  # 0 ... 4
    of: EntryDigest  # the copy or sheet
