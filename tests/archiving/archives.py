"""A small election as its definition file, and an archive of tables held in memory: entries and blobs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from secondcount.custody.importing import ArrivingTable, import_tables
from secondcount.custody.pseudonyms import Pseudonyms
from secondcount.evidence.arrival import withhold
from secondcount.evidence.entries import Election, Entry, File, encode_entry
from secondcount.intake import TableFile
from secondcount.jurisdictions import Definition, load_definition
from secondcount.model.record import Record
from secondcount.verdict import Verdict, gather_files
from secondcount.verdict.load import load_record

__all__ = ["CELLS", "DEFINITION", "NAME", "SECRET", "Held", "ListedLog", "hold", "of_files", "same", "sheet_table"]

NAME = "testland.toml"
SECRET = b"\x07" * 32
CELLS = ("registered", "invalid", "nur", "ak_zhol", "union")

DEFINITION = b"""format = 1
id = "testland.council.2030"
country = "xx"
voting_day = 2030-05-05
timezone = "Asia/Almaty"
labels = { en = "Testland" }
sources = ["invented"]
levels = [
  { id = "country", labels = { en = "Country" } },
  { id = "region", labels = { en = "Region" } },
]
areas = [
  { id = "land", level = "country", stations = 9, source = "invented", labels = { en = "Land" } },
  { id = "north", level = "region", parent = "land", labels = { en = "North" } },
  { id = "south", level = "region", parent = "land", labels = { en = "South" } },
]

[[contests]]
id = "list"
labels = { en = "Lists" }
share_base = "votes"
contestants = [
  { id = "nur", kind = "list", labels = { en = "Light" } },
  { id = "ak_zhol", kind = "list", labels = { en = "White Way" } },
  { id = "union", kind = "list", labels = { en = "Union" } },
]
lines = [
  { id = "registered", role = "registered", labels = { en = "Registered" } },
  { id = "invalid", role = "invalid", labels = { en = "Invalid" } },
]

[contests.rule]
method = "dhondt"
seats = 9
ties = "silent"
source = "invented"

[[contests.bases]]
id = "votes"
labels = { en = "Votes" }
cells = ["contestants"]
source = "invented"

[[layouts]]
id = "places"
serves = "both"
station = [{ column = "PS" }]
areas = { region = "Place" }
cells = { nur = "N", ak_zhol = "A", union = "U" }
level = 2
"""

File_ = tuple[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLog:
    """Entries in memory, read as those of a log are."""

    listed: Sequence[bytes]

    def entries(self, start: int, stop: int) -> Iterator[tuple[int, bytes]]:
        """Yield index and bytes of the entries `start <= index < stop`."""
        yield from zip(range(start, stop), self.listed[start:stop], strict=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An archive in memory."""

    entries: tuple[bytes, ...]
    blobs: Mapping[str, bytes]

    def record(self, *claims: str) -> Record:
        """Return the record of all entries."""
        return load_record(ListedLog(listed=self.entries), self.blobs.__getitem__, len(self.entries), claims=claims)

    def adding(self, *entries: Entry | bytes, blobs: Sequence[bytes] = ()) -> Held:
        """Return the archive with further entries and blobs."""
        more = tuple(one if isinstance(one, bytes) else encode_entry(one) for one in entries)
        return Held(entries=(*self.entries, *more), blobs={**self.blobs, **named(blobs)})

    def shuffled(self, order: Sequence[int]) -> Held:
        """Return the archive with its entries in another order."""
        return replace(self, entries=tuple(self.entries[place] for place in order))


def named(blobs: Sequence[bytes]) -> dict[str, bytes]:
    """Return blobs by their digests."""
    return {hashlib.sha256(one).hexdigest(): one for one in blobs}


def hold(
    reported: Sequence[File_] = (),
    sheets: Sequence[File_] = (),
    *,
    definition: bytes = DEFINITION,
    name: str = NAME,
    params: Mapping[str, str] = MappingProxyType({}),
    mappings: Mapping[str, bytes] = MappingProxyType({}),
    secret: bytes = SECRET,
) -> Held:
    """Return the archive of a definition and of tables."""
    loaded = load_definition(name, definition, params)
    first = Election(
        definition=File(digest=hashlib.sha256(definition).hexdigest(), name=name, size=len(definition)),
        id=loaded.election.id,
        key="example.org/log+00000000+" + "A" * 44,
        origin="example.org/log",
        params=dict(params),
    )
    imported = import_tables(
        loaded.election,
        Pseudonyms(secret=secret),
        reported=[_arriving(one, mappings) for one in reported],
        sheets=[_arriving(one, mappings) for one in sheets],
    )
    return Held(entries=(encode_entry(first), *imported.entries()), blobs=named([definition, *imported.public]))


def _arriving(file: File_, mappings: Mapping[str, bytes]) -> ArrivingTable:
    name, data = file
    return ArrivingTable(name=name, data=data, mapping=mappings.get(name, b""))


def of_files(
    reported: Sequence[File_] = (),
    sheets: Sequence[File_] = (),
    *claims: str,
    definition: Definition | None = None,
) -> Record:
    """Return the record of the same files, read from no archive."""
    return gather_files(
        definition or load_definition(NAME, DEFINITION),
        reported=[TableFile(name=name, data=data) for name, data in reported],
        sheets=[TableFile(name=name, data=data) for name, data in sheets],
        claims=claims,
    )


def same(verdict: Verdict) -> Any:
    """Return a verdict without what an archive has of its own: inputs, bases, and what is withheld from everybody."""
    issues = [replace(withhold(one), basis=()) for one in verdict.issues]
    return replace(verdict, inputs=(), issues=tuple(issues))


def sheet_table(*rows: Sequence[object], head: str = "") -> bytes:
    """Return a table of copies: station, area, level, copy, version, collector, then the cells."""
    header = ("station", "area", "level", "copy", "version", "collector", *CELLS)
    lines = [",".join(map(str, row)) for row in (header, *rows)]
    return (head + "\n".join(lines) + "\n").encode()
