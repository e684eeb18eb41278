"""The log grows by new files only, reads proofs from few tiles, and says what is wrong with a tile."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import pytest

from secondcount.errors import InputError, VerificationError
from secondcount.evidence.digest import EMPTY_ROOT, leaf_hash
from secondcount.evidence.log import Appended, Log, append_entries, heal, remove_superseded
from secondcount.evidence.merkle import verify_consistency, verify_inclusion
from secondcount.evidence.store import Conflict
from secondcount.evidence.tiles import tile_paths
from storing import textbook
from storing.failing import MemoryStore


def entries_of(size: int) -> list[bytes]:
    """Return as many different entries."""
    return [f"entry {number}".encode() for number in range(size)]


def log_of(size: int) -> MemoryStore:
    """Return a store with a log of `size` entries."""
    store = MemoryStore()
    append_entries(store, 0, entries_of(size))
    return store


def refusal(code: str) -> pytest.RaisesExc[VerificationError]:
    """Expect a refusal with this code."""
    return pytest.raises(VerificationError, match=rf"^{code}\(")


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 511, 700])
def test_the_files_are_those_of_the_tree(size: int) -> None:
    """After an append the store has exactly the tiles and bundles of the tree, and the root is the textbook's."""
    store = MemoryStore()
    assert append_entries(store, 0, entries_of(size)) == Appended(size=size, root=textbook.root(entries_of(size)))
    assert list(store.names()) == sorted(tile_paths(size))


def test_nothing_appended_changes_nothing() -> None:
    """Appending no entry writes no file and returns the same tree."""
    store = log_of(300)
    before = dict(store.files)
    assert append_entries(store, 300, []) == Appended(size=300, root=textbook.root(entries_of(300)))
    assert store.files == before
    assert append_entries(MemoryStore(), 0, []).root == EMPTY_ROOT


def test_an_append_touches_no_file_that_is_there() -> None:
    """The files of the old tree keep their bytes, so its checkpoint stays readable until the new one is written."""
    store = log_of(300)
    before = dict(store.files)
    append_entries(store, 300, entries_of(700)[300:])
    assert {path: store.files[path] for path in before} == before
    assert Log(store, 300).root(300) == textbook.root(entries_of(300))


def test_superseded_partial_tiles_go_and_only_those() -> None:
    """With or without the size before: partial tiles that the tree has wider are removed, nothing else is."""
    for since in (300, None):
        store = log_of(300)
        store.files |= {"blob/aa/any": b"", "checkpoint": b"", "tile/odd": b""}
        append_entries(store, 300, entries_of(700)[300:])
        gone = remove_superseded(store, 700, since=since)
        assert sorted(gone) == ["tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"]
        assert list(store.names()) == sorted([*tile_paths(700), "blob/aa/any", "checkpoint", "tile/odd"])


def test_a_partial_tile_that_stays_is_kept() -> None:
    """A tile of an upper level that did not change is not written again, and not removed either."""
    store = log_of(300)
    append_entries(store, 300, entries_of(310)[300:])
    assert sorted(remove_superseded(store, 310, since=300)) == ["tile/0/001.p/44", "tile/entries/001.p/44"]
    assert "tile/1/000.p/1" in store.files


def test_what_lies_beyond_the_checkpoint_stays_when_superseded_is_removed() -> None:
    """`remove_superseded` never removes what the tree of its size does not have in a wider form."""
    store = log_of(300)
    append_entries(store, 300, entries_of(700)[300:])
    assert remove_superseded(store, 300) == ()


def test_heal_leaves_the_tree_of_the_checkpoint() -> None:
    """Beyond the checkpoint, superseded and half written files go; other files stay for verification to judge."""
    store = log_of(250)
    append_entries(store, 250, entries_of(300)[250:])
    append_entries(store, 300, entries_of(700)[300:])
    extra = {"tile/0/002.p/9.writing-0": b"", "blob/aa/x.writing-12": b"", "tile/odd": b"", "blob/aa/x": b""}
    store.files |= extra
    gone = heal(store, 300)
    assert list(store.names()) == sorted([*tile_paths(300), "tile/odd", "blob/aa/x"])
    assert {"tile/0/000.p/250", "tile/0/001", "blob/aa/x.writing-12"} <= set(gone)
    assert heal(store, 300) == ()


def test_a_leftover_is_not_built_over() -> None:
    """Where a crash left a file beyond the checkpoint, an append stops instead of overwriting or skipping it."""
    store = log_of(300)
    store.files["tile/entries/001.p/45"] = b"left over"
    with pytest.raises(Conflict):
        append_entries(store, 300, [b"new"])
    assert store.files["tile/entries/001.p/45"] == b"left over"


def test_an_append_builds_on_the_checkpoint_only() -> None:
    """Given the root of the checkpoint, changed tiles or entries at the edge stop the append before it writes."""
    for changed in ("tile/1/000.p/1", "tile/entries/001.p/44"):
        store = log_of(300)
        store.files[changed] = store.files[changed][:-1] + b"!"
        before = dict(store.files)
        with refusal("V525"):
            append_entries(store, 300, [b"new"], textbook.root(entries_of(300)))
        assert store.files == before
    append_entries(log_of(300), 300, [b"new"], textbook.root(entries_of(300)))


def test_an_entry_too_long_is_refused() -> None:
    """An entry of 65,536 bytes is refused and the log is as before."""
    store = log_of(300)
    before = dict(store.files)
    with pytest.raises(InputError, match=r"^V511\("):
        append_entries(store, 300, [b"x" * 65_536])
    assert store.files == before


def test_entries_and_leaf_hashes_are_read_back() -> None:
    """Any range of entries comes back in order, with its indexes; so do the leaf hashes of the tiles."""
    log, entries = Log(log_of(700), 700), entries_of(700)
    for start, stop in ((0, 0), (0, 700), (255, 257), (256, 512), (300, 301), (699, 700), (700, 700), (10, 690)):
        assert list(log.entries(start, stop)) == list(enumerate(entries))[start:stop]
        assert list(log.leaf_hashes(start, stop)) == [leaf_hash(one) for one in entries[start:stop]]
    assert log.entry(511) == entries[511]


@pytest.mark.parametrize("asked", [(-1, 3), (3, 2), (0, 701), (701, 701)])
def test_entries_beyond_the_log_are_refused(asked: tuple[int, int]) -> None:
    """A log of 700 has no entry 700 and none before 0."""
    log = Log(log_of(700), 700)
    with refusal("V524"):
        list(log.entries(*asked))
    with refusal("V524"):
        list(log.leaf_hashes(*asked))


def test_trees_beyond_the_log_are_refused() -> None:
    """Neither root nor proof of a tree larger than the log is made up."""
    log = Log(log_of(700), 700)
    for ask in (lambda: log.root(701), lambda: log.inclusion(0, 701), lambda: log.consistency(1, 701)):
        with refusal("V524"):
            ask()
    with refusal("V501"):
        log.inclusion(5, 5)
    with refusal("V505"):
        log.consistency(6, 5)
    with refusal("V524"):
        log.entry(700)


@pytest.mark.parametrize(
    ("code", "path", "data"),
    [
        ("V521", "tile/0/001", None),
        ("V521", "tile/entries/001", None),
        ("V522", "tile/0/001", b"x" * 8191),
        ("V522", "tile/0/001", b""),
        ("V512", "tile/entries/001", b"\x00"),
        ("V513", "tile/entries/001", b"\x00\x00" * 257),
        ("V523", "tile/entries/001", b"\x00\x00" * 255),
    ],
)
def test_a_damaged_file_is_named(code: str, path: str, data: bytes | None) -> None:
    """A tile or bundle that is missing, cut or too long is refused, with its own code for each."""
    store = log_of(700)
    del store.files[path]
    if data is not None:
        store.files[path] = data
    with refusal(code):
        list(Log(store, 700).leaf_hashes(0, 700)) if "/0/" in path else list(Log(store, 700).entries(0, 700))


def test_the_full_tile_stands_in_for_its_partial_one() -> None:
    """A reader of an older checkpoint reads entries and leaves on when the full tile has replaced its partial one."""
    store = log_of(300)
    append_entries(store, 300, entries_of(700)[300:])
    remove_superseded(store, 700, since=300)
    log = Log(store, 300)
    assert [entry for _, entry in log.entries(0, 300)] == entries_of(300)
    assert list(log.leaf_hashes(0, 300)) == [leaf_hash(one) for one in entries_of(300)]
    with refusal("V521"):  # the tile above has grown from width 1 to 2 and is not full yet
        log.root(300)


def test_older_trees_are_read_from_the_newest_one() -> None:
    """With the newest checkpoint, root and proofs of every older size are there, without its partial tiles."""
    store = log_of(300)
    append_entries(store, 300, entries_of(700)[300:])
    remove_superseded(store, 700, since=300)
    log = Log(store, 700)
    root = textbook.root(entries_of(300))
    assert log.root(300) == root
    verify_inclusion(leaf_hash(b"entry 299"), 299, 300, log.inclusion(299, 300), root)
    verify_consistency(300, 700, root, log.root(700), log.consistency(300, 700))


def test_a_proof_reads_few_tiles() -> None:
    """A proof in a log of 70,000 entries reads at most two tiles of each of its three levels; none twice."""
    store = log_of(70_000)
    for index in (0, 255, 256, 35_000, 65_535, 65_536, 69_999):
        log = Log(store, 70_000)
        store.loads.clear()
        log.inclusion(index, 70_000)
        assert log.loads == len(store.loads) == len(set(store.loads)) <= 4
        log.consistency(index, 70_000)
        assert len(store.loads) <= 8


def test_memory_does_not_grow_with_the_log() -> None:
    """Appending 60,000 entries from a generator needs no more memory than appending 15,000 (the store drops them)."""
    assert peak(60_000) < peak(15_000) * 2


class Forgetful(MemoryStore):
    """A store that keeps nothing."""

    def create(self, path: str, data: bytes) -> bool:
        return True


def peak(size: int) -> int:
    """Return the most memory that an append of `size` entries takes, in bytes."""

    def made() -> Iterator[bytes]:
        for number in range(size):
            yield number.to_bytes(8, "big") * 8

    tracemalloc.start()
    append_entries(Forgetful(), 0, made())
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most
