"""Turnout of every area at every hour that was published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import polars as pl
from markupsafe import Markup

from secondcount.model.publication import Quantity
from secondcount.site.charts.frame import (
    LEFT,
    RIGHT,
    Chart,
    Frame,
    issued_by,
    official_frame,
    picture,
    stamp_of_published,
)
from secondcount.site.charts.ink import Block, Scale, circle, diamond, line, rect, stack
from secondcount.site.charts.rows import MOST_AREAS, axis, legend, more_areas, row
from secondcount.site.edition import Part
from secondcount.site.grid import Column, Grid
from secondcount.site.voice import shortened

__all__ = ["turnout_chart"]

_SHAPES = ("dot mark-open", "diamond mark-open", "box bar-2", "dot mark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One published turnout: a share of the registered voters, with the decimals that were printed."""

    share: Fraction
    decimals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaTurnout:
    """The published turnouts of one area, by publication."""

    area: str
    readings: tuple[tuple[str, Reading], ...]


def turnout_chart(part: Part) -> Chart | None:
    """Return the chart of turnout, or None where none was published for any part of the territory."""
    areas = _areas(part)
    hours = tuple(dict.fromkeys(publication for one in areas for publication, _ in one.readings))
    hours = tuple(one.id for one in part.record.publications if one.id in hours)
    if not hours or len(areas) < 2:
        return None
    voice, key = part.voice, f"{part.key}-turnout"
    title = voice.say("chart.turnout.title")
    scale = Scale(low=0, high=1, left=LEFT, right=RIGHT)
    shapes = dict(zip(reversed(hours), reversed(_SHAPES), strict=False))
    body = stack(
        (*(_row(part, one, scale, shapes) for one in areas[:MOST_AREAS]), _axis(part, scale), _legend(part, shapes))
    )
    return Chart(
        key=key,
        title=title,
        takeaway=f"{voice.say('chart.turnout.takeaway')} {more_areas(voice, len(areas))}".rstrip(),
        svg=picture(key, title, _description(part, areas), body, _frame_of(part, hours)),
        table=shortened(voice, _table(part, areas, hours)),
    )


def _frame_of(part: Part, hours: tuple[str, ...]) -> Frame:
    """Return the frame: turnout has registered voters as its base and its own publications."""
    usual = official_frame(part)
    figures = "; ".join(part.dated(one) for one in hours)
    return replace(
        usual,
        base=part.voice.say("frame.turnout_base"),
        snapshot=part.voice.say("frame.snapshot", figures=figures),
        issued=issued_by(part, hours[-1]) or usual.issued,
        stamp=stamp_of_published(part, pl.col("quantity") == Quantity.TURNOUT.value),
    )


def _areas(part: Part) -> tuple[AreaTurnout, ...]:
    """Return all areas with a published turnout: the whole first, then the highest last turnout first."""
    order = [one.id for one in part.record.publications]
    areas = [
        AreaTurnout(area=area, readings=tuple((one, known[one]) for one in order if one in known))
        for area, known in _published(part).items()
        if known.keys() & set(order)
    ]
    return tuple(sorted(areas, key=lambda one: (one.area != part.root, -one.readings[-1][1].share, one.area)))


def _published(part: Part) -> dict[str, dict[str, Reading]]:
    """Return turnout by area and publication; where two sources disagree the first is drawn, and an Issue says so."""
    rows = part.record.figures.filter(
        (pl.col("quantity") == Quantity.TURNOUT.value) & pl.col("contest").is_in(["", part.contest.id])
    )
    found: dict[str, dict[str, Reading]] = {}
    for area, publication, value, decimals in rows.select("area", "publication", "value", "decimals").iter_rows():
        reading = Reading(share=Fraction(value, 100 * 10**decimals), decimals=decimals)
        found.setdefault(area, {}).setdefault(publication, reading)
    return found


def _row(part: Part, one: AreaTurnout, scale: Scale, shapes: dict[str, str]) -> Block:
    places = [(scale.at(reading.share), shapes.get(publication, "")) for publication, reading in one.readings]
    last = one.readings[-1][1]
    marks: list[Markup] = [
        line((LEFT, 30), (RIGHT, 30), "track"),
        line((places[0][0], 30), (places[-1][0], 30), "span"),
        *(_mark(place, shape) for place, shape in places if shape),
    ]
    return row(part.voice.name("area", one.area), part.voice.percent(last.share, last.decimals), marks, height=42)


def _mark(place: Fraction, shape: str) -> Markup:
    kind, _, style = shape.partition(" ")
    if kind == "dot":
        return circle(place, 30, 5, style)
    return diamond(place, 30, 6, style) if kind == "diamond" else rect(place - 4, 26, 8, 8, style)


def _axis(part: Part, scale: Scale) -> Block:
    values = (Fraction(0), Fraction(1, 2), Fraction(1))
    return axis(scale, [(one, part.voice.percent(one, 0)) for one in values])


def _legend(part: Part, shapes: dict[str, str]) -> Block:
    return legend([(shape, part.dated(publication)) for publication, shape in reversed(shapes.items())])


def _description(part: Part, areas: tuple[AreaTurnout, ...]) -> str:
    listed = "; ".join(
        f"{part.voice.name('area', one.area)}: "
        + " → ".join(part.voice.percent(reading.share, reading.decimals) for _, reading in one.readings)
        for one in areas
    )
    return part.voice.say("chart.turnout.desc", listed=listed)


def _table(part: Part, areas: tuple[AreaTurnout, ...], hours: tuple[str, ...]) -> Grid:
    voice = part.voice
    return Grid(
        caption=voice.say("turnout.caption"),
        columns=(
            Column(title=voice.say("coverage.area"), figures=False),
            *(Column(title=part.dated(one)) for one in hours),
        ),
        rows=tuple(
            (voice.name("area", one.area), *(_cell(part, dict(one.readings).get(hour)) for hour in hours))
            for one in areas
        ),
    )


def _cell(part: Part, reading: Reading | None) -> str:
    return part.voice.say("none") if reading is None else part.voice.percent(reading.share, reading.decimals)
