"""How far each seat is from flipping: the least votes that would have to change hands."""

from __future__ import annotations

from fractions import Fraction

from secondcount.audit.result import Margin
from secondcount.site.charts.frame import LEFT, RIGHT, Chart, official_frame, picture
from secondcount.site.charts.ink import Block, Scale, rect, stack
from secondcount.site.charts.rows import row
from secondcount.site.edition import Part
from secondcount.site.grid import Column, Grid
from secondcount.site.margins import broken, closest, move

__all__ = ["flips_chart"]

DRAWN = 6
LISTED = 30


def flips_chart(part: Part) -> Chart | None:
    """Return the chart of the closest flips, or None where no move of votes is known to change anything."""
    margins = closest(part.found.seats.margins, DRAWN)
    if not margins:
        return None
    key, title = f"{part.key}-flips", part.voice.say("chart.flips.title")
    scale = Scale(low=0, high=max(one.moved or 1 for one in margins), left=LEFT, right=RIGHT)
    body = stack(tuple(_row(part, one, scale) for one in margins))
    return Chart(
        key=key,
        title=title,
        takeaway=_takeaway(part, margins[0]),
        svg=picture(key, title, _description(part, margins), body, official_frame(part, part.contest.share_base)),
        table=_table(part),
    )


def _takeaway(part: Part, nearest: Margin) -> str:
    """Return the closest call, also as votes for each polling station, which is how a reader can picture it."""
    moved = nearest.moved or 0
    said = part.voice.say("chart.flips.takeaway", moved=moved, what=broken(part, nearest))
    stations = part.stations(part.root)[1]
    if not stations:
        return said
    return f"{said} {part.voice.say('chart.flips.per_station', votes=Fraction(moved, stations), n=stations)}"


def _row(part: Part, one: Margin, scale: Scale) -> Block:
    value = part.voice.count(one.moved)
    long = max(scale.at(one.moved or 0) - LEFT, Fraction(2))
    return row(broken(part, one), value, (rect(LEFT, 22, long, 8, "bar-3"),), height=38)


def _description(part: Part, margins: tuple[Margin, ...]) -> str:
    listed = "; ".join(f"{broken(part, one)}: {part.voice.count(one.moved)}" for one in margins)
    return part.voice.say("chart.flips.desc", listed=listed)


def _table(part: Part) -> Grid:
    voice = part.voice
    return Grid(
        caption=voice.say("flips.caption"),
        columns=(
            Column(title=voice.say("flips.what"), figures=False),
            Column(title=voice.say("flips.moved")),
            Column(title=voice.say("flips.cheapest"), figures=False),
            Column(title=voice.say("flips.added")),
        ),
        rows=tuple(
            (broken(part, one), voice.count(one.moved), move(part, one), voice.count(one.added))
            for one in closest(part.found.seats.margins, LISTED)
        ),
    )
