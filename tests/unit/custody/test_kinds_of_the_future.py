"""Entries of kinds that this release does not know go everywhere that others go, byte for byte."""

from __future__ import annotations

from pathlib import Path

from keeping.archives import NOW, assert_whole, begin, sheet
from secondcount.custody.archive import Archive, load_head
from secondcount.custody.export import export_archive
from secondcount.custody.merging import merge_archive
from secondcount.custody.outbox import acknowledge
from secondcount.custody.restore import restore_archive
from secondcount.custody.sequencer import append_batch, drain
from secondcount.evidence.log import Log

SEAL = b'{"kind":"seal","of":"%b","x":{"y":[1,2]}}' % (b"5" * 64)
WAX = b'{"colour":"red","kind":"wax"}'


def entries(archive: Archive) -> list[bytes]:
    """Return every entry of an archive."""
    size = load_head(archive).checkpoint.size
    return [entry for _, entry in Log(archive.public, size).entries(0, size)]


def test_it_is_exported_restored_and_merged(tmp_path: Path) -> None:
    """By the outbox or in a batch, then in a copy, in an archive made of the copy, and in another team's archive."""
    archive = begin(tmp_path / "log")
    append_batch(archive, [SEAL, sheet(1)], now=NOW)
    acknowledge(archive, WAX)
    drain(archive, NOW)
    export_archive(archive, str(tmp_path / "copy"), NOW)
    again = restore_archive(str(tmp_path / "again"), str(tmp_path / "copy"), tmp_path / "log.key", {})
    other = begin(tmp_path / "other", key="other.key", origin="test.example/other")
    merged = merge_archive(other, str(tmp_path / "copy"), NOW)
    assert merged.added == {"seal": 1, "sheet": 1, "wax": 1}
    for one in (archive, again, other):
        assert {SEAL, WAX} <= set(entries(one))
        drain(one, NOW)  # a restored archive makes its index at its first command
        assert_whole(one, [SEAL, WAX])
    assert merge_archive(other, str(tmp_path / "copy"), NOW).added == {}
