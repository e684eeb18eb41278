"""The copies of one area as the audit room needs them: what is seen, and the most that the unseen can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from secondcount.audit.pile import Pile
from secondcount.model.election import Contest
from secondcount.model.form import Role
from secondcount.model.geography import Geography
from secondcount.model.publication import Publication, Quantity
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
    synthetic: bool

    def within(self, area: str) -> pl.DataFrame:
        """Return the usable copies of an area and all its parts."""
        inside = [one.id for one in self.geography.areas if area in self.geography.lineage(one.id)]
        return self.usable.filter(pl.col("area").is_in(inside))


def levels_of(scene: Scene, area: str) -> tuple[int, ...]:
    """Return the provenance levels worth computing: each one that leaves a different set of copies.

    Level 0 is used only when there is nothing better, and then supports no conclusion.
    """
    counts = scene.within(area)["level"]
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
    contest = scene.contest
    categories = tuple(one.id for one in contest.contestants)
    rows = scene.within(area).filter(pl.col("level") >= level)
    rows = rows.drop_nulls(list(categories)).with_columns(cast=pl.sum_horizontal(*categories))
    known_cap, cap = _cap(contest, rows)
    sheets = rows.select("station", cap.cast(pl.Int64).alias("cap"), "cast", *categories).sort("station")
    place = scene.geography.area(area)
    expected = place.stations if place else None
    official = _official_totals(scene, area, categories)
    full = expected is not None and sheets.height >= expected
    return Pile(
        area=area,
        level=level,
        categories=categories,
        sheets=sheets,
        stations=expected,
        unseen_cap=_unseen_cap(scene, area, sheets, full=full, known=known_cap),
        unseen_cast=0 if full else _unseen_cast(official, sheets),
        official=official,
        synthetic=scene.synthetic,
    )


def _cap(contest: Contest, rows: pl.DataFrame) -> tuple[bool, pl.Expr]:
    """Return whether every copy shows its registered voters, and the cap of each station as an expression."""
    line = contest.form.line_of(Role.REGISTERED)
    if line is None:
        return rows.height == 0, pl.col("cast")
    registered = pl.col(line.id)
    added = contest.form.line_of(Role.ADDED)
    if added is not None:
        registered = registered + pl.col(added.id).fill_null(0)
    known = rows.height == 0 or rows[line.id].null_count() == 0
    return known, pl.max_horizontal(registered.fill_null(0), pl.col("cast"))


def _official_totals(scene: Scene, area: str, categories: tuple[str, ...]) -> Mapping[str, int] | None:
    """Return the newest published votes of the area, None where no publication gives every contestant's."""
    publication = area_publication(scene.figures, scene.contest, scene.publications, area)
    if not publication:
        return None
    counts = area_counts(scene.figures, scene.contest, publication, area)
    return {cell: counts[cell] for cell in categories}


def _unseen_cast(official: Mapping[str, int] | None, sheets: pl.DataFrame) -> int | None:
    return None if official is None else sum(official.values()) - int(sheets["cast"].sum())


def _unseen_cap(scene: Scene, area: str, sheets: pl.DataFrame, *, full: bool, known: bool) -> int | None:
    if full:
        return 0 if known else None
    total = _registered(scene, area)
    return None if total is None else max(0, total - int(sheets["cap"].sum()))


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
    return max(value + (rounding + 1) // 2 for value, rounding in rows.select("value", "rounding").iter_rows())
