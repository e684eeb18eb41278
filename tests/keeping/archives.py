"""An archive of an election that never was, entries for it, and what must hold of it at any time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from secondcount.custody.archive import Archive
from secondcount.custody.beginning import Plan, create_archive
from secondcount.custody.index import open_index
from secondcount.custody.sequencer import append_batch
from secondcount.errors import InputError
from secondcount.evidence.digest import leaf_hash, sha256_hex
from secondcount.evidence.entries import Basis, Custody, File, Sheet, Stations, encode_entry
from secondcount.evidence.verify import Outcome, VerifyOptions, verify_archive

__all__ = ["BEGINNING", "NOW", "assert_whole", "begin", "code_of", "leaf", "register", "sheet"]

NOW = datetime(2026, 1, 15, 21, 0, tzinfo=UTC)
ORIGIN = "test.example/log"
TABLE = "0" * 64  # digest of the table that the copies stand in
BEGINNING = 2  # entries of a new archive: the election, and the table


def begin(
    folder: Path, *, key: str = "log.key", origin: str = ORIGIN, definition: bytes = b"# a definition\n"
) -> Archive:
    """Return a new archive in a folder, with the table of `sheet` in its log; its key file lies beside it."""
    plan = Plan(
        location=str(folder),
        origin=origin,
        election="nowhere.council.2026",
        definition="nowhere.toml",
        data=definition,
        params={},
        key_file=folder.with_name(key),
        readme=b"A log.\n",
    )
    archive = create_archive(plan, {})
    append_batch(archive, [encode_entry(Custody(event="table_imported", file=TABLE, rows=1_000_000))], now=NOW)
    return archive


def sheet(number: int, station: str = "") -> bytes:
    """Return the entry of a copy; every number makes another one."""
    entry = Sheet(
        area="nowhere",
        basis=Basis(file=TABLE, row=number + 1),
        cells={"a": number},
        collector="",
        contest="council",
        copy=1,
        level=1,
        states="=",
        station=station or f"{number:06}",
        version=1,
    )
    return encode_entry(entry)


def register(blob: bytes) -> bytes:
    """Return an entry that names a public blob."""
    return encode_entry(Stations(blob=File(digest=sha256_hex(blob), name="stations.csv", size=len(blob)), rows=1))


def code_of(call: Callable[..., object], *words: object) -> str:
    """Return the code with which a call is refused."""
    with pytest.raises(InputError) as refusal:
        call(*words)
    return refusal.value.code


def leaf(entry: bytes) -> str:
    """Return the digest of an entry."""
    return leaf_hash(entry).hex()


def assert_whole(archive: Archive, entries: list[bytes], *, size: int | None = None) -> None:
    """Assert that an archive verifies, has each of the entries exactly once, and (`size`) nothing else."""
    report = verify_archive(archive.public, VerifyOptions())
    assert report.outcome is Outcome.VERIFIED, report.refused
    assert size in (None, report.size)
    with open_index(archive.index_file) as index:
        assert index.size == report.size  # so each leaf hash is there once: it is the primary key
        assert sum(index.kinds().values()) == report.size
        assert [entry for entry in entries if index.by_leaf(leaf(entry)) is None] == []
