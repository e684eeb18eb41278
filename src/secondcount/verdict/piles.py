"""The copies of one area as the audit room needs them: what is seen, and the most that the unseen can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from secondcount.audit import Pile, UnseenPart
from secondcount.model.election import Contest
from secondcount.model.form import Role
from secondcount.model.geography import Geography
from secondcount.model.publication import Quantity
from secondcount.model.record import Record
from secondcount.tabulation import expected_stations
from secondcount.verdict.official import area_counts, area_publication
from secondcount.verdict.places import Placed, place_rows
from secondcount.verdict.published import Published
from secondcount.verdict.told import near_the_root

__all__ = ["Scene", "levels_of", "pile_of", "scene_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a contest's claims are weighed on: usable copies, what was published, areas, number of stations."""

    contest: Contest
    geography: Geography
    usable: Placed  # one row per station (tabulation.tabulate), `listed` = its voters by the published table
    table: Placed  # the published station table (Published.table)
    published: Published
    expected: Mapping[str, int]  # official number of polling stations by area (tabulation.expected_stations)
    unclear: frozenset[str]  # areas in which nobody can say which stations are unseen (tabulation.unclear_areas)
    told: frozenset[str]  # areas in which a claim that names none is weighed
    synthetic: bool

    @property
    def categories(self) -> tuple[str, ...]:
        """Return the disjoint categories of a vote: the contestants, "against all" among them."""
        return tuple(one.id for one in self.contest.contestants)


def scene_of(
    record: Record, contest: Contest, usable: pl.DataFrame, published: Published, unclear: frozenset[str]
) -> Scene:
    """Return what the claims of one contest are weighed on; `usable` has one row per station."""
    geography = record.election.geography
    votes = pl.sum_horizontal(*(one.id for one in contest.contestants))
    listed = published.table.select("station", listed=_voters(contest), listed_cast=votes)
    return Scene(
        contest=contest,
        geography=geography,
        usable=place_rows(usable.join(listed, on="station", how="left", maintain_order="left"), geography),
        table=place_rows(published.table, geography),
        published=published,
        expected=expected_stations(geography, published.register_or(record.stations)),
        unclear=unclear,
        told=near_the_root(geography),
        synthetic=record.is_synthetic,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unseen:
    """What is published of the stations without a copy; None = not known."""

    cap: int | None = None
    cast: int | None = None
    official: Mapping[str, int] | None = None
    parts: tuple[UnseenPart, ...] = ()
    identified: bool = True


def levels_of(scene: Scene, area: str) -> tuple[int, ...]:
    """Return the provenance levels worth computing, lowest first: the highest of each different set of copies.

    Level 0 is used only when there is nothing better, and then supports no conclusion.
    """
    counts = scene.usable.within(area)["level"]
    found: list[int] = []
    last = 0
    for level in (4, 3, 2, 1):
        height = int((counts >= level).sum())
        if height != last:
            found.append(level)
            last = height
    return tuple(reversed(found)) or ((0,) if counts.len() else (1,))


def pile_of(scene: Scene, area: str, level: int) -> Pile:
    """Return the pile of one area from one provenance level up.

    A copy on which any contestant's cell could not be read is left out: its station counts as unseen.
    A station holds at most its registered voters plus those added on the day, by its copy or by the published
    table, whichever is more, and never less than its votes. Where a copy does not show them and nothing else does,
    CAP cannot be bounded and `unseen_cap` is None.
    """
    rows = scene.usable.within(area).filter(pl.col("level") >= level).drop_nulls(list(scene.categories))
    rows = _with_caps(scene, rows.with_columns(cast=pl.sum_horizontal(*scene.categories)))
    rows = rows.with_columns(turnout=_turnout(scene, area, rows))
    sheets = rows.select("station", "cap", "cast", "turnout", *scene.categories).sort("station")
    expected = scene.expected.get(area)
    unseen = _unseen(scene, area, rows, expected)
    return Pile(
        area=area,
        level=level,
        categories=scene.categories,
        sheets=sheets,
        stations=expected,
        unseen_cap=unseen.cap,
        unseen_cast=unseen.cast,
        official=_official_totals(scene, area),
        synthetic=scene.synthetic,
        official_unseen=unseen.official,
        unseen_parts=unseen.parts,
        identified=unseen.identified,
    )


def _unseen(scene: Scene, area: str, rows: pl.DataFrame, expected: int | None) -> _Unseen:
    """Return the most that the stations without a copy can hold; nothing is bounded where coverage is unclear."""
    if area in scene.unclear:
        return _Unseen(identified=False)
    if area in scene.published.whole:
        return _unseen_by_table(scene, area, rows, expected)
    if expected is not None and rows.height == expected:
        return _Unseen(cap=0 if rows["voters"].null_count() == 0 else None, cast=0)
    return _unseen_by_totals(scene, area, rows)


def _turnout(scene: Scene, area: str, rows: pl.DataFrame) -> pl.Expr:
    """Return what each station can hold under TURNOUT if its copy is false: never less than the authority published.

    With a copy of every station, what the published total has beyond the copies could be at any one of them.
    """
    official = _official_totals(scene, area)
    full = official is not None and rows.height == scene.expected.get(area)
    beyond = max(0, sum(official.values()) - _sum(rows["cast"])) if official is not None and full else 0
    return pl.max_horizontal(pl.col("cast") + beyond, pl.col("listed_cast").fill_null(0))


def _with_caps(scene: Scene, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the copies with `voters` (null where neither copy nor table shows them) and `cap`."""
    voters = pl.max_horizontal(_voters(scene.contest), "listed")
    return rows.with_columns(voters=voters).with_columns(
        cap=pl.max_horizontal(pl.col("voters").fill_null(0), "cast", pl.col("listed_cast").fill_null(0)).cast(pl.Int64)
    )


def _voters(contest: Contest) -> pl.Expr:
    """Return registered plus added voters of a row; null where the register is not shown."""
    registered, added = contest.form.line_of(Role.REGISTERED), contest.form.line_of(Role.ADDED)
    voters = pl.col(registered.id) if registered else pl.lit(None, pl.Int64)
    return voters + pl.col(added.id).fill_null(0) if added else voters


def _official_totals(scene: Scene, area: str) -> Mapping[str, int] | None:
    """Return the newest final votes of the area, None where no publication gives every contestant's."""
    published = scene.published
    publication = area_publication(published.final, scene.contest, published.finals, area)
    if not publication:
        return None
    counts = area_counts(published.final, scene.contest, publication, area)
    return {cell: counts[cell] for cell in scene.categories}


def _unseen_by_table(scene: Scene, area: str, seen: pl.DataFrame, expected: int | None) -> _Unseen:
    """Return what a whole station table says of the stations without a copy.

    Nothing is known where the table has holes there, or where copies are from stations that it does not list.
    """
    table = scene.table.within(area)
    rows = table.join(seen, on="station", how="anti")
    rows = rows.select(
        "station", *scene.categories, cast=pl.sum_horizontal(*scene.categories), voters=_voters(scene.contest)
    ).sort("station")
    if rows.height != (table.height if expected is None else expected) - seen.height:
        return _Unseen(identified=False)
    if any(rows[cell].null_count() for cell in scene.categories):
        return _Unseen()
    cap = pl.max_horizontal("voters", "cast")  # more votes than voters does happen: the station held that many
    rows = rows.with_columns(cap=pl.when(pl.col("voters").is_not_null()).then(cap))
    known = rows["cap"].null_count() == 0 and seen["voters"].null_count() == 0
    return _Unseen(
        cap=_sum(rows["cap"]) if known else None,
        cast=_sum(rows["cast"]),
        official={cell: _sum(rows[cell]) for cell in scene.categories},
        parts=tuple(
            UnseenPart(id=station, cap=cap, cast=cast)
            for station, cap, cast in rows.select("station", "cap", "cast").iter_rows()
        ),
    )


def _sum(column: pl.Series) -> int:
    """Return an exact sum, however large."""
    return int(column.cast(pl.Int128).sum())


def _unseen_by_totals(scene: Scene, area: str, rows: pl.DataFrame) -> _Unseen:
    """Return what the area's published totals leave for the stations without a copy.

    Of the published register only the registered voters of the copies are taken off: voters added on the day, or
    votes beyond the register, leave no less room elsewhere. Less than nothing is said, not hidden (C123, C124).
    """
    official = _official_totals(scene, area)
    cast = None if official is None else sum(official.values()) - _sum(rows["cast"])
    line = scene.contest.form.line_of(Role.REGISTERED)
    total = _published_most(scene, area, Role.REGISTERED)
    if line is None or total is None:
        return _Unseen(cast=cast)
    added = _published_most(scene, area, Role.ADDED) or 0
    return _Unseen(cap=total + added - _sum(rows[line.id].fill_null(0)), cast=cast)


def _published_most(scene: Scene, area: str, role: Role) -> int | None:
    """Return the most that a line of an area can be by any published figure (rounded upwards), None without one."""
    line = scene.contest.form.line_of(role)
    rows = scene.published.figures.filter(
        (pl.col("area") == area)
        & pl.col("contest").is_in(["", scene.contest.id])
        & (pl.col("quantity") == Quantity.COUNT.value)
        & (pl.col("cell") == (line.id if line else ""))
        & (pl.col("decimals") == 0)
    )
    if line is None or not rows.height:
        return None
    most = [int(value) + (int(rounding) + 1) // 2 for value, rounding in rows.select("value", "rounding").iter_rows()]
    return max(most)
