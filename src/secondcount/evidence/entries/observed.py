"""Entries of observers: answers to a checklist, incidents, and events of who may stand."""

from __future__ import annotations

from msgspec import field

from secondcount.evidence.entries.fields import (
    Code,
    Count,
    Date,
    Entry,
    OptionalCode,
    OptionalDate,
    OptionalId,
    OptionalPrivateDigest,
    OptionalPseudonym,
    OptionalPublicDigest,
    OptionalSlug,
    OptionalTime,
    PublicDigest,
    Slug,
    StationId,
)

__all__ = ["Eligibility", "Incident", "Observation"]


class Observation(Entry, frozen=True, kw_only=True):
    """One filled-in observer form at one polling station."""

    answers: dict[Slug, Code]  # question -> answer of a list: "yes", "no", "not_observed", ...
    arrived: OptionalTime = ""
    counts: dict[Slug, Count] = field(default_factory=dict)  # question -> number
    form: PublicDigest  # the form as it was in use
    left: OptionalTime = ""
    observer: OptionalPseudonym = ""
    station: StationId
    synthetic: bool = False


class Incident(Entry, frozen=True, kw_only=True):
    """Something happened that observers report; the account itself stays private."""

    account: OptionalPrivateDigest = ""  # salted digest of the written account
    area: OptionalId = ""
    category: Code
    first_hand: bool  # the observer saw it; false = was told of it
    media: tuple[PublicDigest, ...] = ()  # masked pictures, sorted
    observer: OptionalPseudonym = ""
    station: OptionalId = ""
    synthetic: bool = False
    time: OptionalTime = ""


class Eligibility(Entry, frozen=True, kw_only=True):
    """A list or candidate was registered, refused, struck off, suspended or reinstated."""

    authority: Code  # "central_commission", "court", "ministry", ...
    ballot: OptionalCode = ""  # "not_printed", "struck_out", "still_printed"
    contest: OptionalSlug = ""
    contestant: Slug
    date: Date
    deadline: OptionalDate = ""  # last day of the remedy
    event: Code  # "applied", "refused", "registered", "suspended", "struck_off", "withdrew", "reinstated", ...
    ground: OptionalCode = ""  # as the authority stated it
    remedy: OptionalCode = ""
    source: OptionalPublicDigest = ""
