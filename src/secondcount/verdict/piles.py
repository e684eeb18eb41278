"""The copies of one area as the audit room needs them: what is seen, and the most that the unseen can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from secondcount.audit import Pile, UnseenPart
from secondcount.model.election import Contest
from secondcount.model.form import Role
from secondcount.model.geography import Geography
from secondcount.model.publication import Publication, Quantity
from secondcount.tabulation import expected_stations
from secondcount.verdict.official import area_counts, area_publication

__all__ = ["Scene", "levels_of", "pile_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a contest's claims are weighed on: usable copies, published figures, areas, register of stations."""

    contest: Contest
    geography: Geography
    usable: pl.DataFrame  # one row per station (tabulation.tabulate)
    figures: pl.DataFrame
    publications: tuple[Publication, ...]  # oldest first
    stations: pl.DataFrame  # register of stations, may be empty
    reported: pl.DataFrame | None  # the newest published station table, one row per station
    synthetic: bool

    @property
    def categories(self) -> tuple[str, ...]:
        """Return the disjoint categories of a vote: the contestants, "against all" among them."""
        return tuple(one.id for one in self.contest.contestants)

    def within(self, frame: pl.DataFrame, area: str) -> pl.DataFrame:
        """Return the rows of a frame whose area is this one or a part of it."""
        inside = [one.id for one in self.geography.areas if area in self.geography.lineage(one.id)]
        return frame.filter(pl.col("area").is_in(inside))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unseen:
    """What is published of the stations without a copy; None = not known."""

    cap: int | None = None
    cast: int | None = None
    official: Mapping[str, int] | None = None
    parts: tuple[UnseenPart, ...] = ()


def levels_of(scene: Scene, area: str) -> tuple[int, ...]:
    """Return the provenance levels worth computing: each one that leaves a different set of copies.

    Level 0 is used only when there is nothing better, and then supports no conclusion.
    """
    counts = scene.within(scene.usable, area)["level"]
    found: list[int] = []
    last = -1
    for level in (1, 2, 3, 4):
        height = int((counts >= level).sum())
        if height and height != last:
            found.append(level)
            last = height
    return tuple(found) or ((0,) if counts.len() else (1,))


def pile_of(scene: Scene, area: str, level: int) -> Pile:
    """Return the pile of one area from one provenance level up.

    A copy on which any contestant's cell could not be read is left out: its station counts as unseen.
    Under CAP a station holds at most its registered voters plus those added on the day, both from its copy,
    and never less than its votes; where a copy does not show them and the area's register is not
    published either, CAP cannot be bounded and `unseen_cap` is None.
    """
    rows = scene.within(scene.usable, area).filter(pl.col("level") >= level)
    rows = rows.drop_nulls(list(scene.categories)).with_columns(cast=pl.sum_horizontal(*scene.categories))
    caps_known, cap = _cap(scene.contest, rows)
    sheets = rows.select("station", cap.cast(pl.Int64).alias("cap"), "cast", *scene.categories).sort("station")
    expected = expected_stations(scene.geography, scene.stations).get(area)
    official = _official_totals(scene, area)
    if expected is not None and sheets.height >= expected:
        unseen = _Unseen(cap=0 if caps_known else None, cast=0)
    else:
        unseen = _unseen_by_table(scene, area, sheets) or _unseen_by_totals(scene, area, sheets, official)
    return Pile(
        area=area,
        level=level,
        categories=scene.categories,
        sheets=sheets,
        stations=expected,
        unseen_cap=unseen.cap,
        unseen_cast=unseen.cast,
        official=official,
        synthetic=scene.synthetic,
        official_unseen=unseen.official,
        unseen_parts=unseen.parts,
    )


def _cap(contest: Contest, rows: pl.DataFrame) -> tuple[bool, pl.Expr]:
    """Return whether every copy shows its registered voters, and the cap of each station as an expression."""
    line = contest.form.line_of(Role.REGISTERED)
    if line is None:
        return rows.height == 0, pl.col("cast")
    known = rows.height == 0 or rows[line.id].null_count() == 0
    return known, pl.max_horizontal(_voters(contest).fill_null(0), pl.col("cast"))


def _voters(contest: Contest) -> pl.Expr:
    """Return registered plus added voters of a row; null where the register is not shown."""
    registered, added = contest.form.line_of(Role.REGISTERED), contest.form.line_of(Role.ADDED)
    voters = pl.col(registered.id) if registered else pl.lit(None, pl.Int64)
    return voters + pl.col(added.id).fill_null(0) if added else voters


def _official_totals(scene: Scene, area: str) -> Mapping[str, int] | None:
    """Return the newest published votes of the area, None where no publication gives every contestant's."""
    publication = area_publication(scene.figures, scene.contest, scene.publications, area)
    if not publication:
        return None
    counts = area_counts(scene.figures, scene.contest, publication, area)
    return {cell: counts[cell] for cell in scene.categories}


def _unseen_by_table(scene: Scene, area: str, sheets: pl.DataFrame) -> _Unseen | None:
    """Return what a published station table says of the stations without a copy, None where it has holes."""
    if scene.reported is None:
        return None
    rows = scene.within(scene.reported, area).join(sheets, on="station", how="anti")
    rows = rows.select(
        "station", *scene.categories, cast=pl.sum_horizontal(*scene.categories), voters=_voters(scene.contest)
    ).sort("station")
    if any(rows[cell].null_count() for cell in scene.categories):
        return None
    cap = pl.max_horizontal("voters", "cast")  # more votes than voters does happen: the station held that many
    rows = rows.with_columns(cap=pl.when(pl.col("voters").is_not_null()).then(cap))
    return _Unseen(
        cap=None if rows["cap"].null_count() else int(rows["cap"].sum()),
        cast=int(rows["cast"].sum()),
        official={cell: int(rows[cell].sum()) for cell in scene.categories},
        parts=tuple(
            UnseenPart(id=station, cap=cap, cast=cast)
            for station, cap, cast in rows.select("station", "cap", "cast").iter_rows()
        ),
    )


def _unseen_by_totals(scene: Scene, area: str, sheets: pl.DataFrame, official: Mapping[str, int] | None) -> _Unseen:
    """Return what the area's published totals leave for the stations without a copy."""
    cast = None if official is None else sum(official.values()) - int(sheets["cast"].sum())
    total = _registered(scene, area)
    return _Unseen(cap=None if total is None else max(0, total - int(sheets["cap"].sum())), cast=cast)


def _registered(scene: Scene, area: str) -> int | None:
    """Return the most voters that an area's register can hold by any published figure (rounding upwards)."""
    line = scene.contest.form.line_of(Role.REGISTERED)
    rows = scene.figures.filter(
        (pl.col("area") == area)
        & (pl.col("quantity") == Quantity.COUNT.value)
        & (pl.col("cell") == (line.id if line else ""))
        & (pl.col("decimals") == 0)
    )
    if line is None or not rows.height:
        return None
    most = [int(value) + (int(rounding) + 1) // 2 for value, rounding in rows.select("value", "rounding").iter_rows()]
    return max(most)
