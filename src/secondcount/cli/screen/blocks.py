"""The few shapes that the screen is made of: headings, marked sentences, tables, boxes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

__all__ = ["Column", "boxed", "heading", "indented", "marked", "styled_words", "table"]

Column = tuple[str, str]
"""Header and alignment ("left" or "right")."""

NARROW = 70  # columns below which cells keep one space between them


def heading(words: str) -> RenderableType:
    """Return the heading of a section, with an empty line above it."""
    return Group("", Text(words, style="bold underline"))


def marked(rows: Iterable[tuple[str, str, Text]]) -> RenderableType:
    """Return sentences that hang behind their signs: (sign, style of the sign, sentence)."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(ratio=1, overflow="fold")
    for sign, style, sentence in rows:
        grid.add_row(Text(sign, style=style), sentence)
    return grid


def indented(lines: Iterable[str], style: str = "") -> RenderableType:
    """Return lines of explanation, two columns from the margin."""
    return marked((" ", "", Text(line, style=style)) for line in lines)


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]], width: int) -> RenderableType:
    """Return a table with a ruled head; the first column takes what the others leave."""
    grid = Table(box=box.SIMPLE_HEAD, padding=(0, 1 if width >= NARROW else 0), show_edge=False, header_style="bold")
    for at, (title, justify) in enumerate(columns):
        right = justify == "right"
        grid.add_column(
            Text(title, justify="right" if right else "left"),
            justify="right" if right else "left",
            overflow="fold",
            no_wrap=right and at > 0 and width >= NARROW,
            vertical="top",
        )
    for row in rows:
        grid.add_row(*(Text(cell) for cell in row))
    return grid


def boxed(title: str, words: str) -> RenderableType:
    """Return a box that nobody overlooks."""
    return Panel(Text(words), title=Text(title, style="bold reverse"), title_align="left", box=box.HEAVY, expand=True)


def styled_words(sentence: str, words: Iterable[str], style: str) -> Text:
    """Return a sentence with certain words set off; the words themselves stay as they are."""
    text = Text(sentence)
    text.highlight_words([word for word in words if word], style)
    return text
