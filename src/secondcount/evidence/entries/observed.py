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
    Question,
    Slug,
    StationId,
)

__all__ = ["Eligibility", "Incident", "Observation"]


class Observation(Entry, frozen=True, kw_only=True):
    """One filled-in observer form at one polling station."""

    answers: dict[Question, Code]  # question -> answer of a list: "yes", "no", "not_observed", ...
    arrived: OptionalTime = ""  # of the observer at the station
    counts: dict[Question, Count] = field(default_factory=dict)  # question -> number
    form: PublicDigest  # the form as it was in use
    left: OptionalTime = ""  # when the observer left
    observer: OptionalPseudonym = ""  # who reports
    station: StationId  # where it was filled in
    synthetic: bool = False  # made up for practice


class Incident(Entry, frozen=True, kw_only=True):
    """Something happened that observers report; the account itself stays private."""

    account: OptionalPrivateDigest = ""  # salted digest of the written account
    area: OptionalId = ""  # where the station is not known or not to be told
    category: Code  # "access_denied", "pressure", "copy_refused", ...
    first_hand: bool  # the observer saw it; false = was told of it
    media: tuple[PublicDigest, ...] = ()  # masked pictures, sorted
    observer: OptionalPseudonym = ""  # who reports
    station: OptionalId = ""
    synthetic: bool = False  # made up for practice
    time: OptionalTime = ""


class Eligibility(Entry, frozen=True, kw_only=True):
    """A list or candidate was registered, refused, struck off, suspended or reinstated."""

    authority: Code  # "central_commission", "court", "ministry", ...
    ballot: OptionalCode = ""  # "not_printed", "struck_out", "still_printed"
    contest: OptionalSlug = ""  # "" = all that the contestant stands in
    contestant: Slug
    date: Date  # of the event
    deadline: OptionalDate = ""  # last day of the remedy
    event: Code  # "applied", "refused", "registered", "suspended", "struck_off", "withdrew", "reinstated", ...
    ground: OptionalCode = ""  # as the authority stated it
    remedy: OptionalCode = ""  # "court", "higher_commission", ...
    source: OptionalPublicDigest = ""  # the decision, or what reports it
