"""One published station table against the one before it: what changed, what was added, what is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from secondcount.site.edition import Part
from secondcount.site.grid import Column, Grid
from secondcount.site.voice import Voice
from secondcount.tabulation import SnapshotComparison
from secondcount.tabulation.listing import first_names

__all__ = ["BetweenView", "between_views"]

MOST_SHOWN = 20
"""So many changed stations of one pair of tables are written out; the others are counted."""
_OWN_WORDS = ("annulled", "zero_before", "emptied", "filled")
"""Kinds that are told here in other words than beside a copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BetweenView:
    """What lies between two published station tables of one contest."""

    title: str
    lead: str
    counts: Grid
    net: Grid | None  # None: no figure of ballots changed
    stations: Grid | None
    fold: str  # heading of the fold over `stations`
    listed: tuple[str, ...]  # which stations were added, which are gone


def between_views(part: Part) -> tuple[BetweenView, ...]:
    """Return a view of each station table of the authority against the one before it, oldest first."""
    return tuple(_view(part, one) for one in part.sides.between) if part.sides else ()


def _view(part: Part, one: SnapshotComparison) -> BetweenView:
    say, changed = part.voice.say, one.changed.height
    shown = _stations(part, one)
    return BetweenView(
        title=say("between.title", earlier=part.dated(one.earlier), later=part.dated(one.later)),
        lead=say("between.lead", n=one.compared, changed=changed) if one.compared else say("between.apart"),
        counts=_counts(part.voice, one),
        net=_net(part.voice, one),
        stations=shown,
        fold=say("between.fold", n=changed) if shown else "",
        listed=tuple(_named(part.voice, one)),
    )


def _counts(voice: Voice, one: SnapshotComparison) -> Grid:
    numbers = (
        ("compared", one.compared),
        ("changed", one.changed.height),
        ("one_cell", one.one_cell),
        ("same_ballots", one.same_ballots),
        ("added", one.added.height),
        ("removed", one.removed.height),
    )
    return Grid(
        caption=voice.say("between.counts"),
        columns=(
            Column(title=voice.say("between.column.what"), figures=False),
            Column(title=voice.say("stations.column.stations")),
        ),
        rows=tuple((voice.say(f"between.count.{name}"), voice.count(number)) for name, number in numbers),
    )


def _net(voice: Voice, one: SnapshotComparison) -> Grid | None:
    """Return the net change of each figure over the stations in both tables."""
    if not one.net:
        return None
    return Grid(
        caption=voice.say("between.net"),
        columns=(
            Column(title=voice.say("between.column.figure"), figures=False),
            *(Column(title=voice.say(f"between.column.{name}")) for name in ("net", "gained", "lost")),
        ),
        rows=tuple(
            (
                voice.contestant(each.cell),
                voice.say("between.signed", n=each.net),
                voice.count(each.gained),
                voice.count(each.lost),
            )
            for each in one.net
        ),
        note=voice.say("between.net_note"),
    )


def _stations(part: Part, one: SnapshotComparison) -> Grid | None:
    """Return the stations that changed most, each with its figures in both tables."""
    if not one.changed.height:
        return None
    voice, left_out = part.voice, one.changed.height - MOST_SHOWN
    first = _largest(one)
    figures = _figures(voice, one.differing.join(first.select("station"), on="station", how="semi"))
    return Grid(
        caption=voice.say("between.caption"),
        columns=tuple(
            Column(title=voice.say(key), figures=False)
            for key in (
                "stations.column.station",
                "stations.column.area",
                "between.column.figures",
                "stations.column.kind",
            )
        ),
        rows=tuple(
            (
                station,
                voice.name("area", area),
                "; ".join(figures.get(station, ())) or voice.say("none"),
                _kind(voice, kind),
            )
            for station, area, kind in first.select("station", "area", "kind").iter_rows()
        ),
        note=voice.say("between.left_out", n=left_out) if left_out > 0 else "",
    )


def _largest(one: SnapshotComparison) -> pl.DataFrame:
    """Return the changed stations whose figures are furthest apart, the largest change first."""
    apart = one.differing.group_by("station").agg(apart=pl.col("difference").abs().cast(pl.Int128).sum())
    ranked = one.changed.join(apart, on="station", how="left").with_columns(pl.col("apart").fill_null(0))
    return ranked.sort("apart", "station", descending=[True, False]).head(MOST_SHOWN)


def _figures(voice: Voice, differing: pl.DataFrame) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for station, cell, before, after, difference in differing.select(
        "station", "cell", "before", "after", "difference"
    ).iter_rows():
        numbers = {"before": voice.count(before), "after": voice.count(after), "difference": difference}
        found.setdefault(station, []).append(voice.say("between.figure", cell=voice.short(cell), **numbers))
    return found


def _kind(voice: Voice, kind: str) -> str:
    return voice.say(f"between.kind.{kind}") if kind in _OWN_WORDS else voice.say(f"change.{kind}")


def _named(voice: Voice, one: SnapshotComparison) -> Iterator[str]:
    """Yield which stations were added and which are gone, the first of them by name."""
    for name, rows in (("added", one.added), ("removed", one.removed)):
        if rows.height:
            listed = first_names(rows["station"].to_list(), MOST_SHOWN)
            yield voice.say(f"between.{name}", n=rows.height, stations=listed)
