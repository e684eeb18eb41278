"""Entries about conclusions, and about other entries: nothing is edited, a later entry names the earlier one."""

from __future__ import annotations

from secondcount.evidence.entries.fields import (
    Claim,
    Code,
    Count,
    Entry,
    EntryDigest,
    IssueCode,
    OptionalSlug,
    Ordinal,
    Pseudonym,
    PublicDigest,
    Release,
)

__all__ = ["Correction", "Override", "Verdict", "Withdrawal"]


class Verdict(Entry, frozen=True, kw_only=True):
    """A verdict was derived from the first `tree_size` entries; anyone can derive it again."""

    claims: tuple[Claim, ...] = ()  # as they were put, in their order
    contest: OptionalSlug = ""  # of the claims, "" = as the definition says
    derivation: Ordinal  # version of the derivation
    digest: PublicDigest  # of verdict.json
    release: Release  # of Secondcount
    tree_size: Count  # entries of the log that it rests on


class Withdrawal(Entry, frozen=True, kw_only=True):
    """A blob is no longer shown; its digest and the reason stay."""

    blob: PublicDigest  # what is no longer shown
    reason: Code  # "personal_data", "safety", "court_order", "rights", ...


class Override(Entry, frozen=True, kw_only=True):
    """People accept an entry although a rule spoke against it; the rule's finding stays."""

    by: tuple[Pseudonym, ...]  # who decided, sorted
    issue: IssueCode  # what the rule found
    of: EntryDigest  # what is accepted
    reason: Code  # "paper_seen", "known_form", ...


class Correction(Entry, frozen=True, kw_only=True):
    """An entry is replaced by another one; both stay."""

    by: EntryDigest  # what holds instead
    of: EntryDigest  # what no longer holds
    reason: Code  # "misread", "wrong_station", "authority_corrected", "duplicate", ...
