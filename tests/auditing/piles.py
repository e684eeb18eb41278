"""Piles of copies for tests, and every completion that a feasible set allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from secondcount.audit.pile import Pile
from secondcount.audit.result import Feasible

Row = Mapping[str, int]


def pile(
    categories: Sequence[str],
    rows: Sequence[Row],
    *,
    caps: Sequence[int] = (),
    stations: int | None = None,
    unseen_cap: int | None = 0,
    unseen_cast: int | None = 0,
    level: int = 3,
    official: Row | None = None,
) -> Pile:
    """Return a pile with one row of votes per station; its cap is the votes themselves unless `caps` says more."""
    cast = [sum(row[cell] for cell in categories) for row in rows]
    columns: dict[str, list[int]] = {cell: [row[cell] for row in rows] for cell in categories}
    frame = pl.DataFrame(
        {
            "station": pl.Series([f"s{number:06d}" for number in range(len(rows))], dtype=pl.String),
            "cap": pl.Series(list(caps) or cast, dtype=pl.Int64),
            "cast": pl.Series(cast, dtype=pl.Int64),
            **{cell: pl.Series(votes, dtype=pl.Int64) for cell, votes in columns.items()},
        }
    )
    return Pile(
        area="whole",
        level=level,
        categories=tuple(categories),
        sheets=frame,
        stations=stations,
        unseen_cap=unseen_cap,
        unseen_cast=unseen_cast,
        official=official,
    )


def compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to divide a total into so many ordered parts."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in compositions(total - first, parts - 1):
            yield (first, *rest)


def completions(copies: Row, unseen: int, feasible: Feasible) -> Iterator[dict[str, int]]:
    """Yield all totals that the copies and the feasible set allow."""
    least = 0 if feasible is Feasible.CAP else unseen
    for mass in range(least, unseen + 1):
        for more in compositions(mass, len(copies)):
            yield {cell: count + extra for (cell, count), extra in zip(copies.items(), more, strict=True)}
