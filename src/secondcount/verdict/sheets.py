"""Sheet entries -> frames of copies with the contract of `model.tables.sheet_schema`, in a canonical order.

Entries are decoded in lots into columns by a type made for the election's cells: strict, and twice as fast as
going through `evidence.entries.Sheet` (benchmarks/archive.py has both, and Polars' own reader of JSON lines, which
takes as long, more processor time, and would overlook a cell that no contest has).

An entry that does not fit its contest is in no frame: it is told (A451). It cannot stop the verdict, for it can
never be removed from the log.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import msgspec
import polars as pl

from secondcount.model.codes import make_issue
from secondcount.model.election import Contest, Election
from secondcount.model.issue import Issue, Where
from secondcount.model.tables import LEVELS, CellState, sheet_schema
from secondcount.verdict.same_collectors import same_collectors

__all__ = ["Sheets", "read_sheet_entries"]

_SHOWN = 10  # entries that one issue names
_TEXTS = ("station", "area", "collector", "states", "contest")
_NUMBERS = ("copy", "version", "level")
_ROW = ("station", "area", "copy", "version", "level", "states", "contest", "file", "row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """Frames by contest, and what was left out of them."""

    frames: Mapping[str, pl.DataFrame]
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """How the sheets of one election are decoded."""

    decoder: msgspec.json.Decoder[Any]
    cells: tuple[str, ...]  # of all contests, each once


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """What the types have in common; the collector of garbage need not look at them, for they hold no circles."""


class _Basis(_Strict, frozen=True, forbid_unknown_fields=True, gc=False):
    file: str
    row: int


def read_sheet_entries(
    lots: Iterable[Sequence[bytes]],
    election: Election,
    files: Sequence[str],
    named: frozenset[str] = frozenset(),
) -> Sheets:
    """Return the copies in entries, whatever order the entries come in.

    Args:
        lots: the bytes of sheet entries, so many at a time.
        election: with all its contestants.
        files: digests of the tables of copies in their order; other digests come behind them.
        named: entries that corrections name: of entries that are one row, it is they that stay.

    """
    reader = _reader(election)
    frames: list[pl.DataFrame] = [_frame([], [], reader)]
    strange: list[str] = []
    for lot in lots:
        frame, wrong = _read(lot, reader)
        frames.append(frame)
        strange += wrong
    placed, again = _in_order(pl.concat(frames), files, named)
    whole, told = _each_once(placed) if again else (placed, ())
    found: dict[str, pl.DataFrame] = {}
    issues: list[Issue] = []
    for contest in election.contests:
        rows = whole.filter(pl.col("contest") == contest.id)
        good = rows.select(_fits(contest, reader.cells)).to_series()
        kept = rows if good.all() else rows.filter(good)
        cells = [pl.col(f"={cell}").alias(cell) for cell in contest.cells]
        frame = kept.with_columns(cells).select(sheet_schema(contest).keys())
        if frame.height:
            found[contest.id] = frame
        issues += _left_out(rows.filter(~good)["basis"].to_list(), contest.id)
    known = [one.id for one in election.contests]
    strange += whole.filter(~pl.col("contest").is_in(known))["basis"].to_list()
    return Sheets(frames=found, issues=(*_left_out(strange, ""), *issues, *told))


def _reader(election: Election) -> _Reader:
    """Return a decoder that takes the cells of this election and nothing else."""
    cells = tuple(dict.fromkeys(cell for contest in election.contests for cell in contest.cells))
    names = [f"c{number}" for number in range(len(cells))]
    kind = msgspec.defstruct(
        "Cells",
        [(name, int | None, None) for name in names],
        bases=(_Strict,),
        rename=dict(zip(names, cells, strict=True)),
    )
    heads = [*((name, str) for name in _TEXTS), *((name, int) for name in _NUMBERS)]
    fields = [*heads, ("basis", _Basis), ("cells", kind)]
    sheet = msgspec.defstruct("Sheet", fields, bases=(_Strict,), tag_field="kind", tag="sheet")
    return _Reader(decoder=msgspec.json.Decoder(sheet), cells=cells)


def _read(lot: Sequence[bytes], reader: _Reader) -> tuple[pl.DataFrame, list[str]]:
    """Return the rows of some entries, and the leaf hashes of those that cannot be read."""
    decode = reader.decoder.decode
    try:
        return _frame([decode(one) for one in lot], lot, reader), []
    except ValueError:
        pass  # which of them it is, is found one by one
    good: list[Any] = []
    kept: list[bytes] = []
    wrong: list[str] = []
    for one in lot:
        try:
            good.append(decode(one))
        except ValueError:
            wrong.append(_leaf(one))
        else:
            kept.append(one)
    return _frame(good, kept, reader), wrong


def _leaf(entry: bytes) -> str:
    """Return the leaf hash of an entry, which is the basis of its row (RFC 6962 section 2.1)."""
    return hashlib.sha256(b"\x00" + entry).hexdigest()


def _frame(rows: Sequence[Any], entries: Sequence[bytes], reader: _Reader) -> pl.DataFrame:
    """Return rows as columns; a list for each column is the quickest way from objects to a frame."""
    columns = [_column(name, map(attrgetter(name), rows), pl.String) for name in _TEXTS]
    columns += [_column(name, map(attrgetter(name), rows), pl.Int64) for name in _NUMBERS]
    columns.append(_column("file", map(attrgetter("basis.file"), rows), pl.String))
    columns.append(_column("row", map(attrgetter("basis.row"), rows), pl.Int64))
    columns.append(_column("basis", map(_leaf, entries), pl.String))
    for number, cell in enumerate(reader.cells):
        columns.append(_column(f"={cell}", map(attrgetter(f"cells.c{number}"), rows), pl.Int64))
    return pl.DataFrame(columns)


def _column(name: str, values: Iterator[Any], kind: type[pl.DataType]) -> pl.Series:
    return pl.Series(name, list(values), dtype=kind)


def _in_order(rows: pl.DataFrame, files: Sequence[str], named: frozenset[str]) -> tuple[pl.DataFrame, bool]:
    """Return the rows as the tables had them, one table after the other, and whether any of them is there again."""
    others = sorted(set(rows["file"].unique()) - set(files))
    order = {file: place for place, file in enumerate((*dict.fromkeys(files), *others))}
    placed = rows.with_columns(place=pl.col("file").replace_strict(order, return_dtype=pl.Int64, default=0))
    if _is_in_order(placed):  # the usual case: entries came in the order of the table
        return placed.drop("place"), False
    unnamed = ~pl.col("basis").is_in(sorted(named))
    placed = placed.sort("place", "row", "contest", "station", "copy", "version", unnamed, "collector", "basis")
    again = placed.select(pl.struct("place", "row", "contest").is_duplicated().any()).item()
    return placed.drop("place"), bool(again)


def _each_once(rows: pl.DataFrame) -> tuple[pl.DataFrame, tuple[Issue, ...]]:
    """Return each row of a table once, though its collector has two pseudonyms, and what is odd about the rows."""
    figures = [name for name in rows.columns if name.startswith("=")]
    entry = pl.when(pl.col("row") == 0).then("basis").alias("entry")  # what is no row of a table is told by its entry
    said = [*_ROW, *figures, "entry"]
    rows, same = same_collectors(rows.with_columns(entry), said)
    once = rows.unique(said, keep="first", maintain_order=True).drop("entry")
    linked = [make_issue("A464", count=len(same), pseudonyms=", ".join(same[:_SHOWN]))] if same else []
    return once, (*linked, *_contradictions(once))


def _contradictions(rows: pl.DataFrame) -> Iterator[Issue]:
    """Say which rows of tables stand in entries that differ: one of them is not what the table says."""
    several = rows.filter((pl.col("row") > 0) & pl.struct("file", "row", "contest").is_duplicated())
    for (contest, file), found in several.group_by("contest", "file", maintain_order=True):
        at = found["row"].unique(maintain_order=True).to_list()
        yield make_issue(
            "A466",
            Where(contest=str(contest)),
            basis=tuple(found["basis"].sort()[:_SHOWN]),
            count=len(at),
            digest=str(file),
            rows=", ".join(map(str, at[:_SHOWN])),
        )


def _is_in_order(placed: pl.DataFrame) -> bool:
    """Return whether the rows are in the order of their tables already, none of them twice."""
    before, row = pl.col("place").diff(), pl.col("row").diff()
    return bool(placed.select(((before > 0) | ((before == 0) & (row > 0))).fill_null(value=True).all()).item())


def _fits(contest: Contest, cells: Sequence[str]) -> pl.Expr:
    """Return whether a row is what `model.tables` says of a row of this contest."""
    least = [pl.col(one) >= 1 for one in ("copy", "version")]
    level = pl.col("level").is_between(min(LEVELS), max(LEVELS))
    length = pl.col("states").str.len_chars() == len(contest.cells)
    others = [pl.col(f"={one}").is_null() for one in cells if one not in contest.cells]
    right = [
        (pl.col("states").str.slice(place, 1) == CellState.READ.value) == pl.col(f"={cell}").is_not_null()
        for place, cell in enumerate(contest.cells)
    ]
    counts = [pl.col(f"={cell}").fill_null(0) >= 0 for cell in contest.cells]
    return pl.all_horizontal(*least, level, length, *others, *right, *counts).alias("fits")


def _left_out(leaves: Sequence[str], contest: str) -> Iterator[Issue]:
    if leaves:
        named = tuple(sorted(leaves)[:_SHOWN])
        yield make_issue("A451", Where(contest=contest), basis=named, count=len(leaves), first=named[0])
