"""What every writable store promises: the same tests on a folder, on obstore in memory, and on a real S3 server."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from secondcount.errors import InputError
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.log import Log, append_entries, heal, remove_superseded
from secondcount.evidence.s3_store import BucketStore, open_bucket
from secondcount.evidence.store import Conflict, Missing, Store
from secondcount.evidence.tiles import tile_paths
from storing import textbook
from storing.bucket import Server

BUCKET = "contract"


@pytest.fixture(scope="module")
def server(bucket_server: Server) -> Server:
    """Return a real S3 server with a bucket for the tests of this file."""
    assert bucket_server.ask("PUT", f"/{BUCKET}").status == 200
    return bucket_server


@pytest.fixture(params=["folder", "memory", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Return an empty store of each kind."""
    if request.param == "folder":
        return LocalStore(tmp_path / "root")
    if request.param == "memory":
        return BucketStore(MemoryStore())
    running_server: Server = request.getfixturevalue("server")
    prefix = sha256_hex(request.node.name.encode())
    return open_bucket(f"s3://{BUCKET}/{prefix}/public", running_server.environ())


def test_a_file_is_created_once(store: Store) -> None:
    """The first writer wins; a second one is told, and changes nothing, whatever it brings."""
    assert store.create("a/b", b"first")
    assert not store.create("a/b", b"second")
    assert not store.create("a/b", b"first")
    assert (store.load("a/b"), store.size("a/b")) == (b"first", 5)
    assert store.create("a/empty", b"")
    assert (store.load("a/empty"), store.size("a/empty")) == (b"", 0)


def test_what_is_missing_is_missing(store: Store) -> None:
    """Reading a file that is not there says so; asking for size or version gives None; deleting it does nothing."""
    with pytest.raises(Missing) as refused:
        store.load("a/b")
    assert refused.value.values["path"] == "a/b"
    assert store.size("a/b") is None
    assert store.version("a/b") is None
    store.delete("a/b")
    assert list(store.names()) == []


def test_many_files_are_created_and_the_old_ones_kept(store: Store) -> None:
    """Of many files each is there afterwards; those that existed are named and keep their bytes."""
    store.create("t/0005", b"old")
    existed = store.create_many((f"t/{number:04}", b"new %d" % number) for number in range(300))
    assert existed == ("t/0005",)
    assert store.load("t/0005") == b"old"
    assert store.load("t/0299") == b"new 299"
    assert len(list(store.names())) == 300
    assert store.create_many([]) == ()


def test_names_are_sorted_and_cut_by_prefix(store: Store) -> None:
    """Names come in the order of whole paths, and a prefix may end within a part."""
    paths = ["a", "b/000", "b/000.p/5", "b/000-x", "b/é", "c/d/e", "checkpoint"]
    store.create_many((path, b"") for path in paths)
    assert list(store.names()) == sorted(paths)
    assert list(store.names("b/")) == sorted(path for path in paths if path.startswith("b/"))
    assert list(store.names("b/000.")) == ["b/000.p/5"]
    assert list(store.names("c")) == ["c/d/e", "checkpoint"]
    assert list(store.names("no/such")) == []


def test_a_version_is_replaced_only_by_who_has_read_it(store: Store) -> None:
    """Replacing needs the version that is there; a version of before, of another file, or of none is a conflict."""
    first = store.replace("checkpoint", b"1", None)
    assert first == store.version("checkpoint")
    second = store.replace("checkpoint", b"2", first)
    assert second == store.version("checkpoint") != first
    for expected in (first, None):
        with pytest.raises(Conflict):
            store.replace("checkpoint", b"3", expected)
    with pytest.raises(Conflict):
        store.replace("absent", b"3", second)
    assert store.load("checkpoint") == b"2"
    assert list(store.names()) == ["checkpoint"]


def test_of_many_writers_one_wins(store: Store) -> None:
    """Eight at a time create one file, and replace one version: exactly one succeeds each time."""
    version = store.replace("state", b"", None)
    outcomes: list[str] = []

    def write(number: int) -> None:
        if store.create("lock", b"%d" % number):
            outcomes.append("created")
        try:
            store.replace("state", b"%d" % number, version)
            outcomes.append("replaced")
        except Conflict:
            pass

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(outcomes) == ["created", "replaced"]


def test_what_is_deleted_can_be_created_again(store: Store) -> None:
    """After deletion a file is missing, its neighbours stay, and its name is free."""
    store.create_many([("d/a", b"1"), ("d/b", b"2")])
    store.delete("d/a")
    assert list(store.names()) == ["d/b"]
    assert store.create("d/a", b"3")
    assert store.load("d/a") == b"3"


@pytest.mark.parametrize(
    "path", ["", "/etc/passwd", "../up", "a/../../up", "a//b", "./a", "a/", "a\\b", "a\0b", "a\nb", "c:a", "\udc80"]
)
def test_a_path_out_of_the_store_is_refused(store: Store, path: str) -> None:
    """No operation takes a path that leads out, or that two systems could read in two ways."""
    for ask in (
        lambda: store.load(path),
        lambda: store.size(path),
        lambda: store.version(path),
        lambda: store.create(path, b""),
        lambda: store.create_many([(path, b"")]),
        lambda: store.replace(path, b"", None),
        lambda: store.replace(path, b"", "version"),
        lambda: store.delete(path),
    ):
        with pytest.raises(InputError, match=r"^A503\("):
            ask()
    assert list(store.names()) == []


def test_a_log_lives_in_it(store: Store) -> None:
    """A log grows in two steps, loses its superseded tiles, heals, and is read back whole."""
    entries = [b"entry %d" % number for number in range(600)]
    append_entries(store, 0, entries[:300])
    grown = append_entries(store, 300, entries[300:])
    assert grown.root == textbook.root(entries)
    remove_superseded(store, 600, since=300)
    assert heal(store, 600) == ()
    assert list(store.names()) == sorted(tile_paths(600))
    assert [entry for _, entry in Log(store, 600).entries(0, 600)] == entries
    assert Log(store, 600).root(300) == textbook.root(entries[:300])
