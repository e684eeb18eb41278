"""The few shapes that the screen is made of: headings, hanging sentences, tables, boxes; all of them lines of text.

Lines are broken here and not by Rich, which would break at no-break spaces: 5 621 436 and 80,99 % stay whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from rich.cells import cell_len
from rich.text import Text

__all__ = ["NO_BREAK", "Column", "boxed", "folded", "heading", "indented", "marked", "table"]

NO_BREAK = "\u00a0"
MARGIN = 2
GAP = 2
READABLE = 18  # columns below which a column of text does not break a word


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its title; numbers stand to the right and never break, names of things to type are `whole`."""

    title: str
    number: bool = False
    whole: bool = False


def folded(words: str, width: int, *, whole: bool = False) -> list[str]:
    """Return a text as lines of at most so many columns, broken at plain spaces.

    A longer word is cut, or with `whole` runs over the edge, so that a key or digest can be copied in one piece.
    """
    parts = words.split("\n")
    lines = [wrap(part, max(width, 1), break_on_hyphens=False, break_long_words=not whole) or [""] for part in parts]
    return [line for part in lines for line in part]


def heading(words: str, width: int) -> Iterator[Text]:
    """Yield an empty line and the heading of a section."""
    yield Text("")
    yield from (Text(line, style="bold underline") for line in folded(words, width))


def marked(sign: str, style: str, words: str, width: int, strong: Mapping[str, str]) -> Iterator[Text]:
    """Yield a sentence that hangs behind its sign; `strong` maps words in it to their styles, and none is broken."""
    whole = {word.replace(" ", NO_BREAK): chosen for word, chosen in strong.items() if word}
    for word in strong:
        words = words.replace(word, word.replace(" ", NO_BREAK))
    for at, line in enumerate(folded(words, width - MARGIN)):
        text = Text(line)
        for word, chosen in whole.items():
            text.highlight_words([word], chosen)
        yield Text.assemble((sign if at == 0 else " ", style), " ", text)


def indented(
    lines: Iterable[str], width: int, style: str = "", *, margin: int = MARGIN, whole: bool = False
) -> Iterator[Text]:
    """Yield lines of explanation, two columns from the margin or more."""
    for words in lines:
        yield from (Text(" " * margin + line, style=style) for line in folded(words, width - margin, whole=whole))


def boxed(title: str, words: str, width: int) -> Iterator[Text]:
    """Yield a box that nobody overlooks."""
    inside = width - 4
    yield Text.assemble("┏━ ", (title, "bold reverse"), f" {'━' * (inside - 2 - cell_len(title))}━┓")
    yield from (Text(f"┃ {line.ljust(inside)} ┃") for line in folded(words, inside))
    yield Text(f"┗{'━' * (width - 2)}┛")


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> Iterator[Text]:
    """Yield a table with a ruled head; columns of text share what the numbers leave."""
    widths = _widths(columns, rows, width - MARGIN)
    yield from _row(columns, [one.title for one in columns], widths, "bold")
    yield Text(" " * MARGIN + "─" * (sum(widths) + GAP * (len(widths) - 1)))
    for row in rows:
        yield from _row(columns, row, widths, "")


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Give every column what it wants, and take from the one with most to spare until everything fits."""
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    least = [_least(one, column) for one, column in zip(columns, cells, strict=True)]
    widths = [_wanted(one, column, low) for one, column, low in zip(columns, cells, least, strict=True)]
    room = width - GAP * (len(columns) - 1)
    while sum(widths) > room:
        spare = [have - low for have, low in zip(widths, least, strict=True)]
        widest = spare.index(max(spare))
        if spare[widest] <= 0:
            break
        widths[widest] -= 1
    return widths


def _least(column: Column, cells: Sequence[str]) -> int:
    """Return the width below which a column would break a number, or a word of its title."""
    words = max((cell_len(word) for word in column.title.split(" ")), default=1)
    if column.number:
        return max([words, *map(cell_len, cells)])
    longest = max((cell_len(word) for cell in cells for word in cell.replace("\n", " ").split(" ")), default=1)
    return max(words, longest if column.whole else min(READABLE, longest))


def _wanted(column: Column, cells: Sequence[str], least: int) -> int:
    return max([least, cell_len(column.title), *(cell_len(part) for cell in cells for part in cell.split("\n"))])


def _row(columns: Sequence[Column], cells: Sequence[str], widths: Sequence[int], style: str) -> Iterator[Text]:
    parts = [folded(cell, size) for cell, size in zip(cells, widths, strict=True)]
    for at in range(max(map(len, parts))):
        lines = zip(columns, parts, widths, strict=True)
        shown = (_aligned(column, part[at : at + 1], size) for column, part, size in lines)
        yield Text(" " * MARGIN + (" " * GAP).join(shown).rstrip(), style=style)


def _aligned(column: Column, line: Sequence[str], size: int) -> str:
    words = line[0] if line else ""
    space = " " * (size - cell_len(words))
    return space + words if column.number else words + space
