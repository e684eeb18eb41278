"""What the audit room works on: the copies of one area, and what is known of the stations without a copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

__all__ = ["Pile", "UnseenPart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnseenPart:
    """A station without a copy, or an area with several of them; None = not known."""

    id: str
    stations: int = 1
    cap: int | None = None  # most ballots that they can hold together
    cast: int | None = None  # votes that they cast together by the published figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """The usable copies of one area from one provenance level up, one row per station.

    `sheets` has the columns `station` (String), `cap` (Int64: most ballots the station can have held; never less than
    its votes), `cast` (Int64: the station's total over `categories`), and one Int64 column per category, none of them
    null. It may have a column `turnout`: what a station can hold under TURNOUT if its copy is false, where that is
    known to be more than the copy shows.
    """

    area: str
    level: int
    categories: tuple[str, ...]  # disjoint: contestants, then "invalid" and the like where the form has them
    sheets: pl.DataFrame
    stations: int | None  # N of the area; None = not published
    unseen_cap: int | None  # most ballots that all stations without a copy can hold; None = not known
    unseen_cast: int | None  # the published total minus the copies' total; None = not published, < 0 = impossible
    official: Mapping[str, int] | None = None  # published totals of the area, per category
    synthetic: bool = False
    identified: bool = True  # False: it is not clear which stations are the unseen ones, so nothing can be bounded
    official_unseen: Mapping[str, int] | None = None  # published figures of the stations without a copy, summed
    unseen_parts: tuple[UnseenPart, ...] = ()  # where the unseen are, if the register of stations or areas says

    @property
    def seen(self) -> int:
        """Return the number of stations with a copy in this pile."""
        return self.sheets.height
