"""Tables become entries: a `publication` for each table of the authority, a `sheet` for each copy of a protocol.

The inverse of `verdict.load`. A table of the authority is public and goes into the archive as captured; a table of
copies stays in the private part (people's names stand in such tables), and its rows become entries of their own, with
a `custody` entry that names the table's digest and what was odd about it (`evidence.arrival`). Nothing here reads a
clock: the same tables make the same bytes on any machine, but for the pseudonyms of collectors, and for the places of
tables of the authority that do not say when they were published.

First copy, later copy and published figure stay side by side. Two tables that each call something copy 1 of a station
keep both; the same row of the same table, imported twice, is one entry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import polars as pl

from secondcount.custody.pseudonyms import Pseudonyms
from secondcount.errors import InputError, VerificationError
from secondcount.evidence.arrival import TABLE_IMPORTED, Arrival, encode_arrival
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.entries import (
    Basis,
    Custody,
    Entry,
    File,
    Publication,
    Sheet,
    encode_entries,
    encode_entry,
    public_name,
)
from secondcount.intake import (
    ReportedRead,
    SheetsRead,
    arrived_file,
    read_all_reported,
    read_all_sheets,
    with_all_contestants,
)
from secondcount.model import publication as model
from secondcount.model.election import Election

__all__ = ["ArrivingTable", "Imported", "import_tables"]

_NAME = "^[^ ]+( [^ ]+)*$"  # single spaces inside, none outside (`evidence.entries.fields`)
_LONGEST = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STAGES = {model.Stage.VOTING: 0, model.Stage.PRELIMINARY: 300, model.Stage.FINAL: 600}  # milliseconds
_TOGETHER = 4_096  # sheets that are encoded at once: memory stays flat


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivingTable:
    """A table as it arrives: file name, bytes, the mapping beside it (b"" = none), its contest unless it names one."""

    name: str
    data: bytes = field(repr=False)
    mapping: bytes = field(default=b"", repr=False)
    contest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What tables become; `entries` makes the bytes of the entries anew each time, so that they fill no memory."""

    public: tuple[bytes, ...] = field(repr=False)  # blobs
    private: tuple[bytes, ...] = field(repr=False)  # tables of copies, as they arrived
    pseudonyms: Pseudonyms
    publications: tuple[Publication, ...]
    tables: tuple[Custody, ...]
    sheets: tuple[SheetsRead, ...] = field(repr=False)  # in the order of `tables`

    @property
    def count(self) -> int:
        """Return how many entries there are."""
        return len(self.publications) + len(self.tables) + sum(one.frame.height for one in self.sheets)

    def entries(self) -> Iterator[bytes]:
        """Yield the canonical bytes of each entry: publications, tables of copies, then the copies row by row.

        Raises:
            InputError: A454 a row that no entry can hold (a name of more than 200 characters, say).

        """
        yield from map(encode_entry, self.publications)
        yield from map(encode_entry, self.tables)
        for one in self.sheets:
            for start in range(0, one.frame.height, _TOGETHER):
                yield from _encoded(one, list(_sheets(one, start, self.pseudonyms)))


def import_tables(
    election: Election,
    pseudonyms: Pseudonyms,
    *,
    reported: Sequence[ArrivingTable] = (),
    sheets: Sequence[ArrivingTable] = (),
    earlier: Sequence[Publication] = (),
) -> Imported:
    """Return the entries and blobs that tables become; pure.

    Args:
        election: of the archive, with what the tables that are in it already have added to it.
        pseudonyms: of the archive.
        reported: tables of the authority, oldest first.
        sheets: tables of copies.
        earlier: the publications that the archive has already; a table that is among them keeps its place.

    Raises:
        InputError: a table cannot be used at all (T1xx, X112, X113), or a row cannot be an entry (A454).

    """
    given = [arrived_file(one.name, one.data, election, one.contest, one.mapping) for one in reported]
    election = with_all_contestants(election, given) if sheets or given else election
    election, published = read_all_reported(election, given)
    copies = [arrived_file(one.name, one.data, election, one.contest, one.mapping) for one in sheets]
    _, found = read_all_sheets(election, copies)
    for one in found:
        _refuse_long_names(one)
    arrivals = tuple(encode_arrival(Arrival(contest=one.contest, areas=one.areas, issues=one.issues)) for one in found)
    mappings = tuple(one.mapping for one in (*reported, *sheets) if one.mapping)
    return Imported(
        public=tuple(dict.fromkeys((*(one.data for one in reported), *mappings, *arrivals))),
        private=tuple(dict.fromkeys(one.data for one in sheets)),
        pseudonyms=pseudonyms.with_names(name for one in found for name in one.frame["collector"].unique()),
        publications=tuple(_publications(reported, published, earlier, election.timezone)),
        tables=tuple(map(_custody, sheets, found, arrivals)),
        sheets=found,
    )


def _refuse_long_names(read: SheetsRead) -> None:
    """Refuse a table with a name that no entry can hold before anything of it is an entry.

    Raises:
        InputError: A454, with the first row that has one.

    """
    for column in ("station", "area"):
        wrong = read.frame.filter(~pl.col(column).str.contains(_NAME) | (pl.col(column).str.len_chars() > _LONGEST))
        if wrong.height:
            line = str(wrong["basis"][0]).partition("#")[2]
            raise InputError("A454", file=read.input.name, line=int(line), refusal="V616")


def _publications(
    tables: Sequence[ArrivingTable], found: Sequence[ReportedRead], earlier: Sequence[Publication], timezone: str
) -> Iterator[Publication]:
    """Yield the publications, each at its place; one that is there already keeps the one that it has."""
    places = {_identity(one): one.order for one in earlier}
    for table, read in zip(tables, found, strict=True):
        new = Publication(
            contest=read.contest,
            file=File(digest=read.input.digest, name=public_name(read.input.name), size=len(table.data)),
            layout=_digest(table.mapping),
            order=_place(read.publication, timezone, places.values()),
            rows=read.input.rows,
            synthetic=read.input.synthetic,
        )
        yield msgspec.structs.replace(new, order=places.setdefault(_identity(new), new.order))


def _place(publication: model.Publication, timezone: str, taken: Collection[int]) -> int:
    """Return the place of a table: that of the time at which it says that it was published, on any machine.

    Counted in milliseconds since 1970: a day without a time of day is over when it counts; of one second, a later
    stage of the count comes later, and of one stage what arrived later. A table that does not say when it was
    published stands behind all that arrived before it.
    """
    moment = publication.published
    if moment is None:
        return max(taken, default=-1) + 1
    if moment.tzinfo is None:  # a day alone
        moment = moment.replace(hour=23, minute=59, second=59, tzinfo=ZoneInfo(timezone))
    seconds = (moment - _EPOCH) // timedelta(seconds=1)
    place = max(0, seconds) * 1_000 + _STAGES[publication.stage]
    while place in taken:
        place += 1
    return place


def _identity(publication: Publication) -> tuple[str, str, str]:
    """Return what makes a publication the same: the same bytes, read for the same contest by the same mapping."""
    return publication.file.digest, publication.contest, publication.layout


def _custody(table: ArrivingTable, read: SheetsRead, arrival: bytes) -> Custody:
    return Custody(
        event=TABLE_IMPORTED,
        file=read.input.digest,
        issues=sha256_hex(arrival),
        layout=_digest(table.mapping),
        name=public_name(read.input.name),
        rows=read.input.rows,
        synthetic=read.input.synthetic,
    )


def _digest(mapping: bytes) -> str:
    return sha256_hex(mapping) if mapping else ""


def _sheets(read: SheetsRead, start: int, pseudonyms: Pseudonyms) -> Iterator[Sheet]:
    """Yield the sheets of some rows; a row's line is the last part of its basis."""
    frame = read.frame.slice(start, _TOGETHER).with_columns(
        basis=pl.col("basis").str.slice(len(read.input.digest) + 1).str.to_integer()
    )
    cells = frame.columns[len(_HEADS) :]
    labels = {name: pseudonyms.label(name) for name in frame["collector"].unique()}
    for station, area, copy, version, level, collector, states, row, *numbers in frame.iter_rows():
        yield Sheet(
            area=area,
            basis=Basis(file=read.input.digest, row=row),
            cells={cell: value for cell, value in zip(cells, numbers, strict=True) if value is not None},
            collector=labels[collector],
            contest=read.contest,
            copy=copy,
            level=level,
            states=states,
            station=station,
            version=version,
        )


_HEADS = ("station", "area", "copy", "version", "level", "collector", "states", "basis")
"""Columns of `model.tables.sheet_schema` before the cells."""


def _encoded(read: SheetsRead, sheets: Sequence[Entry]) -> Sequence[bytes]:
    try:
        return encode_entries(sheets)
    except VerificationError as error:
        at = error.values.get("index", 0)
        wrong = sheets[at] if isinstance(at, int) else sheets[0]
        row = wrong.basis.row if isinstance(wrong, Sheet) else 0
        raise InputError("A454", file=read.input.name, line=row, refusal=error.code) from error
