"""The index: which entry is where in the log, by digest and by polling station. It can be rebuilt from the log.

SQLite, one row for each entry, ordered by digest (`WITHOUT ROWID`): nothing in it is evidence, so it is written
without waiting for the disk, and a broken file is thrown away and made anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from secondcount.evidence.digest import leaf_hash

__all__ = ["Index", "Placed", "open_index"]

BATCH = 20_000  # entries that are written at once
ASKED = 500  # digests in one question; SQLite allows 32,766 values

_TABLES = """
CREATE TABLE IF NOT EXISTS entry (leaf BLOB PRIMARY KEY, position INTEGER NOT NULL, kind TEXT NOT NULL,
    station TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS log (size INTEGER NOT NULL);
"""
_ORDERS = """
CREATE INDEX IF NOT EXISTS by_station ON entry (station, position) WHERE station <> '';
CREATE INDEX IF NOT EXISTS by_kind ON entry (kind, position) WHERE kind <> 'sheet';
"""


class _Head(msgspec.Struct):
    """The two fields of an entry that are looked up; everything else is skipped while decoding."""

    kind: str = ""
    station: str = ""


_HEADS = msgspec.json.Decoder(_Head)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One entry in the log."""

    leaf: str  # hexadecimal leaf hash
    position: int
    kind: str
    station: str


class Index:
    """The index of one log; used by one process at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use an open database that has the tables."""
        self._connection = connection

    @property
    def size(self) -> int:
        """Return for how many entries of the log the index speaks."""
        row = self._connection.execute("SELECT max(size) FROM log").fetchone()
        return int(row[0] or 0)

    def known(self, leaves: Sequence[bytes]) -> set[bytes]:
        """Return those of some leaf hashes that are in the log."""
        found: set[bytes] = set()
        for at in range(0, len(leaves), ASKED):
            asked = leaves[at : at + ASKED]
            marks = ",".join("?" * len(asked))
            rows = self._connection.execute(f"SELECT leaf FROM entry WHERE leaf IN ({marks})", asked)  # noqa: S608 - question marks only
            found.update(row[0] for row in rows)
        return found

    def add(self, start: int, entries: Iterable[bytes], progress: Callable[[int], None] = lambda _: None) -> None:
        """Add the entries of the log from position `start` on, in batches; what is there already is left alone."""
        batch: list[tuple[bytes, int, str, str]] = []
        for position, entry in enumerate(entries, start=start):
            head = _HEADS.decode(entry)
            batch.append((leaf_hash(entry), position, head.kind, head.station))
            if len(batch) == BATCH:
                self._write(batch)
                progress(position + 1)
                batch = []
        self._write(batch)

    def _write(self, batch: list[tuple[bytes, int, str, str]]) -> None:
        if not batch:
            return
        end = batch[-1][1] + 1
        with self._connection:
            # In the order of the tree, so that each page of it is written once.
            self._connection.executemany("INSERT OR IGNORE INTO entry VALUES (?, ?, ?, ?)", sorted(batch))
            self._connection.execute("DELETE FROM log")
            self._connection.execute("INSERT INTO log VALUES (?)", (end,))

    def clear(self) -> None:
        """Forget everything."""
        with self._connection:
            self._connection.execute("DELETE FROM entry")
            self._connection.execute("DELETE FROM log")

    def by_leaf(self, leaf: str) -> Placed | None:
        """Return the entry with a digest, None where the log has none."""
        return next(self._found("leaf = ?", bytes.fromhex(leaf)), None)

    def by_station(self, station: str) -> tuple[Placed, ...]:
        """Return the entries of a polling station, oldest first."""
        return tuple(self._found("station <> '' AND station = ?", station))

    def of_kind(self, kind: str) -> tuple[Placed, ...]:
        """Return the entries of a kind, oldest first."""
        return tuple(self._found("kind <> 'sheet' AND kind = ?" if kind != "sheet" else "kind = ?", kind))

    def kinds(self) -> dict[str, int]:
        """Return how many entries of each kind there are."""
        return dict(self._connection.execute("SELECT kind, count(*) FROM entry GROUP BY kind ORDER BY kind"))

    def _found(self, where: str, value: object) -> Iterator[Placed]:
        query = f"SELECT leaf, position, kind, station FROM entry WHERE {where} ORDER BY position"  # noqa: S608 - fixed words
        for leaf, position, kind, station in self._connection.execute(query, (value,)):
            yield Placed(leaf=leaf.hex(), position=position, kind=kind, station=station)

    def order(self) -> None:
        """Make the orders by station and by kind; after a large first load this is faster than before it."""
        self._connection.executescript(_ORDERS)


@contextmanager
def open_index(path: Path, *, rebuild: bool = False) -> Iterator[Index]:
    """Open the index in a file, new where there is none; one that is broken or unwanted is thrown away."""
    if rebuild or not _is_sound(path):
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            path.with_name(name).unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(_connected(path)) as connection:
        yield Index(connection)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    # 8 MiB: full from 100,000 entries on. Of 2,000,000 more of it made nothing faster, and only memory grew.
    connection.execute("PRAGMA cache_size = -8192")
    connection.executescript(_TABLES)
    return connection


def _is_sound(path: Path) -> bool:
    """Return whether a file is a database with our tables; a torn one says so when it is read."""
    if not path.exists():
        return True
    try:
        with closing(_connected(path)) as connection:
            connection.execute("SELECT leaf, position, kind, station FROM entry LIMIT 1").fetchall()
            connection.execute("SELECT size FROM log LIMIT 1").fetchall()
    except sqlite3.DatabaseError:
        return False
    return True
