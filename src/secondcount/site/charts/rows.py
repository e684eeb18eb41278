"""Marks that several charts share: a row with its name above its track, a legend, an axis."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from markupsafe import Markup

from secondcount.site.charts.frame import BOLD, LEFT, RIGHT, TEXT
from secondcount.site.charts.ink import Block, Scale, circle, diamond, label, line, rect
from secondcount.site.fitting import measure, wrap
from secondcount.site.voice import Voice

__all__ = ["MOST_AREAS", "MOST_DRAWN", "axis", "hidden", "legend", "more_areas", "row", "top_of"]

MOST_AREAS = 40
"""So many areas are drawn; how many more there are is said beside the chart, and its table has them."""
MOST_DRAWN = 12
"""So many contestants are drawn; how many more there are is said below the last one, and the table has them."""

GAP = 10
LINE = 16


def row(name: str, value: str, marks: Sequence[Markup], height: int = 40) -> Block:
    """Return a name at the left, on up to three lines, a value at the right, and marks below (top at 22)."""
    room = RIGHT - LEFT - measure(value, TEXT) - GAP
    lines = wrap(name, max(room, 80), BOLD, 3)
    names = (label(LEFT, 15 + LINE * place, one, "t name") for place, one in enumerate(lines))
    down = LINE * (len(lines) - 1)
    below = Block(height=height, marks=tuple(marks)).moved(down)
    return Block(height=height + down, marks=(*names, label(RIGHT, 15, value, "t value", "end"), below))


def hidden(voice: Voice, contestants: int) -> tuple[Block, ...]:
    """Return the line on how many of so many contestants the drawing leaves out, none where it shows all of them."""
    if contestants <= MOST_DRAWN:
        return ()
    said = voice.say("chart.differences.hidden", n=contestants - MOST_DRAWN)
    return (Block(height=24, marks=(label(LEFT, 14, said, "t soft"),)),)


def more_areas(voice: Voice, areas: int) -> str:
    """Return how many of so many areas the drawing leaves out, empty where it shows all of them."""
    return voice.say("chart.more_areas", n=areas - MOST_AREAS) if areas > MOST_AREAS else ""


def legend(entries: Sequence[tuple[str, str]]) -> Block:
    """Return a legend, one entry a line: (shape and class, text); shapes: "box", "dot", "diamond", "line"."""
    marks: list[Markup] = []
    down = 0
    for shape, text in entries:
        marks.append(_sample(shape, down + 9))
        lines = wrap(text, RIGHT - LEFT - 24, TEXT, 6)
        marks += [label(LEFT + 24, down + 14 + 16 * place, one, "t") for place, one in enumerate(lines)]
        down += 16 * len(lines) + 4
    return Block(height=down + 6, marks=tuple(marks))


def _sample(shape: str, middle: int) -> Markup:
    kind, _, style = shape.partition(" ")
    if kind == "dot":
        return circle(LEFT + 8, middle, 5, style)
    if kind == "diamond":
        return diamond(LEFT + 8, middle, 6, style)
    if kind == "line":
        return line((LEFT, middle), (LEFT + 16, middle), style)
    return rect(LEFT, middle - 6, 16, 11, style)


def axis(scale: Scale, ticks: Sequence[tuple[Fraction, str]]) -> Block:
    """Return an axis with its ticks, the most important first: a text that would touch an earlier one is left out."""
    marks: list[Markup] = [line((scale.left, 4), (scale.right, 4), "rule")]
    taken: list[tuple[Fraction, Fraction]] = []
    for value, text in ticks:
        place, half = scale.at(value), Fraction(measure(text, TEXT), 2)
        inside = min(max(place, LEFT + half), RIGHT - half)
        marks.append(line((place, 1), (place, 7), "tick"))
        if all(inside + half < start or inside - half > end for start, end in taken):
            taken.append((inside - half, inside + half))
            marks.append(label(inside, 21, text, "t soft", "middle"))
    return Block(height=28, marks=tuple(marks))


def top_of(value: Fraction) -> Fraction:
    """Return the next round number (1, 2 or 5 times a power of ten) at or above a positive value."""
    step = Fraction(1)
    while step < value:
        step *= 10
    while step / 10 >= value > 0:
        step /= 10
    return next(one for one in (step / 5, step / 2, step) if one >= value)
