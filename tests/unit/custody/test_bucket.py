"""The same archive in a bucket: outbox, log and blobs are objects, and a lease lets one writer at a time write."""

from __future__ import annotations

from pathlib import Path

import pytest

from keeping.archives import NOW, assert_whole, begin, register
from keeping.desks import agreed_sheet, arrived_copy, begin_desk, kinds_in_log
from secondcount.custody.archive import Archive, open_archive
from secondcount.custody.beginning import Plan, create_archive
from secondcount.custody.export import export_archive
from secondcount.custody.locking import LEASE, locked
from secondcount.custody.merging import merge_archive
from secondcount.custody.outbox import acknowledge, waiting
from secondcount.custody.rebuilding import desk_state
from secondcount.custody.restore import restore_archive
from secondcount.custody.sequencer import drain
from secondcount.custody.status import load_status
from secondcount.errors import InputError
from storing.bucket import Server

BLOB = b"station\n1\n"


@pytest.fixture(scope="module")
def server(bucket_server: Server) -> Server:
    """Return a real S3 server with a bucket for the tests of this file."""
    assert bucket_server.ask("PUT", "/elections").status == 200
    return bucket_server


@pytest.fixture
def environment(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Let this process find the server, and keep its index in a folder of the test."""
    for name, value in server.environ().items():
        monkeypatch.setenv(name, value)
    return {"XDG_CACHE_HOME": str(tmp_path / "cache")}


@pytest.fixture
def archive(environment: dict[str, str], tmp_path: Path) -> Archive:
    """Return a new archive in a bucket, with entries in its outbox."""
    plan = Plan(
        location=f"s3://elections/{tmp_path.name}",
        origin="test.example/bucket",
        election="nowhere.council.2026",
        definition="nowhere.toml",
        data=b"# a definition\n",
        params={},
        key_file=tmp_path / "bucket.key",
        readme=b"A log.\n",
    )
    archive = create_archive(plan, environment)
    acknowledge(archive, register(BLOB), [BLOB])
    return archive


def test_from_the_outbox_to_a_copy_and_back(archive: Archive, environment: dict[str, str], tmp_path: Path) -> None:
    """Drained, exported to a folder, restored from it, merged with an archive in a folder."""
    assert drain(archive, NOW).added == 1
    assert list(waiting(archive)) == []
    assert_whole(archive, [register(BLOB)], size=2)
    export_archive(archive, str(tmp_path / "copy"), NOW)
    again = restore_archive(str(tmp_path / "again"), str(tmp_path / "copy"), tmp_path / "bucket.key", {})
    local = begin(tmp_path / "local")
    merge_archive(archive, local.location, NOW)
    merge_archive(again, archive.location, NOW)
    assert_whole(again, [register(BLOB)], size=3)
    export_archive(again, f"{archive.location}-copy", NOW)
    assert load_status(open_archive(archive.location, environment), NOW.date()).free is None


def test_what_was_cut_off_is_healed(archive: Archive) -> None:
    """A tile that no checkpoint covers, and a journal that says so."""
    archive.private.create("journal", b'{"began":"2026-01-15T20:00:00+00:00","size":1}')
    archive.public.create("tile/entries/000.p/2", b"torn")
    drain(archive, NOW)
    assert_whole(archive, [register(BLOB)], size=2)


def test_a_lease_is_held_and_runs_out(archive: Archive) -> None:
    """While it is held nobody else writes; when its holder is gone, its hour frees the archive."""
    with locked(archive, patience=0, clock=lambda: 1_000.0):
        with pytest.raises(InputError, match="A201"), locked(archive, patience=0, clock=lambda: 1_000.0 + LEASE - 1):
            pass
        with locked(archive, patience=0, clock=lambda: 1_000.0 + LEASE + 1):
            pass
    with locked(archive, patience=0, clock=lambda: 1_000.0):
        pass


def test_from_a_photo_to_a_sheet(server: Server, environment: dict[str, str], tmp_path: Path) -> None:
    """A desk whose archive lies in a bucket: everything is there, once, though every step is done twice."""
    archive = begin_desk(tmp_path / "desk", location=f"s3://elections/desk-{tmp_path.name}", environment=environment)
    for _ in range(2):
        copy = arrived_copy(archive)
        agreed = agreed_sheet(archive, copy)
    state = desk_state(archive)
    assert (len(state.arrivals), state.waiting, set(state.copies)) == (1, frozenset(), {copy})
    assert (len(state.commitments), len(state.revealed), len(state.agreed)) == (2, 2, 1)
    assert kinds_in_log(archive) == {
        "custody": 2,
        "copy": 1,
        "commitment": 2,
        "reading": 2,
        "adjudication": 1,
        "sheet": 1,
    }
    assert agreed == agreed_sheet(archive, copy)
