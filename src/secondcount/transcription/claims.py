"""What whoever brought a copy says of its place, beside what two people read on the paper: the paper wins."""

from __future__ import annotations

from secondcount.model.codes import make_issue
from secondcount.model.issue import Issue, Where
from secondcount.transcription.reading import CONTEST, STATION, Place

__all__ = ["check_place", "confirm_place"]


def confirm_place(claim: Place, read: Place) -> Place:
    """Return the place that counts: as read; the claim's station where the paper shows none."""
    return Place(station=read.station or claim.station, contest=read.contest, page_count=read.page_count)


def check_place(claim: Place, read: Place) -> tuple[Issue, ...]:
    """Return where the claim was wrong (K177), and whether the station rests on the claim alone (K178).

    Pages are not held against the claim: it speaks of files, readers of pages; a page that is missing is a `Problem`.
    """
    station = read.station or claim.station
    pairs = ((STATION, claim.station, read.station), (CONTEST, claim.contest, read.contest))
    wrong = [
        make_issue("K177", Where(station=station, contest=read.contest, cell=cell), claimed=claimed, read=seen)
        for cell, claimed, seen in pairs
        if seen not in ("", claimed)
    ]
    unseen = [] if read.station else [make_issue("K178", Where(station=station, contest=read.contest))]
    return (*wrong, *unseen)
