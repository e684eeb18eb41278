"""No entry comes into a log that would have all of it refused from then on: nothing can be taken out again."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from keeping.archives import BEGINNING, NOW, assert_whole, begin, leaf, register, sheet
from secondcount.custody.admission import admit
from secondcount.custody.archive import Archive, load_head
from secondcount.custody.layout import blob_path, outbox_entry
from secondcount.custody.merging import merge_archive
from secondcount.custody.outbox import acknowledge, waiting
from secondcount.custody.sequencer import append_batch, drain
from secondcount.errors import InputError
from secondcount.evidence import canonical
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.entries import Blob, Copy, Override, Reply, Verdict, Withdrawal, encode_entry, parse_entry
from secondcount.evidence.log import Log

BLOB = b"station\n1\n"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Return an archive that has begun."""
    return begin(tmp_path / "log")


def override(of: str) -> bytes:
    """Return an entry that names another one."""
    return encode_entry(Override(by=("judge",), issue="T101", of=of, reason="paper_seen"))


def verdict(blob: bytes) -> bytes:
    """Return a verdict on nothing."""
    return encode_entry(Verdict(derivation=1, digest=sha256_hex(blob), release="1", tree_size=1))


def changed(entry: bytes, **fields: Any) -> bytes:
    """Return an entry with other fields."""
    return canonical.encode({**json.loads(entry), **fields})


def first_of(archive: Archive) -> bytes:
    """Return entry 0."""
    return Log(archive.public, load_head(archive).checkpoint.size).entry(0)


def key_of(archive: Archive) -> bytes:
    """Return an entry that hands over to the key that signs already."""
    vkey = json.loads(first_of(archive))["key"]
    return canonical.encode({"kind": "key", "new": vkey, "old": "0" * 8, "signature": "AAAA"})


HARMFUL: dict[str, tuple[str, Callable[[Archive], bytes]]] = {
    "election": ("A382", lambda archive: changed(first_of(archive), id="another")),
    "key": ("A382", key_of),
    "verdict": ("A382", lambda _: verdict(BLOB)),
    "withdrawal": ("A382", lambda _: encode_entry(Withdrawal(blob="5" * 64, reason="rights"))),
    "names nothing": ("A383", lambda _: override("5" * 64)),
    "without its file": ("A384", lambda _: register(b"another file")),
    "another size": ("A384", lambda _: register(BLOB).replace(b'"size":10', b'"size":11')),
    "without a table": ("A385", lambda _: sheet(1).replace(b"0" * 64, b"5" * 64)),
    "a kind of later": ("A384", lambda _: b'{"kind":"later","x":{"digest":"%b","size":1}}' % (b"5" * 64)),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_nothing_harmful_is_acknowledged(archive: Archive, name: str) -> None:
    """A kind with a command of its own, an entry or file that is not there, another size, no table."""
    code, make = HARMFUL[name]
    with pytest.raises(InputError) as refused:
        admit(archive, make(archive), [BLOB])
    assert refused.value.code == code


def test_what_does_no_harm_is_acknowledged(archive: Archive) -> None:
    """With its file, with a table that is in the log, and naming what is there or waits to be."""
    waits = acknowledge(archive, sheet(1))
    for entry, blobs in ((register(BLOB), [BLOB]), (sheet(2), []), (override(waits), []), (b'{"kind":"later"}', [])):
        admit(archive, entry, blobs)
        acknowledge(archive, entry, blobs)
    assert drain(archive, NOW).left == 0
    assert_whole(archive, [], size=BEGINNING + 5)


@pytest.mark.parametrize("number", range(6))
def test_what_names_another_entry_comes_behind_it(archive: Archive, number: int) -> None:
    """Whatever the order of their digests, and over any number of steps."""
    named = sheet(number)
    chain = [named]
    for _ in range(3):
        chain.append(override(leaf(chain[-1])))
    for entry in chain:
        acknowledge(archive, entry)
    drain(archive, NOW)
    assert_whole(archive, chain, size=BEGINNING + 4)


def put(archive: Archive, name: str, data: bytes) -> None:
    """Put a file into the outbox that nobody acknowledged."""
    archive.private.create(outbox_entry(name), data)


def strangers(archive: Archive) -> Sequence[tuple[str, bytes]]:
    """Return names and bytes of files that no entry is behind."""
    baseless = sheet(8).replace(b"0" * 64, b"5" * 64)
    bad = (
        b"no json",
        changed(first_of(archive), id="another"),
        key_of(archive),
        override("5" * 64),
        register(BLOB),
        baseless,
    )
    return [("ab" * 32, sheet(9)), *((leaf(one), one) for one in bad)]


def test_what_the_log_cannot_take_is_never_signed(archive: Archive) -> None:
    """It stays where it is, is counted, and keeps nothing else from the log, neither this time nor the next."""
    odd = strangers(archive)
    for name, data in odd:
        put(archive, name, data)
    acknowledge(archive, sheet(1))
    assert drain(archive, NOW).left == len(odd)
    acknowledge(archive, sheet(2))
    assert drain(archive, NOW).left == len(odd)
    assert len(list(waiting(archive))) == len(odd)
    assert_whole(archive, [sheet(1), sheet(2)], size=BEGINNING + 2)


def test_a_link_in_the_outbox_stops_nothing(archive: Archive) -> None:
    """It is not followed, and what was acknowledged gets into the log."""
    acknowledge(archive, sheet(1))
    assert archive.folder is not None
    link = archive.folder / "private" / outbox_entry("ab" * 32)
    link.symlink_to(archive.folder / "public" / "checkpoint")
    assert drain(archive, NOW).left == 1
    assert_whole(archive, [sheet(1)], size=BEGINNING + 1)


def test_a_late_entry_lets_in_what_waited_for_it(archive: Archive) -> None:
    """What is left is left for now only."""
    put(archive, leaf(override(leaf(sheet(1)))), override(leaf(sheet(1))))
    assert drain(archive, NOW).left == 1
    acknowledge(archive, sheet(1))
    assert drain(archive, NOW).left == 0
    assert_whole(archive, [sheet(1), override(leaf(sheet(1)))], size=BEGINNING + 2)


class TestMerging:
    """Another archive that verifies cannot make ours one that does not."""

    def test_an_answer_to_what_is_not_taken(self, archive: Archive, tmp_path: Path) -> None:
        """A verdict of the other log is not taken, nor what names it, nor what names that."""
        other = begin(tmp_path / "other", key="other.key")
        append_batch(other, [verdict(BLOB)], [BLOB], now=NOW)
        reply = encode_entry(Reply(answered="2026-02-01", to=leaf(verdict(BLOB))))
        append_batch(other, [reply, override(leaf(reply)), sheet(1)], now=NOW)
        merged = merge_archive(archive, str(tmp_path / "other"), NOW)
        assert (merged.left["reply"], merged.left["override"], merged.added) == (1, 1, {"sheet": 1})
        assert_whole(archive, [sheet(1)], size=BEGINNING + 1)

    def test_another_size_of_our_file(self, archive: Archive, tmp_path: Path) -> None:
        """The other archive says of our file that it is longer, and has withdrawn it, so nobody there can tell."""
        append_batch(archive, [register(BLOB)], [BLOB], now=NOW)
        other = begin(tmp_path / "other", key="other.key")
        wrong = Copy(
            contest="council",
            derivative=Blob(digest=sha256_hex(BLOB), size=11, type="image/png"),
            level=1,
            original="5" * 64,
            station="1",
        )
        hiding = Withdrawal(blob=sha256_hex(BLOB), reason="rights")
        append_batch(other, [encode_entry(wrong), encode_entry(hiding)], now=NOW)
        assert_whole(other, [], size=BEGINNING + 2)
        merged = merge_archive(archive, str(tmp_path / "other"), NOW)
        assert merged.left["copy"] == merged.left["withdrawal"] == 1
        assert archive.public.size(blob_path(sha256_hex(BLOB))) == len(BLOB)
        assert_whole(archive, [register(BLOB)], size=BEGINNING + 1)

    def test_a_reference_within_what_is_taken(self, archive: Archive, tmp_path: Path) -> None:
        """What names an entry that is taken too is taken."""
        other = begin(tmp_path / "other", key="other.key")
        append_batch(other, [sheet(1), override(leaf(sheet(1)))], now=NOW)
        merge_archive(archive, str(tmp_path / "other"), NOW)
        assert_whole(archive, [sheet(1), override(leaf(sheet(1)))], size=BEGINNING + 2)
        assert parse_entry(Log(archive.public, BEGINNING + 2).entry(BEGINNING)) == parse_entry(sheet(1))
