"""Seats, one square each, and the least votes that would have to change hands for a seat to change."""

from __future__ import annotations

from fractions import Fraction

from markupsafe import Markup

from secondcount.allocation.result import Allocation, ListResult
from secondcount.audit.result import Margin
from secondcount.site.charts.frame import LEFT, RIGHT, TEXT, Chart, official_frame, picture
from secondcount.site.charts.ink import Block, Scale, rect, stack
from secondcount.site.charts.rows import heading, legend, row
from secondcount.site.edition import Part
from secondcount.site.grid import Column, Grid
from secondcount.site.legible import measure
from secondcount.site.margins import broken, closest

__all__ = ["seats_chart"]

PER_LINE = 28
STEP = 12
MOST_SQUARES = 200


def seats_chart(part: Part) -> Chart | None:
    """Return the chart of seats and flips, or None where the rule could not be applied."""
    allocation = part.found.seats.allocation
    if allocation is None:
        return None
    voice = part.voice
    key = f"{part.key}-seats"
    title = voice.say("chart.seats.title")
    margins = closest(part.found.seats.margins, 5)
    body = stack((_squares(part, allocation), _flips(part, margins)), 4)
    base = part.contest.rule.threshold.base if part.contest.rule.threshold else part.contest.share_base
    return Chart(
        key=key,
        title=title,
        takeaway=_takeaway(part, margins),
        svg=picture(key, title, _description(part, allocation), body, official_frame(part, base)),
        table=_table(part, margins),
    )


def _takeaway(part: Part, margins: tuple[Margin, ...]) -> str:
    if not margins or margins[0].moved is None:
        return part.voice.say("chart.seats.takeaway_none")
    stations = part.stations(part.root)[1]
    moved = margins[0].moved
    said = part.voice.say("chart.seats.takeaway", moved=moved, what=broken(part, margins[0]))
    if not stations:
        return said
    return f"{said} {part.voice.say('chart.seats.per_station', votes=Fraction(moved, stations), n=stations)}"


def _description(part: Part, allocation: Allocation) -> str:
    listed = "; ".join(f"{part.voice.contestant(one.contestant)}: {one.seats}" for one in _winners(allocation))
    return part.voice.say("chart.seats.desc", house=allocation.house, listed=listed)


def _winners(allocation: Allocation) -> tuple[ListResult, ...]:
    return tuple(sorted((one for one in allocation.lists if one.seats), key=lambda one: -one.seats))


def _squares(part: Part, allocation: Allocation) -> Block:
    voice = part.voice
    rows = [
        row(
            voice.short(one.contestant),
            voice.say("chart.seats.of", seats=one.seats, house=allocation.house),
            marks,
            height=20 + deep,
        )
        for one in _winners(allocation)
        for marks, deep in (_seats(one, allocation.house),)
    ]
    entries = [("box bar", voice.say("chart.seats.whole"))]
    if any(one.extra for one in allocation.lists):
        entries.append(("box bar-2", voice.say("chart.seats.extra")))
    return stack((*rows, legend(entries)), 2)


def _seats(one: ListResult, house: int) -> tuple[tuple[Markup, ...], int]:
    """Return a list's seats as squares, or as one bar where there are too many to count by eye."""
    if house > MOST_SQUARES:
        scale = Scale(low=0, high=house, left=LEFT, right=RIGHT)
        whole = scale.at(one.seats - one.extra)
        return (
            rect(LEFT, 22, whole - LEFT, 12, "bar"),
            rect(whole, 22, scale.at(one.seats) - whole, 12, "bar-2"),
        ), 20
    squares = tuple(
        rect(
            LEFT + STEP * (place % PER_LINE),
            22 + STEP * (place // PER_LINE),
            STEP - 3,
            STEP - 3,
            "bar" if place < one.seats - one.extra else "bar-2",
        )
        for place in range(one.seats)
    )
    return squares, STEP * -(-one.seats // PER_LINE) + 6


def _flips(part: Part, margins: tuple[Margin, ...]) -> Block:
    if not margins:
        return Block(height=0, marks=())
    voice = part.voice
    most = max(one.moved or 0 for one in margins)
    rows = []
    for one in margins:
        value = voice.count(one.moved)
        scale = Scale(low=0, high=most or 1, left=LEFT, right=RIGHT - measure(value, TEXT) - 8)
        end = scale.at(one.moved or 0)
        rows.append(
            row(broken(part, one), value, (rect(LEFT, 22, max(end - LEFT, Fraction(2)), 8, "bar-3"),), height=36)
        )
    return stack((heading(voice.say("chart.seats.flips")), *rows))


def _table(part: Part, margins: tuple[Margin, ...]) -> Grid:
    voice = part.voice
    return Grid(
        caption=voice.say("flips.caption"),
        columns=(
            Column(title=voice.say("flips.what"), figures=False),
            Column(title=voice.say("flips.moved")),
            Column(title=voice.say("flips.added")),
        ),
        rows=tuple((broken(part, one), voice.count(one.moved), voice.count(one.added)) for one in margins),
    )
