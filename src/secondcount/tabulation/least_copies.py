"""k: the least number of copies that must be false for a sum of copies and a published figure both to stand.

A copy that is false can be false by its room: the most by which its figure could have been other than it is.
To cover a difference with as few copies as possible, the copies with the largest rooms are taken first; no other
choice of so many copies has more room, so the number is exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from secondcount.model.election import Contest
from secondcount.model.form import Role
from secondcount.tabulation.lineage import Lineages, above_frame

__all__ = ["Gap", "least_copies", "room_above", "room_below"]

_CAPPED = (Role.ISSUED, Role.TOOK_PART, Role.IN_BOXES, Role.INVALID, Role.VALID)
"""Lines that cannot hold more than the voters on the list, as votes cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """An area whose copies have to be off by at least `votes`, which is positive, for one figure to stand."""

    area: str
    votes: int


def room_below(cell: str) -> pl.Expr:
    """Return by how much a copy's figure can be too high: all of it."""
    return pl.col(cell)


def room_above(cell: str, contest: Contest) -> pl.Expr:
    """Return by how much a copy's figure can be too low: up to the voters on its list, null where nothing limits it.

    The voters are those of the copy's own register line, those added on the day included. A copy with more than
    its voters shows that they are no limit there.
    """
    voters = voters_on_list(contest)
    limited = {one.id for one in contest.contestants}
    limited |= {line.id for line in contest.form.lines if line.role in _CAPPED}
    if voters is None or cell not in limited:
        return pl.lit(None, dtype=pl.Int128)
    room = voters - pl.col(cell).cast(pl.Int128)
    return pl.when(room >= 0).then(room)


def voters_on_list(contest: Contest) -> pl.Expr | None:
    """Return the voters on a copy's list, null where the copy does not show them, None where the form has no line."""
    line, added = contest.form.line_of(Role.REGISTERED), contest.form.line_of(Role.ADDED)
    if line is None:
        return None
    voters = pl.col(line.id).cast(pl.Int128)
    return voters if added is None else voters + pl.col(added.id)


def least_copies(usable: pl.DataFrame, room: pl.Expr, gaps: Iterable[Gap], areas: Lineages) -> dict[str, int]:
    """Return k by area: the fewest copies whose rooms together cover the gap.

    A copy with unlimited room (null) covers any gap alone. Where all rooms together do not cover it, k is the number
    of all copies: at least those are false, and the registers on them cannot be right either.

    Args:
        usable: the copies that show the figure, one row per station.
        room: the room of each copy.
        gaps: at most one per area.
        areas: the lineage of every area.

    """
    wanted = pl.DataFrame([(one.area, one.votes) for one in gaps], schema=_GAPS, orient="row")
    held = frozenset(wanted["gap area"])
    within = {area: kept for area, line in areas.items() if (kept := tuple(one for one in line if one in held))}
    pairs = above_frame(within).join(wanted, left_on="above", right_on="gap area")
    # Copies with the same room are as good as each other: there are few rooms, however many the copies.
    rows = usable.select("area", room=room.cast(pl.Int128)).join(pairs, on="area")
    rooms = rows.group_by("above", "votes", "room").agg(copies=pl.len().cast(pl.Int64))
    rooms = rooms.sort("room", descending=True, nulls_last=True)
    counted = rooms.group_by("above", maintain_order=True).agg(
        taken=_taken().sum().cast(pl.Int64), unlimited=pl.col("room").is_null().any()
    )
    return {area: 1 if unlimited else taken for area, taken, unlimited in counted.iter_rows()}


def _taken() -> pl.Expr:
    """Return how many copies of one room are taken, after all copies with more room, to cover what is left."""
    room, copies = pl.col("room"), pl.col("copies")
    covered = (room * copies).cum_sum() - room * copies
    left = pl.col("votes") - covered
    # Without room a copy covers nothing: all of them are counted where nothing else is left.
    enough = pl.when(room > 0).then((left + room - 1) // room).otherwise(copies)
    return pl.when(left > 0).then(pl.min_horizontal(enough, copies)).otherwise(0)


_GAPS: dict[str, type[pl.DataType]] = {"gap area": pl.String, "votes": pl.Int128}
