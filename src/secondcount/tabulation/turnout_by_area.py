"""Turnout by area from a table of polling stations: ballots or voters over the voters on the list, exact.

What a table says of turnout depends on its lines. The first of these that some station gives is taken, and said:
voters who took part, ballots in the boxes, valid and invalid ballots, every ballot cell, and where the table has
no invalid ballots the contestants' votes alone, below which no turnout can lie.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import polars as pl

from secondcount.model.election import Contest
from secondcount.model.form import Role
from secondcount.model.geography import Geography
from secondcount.tabulation.changes import ballot_cells
from secondcount.tabulation.lineage import climbed, lineages

__all__ = ["AreaTurnout", "Numerator", "TurnoutByArea", "added_up", "turnout_by_area"]

_KEY = "/"  # joins the parts of a station's key


class Numerator(StrEnum):
    """What is held against the voters on the list."""

    TOOK_PART = "took_part"  # the line of voters who took part
    IN_BOXES = "in_boxes"  # the line of ballots found in boxes
    CAST = "cast"  # valid and invalid ballots, or every ballot cell together
    VOTES = "votes"  # contestants' votes only: the table has no invalid ballots, so turnout is at least this


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaTurnout:
    """One area: stations whose lines were all read, and their sums; the share is exact and may exceed 1."""

    area: str  # id of an area; of a district that only the keys of stations name, that part of the key
    stations: int
    registered: int
    ballots: int

    @property
    def share(self) -> Fraction:
        """Return ballots / voters on the list."""
        return Fraction(self.ballots, self.registered)


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnoutByArea:
    """Turnout of the whole and of areas that do not overlap, the one with most voters on the list first."""

    numerator: Numerator
    whole: AreaTurnout
    areas: tuple[AreaTurnout, ...]
    listed: int  # stations of the table
    level: str = ""  # id of the level whose areas only the keys of stations name; "" = areas of the geography

    @property
    def elsewhere(self) -> AreaTurnout | None:
        """Return the stations of the whole that lie in none of the areas, None where there are none."""
        inside = added_up("", self.areas)
        left = AreaTurnout(
            area="",
            stations=self.whole.stations - inside.stations,
            registered=self.whole.registered - inside.registered,
            ballots=self.whole.ballots - inside.ballots,
        )
        return left if left.stations else None


def turnout_by_area(table: pl.DataFrame, contest: Contest, geography: Geography) -> TurnoutByArea | None:
    """Return the turnout of a station table, or None where it has no register, no ballots, or a single area.

    A station with a line that was not read is in no sum, neither above nor below: it would bend the share.
    The areas are those right below the root; one with more than half of all voters on the list is replaced by its
    own parts (else a country would stand beside its embassies). Where all stations lie in the root and their keys
    begin with a part of their own, the areas are these parts.

    Args:
        table: rows of `model.tables.table_columns`, a station at most once.
        contest: the contest of the table.
        geography: its areas, made ones included.

    """
    register = contest.form.line_of(Role.REGISTERED)
    chosen = _numerator(table, contest)
    if register is None or chosen is None:
        return None
    numerator, cells = chosen
    ballots = pl.sum_horizontal(*(pl.col(one).cast(pl.Int128) for one in cells), ignore_nulls=False)
    read = table.select("station", "area", registered=pl.col(register.id).cast(pl.Int128), ballots=ballots)
    read = read.drop_nulls(["registered", "ballots"])
    lines = lineages(geography)
    known = pl.col("area").is_in(list(lines))
    read = read.with_columns(area=pl.when(known).then("area").otherwise(pl.lit(geography.root.id)))
    level, keyed = _by_key(read, geography)
    counted = keyed.group_by("area").agg(
        pl.len().cast(pl.Int128).alias("stations"), pl.col("registered", "ballots").sum()
    )
    found = {one.area: one for one in _rows(counted if level else climbed(counted, lines))}
    whole = added_up(geography.root.id, list(found.values())) if level else found.get(geography.root.id)
    parts = [one for one in found.values() if one.registered] if level else _cut(found, geography)
    if whole is None or not whole.registered or len(parts) < 2:
        return None
    ordered = sorted(parts, key=lambda one: (-one.registered, one.area))
    return TurnoutByArea(numerator=numerator, whole=whole, areas=tuple(ordered), listed=table.height, level=level)


def _numerator(table: pl.DataFrame, contest: Contest) -> tuple[Numerator, tuple[str, ...]] | None:
    """Return what stands for the ballots, and its cells: the first choice of which some station has every cell."""
    for numerator, cells in _choices(contest):
        if cells and table.select(pl.all_horizontal(pl.col(*cells).is_not_null()).any()).item():
            return numerator, cells
    return None


def _choices(contest: Contest) -> Iterator[tuple[Numerator, tuple[str, ...]]]:
    for numerator, roles in (
        (Numerator.TOOK_PART, (Role.TOOK_PART,)),
        (Numerator.IN_BOXES, (Role.IN_BOXES,)),
        (Numerator.CAST, (Role.VALID, Role.INVALID)),
    ):
        lines = [contest.form.line_of(role) for role in roles]
        yield numerator, tuple(one.id for one in lines if one is not None) if all(lines) else ()
    if contest.form.line_of(Role.INVALID) is not None:
        yield Numerator.CAST, ballot_cells(contest)
    yield Numerator.VOTES, tuple(one.id for one in contest.contestants)


def _by_key(read: pl.DataFrame, geography: Geography) -> tuple[str, pl.DataFrame]:
    """Return the rows with the first part of their key as area, and its level, where no area tells them apart."""
    below = [one.id for one in geography.levels[1:]]
    rooted = (read["area"] == geography.root.id).all()
    if not (read.height and len(below) == 1 and rooted and read["station"].str.contains(_KEY, literal=True).all()):
        return "", read
    return below[0], read.with_columns(area=pl.col("station").str.split(_KEY).list.first())


def _rows(counted: pl.DataFrame) -> Iterator[AreaTurnout]:
    for area, stations, registered, ballots in counted.select("area", "stations", "registered", "ballots").iter_rows():
        yield AreaTurnout(area=str(area), stations=int(stations), registered=int(registered), ballots=int(ballots))


def added_up(area: str, parts: Sequence[AreaTurnout]) -> AreaTurnout:
    """Return several areas as one."""
    return AreaTurnout(
        area=area,
        stations=sum(one.stations for one in parts),
        registered=sum(one.registered for one in parts),
        ballots=sum(one.ballots for one in parts),
    )


def _cut(found: dict[str, AreaTurnout], geography: Geography) -> list[AreaTurnout]:
    """Return areas that do not overlap: the root's parts, one with more than half of all voters opened, and so on."""
    root = geography.root.id
    parts = _parts(found, geography, root)
    for _ in geography.levels:
        large = next((one for one in parts if 2 * one.registered > found[root].registered), None)
        inside = _parts(found, geography, large.area) if large is not None else []
        if len(inside) < 2:
            break
        parts = [*(one for one in parts if one is not large), *inside]
    return parts


def _parts(found: dict[str, AreaTurnout], geography: Geography, area: str) -> list[AreaTurnout]:
    """Return the areas right below one that have voters on their lists."""
    children = (found.get(one.id) for one in geography.children(area))
    return [one for one in children if one is not None and one.registered]
