"""Any single bit that changes in any public file of an archive is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from museum.archives.good import ORIGIN, ed25519, good_kit, rotation
from noting import fixed_key
from noting.authority import make_authority
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.note import Algorithm, split_note
from secondcount.evidence.store import Missing
from secondcount.evidence.timestamp import request_for
from secondcount.evidence.verify import Outcome, independent, verify_archive
from secondcount.evidence.verify.independent import Refused

SMALL = 12  # entries of the archive of which every bit is changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The files of an archive in memory, as a store."""

    files: Mapping[str, bytes]

    def load(self, path: str) -> bytes:
        """Return a file; raises Missing."""
        if path not in self.files:
            raise Missing(path)
        return self.files[path]

    def size(self, path: str) -> int | None:
        """Return the bytes of a file, None where there is none."""
        return len(self.files[path]) if path in self.files else None

    def version(self, path: str) -> str | None:
        """Return the digest of a file."""
        return sha256_hex(self.files[path]) if path in self.files else None

    def names(self, prefix: str = "") -> Iterator[str]:
        """Yield every path."""
        yield from (name for name in sorted(self.files) if name.startswith(prefix))

    def flipped(self, path: str, bit: int) -> Memory:
        """Return the same archive with one bit of one file changed."""
        data = bytearray(self.files[path])
        data[bit // 8] ^= 1 << bit % 8
        return Memory(files={**self.files, path: bytes(data)})


def in_memory(folder: Path) -> Memory:
    """Return an archive that was written to a folder."""
    store = LocalStore(folder, durable=False)
    return Memory(files={name: store.load(name) for name in store.names()})


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Memory:
    """Return the good archive of the museum."""
    return in_memory(good_kit().publish(tmp_path_factory.mktemp("good") / "public"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Memory:
    """Return an archive of a few entries."""
    kit = good_kit()
    del kit.entries[SMALL - 3 : -3]  # the last three are the photos and the withdrawal
    return in_memory(kit.publish(tmp_path_factory.mktemp("small") / "public"))


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Memory:
    """Return an archive with all that is signed: both kinds of cosignature, a timestamp, a second key."""
    kit, folder = good_kit(), tmp_path_factory.mktemp("signed")
    del kit.entries[SMALL - 3 : -3]
    kit.witnesses = [fixed_key(f"witness.example/{one.name}", one) for one in list(Algorithm)[1:]]
    kit.quorum = 1  # so that one line is enough, and the other is not needed
    note = (kit.publish(folder / "before") / "checkpoint").read_bytes()
    text = split_note(note)[0]
    name = f"timestamp/{sha256_hex(text)}"
    kit.files |= {
        f"{name}.tsr": make_authority(folder / "authority", "Clock").reply(request_for(text)),
        f"{name}.checkpoint": note,
    }
    new = ed25519(ORIGIN, "the next key")
    kit.add(rotation(kit.key, new))
    kit.key = new
    return in_memory(kit.publish(folder / "public"))


def test_unchanged_it_is_verified(good: Memory, small: Memory, signed: Memory) -> None:
    """All three archives verify before anything is changed."""
    assert {verify_archive(one).outcome for one in (good, small, signed)} == {Outcome.VERIFIED}


@settings(max_examples=150)
@given(data=st.data())
def test_a_changed_bit_is_found(good: Memory, data: st.DataObject) -> None:
    """Whatever file, whatever bit: the archive is refused."""
    path = data.draw(st.sampled_from(sorted(good.files)))
    bit = data.draw(st.integers(0, len(good.files[path]) * 8 - 1))
    assert verify_archive(good.flipped(path, bit)).outcome is Outcome.REFUSED


@settings(max_examples=150)
@given(data=st.data())
def test_a_changed_bit_of_what_others_signed_is_found(signed: Memory, data: st.DataObject) -> None:
    """Cosignatures (Ed25519, ML-DSA-44), padding of base64, policy, timestamp, stamped checkpoint, chain of keys.

    Without anything that the user brings: neither a policy nor certificates.
    """
    names = [one for one in sorted(signed.files) if not one.startswith(("blob/", "tile/"))]
    path = data.draw(st.sampled_from(names))
    bit = data.draw(st.integers(0, len(signed.files[path]) * 8 - 1))
    assert verify_archive(signed.flipped(path, bit)).outcome is Outcome.REFUSED


def test_each_bit_at_the_ends_of_a_line_of_the_checkpoint_counts(signed: Memory) -> None:
    """Name and key id, whose change makes a line a stranger's, and the end with its padding: every bit of them."""
    note, bytes_of_ends, at = signed.files["checkpoint"], list[int](), 0
    for line in note.splitlines(keepends=True):
        ends = range(at, at + len(line))
        bytes_of_ends += {*ends[:48], *ends[-6:]}
        at += len(line)
    assert len(bytes_of_ends) > 200
    bits = (byte * 8 + bit for byte in bytes_of_ends for bit in range(8))
    flipped = (verify_archive(signed.flipped("checkpoint", bit)).outcome for bit in bits)
    assert set(flipped) == {Outcome.REFUSED}


@settings(max_examples=25)
@given(data=st.data())
def test_the_independent_verifier_finds_it_too(
    small: Memory, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever file, whatever bit: the program inside the archive refuses it."""
    path = data.draw(st.sampled_from(sorted(small.files)))
    changed = small.flipped(path, data.draw(st.integers(0, len(small.files[path]) * 8 - 1)))
    folder = tmp_path_factory.mktemp("changed")
    for name, content in changed.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    with pytest.raises((Refused, ValueError, KeyError, OSError)):
        list(independent.verify(folder, "", ""))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["small", "signed"])
def test_every_bit_counts(kind: str, request: pytest.FixtureRequest) -> None:
    """Every bit of every file of a small archive, one after the other."""
    archive: Memory = request.getfixturevalue(kind)
    unseen = [
        (path, bit)
        for path, content in archive.files.items()
        for bit in range(len(content) * 8)
        if verify_archive(archive.flipped(path, bit)).outcome is not Outcome.REFUSED
    ]
    assert unseen == []
