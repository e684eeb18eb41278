"""Wherever an append is cut off, the old tree stays readable; after `heal` and a second try the bytes are the same."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from secondcount.evidence.local_store import Disk, LocalStore
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


class Killed:
    """A disk on which everything stops for good at call number `left`: nobody tidies up after a killed process."""

    def __init__(self, left: int) -> None:
        self.left = left

    def call(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """Return a call that is not made any more once the process is dead."""

        def counted(*arguments: object) -> object:
            self.left -= 1
            if self.left < 0:
                raise Died
            return real(*arguments)

        return counted

    def disk(self) -> Disk:
        """Return the calls."""
        return Disk(
            write=self.call(os.write),
            flush=self.call(os.fsync),
            link=self.call(os.link),
            rename=self.call(os.replace),
            unlink=self.call(os.unlink),
        )


def files_of(root: Path) -> dict[str, bytes]:
    """Return every file of a folder with its bytes."""
    store = LocalStore(root)
    return {path: store.load(path) for path in store.names()}


def test_a_process_killed_at_any_call_to_the_disk(tmp_path: Path) -> None:
    """Killed at each single call, the old tree is whole; healed and done again, the bytes are the same."""
    entries = ENTRIES[:700]
    append_entries(LocalStore(tmp_path / "once"), 0, entries)
    expected, left, survived = files_of(tmp_path / "once"), 0, False
    while not survived:
        root = tmp_path / str(left)
        append_entries(LocalStore(root, durable=False), 0, entries[:300])
        try:
            append_entries(LocalStore(root, disk=Killed(left).disk()), 300, entries[300:])
            survived = True
        except Died:
            assert Log(LocalStore(root), 300).root(300) == textbook.root(entries[:300])
        heal(LocalStore(root), 300)
        append_entries(LocalStore(root), 300, entries[300:])
        remove_superseded(LocalStore(root), 700, since=300)
        assert files_of(root) == expected
        left += 1
    assert left > 20  # that many calls there are
