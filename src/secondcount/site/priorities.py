"""The file of priorities, as `secondcount desk` reads it: polling station and a whole number, the highest first."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from secondcount.site.tables import inert

__all__ = ["build_priorities"]

MARK = "\N{BYTE ORDER MARK}".encode()
"""Without it a spreadsheet program turns Cyrillic names into noise, as in the other tables."""


def build_priorities(rows: Iterable[tuple[str, int]], path: Path) -> Path:
    """Write a file of priorities (CSV, UTF-8 with a byte order mark); the same rows give the same bytes.

    A name that a spreadsheet would take for a formula begins with an apostrophe, as in every table of the report; a
    desk does not know such a station, and says so.

    Raises:
        OSError: it cannot be written.

    """
    frame = pl.DataFrame(list(rows), schema={"station": pl.String, "priority": pl.Int64}, orient="row")
    draft = path.with_name(f"{path.name}.part")
    with draft.open("wb") as file:
        file.write(MARK)
        frame.with_columns(inert("station")).write_csv(file)
    os.replace(draft, path)  # noqa: PTH105  Path.replace is the same call; this names the guarantee
    return path
