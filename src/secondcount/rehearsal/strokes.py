"""Digits and signatures as a hand draws them: strokes in a unit square, shaken a little each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from PIL import ImageDraw

from secondcount.rehearsal.dice import Dice

__all__ = ["Pen", "draw_number", "draw_signature"]

Point = tuple[float, float]
Ink = tuple[int, int, int]

_DIGITS: Mapping[str, str] = {
    "0": "50,2 20,20 12,50 22,85 50,98 80,80 88,48 76,14 48,3",
    "1": "25,30 55,3 54,50 52,98",
    "2": "16,26 34,5 66,5 82,28 66,55 30,82 12,96 90,95",
    "3": "18,10 50,2 80,16 74,40 42,48 82,56 86,82 50,99 14,88",
    "4": "60,3 34,35 10,64 92,62 / 66,36 64,70 62,99",
    "5": "80,5 28,5 22,42 58,38 86,62 72,92 36,99 14,88",
    "6": "72,4 36,24 16,60 30,95 66,97 84,74 62,54 30,60 18,74",
    "7": "12,6 86,6 62,42 42,98 / 30,52 76,50",
    "8": "56,48 22,30 30,6 66,4 78,26 50,48 18,74 34,98 70,96 84,72 50,47",
    "9": "82,30 56,50 22,40 20,14 52,2 80,16 82,36 72,70 52,98",
}
"""Points "x,y" in hundredths of the unit square, joined by lines; the pen is lifted at "/"."""

_SHAKE = 50  # thousandths of a digit's height


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Whose hand draws what on which picture."""

    draw: ImageDraw.ImageDraw
    dice: Dice
    ink: Ink


def draw_number(pen: Pen, text: str, at: Point, height: float) -> float:
    """Draw the digits of a number from its upper left corner on; return where it ends."""
    left, top = at
    dice = pen.dice
    slant = dice.between(-80, 220) / 1000
    for digit in text:
        width = height * dice.between(50, 62) / 100
        sway = height * dice.between(-_SHAKE, _SHAKE) / 1000
        for stroke in _DIGITS[digit].split("/"):
            corner, size = (left, top + sway), (width, height)
            points = [_shaken(point, corner, size, slant, dice) for point in _points(stroke)]
            pen.draw.line(_rounded(points), fill=pen.ink, width=max(2, round(height / 12)), joint="curve")
        left += width + height * dice.between(12, 24) / 100
    return left


def _points(stroke: str) -> list[Point]:
    pairs = (one.split(",") for one in stroke.split())
    return [(int(x) / 100, int(y) / 100) for x, y in pairs]


def _shaken(point: Point, corner: Point, size: Point, slant: float, dice: Dice) -> Point:
    x = point[0] + dice.between(-_SHAKE, _SHAKE) / 1000 + slant * (1 - point[1])
    y = point[1] + dice.between(-_SHAKE, _SHAKE) / 1000
    return corner[0] + x * size[0], corner[1] + y * size[1]


def _rounded(points: list[Point]) -> list[Point]:
    """Return a line with its corners cut twice (Chaikin), so that it bends as a pen does."""
    for _ in range(2):
        cut = [points[0]]
        for (ax, ay), (bx, by) in pairwise(points):
            cut += [(ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25), (ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75)]
        points = [*cut, points[-1]]
    return points


def draw_signature(pen: Pen, at: Point, width: float) -> None:
    """Draw a scribble that is nobody's name."""
    left, top = at
    points = [
        (left + width * step / 9 + pen.dice.between(-6, 6), top + pen.dice.between(-14, 14) - 10 * (step % 2))
        for step in range(10)
    ]
    pen.draw.line(_rounded(points), fill=pen.ink, width=2, joint="curve")
