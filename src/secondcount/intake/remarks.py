"""Oddities of rows and cells as a frame, and the frame as Issues: capped, in the order of the file.

Half a million rows may hold half a million oddities; they stay columns until somebody has to read them: those beyond
the cap until the table of issues is written (`Issue.further`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import polars as pl

from secondcount.model.codes import make_issue
from secondcount.model.issue import Issue, Value, Where

__all__ = ["LIMIT", "REMARKS", "Place", "collect", "no_remarks", "remarks", "shown"]

LIMIT = 1_000
"""Issues of one code that are listed; T199 says how many more there are."""

_LONGEST = 60

REMARKS: dict[str, pl.DataType | type[pl.DataType]] = {
    "code": pl.String,
    "line": pl.Int64,  # physical line of the file; 0 = no line
    "column": pl.String,  # header as it stands in the file
    "cell": pl.String,  # contestant or protocol line
    "station": pl.String,
    "value": pl.String,  # what stands there; null = nothing to quote
    "number": pl.Int64,  # numbers of the sentence; null = none
    "other": pl.Int64,
}
"""One row for each oddity."""

_TEXTS = ("column", "cell", "station")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The file (and contest) that remarks belong to; its digest is the basis of its rows."""

    file: str
    digest: str
    contest: str = ""

    def basis(self, line: int) -> tuple[str, ...]:
        """Return what an issue about this line rests on."""
        return (f"{self.digest}#{line}" if line else self.digest,)

    def issue(self, code: str, *, line: int = 0, column: str = "", cell: str = "", **values: Value) -> Issue:
        """Return an issue about this file."""
        where = Where(file=self.file, line=line, column=shown(column), cell=cell, contest=self.contest)
        return make_issue(code, where, basis=self.basis(line), **values)


def no_remarks() -> pl.DataFrame:
    """Return a frame of remarks with no rows."""
    return pl.DataFrame(schema=REMARKS)


def remarks(rows: pl.DataFrame, code: str | pl.Expr, **columns: pl.Expr | str | int) -> pl.DataFrame:
    """Return one remark for each row of `rows`; what is not given stays empty, `line` comes from the rows."""
    given: dict[str, pl.Expr | str | int] = {"line": pl.col("line"), **columns, "code": code}
    chosen = []
    for name, kind in REMARKS.items():
        empty = "" if name in _TEXTS else None
        value = given.get(name, empty)
        expression = value if isinstance(value, pl.Expr) else pl.lit(value)
        chosen.append(expression.cast(kind).alias(name))
    return rows.select(chosen)


def shown(text: str) -> str:
    """Return text from outside in a form that is safe on a terminal: cut, controls and invisible marks spelt out."""
    cut = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return "".join(sign if sign.isprintable() else f"<U+{ord(sign):04X}>" for sign in cut)


def collect(place: Place, found: Iterable[Issue], frames: Iterable[pl.DataFrame]) -> tuple[Issue, ...]:
    """Return what was found about the file, then the remarks in the order of its lines; at most `LIMIT` of each code.

    What is beyond the limit is counted, code by code, in T199, which brings it along.
    """
    frame = pl.concat(list(frames)).sort("line", "column", "code", maintain_order=True)
    counts = Counter(dict(frame.group_by("code").len().iter_rows()))
    within = frame.select(pl.int_range(pl.len()).over("code") < LIMIT).to_series()
    kept, beyond = frame.filter(within), frame.filter(~within)
    file_wide: list[Issue] = []
    crowded_out: dict[str, list[Issue]] = {}
    for issue in found:
        counts[issue.code] += 1
        room = counts[issue.code] <= LIMIT
        (file_wide if room else crowded_out.setdefault(issue.code, [])).append(issue)
    rest = (
        replace(
            place.issue("T199", of=code, more=count - LIMIT),
            further=partial(_rest, place, code, tuple(crowded_out.get(code, ())), beyond),
        )
        for code, count in sorted(counts.items())
        if count > LIMIT
    )
    return (*file_wide, *_issues(place, kept), *rest)


def _rest(place: Place, code: str, file_wide: tuple[Issue, ...], beyond: pl.DataFrame) -> Iterator[Issue]:
    """Yield what T199 counts of one code: what was found about the file, then rows, in the order of its lines."""
    yield from file_wide
    yield from _issues(place, beyond.filter(pl.col("code") == code))


def _issues(place: Place, frame: pl.DataFrame) -> Iterator[Issue]:
    for code, line, column, cell, station, value, number, other in frame.iter_rows():
        values: dict[str, Value] = {}
        if value is not None:
            values["value"] = shown(value)
        if number is not None:
            values["number"] = number
        if other is not None:
            values["other"] = other
        where = Where(
            file=place.file,
            line=line,
            column=shown(column),
            cell=cell,
            station=shown(station),
            contest=place.contest,
        )
        yield make_issue(code, where, basis=place.basis(line), **values)
