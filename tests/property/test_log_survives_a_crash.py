"""Wherever an append is cut off, the old tree stays readable; after `heal` and a second try the bytes are the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from secondcount.evidence.log import Log, append_entries, heal, remove_superseded
from storing import textbook
from storing.failing import Died, MemoryStore

ENTRIES = [b"entry %d" % number for number in range(1_400)]


def grow(store: MemoryStore, old: int, new: int) -> None:
    """Do what a sequencer does: append, then move the checkpoint, then remove what is superseded."""
    append_entries(store, old, ENTRIES[old:new])
    store.replace("checkpoint", str(new).encode(), store.version("checkpoint"))
    remove_superseded(store, new, since=old)


def checkpoint(store: MemoryStore) -> int:
    """Return the size that the checkpoint states."""
    return int(store.files.get("checkpoint", b"0"))


@settings(max_examples=120)
@given(old=st.integers(0, 700), more=st.integers(0, 700), left=st.integers(0, 14), again=st.integers(0, 14))
def test_a_crash_after_any_write(old: int, more: int, left: int, again: int) -> None:
    """Death after any number of writes, and once more while healing: nothing of the checkpoint is lost or changed."""
    expected = MemoryStore()
    grow(expected, 0, old)
    store = MemoryStore(expected.files)
    grow(expected, old, old + more)
    for patience in (left, again, None):
        store.left, store.writes = patience, 0
        try:
            heal(store, checkpoint(store))
            grow(store, checkpoint(store), old + more)
        except Died:
            size = checkpoint(store)
            assert size in (old, old + more)
            assert Log(store, size).root(size) == textbook.root(ENTRIES[:size])
            assert [entry for _, entry in Log(store, size).entries(0, size)] == ENTRIES[:size]
    assert store.files == expected.files
