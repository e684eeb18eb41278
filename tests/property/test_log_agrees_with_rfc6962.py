"""Whatever the size, the tiles give the root and the proofs of RFC 6962; whatever is changed in a proof, it fails."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondcount.errors import VerificationError
from secondcount.evidence.digest import leaf_hash
from secondcount.evidence.log import Log, append_entries, remove_superseded
from secondcount.evidence.merkle import verify_consistency, verify_inclusion
from storing import textbook
from storing.failing import MemoryStore

MOST = 2_000
ENTRIES = [number.to_bytes(2, "big") * (number % 5) for number in range(MOST)]
STORE = MemoryStore()
append_entries(STORE, 0, ENTRIES)
SIZES = st.one_of(st.integers(1, 20), st.integers(1, MOST), st.sampled_from([255, 256, 257, 511, 512, 513, 1024]))


@settings(max_examples=60)
@given(st.data())
def test_root_and_proofs_are_the_textbooks(data: st.DataObject) -> None:
    """Root, inclusion and consistency read from tiles equal the recursive definition, and verify."""
    size = data.draw(SIZES)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    log, entries = Log(STORE, MOST), ENTRIES[:size]
    root, inclusion, steps = log.root(size), log.inclusion(index, size), log.consistency(old, size)
    assert root == textbook.root(entries)
    assert list(inclusion) == textbook.path(index, entries)
    assert list(steps) == textbook.consistency(old, entries)
    verify_inclusion(leaf_hash(entries[index]), index, size, inclusion, root)
    verify_consistency(old, size, log.root(old), root, steps)


def spoil(data: st.DataObject, proof: list[bytes]) -> list[bytes]:
    """Return a proof with one bit flipped, a hash left out or put in, or two exchanged."""
    at = data.draw(st.integers(0, len(proof) - 1)) if proof else 0
    kind = data.draw(st.sampled_from(["flip", "drop", "swap", "add"] if len(set(proof)) > 1 else ["add"]))
    if kind == "flip":
        bit = data.draw(st.integers(0, 255))
        changed = int.from_bytes(proof[at], "big") ^ 1 << bit
        return [*proof[:at], changed.to_bytes(32, "big"), *proof[at + 1 :]]
    if kind == "drop":
        return proof[:at] + proof[at + 1 :]
    if kind == "swap":
        return proof[::-1] if proof[::-1] != proof else [*proof, proof[0]]
    return [*proof[:at], b"\x07" * 32, *proof[at:]]


@settings(max_examples=150)
@given(st.data())
def test_a_tampered_proof_is_refused(data: st.DataObject) -> None:
    """A flipped bit, a missing, added or exchanged hash, another index, size or leaf: each is refused."""
    size = data.draw(SIZES)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    log = Log(STORE, MOST)
    leaf, root = leaf_hash(ENTRIES[index]), log.root(size)
    with pytest.raises(VerificationError):
        verify_inclusion(leaf, index, size, spoil(data, list(log.inclusion(index, size))), root)
    with pytest.raises(VerificationError):
        verify_consistency(old, size, log.root(old), root, spoil(data, list(log.consistency(old, size))))
    with pytest.raises(VerificationError):
        verify_inclusion(leaf_hash(b"another"), index, size, log.inclusion(index, size), root)


@settings(max_examples=40)
@given(st.lists(st.integers(0, 700), max_size=6))
def test_any_split_into_batches_gives_the_same_files(batches: list[int]) -> None:
    """Appended at once or bit by bit, with the superseded tiles removed, a log has the same files, byte for byte."""
    store, size = MemoryStore(), 0
    for batch in batches:
        grown = append_entries(store, size, ENTRIES[size : size + batch]).size
        remove_superseded(store, grown, since=size)
        size = grown
    once = MemoryStore()
    append_entries(once, 0, ENTRIES[:size])
    assert store.files == once.files
