"""Any order of arrival gives the same set of entries, and two mirrors merged have each of them once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from keeping.archives import NOW, assert_whole, begin, register, sheet
from secondcount.custody.archive import Archive, load_head
from secondcount.custody.merging import merge_archive
from secondcount.custody.outbox import acknowledge
from secondcount.custody.sequencer import append_batch, drain
from secondcount.evidence.log import Log

BLOBS = {register(blob): blob for blob in (b"station\n1\n", b"station\n2\n")}
ENTRIES = [*BLOBS, *(sheet(number) for number in range(6))]

arrivals = st.lists(st.sampled_from(ENTRIES), max_size=12)
"""Entries as they arrive: in any order, some of them twice, some never."""


def arrive(archive: Archive, entries: Sequence[bytes], cuts: Sequence[int]) -> None:
    """Let entries arrive, by the outbox or in a batch, with a drain wherever there is a cut."""
    for at, entry in enumerate(entries):
        blobs = [BLOBS[entry]] if entry in BLOBS else []
        if at in cuts:
            append_batch(archive, [entry], blobs, now=NOW)
        else:
            acknowledge(archive, entry, blobs)
    drain(archive, NOW)


def said(archive: Archive) -> list[bytes]:
    """Return the entries of an archive but the first, which is its own."""
    size = load_head(archive).checkpoint.size
    return [entry for _, entry in Log(archive.public, size).entries(1, size)]


@given(first=st.permutations(ENTRIES), second=st.permutations(ENTRIES), cuts=st.sets(st.integers(0, 7), max_size=3))
@settings(max_examples=15)
def test_any_order_gives_the_same_set(first: list[bytes], second: list[bytes], cuts: set[int]) -> None:
    """Two machines that get the same things in another order, in other batches, have the same entries."""
    with TemporaryDirectory() as folder:
        one = begin(Path(folder) / "one")
        other = begin(Path(folder) / "other", key="other.key", origin="test.example/other")
        arrive(one, first, sorted(cuts))
        arrive(other, second, [])
        assert sorted(said(one)) == sorted(said(other))
        assert_whole(one, ENTRIES, size=2 + len(ENTRIES))
        assert merge_archive(one, other.location, NOW).added == {}


@given(first=arrivals, second=arrivals, cuts=st.sets(st.integers(0, 11), max_size=3))
@settings(max_examples=15)
def test_merged_mirrors_have_each_entry_once(first: list[bytes], second: list[bytes], cuts: set[int]) -> None:
    """After each has taken in the other, both have the union, and nothing twice."""
    with TemporaryDirectory() as folder:
        one = begin(Path(folder) / "one")
        other = begin(Path(folder) / "other", key="other.key", origin="test.example/other")
        arrive(one, first, sorted(cuts))
        arrive(other, second, sorted(cuts))
        merge_archive(one, other.location, NOW)
        merge_archive(other, one.location, NOW)
        union = {*first, *second}
        for archive in (one, other):
            assert_whole(archive, list(union), size=2 + len(union))
        assert sorted(said(one)) == sorted(said(other))
