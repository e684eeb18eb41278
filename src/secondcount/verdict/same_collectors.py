"""Two pseudonyms of one person: two archives of one table gave its collector one each.

A row that stands under two pseudonyms, and is otherwise the same, is one row of one table, and has one collector. So
both pseudonyms are one person's, and whatever else stands under either is no independent copy of the other's. Nobody
can tell two people apart by such rows, only take two for one, which corroborates less and is told (A464).
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from secondcount.evidence.sameness import PSEUDONYM, SamePeople

__all__ = ["same_collectors"]


def same_collectors(rows: pl.DataFrame, said: Sequence[str]) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return rows with one pseudonym for each person, and the pseudonyms that were replaced.

    Args:
        rows: of the copies in entries; one that is a row of a table has its number in "row".
        said: the columns that hold what a row says, but for its collector.

    """
    theirs = rows.filter((pl.col("row") > 0) & pl.col("collector").str.contains(f"^{PSEUDONYM}$"))
    shared = theirs.group_by(said).agg(pl.col("collector").unique().sort())["collector"]
    people = SamePeople()
    for first, *others in shared.filter(shared.list.len() > 1).unique().to_list():
        for other in others:
            people.link(first, other)
    same = people.replaced()
    if not same:
        return rows, ()
    return rows.with_columns(pl.col("collector").replace(same)), tuple(sorted(same))
