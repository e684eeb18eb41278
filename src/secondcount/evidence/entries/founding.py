"""Entries that found an archive and say beforehand what will be done: election, stations, plans, keys."""

from __future__ import annotations

from msgspec import field

from secondcount.evidence.entries.fields import (
    Base64,
    Code,
    Count,
    ElectionId,
    Entry,
    File,
    Format,
    KeyId,
    OptionalEntryDigest,
    OptionalSlug,
    Origin,
    PrivateDigest,
    Salt,
    Seed,
    Slug,
    Time,
    Vkey,
    Word,
)

__all__ = ["Commitment", "Deployment", "Draw", "Election", "Key", "Plan", "Stations"]


class Election(Entry, frozen=True, kw_only=True):
    """The first entry: which election, by which definition, in which log, under which key."""

    definition: File  # the TOML document as it was read
    format: Format = "secondcount.archive/1"  # of this archive
    id: ElectionId  # as in the definition
    key: Vkey  # of the first log key
    origin: Origin  # the name in every checkpoint
    params: dict[Slug, Word] = field(default_factory=dict)  # parameters of the definition that the user named


class Stations(Entry, frozen=True, kw_only=True):
    """The official register of polling stations, as a table."""

    blob: File  # the register as it was captured
    rows: Count  # stations in it
    synthetic: bool = False  # made up for practice


class Deployment(Entry, frozen=True, kw_only=True):
    """The stations where copies are expected, announced before the polls close."""

    announced: Time  # when the list was fixed
    commitment: OptionalEntryDigest = ""  # the salted digest that was published before, where there was one
    salt: Salt = ""  # opens it: SHA-256(salt, digest of the list in hexadecimal)
    stations: File  # a table with one station in each row


class Plan(Entry, frozen=True, kw_only=True):
    """A method that is fixed before the figures are known: audit, quick count, forensic tests."""

    contest: OptionalSlug = ""  # "" = all contests
    document: File  # the plan in full
    method: Code  # "risk_limiting_audit", "quick_count", "priorities", ...
    size: Count  # stations to be drawn or read; 0 = the plan does not fix it


class Commitment(Entry, frozen=True, kw_only=True):
    """The salted digest of something that is opened later (`open_commitment`)."""

    digest: PrivateDigest  # SHA-256(32 random bytes, value)
    purpose: Code  # "deployment", "seed", "plan", "account", ...


class Draw(Entry, frozen=True, kw_only=True):
    """Stations drawn at random under a plan, with what is needed to draw them again."""

    commitment: OptionalEntryDigest = ""  # where the seed, or a share of it, was fixed before
    drawn: File  # the stations in the order in which they were drawn
    method: Code  # how seed and register give the stations
    plan: OptionalEntryDigest = ""  # the plan that asks for the draw
    salt: Salt = ""  # opens the commitment: SHA-256(salt, seed)
    seed: Seed  # as it was thrown or published


class Key(Entry, frozen=True, kw_only=True):
    """The log gets a new key; the old one signs "secondcount.key/1", the origin and the new verifier key."""

    new: Vkey  # signs from here on
    old: KeyId  # of the key that signed until here
    signature: Base64  # 64 bytes, by the old key
