"""What the audit room works on: the copies of one area, and what is known of the stations without a copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

__all__ = ["Pile"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """The usable copies of one area from one provenance level up, one row per station.

    `sheets` has the columns `station` (String), `cap` (Int64: most ballots the station can have held; never
    less than its votes), `cast` (Int64: the station's total over `categories`), and one Int64 column per category,
    none of them null.
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

    @property
    def seen(self) -> int:
        """Return the number of stations with a copy in this pile."""
        return self.sheets.height
