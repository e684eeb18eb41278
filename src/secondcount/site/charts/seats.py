"""Seats by the rule of the law, one square each."""

from __future__ import annotations

from markupsafe import Markup

from secondcount.allocation.result import Allocation, ListResult
from secondcount.site.charts.frame import LEFT, RIGHT, Chart, official_frame, picture
from secondcount.site.charts.ink import Block, Scale, rect, stack
from secondcount.site.charts.rows import legend, row
from secondcount.site.edition import Part
from secondcount.site.grid import Column, Grid

__all__ = ["seats_chart"]

PER_LINE = 28
STEP = 12
MOST_SQUARES = 200


def seats_chart(part: Part) -> Chart | None:
    """Return the chart of seats, or None where the rule gave none."""
    allocation = part.found.seats.allocation
    if allocation is None or not _winners(allocation):
        return None
    voice, key = part.voice, f"{part.key}-seats"
    title = voice.say("chart.seats.title")
    body = _squares(part, allocation)
    base = part.contest.threshold.base if part.contest.threshold else part.contest.share_base
    return Chart(
        key=key,
        title=title,
        takeaway=voice.say("chart.seats.takeaway", house=allocation.house),
        svg=picture(key, title, _description(part, allocation), body, official_frame(part, base)),
        table=_table(part, allocation),
    )


def _description(part: Part, allocation: Allocation) -> str:
    listed = "; ".join(f"{part.voice.contestant(one.contestant)}: {one.seats}" for one in _winners(allocation))
    return part.voice.say("chart.seats.desc", house=allocation.house, listed=listed)


def _winners(allocation: Allocation) -> tuple[ListResult, ...]:
    return tuple(sorted((one for one in allocation.lists if one.seats), key=lambda one: -one.seats))


def _squares(part: Part, allocation: Allocation) -> Block:
    voice = part.voice
    rows = [_row(part, one, allocation.house) for one in _winners(allocation)]
    entries = [("box bar", voice.say("chart.seats.whole"))]
    if any(one.extra for one in allocation.lists):
        entries.append(("box bar-2", voice.say("chart.seats.extra")))
    return stack((*rows, legend(entries)), 4)


def _row(part: Part, one: ListResult, house: int) -> Block:
    marks, deep = _bar(one, house) if house > MOST_SQUARES else _seats(one)
    value = part.voice.say("chart.seats.of", seats=one.seats, house=house)
    return row(part.voice.short(one.contestant), value, marks, height=22 + deep)


def _seats(one: ListResult) -> tuple[tuple[Markup, ...], int]:
    """Return a list's seats as squares, and how deep they are."""
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


def _bar(one: ListResult, house: int) -> tuple[tuple[Markup, ...], int]:
    """Return a list's seats as one bar, where squares would be too many to count by eye."""
    scale = Scale(low=0, high=house, left=LEFT, right=RIGHT)
    whole = scale.at(one.seats - one.extra)
    bars = (rect(LEFT, 22, whole - LEFT, 12, "bar"), rect(whole, 22, scale.at(one.seats) - whole, 12, "bar-2"))
    return bars, 20


def _table(part: Part, allocation: Allocation) -> Grid:
    voice = part.voice
    names = ("whole", "extra", "seats")
    return Grid(
        caption=voice.say("chart.seats.title"),
        columns=(
            Column(title=voice.say("shares.contestant"), figures=False),
            *(Column(title=voice.say(f"seats.{one}")) for one in names),
        ),
        rows=tuple(
            (voice.contestant(one.contestant), voice.count(one.whole), voice.count(one.extra), voice.count(one.seats))
            for one in _winners(allocation)
        ),
    )
