"""Copies and published figures apart: for each contestant the votes by which copies show more, and less."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl
from markupsafe import Markup

from secondcount.site.charts.frame import LEFT, RIGHT, Chart, Frame, account_of, copies_frame, issued_by, picture
from secondcount.site.charts.ink import Block, Scale, line, rect, stack
from secondcount.site.charts.rows import MOST_DRAWN, hidden, legend, row
from secondcount.site.edition import Part
from secondcount.site.grid import Column, Grid
from secondcount.tabulation import StationComparison

__all__ = ["differences_chart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One figure: votes by which copies show more, votes by which they show less, and in how many stations."""

    cell: str
    more: int
    less: int
    stations: int


def differences_chart(part: Part) -> Chart | None:
    """Return the chart of differences, or None where no figure of any station differs."""
    comparison = part.sides.comparison if part.sides else None
    gaps = _gaps(part, comparison) if comparison else ()
    contestants = {one.id for one in part.contest.contestants}
    votes = sorted((one for one in gaps if one.cell in contestants), key=lambda one: -one.more - one.less)
    if comparison is None or not votes:
        return None
    voice, key = part.voice, f"{part.key}-differences"
    title = voice.say("chart.differences.title")
    return Chart(
        key=key,
        title=title,
        takeaway=voice.say("chart.differences.takeaway", n=comparison.stations.height),
        svg=picture(key, title, _description(part, votes), _body(part, votes), _frame(part, comparison)),
        table=_table(part, gaps),
    )


def _gaps(part: Part, comparison: StationComparison) -> tuple[Gap, ...]:
    """Return the gap of every figure that differs anywhere, in the order of the contest."""
    difference = pl.col("difference").cast(pl.Int128)
    grouped = comparison.differing.group_by("cell").agg(
        more=difference.filter(difference > 0).sum(), less=difference.filter(difference < 0).sum(), stations=pl.len()
    )
    found = {
        cell: Gap(cell=cell, more=more or 0, less=-(less or 0), stations=stations)
        for cell, more, less, stations in grouped.select("cell", "more", "less", "stations").iter_rows()
    }
    return tuple(found[one] for one in part.contest.cells if one in found)


def _body(part: Part, votes: list[Gap]) -> Block:
    most = max(max(one.more, one.less) for one in votes)
    scale = Scale(low=-most, high=most, left=LEFT, right=RIGHT)
    drawn = [_row(part, one, scale) for one in votes[:MOST_DRAWN]]
    return stack((*drawn, *hidden(part.voice, len(votes)), _legend(part)))


def _row(part: Part, one: Gap, scale: Scale) -> Block:
    middle = scale.at(0)
    marks: list[Markup] = [line((middle, 20), (middle, 38), "tick")]
    if one.more:
        marks.append(rect(middle, 23, scale.at(one.more) - middle, 12, "bar"))
    if one.less:
        marks.append(rect(middle, 23, scale.at(-one.less) - middle, 12, "bar-2"))
    return row(part.voice.short(one.cell), _value(part, one), marks, height=44)


def _value(part: Part, one: Gap) -> str:
    return part.voice.say("chart.differences.value", more=one.more, less=one.less)


def _legend(part: Part) -> Block:
    say = part.voice.say
    return legend([("box bar", say("chart.differences.more")), ("box bar-2", say("chart.differences.less"))])


def _frame(part: Part, comparison: StationComparison) -> Frame:
    """Return the frame: the stations are those on both sides, and the table is the one they were held against."""
    usual, table = copies_frame(part, part.root, seen=comparison.compared), comparison.publication
    snapshot = part.voice.say("frame.held", figures=part.dated(table))
    return replace(usual, snapshot=snapshot, issued=issued_by(part, table), account=account_of(part, table))


def _description(part: Part, votes: list[Gap]) -> str:
    listed = "; ".join(f"{part.voice.short(one.cell)}: {_value(part, one)}" for one in votes)
    return part.voice.say("chart.differences.desc", listed=listed)


def _table(part: Part, gaps: tuple[Gap, ...]) -> Grid:
    voice = part.voice
    return Grid(
        caption=voice.say("chart.differences.caption"),
        columns=(
            Column(title=voice.say("held.column.cell"), figures=False),
            Column(title=voice.say("chart.differences.stations")),
            Column(title=voice.say("chart.differences.more")),
            Column(title=voice.say("chart.differences.less")),
            Column(title=voice.say("chart.differences.net")),
        ),
        rows=tuple(
            (
                voice.contestant(one.cell),
                voice.count(one.stations),
                voice.count(one.more),
                voice.count(one.less),
                voice.count(one.more - one.less),
            )
            for one in gaps
        ),
    )
