"""What an authority (or a newspaper quoting it) published, and when: metadata of the figures in a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from secondcount.model.labels import Labels

__all__ = ["Publication", "Quantity", "Stage"]


class Stage(StrEnum):
    """Where in the count a publication stands."""

    VOTING = "voting"  # turnout during and at the end of voting
    PRELIMINARY = "preliminary"
    FINAL = "final"


class Quantity(StrEnum):
    """What a published figure measures."""

    COUNT = "count"  # votes of a contestant or the figure of a protocol line
    SHARE = "share"  # percentage of a contestant; the base is often not said
    TURNOUT = "turnout"  # percentage of registered voters who took part
    SEATS = "seats"
    LEAD = "lead"  # one contestant's votes minus another's
    STATIONS = "stations"  # number of polling stations of an area
    HOUSE = "house"  # number of seats that an area has to give


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One release of figures: by whom, at which stage, when, and on whose word we have it."""

    id: str
    issuer: str
    stage: Stage
    labels: Labels
    published: datetime | None = None  # with time zone where the source gives a time of day
    sources: tuple[str, ...] = ()
    one_side: str = ""  # non-empty: whose account alone this is
    synthetic: bool = False
    complete: bool = False  # a station table that is said to list every polling station
    issuer_labels: Labels | None = None  # `issuer` in the languages of the screens
    one_side_labels: Labels | None = None  # `one_side` in the languages of the screens
