"""SVG marks as escaped text: the same numbers give the same bytes, whatever the machine.

Coordinates are exact (`int` or `Fraction`) until they are written, with at most one decimal.
Colours are class names only: the style sheet decides them, for light, dark and printed pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup, escape

from secondcount.wording import visible

__all__ = ["Block", "Scale", "circle", "diamond", "label", "line", "number", "rect", "stack", "tag", "triangle"]

Exact = int | Fraction


def number(value: Exact) -> str:
    """Return a coordinate with at most one decimal, halves away from zero: 12, 12.5, -0.3."""
    tenths = int(abs(Fraction(value)) * 10 + Fraction(1, 2))
    sign = "-" if value < 0 and tenths else ""
    whole, rest = divmod(tenths, 10)
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


def tag(name: str, content: str | None = None, **attributes: str | Exact) -> Markup:
    """Return one element; `class_` becomes class, an underscore inside a name a hyphen; everything is escaped."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(visible(value) if isinstance(value, str) else number(value))}"'
        for key, value in attributes.items()
    )
    if content is None:
        return Markup(f"<{name}{written}/>")  # noqa: S704  every part was escaped above
    inner = content if isinstance(content, Markup) else escape(visible(content))
    return Markup(f"<{name}{written}>{inner}</{name}>")  # noqa: S704  every part was escaped above


def rect(x: Exact, y: Exact, width: Exact, height: Exact, style: str) -> Markup:
    """Return a filled rectangle; a negative width is drawn to the left."""
    left, wide = (x + width, -width) if width < 0 else (x, width)
    return tag("rect", x=left, y=y, width=wide, height=height, class_=style)


def line(start: tuple[Exact, Exact], end: tuple[Exact, Exact], style: str) -> Markup:
    """Return a straight line between two points."""
    return tag("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], class_=style)


def circle(x: Exact, y: Exact, radius: Exact, style: str) -> Markup:
    """Return a circle around a point."""
    return tag("circle", cx=x, cy=y, r=radius, class_=style)


def diamond(x: Exact, y: Exact, radius: Exact, style: str) -> Markup:
    """Return a square standing on its corner, centred on a point."""
    corners = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
    return _polygon(corners, style)


def triangle(x: Exact, y: Exact, radius: Exact, style: str) -> Markup:
    """Return a triangle that points to the right, centred on a point."""
    return _polygon(((x - radius, y - radius), (x + radius, y), (x - radius, y + radius)), style)


def _polygon(corners: Sequence[tuple[Exact, Exact]], style: str) -> Markup:
    return tag("polygon", points=" ".join(f"{number(x)},{number(y)}" for x, y in corners), class_=style)


def label(x: Exact, y: Exact, content: str, style: str = "t", anchor: str = "start") -> Markup:
    """Return a line of text; `anchor` is "start", "middle" or "end"."""
    if anchor == "start":
        return tag("text", content, x=x, y=y, class_=style)
    return tag("text", content, x=x, y=y, class_=style, text_anchor=anchor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A linear axis from values to horizontal positions."""

    low: Exact
    high: Exact
    left: Exact
    right: Exact

    def at(self, value: Exact) -> Fraction:
        """Return the position of a value, never outside the axis."""
        if self.high == self.low:
            return Fraction(self.left)
        inside = min(max(value, self.low), self.high)
        return self.left + Fraction(inside - self.low) * (self.right - self.left) / (self.high - self.low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Marks in their own coordinates, with the height that they need."""

    height: int
    marks: tuple[Markup, ...]

    def moved(self, down: int) -> Markup:
        """Return the marks as one group, moved down."""
        return tag("g", Markup("").join(self.marks), transform=f"translate(0 {down})")


def stack(blocks: Sequence[Block], gap: int = 0) -> Block:
    """Return blocks set below each other."""
    marks: list[Markup] = []
    down = 0
    for block in blocks:
        marks.append(block.moved(down))
        down += block.height + gap
    return Block(height=max(0, down - gap), marks=tuple(marks))
