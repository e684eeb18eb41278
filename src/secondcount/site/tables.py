"""The tables beside the report: every station in `stations.csv`, every issue in `issues.csv`.

They begin with a byte order mark, for without one a spreadsheet program reads UTF-8 as the code page of its system and
turns every Cyrillic name into noise; readers of CSV take the mark for what it is. The comma separates (RFC 4180).
A text that a spreadsheet would take for a formula begins with an apostrophe; numbers stay numbers, signs included.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import islice
from pathlib import Path

import polars as pl

from secondcount.model.issue import Issue, Value
from secondcount.model.naming import issue_values
from secondcount.model.tables import CellState
from secondcount.site.edition import Edition
from secondcount.site.side_by_side import SideBySide, stations_file, wide_slices
from secondcount.site.voice import Voice
from secondcount.verdict import Verdict

__all__ = ["build_tables", "inert"]

MARK = "\N{BYTE ORDER MARK}".encode()
CHUNK = 50_000
"""So many stations are written at a time."""
ISSUES = 10_000
"""So many issues are made and written at a time."""

_BEGINS = r"^\s*[=+\-@\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}]"  # full-width signs too: some programs take them for the same
_BREAKS = r"[\t\n\r\x{2028}\x{2029}]"
_HIDES = r"[\x00-\x1f\x7f-\x{9f}\x{200b}\x{200e}\x{200f}\x{2060}\x{feff}\x{202a}-\x{202e}\x{2066}-\x{2069}]"
_ALTERED = f"{_BREAKS}|{_HIDES}|{_BEGINS}"
"""What any text has that `inert` changes."""


def build_tables(verdict: Verdict, edition: Edition, sides: Mapping[str, SideBySide], out: Path) -> tuple[Path, ...]:
    """Write `issues.csv` and the tables of stations into a directory, with names in the language of the edition.

    The same verdict and record give the same bytes. Each file is written beside its place and then moved there.

    Raises:
        OSError: the directory cannot be written.

    """
    files = [_write(out / "issues.csv", _issue_rows(edition, _every(verdict.issues)))]
    for contest, one in sides.items():
        files.append(_write(out / stations_file(sides, contest), _station_rows(edition, one)))
    return tuple(files)


def _write(path: Path, frames: Iterable[pl.DataFrame]) -> Path:
    """Write frames of one schema below each other; every text in them made harmless."""
    draft = path.with_name(f"{path.name}.part")
    with draft.open("wb") as file:
        file.write(MARK)
        for place, frame in enumerate(frames):
            frame.with_columns(_harmless(frame)).write_csv(file, include_header=not place)
    os.replace(draft, path)  # noqa: PTH105  Path.replace is the same call; this names the guarantee
    return path


def _harmless(frame: pl.DataFrame) -> list[pl.Expr]:
    """Return the texts of a frame made inert; most columns hold nothing that needs it, which is told sooner."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    if not texts or not frame.height:
        return [inert(one) for one in texts]
    doubtful = frame.select(pl.col(texts).str.contains(_ALTERED).any()).row(0)
    return [inert(one) if odd else _blank_as_nothing(one) for one, odd in zip(texts, doubtful, strict=True)]


def _blank_as_nothing(column: str) -> pl.Expr:
    return pl.when(pl.col(column) != "").then(pl.col(column)).alias(column)


def inert(column: str) -> pl.Expr:
    """Return a column of texts that no spreadsheet takes for a formula, hiding and turning characters shown.

    What begins like a formula gets an apostrophe in front (OWASP, CSV injection); `wording.visible` says what hides.
    """
    shown = pl.col(column).str.replace_all(_BREAKS, " ").str.replace_all(_HIDES, "\N{REPLACEMENT CHARACTER}")
    return pl.when(shown.str.contains(_BEGINS)).then(pl.lit("'") + shown).when(shown != "").then(shown).alias(column)


def _station_rows(edition: Edition, sides: SideBySide) -> Iterator[pl.DataFrame]:
    """Yield the rows of every station, a chunk at a time; at least one frame, so that there is a header."""
    for rows in wide_slices(sides, sides.keys, CHUNK):
        yield _named(edition, sides, rows)


def _named(edition: Edition, sides: SideBySide, rows: pl.DataFrame) -> pl.DataFrame:
    """Return wide rows in reading order: who, what differs, the figures, what they rest on."""
    voice = edition.voice_for(sides.contest.id)
    areas = {one: voice.name("area", one) for one in rows["area"].drop_nulls().unique()}
    wide = rows.with_columns(
        area_name=pl.col("area").replace_strict(areas, default=None, return_dtype=pl.String),
        broken=pl.col("broken").str.replace_all("\n", "; ", literal=True),
        unread_copy=_unread(rows["states_copy"], sides.contest.cells),
        unread_published=_unread(rows["states_published"], sides.contest.cells),
    )
    head = ("station", "area", "area_name", "standing", "kinds", "broken", "copies", "level", "cells", "apart")
    foot = ("unread_copy", "unread_published", "basis_copy", "publication", "basis_published")
    shown = ("copy", "copy_2", "published", "difference") if sides.has_second_copies else _SINGLE
    cells = (f"{cell}.{part}" for cell in sides.contest.cells for part in shown)
    return wide.select(*head, *cells, *foot)


def _unread(states: pl.Series, cells: tuple[str, ...]) -> pl.Series:
    """Return why each cell that is no number is none, "osdp: illegible; invalid: blank"; most rows are read alike."""
    met = pl.DataFrame({"states": states.drop_nulls().unique()})
    told = met.select(_told("states", cells)).to_series()
    return states.replace_strict(met["states"], told, default=None, return_dtype=pl.String)


def _told(states: str, cells: tuple[str, ...]) -> pl.Expr:
    marks = [one.value for one in CellState]
    names = [one.name.lower() for one in CellState]
    parts = []
    for place, cell in enumerate(cells):
        mark = pl.col(states).str.slice(place, 1)
        word = mark.replace_strict(marks, names, default=None, return_dtype=pl.String)
        parts.append(pl.when(mark != CellState.READ.value).then(pl.lit(f"{cell}: ") + word))
    return pl.concat_str(*parts, separator="; ", ignore_nulls=True)


_Saying = str | Callable[[Mapping[str, Value]], str]
"""A sentence that is the same for all issues of a code, or how to say it of the values of one."""

_SINGLE = ("copy", "published", "difference")


def _every(issues: Sequence[Issue]) -> Iterator[Issue]:
    """Yield the issues of the verdict, then those that its notes count and bring along (`Issue.further`)."""
    yield from issues
    for one in issues:
        if one.further is not None:
            yield from one.further()


_TEXTS = (
    "code",
    "severity",
    "title",
    "sentence",
    "advice",
    "file",
    "column",
    "key",
    "contest",
    "area",
    "area_name",
    "station",
    "publication",
    "cell",
    "values",
    "basis",
)
_ISSUES: Mapping[str, type[pl.DataType]] = {
    **dict.fromkeys(_TEXTS[:6], pl.String),
    "line": pl.Int64,
    **dict.fromkeys(_TEXTS[6:], pl.String),
}


def _issue_rows(edition: Edition, issues: Iterator[Issue]) -> Iterator[pl.DataFrame]:
    """Yield the rows of every issue, a chunk at a time; at least one frame, so that there is a header."""
    say_of = cache(partial(_sayings, edition))
    yield pl.DataFrame(schema=_ISSUES)
    while chunk := [_issue_row(edition, one, say_of(one.code, one.where.contest)) for one in islice(issues, ISSUES)]:
        yield pl.DataFrame(chunk, schema=_ISSUES, orient="row")


def _issue_row(edition: Edition, issue: Issue, sayings: tuple[_Saying, ...]) -> tuple[str | int | None, ...]:
    where, voice = issue.where, edition.voice_for(issue.where.contest)
    values = issue_values(issue)
    return (
        issue.code,
        issue.severity.value,
        *[one if isinstance(one, str) else one(values) for one in sayings],
        where.file,
        where.line or None,
        where.column,
        where.key,
        where.contest,
        where.area,
        voice.name("area", where.area) if where.area else "",
        where.station,
        where.publication,
        where.cell,
        "; ".join([f"{name}={value}" for name, value in issue.values]),
        " ".join(issue.basis),
    )


def _sayings(edition: Edition, code: str, contest: str) -> tuple[_Saying, ...]:
    """Return title, sentence and advice of a code: what is the same for all its issues is found out once."""
    voice = edition.voice_for(contest)
    return tuple(_saying(voice, f"issue.{code}.{part}") for part in ("title", "reason", "advice"))


def _saying(voice: Voice, key: str) -> _Saying:
    """Return a sentence that needs no values as it is, any other as a function of them."""
    if not voice.book.has(key):
        return ""
    needed = voice.book.needs(key)
    if not needed:
        return voice.book.say(key)
    if any(name.startswith("phrase_") for name in needed):  # a sentence within it may need any other value
        return partial(voice.quote, key)
    return lambda values: voice.quote(key, {name: values[name] for name in needed if name in values})
