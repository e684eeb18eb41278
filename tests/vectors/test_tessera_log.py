"""A real signed log that other software wrote: every checkpoint, root, proof and entry of it is understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondcount.evidence.checkpoint import Checkpoint, parse_checkpoint
from secondcount.evidence.digest import leaf_hash
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.log import Log, append_entries, remove_superseded
from secondcount.evidence.merkle import verify_consistency, verify_inclusion
from secondcount.evidence.note import open_note, parse_vkey
from secondcount.evidence.proof import encode_receipt, verify_receipt
from storing.failing import MemoryStore

pytestmark = pytest.mark.shared

KEYS = (parse_vkey("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"),)
SIZE = 15


@pytest.fixture
def store(shared: Path) -> LocalStore:
    """Return the log as a store; nothing is written to it."""
    folder = shared / "vectors" / "tessera-log"
    if not folder.is_dir():
        pytest.skip("no vectors/tessera-log in the shared data")
    return LocalStore(folder)


def checkpoint(store: LocalStore, size: int) -> Checkpoint:
    """Return one of the sixteen checkpoints, its signature verified."""
    return parse_checkpoint(open_note(store.load(f"checkpoint.{size}"), KEYS).text)


def test_every_checkpoint_and_root(store: LocalStore) -> None:
    """The signatures of the sixteen checkpoints verify, and our roots of the sixteen sizes are theirs."""
    log = Log(store, SIZE)
    for size in range(SIZE + 1):
        found = checkpoint(store, size)
        assert (found.origin, found.size, found.root) == ("example.com/log/testdata", size, log.root(size))


def test_every_inclusion_and_consistency(store: LocalStore) -> None:
    """Each entry is proved in each tree that has it, and each tree continues every smaller one."""
    log = Log(store, SIZE)
    for size in range(SIZE + 1):
        root = checkpoint(store, size).root
        for index in range(size):
            verify_inclusion(leaf_hash(log.entry(index)), index, size, log.inclusion(index, size), root)
        for old in range(size + 1):
            verify_consistency(old, size, checkpoint(store, old).root, root, log.consistency(old, size))


def test_every_receipt(store: LocalStore) -> None:
    """A receipt made of its tiles and its checkpoint verifies under its key."""
    log = Log(store, SIZE)
    for index, entry in log.entries(0, SIZE):
        receipt = encode_receipt(index, log.inclusion(index, SIZE), store.load("checkpoint"))
        assert verify_receipt(receipt, leaf_hash(entry), KEYS).checkpoint.size == SIZE


def test_our_files_are_theirs(store: LocalStore) -> None:
    """Appending its entries one by one gives at each size the very tiles and bundles that the other software wrote."""
    entries = [entry for _, entry in Log(store, SIZE).entries(0, SIZE)]
    ours = MemoryStore()
    for size in range(1, SIZE + 1):
        append_entries(ours, size - 1, entries[size - 1 : size])
        for path in ours.names("tile/"):
            assert ours.files[path] == store.load(path)
        assert len(remove_superseded(ours, size, since=size - 1)) == (2 if size > 1 else 0)
