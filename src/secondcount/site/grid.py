"""A table as a value: caption, columns, rows of finished text; the first column heads its row."""

from __future__ import annotations

from dataclasses import dataclass, replace

__all__ = ["Column", "Grid", "without_empty"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its heading, and whether its cells are figures (set flush right)."""

    title: str
    figures: bool = True
    code: bool = False  # long and without spaces: may be broken anywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table ready to be set; every row is as long as `columns`; `foot` is a row of totals or empty."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()  # what each row rests on, or empty
    note: str = ""
    aligned: bool = False  # read down its columns, like a sum: not broken into cards on a narrow screen

    @property
    def stacks(self) -> bool:
        """Return whether a narrow screen shows each row as a card of its own."""
        return len(self.columns) > 3 and not self.aligned


def without_empty(grid: Grid, nothing: str) -> Grid:
    """Return a table without the columns in which every cell says that there is nothing; the first one stays."""
    kept = [
        place for place in range(len(grid.columns)) if not place or any(row[place] != nothing for row in grid.rows)
    ]
    return replace(
        grid,
        columns=tuple(grid.columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in grid.rows),
        foot=tuple(grid.foot[place] for place in kept) if grid.foot else (),
    )
